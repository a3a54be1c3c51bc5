#include "core/apigateway/stage_logs.h"
#include "core/apigateway/steps.h"
#include "core/apigateway/usage_control.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kHeader = "x-api-key";

// What the caller sent, or what the authorizer says that it is.
std::string sentKey(const CallContext& context)
{
    if (context.api->api.apiKeySource == "AUTHORIZER")
        return context.authorizer ? context.authorizer->usageIdentifierKey : std::string();
    return std::string(context.request.headers.get(kHeader));
}

// Keys are secrets: the track shows their ends.
std::string shownKey(const std::string& value)
{
    constexpr std::size_t kShown = 4;
    return value.size() <= 2 * kShown ? "…" : "…" + value.substr(value.size() - kShown);
}

std::string missingKey(const CallContext& context)
{
    return context.api->api.apiKeySource == "AUTHORIZER"
        ? "The API takes keys from its authorizer (apiKeySource is AUTHORIZER), whose answer has no "
          "usageIdentifierKey"
        : "The method requires an API key and the request has no x-api-key header";
}

}

StepResult checkApiKey(CallContext& context, CallEnvironment& environment)
{
    if (!context.method->apiKeyRequired) {
        context.step("API key", "The method requires none");
        logApiKey(context, {}, {});
        return {};
    }
    if (context.isTest) {
        context.step("API key", "A test needs none");
        return {};
    }
    const auto sent = sentKey(context);
    if (sent.empty()) {
        logApiKey(context, {}, "No API Key");
        return stop(GatewayResponseType::InvalidApiKey, missingKey(context));
    }
    const auto key = environment.usage.keyOfValue(context.api->api.region, sent);
    if (!key) {
        logApiKey(context, sent, "API Key was not found");
        return stop(GatewayResponseType::InvalidApiKey, "No API key has the value " + shownKey(sent));
    }
    const auto named = (key->name.empty() ? key->id : key->name) + " (" + key->id + ")";
    if (!key->enabled) {
        logApiKey(context, sent, "API Key is not enabled");
        return stop(GatewayResponseType::InvalidApiKey, "The API key " + named + " is not enabled");
    }
    context.usagePlan = environment.usage.planOf(*key, context.api->api.id, context.address.stage);
    if (!context.usagePlan) {
        logApiKey(context, sent, "No Usage Plan found for key and API Stage");
        return stop(GatewayResponseType::InvalidApiKey,
            "The API key " + named + " is in no usage plan that has stage " + context.api->api.id + ":"
                + context.address.stage);
    }
    context.identity.apiKey = key->value;
    context.identity.apiKeyId = key->id;
    logApiKey(context, sent, {});
    context.step("API key", named + " is in usage plan " + context.usagePlan->name, trace::Verdict::Pass);
    return {};
}

}
