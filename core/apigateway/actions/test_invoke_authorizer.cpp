#include "core/apigateway/actions.h"
#include "core/apigateway/authorizer_rules.h"
#include "core/apigateway/cognito_authorizer.h"
#include "core/apigateway/lambda_authorizer.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/test_call.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// As AWS names the stage of such tests in method ARNs.
constexpr const char* kTestStage = "ESTestInvoke-stage";

http::Request requestOf(const json& input)
{
    const auto additional = stringMap(input, "additionalContext");
    const auto method = additional.find("httpMethod");
    const auto target = text(input, "pathWithQueryString");
    return testRequest(input, method == additional.end() ? "GET" : method->second,
        target.starts_with('/') ? target : "/" + target);
}

// The identity that the function sees; nothing when the call would be refused without asking it.
std::optional<AuthorizerIdentity> identityOf(const Authorizer& authorizer, CallContext& call)
{
    auto identity = authorizerIdentity(authorizer, call);
    const bool fits = authorizer.identityValidationExpression.empty() || identity.values.empty()
        || fitsExpression(authorizer.identityValidationExpression, identity.values.front().second);
    if (identity.missing.empty() && fits)
        return identity;
    call.logLine("Unauthorized request: " + call.requestId);
    return std::nullopt;
}

json verdictJson(const AuthorizerVerdict& verdict)
{
    json out{{"clientStatus", 200}, {"principalId", verdict.answer.principalId},
        {"policy", verdict.policyText}, {"authorization", json::object()}};
    return out;
}

// A test of a user pool takes an identity token, as a method without scopes does.
json askPool(const Authorizer& authorizer, CallContext& call, CallEnvironment& environment)
{
    const Method open;
    call.method = &open;
    const auto known = authorizeByUserPool(authorizer, call, environment);
    call.method = nullptr;
    if (!known) {
        call.logLine("Unauthorized request: " + call.requestId + ": " + known.error().reason);
        return {{"clientStatus", gatewayResponse(known.error().type).status}};
    }
    call.logLine("Successfully completed authorizer execution");
    return {{"clientStatus", 200}, {"claims", *call.authorizer->claims}};
}

json ask(const Authorizer& authorizer, CallContext& call, CallEnvironment& environment)
{
    if (authorizer.type == "COGNITO_USER_POOLS")
        return askPool(authorizer, call, environment);
    const auto identity = identityOf(authorizer, call);
    if (!identity)
        return {{"clientStatus", 401}};
    for (const auto& [source, value] : identity->values)
        call.logLine("Incoming identity: " + maskedIdentity(value));
    const auto verdict = askLambdaAuthorizer(authorizer, *identity, call, environment);
    if (verdict) {
        call.logLine("Successfully completed authorizer execution");
        return verdictJson(**verdict);
    }
    const auto& failure = verdict.error();
    call.logLine(failure.type == GatewayResponseType::Unauthorized
            ? "Unauthorized request: " + call.requestId
            : "Execution failed due to configuration error: " + failure.reason);
    return {{"clientStatus", gatewayResponse(failure.type).status}};
}

}

Result<Outcome> testInvokeAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidAuthorizer()));
    const auto found = state->api.authorizers.find(text(request.input(), "authorizerId"));
    if (found == state->api.authorizers.end())
        return fail(errors::invalidAuthorizer());
    const auto& authorizer = found->second;
    context.touch(state->api.id);

    const auto wire = requestOf(request.input());
    auto environment = service.callEnvironment();
    ExecutionLog log(service.host().clock);
    auto call = newTestCall(environment, wire, context.span, state, request.input(), kTestStage, log);
    // A REQUEST event names a resource; the root's unless the test says another.
    auto resource = state->api.resources.at(state->api.rootResourceId);
    const auto additional = stringMap(request.input(), "additionalContext");
    if (const auto path = additional.find("resourcePath"); path != additional.end())
        resource.path = path->second;
    call.resource = &resource;

    call.logLine("Execution log for request " + call.requestId);
    call.logLine("Starting authorizer: " + authorizer.id + " for request: " + call.requestId);
    const Micros begin = steadyMicros();
    auto answer = ask(authorizer, call, environment);
    answer["log"] = log.text();
    answer["latency"] = (steadyMicros() - begin) / kMillisecond;
    return Reply::of(std::move(answer));
}

}
