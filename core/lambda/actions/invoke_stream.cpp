#include "core/base/hash.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/event_stream.h"
#include "core/lambda/invoke_checks.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kChunk = 64 * 1024;

// AWS says of a failed function in the last event what Invoke says in its payload.
std::string completion(const InvocationOutcome& outcome, bool withTail)
{
    auto complete = json::object();
    if (!outcome.functionError.empty()) {
        complete["ErrorCode"] = outcome.errorType;
        complete["ErrorDetails"] = outcome.errorPayload.empty() ? outcome.payload : outcome.errorPayload;
    }
    if (withTail)
        complete["LogResult"] = base64(outcome.logTail);
    return complete.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string eventsOf(const InvocationOutcome& outcome, bool withTail)
{
    std::string events;
    const bool hasPayload = outcome.functionError.empty() || outcome.streamed;
    const std::string_view payload = hasPayload ? std::string_view(outcome.payload) : std::string_view();
    for (std::size_t at = 0; at < payload.size(); at += kChunk)
        events += eventMessage("PayloadChunk", "application/octet-stream", payload.substr(at, kChunk));
    return events + eventMessage("InvokeComplete", "application/json", completion(outcome, withTail));
}

}

Result<Outcome> invokeWithResponseStream(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const auto found = service.resolve(name.key(), name.qualifier, service.draw());
    if (!found.function)
        return fail(errors::functionNotFound(name.arn(context)));
    Invocation invocation;
    invocation.requestId = context.requestId;
    invocation.payload = request.body.empty() ? "{}" : std::move(request.body);
    invocation.arnSuffix = name.suffix();
    CORE_CHECK(checkPayload(invocation.payload, false));
    CORE_TRY(invocation.clientContext, clientContextOf(input));
    if (input.value("InvocationType", "RequestResponse") == "DryRun")
        return aws::Reply::bytes({}, "application/json", 204);
    CORE_TRY(const auto outcome, service.invoker().run(found.function, invocation, context.span));
    auto reply = aws::Reply::bytes(eventsOf(outcome, input.value("LogType", "None") == "Tail"),
        "application/vnd.amazon.eventstream", 200);
    reply.headers.add("X-Amz-Executed-Version", outcome.executedVersion);
    return reply;
}

}
