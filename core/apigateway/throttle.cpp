#include "core/apigateway/stage_logs.h"
#include "core/apigateway/steps.h"
#include "core/apigateway/usage_control.h"

#include <array>
#include <cstdio>

namespace core::apigateway {

namespace {

std::string shownNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.15g", value);
    return text.data();
}

std::string shownLevel(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

// The buckets of one call, with what the track calls them.
struct Limits {
    std::vector<RateBuckets::Wanted> buckets;
    std::vector<std::string> titles;

    void add(std::string title, std::string name, RateLimit limit)
    {
        titles.push_back(std::move(title));
        buckets.push_back({std::move(name), limit});
    }
};

// The plan's limits for the method ("/books/{id}/GET"), else for all of the plan.
void addPlan(const CallContext& context, const RateLimit& account, Limits& limits)
{
    const auto& plan = *context.usagePlan;
    const auto* stage = plan.find(context.api->api.id, context.address.stage);
    const Throttle* found = nullptr;
    std::string title = "usage plan " + plan.name;
    std::string name = "plan/" + plan.id + "/" + context.identity.apiKeyId;
    for (const auto& verb : {context.request.method, context.method->httpMethod}) {
        const auto path = context.resource->path + "/" + verb;
        if (found || !stage || !stage->throttle.contains(path))
            continue;
        found = &stage->throttle.at(path);
        title += " for " + path;
        name += "/" + stage->apiId + ":" + stage->stage + path;
    }
    if (!found && plan.throttle)
        found = &*plan.throttle;
    if (!found)
        return;
    limits.add(std::move(title), std::move(name),
        {found->rateLimit.value_or(account.rate), found->burstLimit ? *found->burstLimit : account.burst});
}

void addStage(const CallContext& context, Limits& limits)
{
    const auto& path = context.resource->path;
    const auto* settings =
        context.stage->settings.find(path, context.request.method, context.method->httpMethod);
    if (!settings || settings->throttlingRateLimit < 0 || settings->throttlingBurstLimit < 0)
        return;
    // Limits for all methods hold for each of them by itself.
    limits.add("stage " + context.stage->stageName + " for " + context.method->httpMethod + " " + path,
        "stage/" + context.api->api.id + "/" + context.stage->stageName + path + "/"
            + context.method->httpMethod,
        {settings->throttlingRateLimit, static_cast<double>(settings->throttlingBurstLimit)});
}

std::string shown(const Limits& limits, const RateBuckets::Decision& decision, std::size_t index)
{
    const auto& limit = limits.buckets[index].limit;
    return limits.titles[index] + ": " + shownLevel(decision.levels[index]) + " of "
        + shownNumber(limit.burst) + " tokens, " + shownNumber(limit.rate) + " a second";
}

StepResult takeTokens(CallContext& context, CallEnvironment& environment)
{
    const auto account = environment.usage.account(context.api->api.region);
    Limits limits;
    if (context.usagePlan)
        addPlan(context, account.throttle, limits);
    addStage(context, limits);
    limits.add("account in " + account.region, "account/" + account.region, account.throttle);
    const auto decision = environment.usage.buckets.take(limits.buckets, context.now);
    if (!decision.isAdmitted)
        return stop(GatewayResponseType::Throttled,
            "Less than one token left for " + shown(limits, decision, decision.emptyOne));
    std::string levels;
    for (std::size_t i = 0; i < limits.titles.size(); ++i)
        levels += (i > 0 ? "; " : "") + shown(limits, decision, i);
    context.step("Throttle", "One token taken. Left for " + levels, trace::Verdict::Pass);
    return {};
}

StepResult takeQuota(CallContext& context, CallEnvironment& environment)
{
    if (!context.usagePlan)
        return {};
    const auto& plan = *context.usagePlan;
    const auto count = environment.usage.meter.take(plan, context.identity.apiKeyId, context.now);
    if (!plan.quota) {
        context.step("Throttle",
            "Usage plan " + plan.name + " has no quota; the key has made " + std::to_string(count.used)
                + " requests");
        return {};
    }
    const auto begin = dateText(periodBegin(*plan.quota, dayOf(context.now)));
    const auto period = std::to_string(plan.quota->limit) + " a " + std::string(wireName(plan.quota->period))
        + ", counted since " + begin;
    if (!count.isAdmitted)
        return stop(GatewayResponseType::QuotaExceeded,
            "The key has used the quota of usage plan " + plan.name + ": " + period);
    context.step("Throttle",
        "Quota of usage plan " + plan.name + ": " + std::to_string(count.left) + " requests left of "
            + period,
        trace::Verdict::Pass);
    return {};
}

}

// Limits in AWS's order: the plan's for this key, the stage's for this method, the account's. What is
// throttled does not count towards the quota.
StepResult throttle(CallContext& context, CallEnvironment& environment)
{
    if (context.isTest)
        return {};
    if (const auto taken = takeTokens(context, environment); !taken)
        return taken;
    if (auto taken = takeQuota(context, environment); !taken)
        return taken;
    // What is admitted begins to be executed, as execution logs see it.
    logBeginning(context, context.request);
    return {};
}

}
