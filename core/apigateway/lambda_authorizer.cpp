#include "core/apigateway/lambda_authorizer.h"

#include "core/apigateway/function_permission.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/proxy_event.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/service_call.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

using Verdict = tl::expected<VerdictPtr, GatewayFailure>;

constexpr Micros kPatience = 29 * kSecond;
constexpr std::size_t kMaxAnswer = 8192; // AWS's quota

// Only scalars may stand in a context.
tl::expected<void, std::string> readContext(const json& from, AuthorizerAnswer& answer)
{
    const auto context = from.find("context");
    if (context == from.end() || context->is_null())
        return {};
    if (!context->is_object())
        return tl::unexpected(std::string("context is not an object"));
    for (const auto& [name, value] : context->items()) {
        if (value.is_structured())
            return tl::unexpected("context." + name + " is neither string, number nor boolean");
        answer.values[name] = value.is_string() ? AuthorizerValue{value.get<std::string>(), true}
                                                : AuthorizerValue{value.dump(), false};
    }
    return {};
}

void logAsking(
    CallContext& context, const std::string& function, const std::string& region, const std::string& event)
{
    if (!context.log)
        return;
    const std::string target =
        "https://lambda." + region + ".amazonaws.com/2015-03-31/functions/" + function + "/invocations";
    context.logData("Endpoint request URI: " + target);
    context.logData("Endpoint request headers: {x-amzn-lambda-integration-tag=" + context.requestId
        + ", x-amzn-apigateway-api-id=" + context.api->api.id
        + ", Accept=application/json, User-Agent=AmazonAPIGateway_" + context.api->api.id
        + ", Content-Type=application/json}");
    context.logData("Endpoint request body after transformations: " + event);
    context.logLine("Sending request to " + target);
}

tl::unexpected<GatewayFailure> notAsked(const Error& error, const std::string& name)
{
    // A function that is not there is a matter of the API's configuration, as one that may not be invoked is.
    const bool missing = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Denied;
    return stop(
        missing ? GatewayResponseType::AuthorizerConfigurationError : GatewayResponseType::AuthorizerFailure,
        "Lambda did not run " + name + ": " + error.code + ": " + error.message);
}

Verdict takeAnswer(CallContext& context, const std::string& name, const aws::Reply& reply, long latency)
{
    const std::string failure(reply.headers.get("X-Amz-Function-Error"));
    if (refusesCaller(reply))
        return stop(GatewayResponseType::Unauthorized, name + " failed with \"Unauthorized\"");
    if (!failure.empty())
        return stop(GatewayResponseType::AuthorizerConfigurationError,
            name + " failed (" + failure + "): " + reply.body.substr(0, 1024));
    context.logData("Authorizer result body before parsing: " + reply.body);
    auto verdict = parseAuthorizerAnswer(reply.body);
    if (!verdict)
        return stop(GatewayResponseType::AuthorizerConfigurationError,
            "Invalid JSON in response of the authorizer: " + verdict.error() + ". " + name + " answered "
                + reply.body.substr(0, 1024));
    verdict->answer.integrationLatency = latency;
    verdict->answer.integrationStatus = 200;
    verdict->answer.requestId = reply.headers.get("x-amzn-RequestId");
    context.logLine(
        "Using valid authorizer policy for principal: " + maskedIdentity(verdict->answer.principalId));
    return std::make_shared<const AuthorizerVerdict>(*std::move(verdict));
}

}

json authorizerEvent(
    const Authorizer& authorizer, const AuthorizerIdentity& identity, const CallContext& context)
{
    if (authorizer.type == "TOKEN")
        return {{"type", "TOKEN"}, {"methodArn", methodArn(context)},
            {"authorizationToken", identity.values.empty() ? "" : identity.values.front().second}};
    auto event = requestEvent(context, context.request.headers);
    event["type"] = "REQUEST";
    event["methodArn"] = methodArn(context);
    // Where a proxy integration has null.
    for (const auto* name : {"headers", "multiValueHeaders", "queryStringParameters",
             "multiValueQueryStringParameters", "pathParameters", "stageVariables"}) {
        if (event[name].is_null())
            event[name] = json::object();
    }
    return event;
}

bool refusesCaller(const aws::Reply& answer)
{
    if (answer.headers.get("X-Amz-Function-Error").empty())
        return false;
    const auto error = aws::parseJson(answer.body);
    return error && error->is_object() && error->contains("errorMessage")
        && (*error)["errorMessage"] == "Unauthorized";
}

tl::expected<AuthorizerVerdict, std::string> parseAuthorizerAnswer(const std::string& payload)
{
    if (payload.size() > kMaxAnswer)
        return tl::unexpected(std::string("it has more than 8,192 bytes"));
    const auto parsed = aws::parseJson(payload);
    if (!parsed || !parsed->is_object())
        return tl::unexpected(std::string("it is not a JSON object"));
    AuthorizerVerdict verdict;
    const auto principal = parsed->find("principalId");
    if (principal == parsed->end() || !principal->is_string())
        return tl::unexpected(std::string("principalId is missing"));
    verdict.answer.principalId = principal->get<std::string>();
    const auto document = parsed->find("policyDocument");
    if (document == parsed->end() || !document->is_object())
        return tl::unexpected(std::string("policyDocument is missing"));
    verdict.policyText = aws::writeJson(*document);
    auto policy = aws::PolicyDocument::parse(verdict.policyText, aws::PolicyDocument::Kind::Identity);
    if (!policy)
        return tl::unexpected("policyDocument: " + policy.error().message);
    verdict.policy = *std::move(policy);
    if (const auto read = readContext(*parsed, verdict.answer); !read)
        return tl::unexpected(read.error());
    const auto usage = parsed->find("usageIdentifierKey");
    if (usage != parsed->end() && usage->is_string())
        verdict.answer.usageIdentifierKey = usage->get<std::string>();
    return verdict;
}

Verdict askLambdaAuthorizer(const Authorizer& authorizer, const AuthorizerIdentity& identity,
    CallContext& context, CallEnvironment& environment)
{
    const auto function =
        lambdaFunctionOf(substituteStageVariables(authorizer.authorizerUri, context.stageVariables));
    if (!function)
        return stop(GatewayResponseType::AuthorizerConfigurationError, function.error().message);
    const auto name = functionNameOf(*function);
    const auto region = regionOf(*function, context.api->api.region);
    std::string event = aws::writeJson(authorizerEvent(authorizer, identity, context));
    logAsking(context, *function, region, event);

    const Micros begin = steadyMicros();
    json input{{"FunctionName", *function}, {"InvocationType", "RequestResponse"}};
    const auto& api = context.api->api;
    nameInvoker(
        input, authorizer.authorizerCredentials, executeApiArn(api, api.id, "authorizers/" + authorizer.id));
    const auto invoked = askInTime(environment.caller, environment.integrations, context.span,
        {"lambda", "Invoke", std::make_shared<const json>(std::move(input)), std::move(event), region,
            "authorizer", name, kPatience});
    if (!invoked)
        return stop(GatewayResponseType::AuthorizerFailure, name + " has not answered within 29 s");
    if (!*invoked)
        return notAsked(invoked->error(), name);
    return takeAnswer(context, name, **invoked, static_cast<long>((steadyMicros() - begin) / kMillisecond));
}

Verdict lambdaAuthorizerVerdict(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment)
{
    const auto identity = authorizerIdentity(authorizer, context);
    if (!identity.missing.empty())
        return stop(GatewayResponseType::Unauthorized,
            "The call has no " + identity.missing + ", which authorizer " + authorizer.name
                + " identifies callers by");
    if (!authorizer.identityValidationExpression.empty() && !identity.values.empty()
        && !fitsExpression(authorizer.identityValidationExpression, identity.values.front().second))
        return stop(GatewayResponseType::Unauthorized,
            "The token does not fit " + authorizer.identityValidationExpression + " of authorizer "
                + authorizer.name);
    const AuthorizerCache::Key key{
        context.address.apiId, context.address.stage, authorizer.id, identity.key()};
    if (authorizer.ttl() > 0) {
        if (auto kept = environment.authorizers.find(key, context.now)) {
            context.step("Authorize", "Authorizer " + authorizer.name + ": its answer is in the cache");
            return kept;
        }
    }
    context.step("Authorize",
        "Authorizer " + authorizer.name + " (" + authorizer.type + ") is asked"
            + (authorizer.ttl() > 0 ? "; its answer holds for " + std::to_string(authorizer.ttl()) + " s"
                                    : "; its answers are not kept"));
    auto verdict = askLambdaAuthorizer(authorizer, identity, context, environment);
    if (verdict && authorizer.ttl() > 0) {
        // For whom it is kept nothing is asked, so nothing takes time.
        auto kept = std::make_shared<AuthorizerVerdict>(**verdict);
        kept->answer.integrationLatency = 0;
        environment.authorizers.keep(key, std::move(kept), context.now + authorizer.ttl() * kSecond);
    }
    return verdict;
}

}
