#include "core/lambda/async_queue.h"

#include <algorithm>

namespace core::lambda {

namespace {

constexpr int kMaxAttempts = 3;
constexpr Micros kMaxAge = 6 * 3600 * kSecond;
constexpr Micros kMaxThrottlePause = 300 * kSecond;

std::string wholeSeconds(Micros time)
{
    return std::to_string(time / kSecond) + " s of the chamber's clock";
}

}

AsyncQueue::AsyncQueue(const aws::Host& host, Run run)
    : m_host(host)
    , m_run(std::move(run))
{
}

AsyncQueue::~AsyncQueue()
{
    close();
}

void AsyncQueue::close()
{
    std::map<std::uint64_t, std::unique_ptr<ClockTimer>> timers;
    {
        const std::lock_guard guard(m_mutex);
        m_closing = true;
        timers.swap(m_timers);
    }
    timers.clear();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_running == 0; });
}

bool AsyncQueue::submit(AsyncJob job)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_closing)
            return false;
        ++m_running;
    }
    // Work that the pool drops when it stops still counts down, when the lambda that holds this dies.
    const std::shared_ptr<void> running(nullptr, [this](void*) { finished(); });
    return m_host.pool.post([this, running, job = std::move(job)]() mutable { attempt(std::move(job)); });
}

void AsyncQueue::finished()
{
    const std::lock_guard guard(m_mutex);
    --m_running;
    m_changed.notify_all();
}

void AsyncQueue::attempt(AsyncJob job)
{
    auto span = m_host.tracer.join(
        job.traceHeader, "lambda", job.attempt == 1 ? "asynchronous invocation" : "asynchronous retry");
    const auto outcome = m_run(job, span);
    if (!outcome && outcome.error().kind == ErrorKind::Throttled) {
        const auto pause = std::min<Micros>(kSecond << std::min(job.throttles, 9), kMaxThrottlePause);
        ++job.throttles;
        return again(std::move(job), pause, span);
    }
    if (!outcome) {
        span.fail(outcome.error());
        return;
    }
    if (outcome->functionError.empty())
        return;
    if (job.attempt == kMaxAttempts) {
        span.step("Gives up", "AWS tries an asynchronous event three times", trace::Verdict::Fail);
        return;
    }
    const auto pause = job.attempt * 60 * kSecond;
    ++job.attempt;
    again(std::move(job), pause, span);
}

void AsyncQueue::again(AsyncJob job, Micros pause, trace::SpanScope& span)
{
    if (m_host.clock.now() + pause - job.accepted > kMaxAge) {
        span.step("Gives up", "The event is older than six hours", trace::Verdict::Fail);
        return;
    }
    span.step("Tries again in " + wholeSeconds(pause), {}, trace::Verdict::Warn);
    std::uint64_t id = 0;
    {
        const std::lock_guard guard(m_mutex);
        if (m_closing)
            return;
        id = m_nextTimer++;
        // Its place first: the timer may come due before it is put there.
        m_timers[id] = nullptr;
    }
    auto timer = m_host.clock.after(pause, [this, id, job] {
        std::unique_ptr<ClockTimer> over;
        {
            const std::lock_guard guard(m_mutex);
            if (const auto place = m_timers.find(id); place != m_timers.end()) {
                over = std::move(place->second);
                m_timers.erase(place);
            }
        }
        submit(job);
    });
    const std::lock_guard guard(m_mutex);
    if (const auto place = m_timers.find(id); place != m_timers.end())
        place->second = std::move(timer);
}

}
