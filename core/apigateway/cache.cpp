#include "core/apigateway/cache_key.h"
#include "core/apigateway/stage_cache.h"
#include "core/apigateway/steps.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kWarning =
    "199 Cache-control headers were ignored because the caller was unauthorized.";

// Why a method's answers are not cached; "" when they are.
std::string whyNot(const CallContext& context, const MethodSettings* settings)
{
    const auto& stage = context.stage->settings;
    if (!stage.cacheClusterEnabled)
        return "Stage " + context.stage->stageName + " has no cache cluster";
    if (!settings || !settings->cachingEnabled)
        return "Caching is not enabled for " + context.method->httpMethod + " " + context.resource->path;
    if (context.method->integration && context.method->integration->streams())
        return "Streamed answers are not cached";
    if (settings->cacheTtlInSeconds == 0)
        return "cacheTtlInSeconds is 0";
    // What holds for all methods holds for GET alone.
    if (stage.isForAll(settings) && context.request.method != "GET")
        return "Only GET is cached unless the method has settings of its own";
    return {};
}

CachePlace placeOf(const CallContext& context, const MethodSettings& settings)
{
    const auto& stage = context.stage->settings;
    CachePlace place;
    place.stage = cacheName(*context.api, *context.stage);
    if (context.isCanary && !stage.canary->useStageCache)
        place.stage += "/canary";
    place.key = cacheKey(context);
    place.ttl = settings.cacheTtlInSeconds * kSecond;
    place.budget = cacheBudget(stage.cacheClusterSize);
    return place;
}

// Cache-Control: max-age=0 asks for a new answer.
bool asksAnew(const CallContext& context)
{
    const auto control = context.request.headers.joined("Cache-Control");
    for (const auto directive : split(control, ',')) {
        if (equalsIgnoreCase(trimmed(directive), "max-age=0"))
            return true;
    }
    return false;
}

// IAM says who may invalidate; a caller whose signature holds may do everything in a chamber.
bool mayInvalidate(const CallContext& context, const MethodSettings& settings)
{
    return !settings.requireAuthorizationForCacheControl || context.method->authorizationType == "AWS_IAM";
}

// Whether the entry is left aside. An invalidation without permission fails, or counts for nothing.
tl::expected<bool, GatewayFailure> invalidates(CallContext& context, const MethodSettings& settings)
{
    if (!asksAnew(context))
        return false;
    if (mayInvalidate(context, settings)) {
        context.step("Cache", "Cache-Control: max-age=0 invalidates the entry", trace::Verdict::Note);
        return true;
    }
    const auto& strategy = settings.unauthorizedCacheControlHeaderStrategy;
    if (strategy == "FAIL_WITH_403")
        return stop(GatewayResponseType::Forbidden,
            "Cache-Control: max-age=0 wants an authorized caller (requireAuthorizationForCacheControl)");
    context.warnsOfCacheControl = strategy == "SUCCEED_WITH_RESPONSE_HEADER";
    context.step("Cache",
        "Cache-Control: max-age=0 is ignored: the caller is not authorized (" + strategy + ")",
        trace::Verdict::Warn);
    return false;
}

void warn(const CallContext& context, http::Response& response)
{
    if (context.warnsOfCacheControl)
        response.headers.add("Warning", std::string(kWarning));
}

}

StepResult readCache(CallContext& context, CallEnvironment& environment)
{
    if (context.isTest)
        return {};
    const auto* settings = context.stage->settings.find(
        context.resource->path, context.request.method, context.method->httpMethod);
    if (const auto reason = whyNot(context, settings); !reason.empty()) {
        context.step("Cache", reason);
        return {};
    }
    auto place = std::make_shared<CachePlace>(placeOf(context, *settings));
    const auto anew = invalidates(context, *settings);
    if (!anew)
        return tl::unexpected(anew.error());
    if (*anew)
        environment.cache.erase(*place);
    const auto known = environment.cache.find(*place, context.now);
    if (!known) {
        context.step("Cache", "Miss: no fresh answer for " + shownCacheKey(context));
        context.cachePlace = std::move(place);
        return {};
    }
    context.response = known->response;
    context.isAnswered = true;
    warn(context, context.response);
    context.step("Cache",
        "Hit: " + shownCacheKey(context) + ", kept " + std::to_string((context.now - known->kept) / kSecond)
            + " s ago, fresh for " + std::to_string((known->expires - context.now) / kSecond) + " s",
        trace::Verdict::Pass);
    return {};
}

// Only successful answers are kept.
StepResult keepInCache(CallContext& context, CallEnvironment& environment)
{
    if (!context.cachePlace)
        return {};
    auto& response = context.response;
    const auto seconds = std::to_string(context.cachePlace->ttl / kSecond);
    if (response.status < 200 || response.status > 299)
        context.step("Keep in cache", "Not kept: status " + std::to_string(response.status));
    else if (environment.cache.put(*context.cachePlace, response, environment.clock.now()))
        context.step("Keep in cache", "Kept for " + seconds + " s", trace::Verdict::Pass);
    else
        context.step("Keep in cache", "Not kept: the response is larger than 1 MiB or than the cache");
    warn(context, response);
    return {};
}

}
