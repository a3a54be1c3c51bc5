#include "core/events/target_delivery.h"

#include "core/aws/function_access.h"
#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/base/time_format.h"
#include "core/events/input_transform.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

namespace {

constexpr std::string_view kPrincipal = "events.amazonaws.com";

// "log-group:/aws/events/x:*" is x's too.
std::string groupOf(const Arn& arn)
{
    auto name = arn.resource.substr(std::string_view("log-group:").size());
    if (name.ends_with(":*"))
        name.resize(name.size() - 2);
    return name;
}

void toFunction(aws::Delivery& delivery, const Target& target, std::string input)
{
    delivery.service = "lambda";
    delivery.action = "Invoke";
    delivery.input = json{{"FunctionName", target.arn}, {"InvocationType", "Event"}}.dump();
    delivery.payload = std::move(input);
}

void toQueue(aws::Delivery& delivery, const Target& target, const json& wanted, const std::string& input)
{
    json message = {{"QueueUrl", aws::queueUrlOf(target.arn)}, {"MessageBody", input}};
    if (const auto group = wanted.value("SqsParameters", json::object()).value("MessageGroupId", "");
        !group.empty())
        message["MessageGroupId"] = group;
    delivery.service = "sqs";
    delivery.action = "SendMessage";
    delivery.input = aws::writeJson(message);
}

void toTopic(aws::Delivery& delivery, const Target& target, const std::string& input)
{
    delivery.service = "sns";
    delivery.action = "Publish";
    delivery.input = aws::writeJson(aws::topicMessage(target.arn, input));
}

// A stream an event, as on AWS.
void toLogGroup(aws::Delivery& delivery, const Arn& arn, const json& event, const std::string& input)
{
    const auto moment = parseIso8601(event.value("time", "")).value_or(0);
    delivery.service = "logs";
    delivery.action = "PutLogEvents";
    delivery.input = aws::writeJson({{"logGroupName", groupOf(arn)}, {"logStreamName", event.at("id")},
        {"logEvents", {{{"timestamp", moment / kMillisecond}, {"message", input}}}}});
}

std::string deadLetterOf(const Rule& rule, const Target& target, const json& wanted, const json& event)
{
    const auto queue = wanted.value("DeadLetterConfig", json::object()).value("Arn", "");
    if (queue.empty())
        return {};
    const auto text = [](const std::string& value) {
        return json{{"DataType", "String"}, {"StringValue", value}};
    };
    return aws::writeJson({{"QueueUrl", queue}, {"MessageBody", aws::writeJson(event)},
        {"MessageAttributes", {{"RULE_ARN", text(rule.arn())}, {"TARGET_ARN", text(target.arn)}}}});
}

Result<> makeStream(const aws::Host& host, const aws::Delivery& delivery)
{
    const auto input = json::parse(delivery.input);
    const auto made = host.caller.call("logs", "CreateLogStream",
        {{"logGroupName", input.at("logGroupName")}, {"logStreamName", input.at("logStreamName")}},
        {.region = delivery.region, .from = "events", .quiet = true});
    if (made || made.error().code == "ResourceAlreadyExistsException")
        return {};
    return fail(made.error());
}

}

TargetKind targetKindOf(std::string_view text)
{
    const auto arn = Arn::parse(text);
    if (!arn)
        return TargetKind::Unknown;
    if (arn->service == "lambda" && arn->resource.starts_with("function:"))
        return TargetKind::Function;
    if (!aws::queueUrlOf(text).empty())
        return TargetKind::Queue;
    if (aws::isTopicArn(text))
        return TargetKind::Topic;
    if (arn->service == "logs" && arn->resource.starts_with("log-group:"))
        return TargetKind::LogGroup;
    if (arn->service == "events" && arn->resource.starts_with("event-bus/"))
        return TargetKind::Bus;
    return TargetKind::Unknown;
}

aws::Delivery deliveryTo(const Rule& rule, const Target& target, const json& event)
{
    const auto wanted = json::parse(target.json);
    const auto policy = wanted.value("RetryPolicy", json::object());
    auto input = targetInput(wanted, event, {rule.arn(), rule.name});
    aws::Delivery delivery;
    const auto kind = targetKindOf(target.arn);
    delivery.region = rule.region;
    if (kind == TargetKind::Function) {
        toFunction(delivery, target, std::move(input));
    } else if (kind == TargetKind::Queue) {
        toQueue(delivery, target, wanted, input);
        delivery.region = Arn::parse(target.arn)->region;
    } else if (kind == TargetKind::Topic) {
        toTopic(delivery, target, input);
        delivery.region = Arn::parse(target.arn)->region;
    } else {
        toLogGroup(delivery, *Arn::parse(target.arn), event, input);
        delivery.region = Arn::parse(target.arn)->region;
    }
    delivery.title = "Rule " + rule.name + " to " + target.arn;
    delivery.guard = json{{"target", target.arn}, {"rule", rule.arn()}, {"account", rule.account}}.dump();
    delivery.deadLetter = deadLetterOf(rule, target, wanted, event);
    delivery.maxAttempts = policy.value("MaximumRetryAttempts", delivery.maxAttempts);
    delivery.maxAge = policy.value("MaximumEventAgeInSeconds", delivery.maxAge / kSecond) * kSecond;
    return delivery;
}

Result<> allowTarget(const aws::Host& host, const aws::Delivery& delivery, trace::SpanScope& span)
{
    const auto guard = json::parse(delivery.guard);
    // What an earlier version of the chamber left names the function.
    const auto target = guard.contains("target") ? guard.at("target").get<std::string>()
                                                 : guard.at("function").get<std::string>();
    const aws::CallOptions options{.region = delivery.region, .from = "events", .quiet = true};
    std::string why;
    bool allowed = false;
    switch (targetKindOf(target)) {
    case TargetKind::Function:
        allowed = aws::askFunctionAccess(host.caller, target,
                      {std::string(kPrincipal), guard.at("rule"), guard.at("account")}, options, why)
            == aws::FunctionAccess::Allowed;
        break;
    case TargetKind::Queue:
        allowed = aws::askQueueAccess(host.caller, target,
                      {std::string(kPrincipal), guard.at("rule"), guard.at("account")}, options, why)
            == aws::QueueAccess::Allowed;
        break;
    case TargetKind::Topic:
        allowed = aws::askTopicAccess(host.caller, target,
                      {std::string(kPrincipal), guard.at("rule"), guard.at("account")}, options, why)
            == aws::TopicAccess::Allowed;
        break;
    default:
        return makeStream(host, delivery);
    }
    if (!allowed)
        return fail(ErrorKind::Denied, "NO_PERMISSIONS", why);
    span.step("EventBridge may use " + target, why, trace::Verdict::Pass);
    return {};
}

}
