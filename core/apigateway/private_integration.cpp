#include "core/apigateway/private_integration.h"

#include "core/apigateway/api_store.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/vpc_link_errors.h"

namespace core::apigateway {

namespace {

void addUses(std::vector<std::string>& uses, const ApiState& state, const Stage& stage,
    const Deployment& deployment, const std::string& linkId)
{
    for (const auto& [id, resource] : deployment.resources) {
        for (const auto& [name, method] : resource.methods) {
            const auto& integration = method.integration;
            if (integration && integration->connectionType == "VPC_LINK"
                && substituteStageVariables(integration->connectionId, stage.variables) == linkId)
                uses.push_back(state.api.id + ":" + name + ":" + id + ":" + stage.stageName);
        }
    }
}

}

std::string_view linkVersion(const Integration& integration)
{
    return integration.integrationTarget.empty() ? "V1" : "V2";
}

Result<> checkConnection(const VpcLinks& links, const std::string& region, const Integration& integration)
{
    if (integration.connectionType != "VPC_LINK")
        return {};
    if (integration.type != IntegrationType::Http && integration.type != IntegrationType::HttpProxy)
        return fail(errors::linkOfWrongType());
    if (integration.connectionId.empty())
        return fail(errors::linkMissing());
    if (integration.connectionId.find("${stageVariables.") != integration.connectionId.npos)
        return {};
    if (!findLink(links, region, integration.connectionId, linkVersion(integration)))
        return fail(errors::invalidVpcLink());
    return {};
}

std::vector<std::string> usesOfLink(
    const ApiStore& apis, const std::string& region, const std::string& linkId)
{
    std::vector<std::string> uses;
    for (const auto& state : apis.list(region)) {
        for (const auto& [name, stage] : state->stages) {
            const auto deployment = state->deployments.find(stage.deploymentId);
            if (deployment != state->deployments.end())
                addUses(uses, *state, stage, *deployment->second, linkId);
        }
    }
    return uses;
}

}
