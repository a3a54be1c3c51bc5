#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// What a stage says of one method ("~1books/GET") or of all ("*/*"). The defaults are AWS's.
struct MethodSettings {
    bool metricsEnabled = false;
    std::string loggingLevel; // "", OFF, ERROR or INFO
    bool dataTraceEnabled = false;
    int throttlingBurstLimit = 5000; // -1: the account's alone
    double throttlingRateLimit = 10'000; // requests a second; -1: the account's alone
    bool cachingEnabled = false;
    int cacheTtlInSeconds = 300;
    bool cacheDataEncrypted = false;
    bool requireAuthorizationForCacheControl = true;
    std::string unauthorizedCacheControlHeaderStrategy = "SUCCEED_WITH_RESPONSE_HEADER";
};

// A second deployment that takes a part of the stage's calls.
struct CanarySettings {
    double percentTraffic = 0;
    std::string deploymentId = {};
    std::map<std::string, std::string> stageVariableOverrides = {};
    bool useStageCache = false;
};

// Where a stage's access log goes, and what its lines have of each call.
struct AccessLogSettings {
    std::string destinationArn = {};
    std::string format = {};
};

// What a stage has beside its deployment and its variables.
struct StageSettings {
    std::map<std::string, MethodSettings> methods; // as AWS names them: "*/*", "books/GET", "~1books/GET"
    bool cacheClusterEnabled = false;
    std::string cacheClusterSize; // "0.5" … "237", "" when never set
    std::optional<CanarySettings> canary;
    std::optional<AccessLogSettings> accessLog;
    bool tracingEnabled = false;
    std::string clientCertificateId; // "" for none

    // The settings that hold for a method of a resource ("/books/{id}"), by the verb of the request or of the
    // method that serves it ("ANY"); null when the stage says nothing.
    const MethodSettings* find(
        std::string_view resourcePath, std::string_view verb, std::string_view method) const;
    // Whether the settings found are those of all methods.
    bool isForAll(const MethodSettings* found) const;
};

// Puts the settings' members into a stage's JSON, as AWS shows them and as the store keeps them.
void writeSettings(nlohmann::json& into, const StageSettings& settings);
StageSettings readSettings(const nlohmann::json& from);

// From a request's canarySettings; AWS's error for a percentage that is none.
Result<CanarySettings> canarySettings(const nlohmann::json& from, const std::string& deploymentId);
// AWS's error for a size that is none.
Result<> checkCacheClusterSize(const std::string& size);

}
