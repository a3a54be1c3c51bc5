#include "core/lambda/telemetry_api.h"

#include "core/aws/json_text.h"
#include "core/base/time_format.h"
#include "core/lambda/json_response.h"
#include "core/lambda/telemetry_sender.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace core::lambda {

using nlohmann::json;
using Record = nlohmann::ordered_json;

namespace {

constexpr std::string_view kTelemetryPath = "/2022-07-01/telemetry";
constexpr std::string_view kLogsPath = "/2020-08-15/logs";
constexpr std::size_t kMaxHistoryBytes = 1024 * 1024;
// What may wait for one subscriber.
constexpr std::size_t kMaxQueuedBytes = 4 * 1024 * 1024;
constexpr std::size_t kMaxSubscribers = 20; // AWS has ten extensions at most
constexpr int kAttempts = 3;
constexpr Micros kRetryPause = 100 * kMillisecond;

TelemetryKind kindOf(std::string_view path)
{
    return path.starts_with(kLogsPath) ? TelemetryKind::Logs : TelemetryKind::Telemetry;
}

http::Response refusal(int status, std::string_view type, std::string_view message)
{
    return jsonResponse(status, json{{"errorMessage", message}, {"errorType", type}}.dump() + '\n');
}

bool wants(const TelemetrySubscription& wish, std::string_view type)
{
    const auto category = type.substr(0, type.find('.'));
    return std::find(wish.types.begin(), wish.types.end(), category) != wish.types.end();
}

// What the Logs API's events have of those of today; "" for an event it does not know.
std::string asLog(const TelemetrySubscription& wish, std::string_view type, const std::string& text)
{
    static const std::pair<std::string_view, std::vector<std::string>> kKnown[] = {
        {"platform.start", {"requestId", "version"}},
        {"platform.end", {"requestId"}},
        {"platform.report", {"requestId", "metrics"}},
        {"platform.runtimeDone", {"requestId", "status"}},
        {"platform.extension", {"name", "state", "events"}},
        {"platform.logsSubscription", {"name", "state", "types"}},
        {"platform.logsDropped", {"reason", "droppedRecords", "droppedBytes"}},
    };
    if (type == "platform.fault")
        return text;
    const auto known = std::find_if(
        std::begin(kKnown), std::end(kKnown), [type](const auto& entry) { return entry.first == type; });
    if (known == std::end(kKnown) || (type == "platform.runtimeDone" && wish.version == "2020-08-15"))
        return {};
    const auto whole = Record::parse(text);
    Record part = Record::object();
    for (const auto& member : known->second) {
        if (whole.contains(member))
            part[member] = whole[member];
    }
    return part.dump();
}

}

TelemetryApi::TelemetryApi(const Clock& clock, bool jsonLogs, std::function<void()> idle)
    : m_clock(clock)
    , m_jsonLogs(jsonLogs)
    , m_idle(std::move(idle))
{
}

TelemetryApi::~TelemetryApi()
{
    close();
    reset();
}

void TelemetryApi::close()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stopping = true;
        m_open = false;
        m_heard = false;
    }
    m_changed.notify_all();
}

void TelemetryApi::reset()
{
    std::vector<std::unique_ptr<Subscriber>> old;
    {
        const std::lock_guard guard(m_mutex);
        old = std::exchange(m_subscribers, {});
        for (const auto& subscriber : old)
            subscriber->over = true;
        m_open = m_heard = !m_stopping;
        m_flushing = false;
        m_history = {};
        m_historyBytes = 0;
    }
    m_changed.notify_all();
    for (const auto& subscriber : old)
        subscriber->thread.join();
}

bool TelemetryApi::isFor(std::string_view path)
{
    return path == kTelemetryPath || path == kLogsPath || path == std::string(kTelemetryPath) + '/'
        || path == std::string(kLogsPath) + '/';
}

void TelemetryApi::setHost(std::string host)
{
    m_host = std::move(host);
}

void TelemetryApi::handle(
    const http::Request& request, const std::string& extension, http::Responder responder)
{
    const auto kind = kindOf(request.path());
    const std::string api = kind == TelemetryKind::Logs ? "Logs" : "Telemetry";
    if (request.method != "PUT")
        return responder.send(refusal(405, "MethodNotAllowed", "Subscriptions are put"));
    {
        const std::lock_guard guard(m_mutex);
        if (!m_open)
            return responder.send(
                refusal(403, api + ".SubscriptionClosed", api + " API subscription is closed already"));
    }
    auto wish = parseSubscription(kind, request.body);
    if (!wish)
        return responder.send(refusal(
            wish.error().kind == ErrorKind::Denied ? 403 : 400, wish.error().code, wish.error().message));
    subscribe(*std::move(wish), request, extension, std::move(responder));
}

void TelemetryApi::subscribe(TelemetrySubscription wish, const http::Request& request,
    const std::string& extension, http::Responder responder)
{
    const auto kind = wish.kind;
    const std::string api = kind == TelemetryKind::Logs ? "Logs" : "Telemetry";
    const Record about = {{"name", extension}, {"state", "Subscribed"}, {"types", wish.types}};
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& known : m_subscribers) {
            if (known->name != extension)
                continue;
            if (known->wish.kind != kind) {
                const std::string other = known->wish.kind == TelemetryKind::Logs ? "Logs" : "Telemetry";
                return responder.send(
                    refusal(400, kind == TelemetryKind::Logs ? "Logs.AccessDenied" : "Telemetry.AccessDenied",
                        "The extension " + extension + " is already subscribed to the " + other
                            + "API. You must either subscribe to the LogsAPI or the TelemetryAPI"));
            }
            if (known->body == request.body)
                return responder.send(jsonResponse(200, "\"AlreadySubscribed\""));
        }
        if (m_subscribers.size() >= kMaxSubscribers)
            return responder.send(refusal(400, api + ".ValidationError", "Too many subscriptions"));
        auto subscriber = std::make_unique<Subscriber>();
        subscriber->name = extension;
        subscriber->body = request.body;
        subscriber->wish = std::move(wish);
        for (const auto& event : m_history)
            enqueue(*subscriber, event);
        subscriber->thread = std::thread([this, its = subscriber.get()] { run(*its); });
        m_subscribers.push_back(std::move(subscriber));
    }
    responder.send(jsonResponse(200, "\"OK\""));
    tell(kind == TelemetryKind::Logs ? "platform.logsSubscription" : "platform.telemetrySubscription",
        about.dump());
}

void TelemetryApi::endSubscriptions()
{
    const std::lock_guard guard(m_mutex);
    m_open = false;
    m_history = {};
    m_heard = !m_subscribers.empty() && !m_stopping;
}

void TelemetryApi::tell(std::string_view type, const std::string& record)
{
    if (m_heard)
        tellAll({std::string(type), record, {}, m_clock.now()});
}

void TelemetryApi::tellLine(std::string_view type, const std::string& line)
{
    if (m_heard)
        tellAll({std::string(type), {}, line, m_clock.now()});
}

void TelemetryApi::tellAll(Event event)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_stopping)
            return;
        for (const auto& subscriber : m_subscribers)
            enqueue(*subscriber, event);
        m_historyBytes += event.text.size() + event.line.size();
        if (m_open && m_historyBytes <= kMaxHistoryBytes)
            m_history.push_back(std::move(event));
    }
    m_changed.notify_all();
}

// Under the mutex.
void TelemetryApi::enqueue(Subscriber& subscriber, const Event& event)
{
    if (!wants(subscriber.wish, event.type))
        return;
    auto text = textFor(subscriber.wish, event);
    if (text.empty())
        return;
    if (subscriber.bytes + text.size() > kMaxQueuedBytes) {
        ++subscriber.droppedRecords;
        subscriber.droppedBytes += text.size();
        return;
    }
    if (subscriber.queue.empty())
        subscriber.since = steadyMicros();
    subscriber.bytes += text.size();
    subscriber.queue.push_back(std::move(text));
}

std::string TelemetryApi::textFor(const TelemetrySubscription& wish, const Event& event) const
{
    std::string record = event.text;
    if (event.type == "function" || event.type == "extension") {
        // From 2022-12-13 on a line that is a JSON object is one, where the function logs JSON.
        const bool embeds =
            m_jsonLogs && wish.kind == TelemetryKind::Telemetry && wish.version != "2022-07-01";
        const auto parsed = embeds ? Record::parse(event.line, nullptr, false) : Record();
        record = parsed.is_object() ? parsed.dump() : aws::writeJson(event.line);
    } else if (wish.kind == TelemetryKind::Logs) {
        record = asLog(wish, event.type, event.text);
    } else if (event.type == "platform.end" || event.type == "platform.fault"
        || event.type == "platform.logsSubscription") {
        record.clear();
    }
    if (record.empty())
        return {};
    return R"({"time":")" + iso8601Millis(event.time) + R"(","type":")" + event.type + R"(","record":)"
        + record + '}';
}

bool TelemetryApi::pause()
{
    const std::lock_guard guard(m_mutex);
    m_awaited = m_deliveries > 0;
    if (m_awaited)
        return false;
    m_paused = true;
    return true;
}

void TelemetryApi::resume()
{
    {
        const std::lock_guard guard(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

void TelemetryApi::flush()
{
    {
        const std::lock_guard guard(m_mutex);
        m_flushing = true;
    }
    m_changed.notify_all();
}

// Under the mutex.
bool TelemetryApi::isDue(const Subscriber& subscriber) const
{
    if (m_paused || subscriber.queue.empty())
        return false;
    const auto waited = steadyMicros() - subscriber.since;
    return (m_flushing && subscriber.failures == 0) || subscriber.queue.size() >= subscriber.wish.maxItems
        || subscriber.bytes >= subscriber.wish.maxBytes
        || waited >= (subscriber.failures > 0 ? kRetryPause : subscriber.wish.timeout);
}

void TelemetryApi::run(Subscriber& subscriber)
{
    TelemetrySender sender(subscriber.wish.destination, m_host);
    std::unique_lock lock(m_mutex);
    while (!m_stopping && !subscriber.over) {
        if (!isDue(subscriber)) {
            if (m_paused || subscriber.queue.empty()) {
                m_changed.wait(lock);
                continue;
            }
            const auto pause = subscriber.failures > 0 ? kRetryPause : subscriber.wish.timeout;
            const auto left = subscriber.since + pause - steadyMicros();
            m_changed.wait_for(lock, std::chrono::microseconds(std::max<Micros>(left, 0)));
            continue;
        }
        auto batch = take(subscriber);
        ++m_deliveries;
        lock.unlock();
        const bool taken = sender.send(batch);
        lock.lock();
        settle(subscriber, std::move(batch), taken);
        const bool awaited = --m_deliveries == 0 && std::exchange(m_awaited, false);
        if (!awaited)
            continue;
        lock.unlock();
        m_idle();
        lock.lock();
    }
}

// Under the mutex: as much as one delivery may hold.
std::vector<std::string> TelemetryApi::take(Subscriber& subscriber)
{
    std::size_t count = 0;
    std::size_t bytes = 0;
    while (count < subscriber.queue.size() && count < subscriber.wish.maxItems
        && (count == 0 || bytes + subscriber.queue[count].size() <= subscriber.wish.maxBytes))
        bytes += subscriber.queue[count++].size();
    const auto end = subscriber.queue.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<std::string> batch(
        std::make_move_iterator(subscriber.queue.begin()), std::make_move_iterator(end));
    subscriber.queue.erase(subscriber.queue.begin(), end);
    subscriber.bytes -= bytes;
    subscriber.since = steadyMicros();
    return batch;
}

// Under the mutex.
void TelemetryApi::settle(Subscriber& subscriber, std::vector<std::string> batch, bool taken)
{
    if (!taken && ++subscriber.failures < kAttempts) {
        for (const auto& text : batch)
            subscriber.bytes += text.size();
        subscriber.queue.insert(subscriber.queue.begin(), std::make_move_iterator(batch.begin()),
            std::make_move_iterator(batch.end()));
        subscriber.since = steadyMicros();
        return;
    }
    subscriber.failures = 0;
    if (!taken) {
        subscriber.droppedRecords += batch.size();
        for (const auto& text : batch)
            subscriber.droppedBytes += text.size();
        return;
    }
    if (subscriber.droppedRecords == 0)
        return;
    const Record record = {
        {"reason", "Consumer seems to have fallen behind as it has not acknowledged receipt of logs."},
        {"droppedRecords", std::exchange(subscriber.droppedRecords, 0)},
        {"droppedBytes", std::exchange(subscriber.droppedBytes, 0)}};
    enqueue(subscriber, {"platform.logsDropped", record.dump(), {}, m_clock.now()});
}

}
