#pragma once

#include "core/aws/front_door.h"
#include "core/aws/log_book.h"
#include "core/base/work_pool.h"
#include "core/events/service.h"
#include "core/lambda/service.h"
#include "core/logs/service.h"
#include "core/s3/service.h"
#include "core/sns/service.h"
#include "core/sqs/service.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <string>

namespace tests {

// What a caller of Invoke gets.
struct Invoked {
    int status = 0;
    std::string payload;
    nlohmann::json json; // of the payload
    std::string functionError;
    std::string log; // the tail, decoded
};

// Lambda, and what it sends to and logs to, behind a real front door and a real server, in a temporary
// folder, on a clock that stands still.
class LambdaRoom {
public:
    LambdaRoom();
    ~LambdaRoom();

    // In process, and without a track; send() goes over the wire; invoke() leaves one.
    core::Result<nlohmann::json> call(
        const char* action, const nlohmann::json& input, const char* service = "lambda");
    core::http::Response send(const std::string& method, const std::string& target,
        const std::string& body = {}, core::http::Headers headers = {});
    Invoked invoke(const std::string& name, const std::string& event = "{}", const nlohmann::json& more = {});

    // A function of one file, "app.py" or "index.mjs" after its runtime; handler app.handler or
    // index.handler. It has a minute: a busy computer lets a small function wait.
    void create(const std::string& name, const std::string& runtime, const std::string& code,
        const nlohmann::json& more = {});
    // The messages of a function's log group, in order of time, when all of them are written.
    std::vector<std::string> logOf(const std::string& name);
    nlohmann::json environments(const std::string& name);
    // That of the latest invocation.
    std::optional<core::trace::Track> latestTrack();

    // How many records a keyspace of the store has.
    int keysOf(const char* keyspace) const;
    // Whether an asynchronous event waits for this moment: so many seconds after the room was made.
    bool waitsAt(int seconds) const;

    core::Clock& clock() { return m_clock; }
    core::lambda::LambdaService& lambda() { return *m_lambda; }
    core::trace::Tracer& tracer() { return m_tracer; }
    std::filesystem::path folder() const;
    std::string endpoint() const;
    // Closes and opens everything on the same folder.
    void reopen();

private:
    void open();
    void close();

    QTemporaryDir m_folder;
    core::Clock m_clock{core::Clock::State{1'795'356'207'418'000, 1, true}};
    core::trace::Tracer m_tracer{m_clock};
    core::Publisher<core::aws::ResourceChanged> m_changes;
    std::unique_ptr<core::store::Store> m_store;
    std::unique_ptr<core::store::BlobStore> m_blobs;
    std::unique_ptr<core::WorkPool> m_pool;
    std::unique_ptr<core::http::Server> m_server;
    std::unique_ptr<core::aws::FrontDoor> m_door;
    std::unique_ptr<core::aws::LogBook> m_logBook;
    std::unique_ptr<core::aws::Host> m_host;
    std::unique_ptr<core::logs::LogsService> m_logs;
    std::unique_ptr<core::s3::S3Service> m_s3;
    std::unique_ptr<core::sqs::SqsService> m_sqs;
    std::unique_ptr<core::sns::SnsService> m_sns;
    std::unique_ptr<core::events::EventsService> m_events;
    std::unique_ptr<core::lambda::LambdaService> m_lambda;
    std::unique_ptr<core::http::Listener> m_listener;
};

// Puts an extension's program into a layer of its name: the layer version's ARN.
std::string publishExtension(LambdaRoom& room, const std::string& name, const std::string& program);

// The living processes of this computer that have this text among their arguments or environment variables.
std::vector<int> processesWith(const std::string& text);
// A text for that which no other run of the same test has, now or before: digits of this program at its end.
std::string ours(const std::string& text);

// A zip of text files; a name that ends in '!' is made executable (without the '!').
std::string zipOf(const std::map<std::string, std::string>& files);
std::string zip64(const std::map<std::string, std::string>& files);

}
