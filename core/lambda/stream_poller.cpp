#include "core/lambda/stream_poller.h"

#include "core/base/log.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

// Work on the pool that close() waits for, also when the pool drops it.
struct StreamPoller::Task {
    explicit Task(StreamPoller& its)
        : poller(its)
    {
        ++poller.m_tasks; // under the mutex
    }
    ~Task()
    {
        const std::lock_guard guard(poller.m_mutex);
        --poller.m_tasks;
        poller.m_changed.notify_all();
    }
    StreamPoller& poller;
};

StreamPoller::StreamPoller(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Parts parts)
    : m_host(host)
    , m_mappings(mappings)
    , m_progress(host.store)
    , m_parts{host, m_progress, [this](const std::string& key) { return m_mappings.find(key); },
          std::move(parts.run), std::move(parts.note), [this](const std::string& key) { refreshLater(key); },
          [this] {
              const std::lock_guard guard(m_mutex);
              return m_holding;
          }}
    , m_tables(host, "dynamodb", [this](const aws::ResourceChanged& change) { noticeChange(change); })
{
}

StreamPoller::~StreamPoller()
{
    close();
}

Result<StreamPoller::Description> StreamPoller::describe(
    const EventSourceMapping& mapping, trace::SpanScope* parent) const
{
    Description description;
    json input = {{"StreamArn", mapping.source}};
    for (;;) {
        CORE_TRY(const auto reply,
            m_host.caller.call("dynamodbstreams", "DescribeStream", input,
                {.parent = parent, .region = mapping.region, .from = "lambda", .quiet = parent == nullptr}));
        const auto stream = reply.json().at("StreamDescription");
        for (const auto& key : stream.at("KeySchema")) {
            if (key.at("KeyType") == "HASH")
                key.at("AttributeName").get_to(description.hashKey);
        }
        for (const auto& shard : stream.at("Shards"))
            description.shards.push_back({shard.at("ShardId"), shard.value("ParentShardId", ""),
                shard.at("SequenceNumberRange").contains("EndingSequenceNumber")});
        if (!stream.contains("LastEvaluatedShardId"))
            return description;
        input["ExclusiveStartShardId"] = stream.at("LastEvaluatedShardId");
    }
}

// The sequence number of the shard's newest record, "" when it has none.
Result<std::string> StreamPoller::lastRecord(
    const EventSourceMapping& mapping, const std::string& shard) const
{
    const aws::CallOptions quietly{.region = mapping.region, .from = "lambda", .quiet = true};
    CORE_TRY(const auto begun,
        m_host.caller.call("dynamodbstreams", "GetShardIterator",
            {{"StreamArn", mapping.source}, {"ShardId", shard}, {"ShardIteratorType", "TRIM_HORIZON"}},
            quietly));
    auto iterator = begun.json().value("ShardIterator", "");
    std::string last;
    while (!iterator.empty()) {
        CORE_TRY(const auto reply,
            m_host.caller.call("dynamodbstreams", "GetRecords", {{"ShardIterator", iterator}}, quietly));
        const auto page = reply.json();
        if (page.at("Records").empty())
            break;
        last = page.at("Records").back().at("dynamodb").at("SequenceNumber");
        iterator = page.value("NextShardIterator", "");
    }
    return last;
}

Result<> StreamPoller::begin(EventSourceMapping& mapping, trace::SpanScope* parent)
{
    const auto description = describe(mapping, parent);
    if (!description)
        return fail(errors::invalidParameter("Stream not found: " + mapping.source));
    if (!mapping.enabled)
        return {};
    mapping.begun = true;
    if (mapping.startingPosition != "LATEST")
        return {};
    for (const auto& shard : description->shards) {
        LaneProgress progress;
        progress.done = shard.isClosed;
        if (!shard.isClosed) {
            CORE_TRY(progress.sequence, lastRecord(mapping, shard.id));
        }
        CORE_CHECK(m_progress.begin(mapping.id, shard.id, progress));
    }
    return {};
}

void StreamPoller::sync()
{
    std::vector<std::string> fresh;
    bool any = false;
    std::unique_lock syncing(m_syncing);
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding || !m_awake)
            return;
        for (auto feed = m_feeds.begin(); feed != m_feeds.end();) {
            const auto mapping = m_mappings.find(feed->first);
            if (mapping && mapping->enabled && mapping->parallel == feed->second.lanes) {
                ++feed;
                continue;
            }
            retire(feed->second);
            feed = m_feeds.erase(feed);
        }
        for (const auto& mapping : m_mappings.below({})) {
            if (mapping->isQueue() || !mapping->enabled || m_feeds.contains(mapping->key()))
                continue;
            m_feeds[mapping->key()] = {mapping->id, mapping->region, mapping->table(), mapping->parallel, {}};
            fresh.push_back(mapping->key());
        }
        any = !m_feeds.empty();
    }
    // Before the first look: what changes from now on is told.
    m_tables.want(any);
    syncing.unlock();
    for (const auto& key : fresh)
        refreshLater(key);
    // Settings may have changed: whoever waits looks again.
    std::vector<std::shared_ptr<StreamLane>> lanes;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, feed] : m_feeds) {
            for (const auto& [shard, its] : feed.shards)
                lanes.insert(lanes.end(), its.begin(), its.end());
        }
    }
    for (const auto& lane : lanes)
        lane->wake();
}

void StreamPoller::forget(const std::string& id)
{
    if (const auto forgotten = m_progress.forget(id); !forgotten)
        log::warning("lambda", "a stream's progress stays: " + forgotten.error().message);
}

void StreamPoller::resume()
{
    {
        const std::lock_guard guard(m_mutex);
        m_awake = true;
    }
    sync();
}

void StreamPoller::hold()
{
    const std::lock_guard syncing(m_syncing);
    {
        const std::lock_guard guard(m_mutex);
        m_holding = true;
        for (auto& [key, feed] : m_feeds)
            retire(feed);
        m_feeds.clear();
    }
    m_tables.want(false);
}

void StreamPoller::close()
{
    hold();
    std::vector<std::shared_ptr<StreamLane>> lanes;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_tasks == 0; });
        lanes.swap(m_retired);
    }
    for (const auto& lane : lanes)
        lane->finish();
}

// Under the mutex. Lanes that still run are waited for at the end.
void StreamPoller::retire(Feed& feed)
{
    std::erase_if(m_retired, [](const auto& lane) { return lane.use_count() == 1; });
    for (auto& [shard, lanes] : feed.shards) {
        for (auto& lane : lanes) {
            lane->stop();
            m_retired.push_back(std::move(lane));
        }
    }
    feed.shards.clear();
}

void StreamPoller::noticeChange(const aws::ResourceChanged& change)
{
    std::vector<std::shared_ptr<StreamLane>> lanes;
    std::vector<std::string> unknown;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, feed] : m_feeds) {
            if (feed.table != change.resource || feed.region != change.region)
                continue;
            if (feed.shards.empty())
                unknown.push_back(key);
            for (const auto& [shard, its] : feed.shards)
                lanes.insert(lanes.end(), its.begin(), its.end());
        }
    }
    for (const auto& lane : lanes)
        lane->wake();
    for (const auto& key : unknown)
        refreshLater(key);
}

void StreamPoller::refreshLater(const std::string& key)
{
    std::shared_ptr<Task> task;
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding)
            return;
        task = std::make_shared<Task>(*this);
    }
    m_host.pool.post([this, task, key] { refresh(key); });
}

bool StreamPoller::isDone(const Feed& feed, const std::string& shard) const
{
    if (!m_progress.knows(feed.id, shard))
        return false;
    for (int lane = 0; lane < feed.lanes; ++lane) {
        if (!m_progress.of(feed.id, shard, lane, feed.lanes).done)
            return false;
    }
    return true;
}

void StreamPoller::refresh(const std::string& key)
{
    const auto mapping = m_mappings.find(key);
    if (!mapping)
        return;
    const auto description = describe(*mapping, nullptr);
    if (!description) {
        m_parts.note(key, "PROBLEM: " + description.error().message);
        return;
    }
    std::vector<std::shared_ptr<StreamLane>> added;
    {
        const std::lock_guard guard(m_mutex);
        const auto feed = m_feeds.find(key);
        if (m_holding || feed == m_feeds.end())
            return;
        addLanes(key, feed->second, *description, added);
    }
    for (const auto& lane : added)
        lane->wake();
}

// Under the mutex. A shard's turn comes when its parent is done with, or no longer there.
void StreamPoller::addLanes(const std::string& key, Feed& feed, const Description& description,
    std::vector<std::shared_ptr<StreamLane>>& added)
{
    const auto isListed = [&](const std::string& id) {
        return std::any_of(description.shards.begin(), description.shards.end(),
            [&](const Shard& shard) { return shard.id == id; });
    };
    for (auto shard = feed.shards.begin(); shard != feed.shards.end();) {
        if (isListed(shard->first) && !isDone(feed, shard->first)) {
            ++shard;
            continue;
        }
        for (auto& lane : shard->second) {
            lane->stop();
            m_retired.push_back(std::move(lane));
        }
        shard = feed.shards.erase(shard);
    }
    for (const auto& shard : description.shards) {
        const bool waits = !shard.parent.empty() && isListed(shard.parent) && !isDone(feed, shard.parent);
        if (waits || feed.shards.contains(shard.id) || isDone(feed, shard.id))
            continue;
        auto& lanes = feed.shards[shard.id];
        for (int lane = 0; lane < feed.lanes; ++lane) {
            lanes.push_back(std::make_shared<StreamLane>(
                m_parts, StreamLane::Place{key, shard.id, description.hashKey, lane, feed.lanes}));
        }
        added.insert(added.end(), lanes.begin(), lanes.end());
    }
}

}
