#pragma once

#include "core/aws/service.h"
#include "core/lambda/invoker.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace core::lambda {

// An asynchronous invocation on its way.
struct AsyncJob {
    std::string functionKey;
    Invocation invocation;
    std::string traceHeader; // of the request that it came with
    int attempt = 1; // at the function: three, as AWS does
    int throttles = 0;
    Micros accepted = 0; // chamber's clock
};

// Runs asynchronous invocations beside their callers: a failed one again after one and two minutes of the
// chamber's clock, a throttled one after a growing pause for up to six hours. Kept in memory: what waits when
// the chamber closes is gone. Any thread.
class AsyncQueue {
public:
    // Runs one attempt, on a thread of the host's pool.
    using Run = std::function<Result<InvocationOutcome>(const AsyncJob&, trace::SpanScope&)>;

    AsyncQueue(const aws::Host& host, Run run);
    ~AsyncQueue();

    // Drops what waits and lets what runs finish; takes no more.
    void close();

    // False when the pool takes no more work.
    bool submit(AsyncJob job);

private:
    void attempt(AsyncJob job);
    void again(AsyncJob job, Micros pause, trace::SpanScope& span);
    void finished();

    const aws::Host& m_host;
    Run m_run;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_running = 0;
    bool m_closing = false;
    std::uint64_t m_nextTimer = 0;
    std::map<std::uint64_t, std::unique_ptr<ClockTimer>> m_timers;
};

}
