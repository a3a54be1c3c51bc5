#include "core/lambda/stream_lane.h"

#include "core/base/ids.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <exception>

namespace core::lambda {

namespace {

constexpr Micros kStreamRetention = 24 * 3600 * kSecond;
constexpr int kLongestPause = 60; // seconds

std::size_t bytesOf(const std::deque<StreamRecord>& records)
{
    std::size_t bytes = 0;
    for (const auto& record : records)
        bytes += record.text.size() + 1;
    return bytes;
}

}

// While it lives the lane counts as running; the pool may drop the work that holds it.
struct StreamLane::Running {
    explicit Running(std::shared_ptr<StreamLane> its)
        : lane(std::move(its))
        , over(lane->m_parts.over)
    {
    }
    ~Running()
    {
        {
            const std::lock_guard guard(lane->m_mutex);
            if (!isOver)
                lane->m_running = false;
            lane->m_idle.notify_all();
        }
        if (lane->m_stopped)
            over();
    }
    std::shared_ptr<StreamLane> lane;
    const std::function<void()> over; // the parts may go with the feed, as soon as nothing runs
    bool isOver = false; // the lane has said so itself, and may run again by now
};

struct StreamLane::Run {
    trace::SpanScope span;
    Part& part;
    Invocation invocation;
    Result<InvocationOutcome> outcome = InvocationOutcome{};
};

StreamLane::StreamLane(const LaneParts& parts, Place place)
    : m_parts(parts)
    , m_place(std::move(place))
{
}

StreamLane::~StreamLane() = default;

void StreamLane::wake()
{
    {
        const std::lock_guard guard(m_mutex);
        m_again = true;
        if (m_running || m_stopped)
            return;
        m_running = true;
    }
    auto running = std::make_shared<Running>(shared_from_this());
    if (m_parts.host.pool.post([running] { running->lane->work(*running); }))
        return;
    // The pool is full of other work: comes back soon.
    running.reset();
    auto timer = m_parts.host.clock.after(kSecond, [weak = weak_from_this()] {
        if (const auto lane = weak.lock())
            lane->wake();
    });
    const std::lock_guard guard(m_mutex);
    std::swap(m_timer, timer);
}

void StreamLane::stop()
{
    std::unique_ptr<ClockTimer> timer; // dies without the lock: its call may wait for it
    const std::lock_guard guard(m_mutex);
    m_stopped = true;
    m_again = false;
    timer.swap(m_timer);
}

bool StreamLane::isOver() const
{
    const std::lock_guard guard(m_mutex);
    return m_stopped && !m_running;
}

void StreamLane::finish()
{
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return !m_running; });
}

void StreamLane::work(Running& running)
{
    for (;;) {
        {
            const std::lock_guard guard(m_mutex);
            m_again = false;
        }
        if (m_stopped)
            return;
        const auto next = stepGuarded();
        if (next.more)
            continue;
        std::unique_ptr<ClockTimer> timer;
        if (next.at && !m_stopped) {
            timer = m_parts.host.clock.at(*next.at, [weak = weak_from_this()] {
                if (const auto lane = weak.lock())
                    lane->wake();
            });
        }
        bool again = false;
        {
            const std::lock_guard guard(m_mutex);
            std::swap(m_timer, timer);
            again = m_again && !m_stopped;
            if (!again) {
                m_running = false;
                running.isOver = true;
            }
        }
        if (!again)
            return;
    }
}

// What is thrown (no memory, no threads) must not leave the shard standing.
StreamLane::Next StreamLane::stepGuarded()
{
    try {
        return step();
    } catch (const std::exception& exception) {
        log::error("lambda", std::string("a stream's batch was not run: ") + exception.what());
        m_retryAt = m_parts.host.clock.now() + kSecond;
        return {false, m_retryAt};
    }
}

StreamLane::Next StreamLane::step()
{
    const auto mapping = m_parts.mapping(m_place.mapping);
    if (!mapping || !mapping->enabled)
        return {};
    if (!m_loaded) {
        m_progress = m_parts.progress.of(mapping->id, m_place.shard, m_place.lane, m_place.lanes);
        m_read = m_progress.sequence;
        m_loaded = true;
    }
    if (m_progress.done)
        return {};
    if (m_parts.host.clock.now() < m_retryAt)
        return {false, m_retryAt};
    if (m_work.empty()) {
        const auto next = prepare(*mapping);
        if (m_work.empty())
            return next;
    }
    return process(*mapping);
}

// Reads on and makes the next batch, when it is time for one.
StreamLane::Next StreamLane::prepare(const EventSourceMapping& mapping)
{
    if (!gather(mapping))
        return {false, m_retryAt};
    if (mapping.tumblingWindow == 0)
        m_progress.window.reset();
    if (m_buffer.empty())
        return prepareNothing(mapping);
    auto& window = m_progress.window;
    bool isFull = m_ended || m_bytes >= kMaxBatchBytes
        || m_buffer.size() >= static_cast<std::size_t>(mapping.batchSize);
    auto due = m_openedAt + mapping.batchWindow * kSecond;
    if (mapping.tumblingWindow > 0) {
        const auto first = windowStart(m_buffer.front().createdAt, mapping.tumblingWindow);
        if (window && first > window->start) {
            m_work.push_back({{}, 0, 0, WindowEnd{true, false}});
            return {true, {}};
        }
        if (!window)
            window = TumblingWindow{first, "{}"};
        isFull = isFull || windowStart(m_buffer.back().createdAt, mapping.tumblingWindow) > window->start;
        due = std::min(due, (window->start + mapping.tumblingWindow) * kSecond);
    }
    if (!isFull && m_parts.host.clock.now() < due)
        return {false, due};
    m_work.push_back({takeBatch(m_buffer, mapping, window), 0, 0, {}});
    m_bytes = bytesOf(m_buffer);
    m_openedAt = m_parts.host.clock.now();
    return {true, {}};
}

// Nothing is there for the function but, perhaps, a window to end.
StreamLane::Next StreamLane::prepareNothing(const EventSourceMapping& mapping)
{
    tellFiltered(mapping);
    if (m_progress.window) {
        const auto end = (m_progress.window->start + mapping.tumblingWindow) * kSecond;
        if (m_parts.host.clock.now() < end)
            return {false, end};
        m_work.push_back({{}, 0, 0, WindowEnd{true, false}});
        return {true, {}};
    }
    if (m_ended) {
        m_progress.done = true;
        save(m_read);
        m_parts.ended();
    }
    return {};
}

// False when the stream cannot be read now.
bool StreamLane::gather(const EventSourceMapping& mapping)
{
    const auto wanted = static_cast<std::size_t>(mapping.batchSize);
    for (int failures = 0; !m_ended && m_buffer.size() < wanted && m_bytes < kMaxBatchBytes;) {
        const auto asked = m_parts.host.clock.now();
        auto page = readMore(mapping);
        if (!page) {
            if (++failures < 3 && recovers(page.error()))
                continue;
            m_parts.note(m_place.mapping, "PROBLEM: " + page.error().message);
            m_retryAt = m_parts.host.clock.now() + kLongestPause * kSecond;
            return false;
        }
        if (m_buffer.empty())
            m_openedAt = asked;
        m_filtered += page->filtered;
        m_iterator = page->next;
        m_ended = page->next.empty();
        if (!page->last.empty())
            m_read = page->last;
        for (auto& record : page->records) {
            m_bytes += record.text.size() + 1;
            m_buffer.push_back(std::move(record));
        }
        if (page->read == 0)
            break;
    }
    return true;
}

Result<std::string> StreamLane::iterator(const EventSourceMapping& mapping)
{
    if (!m_iterator.empty())
        return m_iterator;
    nlohmann::json input = {{"StreamArn", mapping.source}, {"ShardId", m_place.shard},
        {"ShardIteratorType", m_read.empty() ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER"}};
    if (!m_read.empty())
        input["SequenceNumber"] = m_read;
    CORE_TRY(const auto reply,
        m_parts.host.caller.call("dynamodbstreams", "GetShardIterator", input,
            {.region = mapping.region, .from = "lambda", .quiet = true}));
    return reply.json().at("ShardIterator").get<std::string>();
}

Result<RecordPage> StreamLane::readMore(const EventSourceMapping& mapping)
{
    CORE_TRY(const auto from, iterator(mapping));
    CORE_TRY(const auto reply,
        m_parts.host.caller.call("dynamodbstreams", "GetRecords", {{"ShardIterator", from}},
            {.region = mapping.region, .from = "lambda", .quiet = true}));
    CORE_TRY(auto filter, BatchFilter::of(mapping));
    const LaneView view{mapping.source, m_place.hashKey, m_place.lane, m_place.lanes, std::move(filter)};
    return readPage(reply.body.empty() ? reply.json().dump() : reply.body, view);
}

// An iterator lives for minutes; records live for a day.
bool StreamLane::recovers(const Error& error)
{
    const bool isOld = error.code.ends_with("ExpiredIteratorException");
    const bool isTrimmed = error.code.ends_with("TrimmedDataAccessException");
    if (isTrimmed)
        m_read.clear();
    m_iterator.clear();
    return isOld || isTrimmed;
}

// A track for records that no batch will have.
void StreamLane::tellFiltered(const EventSourceMapping& mapping)
{
    if (m_filtered == 0)
        return;
    auto span = open(mapping);
    span.step("Filtered out " + counted(m_filtered, "record"),
        "No pattern of FilterCriteria matches: the function does not run", trace::Verdict::Pass);
    m_filtered = 0;
    save(m_read);
}

trace::SpanScope StreamLane::open(const EventSourceMapping& mapping) const
{
    const auto table = mapping.table();
    auto span = m_parts.host.tracer.open(
        {"STREAM", table + " → " + mapping.function, "stream " + table, "lambda", "stream batch"});
    span.setResource(mapping.function);
    return span;
}

StreamLane::Next StreamLane::process(const EventSourceMapping& mapping)
{
    auto& part = m_work.front();
    if (dropExpired(mapping, part))
        return {true, {}};
    Run run{open(mapping), part, {}};
    describe(mapping, part, run.span);
    run.invocation.requestId = newUuid();
    run.invocation.arnSuffix = mapping.qualifier.empty() ? "" : ':' + mapping.qualifier;
    run.invocation.payload =
        batchEvent(part.records, mapping, m_place.shard, m_progress.window, part.end.value_or(WindowEnd{}));
    run.outcome = m_parts.run(mapping, run.invocation, run.span);
    if (m_parts.isHeld())
        return {};
    return settle(mapping, run);
}

// Records that are too old go to the destination for failures. True when that was all of the batch.
bool StreamLane::dropExpired(const EventSourceMapping& mapping, Part& part)
{
    const auto now = m_parts.host.clock.now();
    const auto most = mapping.maxAge >= 0 ? mapping.maxAge * kSecond : kStreamRetention;
    const auto first = std::find_if(part.records.begin(), part.records.end(),
        [&](const StreamRecord& record) { return now - record.createdAt * kSecond <= most; });
    if (first == part.records.begin())
        return false;
    const RecordList expired(part.records.begin(), first);
    part.records.erase(part.records.begin(), first);
    auto span = open(mapping);
    span.step("Gives up " + counted(expired.size(), "record"),
        "Older than " + std::to_string(most / kSecond) + " s of the chamber's clock", trace::Verdict::Fail);
    FailedBatch batch{expired, m_place.shard, "RecordAgeExceeded", part.invocations, newUuid(), {}, {},
        batchEvent(expired, mapping, m_place.shard, {}, {})};
    (void)deliverFailure(m_parts.host, mapping, batch, span);
    m_parts.note(m_place.mapping, "PROBLEM: Function call failed");
    save(expired.back().sequence);
    if (!part.records.empty())
        return false;
    m_work.pop_front();
    return true;
}

void StreamLane::describe(const EventSourceMapping& mapping, const Part& part, trace::SpanScope& span)
{
    if (m_filtered > 0)
        span.step("Filtered out " + counted(m_filtered, "record"), "No pattern of FilterCriteria matches");
    m_filtered = 0;
    auto where = "Shard " + m_place.shard;
    if (m_place.lanes > 1)
        where += ", lane " + std::to_string(m_place.lane + 1) + " of " + std::to_string(m_place.lanes);
    if (part.end)
        span.step(
            "Ends a window", "It has no further records: the function gets its state", trace::Verdict::Pass);
    else
        span.step("Batch of " + counted(part.records.size(), "record"), where, trace::Verdict::Pass);
    if (part.failures > 0) {
        const auto of = mapping.maxRetries >= 0 ? " of " + std::to_string(mapping.maxRetries)
                                                : std::string(", until the records are too old");
        span.step("Retry " + std::to_string(part.failures) + of, {}, trace::Verdict::Warn);
    }
}

StreamLane::Next StreamLane::settle(const EventSourceMapping& mapping, Run& run)
{
    if (!run.outcome)
        return notRun(mapping, run.outcome.error(), run.span);
    m_notRun = 0;
    ++run.part.invocations;
    const auto& outcome = *run.outcome;
    const auto verdict = outcome.functionError.empty()
        ? judgeAnswer(outcome.payload, run.part.records, mapping.reportsItems)
        : BatchVerdict{BatchVerdict::Kind::Failed, {}, outcome.errorType};
    if (verdict.kind != BatchVerdict::Kind::Done)
        return failed(mapping, run, verdict);
    m_parts.note(m_place.mapping, "OK");
    complete(mapping, outcome.payload, &run.span);
    return {true, {}};
}

// Throttled, or the function is not there: no attempt, as the batch did not reach it.
StreamLane::Next StreamLane::notRun(const EventSourceMapping&, const Error& error, trace::SpanScope& span)
{
    span.fail(error);
    m_parts.note(m_place.mapping, "PROBLEM: " + error.message);
    return pause(++m_notRun, span);
}

StreamLane::Next StreamLane::failed(const EventSourceMapping& mapping, Run& run, const BatchVerdict& verdict)
{
    auto& records = run.part.records;
    const bool isPartly = verdict.kind == BatchVerdict::Kind::Partly;
    run.span.step(
        isPartly ? "Part of the batch failed" : "The batch failed", verdict.why, trace::Verdict::Fail);
    m_parts.note(m_place.mapping, "PROBLEM: Function call failed");
    if (isPartly && verdict.from() > 0) {
        save(records[verdict.from() - 1].sequence);
        records.erase(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(verdict.from()));
    }
    if (!isPartly && mapping.bisect && records.size() > 1) {
        split(run.span);
        return {true, {}};
    }
    ++run.part.failures;
    if (mapping.maxRetries < 0 || run.part.failures <= mapping.maxRetries)
        return pause(run.part.failures, run.span);
    giveUp(mapping, run);
    return {true, {}};
}

void StreamLane::split(trace::SpanScope& span)
{
    auto whole = std::move(m_work.front());
    m_work.pop_front();
    const auto middle = static_cast<std::ptrdiff_t>(whole.records.size() / 2);
    Part second = whole;
    second.records.erase(second.records.begin(), second.records.begin() + middle);
    whole.records.resize(static_cast<std::size_t>(middle));
    span.step("Bisected into " + std::to_string(whole.records.size()) + " and "
            + std::to_string(second.records.size()),
        "BisectBatchOnFunctionError; this is no retry", trace::Verdict::Warn);
    m_work.push_front(std::move(second));
    m_work.push_front(std::move(whole));
}

void StreamLane::giveUp(const EventSourceMapping& mapping, Run& run)
{
    run.span.step("Gives up",
        "The batch was tried " + counted(static_cast<std::size_t>(run.part.failures), "time"),
        trace::Verdict::Fail);
    FailedBatch batch{run.part.records, m_place.shard, "RetryAttemptsExhausted", run.part.invocations,
        run.invocation.requestId, run.outcome->executedVersion, run.outcome->functionError,
        batchEvent(run.part.records, mapping, m_place.shard, {}, {})};
    (void)deliverFailure(m_parts.host, mapping, batch, run.span);
    const auto state = m_progress.window ? R"({"state":)" + m_progress.window->state + '}' : std::string();
    complete(mapping, state, nullptr);
}

// The front part is over: what it answered is the window's state, and the next begins behind it.
void StreamLane::complete(
    const EventSourceMapping& mapping, const std::string& answer, trace::SpanScope* span)
{
    const auto part = std::move(m_work.front());
    m_work.pop_front();
    auto& window = m_progress.window;
    if (part.end) {
        window.reset();
    } else if (window && mapping.tumblingWindow > 0) {
        window->state = stateOf(answer);
        if (window->state.size() > kMaxWindowState) {
            m_work.push_front({{}, 0, 0, WindowEnd{true, true}});
            if (span)
                span->step("The window ends early", "Its state is larger than 1 MB", trace::Verdict::Warn);
        }
    }
    if (m_buffer.empty() && m_work.empty())
        save(m_read);
    else
        save(part.records.empty() ? m_progress.sequence : part.records.back().sequence);
}

void StreamLane::save(const std::string& sequence)
{
    const auto mapping = m_parts.mapping(m_place.mapping);
    if (!mapping)
        return;
    m_progress.sequence = sequence;
    const auto saved =
        m_parts.progress.set(mapping->id, m_place.shard, m_place.lane, m_place.lanes, m_progress);
    if (!saved)
        log::warning("lambda", "a stream's progress is not kept: " + saved.error().message);
}

StreamLane::Next StreamLane::pause(int attempt, trace::SpanScope& span)
{
    const auto seconds = std::min(1 << std::min(attempt - 1, 10), kLongestPause);
    m_retryAt = m_parts.host.clock.now() + seconds * kSecond;
    span.step(
        "Tries again in " + std::to_string(seconds) + " s of the chamber's clock", {}, trace::Verdict::Warn);
    return {false, m_retryAt};
}

}
