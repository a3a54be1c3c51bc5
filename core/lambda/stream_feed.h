#pragma once

#include "core/aws/timed_work.h"
#include "core/lambda/stream_lane.h"
#include "core/lambda/stream_shards.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// Brings one stream's records to one function: lanes for each shard that is open and whose parent is done
// with. It holds no thread while nothing happens. What was done with is durable, so a chamber that was killed
// goes on where it was, and a batch may come twice. Any thread.
class StreamFeed {
public:
    using Parts = LaneParts; // less `ended`, which is the feed's
    static constexpr std::string_view kService = "dynamodb";
    static bool takes(const EventSourceMapping& mapping) { return !mapping.isQueue(); }
    static std::string resourceOf(const EventSourceMapping& mapping) { return mapping.table(); }
    static bool isNews(const aws::ResourceChanged&) { return true; }

    StreamFeed(const Parts& parts, const EventSourceMapping& mapping);
    ~StreamFeed();

    // Whether it feeds as the mapping says now.
    bool suits(const EventSourceMapping& mapping) const { return mapping.parallel == m_lanes; }
    void start();
    void notice();
    void stop(); // begins nothing more; returns at once
    bool isOver() const; // stopped, and nothing runs
    void finish(); // waits for what runs

private:
    using Lanes = std::vector<std::shared_ptr<StreamLane>>;

    std::optional<Micros> refresh();
    Lanes addLanes(const StreamShards& stream);
    void retireDone(const StreamShards& stream);
    void retire(Lanes& lanes);
    bool isDone(const std::string& shard) const;

    LaneParts m_parts;
    const std::string m_key; // of the mapping
    const std::string m_id;
    const int m_lanes; // a shard
    std::atomic<bool> m_stopped = false;
    std::atomic<bool> m_left = false; // stopped, and looks for no more shards
    mutable std::mutex m_mutex;
    std::map<std::string, Lanes> m_shards;
    Lanes m_retired;
    aws::TimedWork m_work; // looks for shards; its rounds use everything above
};

}
