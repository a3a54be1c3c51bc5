#include "core/lambda/queue_feed.h"

#include "core/aws/queue_access.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/time_format.h"
#include "core/lambda/stream_batch.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;
using trace::Verdict;

namespace {

constexpr std::size_t kMostAtATime = 10; // SQS gives and deletes no more with one request
constexpr int kLongestPause = 60; // seconds
constexpr Micros kAfterAProblem = 10 * kSecond;

std::optional<Micros> earlier(std::optional<Micros> one, std::optional<Micros> other)
{
    if (!one || !other)
        return one ? one : other;
    return std::min(*one, *other);
}

std::string ids(const MessageList& messages)
{
    std::string text;
    for (const auto& message : messages)
        text += (text.empty() ? "" : ", ") + message.id;
    return text;
}

Micros firstVisible(const std::deque<QueueMessage>& messages)
{
    return std::min_element(messages.begin(), messages.end(), [](const auto& one, const auto& other) {
        return one.hiddenUntil < other.hiddenUntil;
    })->hiddenUntil;
}

}

// Work on the pool that finish() waits for, also when the pool drops it.
struct QueueFeed::Task {
    Task(std::shared_ptr<QueueFeed> its, std::shared_ptr<Batch> what)
        : feed(std::move(its))
        , batch(std::move(what))
    {
        const std::lock_guard guard(feed->m_mutex);
        ++feed->m_tasks;
    }
    ~Task()
    {
        feed->notice();
        const auto over = feed->m_parts.over;
        {
            const std::lock_guard guard(feed->m_mutex);
            --feed->m_tasks;
            feed->m_idle.notify_all();
        }
        if (feed->m_stopped)
            over();
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    const std::shared_ptr<QueueFeed> feed;
    const std::shared_ptr<Batch> batch;
};

QueueFeed::QueueFeed(const Parts& parts, const EventSourceMapping& mapping)
    : m_parts(parts)
    , m_key(mapping.key())
    , m_work(parts.host, [this] { return round(); })
{
}

QueueFeed::~QueueFeed() = default;

void QueueFeed::start()
{
    m_work.resume();
}

void QueueFeed::notice()
{
    m_work.notice();
}

void QueueFeed::stop()
{
    m_stopped = true;
    m_work.notice();
}

bool QueueFeed::isOver() const
{
    const std::lock_guard guard(m_mutex);
    return m_left && m_tasks == 0;
}

void QueueFeed::finish()
{
    m_work.close();
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_tasks == 0; });
}

// One look at the queue: what can be started is, and the moment of the next look is told.
std::optional<Micros> QueueFeed::round()
{
    if (m_left)
        return std::nullopt;
    const auto mapping = m_parts.mapping(m_key);
    if (m_stopped || !mapping || !mapping->enabled) {
        leaveAll();
        m_left = m_stopped.load();
        if (m_left)
            m_parts.over();
        return std::nullopt;
    }
    auto next = startWaiting();
    while (!m_stopped && hasRoom(*mapping)) {
        const auto before = arrivals(*mapping);
        if (!before)
            return earlier(next, problem(*mapping, before.error()));
        dropStale();
        if (const auto gathered = gather(*mapping, before->visibility); !gathered)
            return earlier(next, problem(*mapping, gathered.error()));
        m_lastProblem.clear();
        const auto due = m_openedAt + mapping->batchWindow * kSecond;
        const bool waits = !m_buffer.empty() && !isFull(*mapping) && m_parts.host.clock.now() < due;
        if (m_buffer.empty() || waits) {
            if (m_buffer.empty())
                tell(*mapping);
            // The clock may have gone past what was to appear while the queue was read: one more look then.
            const auto after = arrivals(*mapping);
            next = earlier(next, earlier(before->next, after ? after->next : std::nullopt));
            return waits ? earlier(next, due) : next;
        }
        dispatch(*mapping);
    }
    return next;
}

// Batches that could not run before, and are to be tried again by now. Gives the moment of the next.
std::optional<Micros> QueueFeed::startWaiting()
{
    std::vector<std::shared_ptr<Batch>> due;
    std::optional<Micros> next;
    const auto now = m_parts.host.clock.now();
    {
        const std::lock_guard guard(m_mutex);
        std::erase_if(m_waiting, [&](const auto& batch) {
            if (batch->retryAt > now)
                return false;
            due.push_back(batch);
            return true;
        });
        for (const auto& batch : m_waiting)
            next = earlier(next, batch->retryAt);
    }
    for (auto& batch : due)
        post(std::move(batch));
    return next;
}

bool QueueFeed::hasRoom(const EventSourceMapping& mapping) const
{
    const auto most =
        mapping.maxConcurrency > 0 ? std::min(mapping.maxConcurrency, kMostAtOnce) : kUsualAtOnce;
    const std::lock_guard guard(m_mutex);
    return m_batches < most;
}

bool QueueFeed::isFull(const EventSourceMapping& mapping) const
{
    return m_buffer.size() >= static_cast<std::size_t>(mapping.batchSize) || m_bytes >= kMaxBatchBytes;
}

Result<QueueFeed::Arrivals> QueueFeed::arrivals(const EventSourceMapping& mapping) const
{
    CORE_TRY(const auto reply, ask(mapping, "GetQueueArrivals", json::object(), nullptr));
    const auto told = reply.json();
    // A queue that hides nothing would give the same message for ever.
    Arrivals arrivals{std::max<Micros>(told.at("VisibilityTimeout").get<Micros>(), 1) * kSecond, {}};
    if (told.contains("NextVisibleAt"))
        arrivals.next = told.at("NextVisibleAt").get<Micros>();
    return arrivals;
}

Result<> QueueFeed::gather(const EventSourceMapping& mapping, Micros visibility)
{
    while (!m_stopped && !isFull(mapping)) {
        CORE_TRY(const auto more, receive(mapping, visibility));
        if (!more)
            break;
    }
    return {};
}

// False when the queue has nothing more.
Result<bool> QueueFeed::receive(const EventSourceMapping& mapping, Micros visibility)
{
    const auto room = static_cast<std::size_t>(mapping.batchSize) - m_buffer.size();
    // Before the answer: the window begins no later than the queue has given its first message away.
    const auto asked = m_parts.host.clock.now();
    CORE_TRY(const auto reply,
        ask(mapping, "ReceiveMessage",
            {{"MaxNumberOfMessages", static_cast<int>(std::min(room, kMostAtATime))}, {"WaitTimeSeconds", 0},
                {"VisibilityTimeout", visibility / kSecond}, {"AttributeNames", json::array({"All"})},
                {"MessageAttributeNames", json::array({"All"})}},
            nullptr));
    CORE_TRY(auto page, readMessages(reply.json(), mapping, asked + visibility));
    if (page.messages.empty() && page.filtered.empty())
        return false;
    if (!page.filtered.empty()) {
        erase(mapping, page.filtered, nullptr);
        const std::lock_guard guard(m_mutex);
        m_untold.filtered += page.filtered.size();
    }
    if (m_buffer.empty())
        m_openedAt = asked;
    for (auto& message : page.messages) {
        m_bytes += message.text.size() + 1;
        m_buffer.push_back(std::move(message));
    }
    return true;
}

// A queue that is gone is looked for when one of its name is made; told once.
std::optional<Micros> QueueFeed::problem(const EventSourceMapping& mapping, const Error& error)
{
    if (m_lastProblem != error.code) {
        auto span = open(mapping);
        span.step("The queue cannot be read", error.code + ": " + error.message, Verdict::Fail);
        span.fail(error);
    }
    m_lastProblem = error.code;
    if (error.kind == ErrorKind::NotFound || error.code.ends_with("NonExistentQueue"))
        return std::nullopt;
    return m_parts.host.clock.now() + kAfterAProblem;
}

// Others may have received by now what waited longer than the queue hides it.
void QueueFeed::dropStale()
{
    const auto now = m_parts.host.clock.now();
    const auto dropped =
        std::erase_if(m_buffer, [&](const QueueMessage& message) { return message.hiddenUntil <= now; });
    if (dropped == 0)
        return;
    m_bytes = 0;
    for (const auto& message : m_buffer)
        m_bytes += message.text.size() + 1;
    const std::lock_guard guard(m_mutex);
    m_untold.stale += dropped;
}

// The mapping is disabled or gone: what waited for its batch stays in the queue.
void QueueFeed::leaveAll()
{
    std::size_t count = m_buffer.size();
    m_buffer.clear();
    m_bytes = 0;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& batch : m_waiting)
            count += batch->messages.size();
        m_batches -= static_cast<int>(m_waiting.size());
        m_waiting.clear();
    }
    if (count == 0)
        return;
    auto span = m_parts.host.tracer.open({"QUEUE", m_key, "queue", "lambda", "queue batch"});
    span.step("Leaves " + counted(count, "message") + " to reappear",
        "The mapping reads no more: they come again when their visibility time-out ends", Verdict::Warn);
}

// A track for messages that no batch will have.
void QueueFeed::tell(const EventSourceMapping& mapping)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_untold.filtered + m_untold.stale == 0)
            return;
    }
    auto span = open(mapping);
    tellInto(span);
}

void QueueFeed::tellInto(trace::SpanScope& span)
{
    Untold untold;
    {
        const std::lock_guard guard(m_mutex);
        std::swap(untold, m_untold);
    }
    if (untold.filtered > 0)
        span.step("Filtered out " + counted(untold.filtered, "message"),
            "No pattern of FilterCriteria matches: deleted from the queue, and the function does not get it");
    if (untold.stale > 0)
        span.step("Lets go of " + counted(untold.stale, "message"),
            "The visibility time-out ended within the batching window: they are in the queue again",
            Verdict::Warn);
}

void QueueFeed::dispatch(const EventSourceMapping& mapping)
{
    auto batch = std::make_shared<Batch>();
    while (!m_buffer.empty() && batch->messages.size() < static_cast<std::size_t>(mapping.batchSize)) {
        m_bytes -= m_buffer.front().text.size() + 1;
        batch->messages.push_back(std::move(m_buffer.front()));
        m_buffer.pop_front();
    }
    batch->hiddenUntil = firstVisible(batch->messages);
    {
        const std::lock_guard guard(m_mutex);
        ++m_batches;
    }
    post(std::move(batch));
}

void QueueFeed::post(std::shared_ptr<Batch> batch)
{
    auto task = std::make_shared<Task>(shared_from_this(), batch);
    if (m_parts.host.pool.post([task] { task->feed->run(task->batch); }))
        return;
    // The pool is full of other work: comes back soon.
    batch->retryAt = m_parts.host.clock.now() + kSecond;
    const std::lock_guard guard(m_mutex);
    m_waiting.push_back(std::move(batch));
}

trace::SpanScope QueueFeed::open(const EventSourceMapping& mapping) const
{
    const auto queue = mapping.queue();
    auto span = m_parts.host.tracer.open(
        {"QUEUE", queue + " → " + mapping.function, "queue " + queue, "lambda", "queue batch"});
    span.setResource(mapping.function);
    return span;
}

Result<aws::Reply> QueueFeed::ask(
    const EventSourceMapping& mapping, std::string_view action, json input, trace::SpanScope* parent) const
{
    input["QueueUrl"] = aws::queueUrlOf(mapping.source);
    return m_parts.host.caller.call("sqs", action, input,
        {.parent = parent, .region = mapping.region, .from = "lambda", .quiet = parent == nullptr});
}

void QueueFeed::run(const std::shared_ptr<Batch>& batch)
{
    batch->retryAt = 0;
    try {
        if (const auto mapping = m_parts.mapping(m_key)) {
            auto span = open(*mapping);
            describe(*batch, span);
            tellInto(span);
            runParts(*mapping, *batch, span);
        }
    } catch (const std::exception& failure) {
        // Its messages come again; its place among the batches must be free for them.
        log::error("lambda", std::string("a batch of a queue broke off: ") + failure.what());
    }
    const std::lock_guard guard(m_mutex);
    if (batch->retryAt > 0)
        m_waiting.push_back(batch);
    else
        --m_batches;
}

void QueueFeed::describe(const Batch& batch, trace::SpanScope& span) const
{
    const auto repeated = std::count_if(batch.messages.begin(), batch.messages.end(),
        [](const QueueMessage& message) { return message.receives > 1; });
    auto detail = "Hidden from others until " + iso8601Millis(batch.hiddenUntil);
    if (repeated > 0)
        detail += "; received before: " + std::to_string(repeated);
    span.step("Received " + counted(batch.messages.size(), "message"), detail, Verdict::Pass);
    if (batch.notRun > 0)
        span.step("Attempt " + std::to_string(batch.notRun + 1), {}, Verdict::Warn);
}

// One event after the other, when the messages are more than an event can carry.
void QueueFeed::runParts(const EventSourceMapping& mapping, Batch& batch, trace::SpanScope& span)
{
    while (!batch.messages.empty()) {
        const auto messages = takeEvent(batch.messages, mapping.function);
        const auto lineage = lineageOf(messages);
        auto part =
            lineage.isEmpty() ? trace::SpanScope() : span.child("lambda", "queue event", mapping.function);
        lineage.note(part);
        Invocation invocation;
        invocation.requestId = newUuid();
        invocation.arnSuffix = mapping.qualifier.empty() ? "" : ':' + mapping.qualifier;
        invocation.payload = queueEvent(messages);
        const auto outcome = m_parts.run(mapping, invocation, lineage.isEmpty() ? span : part);
        if (m_parts.isHeld())
            return;
        const bool looped = !outcome && outcome.error().code == "RecursiveInvocationException";
        if (!outcome && !looped) {
            batch.messages.insert(batch.messages.begin(), messages.begin(), messages.end());
            return notRun(batch, outcome.error(), span);
        }
        const bool done = !looped && settle(mapping, messages, *outcome, span);
        if (looped)
            leave(messages, span);
        if (!done && aws::isFifoQueue(mapping.source) && !batch.messages.empty()) {
            span.step("Leaves the other " + counted(batch.messages.size(), "message"),
                "They may come after those that failed, and are to stay in their order", Verdict::Warn);
            return;
        }
    }
}

// True when nothing of it has failed.
bool QueueFeed::settle(const EventSourceMapping& mapping, const MessageList& messages,
    const InvocationOutcome& outcome, trace::SpanScope& span)
{
    const auto verdict = outcome.functionError.empty()
        ? judgeAnswer(outcome.payload, messages, mapping.reportsItems)
        : BatchVerdict{BatchVerdict::Kind::Failed, {}, outcome.errorType};
    MessageList done;
    MessageList left;
    for (std::size_t place = 0; place < messages.size(); ++place) {
        const bool failed = verdict.kind == BatchVerdict::Kind::Failed
            || std::binary_search(verdict.failed.begin(), verdict.failed.end(), place);
        (failed ? left : done).push_back(messages[place]);
    }
    if (!left.empty())
        span.step(done.empty() ? "The batch failed" : "Part of the batch failed", verdict.why, Verdict::Fail);
    if (!done.empty()) {
        span.step("Deletes " + counted(done.size(), "message"),
            "The function is done with them: " + ids(done), Verdict::Pass);
        if (breaksOrder(messages, verdict))
            span.step("The order of a message group is lost",
                "A message was not reported as failed that comes after one of its group that was: it is "
                "deleted, as the function says it is done",
                Verdict::Warn);
        erase(mapping, done, &span);
    }
    if (!left.empty())
        leave(left, span);
    return left.empty();
}

void QueueFeed::leave(const MessageList& messages, trace::SpanScope& span) const
{
    span.step("Leaves " + counted(messages.size(), "message") + " to reappear",
        "When the visibility time-out ends, at " + iso8601Millis(messages.front().hiddenUntil) + ": "
            + ids(messages),
        Verdict::Warn);
}

// Throttled, or the function is not there: it is tried again as long as nobody else can receive the messages.
void QueueFeed::notRun(Batch& batch, const Error& error, trace::SpanScope& span)
{
    span.fail(error);
    const auto seconds = std::min(1 << std::min(batch.notRun, 10), kLongestPause);
    const auto again = m_parts.host.clock.now() + seconds * kSecond;
    if (again >= batch.hiddenUntil || m_stopped) {
        span.step("Leaves " + counted(batch.messages.size(), "message") + " to reappear",
            "The function did not run before their visibility time-out ends, at "
                + iso8601Millis(batch.hiddenUntil),
            Verdict::Warn);
        return;
    }
    span.step("Tries again in " + std::to_string(seconds) + " s of the chamber's clock",
        error.code + ": " + error.message, Verdict::Warn);
    ++batch.notRun;
    batch.retryAt = again;
}

void QueueFeed::erase(
    const EventSourceMapping& mapping, const MessageList& messages, trace::SpanScope* span) const
{
    for (std::size_t first = 0; first < messages.size(); first += kMostAtATime) {
        json entries = json::array();
        const auto end = std::min(messages.size(), first + kMostAtATime);
        for (auto place = first; place < end; ++place)
            entries.push_back({{"Id", std::to_string(place)}, {"ReceiptHandle", messages[place].handle}});
        const auto reply = ask(mapping, "DeleteMessageBatch", {{"Entries", std::move(entries)}}, span);
        if (!span)
            continue;
        const auto failed = reply ? reply->json().value("Failed", json::array()) : json::array();
        for (const auto& one : failed)
            span->step("A message is not deleted", one.value("Message", ""), Verdict::Warn);
    }
}

}
