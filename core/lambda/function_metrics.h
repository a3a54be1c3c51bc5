#pragma once

#include "core/aws/metric_book.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/lambda/function.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// What CloudWatch shows of functions (AWS/Lambda): Invocations, Errors, Throttles, Duration,
// PostRuntimeExtensionsDuration, ConcurrentExecutions, RecursiveInvocationsDropped; of a function, of what
// was named of it (Resource: "orders:live") and of all together. Owned by the invoker. Any thread.
class FunctionMetrics {
public:
    // `book` may be null: then nothing is counted.
    FunctionMetrics(aws::MetricBook* book, const Clock& clock)
        : m_book(book)
        , m_clock(clock)
    {
    }

    // One invocation that runs; counted until it dies.
    class Execution {
    public:
        Execution(FunctionMetrics& metrics, std::string key)
            : m_metrics(&metrics)
            , m_key(std::move(key))
        {
        }
        ~Execution();
        Execution(const Execution&) = delete;
        Execution& operator=(const Execution&) = delete;

    private:
        FunctionMetrics* m_metrics;
        std::string m_key;
    };

    // `suffix` as of the ARN that was called: ":live", "".
    Execution begin(const Function& function, const std::string& suffix);
    // `after`: how long extensions worked on when the answer was there, of a function that has some.
    void ended(const Function& function, const std::string& suffix, Micros duration, bool failed,
        std::optional<Micros> after = {});
    // Not run: counts when it was throttled or part of a loop.
    void refused(const Function& function, const std::string& suffix, const Error& error);

private:
    void add(const Function& function, const std::string& suffix, std::span<const aws::MetricSample> samples);

    aws::MetricBook* m_book;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, int> m_running;
};

}
