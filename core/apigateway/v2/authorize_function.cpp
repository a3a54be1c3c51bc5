#include "core/apigateway/condition_keys.h"
#include "core/apigateway/function_permission.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/lambda_authorizer.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/v2/authorizers.h"
#include "core/apigateway/v2/function_event.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

using Verdict = tl::expected<VerdictPtr, CallFailure>;

constexpr Micros kPatience = 10 * kSecond; // as AWS waits for authorizers of HTTP APIs
constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"isAuthorized","Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}]})";
constexpr std::string_view kDenyAll =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"isAuthorized","Effect":"Deny","Action":"*","Resource":"*"}]})";

void readContext(const json& answer, AuthorizerVerdict& verdict)
{
    const auto context = answer.find("context");
    if (context == answer.end() || !context->is_object())
        return;
    for (const auto& [name, value] : context->items())
        verdict.answer.values[name] = value.is_string() ? AuthorizerValue{value.get<std::string>(), true}
                                                        : AuthorizerValue{aws::writeJson(value), false};
}

// {"isAuthorized": true} is the policy that allows everything.
tl::expected<AuthorizerVerdict, std::string> simpleVerdict(const json& answer)
{
    const auto flag = answer.find("isAuthorized");
    if (flag == answer.end() || !flag->is_boolean())
        return tl::unexpected(std::string("isAuthorized is no boolean"));
    AuthorizerVerdict verdict;
    verdict.policyText = flag->get<bool>() ? kAllowAll : kDenyAll;
    auto policy = aws::PolicyDocument::parse(verdict.policyText, aws::PolicyDocument::Kind::Identity);
    if (!policy)
        return tl::unexpected(policy.error().message);
    verdict.policy = *std::move(policy);
    readContext(answer, verdict);
    return verdict;
}

// Contexts of payload format 2.0 may hold lists and maps, where format 1.0
// takes scalars alone.
tl::expected<AuthorizerVerdict, std::string> parseAnswer(
    const Authorizer& authorizer, const std::string& payload)
{
    if (authorizer.authorizerPayloadFormatVersion == "1.0")
        return parseAuthorizerAnswer(payload);
    auto answer = aws::parseJson(payload);
    if (!answer || !answer->is_object())
        return tl::unexpected(std::string("it is not a JSON object"));
    if (authorizer.enableSimpleResponses.value_or(false))
        return simpleVerdict(*answer);
    auto withoutContext = *answer;
    withoutContext.erase("context");
    auto verdict = parseAuthorizerAnswer(aws::writeJson(withoutContext));
    if (verdict)
        readContext(*answer, *verdict);
    return verdict;
}

Verdict takeAnswer(const Authorizer& authorizer, const std::string& name, const aws::Reply& reply)
{
    const std::string failure(reply.headers.get("X-Amz-Function-Error"));
    if (refusesCaller(reply))
        return stop(401, "Unauthorized", name + " failed with \"Unauthorized\"");
    if (!failure.empty())
        return internalError(name + " failed (" + failure + "): " + shownBody(reply.body));
    auto verdict = parseAnswer(authorizer, reply.body);
    if (!verdict)
        return internalError("The answer of " + name + " is malformed: " + verdict.error() + ". It was "
            + shownBody(reply.body));
    return std::make_shared<const AuthorizerVerdict>(*std::move(verdict));
}

Verdict ask(
    Call& call, CallEnvironment& environment, const Authorizer& authorizer, const IdentityValues& identity)
{
    const auto uri = substituteStageVariables(authorizer.authorizerUri, call.stage->stageVariables);
    const auto function = lambdaFunctionOf(uri);
    if (!function)
        return internalError(function.error().message);
    const auto name = functionNameOf(*function);
    const auto region = regionOf(*function, call.api->api.region);
    auto event =
        authorizerEvent(call, authorizer.authorizerPayloadFormatVersion, identity.values, routeArn(call));
    const auto& api = call.api->api;
    json input{{"FunctionName", *function}, {"InvocationType", "RequestResponse"}};
    nameInvoker(input, authorizer.authorizerCredentialsArn,
        executeApiArn(api, api.apiId, "authorizers/" + authorizer.authorizerId));
    const auto invoked = askInTime(environment.caller, environment.integrations, call.span,
        {"lambda", "Invoke", std::make_shared<const json>(std::move(input)), std::move(event), region,
            "authorizer", name, kPatience});
    if (!invoked)
        return internalError(name + " has not answered within 10 s");
    if (!*invoked)
        return internalError(
            "Lambda did not run " + name + ": " + invoked->error().code + ": " + invoked->error().message);
    return takeAnswer(authorizer, name, **invoked);
}

Verdict verdictOf(
    Call& call, CallEnvironment& environment, const Authorizer& authorizer, const IdentityValues& identity)
{
    const int ttl = authorizer.authorizerResultTtlInSeconds.value_or(0);
    // What was answered before the stage's cache was reset is under another name.
    const AuthorizerCache::Key key{call.api->api.apiId,
        call.stage->stageName + '#' + std::to_string(call.stage->authorizersCacheEpoch),
        authorizer.authorizerId, identity.key()};
    if (ttl > 0) {
        if (auto kept = environment.authorizers.find(key, call.now)) {
            call.step("Authorize", "Authorizer " + authorizer.name + ": its answer is in the cache");
            return kept;
        }
    }
    call.step("Authorize",
        "Authorizer " + authorizer.name + " is asked, payload format "
            + authorizer.authorizerPayloadFormatVersion
            + (ttl > 0 ? "; its answer holds for " + std::to_string(ttl) + " s"
                       : "; its answers are not kept"));
    auto verdict = ask(call, environment, authorizer, identity);
    if (verdict && ttl > 0)
        environment.authorizers.keep(key, *verdict, call.now + ttl * kSecond);
    return verdict;
}

void pass(Call& call, const AuthorizerVerdict& verdict)
{
    json context = json::object();
    for (const auto& [name, value] : verdict.answer.values) {
        context[name] = value.isString ? json(value.text) : json::parse(value.text, nullptr, false);
        call.authorization.values[name] = value.text;
    }
    call.authorization.principalId = verdict.answer.principalId;
    call.authorization.json =
        aws::writeJson({{"lambda", context.empty() ? json(nullptr) : std::move(context)}});
}

} // namespace

StepResult authorizeByFunction(Call& call, CallEnvironment& environment, const Authorizer& authorizer)
{
    const auto identity = identityValues(call, authorizer);
    if (!identity.missing.empty())
        return stop(401, "Unauthorized",
            "The call has no " + identity.missing + ", which authorizer " + authorizer.name
                + " identifies callers by");
    const auto verdict = verdictOf(call, environment, authorizer, identity);
    if (!verdict)
        return tl::unexpected<CallFailure>(verdict.error());
    aws::PolicyRequest asked;
    asked.action = "execute-api:Invoke";
    asked.resource = routeArn(call);
    putCallKeys(asked, call.request, call.api->api.region, call.now);
    const auto effect = (*verdict)->policy.evaluate(asked);
    if (effect.effect != aws::PolicyEffect::Allow)
        return stop(403, "Forbidden",
            "Authorizer " + authorizer.name + " does not allow " + asked.resource
                + (effect.effect == aws::PolicyEffect::Deny ? ": statement " + effect.statement + " denies it"
                                                            : ": no statement allows it"));
    pass(call, **verdict);
    call.step("Authorize",
        "Authorizer " + authorizer.name + " allows " + asked.resource + " by statement " + effect.statement,
        trace::Verdict::Pass);
    return {};
}

} // namespace core::apigateway::v2
