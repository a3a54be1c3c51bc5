#include "core/lambda/async_queue.h"

#include "core/base/log.h"
#include "core/lambda/errors.h"

#include <algorithm>
#include <cstdio>

namespace core::lambda {

namespace {

constexpr std::string_view kEvents = "lambda/events";
constexpr Micros kMaxThrottlePause = 300 * kSecond;
// Each running job holds a thread of the pool: requests need some too.
constexpr int kMostRunning = 24;
constexpr int kMostRunningOfOne = 10;

std::string wholeSeconds(Micros time)
{
    return std::to_string(time / kSecond) + " s of the chamber's clock";
}

Result<> keep(store::Store& store, const AsyncJob& job)
{
    return store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kEvents);
        transaction.put(kEvents, job.id, encode(job));
        return {};
    });
}

// Only where it is still: the store may have been emptied while the job ran.
Result<> keepAgain(store::Store& store, const AsyncJob& job)
{
    return store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(kEvents, job.id))
            return fail(ErrorKind::NotFound, "ResourceNotFoundException", "the event is no longer there");
        transaction.put(kEvents, job.id, encode(job));
        return {};
    });
}

void drop(store::Store& store, const std::string& id)
{
    const auto dropped = store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kEvents);
        transaction.erase(kEvents, id);
        return {};
    });
    if (!dropped)
        log::warning("lambda", "an asynchronous event stays in the queue: " + dropped.error().message);
}

}

AsyncQueue::AsyncQueue(const aws::Host& host, Parts parts)
    : m_host(host)
    , m_parts(std::move(parts))
{
}

AsyncQueue::~AsyncQueue()
{
    close();
}

void AsyncQueue::resume()
{
    std::vector<AsyncJob> jobs;
    m_host.store.read()->scan(kEvents, store::Range::all(), store::Direction::Forward,
        [&jobs](std::string_view, std::string_view record) {
            AsyncJob job;
            decode(record, job);
            job.invocation.payload.clear();
            jobs.push_back(std::move(job));
            return true;
        });
    for (const auto& job : jobs)
        schedule(job.id, job.functionKey, job.due);
}

void AsyncQueue::hold()
{
    std::map<std::string, std::unique_ptr<ClockTimer>> timers;
    const std::lock_guard guard(m_mutex);
    m_holding = true;
    m_ready.clear();
    timers.swap(m_timers);
}

void AsyncQueue::close()
{
    hold();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_runningAll == 0; });
}

void AsyncQueue::reset()
{
    std::map<std::string, std::unique_ptr<ClockTimer>> timers;
    const std::lock_guard guard(m_mutex);
    m_ready.clear();
    timers.swap(m_timers);
}

bool AsyncQueue::isHeld() const
{
    const std::lock_guard guard(m_mutex);
    return m_holding;
}

Result<> AsyncQueue::submit(AsyncJob job)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding)
            return fail(ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
        // Real time, so that a clock that stands still, or a second run, gives no id twice.
        m_lastId = std::max(m_lastId + 1, static_cast<std::uint64_t>(realMicros()));
        char id[24];
        std::snprintf(id, sizeof id, "%020llu", static_cast<unsigned long long>(m_lastId));
        job.id = id;
    }
    job.due = job.accepted;
    CORE_CHECK(keep(m_host.store, job));
    enqueue(job.id, job.functionKey);
    return {};
}

void AsyncQueue::enqueue(const std::string& id, const std::string& functionKey)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding)
            return;
        m_ready.push_back({id, functionKey});
    }
    pump();
}

// Under the mutex: in order of arrival, but no function takes all threads.
std::optional<AsyncQueue::Ready> AsyncQueue::takeReady()
{
    const auto place = std::find_if(m_ready.begin(), m_ready.end(), [this](const Ready& ready) {
        const auto running = m_running.find(ready.functionKey);
        return running == m_running.end() || running->second < kMostRunningOfOne;
    });
    if (m_holding || m_runningAll >= kMostRunning || place == m_ready.end())
        return std::nullopt;
    auto ready = std::move(*place);
    m_ready.erase(place);
    ++m_running[ready.functionKey];
    ++m_runningAll;
    return ready;
}

void AsyncQueue::pump()
{
    for (;;) {
        std::optional<Ready> next;
        {
            const std::lock_guard guard(m_mutex);
            next = takeReady();
        }
        if (!next)
            return;
        // Work that the pool drops when it stops still counts down, when the lambda that holds this dies.
        auto slot = std::make_shared<Slot>(*this, next->functionKey);
        const bool posted = m_host.pool.post([this, slot, ready = *next] { work(*slot, ready); });
        if (!posted) {
            // The pool is full of other work: comes back soon.
            schedule(next->id, next->functionKey, m_host.clock.now() + kSecond);
            return;
        }
    }
}

AsyncQueue::Slot::~Slot()
{
    if (!isOver)
        queue.finished(functionKey);
}

// One job after the other while there are any; the queue may be gone when the last one is over.
void AsyncQueue::work(Slot& slot, Ready ready)
{
    for (;;) {
        attempt(ready.id);
        const std::lock_guard guard(m_mutex);
        release(ready.functionKey);
        auto next = takeReady();
        if (!next) {
            slot.isOver = true;
            m_changed.notify_all();
            return;
        }
        ready = *std::move(next);
        slot.functionKey = ready.functionKey;
    }
}

// Under the mutex.
void AsyncQueue::release(const std::string& functionKey)
{
    if (--m_running[functionKey] == 0)
        m_running.erase(functionKey);
    --m_runningAll;
}

void AsyncQueue::finished(const std::string& functionKey)
{
    const std::lock_guard guard(m_mutex);
    release(functionKey);
    m_changed.notify_all();
}

void AsyncQueue::schedule(const std::string& id, const std::string& functionKey, Micros due)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding)
            return;
        // Its place first: the timer may come due before it is put there.
        m_timers[id] = nullptr;
    }
    auto timer = m_host.clock.at(due, [this, id, functionKey] {
        std::unique_ptr<ClockTimer> over;
        {
            const std::lock_guard guard(m_mutex);
            const auto place = m_timers.find(id);
            if (place == m_timers.end())
                return;
            over = std::move(place->second);
            m_timers.erase(place);
        }
        enqueue(id, functionKey);
    });
    const std::lock_guard guard(m_mutex);
    if (const auto place = m_timers.find(id); place != m_timers.end())
        place->second = std::move(timer);
}

void AsyncQueue::attempt(const std::string& id)
{
    const auto record = m_host.store.get(kEvents, id);
    if (!record)
        return;
    AsyncJob job;
    decode(*record, job);
    const auto rules = m_parts.rules(job);
    auto span = m_host.tracer.join(
        job.traceHeader, "lambda", job.attempts == 0 ? "asynchronous invocation" : "asynchronous retry");
    if (m_host.clock.now() - job.accepted >= rules.maxAge && (job.attempts > 0 || job.throttles > 0)) {
        span.step("Gives up", "The event is older than " + wholeSeconds(rules.maxAge), trace::Verdict::Fail);
        end(job, AsyncEnd::EventAgeExceeded, {}, rules, span);
        return;
    }
    auto outcome = m_parts.run(job, span);
    // What was cut off by the chamber's end is tried again when it opens.
    if (!isHeld())
        settle(std::move(job), std::move(outcome), rules, span);
}

void AsyncQueue::settle(
    AsyncJob job, Result<InvocationOutcome> outcome, const AsyncRules& rules, trace::SpanScope& span)
{
    // Nothing is let run until somebody says so, which a retry would not bring about.
    if (!outcome && outcome.error().kind == ErrorKind::Throttled && rules.closed) {
        span.step("Gives up", "The function's reserved concurrency is 0", trace::Verdict::Fail);
        return end(job, AsyncEnd::RetriesExhausted, {.refusal = &outcome.error()}, rules, span);
    }
    if (!outcome && outcome.error().kind == ErrorKind::Throttled) {
        const auto pause = std::min<Micros>(kSecond << std::min(job.throttles, 9), kMaxThrottlePause);
        ++job.throttles;
        return again(std::move(job), pause, rules, span);
    }
    // What a loop is ended by is told as a failure that no retry would mend.
    if (!outcome && outcome.error().code == errors::recursiveInvocation().code)
        return end(job, AsyncEnd::RetriesExhausted, {.refusal = &outcome.error()}, rules, span);
    if (!outcome) {
        // The function is gone, or never was there.
        span.fail(outcome.error());
        return drop(m_host.store, job.id);
    }
    ++job.attempts;
    job.throttles = 0;
    if (outcome->functionError.empty())
        return end(job, AsyncEnd::Success, {&*outcome}, rules, span);
    if (job.attempts > rules.retries) {
        span.step("Gives up",
            "The event was tried " + std::to_string(job.attempts) + (job.attempts == 1 ? " time" : " times"),
            trace::Verdict::Fail);
        return end(job, AsyncEnd::RetriesExhausted, {&*outcome}, rules, span);
    }
    const auto pause = job.attempts * 60 * kSecond;
    again(std::move(job), pause, rules, span);
}

// The end of its age comes in between: then that is the next moment.
void AsyncQueue::again(AsyncJob job, Micros pause, const AsyncRules& rules, trace::SpanScope& span)
{
    job.due = std::min(m_host.clock.now() + pause, job.accepted + rules.maxAge);
    span.step("Tries again in " + wholeSeconds(pause), {}, trace::Verdict::Warn);
    if (const auto kept = keepAgain(m_host.store, job); !kept) {
        if (kept.error().kind == ErrorKind::NotFound)
            return;
        log::warning("lambda", "an asynchronous event is not kept: " + kept.error().message);
    }
    schedule(job.id, job.functionKey, job.due);
}

void AsyncQueue::end(const AsyncJob& job, AsyncEnd how, const AsyncAttempt& last, const AsyncRules& rules,
    trace::SpanScope& span)
{
    if (!m_host.store.get(kEvents, job.id))
        return;
    const auto& destination = how == AsyncEnd::Success ? rules.onSuccess : rules.onFailure;
    if (!destination.empty()) {
        const auto delivered = m_parts.deliver(
            destination, invocationRecord(job, how, last.outcome, m_host.clock.now()), job, span);
        // A function takes no events any more when the chamber closes: the job runs again when it opens.
        if (!delivered && isHeld())
            return;
    }
    if (how != AsyncEnd::Success && !rules.deadLetter.empty()) {
        const auto buried = m_parts.bury(rules.deadLetter, job, last, span);
        if (!buried && isHeld())
            return;
    }
    drop(m_host.store, job.id);
}

}
