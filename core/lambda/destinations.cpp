#include "core/lambda/destinations.h"

#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

// aws/lambda/async/<function>/2026/11/22/2026-11-22T14.03.27-<uuid>
std::string objectKey(const AsyncJob& job, Micros now)
{
    const auto moment = iso8601(now).substr(0, 19);
    const auto day = replaceAll(moment.substr(0, 10), "-", "/");
    return "aws/lambda/async/" + job.functionKey.substr(job.functionKey.find('/') + 1) + '/' + day + '/'
        + replaceAll(moment, ":", ".") + '-' + newUuid();
}

}

Result<> checkDestination(
    LambdaService& service, const std::string& functionKey, const std::string& arn, bool failure)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed)
        return fail(errors::invalidParameter("The destination ARN " + arn + " is invalid."));
    if (parsed->service == "lambda") {
        const auto parts = split(parsed->resource, ':');
        const auto key = parsed->region + '/' + (parts.size() > 1 ? std::string(parts[1]) : std::string());
        if (!service.functions().find(key))
            return fail(errors::invalidParameter("The destination ARN " + arn + " is invalid."));
        if (key == functionKey)
            return fail(
                errors::invalidParameter("You can't specify the function as a destination for itself."));
        return {};
    }
    if (parsed->service == "s3") {
        if (!failure)
            return fail(errors::invalidParameter(
                "The destination ARN " + arn + " is invalid: a bucket takes records of failures alone."));
        return {};
    }
    if (parsed->service == "sqs" || parsed->service == "sns" || parsed->service == "events")
        return fail(errors::invalidParameter("The destination " + arn
            + " is of a service that Cloud Chamber does not "
              "have. A destination can be a function, and of failures "
              "a bucket."));
    const std::string place = failure ? "onSuccess=null, onFailure=OnFailure(destination=" + arn + ")"
                                      : "onSuccess=OnSuccess(destination=" + arn + "), onFailure=null";
    return fail(errors::invalidParameter(
        "The provided destination config DestinationConfig(" + place + ") is invalid."));
}

Result<> deliver(const aws::Host& host, const std::string& arn, const std::string& record,
    const AsyncJob& job, trace::SpanScope& span)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed)
        return fail(errors::invalidParameter("The destination ARN " + arn + " is invalid."));
    const auto region = job.functionKey.substr(0, job.functionKey.find('/'));
    const aws::CallOptions options{.parent = &span, .region = region, .from = "lambda"};
    const auto sent = parsed->service == "s3"
        ? host.caller.call("s3", "PutObject",
            {{"Bucket", parsed->resource}, {"Key", objectKey(job, host.clock.now())},
                {"ContentType", "application/json"}},
            options, record)
        : host.caller.call(
            "lambda", "Invoke", {{"FunctionName", arn}, {"InvocationType", "Event"}}, options, record);
    if (!sent) {
        span.step("The destination " + arn + " did not take the record",
            sent.error().code + ": " + sent.error().message, trace::Verdict::Fail);
        return fail(sent.error());
    }
    span.step("Sends the invocation record to " + arn, {}, trace::Verdict::Pass);
    return {};
}

}
