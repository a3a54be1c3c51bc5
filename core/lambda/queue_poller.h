#pragma once

#include "core/aws/record_store.h"
#include "core/lambda/change_watch.h"
#include "core/lambda/queue_feed.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// Feeds functions from queues: a feed a mapping that is enabled. Where a mapping stands is what lies in its
// queue, so a chamber that was killed goes on there. Any thread.
class QueuePoller {
public:
    using Run = std::function<Result<InvocationOutcome>(
        const EventSourceMapping&, const Invocation&, trace::SpanScope&)>;

    QueuePoller(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Run run);
    ~QueuePoller();

    // After mappings were made, changed or removed.
    void sync();
    // Takes up what an earlier run left; once the chamber serves.
    void resume();
    // Begins nothing more; then waits for what runs.
    void hold();
    void close();

private:
    void retire(const std::shared_ptr<QueueFeed>& feed);
    void noticeChange(const aws::ResourceChanged& change);

    struct Feed {
        std::string queue;
        std::string region;
        std::shared_ptr<QueueFeed> feed;
    };

    aws::RecordStore<EventSourceMapping>& m_mappings;
    FeedParts m_parts;
    mutable std::mutex m_mutex;
    std::mutex m_syncing; // taken before m_mutex: whether changes are wanted is settled in one order
    bool m_holding = false;
    bool m_awake = false;
    std::map<std::string, Feed> m_feeds; // by the mapping's key
    std::vector<std::shared_ptr<QueueFeed>> m_retired;
    ChangeWatch m_queues;
};

}
