#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/invoke_access.h"
#include "core/lambda/invoke_checks.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

Result<Outcome> invokeWithResponseStream(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    const auto found = service.resolve(name.key(), name.qualifier, service.draw());
    if (!found.function)
        return fail(errors::functionNotFound(name.arn(context)));
    CORE_CHECK(checkInvokingService({input.value("InvokingService", ""), input.value("InvokingArn", "")},
        *found.function, found.alias.get(), context.span));
    Invocation invocation;
    invocation.requestId = context.requestId;
    invocation.payload = request.body.empty() ? "{}" : std::move(request.body);
    invocation.arnSuffix = name.suffix();
    CORE_CHECK(checkPayload(invocation.payload, false));
    CORE_TRY(invocation.clientContext, clientContextOf(input));
    if (input.value("InvocationType", "RequestResponse") == "DryRun")
        return aws::Reply::bytes({}, "application/json", 204);
    CORE_TRY(auto stream, service.streams().start(found.function, std::move(invocation), context.span));
    auto reply = aws::Reply::bytes({}, "application/vnd.amazon.eventstream", 200);
    reply.source =
        std::make_shared<StreamEvents>(std::move(stream), input.value("LogType", "None") == "Tail");
    reply.sourceLength = http::kUnknownLength;
    reply.headers.add("X-Amz-Executed-Version", found.function->version);
    return reply;
}

}
