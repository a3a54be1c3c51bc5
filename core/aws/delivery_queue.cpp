#include "core/aws/delivery_queue.h"

#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/base/arn.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace core::aws {

using nlohmann::json;

namespace {

constexpr Micros kLongestPause = 300 * kSecond;
constexpr std::size_t kPage = 100;
constexpr std::size_t kMostAttributes = 10; // that SQS takes with a message

std::string encode(const Delivery& delivery)
{
    return writeJson({{"service", delivery.service}, {"action", delivery.action}, {"input", delivery.input},
        {"payload", delivery.payload}, {"region", delivery.region}, {"title", delivery.title},
        {"guard", delivery.guard}, {"traceHeader", delivery.traceHeader}, {"deadLetter", delivery.deadLetter},
        {"attempts", delivery.attempts}, {"maxAttempts", delivery.maxAttempts}, {"maxAge", delivery.maxAge},
        {"pauses", delivery.pauses}, {"accepted", delivery.accepted}, {"due", delivery.due}});
}

Delivery decode(std::string_view id, std::string_view record)
{
    const auto given = json::parse(record);
    Delivery delivery;
    delivery.id = id;
    given.at("service").get_to(delivery.service);
    given.at("action").get_to(delivery.action);
    given.at("input").get_to(delivery.input);
    given.at("payload").get_to(delivery.payload);
    given.at("region").get_to(delivery.region);
    given.at("title").get_to(delivery.title);
    given.at("guard").get_to(delivery.guard);
    given.at("traceHeader").get_to(delivery.traceHeader);
    delivery.deadLetter = given.value("deadLetter", std::string());
    given.at("attempts").get_to(delivery.attempts);
    given.at("maxAttempts").get_to(delivery.maxAttempts);
    given.at("maxAge").get_to(delivery.maxAge);
    delivery.pauses = given.value("pauses", std::vector<Micros>());
    given.at("accepted").get_to(delivery.accepted);
    given.at("due").get_to(delivery.due);
    return delivery;
}

// As EventBridge says it.
json describe(const Delivery& delivery, const Error& error, const char* exhausted)
{
    json attributes = json::object();
    const auto add = [&](const char* name, const std::string& text, const char* type = "String") {
        if (!text.empty())
            attributes[name] = {{"DataType", type}, {"StringValue", text}};
    };
    add("ERROR_CODE", error.code);
    add("ERROR_MESSAGE", error.message);
    add("RETRY_ATTEMPTS", std::to_string(exhausted ? delivery.attempts - 1 : delivery.attempts), "Number");
    if (exhausted)
        add("EXHAUSTED_RETRY_CONDITION", exhausted);
    return attributes;
}

Micros pauseBefore(const Delivery& delivery)
{
    if (delivery.pauses.empty())
        return std::min<Micros>(kSecond << std::min(delivery.attempts, 9), kLongestPause);
    return delivery.pauses[std::min(static_cast<std::size_t>(delivery.attempts), delivery.pauses.size() - 1)];
}

// What may go well another time; the rest is the receiver's last word.
bool isPassing(const Error& error)
{
    return error.kind == ErrorKind::Throttled || error.kind == ErrorKind::Io
        || error.kind == ErrorKind::Internal || error.kind == ErrorKind::Cancelled;
}

}

DeliveryQueue::DeliveryQueue(const Host& host, std::string service, std::string keyspace, Allow allow)
    : DeliveryQueue(host, std::move(service), std::move(keyspace), Hooks{.allow = std::move(allow)})
{
}

DeliveryQueue::DeliveryQueue(const Host& host, std::string service, std::string keyspace, Hooks hooks)
    : m_host(host)
    , m_service(std::move(service))
    , m_keyspace(std::move(keyspace))
    , m_hooks(std::move(hooks))
    , m_work(host, [this] { return deliverDue(); })
{
}

DeliveryQueue::~DeliveryQueue()
{
    close();
}

std::string DeliveryQueue::newId()
{
    const std::lock_guard guard(m_mutex);
    // Real time, so that a clock that stands still, or a second run, gives no id twice.
    m_lastId = std::max(m_lastId + 1, static_cast<std::uint64_t>(realMicros()));
    char id[24];
    std::snprintf(id, sizeof id, "%020llu", static_cast<unsigned long long>(m_lastId));
    return id;
}

void DeliveryQueue::put(store::Transaction& transaction, const Delivery& delivery) const
{
    transaction.createKeyspace(m_keyspace);
    transaction.put(m_keyspace, delivery.id, encode(delivery));
}

void DeliveryQueue::resume()
{
    m_work.resume();
}

void DeliveryQueue::notice()
{
    m_work.notice();
}

void DeliveryQueue::close()
{
    m_stopping.request_stop();
    m_work.close();
}

std::optional<Micros> DeliveryQueue::deliverDue()
{
    std::optional<Micros> next;
    auto due = dueNow(next);
    for (auto& delivery : due) {
        if (m_stopping.stop_requested())
            break;
        attempt(std::move(delivery));
    }
    // There may be more than one page of them.
    return due.empty() ? next : std::optional<Micros>(0);
}

std::vector<Delivery> DeliveryQueue::dueNow(std::optional<Micros>& next) const
{
    std::vector<Delivery> due;
    const auto now = m_host.clock.now();
    m_host.store.read()->scan(m_keyspace, store::Range::all(), store::Direction::Forward,
        [&](std::string_view id, std::string_view record) {
            auto delivery = decode(id, record);
            if (delivery.due <= now)
                due.push_back(std::move(delivery));
            else
                next = std::min(next.value_or(delivery.due), delivery.due);
            return due.size() < kPage;
        });
    return due;
}

trace::SpanScope DeliveryQueue::open(const Delivery& delivery) const
{
    auto span = m_host.tracer.join(delivery.traceHeader, m_service, "delivery");
    if (!span.recording())
        span = m_host.tracer.open({"EVENT", delivery.title, m_service, m_service, "delivery"});
    span.step(delivery.title, {}, trace::Verdict::Note);
    return span;
}

void DeliveryQueue::attempt(Delivery delivery)
{
    auto span = open(delivery);
    if (m_hooks.allow) {
        if (const auto allowed = m_hooks.allow(delivery, span); !allowed) {
            span.step("Not delivered", allowed.error().message, trace::Verdict::Fail);
            span.fail(allowed.error());
            return bury(delivery, allowed.error(), nullptr, span);
        }
    }
    const auto sent = send(delivery, span);
    if (sent) {
        span.step("Delivered", delivery.service + " has taken it", trace::Verdict::Pass);
        return end(delivery, DeliveryEnd::Delivered);
    }
    // The other service ends as the chamber closes: the next run delivers it.
    if (m_stopping.stop_requested() && isPassing(sent.error()))
        return;
    if (isPassing(sent.error()))
        return again(std::move(delivery), sent.error(), span);
    span.step("Not delivered", sent.error().code + ": " + sent.error().message, trace::Verdict::Fail);
    bury(delivery, sent.error(), nullptr, span);
}

Result<> DeliveryQueue::send(const Delivery& delivery, trace::SpanScope& span) const
{
    if (m_hooks.send)
        return m_hooks.send(delivery, span);
    CORE_CHECK(m_host.caller.call(delivery.service, delivery.action, json::parse(delivery.input),
        {.parent = &span, .region = delivery.region, .from = m_service}, delivery.payload));
    return {};
}

// To the dead-letter queue, if there is one, and out of this one. What that queue does not take now is lost,
// as the track says.
void DeliveryQueue::bury(
    const Delivery& delivery, const Error& error, const char* exhausted, trace::SpanScope& span)
{
    if (delivery.deadLetter.empty())
        return end(delivery, DeliveryEnd::Failed);
    auto input = json::parse(delivery.deadLetter);
    const auto arn = input.at("QueueUrl").get<std::string>();
    auto& attributes = input["MessageAttributes"];
    const auto why =
        m_hooks.describe ? m_hooks.describe(delivery, error) : describe(delivery, error, exhausted);
    // A message that has many of its own is worth more than why it came here.
    if (attributes.size() + why.size() <= kMostAttributes)
        attributes.update(why);
    input["QueueUrl"] = queueUrlOf(arn);
    const auto sent = m_host.caller.call(
        "sqs", "SendMessage", input, {.parent = &span, .region = Arn::parse(arn)->region, .from = m_service});
    if (!sent && m_stopping.stop_requested() && isPassing(sent.error()))
        return;
    if (sent)
        span.step("Goes to the dead-letter queue " + arn, {}, trace::Verdict::Warn);
    else
        span.step("The dead-letter queue " + arn + " did not take it",
            sent.error().code + ": " + sent.error().message, trace::Verdict::Fail);
    end(delivery, sent ? DeliveryEnd::Redriven : DeliveryEnd::NotRedriven);
}

void DeliveryQueue::again(Delivery delivery, const Error& error, trace::SpanScope& span)
{
    const auto now = m_host.clock.now();
    const auto pause = pauseBefore(delivery);
    ++delivery.attempts;
    if (delivery.attempts > delivery.maxAttempts || now + pause - delivery.accepted > delivery.maxAge) {
        span.step("Gives up",
            error.message + "; tried " + std::to_string(delivery.attempts)
                + (delivery.attempts == 1 ? " time" : " times"),
            trace::Verdict::Fail);
        return bury(delivery, error,
            delivery.attempts > delivery.maxAttempts ? "MaximumRetryAttempts" : "MaximumEventAgeInSeconds",
            span);
    }
    delivery.due = now + pause;
    span.step("Tries again in " + std::to_string(pause / kSecond) + " s of the chamber's clock",
        error.message, trace::Verdict::Warn);
    const auto kept = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        // Only where it is still: the store may have been emptied meanwhile.
        if (transaction.get(m_keyspace, delivery.id))
            put(transaction, delivery);
        return {};
    });
    if (!kept)
        log::warning(m_service, "a delivery is not kept: " + kept.error().message);
}

void DeliveryQueue::end(const Delivery& delivery, DeliveryEnd how) const
{
    const auto dropped = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(m_keyspace);
        transaction.erase(m_keyspace, delivery.id);
        return {};
    });
    if (!dropped)
        log::warning(m_service, "a delivery stays in the queue: " + dropped.error().message);
    if (m_hooks.ended)
        m_hooks.ended(delivery, how);
}

}
