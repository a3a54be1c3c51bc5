#pragma once

#include "core/aws/log_book.h"
#include "core/base/work_pool.h"
#include "core/http/server.h"
#include "core/lambda/stream_poller.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

// A stream without a table, and a caller that answers for DynamoDB Streams and notes what goes elsewhere. Any
// thread.
class FakeStream : public core::aws::Caller {
public:
    struct Shard {
        std::string id;
        std::string parent;
        std::vector<nlohmann::json> records;
        bool isClosed = false;
    };
    struct Sent {
        std::string service;
        std::string action;
        nlohmann::json input;
        std::string payload;
    };

    void addShard(const std::string& id, const std::string& parent = {});
    void close(const std::string& id);
    // A record whose partition key and "v" are these; gives its sequence number.
    std::string add(const std::string& shard, const std::string& key, int value, std::int64_t createdAt);
    std::vector<Sent> sent() const;
    int reads() const; // GetRecords so far

    core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
        const nlohmann::json& input, const core::aws::CallOptions& options,
        std::string payload = {}) override;
    core::Result<core::http::Response> fetch(
        std::string_view url, core::http::Request request, const core::aws::CallOptions& options) override;

private:
    Shard& shard(const std::string& id);
    nlohmann::json describe() const;
    nlohmann::json iterator(const nlohmann::json& input);
    nlohmann::json records(const std::string& iterator);

    mutable std::mutex m_mutex;
    std::vector<Shard> m_shards;
    std::vector<Sent> m_sent;
    long long m_next = 1;
    int m_reads = 0;
};

// A poller over a fake stream, on a clock that stands still, with a function that is a lambda.
class StreamRoom {
public:
    using Function =
        std::function<core::Result<core::lambda::InvocationOutcome>(const nlohmann::json& event)>;

    StreamRoom();
    ~StreamRoom();

    // Keeps the mapping and starts it.
    void start(core::lambda::EventSourceMapping mapping);
    void change(const std::function<void(core::lambda::EventSourceMapping&)>& edit);
    // As a write to the table does.
    void tell();
    // A new poller on the same store.
    void restart();

    void setFunction(Function function);
    std::vector<nlohmann::json> events() const;
    // The "v" of each event's records: {{1, 2}, {3}}.
    nlohmann::json batches() const;
    int count() const { return static_cast<int>(events().size()); }
    std::string result() const;
    std::int64_t now() const { return clock.nowSeconds(); }
    // Titles of the steps of all tracks, oldest track first.
    std::vector<std::string> steps() const;

    core::Clock clock{core::Clock::State{1'700'000'000 * core::kSecond, 1, true}};
    FakeStream stream;

private:
    void open();

    QTemporaryDir m_folder;
    core::trace::Tracer m_tracer{clock};
    core::Publisher<core::aws::ResourceChanged> m_changes;
    std::unique_ptr<core::store::Store> m_store;
    core::store::BlobStore m_blobs;
    core::WorkPool m_pool{16, 256};
    core::http::Server m_server;
    core::aws::LogBook m_logs{stream};
    core::aws::Host m_host;
    mutable std::mutex m_mutex;
    Function m_function;
    std::vector<nlohmann::json> m_events;
    std::string m_key;
    std::unique_ptr<core::aws::RecordStore<core::lambda::EventSourceMapping>> m_mappings;
    std::unique_ptr<core::lambda::StreamPoller> m_poller;
};

core::lambda::InvocationOutcome answered(const std::string& payload);
core::lambda::InvocationOutcome failing();

}
