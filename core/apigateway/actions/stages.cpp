#include "core/apigateway/account_records.h"
#include "core/apigateway/actions.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/log_group_check.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/stage_cache.h"
#include "core/apigateway/stage_patch.h"
#include "core/apigateway/stage_rules.h"
#include "core/apigateway/tag_rules.h"
#include "core/apigateway/usage_control.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<Stage*> findStage(ApiDraft& draft, const std::string& name)
{
    const auto found = draft.stages.find(name);
    if (found == draft.stages.end())
        return fail(errors::invalidStage());
    return &found->second;
}

// The settings of a CreateStage; a canary's deployment is checked with the API.
Result<StageSettings> newSettings(const json& input)
{
    StageSettings settings;
    settings.tracingEnabled = flag(input, "tracingEnabled");
    settings.cacheClusterEnabled = flag(input, "cacheClusterEnabled");
    settings.cacheClusterSize = text(input, "cacheClusterSize");
    if (settings.cacheClusterEnabled && settings.cacheClusterSize.empty())
        settings.cacheClusterSize = "0.5";
    if (const auto canary = input.find("canarySettings"); canary != input.end()) {
        const auto own = text(*canary, "deploymentId");
        CORE_TRY(settings.canary, canarySettings(*canary, own.empty() ? text(input, "deploymentId") : own));
        CORE_CHECK(checkVariables(settings.canary->stageVariableOverrides));
    }
    return settings;
}

// What the logs service says of a destination that the operations name.
Result<> findDestination(
    ApiGatewayService& service, const RequestContext& context, const std::vector<PatchOperation>& operations)
{
    for (const auto& operation : operations) {
        if (operation.path == "/accessLogSettings/destinationArn")
            return findLogGroup(service.host().caller, operation.valueOrEmpty(), context.region);
    }
    return {};
}

// A cache that is switched off, or made anew in another size, is empty when it comes back.
void flushCache(ApiGatewayService& service, const RequestContext& context, const Request& request,
    const std::vector<PatchOperation>& operations)
{
    const bool isMeant = std::any_of(operations.begin(), operations.end(),
        [](const auto& operation) { return operation.path.starts_with("/cacheCluster"); });
    const auto state = isMeant ? service.apis().find(context.region, apiIdOf(request)) : nullptr;
    if (!state)
        return;
    if (const auto stage = state->stages.find(text(request.input(), "stageName"));
        stage != state->stages.end())
        service.stageCache().flush(cacheName(*state, stage->second));
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
    CORE_TRY(stage.settings, newSettings(input));
    stage.createdDate = context.now;
    stage.lastUpdatedDate = context.now;
    return changeApi(
        service, context, request, unknownApi(context, request), [stage](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkStageName(stage.stageName));
            CORE_CHECK(checkVariables(stage.variables));
            CORE_CHECK(checkTags(stage.tags));
            CORE_CHECK(checkDocumentationVersion(draft.api, stage.documentationVersion));
            if (!draft.hasDeployment(stage.deploymentId))
                return fail(errors::deploymentDoesNotExist());
            if (stage.settings.canary && !draft.hasDeployment(stage.settings.canary->deploymentId))
                return fail(errors::deploymentDoesNotExist());
            if (draft.stages.contains(stage.stageName))
                return fail(errors::conflict("Stage already exists"));
            CORE_CHECK(checkRoom(quotas::kStages, draft.stages.size()));
            draft.stages.emplace(stage.stageName, stage);
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
    CORE_TRY(auto operations, parsePatch(request.input(), true));
    flushCache(service, context, request, operations);
    const bool mayLog = !service.usage().account(context.region).cloudwatchRoleArn.empty();
    auto destination = findDestination(service, context, operations);
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), destination = std::move(destination),
            name = text(request.input(), "stageName"), now = context.now, mayLog,
            &certificates = service.records().certificates](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto stage, findStage(draft, name));
            CORE_CHECK(patchStage(draft, *stage, operations, mayLog));
            CORE_CHECK(checkCertificate(certificates, draft.api.region, stage->settings.clientCertificateId));
            // AWS looks for the group last.
            CORE_CHECK(destination);
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

Result<Outcome> flushStageCache(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto found = state->stages.find(text(request.input(), "stageName"));
    if (found == state->stages.end())
        return fail(errors::invalidStage());
    context.touch(state->api.id);
    const auto count = service.stageCache().flush(cacheName(*state, found->second));
    context.span.step("Flush cache", std::to_string(count) + " answers forgotten", trace::Verdict::Pass);
    return Reply{};
}

}
