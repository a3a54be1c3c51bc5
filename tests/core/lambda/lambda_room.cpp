#include "tests/core/lambda/lambda_room.h"

#include "core/base/hash.h"
#include "core/http/client.h"
#include "core/lambda/code_package.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace tests {

using nlohmann::json;
using namespace core;

namespace {

constexpr Micros kStart = 1'795'356'207'418'000;

}

LambdaRoom::LambdaRoom()
{
    open();
}

LambdaRoom::~LambdaRoom()
{
    close();
}

void LambdaRoom::open()
{
    m_store = *store::Store::open({folder(), store::Durability::Relaxed});
    m_blobs = std::make_unique<store::BlobStore>(folder() / "objects", false);
    m_pool = std::make_unique<WorkPool>(64, 256);
    m_server = std::make_unique<http::Server>();
    m_door = std::make_unique<aws::FrontDoor>(
        *m_store, m_clock, m_tracer, *m_pool, m_changes, aws::FrontDoorOptions{});
    m_logBook = std::make_unique<aws::LogBook>(*m_door);
    m_host.reset(new aws::Host{*m_store, *m_blobs, m_clock, m_tracer, *m_door, *m_pool, *m_server, m_changes,
        *m_logBook, folder(), [this] { return endpoint(); }});
    m_logs = std::make_unique<logs::LogsService>(*m_host);
    m_s3 = std::make_unique<s3::S3Service>(*m_host);
    m_sqs = std::make_unique<sqs::SqsService>(*m_host);
    m_sns = std::make_unique<sns::SnsService>(*m_host);
    m_events = std::make_unique<events::EventsService>(*m_host);
    m_lambda = std::make_unique<lambda::LambdaService>(*m_host);
    m_door->add(*m_logs);
    m_door->add(*m_s3);
    m_door->add(*m_sqs);
    m_door->add(*m_sns);
    m_door->add(*m_events);
    m_door->add(*m_lambda);
    m_listener = *m_server->listen("127.0.0.1", 0, *m_door);
}

void LambdaRoom::close()
{
    m_listener.reset();
    m_lambda->stop();
    m_events->stop();
    m_sns->stop();
    m_sqs->stop();
    m_pool->stop();
    m_logBook->close();
    m_lambda.reset();
    m_events.reset();
    m_sns.reset();
    m_sqs.reset();
    m_s3.reset();
    m_logs.reset();
    m_door.reset();
    m_server.reset();
    m_pool.reset();
    m_store.reset();
}

int LambdaRoom::keysOf(const char* keyspace) const
{
    return static_cast<int>(m_store->read()->count(keyspace));
}

bool LambdaRoom::waitsAt(int seconds) const
{
    bool found = false;
    m_store->read()->scan("lambda/events", store::Range::all(), store::Direction::Forward,
        [&](std::string_view, std::string_view record) {
            const auto job = json::parse(record);
            const bool tried = job.at("attempts") > 0 || job.at("throttles") > 0;
            found = found || (tried && job.at("due") == kStart + seconds * kSecond);
            return true;
        });
    return found;
}

void LambdaRoom::reopen()
{
    close();
    open();
}

std::filesystem::path LambdaRoom::folder() const
{
    return m_folder.path().toStdString();
}

std::string LambdaRoom::endpoint() const
{
    return m_listener ? "http://127.0.0.1:" + std::to_string(m_listener->port()) : std::string();
}

Result<json> LambdaRoom::call(const char* action, const json& input, const char* service)
{
    aws::CallOptions options;
    options.quiet = true;
    CORE_TRY(const auto reply, m_door->call(service, action, input, options));
    return reply.json();
}

http::Response LambdaRoom::send(
    const std::string& method, const std::string& target, const std::string& body, http::Headers headers)
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers = std::move(headers);
    auto response = http::send(*http::Url::parse(endpoint() + target), std::move(request));
    if (response)
        return *std::move(response);
    http::Response failed;
    failed.status = -1;
    failed.body = response.error().message;
    return failed;
}

Invoked LambdaRoom::invoke(const std::string& name, const std::string& event, const json& more)
{
    json input = {{"FunctionName", name}, {"LogType", "Tail"}};
    if (!more.is_null())
        input.update(more);
    const auto reply = m_door->call("lambda", "Invoke", input, {}, event);
    if (!reply)
        return {0, reply.error().code + ": " + reply.error().message, {}, {}, {}};
    Invoked invoked;
    invoked.status = reply->status;
    invoked.payload = reply->body;
    invoked.json = json::parse(reply->body, nullptr, false);
    invoked.functionError = reply->headers.get("X-Amz-Function-Error");
    invoked.log = unbase64(reply->headers.get("X-Amz-Log-Result")).value_or("");
    return invoked;
}

void LambdaRoom::create(
    const std::string& name, const std::string& runtime, const std::string& code, const json& more)
{
    const bool python = runtime.starts_with("python");
    json input = {{"FunctionName", name}, {"Runtime", runtime},
        {"Role", "arn:aws:iam::000000000000:role/any"}, {"Handler", python ? "app.handler" : "index.handler"},
        {"Timeout", 60}, {"Code", {{"ZipFile", zip64({{python ? "app.py" : "index.mjs", code}})}}}};
    if (!more.is_null())
        input.update(more);
    const auto created = call("CreateFunction", input);
    if (!created)
        qFatal("%s", created.error().message.c_str());
}

std::vector<std::string> LambdaRoom::logOf(const std::string& name)
{
    std::vector<std::string> messages;
    const auto found = call("FilterLogEvents", {{"logGroupName", "/aws/lambda/" + name}}, "logs");
    if (found) {
        for (const auto& event : found->at("events"))
            messages.push_back(event.at("message"));
    }
    return messages;
}

json LambdaRoom::environments(const std::string& name)
{
    return call("ListEnvironments", {{"FunctionName", name}})->at("Environments");
}

std::optional<trace::Track> LambdaRoom::latestTrack()
{
    const auto tracks = m_tracer.latest(1);
    return tracks.empty() ? std::nullopt : std::optional(tracks.front());
}

namespace {

// Of a process that ends meanwhile, what could be read.
std::string contentOf(const std::filesystem::path& path)
{
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(content).str();
}

}

std::string publishExtension(LambdaRoom& room, const std::string& name, const std::string& program)
{
    const auto layer = *room.call("PublishLayerVersion",
        {{"LayerName", name}, {"Content", {{"ZipFile", zip64({{"extensions/" + name + '!', program}})}}}});
    return layer["LayerVersionArn"];
}

std::vector<int> processesWith(const std::string& text)
{
    std::vector<int> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", failed)) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        // Of those that have ended and were not collected, both are empty.
        if (contentOf(entry.path() / "cmdline").find(text) != std::string::npos
            || contentOf(entry.path() / "environ").find(text) != std::string::npos)
            found.push_back(std::stoi(name));
    }
    return found;
}

std::string ours(const std::string& text)
{
    const auto digits = std::to_string(getpid());
    return text + std::string(8 - std::min<std::size_t>(digits.size(), 8), '0') + digits;
}

std::string zipOf(const std::map<std::string, std::string>& files)
{
    const QTemporaryDir folder;
    const std::filesystem::path root(folder.path().toStdString());
    for (const auto& [given, text] : files) {
        const bool executable = given.ends_with('!');
        const auto path = root / given.substr(0, given.size() - (executable ? 1 : 0));
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        std::filesystem::permissions(
            path, std::filesystem::perms(executable ? 0755 : 0644), std::filesystem::perm_options::replace);
    }
    return *lambda::packFolder(root);
}

std::string zip64(const std::map<std::string, std::string>& files)
{
    return base64(zipOf(files));
}

}
