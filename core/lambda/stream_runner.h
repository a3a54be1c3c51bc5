#pragma once

#include "core/lambda/response_stream.h"

#include <list>
#include <mutex>
#include <thread>

namespace core::lambda {

// Runs invocations whose answers are sent while they are written: each on a thread of its own, for the
// request's thread goes on with the answer; their number is bounded by that of environments. Any thread.
class StreamRunner {
public:
    explicit StreamRunner(Invoker& invoker)
        : m_invoker(invoker)
    {
    }
    ~StreamRunner() { stop(); }

    // Returns once the function has begun to answer or is over. The error when nothing ran it.
    Result<std::shared_ptr<ResponseStream>> start(
        std::shared_ptr<const Function> function, Invocation invocation, trace::SpanScope& span);
    // Waits for those that run, which end with their environments.
    void stop();

private:
    struct Run {
        std::atomic<bool> over = false;
        std::jthread thread;
    };

    Invoker& m_invoker;
    std::mutex m_mutex;
    std::list<Run> m_runs;
    bool m_stopped = false;
};

}
