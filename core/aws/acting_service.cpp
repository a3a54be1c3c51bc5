#include "core/aws/acting_service.h"

#include "core/aws/policy.h"

namespace core::aws {

bool policyAllows(
    std::string_view policy, const ActingService& service, const WantedUse& wanted, std::string& why)
{
    const auto document = PolicyDocument::parse(policy, PolicyDocument::Kind::Resource);
    PolicyRequest request;
    request.action = wanted.action;
    request.resource = wanted.resource;
    request.principalService = service.principal;
    request.keys["aws:sourcearn"] = {service.sourceArn};
    request.keys["aws:sourceaccount"] = {service.sourceAccount};
    const auto verdict = document ? document->evaluate(request) : PolicyVerdict{};
    const std::string name(wanted.policyName);
    if (verdict.effect == PolicyEffect::Allow) {
        why = "Statement " + verdict.statement + " of " + name + " allows it";
        return true;
    }
    why = verdict.effect == PolicyEffect::Deny
        ? "Statement " + verdict.statement + " of " + name + " denies it"
        : "No statement of " + name + " lets " + service.principal + ' ' + std::string(wanted.verb) + " for "
            + service.sourceArn + ": " + std::string(wanted.remedy);
    return false;
}

}
