#include "core/s3/notifier.h"

#include "core/aws/function_access.h"
#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
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

aws::ActingService actingFor(const std::string& bucket, const std::string& account)
{
    return {"s3.amazonaws.com", "arn:aws:s3:::" + bucket, account};
}

std::string regionOf(const std::string& targetArn)
{
    const auto parts = split(targetArn, ':');
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
        const auto access =
            aws::askFunctionAccess(m_host.caller, notice.target, actingFor(bucket, context.principal.account),
                {.region = regionOf(notice.target), .from = "s3", .quiet = true}, why);
        if (access == aws::FunctionAccess::NoFunction)
            return fail(invalidArgument(message, notice.target, "The destination Lambda does not exist"));
        if (access == aws::FunctionAccess::Denied)
            return fail(invalidArgument(message, notice.target + ", null",
                "Not authorized to invoke function [" + notice.target + "]"));
    }
    for (const auto& notice : config.queues) {
        std::string why;
        const auto access = aws::askQueueAccess(m_host.caller, notice.target,
            actingFor(bucket, context.principal.account), {.from = "s3", .quiet = true}, why);
        if (access == aws::QueueAccess::NoQueue)
            return fail(invalidArgument(message, notice.target, "The destination queue does not exist"));
        if (access == aws::QueueAccess::Denied)
            return fail(invalidArgument(message, notice.target,
                "Permissions on the destination queue do not allow S3 to publish notifications from this "
                "bucket"));
    }
    for (const auto& notice : config.topics) {
        std::string why;
        const auto access = aws::askTopicAccess(m_host.caller, notice.target,
            actingFor(bucket, context.principal.account), {.from = "s3", .quiet = true}, why);
        if (access == aws::TopicAccess::NoTopic)
            return fail(invalidArgument(message, notice.target, "The destination topic does not exist"));
        if (access == aws::TopicAccess::Denied)
            return fail(invalidArgument(message, notice.target,
                "Permissions on the destination topic do not allow S3 to publish notifications from this "
                "bucket"));
    }
    return {};
}

void Notifier::sendTests(
    const NotificationConfig& config, const std::string& bucket, aws::RequestContext& context) const
{
    const auto test = testEvent(bucket, context.now, context.requestId);
    const auto tell = [&](const std::string& target, const Result<aws::Reply>& sent) {
        if (!sent)
            context.span.step(
                "The test event does not reach " + target, sent.error().message, trace::Verdict::Warn);
    };
    for (const auto& notice : config.queues)
        tell(notice.target,
            m_host.caller.call("sqs", "SendMessage",
                {{"QueueUrl", aws::queueUrlOf(notice.target)}, {"MessageBody", test}},
                {.parent = &context.span, .region = regionOf(notice.target), .from = "s3"}));
    for (const auto& notice : config.topics)
        tell(notice.target,
            aws::publishTo(m_host.caller, notice.target,
                aws::topicMessage(notice.target, test, kTopicSubject),
                {.parent = &context.span, .from = "s3"}));
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
        delivery.input = json{{"FunctionName", notice.target}, {"InvocationType", "Event"}}.dump();
        delivery.payload = notificationEvent(change, notice.id);
        delivery.region = regionOf(notice.target);
        delivery.guard =
            json{{"function", notice.target}, {"bucket", change.bucket}, {"account", change.owner}}.dump();
        m_queue.put(transaction, delivery);
        ++count;
    }
    for (const auto& notice : config.queues) {
        if (!notice.wants(change.event, change.key))
            continue;
        auto delivery = deliveryOf(change, traceHeader);
        delivery.service = "sqs";
        delivery.action = "SendMessage";
        delivery.input = json{{"QueueUrl", aws::queueUrlOf(notice.target)},
            {"MessageBody", notificationEvent(change, notice.id)}}
                             .dump();
        delivery.region = regionOf(notice.target);
        delivery.guard =
            json{{"queue", notice.target}, {"bucket", change.bucket}, {"account", change.owner}}.dump();
        m_queue.put(transaction, delivery);
        ++count;
    }
    for (const auto& notice : config.topics) {
        if (!notice.wants(change.event, change.key))
            continue;
        auto delivery = deliveryOf(change, traceHeader);
        delivery.service = "sns";
        delivery.action = "Publish";
        delivery.input = aws::writeJson(
            aws::topicMessage(notice.target, notificationEvent(change, notice.id), kTopicSubject));
        delivery.region = regionOf(notice.target);
        delivery.guard =
            json{{"topic", notice.target}, {"bucket", change.bucket}, {"account", change.owner}}.dump();
        m_queue.put(transaction, delivery);
        ++count;
    }
    if (config.eventBridge) {
        auto delivery = deliveryOf(change, traceHeader);
        delivery.service = "events";
        delivery.action = "PutEvents";
        delivery.input = aws::writeJson({{"Entries", {bridgeEntry(change)}}});
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
    if (guard.contains("queue")) {
        if (aws::askQueueAccess(m_host.caller, guard.at("queue"),
                actingFor(guard.at("bucket"), guard.at("account")), {.from = "s3", .quiet = true}, why)
            != aws::QueueAccess::Allowed)
            return fail(ErrorKind::Denied, "AccessDenied", why);
        span.step("S3 may send to the queue", why, trace::Verdict::Pass);
        return {};
    }
    if (guard.contains("topic")) {
        if (aws::askTopicAccess(m_host.caller, guard.at("topic"),
                actingFor(guard.at("bucket"), guard.at("account")), {.from = "s3", .quiet = true}, why)
            != aws::TopicAccess::Allowed)
            return fail(ErrorKind::Denied, "AccessDenied", why);
        span.step("S3 may publish to the topic", why, trace::Verdict::Pass);
        return {};
    }
    const auto access = aws::askFunctionAccess(m_host.caller, guard.at("function").get<std::string>(),
        actingFor(guard.at("bucket"), guard.at("account")),
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
