#pragma once

#include "core/aws/service.h"
#include "core/base/work_pool.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace core::apigateway {

// Lines on their way to log groups, behind the calls that made them: a task of the pool puts what has
// gathered, one stream at a time and in order. Bounded: what comes while too much waits is dropped. What the
// log does not take is said in the program's own log. Owned by a service; outlives its pool. Any thread.
class LogDelivery {
public:
    struct Place {
        std::string region;
        std::string group;
        std::string stream;
        bool makesGroup = false; // execution logs have groups of their own
        auto operator<=>(const Place&) const = default;
    };
    struct Line {
        Micros time = 0;
        std::string text;
    };

    LogDelivery(aws::Caller& caller, WorkPool& pool)
        : m_caller(caller)
        , m_pool(pool)
    {
    }

    // False when too much waits and the lines are dropped.
    bool add(const Place& place, std::vector<Line> lines);

private:
    void run();
    void put(const Place& place, std::vector<Line> lines);

    aws::Caller& m_caller;
    WorkPool& m_pool;
    std::mutex m_mutex; // guards what follows
    std::map<Place, std::vector<Line>> m_waiting;
    std::size_t m_count = 0;
    bool m_isRunning = false;
};

// The name of the stream that a stage's lines go to, as AWS names them: 32 digits that say nothing.
std::string logStreamName(const std::string& apiId, const std::string& stage);

}
