#include "core/apigateway/usage_control.h"

namespace core::apigateway {

std::shared_ptr<const ApiKey> UsageControl::keyOfValue(
    const std::string& region, const std::string& value) const
{
    const auto found = keys.indexed(region + "/" + value);
    return found.empty() ? nullptr : found.front();
}

std::shared_ptr<const UsagePlan> UsageControl::planOf(
    const ApiKey& key, std::string_view apiId, std::string_view stage) const
{
    for (const auto& membership : planKeys.indexed(recordKey(key))) {
        auto plan = plans.find(membership->region + "/" + membership->planId);
        if (plan && plan->find(apiId, stage))
            return plan;
    }
    return nullptr;
}

GatewayAccount UsageControl::account(const std::string& region) const
{
    const auto known = accounts.find(region);
    return known ? *known : GatewayAccount{.region = region};
}

void UsageControl::reset()
{
    keys.reset();
    plans.reset();
    planKeys.reset();
    accounts.reset();
    buckets.reset();
    meter.reset();
}

}
