#include "core/apigateway/condition_keys.h"
#include "core/apigateway/function_permission.h"
#include "core/apigateway/iam_authorization.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/lambda_authorizer.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/v2/socket_call.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;

constexpr Micros kPatience = 29 * kSecond;

std::string methodArn(const SocketCall& call)
{
    const auto& api = call.api->api;
    return "arn:aws:execute-api:" + api.region + ":" + api.account + ":" + api.apiId + "/"
        + call.stage->stageName + "/$connect";
}

// The first identity source that the request does not have, "" when it has all.
std::string missingSource(const SocketCall& call, const Authorizer& authorizer)
{
    constexpr std::string_view kHeader = "route.request.header.";
    constexpr std::string_view kQuery = "route.request.querystring.";
    constexpr std::string_view kStage = "stageVariables.";
    const auto query = http::parseQuery(call.request->rawQuery());
    for (const auto& source : authorizer.identitySource) {
        const std::string_view name = source;
        if (name.starts_with(kHeader) && call.request->headers.get(name.substr(kHeader.size())).empty())
            return source;
        if (name.starts_with(kQuery)
            && http::queryValue(query, name.substr(kQuery.size())).value_or("").empty())
            return source;
        if (name.starts_with(kStage) && !call.stage->stageVariables.contains(source.substr(kStage.size())))
            return source;
    }
    return {};
}

// The event of $connect, as a question.
std::string authorizerEvent(const SocketCall& call)
{
    auto event = aws::parseJson(socketEvent(call)).value_or(json::object());
    event.erase("isBase64Encoded");
    event["type"] = "REQUEST";
    event["methodArn"] = methodArn(call);
    if (!event.contains("stageVariables"))
        event["stageVariables"] = json::object();
    return aws::writeJson(event);
}

SocketResult<aws::Reply> askFunction(
    SocketCall& call, const Authorizer& authorizer, const std::string& function)
{
    const auto region = regionOf(function, call.api->api.region);
    auto event = authorizerEvent(call);
    const auto& api = call.api->api;
    json input{{"FunctionName", function}};
    nameInvoker(input, authorizer.authorizerCredentialsArn,
        executeApiArn(api, api.apiId, "authorizers/" + authorizer.authorizerId));
    auto invoked = askInTime(call.environment.host.caller, call.environment.integrations, call.span,
        {"lambda", "Invoke", std::make_shared<const json>(std::move(input)), std::move(event), region,
            "authorizer", functionNameOf(function), kPatience});
    if (!invoked || !*invoked)
        return socketError("The authorizer could not be asked: "
            + (invoked ? invoked->error().message : std::string("it takes too long")));
    return **std::move(invoked);
}

SocketResult<void> askAuthorizer(SocketCall& call, const Authorizer& authorizer)
{
    if (const auto missing = missingSource(call, authorizer); !missing.empty())
        return socketRefusal(401, "Unauthorized", "The request has no " + missing, "UNAUTHORIZED");
    const auto function =
        lambdaFunctionOf(substituteStageVariables(authorizer.authorizerUri, call.stage->stageVariables));
    if (!function)
        return socketError(function.error().message);
    const auto reply = askFunction(call, authorizer, *function);
    if (!reply)
        return tl::unexpected(reply.error());
    if (refusesCaller(*reply))
        return socketRefusal(
            401, "Unauthorized", "Authorizer " + authorizer.name + " said Unauthorized", "UNAUTHORIZED");
    if (!reply->headers.get("X-Amz-Function-Error").empty())
        return socketError("Authorizer " + authorizer.name + " failed: " + reply->body);
    const auto verdict = parseAuthorizerAnswer(reply->body);
    if (!verdict)
        return socketError("Authorizer " + authorizer.name + ": " + verdict.error());
    aws::PolicyRequest request;
    request.action = "execute-api:Invoke";
    request.resource = methodArn(call);
    putCallKeys(request, *call.request, call.api->api.region, call.now);
    const auto decided = verdict->policy.evaluate(request);
    call.measures.authorize.status = decided.effect == aws::PolicyEffect::Allow ? 200 : 403;
    if (decided.effect != aws::PolicyEffect::Allow)
        return socketRefusal(403,
            decided.effect == aws::PolicyEffect::Deny
                ? "User is not authorized to access this resource with an explicit deny"
                : "User is not authorized to access this resource",
            "Authorizer " + authorizer.name + "'s policy does not allow " + request.resource,
            "ACCESS_DENIED");
    call.step("Authorize",
        "Statement " + decided.statement + " of authorizer " + authorizer.name + "'s policy allows "
            + request.resource,
        trace::Verdict::Pass);
    call.authorizer = verdict->answer;
    call.isAuthorized = true;
    return {};
}

// As for calls of REST APIs: signed for execute-api in the API's region.
SocketResult<void> checkSignature(SocketCall& call)
{
    auto identity = verifyCaller(*call.request, call.api->api.region, call.now);
    if (!identity) {
        const auto& info = gatewayResponse(identity.error().type);
        return socketRefusal(info.status,
            identity.error().message.empty() ? std::string(info.message) : identity.error().message,
            identity.error().reason, std::string(info.name));
    }
    call.identity = *std::move(identity);
    call.step("Authorize", "Signed by " + call.identity.accessKey + " of account " + call.identity.accountId,
        trace::Verdict::Pass);
    return {};
}

// Runs a phase of the access and leaves how it ended to the access log.
template <typename Work> SocketResult<void> measured(PhaseOutcome& phase, const Work& work)
{
    const Micros begin = steadyMicros();
    auto result = work();
    phase.latency = steadyMicros() - begin;
    phase.status = result ? 200 : result.error().status;
    if (!result)
        phase.error = result.error().message;
    return result;
}

}

SocketResult<void> authorizeConnect(SocketCall& call)
{
    const auto& type = call.route->authorizationType;
    if (type == "AWS_IAM")
        return measured(call.measures.authenticate, [&] { return checkSignature(call); });
    if (type != "CUSTOM") {
        call.step("Authorize", "Open: AuthorizationType is " + type, trace::Verdict::Pass);
        return {};
    }
    const auto found = call.deployment->authorizers.find(call.route->authorizerId);
    if (found == call.deployment->authorizers.end())
        return socketError("There is no authorizer " + call.route->authorizerId);
    const auto& authorizer = found->second;
    call.logLine("Starting authorizer: " + authorizer.authorizerId + " for request: " + call.requestId);
    auto allowed = measured(call.measures.authorizer, [&] { return askAuthorizer(call, authorizer); });
    if (allowed)
        call.logLine("Successfully completed authorizer execution");
    else
        call.logLine("Unauthorized request: " + call.requestId, ExecutionLog::Kind::Failure);
    return allowed;
}

}
