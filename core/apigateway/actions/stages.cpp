#include "core/apigateway/actions.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/stage_rules.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// A stage with its API, as patches need it.
struct StageInApi {
    ApiDraft& draft;
    Stage& stage;
};

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

Result<> patchUnsupported(StageInApi&, const PatchOperation& operation)
{
    return fail(unsupportedPatchPath(operation));
}

constexpr std::string_view kAnyOperation = "add remove replace";

constexpr PatchRule<StageInApi> kPatchRules[] = {
    {"/deploymentId", "replace", patchDeployment},
    {"/description", "replace", patchDescription},
    {"/documentationVersion", "replace remove", patchDocumentation},
    {"/variables/*", kAnyOperation, patchVariable},
    {"/cacheClusterEnabled", kAnyOperation, patchUnsupported},
    {"/cacheClusterSize", kAnyOperation, patchUnsupported},
    {"/clientCertificateId", kAnyOperation, patchUnsupported},
    {"/tracingEnabled", kAnyOperation, patchUnsupported},
    {"/accessLogSettings", kAnyOperation, patchUnsupported},
    {"/accessLogSettings/*", kAnyOperation, patchUnsupported},
    {"/canarySettings", kAnyOperation, patchUnsupported},
    {"/canarySettings/*", kAnyOperation, patchUnsupported},
    {"/canarySettings/stageVariableOverrides/*", kAnyOperation, patchUnsupported},
    {"/*/*/metrics/*", kAnyOperation, patchUnsupported},
    {"/*/*/logging/*", kAnyOperation, patchUnsupported},
    {"/*/*/throttling/*", kAnyOperation, patchUnsupported},
    {"/*/*/caching/*", kAnyOperation, patchUnsupported},
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

Result<Stage*> findStage(ApiDraft& draft, const std::string& name)
{
    const auto found = draft.stages.find(name);
    if (found == draft.stages.end())
        return fail(errors::invalidStage());
    return &found->second;
}

}

Result<Outcome> createStage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    Stage stage;
    stage.stageName = text(input, "stageName");
    stage.deploymentId = text(input, "deploymentId");
    stage.description = text(input, "description");
    stage.documentationVersion = text(input, "documentationVersion");
    stage.variables = stringMap(input, "variables");
    stage.tags = stringMap(input, "tags");
    stage.createdDate = context.now;
    stage.lastUpdatedDate = context.now;
    return changeApi(
        service, context, request, unknownApi(context, request), [stage](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkStageName(stage.stageName));
            CORE_CHECK(checkVariables(stage.variables));
            CORE_CHECK(checkDocumentationVersion(draft.api, stage.documentationVersion));
            if (!draft.hasDeployment(stage.deploymentId))
                return fail(errors::deploymentDoesNotExist());
            if (!draft.stages.emplace(stage.stageName, stage).second)
                return fail(errors::conflict("Stage already exists"));
            return toJson(stage);
        });
}

Result<Outcome> getStages(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto deploymentId = text(request.input(), "deploymentId");
    json items = json::array();
    for (const auto& [name, stage] : state->stages) {
        if (deploymentId.empty() || stage.deploymentId == deploymentId)
            items.push_back(toJson(stage));
    }
    return Reply::of({{"item", std::move(items)}});
}

Result<Outcome> getStage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto found = state->stages.find(text(request.input(), "stageName"));
    if (found == state->stages.end())
        return fail(errors::invalidStage());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateStage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), name = text(request.input(), "stageName"), now = context.now](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto stage, findStage(draft, name));
            StageInApi at{draft, *stage};
            CORE_CHECK(applyPatch<StageInApi>(at, operations, kPatchRules, unknownStagePath));
            stage->lastUpdatedDate = now;
            return toJson(*stage);
        });
}

Result<Outcome> deleteStage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, unknownApi(context, request),
        [name = text(request.input(), "stageName")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findStage(draft, name));
            draft.stages.erase(name);
            return json(nullptr);
        });
}

}
