#pragma once

#include "core/base/clock.h"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// One finished invocation, as the workbench lists it. Lengths are real microseconds.
struct Run {
    std::string requestId;
    std::string trackId; // "" when it left no track
    std::string environment;
    std::string logStream;
    std::string errorType; // "" when it went well
    Micros when = 0; // chamber's clock, at its end
    Micros duration = 0;
    Micros init = -1; // -1: warm
    int billedMillis = 0;
    int peak = 0;
    int memory = 0;
    bool asynchronous = false;
};

// The latest 50 runs of each function, newest first; kept in memory. Any thread.
class RunHistory {
public:
    void add(const std::string& functionKey, Run run);
    std::vector<Run> list(const std::string& functionKey) const;
    void forget(const std::string& functionKey);
    void clear();

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::deque<Run>> m_runs;
};

}
