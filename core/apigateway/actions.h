#pragma once

#include "core/apigateway/service.h"

namespace core::apigateway {

// The table of actions, in actions.cpp; each function is in actions/<noun>.cpp.
std::span<const aws::ActionRow<ApiGatewayService>> actionRows();

using aws::Outcome;
using aws::Request;
using aws::RequestContext;

// actions/rest_apis.cpp
Result<Outcome> createRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getRestApis(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/resources.cpp
Result<Outcome> getResources(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getResource(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> createResource(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateResource(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteResource(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/methods.cpp
Result<Outcome> putMethod(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getMethod(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateMethod(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteMethod(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/method_responses.cpp
Result<Outcome> putMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/test_invoke.cpp
Result<Outcome> testInvokeMethod(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/integrations.cpp
Result<Outcome> putIntegration(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getIntegration(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateIntegration(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteIntegration(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/integration_responses.cpp
Result<Outcome> putIntegrationResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getIntegrationResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateIntegrationResponse(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteIntegrationResponse(
    ApiGatewayService& service, RequestContext& context, Request& request);
// actions/deployments.cpp
Result<Outcome> createDeployment(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDeployments(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDeployment(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateDeployment(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDeployment(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/stages.cpp
Result<Outcome> createStage(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getStages(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getStage(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateStage(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteStage(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> flushStageCache(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/models.cpp
Result<Outcome> createModel(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getModels(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getModel(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getModelTemplate(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateModel(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteModel(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/request_validators.cpp
Result<Outcome> createRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getRequestValidators(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/authorizers.cpp
Result<Outcome> createAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getAuthorizers(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> flushStageAuthorizersCache(
    ApiGatewayService& service, RequestContext& context, Request& request);
// actions/test_invoke_authorizer.cpp
Result<Outcome> testInvokeAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/gateway_responses.cpp
Result<Outcome> putGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getGatewayResponses(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/tags.cpp
Result<Outcome> tagResource(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getTags(ApiGatewayService& service, RequestContext& context, Request& request);

// actions/imports.cpp
Result<Outcome> importRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> putRestApi(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> importDocumentationParts(
    ApiGatewayService& service, RequestContext& context, Request& request);
// actions/exports.cpp
Result<Outcome> getExport(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getApiDefinition(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getApiReference(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/documentation_parts.cpp
Result<Outcome> createDocumentationPart(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDocumentationParts(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDocumentationPart(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateDocumentationPart(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDocumentationPart(
    ApiGatewayService& service, RequestContext& context, Request& request);
// actions/documentation_versions.cpp
Result<Outcome> createDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDocumentationVersions(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDocumentationVersion(
    ApiGatewayService& service, RequestContext& context, Request& request);

}
