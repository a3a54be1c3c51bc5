#include "core/base/hash.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_name.h"
#include "core/lambda/invoke_access.h"
#include "core/lambda/invoke_checks.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

Outcome answer(const InvocationOutcome& outcome, const RequestContext& context, bool withTail)
{
    auto reply = aws::Reply::bytes(outcome.payload, "application/json", 200);
    reply.headers.add("X-Amz-Executed-Version", outcome.executedVersion);
    if (!outcome.functionError.empty())
        reply.headers.add("X-Amz-Function-Error", outcome.functionError);
    if (withTail)
        reply.headers.add("X-Amz-Log-Result", base64(outcome.logTail));
    if (context.span.recording())
        reply.headers.add("X-Amzn-Trace-Id", context.span.traceHeader());
    return reply;
}

void explainAlias(RequestContext& context, const Alias& alias, const Function& function, double draw)
{
    std::string why = "It points to version " + alias.version;
    for (const auto& [version, weight] : alias.weights)
        why += "; version " + version + " gets a share of " + json(weight).dump() + ", and the draw was "
            + json(draw).dump();
    context.span.step("Alias " + alias.name + ": version " + function.version, why, trace::Verdict::Pass);
}

Result<Outcome> queue(LambdaService& service, RequestContext& context, const FunctionName& name,
    const Function& function, Invocation invocation)
{
    AsyncJob job;
    job.functionKey = name.key();
    job.functionArn = function.arn();
    job.qualifier = name.qualifier;
    job.invocation = std::move(invocation);
    job.traceHeader = context.span.traceHeader();
    job.accepted = context.now;
    CORE_CHECK(service.asynchronous().submit(std::move(job)));
    context.span.step("Queued",
        "An Event invocation is kept in the store and answered before the function runs",
        trace::Verdict::Pass);
    return aws::Reply::bytes({}, "application/json", 202);
}

}

Result<Outcome> invoke(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const std::string type = input.value("InvocationType", "RequestResponse");
    const auto draw = service.draw();
    const auto found = service.resolve(name.key(), name.qualifier, draw);
    if (!found.function) {
        // As AWS was seen to say of a name that no function can have, and of no other.
        const bool tooLong = name.name.size() > 64 && name.qualifier.empty();
        return fail(errors::functionNotFound(name.arn(context) + (tooLong ? ":$LATEST" : "")));
    }
    if (found.alias)
        explainAlias(context, *found.alias, *found.function, draw);
    CORE_CHECK(checkInvokingService({input.value("InvokingService", ""), input.value("InvokingArn", "")},
        *found.function, found.alias.get(), context.span));
    Invocation invocation;
    invocation.requestId = context.requestId;
    invocation.payload = request.body.empty() ? "{}" : std::move(request.body);
    invocation.arnSuffix = name.suffix();
    invocation.asynchronous = type == "Event";
    CORE_CHECK(checkPayload(invocation.payload, invocation.asynchronous));
    CORE_TRY(invocation.clientContext, clientContextOf(input));
    if (type == "DryRun")
        return aws::Reply::bytes({}, "application/json", 204);
    if (invocation.asynchronous)
        return queue(service, context, name, *found.function, std::move(invocation));
    CORE_TRY(const auto outcome, service.invoker().run(found.function, invocation, context.span));
    return answer(outcome, context, input.value("LogType", "None") == "Tail");
}

}
