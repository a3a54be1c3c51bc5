#include "core/lambda/destinations.h"

#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestMessage = 1024; // of the attribute ErrorMessage

// aws/lambda/async/<function>/2026/11/22/2026-11-22T14.03.27-<uuid>
std::string objectKey(const AsyncJob& job, Micros now)
{
    const auto moment = iso8601(now).substr(0, 19);
    const auto day = replaceAll(moment.substr(0, 10), "-", "/");
    return "aws/lambda/async/" + job.functionKey.substr(job.functionKey.find('/') + 1) + '/' + day + '/'
        + replaceAll(moment, ":", ".") + '-' + newUuid();
}

std::string regionOf(const AsyncJob& job)
{
    return job.functionKey.substr(0, job.functionKey.find('/'));
}

Error invalidArn(const std::string& arn)
{
    return errors::invalidParameter("The destination ARN " + arn + " is invalid.");
}

Result<> checkFunction(
    LambdaService& service, const std::string& functionKey, const std::string& arn, const Arn& parsed)
{
    const auto parts = split(parsed.resource, ':');
    const auto key = parsed.region + '/' + (parts.size() > 1 ? std::string(parts[1]) : std::string());
    if (!service.functions().find(key))
        return fail(invalidArn(arn));
    if (key == functionKey)
        return fail(errors::invalidParameter("You can't specify the function as a destination for itself."));
    return {};
}

// A standard queue that is there: messages of records name no group.
bool isUsableQueue(const aws::Host& host, const std::string& arn)
{
    const auto url = aws::queueUrlOf(arn);
    return !url.empty() && !aws::isFifoQueue(arn)
        && host.caller
               .call("sqs", "GetQueueAttributes", {{"QueueUrl", url}},
                   {.region = Arn::parse(arn)->region, .from = "lambda", .quiet = true})
               .has_value();
}

bool isUsableTopic(const aws::Host& host, const std::string& arn)
{
    return aws::isStandardTopic(host.caller, arn, {.from = "lambda", .quiet = true});
}

bool isBus(const aws::Host& host, const Arn& arn)
{
    return arn.resource.starts_with("event-bus/")
        && host.caller
               .call("events", "DescribeEventBus", {{"Name", arn.resource.substr(10)}},
                   {.region = arn.region, .from = "lambda", .quiet = true})
               .has_value();
}

Result<aws::Reply> sendToQueue(const aws::Host& host, const std::string& arn, const std::string& body,
    json attributes, aws::CallOptions options)
{
    options.region = Arn::parse(arn)->region;
    return host.caller.call("sqs", "SendMessage",
        {{"QueueUrl", aws::queueUrlOf(arn)}, {"MessageBody", body},
            {"MessageAttributes", std::move(attributes)}},
        options);
}

// As EventBridge shows it: the function and the bus are the event's resources.
Result<aws::Reply> sendToBus(
    const aws::Host& host, const std::string& arn, const std::string& record, aws::CallOptions options)
{
    options.region = Arn::parse(arn)->region;
    const auto context = json::parse(record).at("requestContext");
    const bool success = context.at("condition") == "Success";
    const json entry = {{"Source", "lambda"},
        {"DetailType",
            std::string("Lambda Function Invocation Result - ") + (success ? "Success" : "Failure")},
        {"Resources", {arn, context.at("functionArn")}}, {"Detail", record}, {"EventBusName", arn}};
    auto answer = host.caller.call("events", "PutEvents", {{"Entries", {entry}}}, options);
    if (!answer)
        return answer;
    const auto told = answer->json();
    if (told.value("FailedEntryCount", 0) == 0)
        return answer;
    return fail(ErrorKind::Invalid, told.at("Entries").at(0).at("ErrorCode"),
        told.at("Entries").at(0).at("ErrorMessage"));
}

Result<aws::Reply> sendToTopic(const aws::Host& host, const std::string& arn, const std::string& message,
    json attributes, aws::CallOptions options)
{
    auto input = aws::topicMessage(arn, message);
    input["MessageAttributes"] = std::move(attributes);
    return aws::publishTo(host.caller, arn, input, std::move(options));
}

Result<> tell(
    const Result<aws::Reply>& sent, const std::string& arn, std::string_view what, trace::SpanScope& span)
{
    if (sent) {
        span.step("Sends the " + std::string(what) + " to " + arn, {}, trace::Verdict::Pass);
        return {};
    }
    span.step("The destination " + arn + " did not take the " + std::string(what),
        sent.error().code + ": " + sent.error().message, trace::Verdict::Fail);
    return fail(sent.error());
}

// What the function said of its failure, or why it was not run. The words for neither are unverified.
std::string messageOf(const AsyncAttempt& last)
{
    if (last.refusal)
        return last.refusal->message;
    const auto* outcome = last.outcome;
    if (!outcome)
        return "The event was not processed within its maximum age.";
    const auto payload = aws::parseJson(outcome->payload);
    const auto text = payload && payload->is_object() && payload->contains("errorMessage")
            && payload->at("errorMessage").is_string()
        ? payload->at("errorMessage").get<std::string>()
        : outcome->payload;
    auto length = std::min(text.size(), kLongestMessage);
    while (length > 0 && !isUtf8(std::string_view(text).substr(0, length)))
        --length;
    return length == 0 ? outcome->functionError : text.substr(0, length);
}

}

Result<> checkDestination(
    LambdaService& service, const std::string& functionKey, const std::string& arn, bool failure)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed)
        return fail(invalidArn(arn));
    if (parsed->service == "lambda")
        return checkFunction(service, functionKey, arn, *parsed);
    if (parsed->service == "s3") {
        if (!failure)
            return fail(errors::invalidParameter(
                "The destination ARN " + arn + " is invalid: a bucket takes records of failures alone."));
        return {};
    }
    if (parsed->service == "sqs")
        return isUsableQueue(service.host(), arn) ? Result<>() : fail(invalidArn(arn));
    if (parsed->service == "events")
        return isBus(service.host(), *parsed) ? Result<>() : fail(invalidArn(arn));
    if (parsed->service == "sns")
        return isUsableTopic(service.host(), arn) ? Result<>() : fail(invalidArn(arn));
    const std::string place = failure ? "onSuccess=null, onFailure=OnFailure(destination=" + arn + ")"
                                      : "onSuccess=OnSuccess(destination=" + arn + "), onFailure=null";
    return fail(errors::invalidParameter(
        "The provided destination config DestinationConfig(" + place + ") is invalid."));
}

Result<> checkDeadLetterTarget(const aws::Host& host, const std::string& arn)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed || (parsed->service != "sqs" && parsed->service != "sns"))
        return fail(errors::invalidParameter("The dead-letter target " + arn
            + " is of a service that cannot be one. A dead-letter target can be a queue or a topic."));
    const bool isTopic = parsed->service == "sns";
    if (isTopic ? !isUsableTopic(host, arn) : !isUsableQueue(host, arn))
        return fail(errors::invalidParameter("The dead-letter target " + arn + " is no standard "
            + (isTopic ? "topic" : "queue") + " that exists."));
    return {};
}

Result<> sendRecord(const aws::Host& host, const std::string& arn, const std::string& record,
    const std::string& objectKey, const std::string& region, trace::SpanScope& span)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed)
        return fail(invalidArn(arn));
    const aws::CallOptions options{.parent = &span, .region = region, .from = "lambda"};
    if (parsed->service == "s3")
        return tell(
            host.caller.call("s3", "PutObject",
                {{"Bucket", parsed->resource}, {"Key", objectKey}, {"ContentType", "application/json"}},
                options, record),
            arn, "record", span);
    if (parsed->service == "sqs")
        return tell(sendToQueue(host, arn, record, json::object(), options), arn, "record", span);
    if (parsed->service == "sns")
        return tell(sendToTopic(host, arn, record, json::object(), options), arn, "record", span);
    return tell(host.caller.call("lambda", "Invoke", {{"FunctionName", arn}, {"InvocationType", "Event"}},
                    options, record),
        arn, "record", span);
}

Result<> deliver(const aws::Host& host, const std::string& arn, const std::string& record,
    const AsyncJob& job, trace::SpanScope& span)
{
    if (const auto parsed = Arn::parse(arn); parsed && parsed->service == "events")
        return tell(
            sendToBus(host, arn, record, {.parent = &span, .region = parsed->region, .from = "lambda"}), arn,
            "record", span);
    return sendRecord(host, arn, record, objectKey(job, host.clock.now()), regionOf(job), span);
}

Result<> bury(const aws::Host& host, const std::string& arn, const AsyncJob& job, const AsyncAttempt& last,
    trace::SpanScope& span)
{
    const auto text = [](const std::string& value) {
        return json{{"DataType", "String"}, {"StringValue", value}};
    };
    const json attributes = {{"RequestID", text(job.invocation.requestId)},
        {"ErrorCode", {{"DataType", "Number"}, {"StringValue", "200"}}},
        {"ErrorMessage", text(messageOf(last))}};
    const auto& payload = job.invocation.payload;
    const auto& body = payload.empty() ? std::string("{}") : payload;
    const aws::CallOptions options{.parent = &span, .region = regionOf(job), .from = "lambda"};
    return tell(aws::isTopicArn(arn) ? sendToTopic(host, arn, body, attributes, options)
                                     : sendToQueue(host, arn, body, attributes, options),
        arn, "event", span);
}

}
