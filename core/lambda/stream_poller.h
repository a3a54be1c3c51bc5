#pragma once

#include "core/aws/record_store.h"
#include "core/lambda/change_watch.h"
#include "core/lambda/stream_lane.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// Feeds functions from streams: a feed a mapping, with lanes for each shard that is open and whose parent is
// done with. Woken by what changes in tables and by the clock; it holds no thread while nothing happens. What
// was done with is durable, so a chamber that was killed goes on where it was, and a batch may come twice.
// Any thread.
class StreamPoller {
public:
    struct Parts {
        std::function<Result<InvocationOutcome>(
            const EventSourceMapping&, const Invocation&, trace::SpanScope&)>
            run;
        std::function<void(const std::string& mapping, const std::string& result)> note;
    };

    StreamPoller(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Parts parts);
    ~StreamPoller();

    // Before the mapping is kept: that its stream is there, and where its shards begin. Waits.
    Result<> begin(EventSourceMapping& mapping, trace::SpanScope* parent);
    // After mappings were made, changed or removed.
    void sync();
    // What was known of a mapping that is gone.
    void forget(const std::string& id);
    // Takes up what an earlier run left; once the chamber serves.
    void resume();
    // Begins nothing more; then waits for what runs.
    void hold();
    void close();

private:
    struct Feed {
        std::string id;
        std::string region;
        std::string table;
        int lanes = 1;
        std::map<std::string, std::vector<std::shared_ptr<StreamLane>>> shards;
    };
    struct Shard {
        std::string id;
        std::string parent;
        bool isClosed = false;
    };
    struct Description {
        std::string hashKey;
        std::vector<Shard> shards;
    };
    struct Task;

    Result<Description> describe(const EventSourceMapping& mapping, trace::SpanScope* parent) const;
    Result<std::string> lastRecord(const EventSourceMapping& mapping, const std::string& shard) const;
    bool isDone(const Feed& feed, const std::string& shard) const;
    void refreshLater(const std::string& key);
    void refresh(const std::string& key);
    void addLanes(const std::string& key, Feed& feed, const Description& description,
        std::vector<std::shared_ptr<StreamLane>>& added);
    void retire(Feed& feed);
    void noticeChange(const aws::ResourceChanged& change);

    const aws::Host& m_host;
    aws::RecordStore<EventSourceMapping>& m_mappings;
    StreamProgress m_progress;
    LaneParts m_parts;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::mutex m_syncing; // taken before m_mutex: whether changes are wanted is settled in one order
    bool m_holding = false;
    bool m_awake = false;
    int m_tasks = 0;
    std::map<std::string, Feed> m_feeds; // by the mapping's key
    std::vector<std::shared_ptr<StreamLane>> m_retired;
    ChangeWatch m_tables;
};

}
