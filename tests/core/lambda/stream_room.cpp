#include "tests/core/lambda/stream_room.h"

#include <algorithm>

namespace tests {

using namespace core;
using lambda::EventSourceMapping;
using lambda::InvocationOutcome;
using nlohmann::json;

InvocationOutcome answered(const std::string& payload)
{
    InvocationOutcome outcome;
    outcome.payload = payload;
    outcome.executedVersion = "$LATEST";
    return outcome;
}

InvocationOutcome failing()
{
    auto outcome = answered(R"({"errorMessage":"no"})");
    outcome.functionError = "Unhandled";
    outcome.errorType = "ValueError";
    return outcome;
}

void FakeStream::addShard(const std::string& id, const std::string& parent)
{
    const std::lock_guard guard(m_mutex);
    m_shards.push_back({id, parent, {}, false});
}

void FakeStream::close(const std::string& id)
{
    const std::lock_guard guard(m_mutex);
    shard(id).isClosed = true;
}

FakeStream::Shard& FakeStream::shard(const std::string& id)
{
    return *std::find_if(m_shards.begin(), m_shards.end(), [&](const Shard& one) { return one.id == id; });
}

std::string FakeStream::add(
    const std::string& shardId, const std::string& key, int value, std::int64_t createdAt)
{
    const std::lock_guard guard(m_mutex);
    const auto sequence = std::to_string(100'000'000'000'000'000 + m_next++);
    shard(shardId).records.push_back({{"eventID", sequence}, {"eventName", "INSERT"}, {"eventVersion", "1.1"},
        {"eventSource", "aws:dynamodb"}, {"awsRegion", "us-east-1"},
        {"dynamodb",
            {{"ApproximateCreationDateTime", createdAt}, {"Keys", {{"pk", {{"S", key}}}}},
                {"NewImage", {{"pk", {{"S", key}}}, {"v", {{"N", std::to_string(value)}}}}},
                {"SequenceNumber", sequence}, {"SizeBytes", 10}, {"StreamViewType", "NEW_IMAGE"}}}});
    return sequence;
}

std::vector<FakeStream::Sent> FakeStream::sent() const
{
    const std::lock_guard guard(m_mutex);
    return m_sent;
}

int FakeStream::reads() const
{
    const std::lock_guard guard(m_mutex);
    return m_reads;
}

json FakeStream::describe() const
{
    json shards = json::array();
    for (const auto& one : m_shards) {
        json entry = {{"ShardId", one.id}, {"SequenceNumberRange", {{"StartingSequenceNumber", "1"}}}};
        if (!one.parent.empty())
            entry["ParentShardId"] = one.parent;
        if (one.isClosed)
            entry["SequenceNumberRange"]["EndingSequenceNumber"] = "9";
        shards.push_back(std::move(entry));
    }
    return {{"StreamDescription",
        {{"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}, {"Shards", shards}}}};
}

json FakeStream::iterator(const json& input)
{
    const auto id = input.at("ShardId").get<std::string>();
    std::size_t at = 0;
    if (input.contains("SequenceNumber")) {
        const auto& records = shard(id).records;
        while (at < records.size() && records[at]["dynamodb"]["SequenceNumber"] <= input.at("SequenceNumber"))
            ++at;
    }
    return {{"ShardIterator", id + '|' + std::to_string(at)}};
}

json FakeStream::records(const std::string& iterator)
{
    const auto bar = iterator.find('|');
    const auto& its = shard(iterator.substr(0, bar));
    auto at = static_cast<std::size_t>(std::stoul(iterator.substr(bar + 1)));
    json records = json::array();
    for (; at < its.records.size() && records.size() < 1000; ++at)
        records.push_back(its.records[at]);
    json answer = {{"Records", records}};
    if (!its.isClosed || !records.empty())
        answer["NextShardIterator"] = its.id + '|' + std::to_string(at);
    return answer;
}

Result<aws::Reply> FakeStream::call(std::string_view service, std::string_view action, const json& input,
    const aws::CallOptions&, std::string payload)
{
    const std::lock_guard guard(m_mutex);
    if (service != "dynamodbstreams") {
        m_sent.push_back({std::string(service), std::string(action), input, std::move(payload)});
        return aws::Reply{};
    }
    if (action == "DescribeStream")
        return aws::Reply::of(describe());
    if (action == "GetShardIterator")
        return aws::Reply::of(iterator(input));
    ++m_reads;
    return aws::Reply::of(records(input.at("ShardIterator")));
}

Result<http::Response> FakeStream::fetch(std::string_view, http::Request, const aws::CallOptions&)
{
    return fail(ErrorKind::NotFound, "NotFound", "no network here");
}

StreamRoom::StreamRoom()
    : m_store(*store::Store::open({m_folder.path().toStdString(), store::Durability::Relaxed}))
    , m_blobs(m_folder.path().toStdString() + "/objects", false)
    , m_host{*m_store, m_blobs, clock, m_tracer, stream, m_pool, m_server, m_changes, m_logs,
          m_folder.path().toStdString(), [] { return std::string(); }}
{
    setFunction([](const json&) { return answered("null"); });
    open();
}

StreamRoom::~StreamRoom()
{
    m_poller->close();
}

void StreamRoom::open()
{
    m_mappings =
        std::make_unique<aws::RecordStore<EventSourceMapping>>(*m_store, "lambda/event-source-mappings");
    lambda::StreamPoller::Parts parts;
    parts.run = [this](const EventSourceMapping&, const lambda::Invocation& invocation,
                    trace::SpanScope&) -> Result<InvocationOutcome> {
        const auto event = json::parse(invocation.payload);
        Function function;
        {
            const std::lock_guard guard(m_mutex);
            m_events.push_back(event);
            function = m_function;
        }
        return function(event);
    };
    parts.note = [this](const std::string& key, const std::string& result) {
        const auto before = m_mappings->find(key);
        if (!before || before->lastResult == result)
            return;
        auto changed = *before;
        changed.lastResult = result;
        (void)m_mappings->put(std::move(changed));
    };
    m_poller = std::make_unique<lambda::StreamPoller>(m_host, *m_mappings, std::move(parts));
    m_poller->resume();
}

void StreamRoom::restart()
{
    m_poller->close();
    m_poller.reset();
    open();
}

void StreamRoom::start(EventSourceMapping mapping)
{
    mapping.id = "m";
    mapping.region = "us-east-1";
    mapping.account = "000000000000";
    mapping.function = "f";
    mapping.source = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000";
    if (mapping.startingPosition.empty())
        mapping.startingPosition = "TRIM_HORIZON";
    m_key = mapping.key();
    if (const auto begun = m_poller->begin(mapping, nullptr); !begun)
        qFatal("%s", begun.error().message.c_str());
    (void)m_mappings->put(std::move(mapping));
    m_poller->sync();
}

void StreamRoom::change(const std::function<void(EventSourceMapping&)>& edit)
{
    auto mapping = *m_mappings->find(m_key);
    edit(mapping);
    (void)m_mappings->put(std::move(mapping));
    m_poller->sync();
}

void StreamRoom::tell()
{
    m_changes.publish({"dynamodb", "PutItem", "us-east-1", "Orders", true});
}

void StreamRoom::setFunction(Function function)
{
    const std::lock_guard guard(m_mutex);
    m_function = std::move(function);
}

std::vector<json> StreamRoom::events() const
{
    const std::lock_guard guard(m_mutex);
    return m_events;
}

json StreamRoom::batches() const
{
    json all = json::array();
    for (const auto& event : events()) {
        json values = json::array();
        for (const auto& record : event.at("Records"))
            values.push_back(std::stoi(record["dynamodb"]["NewImage"]["v"]["N"].get<std::string>()));
        all.push_back(std::move(values));
    }
    return all;
}

std::string StreamRoom::result() const
{
    return m_mappings->find(m_key)->lastResult;
}

std::vector<std::string> StreamRoom::steps() const
{
    auto tracks = m_tracer.latest(100);
    std::vector<std::string> titles;
    for (auto track = tracks.rbegin(); track != tracks.rend(); ++track) {
        for (const auto& span : track->spans) {
            for (const auto& step : span.steps)
                titles.push_back(step.title);
        }
    }
    return titles;
}

}
