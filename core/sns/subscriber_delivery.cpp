#include "core/sns/subscriber_delivery.h"

#include "core/aws/function_access.h"
#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/sns/delivery_policy.h"

#include <nlohmann/json.hpp>

namespace core::sns {

using nlohmann::json;

namespace {

const std::string kPrincipal = "sns.amazonaws.com";
constexpr Micros kPatience = 15 * kSecond; // real time, as AWS waits for an endpoint

// FIFO queues take the group and the token of a FIFO topic's message; a standard queue has no use for the
// latter.
void order(json& input, const Message& message, const std::string& queueArn)
{
    if (!message.group.empty())
        input["MessageGroupId"] = message.group;
    if (!message.deduplication.empty() && aws::isFifoQueue(queueArn))
        input["MessageDeduplicationId"] = message.deduplication;
}

void toQueue(aws::Delivery& delivery, const Subscription& subscription, const Message& message,
    const std::string& body)
{
    json input = {{"QueueUrl", aws::queueUrlOf(subscription.endpoint)}, {"MessageBody", body}};
    if (subscription.isRaw() && !message.attributes.empty())
        input["MessageAttributes"] = queueAttributes(message);
    order(input, message, subscription.endpoint);
    delivery.service = "sqs";
    delivery.action = "SendMessage";
    delivery.input = aws::writeJson(input);
}

void toFunction(aws::Delivery& delivery, const Subscription& subscription, const Envelope& envelope)
{
    delivery.service = "lambda";
    delivery.action = "Invoke";
    delivery.input = aws::writeJson({{"FunctionName", subscription.endpoint}, {"InvocationType", "Event"}});
    delivery.payload = envelope.event(subscription.arn());
}

// By the policy of the subscription and the topic.
void toEndpoint(aws::Delivery& delivery, const Topic& topic, const Subscription& subscription,
    const Envelope& envelope, const std::string& body)
{
    const auto policy =
        effectivePolicy(topic.attribute("DeliveryPolicy"), subscription.attribute("DeliveryPolicy"));
    json headers = {{"x-amz-sns-message-type", envelope.type}, {"x-amz-sns-message-id", envelope.messageId},
        {"x-amz-sns-topic-arn", envelope.topicArn},
        {"User-Agent", "Amazon Simple Notification Service Agent"},
        {"Content-Type",
            policy.value(
                "/requestPolicy/headerContentType"_json_pointer, std::string("text/plain; charset=UTF-8"))}};
    if (envelope.type == "Notification") {
        headers["x-amz-sns-subscription-arn"] = subscription.arn();
        if (subscription.isRaw())
            headers["x-amz-sns-rawdelivery"] = "true";
    }
    delivery.service = subscription.endpoint;
    delivery.action = "POST";
    delivery.input = aws::writeJson({{"url", subscription.endpoint}, {"headers", std::move(headers)}});
    delivery.payload = body;
    delivery.pauses = pausesOf(policy.at("healthyRetryPolicy"));
    delivery.maxAttempts = static_cast<int>(delivery.pauses.size());
    delivery.maxAge = kManagedAge;
}

std::string deadLetterOf(const Subscription& subscription, const Message& message, const std::string& body)
{
    const auto queue = subscription.deadLetterQueue();
    if (queue.empty())
        return {};
    json input = {{"QueueUrl", queue}, {"MessageBody", body}, {"MessageAttributes", json::object()}};
    if (subscription.isRaw())
        input["MessageAttributes"] = queueAttributes(message);
    order(input, message, queue);
    return aws::writeJson(input);
}

aws::Delivery begin(const Topic& topic, const Subscription& subscription)
{
    aws::Delivery delivery;
    const auto arn = Arn::parse(subscription.endpoint);
    delivery.region = arn ? arn->region : topic.region;
    delivery.title = "Topic " + topic.name + " to " + subscription.endpoint;
    delivery.guard = aws::writeJson({{"protocol", subscription.protocol}, {"target", subscription.endpoint},
        {"topic", subscription.topicArn}, {"account", topic.account}});
    return delivery;
}

}

aws::Delivery deliveryTo(
    const Topic& topic, const Subscription& subscription, const Message& message, const Envelope& envelope)
{
    auto delivery = begin(topic, subscription);
    const auto body = subscription.isRaw() ? envelope.text : envelope.body();
    delivery.deadLetter = deadLetterOf(subscription, message, body);
    if (subscription.isHttp()) {
        toEndpoint(delivery, topic, subscription, envelope, body);
        return delivery;
    }
    delivery.pauses = managedPauses();
    delivery.maxAttempts = kManagedAttempts;
    delivery.maxAge = kManagedAge;
    if (subscription.protocol == "sqs")
        toQueue(delivery, subscription, message, body);
    else
        toFunction(delivery, subscription, envelope);
    return delivery;
}

aws::Delivery confirmationTo(const Topic& topic, const Subscription& subscription, const Envelope& envelope)
{
    auto delivery = begin(topic, subscription);
    toEndpoint(delivery, topic, subscription, envelope, envelope.body());
    return delivery;
}

Result<> allowSubscriber(const aws::Host& host, const aws::Delivery& delivery, trace::SpanScope& span)
{
    const auto guard = json::parse(delivery.guard);
    const auto target = guard.at("target").get<std::string>();
    const aws::ActingService sns{kPrincipal, guard.at("topic"), guard.at("account")};
    const aws::CallOptions options{.region = delivery.region, .from = "sns", .quiet = true};
    std::string why;
    if (guard.at("protocol") == "sqs") {
        const auto access = aws::askQueueAccess(host.caller, target, sns, options, why);
        if (access == aws::QueueAccess::NoQueue)
            return fail(ErrorKind::NotFound, "AWS.SimpleQueueService.NonExistentQueue", why);
        if (access == aws::QueueAccess::Denied)
            return fail(ErrorKind::Denied, "AccessDenied", why);
    } else {
        const auto access = aws::askFunctionAccess(host.caller, target, sns, options, why);
        if (access == aws::FunctionAccess::NoFunction)
            return fail(ErrorKind::NotFound, "ResourceNotFoundException", why);
        if (access == aws::FunctionAccess::Denied)
            return fail(ErrorKind::Denied, "AccessDeniedException", why);
    }
    span.step("SNS may use " + target, why, trace::Verdict::Pass);
    return {};
}

Result<> post(
    const aws::Host& host, const aws::Delivery& delivery, std::stop_token stop, trace::SpanScope& span)
{
    const auto input = json::parse(delivery.input);
    http::Request request;
    request.method = "POST";
    request.body = delivery.payload;
    for (const auto& [name, value] : input.at("headers").items())
        request.headers.add(name, value.get<std::string>());
    const auto answer = host.caller.fetch(input.at("url").get<std::string>(), std::move(request),
        {.parent = &span,
            .region = delivery.region,
            .from = "sns",
            .timeout = kPatience,
            .stop = std::move(stop)});
    if (!answer)
        return fail(answer.error());
    if (answer->status >= 200 && answer->status < 300)
        return {};
    const auto passing = answer->status == 429 || answer->status >= 500;
    return fail(passing ? ErrorKind::Io : ErrorKind::Invalid, std::to_string(answer->status),
        "The endpoint answered " + std::to_string(answer->status));
}

json describeFailure(const aws::Delivery&, const Error& error)
{
    const auto text = [](const std::string& value) {
        return json{{"DataType", "String"}, {"StringValue", value.empty() ? "-" : value}};
    };
    return {{"RequestID", text(newUuid())}, {"ErrorCode", text(error.code)},
        {"ErrorMessage", text(error.message)}};
}

}
