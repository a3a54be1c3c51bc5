#include "core/lambda/invoke_access.h"

#include "core/aws/policy.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace core::lambda {

using nlohmann::json;

namespace {

bool isEnforced()
{
    const char* wish = std::getenv("CHAMBER_LAMBDA_PERMISSIONS");
    return wish && std::string_view(wish) == "enforce";
}

// A policy is about what it belongs to: what its statements name as their resource says nothing more.
std::string documentOf(const std::string& statements)
{
    auto list = json::parse(statements);
    for (auto& statement : list)
        statement.erase("Resource");
    return json{{"Version", "2012-10-17"}, {"Statement", std::move(list)}}.dump();
}

}

bool policyAllowsService(
    const std::string& policy, const InvokingService& service, std::string_view account, std::string& why)
{
    why = "It has no resource policy";
    if (policy.empty())
        return false;
    aws::PolicyRequest request;
    request.action = "lambda:InvokeFunction";
    request.principalService = service.name;
    request.keys["aws:sourceaccount"] = {std::string(account)};
    if (!service.arn.empty())
        request.keys["aws:sourcearn"] = {service.arn};
    const auto document = aws::PolicyDocument::parse(documentOf(policy), aws::PolicyDocument::Kind::Resource);
    const auto verdict = document ? document->evaluate(request) : aws::PolicyVerdict{};
    if (verdict.effect == aws::PolicyEffect::Allow) {
        why = "Statement " + verdict.statement + " of the resource policy allows it";
        return true;
    }
    why = verdict.effect == aws::PolicyEffect::Deny
        ? "Statement " + verdict.statement + " of the resource policy denies it"
        : "No statement of its resource policy allows it to " + service.name + " for " + service.arn;
    return false;
}

Result<> checkInvokingService(
    const InvokingService& service, const Function& function, const Alias* alias, trace::SpanScope& span)
{
    if (service.name.empty())
        return {};
    std::string why;
    const auto& policy = alias ? alias->policy : function.policy;
    if (policyAllowsService(policy, service, function.account, why)) {
        span.step("Permission for " + service.name, why, trace::Verdict::Pass);
        return {};
    }
    const bool enforced = isEnforced();
    span.step(enforced ? "Refused: no permission for " + service.name
                       : "Would be refused on AWS: no permission for " + service.name,
        why + "; lambda add-permission gives one", enforced ? trace::Verdict::Fail : trace::Verdict::Warn);
    if (!enforced)
        return {};
    return fail(ErrorKind::Denied, "AccessDeniedException", "Invalid permissions on Lambda function");
}

}
