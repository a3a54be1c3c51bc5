#include "core/apigateway/actions.h"
#include "core/apigateway/api_endpoint.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/stage_rules.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> patchDescription(Deployment& deployment, const PatchOperation& operation)
{
    deployment.description = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<Deployment> kPatchRules[] = {{"/description", "replace", patchDescription}};

// A canary release leaves the stage's deployment as it is.
Result<> checkCanary(const ApiDraft& draft, const json& input)
{
    if (!input.contains("canarySettings"))
        return {};
    constexpr const char* kBegin = "Invalid deployment content specified.";
    const auto name = text(input, "stageName");
    if (name.empty())
        return fail(errors::badRequest(std::string(kBegin)
            + "Non null and non empty stageName must be provided for canary deployment. Provided value is "
            + (input.contains("stageName") ? name : "null")));
    if (!draft.stages.contains(name))
        return fail(errors::badRequest(std::string(kBegin) + "Stage " + name
            + " must already be created before making a canary release deployment"));
    return {};
}

Result<> releaseCanary(ApiDraft& draft, const json& input, const Deployment& deployment)
{
    auto& stage = draft.stages.at(text(input, "stageName"));
    CORE_TRY(stage.settings.canary, canarySettings(input.at("canarySettings"), deployment.id));
    CORE_CHECK(checkVariables(stage.settings.canary->stageVariableOverrides));
    stage.lastUpdatedDate = deployment.createdDate;
    return {};
}

// Points a stage at the new deployment; a stage of that name that is not there yet is made.
Result<> stageDeployment(ApiDraft& draft, const json& input, const Deployment& deployment)
{
    const auto name = text(input, "stageName");
    if (!draft.stages.contains(name))
        CORE_CHECK(checkRoom(quotas::kStages, draft.stages.size()));
    auto& stage = draft.stages[name];
    if (stage.stageName.empty()) {
        stage.stageName = name;
        stage.createdDate = deployment.createdDate;
    }
    stage.deploymentId = deployment.id;
    stage.lastUpdatedDate = deployment.createdDate;
    if (const auto description = text(input, "stageDescription"); !description.empty())
        stage.description = description;
    for (const auto& [variable, value] : stringMap(input, "variables"))
        stage.variables[variable] = value;
    auto& settings = stage.settings;
    if (input.contains("tracingEnabled"))
        settings.tracingEnabled = flag(input, "tracingEnabled");
    if (const auto size = text(input, "cacheClusterSize"); !size.empty())
        settings.cacheClusterSize = size;
    if (input.contains("cacheClusterEnabled"))
        settings.cacheClusterEnabled = flag(input, "cacheClusterEnabled");
    if (settings.cacheClusterEnabled && settings.cacheClusterSize.empty())
        settings.cacheClusterSize = "0.5";
    return {};
}

}

Result<Outcome> createDeployment(ApiGatewayService& service, RequestContext& context, Request& request)
{
    Deployment deployment;
    deployment.id = randomLower(6);
    deployment.description = text(request.input(), "description");
    deployment.createdDate = context.now;
    return changeApi(service, context, request, unknownApi(context, request),
        [deployment, input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkPrivateApi(draft.api));
            CORE_CHECK(checkDeployable(draft.api.resources));
            CORE_CHECK(checkCanary(draft, input));
            auto snapshot = deployment;
            static_cast<ApiDefinition&>(snapshot) = draft.api;
            if (input.contains("canarySettings")) {
                CORE_CHECK(releaseCanary(draft, input, snapshot));
            } else if (!text(input, "stageName").empty()) {
                CORE_CHECK(checkStageName(text(input, "stageName")));
                CORE_CHECK(checkVariables(stringMap(input, "variables")));
                CORE_CHECK(stageDeployment(draft, input, snapshot));
            }
            draft.putDeployment(snapshot);
            return toJson(snapshot, false);
        });
}

Result<Outcome> getDeployments(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<const Deployment*> ordered;
    for (const auto& [id, deployment] : state->deployments)
        ordered.push_back(deployment.get());
    std::sort(
        ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->createdDate > b->createdDate; });
    std::vector<json> items;
    for (const auto* deployment : ordered)
        items.push_back(toJson(*deployment, false));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getDeployment(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto found = state->deployments.find(text(request.input(), "deploymentId"));
    if (found == state->deployments.end())
        return fail(errors::invalidDeployment());
    return Reply::of(toJson(*found->second, embeds(request, "apisummary")));
}

Result<Outcome> updateDeployment(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), id = text(request.input(), "deploymentId")](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto deployment, draft.deployment(id));
            CORE_CHECK(applyPatch<Deployment>(deployment, operations, kPatchRules, unknownPatchPath));
            draft.putDeployment(deployment);
            return toJson(deployment, false);
        });
}

Result<Outcome> deleteDeployment(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, unknownApi(context, request),
        [id = text(request.input(), "deploymentId")](ApiDraft& draft) -> Result<json> {
            if (!draft.hasDeployment(id))
                return fail(errors::invalidDeployment());
            for (const auto& [name, stage] : draft.stages) {
                const auto& canary = stage.settings.canary;
                if (stage.deploymentId == id || (canary && canary->deploymentId == id))
                    return fail(errors::badRequest(
                        "Active stages pointing to this deployment must be moved or deleted"));
            }
            draft.eraseDeployment(id);
            return json(nullptr);
        });
}

}
