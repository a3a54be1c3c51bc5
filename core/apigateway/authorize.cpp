#include "core/apigateway/cognito_authorizer.h"
#include "core/apigateway/iam_authorization.h"
#include "core/apigateway/lambda_authorizer.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/steps.h"

namespace core::apigateway {

namespace {

using aws::PolicyEffect;
using Policy = std::optional<aws::PolicyVerdict>; // of the resource policy; nullopt when there is none

void note(PhaseOutcome& phase, Micros begin, const GatewayFailure* failure)
{
    phase.latency = steadyMicros() - begin;
    phase.status = failure ? gatewayResponse(failure->type).status : 200;
    if (failure)
        phase.error =
            failure->message.empty() ? std::string(gatewayResponse(failure->type).message) : failure->message;
}

// Runs one phase and leaves how it ended to access logs.
template <typename Work>
auto measured(CallContext& context, PhaseOutcome CallMeasures::*phase, const Work& work) -> decltype(work())
{
    const Micros begin = steadyMicros();
    auto result = work();
    note(context.measures.*phase, begin, result ? nullptr : &result.error());
    return result;
}

const Authorizer* authorizerOf(const CallContext& context)
{
    const auto found = context.deployment->authorizers.find(context.method->authorizerId);
    return found == context.deployment->authorizers.end() ? nullptr : &found->second;
}

void passedByPolicy(CallContext& context, const Policy& policy)
{
    if (policy)
        context.step("Authorize", "Statement " + policy->statement + " of the resource policy allows it",
            trace::Verdict::Pass);
}

// Where the resource policy must allow by itself: open methods and user pools.
StepResult mustAllow(CallContext& context, const Policy& policy)
{
    if (policy && policy->effect != PolicyEffect::Allow)
        return deniedByResourcePolicy(context, *policy);
    passedByPolicy(context, policy);
    return {};
}

tl::unexpected<GatewayFailure> deniedByAuthorizer(
    const Authorizer& authorizer, const aws::PolicyVerdict& verdict)
{
    const bool explicitly = verdict.effect == PolicyEffect::Deny;
    return stopWith(GatewayResponseType::AccessDenied,
        explicitly
            ? "User is not authorized to access this resource with an explicit deny in an identity-based "
              "policy"
            : "User is not authorized to access this resource because no identity-based policy allows the "
              "execute-api:Invoke action",
        explicitly
            ? "Statement " + verdict.statement + " of authorizer " + authorizer.name + "'s policy denies it"
            : "No statement of authorizer " + authorizer.name + "'s policy allows it");
}

// An explicit denial of the resource policy comes before the function is asked; either policy may allow.
StepResult byLambda(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment, const Policy& policy)
{
    if (policy && policy->effect == PolicyEffect::Deny)
        return deniedByResourcePolicy(context, *policy);
    context.logLine("Starting authorizer: " + authorizer.id + " for request: " + context.requestId);
    const auto verdict = measured(context, &CallMeasures::authorizer,
        [&] { return lambdaAuthorizerVerdict(authorizer, context, environment); });
    if (!verdict) {
        if (verdict.error().type == GatewayResponseType::Unauthorized)
            context.logLine("Unauthorized request: " + context.requestId, ExecutionLog::Kind::Failure);
        return tl::unexpected(verdict.error());
    }
    context.logLine("Successfully completed authorizer execution");
    const auto request = policyRequest(context);
    const auto own = (*verdict)->policy.evaluate(request);
    const bool allowed = own.effect == PolicyEffect::Allow
        || (own.effect == PolicyEffect::None && policy && policy->effect == PolicyEffect::Allow);
    context.authorizer = (*verdict)->answer; // of denials too: the gateway response and access logs tell it
    if (!allowed)
        return deniedByAuthorizer(authorizer, own);
    context.step("Authorize",
        own.effect == PolicyEffect::Allow
            ? "Statement " + own.statement + " of authorizer " + authorizer.name + "'s policy allows "
                + context.authorizer->principalId + " " + request.resource
            : "Statement " + policy->statement + " of the resource policy allows it",
        trace::Verdict::Pass);
    return {};
}

// Within its own account a caller has all rights; another account's needs the resource policy's leave.
StepResult bySignature(CallContext& context, const Policy&)
{
    auto known =
        measured(context, &CallMeasures::authenticate, [&] { return authorizeBySignature(context); });
    if (!known)
        return known;
    const auto policy = resourcePolicyVerdict(context); // now that the caller is known
    if (!policy)
        return stop(GatewayResponseType::ApiConfigurationError, policy.error().message);
    const bool foreign = context.identity.accountId != context.api->api.account;
    const auto verdict = policy->value_or(aws::PolicyVerdict{});
    if (verdict.effect == PolicyEffect::Deny || (foreign && verdict.effect != PolicyEffect::Allow))
        return deniedByResourcePolicy(context, verdict);
    if (verdict.effect == PolicyEffect::Allow)
        passedByPolicy(context, *policy);
    return {};
}

StepResult byUserPool(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment, const Policy& policy)
{
    context.logLine("Starting authorizer: " + authorizer.id + " for request: " + context.requestId);
    auto known = measured(context, &CallMeasures::authorizer,
        [&] { return authorizeByUserPool(authorizer, context, environment); });
    if (!known) {
        context.logLine("Unauthorized request: " + context.requestId, ExecutionLog::Kind::Failure);
        return known;
    }
    context.logLine("Successfully completed authorizer execution");
    return mustAllow(context, policy);
}

}

namespace {

// The order and the mutual force of resource policy and authorization type are those of the developer guide's
// "How API Gateway resource policies affect authorization workflow".
StepResult decide(CallContext& context, CallEnvironment& environment)
{
    const auto policy = resourcePolicyVerdict(context);
    if (!policy)
        return stop(GatewayResponseType::ApiConfigurationError, policy.error().message);
    const auto& type = context.method->authorizationType;
    if (type == "NONE") {
        if (!*policy)
            context.step("Authorize", "Open: authorizationType is NONE and the API has no resource policy",
                trace::Verdict::Pass);
        return mustAllow(context, *policy);
    }
    if (type == "AWS_IAM")
        return bySignature(context, *policy);
    const auto* authorizer = authorizerOf(context);
    if (!authorizer)
        return stop(GatewayResponseType::AuthorizerConfigurationError,
            "The API has no authorizer " + context.method->authorizerId);
    return type == "COGNITO_USER_POOLS" ? byUserPool(*authorizer, context, environment, *policy)
                                        : byLambda(*authorizer, context, environment, *policy);
}

// Open methods of an API without a policy have nothing to decide.
bool decides(const CallContext& context)
{
    return context.method->authorizationType != "NONE" || !context.deployment->policy.empty();
}

}

StepResult authorize(CallContext& context, CallEnvironment& environment)
{
    if (context.isTest) {
        context.step("Authorize", "A test calls the method without its authorization");
        return {};
    }
    const Micros begin = steadyMicros();
    auto result = decide(context, environment);
    const auto& measures = context.measures;
    const auto failed = [](const PhaseOutcome& phase) { return phase.status && *phase.status != 200; };
    // Who could not be identified is not authorized either way: that phase was not reached.
    if (decides(context) && !failed(measures.authenticate) && !failed(measures.authorizer))
        note(context.measures.authorize, begin, result ? nullptr : &result.error());
    return result;
}

}
