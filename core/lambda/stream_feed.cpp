#include "core/lambda/stream_feed.h"

#include <algorithm>

namespace core::lambda {

StreamFeed::StreamFeed(const Parts& parts, const EventSourceMapping& mapping)
    : m_parts(parts)
    , m_key(mapping.key())
    , m_id(mapping.id)
    , m_lanes(mapping.parallel)
    , m_work(parts.host, [this] { return refresh(); })
{
    m_parts.ended = [this] { m_work.notice(); };
}

StreamFeed::~StreamFeed() = default;

void StreamFeed::start()
{
    m_work.resume();
}

void StreamFeed::notice()
{
    Lanes lanes;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [shard, its] : m_shards)
            lanes.insert(lanes.end(), its.begin(), its.end());
    }
    if (lanes.empty())
        m_work.notice();
    for (const auto& lane : lanes)
        lane->wake();
}

void StreamFeed::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stopped = true;
        for (auto& [shard, lanes] : m_shards)
            retire(lanes);
        m_shards.clear();
    }
    m_work.notice();
}

bool StreamFeed::isOver() const
{
    const std::lock_guard guard(m_mutex);
    return m_left && std::ranges::all_of(m_retired, [](const auto& lane) { return lane->isOver(); });
}

void StreamFeed::finish()
{
    m_work.close();
    Lanes lanes;
    {
        const std::lock_guard guard(m_mutex);
        lanes = m_retired;
    }
    for (const auto& lane : lanes)
        lane->finish();
}

std::optional<Micros> StreamFeed::refresh()
{
    const auto mapping = m_parts.mapping(m_key);
    if (m_stopped) {
        m_left = true;
        m_parts.over();
    }
    if (m_stopped || !mapping)
        return std::nullopt;
    const auto stream = readShards(m_parts.host, *mapping, nullptr);
    if (!stream) {
        m_parts.note(m_key, "PROBLEM: " + stream.error().message);
        return std::nullopt;
    }
    for (const auto& lane : addLanes(*stream))
        lane->wake();
    return std::nullopt;
}

bool StreamFeed::isDone(const std::string& shard) const
{
    if (!m_parts.progress.knows(m_id, shard))
        return false;
    for (int lane = 0; lane < m_lanes; ++lane) {
        if (!m_parts.progress.of(m_id, shard, lane, m_lanes).done)
            return false;
    }
    return true;
}

// A shard's turn comes when its parent is done with, or no longer there.
StreamFeed::Lanes StreamFeed::addLanes(const StreamShards& stream)
{
    const std::lock_guard guard(m_mutex);
    Lanes added;
    if (m_stopped)
        return added;
    retireDone(stream);
    for (const auto& shard : stream.shards) {
        const bool waits = !shard.parent.empty() && stream.has(shard.parent) && !isDone(shard.parent);
        if (waits || m_shards.contains(shard.id) || isDone(shard.id))
            continue;
        auto& lanes = m_shards[shard.id];
        for (int lane = 0; lane < m_lanes; ++lane)
            lanes.push_back(std::make_shared<StreamLane>(
                m_parts, StreamLane::Place{m_key, shard.id, stream.hashKey, lane, m_lanes}));
        added.insert(added.end(), lanes.begin(), lanes.end());
    }
    return added;
}

// Under the mutex, as the next.
void StreamFeed::retireDone(const StreamShards& stream)
{
    std::erase_if(m_retired, [](const auto& lane) { return lane->isOver() && lane.use_count() == 1; });
    for (auto shard = m_shards.begin(); shard != m_shards.end();) {
        if (stream.has(shard->first) && !isDone(shard->first)) {
            ++shard;
            continue;
        }
        retire(shard->second);
        shard = m_shards.erase(shard);
    }
}

void StreamFeed::retire(Lanes& lanes)
{
    for (auto& lane : lanes) {
        lane->stop();
        m_retired.push_back(std::move(lane));
    }
}

}
