#include "core/apigateway/resource_policy.h"

#include "core/apigateway/condition_keys.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/vpc_endpoint.h"
#include "core/aws/json_text.h"
#include "core/aws/session.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::PolicyDocument;
using aws::PolicyEffect;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view kShort = "execute-api:/";
constexpr std::size_t kMaxPolicy = 8192;

std::string apiArn(const RestApi& api, const std::string& account)
{
    return "arn:aws:execute-api:" + api.region + ":" + account + ":" + api.id;
}

std::string arnWith(const CallContext& context, const std::string& account)
{
    return apiArn(context.api->api, account) + "/" + context.address.stage + "/" + context.request.method
        + context.path();
}

void expandShort(ordered_json& resource, const std::string& arn)
{
    if (resource.is_array()) {
        for (auto& entry : resource)
            expandShort(entry, arn);
        return;
    }
    if (!resource.is_string())
        return;
    const auto text = resource.get<std::string>();
    if (text.starts_with(kShort))
        resource = arn + text.substr(kShort.size() - 1);
}

void expandStatement(ordered_json& statement, const std::string& arn)
{
    for (const auto* element : {"Resource", "NotResource"}) {
        if (statement.is_object() && statement.contains(element))
            expandShort(statement[element], arn);
    }
}

// With its members in their order; discarded where it is no JSON or nested too deeply.
ordered_json parsed(const std::string& text)
{
    return aws::parseJson(text) ? ordered_json::parse(text, nullptr, false)
                                : ordered_json(ordered_json::value_t::discarded);
}

Error invalidPolicy()
{
    return errors::badRequest(
        "Invalid policy document. Please check the policy syntax and ensure that Principals "
        "are valid.");
}

}

std::string methodArn(const CallContext& context)
{
    return arnWith(context, context.api->api.account);
}

std::string maskedMethodArn(const CallContext& context)
{
    auto account = context.api->api.account;
    constexpr std::size_t kShown = 4;
    for (std::size_t i = 0; i + kShown < account.size(); ++i)
        account[i] = '*';
    return arnWith(context, account);
}

std::string principalType(const std::string& arn)
{
    if (arn.empty())
        return "Anonymous";
    if (arn.find(":assumed-role/") != std::string::npos)
        return "AssumedRole";
    if (arn.find(":federated-user/") != std::string::npos)
        return "FederatedUser";
    return arn.ends_with(":root") ? "Account" : "User";
}

aws::PolicyRequest policyRequest(const CallContext& context)
{
    aws::PolicyRequest request;
    request.action = "execute-api:Invoke";
    request.resource = methodArn(context);
    request.principalArn = context.identity.userArn;
    request.principalAccount = context.identity.accountId;
    putCallKeys(request, context.request, context.api->api.region, context.now);
    putKey(request, "aws:sourcevpce", VpcEndpoint::of(context.request).id);
    putKey(request, "aws:principalarn", aws::principalOf(context.identity.userArn));
    putKey(request, "aws:principalaccount", context.identity.accountId);
    putKey(request, "aws:userid", context.identity.user);
    putKey(request, "aws:principaltype", principalType(context.identity.userArn));
    return request;
}

Result<std::string> normalisedPolicy(const std::string& policy, const RestApi& api)
{
    if (policy.empty())
        return std::string();
    if (policy.size() > kMaxPolicy)
        return fail(errors::badRequest(
            "Resource policy size exceeds the limit of " + std::to_string(kMaxPolicy) + " bytes"));
    auto document = parsed(policy);
    // Some clients send back what GetRestApi gave them, with its quotes escaped.
    if (document.is_discarded())
        document = parsed(replaceAll(policy, "\\\"", "\""));
    if (!document.is_object() || !document.contains("Statement"))
        return fail(invalidPolicy());
    const auto arn = apiArn(api, api.account);
    auto& statements = document["Statement"];
    if (statements.is_object())
        expandStatement(statements, arn);
    else if (statements.is_array()) {
        for (auto& statement : statements)
            expandStatement(statement, arn);
    }
    auto text = document.dump();
    if (!PolicyDocument::parse(text, PolicyDocument::Kind::Resource))
        return fail(invalidPolicy());
    return text;
}

Result<std::optional<aws::PolicyVerdict>> resourcePolicyVerdict(const CallContext& context)
{
    const auto& text = context.deployment->policy;
    if (text.empty())
        return std::optional<aws::PolicyVerdict>();
    CORE_TRY(const auto policy, PolicyDocument::parse(text, PolicyDocument::Kind::Resource));
    return std::optional(policy.evaluate(policyRequest(context)));
}

tl::unexpected<GatewayFailure> deniedByResourcePolicy(
    const CallContext& context, const aws::PolicyVerdict& verdict)
{
    const auto who = context.identity.userArn.empty() ? std::string("anonymous") : context.identity.userArn;
    const bool explicitly = verdict.effect == PolicyEffect::Deny;
    const auto message = "User: " + who
        + " is not authorized to perform: execute-api:Invoke on resource: " + maskedMethodArn(context)
        + (explicitly ? " with an explicit deny in a resource-based policy"
                      : " because no resource-based policy allows the execute-api:Invoke action");
    return stopWith(GatewayResponseType::AccessDenied, message,
        explicitly ? "Statement " + verdict.statement + " of the resource policy denies it"
                   : "No statement of the resource policy allows it");
}

}
