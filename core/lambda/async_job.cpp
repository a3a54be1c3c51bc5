#include "core/lambda/async_job.h"

#include "core/aws/json_text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

const char* conditionOf(AsyncEnd end)
{
    switch (end) {
    case AsyncEnd::Success:
        return "Success";
    case AsyncEnd::RetriesExhausted:
        return "RetriesExhausted";
    case AsyncEnd::EventAgeExceeded:
        break;
    }
    return "EventAgeExceeded";
}

// A payload is JSON; one that a custom runtime made may be anything, and one that nests too deep to be
// written again is told as text.
json payloadOf(const std::string& text)
{
    auto parsed = aws::parseJson(text);
    return parsed ? *std::move(parsed) : json(text);
}

}

std::string encode(const AsyncJob& job)
{
    const auto& invocation = job.invocation;
    return aws::writeJson({{"id", job.id}, {"functionKey", job.functionKey}, {"functionArn", job.functionArn},
        {"qualifier", job.qualifier}, {"requestId", invocation.requestId}, {"payload", invocation.payload},
        {"clientContext", invocation.clientContext}, {"arnSuffix", invocation.arnSuffix},
        {"traceHeader", job.traceHeader}, {"attempts", job.attempts}, {"throttles", job.throttles},
        {"accepted", job.accepted}, {"due", job.due}});
}

void decode(std::string_view record, AsyncJob& job)
{
    const auto given = json::parse(record);
    given.at("id").get_to(job.id);
    given.at("functionKey").get_to(job.functionKey);
    given.at("functionArn").get_to(job.functionArn);
    given.at("qualifier").get_to(job.qualifier);
    given.at("requestId").get_to(job.invocation.requestId);
    given.at("payload").get_to(job.invocation.payload);
    given.at("clientContext").get_to(job.invocation.clientContext);
    given.at("arnSuffix").get_to(job.invocation.arnSuffix);
    given.at("traceHeader").get_to(job.traceHeader);
    given.at("attempts").get_to(job.attempts);
    given.at("throttles").get_to(job.throttles);
    given.at("accepted").get_to(job.accepted);
    given.at("due").get_to(job.due);
    job.invocation.asynchronous = true;
}

std::string invocationRecord(const AsyncJob& job, AsyncEnd end, const InvocationOutcome* outcome, Micros now)
{
    json record = {{"version", "1.0"}, {"timestamp", iso8601Millis(now)},
        {"requestContext",
            {{"requestId", job.invocation.requestId},
                {"functionArn",
                    job.functionArn + ':' + (job.qualifier.empty() ? std::string(kLatest) : job.qualifier)},
                {"condition", conditionOf(end)}, {"approximateInvokeCount", job.attempts}}},
        {"requestPayload", payloadOf(job.invocation.payload)}};
    if (outcome) {
        record["responseContext"] = {{"statusCode", 200}, {"executedVersion", outcome->executedVersion}};
        if (!outcome->functionError.empty())
            record["responseContext"]["functionError"] = outcome->functionError;
        record["responsePayload"] = payloadOf(outcome->payload);
    }
    return aws::writeJson(record);
}

}
