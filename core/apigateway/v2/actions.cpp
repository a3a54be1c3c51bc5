#include "core/apigateway/v2/actions.h"

#include "core/apigateway/v2/definition_shapes.h"
#include "core/apigateway/v2/domain_actions.h"
#include "core/apigateway/v2/domain_shapes.h"
#include "core/apigateway/v2/shapes.h"
#include "core/apigateway/v2/vpc_link_actions.h"
#include "core/apigateway/v2/vpc_link_shapes.h"
#include "core/aws/action_rows.h"

namespace core::apigateway::v2 {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<ApiGatewayV2Service>;

constexpr Row reads(
    std::string_view name, const aws::Shape& input, std::string_view uri, decltype(Row::run) run)
{
    return {{name, Lane::Inline, Effect::Reads, &input, "GET", uri, 200}, run};
}

constexpr Row creates(
    std::string_view name, const aws::Shape& input, std::string_view uri, decltype(Row::run) run)
{
    return {{name, Lane::Write, Effect::Changes, &input, "POST", uri, 201}, run};
}

// Deployments answer an update with 201, as recorded.
constexpr Row updates(std::string_view name, const aws::Shape& input, std::string_view uri,
    decltype(Row::run) run, int status = 200)
{
    return {{name, Lane::Write, Effect::Changes, &input, "PATCH", uri, status}, run};
}

// Asks another service before it writes.
constexpr Row asking(Row row)
{
    row.info.lane = Lane::Blocking;
    return row;
}

constexpr Row deletes(
    std::string_view name, const aws::Shape& input, std::string_view uri, decltype(Row::run) run)
{
    return {{name, Lane::Write, Effect::Changes, &input, "DELETE", uri, 204}, run};
}

constexpr Row kRows[] = {
    creates("CreateApi", kCreateApiShape, "/v2/apis", createApi),
    reads("GetApis", kGetApisShape, "/v2/apis", getApis),
    reads("GetApi", kApiShape, "/v2/apis/{apiId}", getApi),
    updates("UpdateApi", kUpdateApiShape, "/v2/apis/{apiId}", updateApi),
    deletes("DeleteApi", kApiShape, "/v2/apis/{apiId}", deleteApi),
    deletes("DeleteCorsConfiguration", kApiShape, "/v2/apis/{apiId}/cors", deleteCorsConfiguration),
    creates("CreateRoute", kCreateRouteShape, "/v2/apis/{apiId}/routes", createRoute),
    reads("GetRoutes", kApiPageShape, "/v2/apis/{apiId}/routes", getRoutes),
    reads("GetRoute", kRouteShape, "/v2/apis/{apiId}/routes/{routeId}", getRoute),
    updates("UpdateRoute", kUpdateRouteShape, "/v2/apis/{apiId}/routes/{routeId}", updateRoute),
    deletes("DeleteRoute", kRouteShape, "/v2/apis/{apiId}/routes/{routeId}", deleteRoute),
    deletes("DeleteRouteRequestParameter", kDeleteRouteRequestParameterShape,
        "/v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey+}",
        deleteRouteRequestParameter),
    creates("CreateRouteResponse", kCreateRouteResponseShape,
        "/v2/apis/{apiId}/routes/{routeId}/routeresponses", createRouteResponse),
    reads("GetRouteResponses", kGetRouteResponsesShape, "/v2/apis/{apiId}/routes/{routeId}/routeresponses",
        getRouteResponses),
    reads("GetRouteResponse", kRouteResponseShape,
        "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}", getRouteResponse),
    updates("UpdateRouteResponse", kUpdateRouteResponseShape,
        "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}", updateRouteResponse),
    deletes("DeleteRouteResponse", kRouteResponseShape,
        "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}", deleteRouteResponse),
    creates("CreateIntegration", kCreateIntegrationShape, "/v2/apis/{apiId}/integrations", createIntegration),
    reads("GetIntegrations", kApiPageShape, "/v2/apis/{apiId}/integrations", getIntegrations),
    reads(
        "GetIntegration", kIntegrationShape, "/v2/apis/{apiId}/integrations/{integrationId}", getIntegration),
    updates("UpdateIntegration", kUpdateIntegrationShape, "/v2/apis/{apiId}/integrations/{integrationId}",
        updateIntegration),
    deletes("DeleteIntegration", kIntegrationShape, "/v2/apis/{apiId}/integrations/{integrationId}",
        deleteIntegration),
    creates("CreateIntegrationResponse", kCreateIntegrationResponseShape,
        "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses", createIntegrationResponse),
    reads("GetIntegrationResponses", kGetIntegrationResponsesShape,
        "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses", getIntegrationResponses),
    reads("GetIntegrationResponse", kIntegrationResponseShape,
        "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        getIntegrationResponse),
    updates("UpdateIntegrationResponse", kUpdateIntegrationResponseShape,
        "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        updateIntegrationResponse),
    deletes("DeleteIntegrationResponse", kIntegrationResponseShape,
        "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        deleteIntegrationResponse),
    creates("CreateDeployment", kCreateDeploymentShape, "/v2/apis/{apiId}/deployments", createDeployment),
    reads("GetDeployments", kApiPageShape, "/v2/apis/{apiId}/deployments", getDeployments),
    reads("GetDeployment", kDeploymentShape, "/v2/apis/{apiId}/deployments/{deploymentId}", getDeployment),
    updates("UpdateDeployment", kUpdateDeploymentShape, "/v2/apis/{apiId}/deployments/{deploymentId}",
        updateDeployment, 201),
    deletes("DeleteDeployment", kDeploymentShape, "/v2/apis/{apiId}/deployments/{deploymentId}",
        deleteDeployment),
    asking(creates("CreateStage", kCreateStageShape, "/v2/apis/{apiId}/stages", createStage)),
    reads("GetStages", kApiPageShape, "/v2/apis/{apiId}/stages", getStages),
    reads("GetStage", kStageShape, "/v2/apis/{apiId}/stages/{stageName}", getStage),
    asking(updates("UpdateStage", kUpdateStageShape, "/v2/apis/{apiId}/stages/{stageName}", updateStage)),
    deletes("DeleteStage", kStageShape, "/v2/apis/{apiId}/stages/{stageName}", deleteStage),
    deletes("DeleteAccessLogSettings", kStageShape, "/v2/apis/{apiId}/stages/{stageName}/accesslogsettings",
        deleteAccessLogSettings),
    deletes("DeleteRouteSettings", kDeleteRouteSettingsShape,
        "/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey+}", deleteRouteSettings),
    deletes("ResetAuthorizersCache", kStageShape, "/v2/apis/{apiId}/stages/{stageName}/cache/authorizers",
        resetAuthorizersCache),
    creates("CreateAuthorizer", kCreateAuthorizerShape, "/v2/apis/{apiId}/authorizers", createAuthorizer),
    reads("GetAuthorizers", kApiPageShape, "/v2/apis/{apiId}/authorizers", getAuthorizers),
    reads("GetAuthorizer", kAuthorizerShape, "/v2/apis/{apiId}/authorizers/{authorizerId}", getAuthorizer),
    updates("UpdateAuthorizer", kUpdateAuthorizerShape, "/v2/apis/{apiId}/authorizers/{authorizerId}",
        updateAuthorizer),
    deletes("DeleteAuthorizer", kAuthorizerShape, "/v2/apis/{apiId}/authorizers/{authorizerId}",
        deleteAuthorizer),
    creates("CreateModel", kCreateModelShape, "/v2/apis/{apiId}/models", createModel),
    reads("GetModels", kApiPageShape, "/v2/apis/{apiId}/models", getModels),
    reads("GetModel", kModelShape, "/v2/apis/{apiId}/models/{modelId}", getModel),
    reads("GetModelTemplate", kModelShape, "/v2/apis/{apiId}/models/{modelId}/template", getModelTemplate),
    updates("UpdateModel", kUpdateModelShape, "/v2/apis/{apiId}/models/{modelId}", updateModel),
    deletes("DeleteModel", kModelShape, "/v2/apis/{apiId}/models/{modelId}", deleteModel),
    {{"ImportApi", Lane::Blocking, Effect::Changes, &kImportApiShape, "PUT", "/v2/apis", 201}, importApi},
    {{"ReimportApi", Lane::Blocking, Effect::Changes, &kReimportApiShape, "PUT", "/v2/apis/{apiId}", 201},
        reimportApi},
    {{"ExportApi", Lane::Blocking, Effect::Reads, &kExportApiShape, "GET",
         "/v2/apis/{apiId}/exports/{specification}", 200},
        exportApi},
    {{"GetHttpApiReference", Lane::Blocking, Effect::Reads, &kReferenceShape, "GET",
         "/_chamber/apigateway/apis/{apiId}/reference", 200},
        getHttpApiReference},
    creates("CreateDomainName", kCreateDomainNameShape, "/v2/domainnames", createDomainName),
    reads("GetDomainNames", kGetDomainNamesShape, "/v2/domainnames", getDomainNames),
    reads("GetDomainName", kDomainNameShape, "/v2/domainnames/{domainName}", getDomainName),
    updates("UpdateDomainName", kUpdateDomainNameShape, "/v2/domainnames/{domainName}", updateDomainName),
    deletes("DeleteDomainName", kDomainNameShape, "/v2/domainnames/{domainName}", deleteDomainName),
    creates("CreateApiMapping", kCreateApiMappingShape, "/v2/domainnames/{domainName}/apimappings",
        createApiMapping),
    reads("GetApiMappings", kGetApiMappingsShape, "/v2/domainnames/{domainName}/apimappings", getApiMappings),
    reads("GetApiMapping", kApiMappingShape, "/v2/domainnames/{domainName}/apimappings/{apiMappingId}",
        getApiMapping),
    updates("UpdateApiMapping", kUpdateApiMappingShape,
        "/v2/domainnames/{domainName}/apimappings/{apiMappingId}", updateApiMapping),
    deletes("DeleteApiMapping", kApiMappingShape, "/v2/domainnames/{domainName}/apimappings/{apiMappingId}",
        deleteApiMapping),
    creates("CreateRoutingRule", kCreateRoutingRuleShape, "/v2/domainnames/{domainName}/routingrules",
        createRoutingRule),
    reads("ListRoutingRules", kListRoutingRulesShape, "/v2/domainnames/{domainName}/routingrules",
        listRoutingRules),
    reads("GetRoutingRule", kRoutingRuleShape, "/v2/domainnames/{domainName}/routingrules/{routingRuleId}",
        getRoutingRule),
    {{"PutRoutingRule", Lane::Write, Effect::Changes, &kPutRoutingRuleShape, "PUT",
         "/v2/domainnames/{domainName}/routingrules/{routingRuleId}", 200},
        putRoutingRule},
    deletes("DeleteRoutingRule", kRoutingRuleShape,
        "/v2/domainnames/{domainName}/routingrules/{routingRuleId}", deleteRoutingRule),
    creates("CreateVpcLink", kCreateVpcLinkShape, "/v2/vpclinks", createVpcLink),
    reads("GetVpcLinks", kGetVpcLinksShape, "/v2/vpclinks", getVpcLinks),
    reads("GetVpcLink", kVpcLinkShape, "/v2/vpclinks/{vpcLinkId}", getVpcLink),
    updates("UpdateVpcLink", kUpdateVpcLinkShape, "/v2/vpclinks/{vpcLinkId}", updateVpcLink),
    {{"DeleteVpcLink", Lane::Write, Effect::Changes, &kVpcLinkShape, "DELETE", "/v2/vpclinks/{vpcLinkId}",
         202},
        deleteVpcLink},
    reads("GetTags", kGetTagsShape, "/v2/tags/{resourceArn+}", getTags),
    creates("TagResource", kTagResourceShape, "/v2/tags/{resourceArn+}", tagResource),
    deletes("UntagResource", kUntagResourceShape, "/v2/tags/{resourceArn+}", untagResource),
};

}

std::span<const Row> actionRows()
{
    static const auto rows = aws::joinedRows<Row>(kRows, absentRows());
    return rows;
}

}
