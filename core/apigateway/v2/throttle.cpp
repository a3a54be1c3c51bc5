#include "core/apigateway/rate_buckets.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/apigateway/v2/route_settings.h"

#include <array>

namespace core::apigateway::v2 {

namespace {

std::string shown(double number)
{
    auto text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

StepResult throttle(Call& call, CallEnvironment& environment)
{
    const auto rate = routeSetting(*call.stage, call.route->routeKey, &RouteSettings::throttlingRateLimit);
    const auto burst = routeSetting(*call.stage, call.route->routeKey, &RouteSettings::throttlingBurstLimit);
    if (!rate && !burst) {
        call.step("Throttle", "No limit: the stage has no throttling settings for " + call.route->routeKey);
        return {};
    }
    const RateLimit limit{rate.value_or(kAccountRate), burst ? *burst : kAccountBurst};
    const std::array wanted{RateBuckets::Wanted{
        call.api->api.apiId + '/' + call.stage->stageName + '/' + call.route->routeKey, limit}};
    const auto decision = environment.buckets.take(wanted, call.now);
    const auto rule = shown(limit.rate) + " a second, burst " + shown(limit.burst);
    if (!decision.isAdmitted)
        return stop(429, "Too Many Requests", "The bucket of " + call.route->routeKey + " is empty: " + rule);
    call.step("Throttle", rule + "; " + shown(decision.levels.front()) + " left", trace::Verdict::Pass);
    return {};
}

} // namespace core::apigateway::v2
