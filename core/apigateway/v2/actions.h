#pragma once

#include "core/apigateway/v2/service.h"

namespace core::apigateway::v2 {

// The table of actions, in actions.cpp; each function is in actions/<noun>.cpp. AWS's actions that are not
// here are rows too, from absent_actions.cpp.
std::span<const aws::ActionRow<ApiGatewayV2Service>> actionRows();
std::vector<aws::ActionRow<ApiGatewayV2Service>> absentRows();

using aws::Outcome;
using aws::Request;
using aws::RequestContext;

// actions/apis.cpp
Result<Outcome> createApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getApis(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteCorsConfiguration(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/routes.cpp
Result<Outcome> createRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getRoutes(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteRouteRequestParameter(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/route_responses.cpp
Result<Outcome> createRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getRouteResponses(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/integrations.cpp
Result<Outcome> createIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getIntegrations(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/integration_responses.cpp
Result<Outcome> createIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getIntegrationResponses(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/deployments.cpp
Result<Outcome> createDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getDeployments(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteDeployment(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/stages.cpp
Result<Outcome> createStage(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getStages(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getStage(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateStage(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteStage(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteAccessLogSettings(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteRouteSettings(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> resetAuthorizersCache(
    ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/authorizers.cpp
Result<Outcome> createAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getAuthorizers(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteAuthorizer(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/models.cpp
Result<Outcome> createModel(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getModels(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getModel(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getModelTemplate(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateModel(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteModel(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/tags.cpp
Result<Outcome> getTags(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> tagResource(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(ApiGatewayV2Service& service, RequestContext& context, Request& request);

// actions/definitions.cpp
Result<Outcome> importApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> reimportApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> exportApi(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getHttpApiReference(ApiGatewayV2Service& service, RequestContext& context, Request& request);

}
