#include "core/apigateway/stage_patch.h"

#include "core/apigateway/access_log.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/stage_rules.h"
#include "core/base/text.h"

#include <charconv>

namespace core::apigateway {

namespace {

// A stage with its API, as patches need it.
struct StageInApi {
    ApiDraft& draft;
    Stage& stage;
    bool mayLog = false;
};

// AWS lists what it knows, in these words and with these missing commas.
Error unknownStagePath(const PatchOperation& operation)
{
    return errors::badRequest("Invalid method setting path: " + operation.path
        + ". Must be one of: [/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, "
          "/clientCertificateId, "
          "/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, "
          "/{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, "
          "/{resourcePath}/{httpMethod}/logging/loglevel, "
          "/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/"
          "rateLimit"
          "/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, "
          "/{resourcePath}/{httpMethod}/caching/dataEncrypted, "
          "/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, "
          "/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, "
          "/*/*/metrics/enabled, "
          "/*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit "
          "/*/*/throttling/rateLimit "
          "/*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, "
          "/*/*/caching/requireAuthorizationForCacheControl, "
          "/*/*/caching/unauthorizedCacheControlHeaderStrategy, "
          "/variables/{variable_name}, /tracingEnabled]");
}

Error wrongOperation(const PatchOperation& operation)
{
    return errors::badRequest("Invalid " + operation.op + " operation with path: " + operation.path);
}

Error invalidValue(const PatchOperation& operation)
{
    return errors::badRequest(
        "Invalid value '" + operation.valueOrEmpty() + "' specified for path " + operation.path);
}

// As Java reads it: what is not "true" is false.
bool isTrue(const PatchOperation& operation)
{
    return equalsIgnoreCase(operation.valueOrEmpty(), "true");
}

Result<int> wholeOf(const PatchOperation& operation, int least, int most)
{
    const auto number = parseInteger(operation.valueOrEmpty());
    if (!number || *number < least || *number > most)
        return fail(invalidValue(operation));
    return static_cast<int>(*number);
}

Result<double> numberOf(const PatchOperation& operation, double least, double most)
{
    const auto& value = operation.valueOrEmpty();
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    // The comparison is false for what is no number.
    if (error != std::errc() || end != value.data() + value.size() || !(number >= least && number <= most))
        return fail(invalidValue(operation));
    return number;
}

Result<> patchDeployment(StageInApi& at, const PatchOperation& operation)
{
    if (!at.draft.hasDeployment(operation.valueOrEmpty()))
        return fail(errors::deploymentDoesNotExist());
    at.stage.deploymentId = operation.valueOrEmpty();
    return {};
}

Result<> patchDescription(StageInApi& at, const PatchOperation& operation)
{
    at.stage.description = operation.valueOrEmpty();
    return {};
}

Result<> patchVariable(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op != "remove")
        CORE_CHECK(checkVariable(operation.parts.back(), operation.valueOrEmpty()));
    patchEntry(at.stage.variables, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchDocumentation(StageInApi& at, const PatchOperation& operation)
{
    CORE_CHECK(checkDocumentationVersion(at.draft.api, operation.valueOrEmpty()));
    at.stage.documentationVersion = operation.valueOrEmpty();
    return {};
}

Result<> patchTracing(StageInApi& at, const PatchOperation& operation)
{
    at.stage.settings.tracingEnabled = isTrue(operation);
    return {};
}

Result<> patchCacheCluster(StageInApi& at, const PatchOperation& operation)
{
    auto& settings = at.stage.settings;
    settings.cacheClusterEnabled = isTrue(operation);
    if (settings.cacheClusterEnabled && settings.cacheClusterSize.empty())
        settings.cacheClusterSize = "0.5";
    return {};
}

Result<> patchCacheSize(StageInApi& at, const PatchOperation& operation)
{
    CORE_CHECK(checkCacheClusterSize(operation.valueOrEmpty()));
    at.stage.settings.cacheClusterSize = operation.valueOrEmpty();
    return {};
}

// A canary comes to be by its first setting; it takes no calls and has the stage's deployment until it is
// told.
CanarySettings& canaryOf(Stage& stage)
{
    if (!stage.settings.canary)
        stage.settings.canary.emplace(CanarySettings{.deploymentId = stage.deploymentId});
    return *stage.settings.canary;
}

Result<> removeCanary(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op != "remove")
        return fail(unknownStagePath(operation));
    at.stage.settings.canary.reset();
    return {};
}

Result<> patchCanaryPercent(StageInApi& at, const PatchOperation& operation)
{
    CORE_TRY(const auto percent, numberOf(operation, 0, 100));
    canaryOf(at.stage).percentTraffic = percent;
    return {};
}

Result<> patchCanaryDeployment(StageInApi& at, const PatchOperation& operation)
{
    if (!at.draft.hasDeployment(operation.valueOrEmpty()))
        return fail(errors::deploymentDoesNotExist());
    canaryOf(at.stage).deploymentId = operation.valueOrEmpty();
    return {};
}

Result<> patchCanaryCache(StageInApi& at, const PatchOperation& operation)
{
    canaryOf(at.stage).useStageCache = isTrue(operation);
    return {};
}

Result<> patchCanaryVariable(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op != "remove")
        CORE_CHECK(checkVariable(operation.parts.back(), operation.valueOrEmpty()));
    patchEntry(canaryOf(at.stage).stageVariableOverrides, operation, operation.valueOrEmpty());
    return {};
}

Result<> removeAccessLog(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op != "remove")
        return fail(wrongOperation(operation));
    at.stage.settings.accessLog.reset();
    return {};
}

AccessLogSettings& accessLogOf(Stage& stage)
{
    auto& log = stage.settings.accessLog;
    return log ? *log : log.emplace();
}

Result<> patchLogDestination(StageInApi& at, const PatchOperation& operation)
{
    CORE_CHECK(logGroupOf(operation.valueOrEmpty()));
    if (!at.mayLog)
        return fail(loggingNeedsRole());
    accessLogOf(at.stage).destinationArn = operation.valueOrEmpty();
    return {};
}

Result<> patchLogFormat(StageInApi& at, const PatchOperation& operation)
{
    CORE_CHECK(checkAccessLogFormat(operation.valueOrEmpty(), LoggedProtocol::Rest, {}));
    accessLogOf(at.stage).format = operation.valueOrEmpty();
    return {};
}

// "/*/*/…" or "/~1books~1{id}/GET/…": the name of the settings is their path as it came.
std::string settingsName(const PatchOperation& operation)
{
    const auto& path = operation.parts[0];
    return replaceAll(replaceAll(path, "~", "~0"), "/", "~1") + "/" + operation.parts[1];
}

// Settings of one method begin with those of all.
MethodSettings& settingsOf(Stage& stage, const std::string& name)
{
    auto& methods = stage.settings.methods;
    const auto all = methods.find("*/*");
    return methods.try_emplace(name, all == methods.end() ? MethodSettings{} : all->second).first->second;
}

Result<> patchMetrics(StageInApi& at, const PatchOperation& operation)
{
    settingsOf(at.stage, settingsName(operation)).metricsEnabled = isTrue(operation);
    return {};
}

Result<> patchDataTrace(StageInApi& at, const PatchOperation& operation)
{
    settingsOf(at.stage, settingsName(operation)).dataTraceEnabled = isTrue(operation);
    return {};
}

Result<> patchLogLevel(StageInApi& at, const PatchOperation& operation)
{
    const auto& level = operation.valueOrEmpty();
    if (level != "OFF" && level != "ERROR" && level != "INFO")
        return fail(
            errors::badRequest("Invalid logging level " + level + ". Must be one of: [OFF, ERROR, INFO]"));
    if (level != "OFF" && !at.mayLog)
        return fail(loggingNeedsRole());
    settingsOf(at.stage, settingsName(operation)).loggingLevel = level;
    return {};
}

constexpr int kMostBurst = 2'000'000'000;

Result<> patchBurst(StageInApi& at, const PatchOperation& operation)
{
    CORE_TRY(const auto limit, wholeOf(operation, -1, kMostBurst));
    settingsOf(at.stage, settingsName(operation)).throttlingBurstLimit = limit;
    return {};
}

Result<> patchRate(StageInApi& at, const PatchOperation& operation)
{
    CORE_TRY(const auto limit, numberOf(operation, -1, kMostBurst));
    settingsOf(at.stage, settingsName(operation)).throttlingRateLimit = limit;
    return {};
}

Result<> patchCaching(StageInApi& at, const PatchOperation& operation)
{
    settingsOf(at.stage, settingsName(operation)).cachingEnabled = isTrue(operation);
    return {};
}

Result<> patchTtl(StageInApi& at, const PatchOperation& operation)
{
    constexpr int kMostSeconds = 3600;
    CORE_TRY(const auto seconds, wholeOf(operation, 0, kMostSeconds));
    settingsOf(at.stage, settingsName(operation)).cacheTtlInSeconds = seconds;
    return {};
}

Result<> patchEncrypted(StageInApi& at, const PatchOperation& operation)
{
    settingsOf(at.stage, settingsName(operation)).cacheDataEncrypted = isTrue(operation);
    return {};
}

Result<> patchAuthorizedControl(StageInApi& at, const PatchOperation& operation)
{
    settingsOf(at.stage, settingsName(operation)).requireAuthorizationForCacheControl = isTrue(operation);
    return {};
}

Result<> patchControlStrategy(StageInApi& at, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "FAIL_WITH_403" && value != "SUCCEED_WITH_RESPONSE_HEADER"
        && value != "SUCCEED_WITHOUT_RESPONSE_HEADER")
        return fail(invalidValue(operation));
    settingsOf(at.stage, settingsName(operation)).unauthorizedCacheControlHeaderStrategy = value;
    return {};
}

// A path of two parts that nothing else takes names the settings of a method.
Result<> removeSettings(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op != "remove")
        return fail(unknownStagePath(operation));
    const auto name = settingsName(operation);
    if (at.stage.settings.methods.erase(name) == 0)
        return fail(errors::badRequest(
            "Cannot remove method setting " + name + " because there is no method setting for this method "));
    return {};
}

// Whether the certificate is there, the action finds out.
Result<> patchCertificate(StageInApi& at, const PatchOperation& operation)
{
    at.stage.settings.clientCertificateId = operation.op == "remove" ? "" : operation.valueOrEmpty();
    return {};
}

constexpr std::string_view kAnyOperation = "add remove replace";
constexpr std::string_view kSet = "add replace";

constexpr PatchRule<StageInApi> kPatchRules[] = {
    {"/deploymentId", "replace", patchDeployment},
    {"/description", "replace", patchDescription},
    {"/documentationVersion", "replace remove", patchDocumentation},
    {"/variables/*", kAnyOperation, patchVariable},
    {"/tracingEnabled", "replace", patchTracing},
    {"/cacheClusterEnabled", "replace", patchCacheCluster},
    {"/cacheClusterSize", "replace", patchCacheSize},
    {"/canarySettings", kAnyOperation, removeCanary},
    {"/canarySettings/percentTraffic", "replace", patchCanaryPercent},
    {"/canarySettings/deploymentId", "replace", patchCanaryDeployment},
    {"/canarySettings/useStageCache", "replace", patchCanaryCache},
    {"/canarySettings/stageVariableOverrides/*", "replace remove", patchCanaryVariable},
    {"/clientCertificateId", kAnyOperation, patchCertificate},
    {"/accessLogSettings", kAnyOperation, removeAccessLog},
    {"/accessLogSettings/destinationArn", kSet, patchLogDestination},
    {"/accessLogSettings/format", kSet, patchLogFormat},
    {"/*/*/metrics/enabled", kSet, patchMetrics},
    {"/*/*/logging/dataTrace", kSet, patchDataTrace},
    {"/*/*/logging/loglevel", kSet, patchLogLevel},
    {"/*/*/throttling/burstLimit", kSet, patchBurst},
    {"/*/*/throttling/rateLimit", kSet, patchRate},
    {"/*/*/caching/enabled", kSet, patchCaching},
    {"/*/*/caching/ttlInSeconds", kSet, patchTtl},
    {"/*/*/caching/dataEncrypted", kSet, patchEncrypted},
    {"/*/*/caching/requireAuthorizationForCacheControl", kSet, patchAuthorizedControl},
    {"/*/*/caching/unauthorizedCacheControlHeaderStrategy", kSet, patchControlStrategy},
    {"/*/*", kAnyOperation, removeSettings},
};

// What a canary has goes to the stage; the canary stays until it is removed.
Result<> promote(StageInApi& at, const PatchOperation& operation)
{
    const bool deployment =
        operation.path == "/deploymentId" && operation.from == "/canarySettings/deploymentId";
    const bool variables =
        operation.path == "/variables" && operation.from == "/canarySettings/stageVariableOverrides";
    if (!deployment && !variables)
        return fail(errors::badRequest("Invalid copy operation with path: " + operation.path + " and from "
            + operation.from
            + ". Valid copy:path are [/deploymentId, /variables] and valid copy:from are "
              "[/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"));
    const auto& canary = at.stage.settings.canary;
    if (!canary)
        return fail(errors::badRequest("Promotion not available. Canary does not exist."));
    if (deployment)
        at.stage.deploymentId = canary->deploymentId;
    else {
        for (const auto& [name, value] : canary->stageVariableOverrides)
            at.stage.variables[name] = value;
    }
    return {};
}

// AWS's words for an operation that a path does not take differ for stages.
Result<> patchOne(StageInApi& at, const PatchOperation& operation)
{
    if (operation.op == "copy")
        return promote(at, operation);
    for (const auto& rule : kPatchRules) {
        if (!matchesPatch(rule.pattern, operation))
            continue;
        if (allowsOperation(rule.operations, operation.op))
            return rule.apply(at, operation);
        // What a canary setting does not take is taken for the settings of a method.
        if (operation.op == "remove" && operation.parts.size() == 2)
            return removeSettings(at, operation);
        return fail(wrongOperation(operation));
    }
    return fail(unknownStagePath(operation));
}

}

Result<> patchStage(ApiDraft& draft, Stage& stage, const std::vector<PatchOperation>& operations, bool mayLog)
{
    StageInApi at{draft, stage, mayLog};
    for (const auto& operation : operations)
        CORE_CHECK(patchOne(at, operation));
    return {};
}

}
