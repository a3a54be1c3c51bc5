#include "core/s3/notifier.h"

#include "core/aws/function_access.h"
#include "core/base/text.h"
#include "core/s3/bucket_store.h"
#include "core/s3/errors.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace core::s3 {

using nlohmann::json;

namespace {

// Digits that grow with each change: what comes later of one key has the greater text.
std::string sequencerOf(const std::string& id)
{
    char text[24];
    std::snprintf(
        text, sizeof text, "%018llX", static_cast<unsigned long long>(parseInteger(id).value_or(0)));
    return text;
}

aws::FunctionCaller callerFor(const std::string& bucket, const std::string& account)
{
    return {"s3.amazonaws.com", "arn:aws:s3:::" + bucket, account};
}

std::string regionOf(const std::string& functionArn)
{
    const auto parts = split(functionArn, ':');
    return parts.size() > 3 ? std::string(parts[3]) : std::string();
}

}

Notifier::Notifier(const aws::Host& host)
    : m_host(host)
    , m_queue(host, "s3", "s3/deliveries",
          [this](const aws::Delivery& delivery, trace::SpanScope& span) { return allow(delivery, span); })
{
}

Result<> Notifier::checkTargets(
    const NotificationConfig& config, const std::string& bucket, const aws::RequestContext& context) const
{
    const std::string message = "Unable to validate the following destination configurations";
    for (const auto& notice : config.functions) {
        std::string why;
        const auto access = aws::askFunctionAccess(m_host.caller, notice.function,
            callerFor(bucket, context.principal.account),
            {.region = regionOf(notice.function), .from = "s3", .quiet = true}, why);
        if (access == aws::FunctionAccess::NoFunction)
            return fail(invalidArgument(message, notice.function, "The destination Lambda does not exist"));
        if (access == aws::FunctionAccess::Denied)
            return fail(invalidArgument(message, notice.function + ", null",
                "Not authorized to invoke function [" + notice.function + "]"));
    }
    return {};
}

int Notifier::note(store::Transaction& transaction, ObjectChange change, const std::string& traceHeader)
{
    const auto text = transaction.get(kNotificationSpace, change.bucket);
    if (!text)
        return 0;
    const auto config = NotificationConfig::parse(*text);
    if (const auto bucket = transaction.get(kBucketSpace, change.bucket)) {
        const auto record = BucketRecord::parse(*bucket);
        change.owner = record.owner;
        change.region = record.region;
    }
    change.sequencer = sequencerOf(m_queue.newId());
    int count = 0;
    for (const auto& notice : config.functions) {
        if (!notice.wants(change.event, change.key))
            continue;
        auto delivery = deliveryOf(change, traceHeader);
        delivery.service = "lambda";
        delivery.action = "Invoke";
        delivery.input = json{{"FunctionName", notice.function}, {"InvocationType", "Event"}}.dump();
        delivery.payload = notificationEvent(change, notice.id);
        delivery.region = regionOf(notice.function);
        delivery.guard =
            json{{"function", notice.function}, {"bucket", change.bucket}, {"account", change.owner}}.dump();
        m_queue.put(transaction, delivery);
        ++count;
    }
    if (config.eventBridge) {
        auto delivery = deliveryOf(change, traceHeader);
        delivery.service = "events";
        delivery.action = "PutEvents";
        delivery.input =
            json{{"Entries", {bridgeEntry(change)}}}.dump(-1, ' ', false, json::error_handler_t::replace);
        m_queue.put(transaction, delivery);
        ++count;
    }
    return count;
}

aws::Delivery Notifier::deliveryOf(const ObjectChange& change, const std::string& traceHeader)
{
    aws::Delivery delivery;
    delivery.id = m_queue.newId();
    delivery.region = change.region;
    delivery.title = "s3:" + change.event + ' ' + change.bucket + '/' + change.key;
    delivery.traceHeader = traceHeader;
    delivery.accepted = change.at;
    delivery.due = change.at;
    return delivery;
}

// Asked again for each event: a permission that was removed ends the notifications.
Result<> Notifier::allow(const aws::Delivery& delivery, trace::SpanScope& span) const
{
    if (delivery.guard.empty())
        return {};
    const auto guard = json::parse(delivery.guard);
    std::string why;
    const auto access = aws::askFunctionAccess(m_host.caller, guard.at("function").get<std::string>(),
        callerFor(guard.at("bucket"), guard.at("account")),
        {.region = delivery.region, .from = "s3", .quiet = true}, why);
    if (access != aws::FunctionAccess::Allowed)
        return fail(ErrorKind::Denied, "AccessDenied", why);
    span.step("S3 may invoke the function", why, trace::Verdict::Pass);
    return {};
}

ChangeNotice::ChangeNotice(Notifier& notifier, aws::RequestContext& context, const std::string& bucket,
    const std::string& key, std::string event, std::string reason)
    : m_notifier(notifier)
    , m_context(context)
{
    m_change.event = std::move(event);
    m_change.reason = std::move(reason);
    m_change.bucket = bucket;
    m_change.key = key;
    m_change.region = context.region;
    m_change.at = context.now;
    m_change.requestId = context.requestId;
    m_change.accessKeyId = context.principal.accessKeyId;
    m_change.account = context.principal.account;
}

ChangeNotice::Also ChangeNotice::also()
{
    return [this](store::Transaction& transaction, const ObjectRecord& record) {
        m_change.size = record.size;
        m_change.etag = record.etag;
        m_count = m_notifier.note(
            transaction, m_change, m_context.span.recording() ? m_context.span.traceHeader() : std::string());
    };
}

void ChangeNotice::tell()
{
    if (m_count == 0)
        return;
    m_context.span.step("Notifications are on their way",
        std::to_string(m_count) + (m_count == 1 ? " destination is" : " destinations are") + " told of "
            + m_change.event,
        trace::Verdict::Pass);
    m_notifier.notice();
}

}
