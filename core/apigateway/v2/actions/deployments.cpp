#include "core/apigateway/v2/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

Result<Outcome> createDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [input = request.input(), now = context.now](ApiDraft& draft) -> Result<json> {
            const auto name = text(input, "stageName");
            const auto stage = draft.stages.find(name);
            if (!name.empty() && stage == draft.stages.end())
                return fail(errors::stageForDeployment(name));
            if (draft.api.routes.empty())
                return fail(errors::noRoutes());
            auto deployment = draft.freeze(now);
            deployment.description = text(input, "description");
            if (stage != draft.stages.end() && stage->second.autoDeploy.value_or(false)) {
                // AWS keeps the deployment and says that the stage did not take it.
                deployment.deploymentStatus = "FAILED";
                deployment.deploymentStatusMessage =
                    errors::deploymentOfAutoStage(draft.api.account, draft.api.apiId).message;
            } else if (stage != draft.stages.end()) {
                stage->second.deploymentId = deployment.deploymentId;
                stage->second.lastUpdatedDate = now;
            }
            draft.putDeployment(deployment);
            return toJson(deployment);
        });
}

Result<Outcome> getDeployments(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    std::vector<std::shared_ptr<const Deployment>> newest;
    for (const auto& [id, deployment] : state->deployments)
        newest.push_back(deployment);
    std::stable_sort(newest.begin(), newest.end(),
        [](const auto& a, const auto& b) { return a->createdDate > b->createdDate; });
    std::vector<json> items;
    for (const auto& deployment : newest)
        items.push_back(toJson(*deployment));
    return pageOf(request, std::move(items));
}

Result<Outcome> getDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    // AWS names the deployment here even where the API is unknown.
    const auto state = service.apis().find(context.region, apiIdOf(request));
    const auto id = text(request.input(), "deploymentId");
    if (!state || !state->deployments.contains(id))
        return fail(errors::invalidDeployment());
    return Reply::of(toJson(*state->deployments.at(id)));
}

Result<Outcome> updateDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(apiIdOf(request));
    return service.apis().change(context.region, apiIdOf(request), errors::invalidDeployment(),
        [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto deployment, draft.deployment(text(input, "deploymentId")));
            if (input.contains("description"))
                deployment.description = text(input, "description");
            draft.putDeployment(deployment);
            return toJson(deployment);
        });
}

Result<Outcome> deleteDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [id = text(request.input(), "deploymentId")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(draft.deployment(id));
            const bool used = std::any_of(draft.stages.begin(), draft.stages.end(),
                [&](const auto& stage) { return stage.second.deploymentId == id; });
            if (used)
                return fail(
                    errors::badRequest("Active stages pointing to this deployment must be moved or deleted"));
            draft.eraseDeployment(id);
            return json(nullptr);
        });
}

}
