#include "core/apigateway/stage_settings.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::string_view kAllMethods = "*/*";
constexpr std::array<std::string_view, 8> kSizes{"0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"};

// "~1books~1{id}/GET", "books/GET" → "books/{id}" and "GET".
std::pair<std::string, std::string> takeApart(std::string_view name)
{
    const auto slash = name.rfind('/');
    auto path = replaceAll(replaceAll(std::string(name.substr(0, slash)), "~1", "/"), "~0", "~");
    path.erase(0, std::min(path.find_first_not_of('/'), path.size()));
    return {std::move(path), std::string(name.substr(slash + 1))};
}

json methodJson(const MethodSettings& settings)
{
    json out{{"metricsEnabled", settings.metricsEnabled}, {"dataTraceEnabled", settings.dataTraceEnabled},
        {"throttlingBurstLimit", settings.throttlingBurstLimit},
        {"throttlingRateLimit", settings.throttlingRateLimit}, {"cachingEnabled", settings.cachingEnabled},
        {"cacheTtlInSeconds", settings.cacheTtlInSeconds},
        {"cacheDataEncrypted", settings.cacheDataEncrypted},
        {"requireAuthorizationForCacheControl", settings.requireAuthorizationForCacheControl},
        {"unauthorizedCacheControlHeaderStrategy", settings.unauthorizedCacheControlHeaderStrategy}};
    if (!settings.loggingLevel.empty())
        out["loggingLevel"] = settings.loggingLevel;
    return out;
}

MethodSettings methodSettings(const json& from)
{
    MethodSettings settings;
    settings.metricsEnabled = flag(from, "metricsEnabled");
    settings.loggingLevel = text(from, "loggingLevel");
    settings.dataTraceEnabled = flag(from, "dataTraceEnabled");
    settings.throttlingBurstLimit = from.value("throttlingBurstLimit", settings.throttlingBurstLimit);
    settings.throttlingRateLimit = from.value("throttlingRateLimit", settings.throttlingRateLimit);
    settings.cachingEnabled = flag(from, "cachingEnabled");
    settings.cacheTtlInSeconds = from.value("cacheTtlInSeconds", settings.cacheTtlInSeconds);
    settings.cacheDataEncrypted = flag(from, "cacheDataEncrypted");
    settings.requireAuthorizationForCacheControl = flag(from, "requireAuthorizationForCacheControl");
    settings.unauthorizedCacheControlHeaderStrategy = text(from, "unauthorizedCacheControlHeaderStrategy");
    return settings;
}

json canaryJson(const CanarySettings& canary)
{
    json out{{"percentTraffic", canary.percentTraffic}, {"deploymentId", canary.deploymentId},
        {"useStageCache", canary.useStageCache}};
    if (!canary.stageVariableOverrides.empty())
        out["stageVariableOverrides"] = canary.stageVariableOverrides;
    return out;
}

}

const MethodSettings* StageSettings::find(
    std::string_view resourcePath, std::string_view verb, std::string_view method) const
{
    const auto path = resourcePath.substr(std::min(resourcePath.find_first_not_of('/'), resourcePath.size()));
    const MethodSettings* byMethod = nullptr;
    const MethodSettings* forAll = nullptr;
    for (const auto& [name, settings] : methods) {
        if (name == kAllMethods) {
            forAll = &settings;
            continue;
        }
        const auto [settingsPath, settingsVerb] = takeApart(name);
        if (settingsPath != path)
            continue;
        if (settingsVerb == verb)
            return &settings;
        if (settingsVerb == method)
            byMethod = &settings;
    }
    return byMethod ? byMethod : forAll;
}

bool StageSettings::isForAll(const MethodSettings* found) const
{
    const auto all = methods.find(std::string(kAllMethods));
    return all != methods.end() && found == &all->second;
}

void writeSettings(json& into, const StageSettings& settings)
{
    into["methodSettings"] = json::object();
    for (const auto& [name, method] : settings.methods)
        into["methodSettings"][name] = methodJson(method);
    into["cacheClusterEnabled"] = settings.cacheClusterEnabled;
    into["cacheClusterStatus"] = settings.cacheClusterEnabled ? "AVAILABLE" : "NOT_AVAILABLE";
    if (!settings.cacheClusterSize.empty())
        into["cacheClusterSize"] = settings.cacheClusterSize;
    into["tracingEnabled"] = settings.tracingEnabled;
    if (!settings.clientCertificateId.empty())
        into["clientCertificateId"] = settings.clientCertificateId;
    if (settings.canary)
        into["canarySettings"] = canaryJson(*settings.canary);
    if (const auto& log = settings.accessLog) {
        auto& shown = into["accessLogSettings"] = json::object();
        if (!log->format.empty())
            shown["format"] = log->format;
        if (!log->destinationArn.empty())
            shown["destinationArn"] = log->destinationArn;
    }
}

StageSettings readSettings(const json& from)
{
    StageSettings settings;
    const auto methods = from.value("methodSettings", json::object());
    for (const auto& [name, method] : methods.items())
        settings.methods[name] = methodSettings(method);
    settings.cacheClusterEnabled = flag(from, "cacheClusterEnabled");
    settings.cacheClusterSize = text(from, "cacheClusterSize");
    settings.tracingEnabled = flag(from, "tracingEnabled");
    settings.clientCertificateId = text(from, "clientCertificateId");
    if (const auto canary = from.find("canarySettings"); canary != from.end()) {
        settings.canary.emplace(
            CanarySettings{canary->value("percentTraffic", 0.0), text(*canary, "deploymentId"),
                stringMap(*canary, "stageVariableOverrides"), flag(*canary, "useStageCache")});
    }
    if (const auto log = from.find("accessLogSettings"); log != from.end())
        settings.accessLog.emplace(AccessLogSettings{text(*log, "destinationArn"), text(*log, "format")});
    return settings;
}

Result<CanarySettings> canarySettings(const json& from, const std::string& deploymentId)
{
    CanarySettings canary{from.value("percentTraffic", 0.0), deploymentId,
        stringMap(from, "stageVariableOverrides"), flag(from, "useStageCache")};
    if (!(canary.percentTraffic >= 0 && canary.percentTraffic <= 100))
        return fail(errors::badRequest(
            "Invalid canary percentTraffic value specified. Must be between 0.0 and 100.0"));
    return canary;
}

Result<> checkCacheClusterSize(const std::string& size)
{
    if (std::find(kSizes.begin(), kSizes.end(), size) == kSizes.end())
        return fail(errors::badRequest("Invalid cache cluster size: " + size
            + ". Must be one of: [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237]"));
    return {};
}

}
