#include "core/apigateway/usage_control.h"
#include "core/apigateway/v2/route_settings.h"
#include "core/apigateway/v2/socket_call.h"

namespace core::apigateway::v2 {

namespace {

// The buckets of one event, with what the track calls them.
struct Limits {
    std::vector<RateBuckets::Wanted> buckets;
    std::vector<std::string> titles;

    void add(std::string title, std::string name, RateLimit limit)
    {
        titles.push_back(std::move(title));
        buckets.push_back({std::move(name), limit});
    }
};

void addPlan(const SocketCall& call, const RateLimit& account, Limits& limits)
{
    if (!call.usagePlan || !call.usagePlan->throttle)
        return;
    const auto& plan = *call.usagePlan;
    limits.add("usage plan " + plan.name, "plan/" + plan.id + "/" + call.identity.apiKeyId,
        {plan.throttle->rateLimit.value_or(account.rate),
            plan.throttle->burstLimit ? *plan.throttle->burstLimit : account.burst});
}

void addRoute(const SocketCall& call, const RateLimit& account, Limits& limits)
{
    const auto rate = routeSetting(*call.stage, call.routeKey, &RouteSettings::throttlingRateLimit);
    const auto burst = routeSetting(*call.stage, call.routeKey, &RouteSettings::throttlingBurstLimit);
    if (!rate && !burst)
        return;
    limits.add("route " + call.routeKey + " of stage " + call.stage->stageName,
        "stage/" + call.api->api.apiId + "/" + call.stage->stageName + "/" + call.routeKey,
        {rate.value_or(account.rate), burst ? static_cast<double>(*burst) : account.burst});
}

SocketResult<void> takeQuota(SocketCall& call)
{
    if (!call.usagePlan)
        return {};
    const auto count = call.environment.usage.meter.take(*call.usagePlan, call.identity.apiKeyId, call.now);
    if (!count.isAdmitted)
        return socketRefusal(429, "Limit Exceeded",
            "The key has used the quota of usage plan " + call.usagePlan->name, "QUOTA_EXCEEDED");
    return {};
}

}

SocketResult<void> throttleSocket(SocketCall& call)
{
    auto& usage = call.environment.usage;
    const auto account = usage.account(call.api->api.region);
    Limits limits;
    addPlan(call, account.throttle, limits);
    addRoute(call, account.throttle, limits);
    limits.add("account in " + account.region, "account/" + account.region, account.throttle);
    const auto decision = usage.buckets.take(limits.buckets, call.now);
    if (!decision.isAdmitted)
        return socketRefusal(429, "Too Many Requests",
            "Less than one token left for " + limits.titles[decision.emptyOne], "THROTTLED");
    return takeQuota(call);
}

}
