#include "core/apigateway/actions.h"

#include "core/apigateway/authorizer_shapes.h"
#include "core/apigateway/definition_shapes.h"
#include "core/apigateway/shapes.h"

namespace core::apigateway {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<ApiGatewayService>;

constexpr std::string_view kRestApi = "/restapis/{restApiId}";
constexpr std::string_view kResource = "/restapis/{restApiId}/resources/{resourceId}";
constexpr std::string_view kMethod = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";
constexpr std::string_view kMethodResponse =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}";
constexpr std::string_view kIntegration =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration";
constexpr std::string_view kIntegrationResponse =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}";
constexpr std::string_view kDeployment = "/restapis/{restApiId}/deployments/{deploymentId}";
constexpr std::string_view kStage = "/restapis/{restApiId}/stages/{stageName}";
constexpr std::string_view kModel = "/restapis/{restApiId}/models/{modelName}";
constexpr std::string_view kValidator = "/restapis/{restApiId}/requestvalidators/{requestValidatorId}";
constexpr std::string_view kGatewayResponse = "/restapis/{restApiId}/gatewayresponses/{responseType}";
constexpr std::string_view kAuthorizer = "/restapis/{restApiId}/authorizers/{authorizerId}";
constexpr std::string_view kTags = "/tags/{resourceArn+}";

constexpr Row kRows[] = {
    {{"CreateRestApi", Lane::Write, Effect::Changes, &kCreateRestApiShape, "POST", "/restapis", 201},
        createRestApi},
    {{"GetRestApis", Lane::Inline, Effect::Reads, &kPageShape, "GET", "/restapis", 200}, getRestApis},
    {{"GetRestApi", Lane::Inline, Effect::Reads, &kApiShape, "GET", kRestApi, 200}, getRestApi},
    {{"UpdateRestApi", Lane::Write, Effect::Changes, &kPatchApiShape, "PATCH", kRestApi, 200}, updateRestApi},
    {{"DeleteRestApi", Lane::Write, Effect::Changes, &kApiShape, "DELETE", kRestApi, 202}, deleteRestApi},
    {{"GetResources", Lane::Inline, Effect::Reads, &kGetResourcesShape, "GET",
         "/restapis/{restApiId}/resources", 200},
        getResources},
    {{"GetResource", Lane::Inline, Effect::Reads, &kGetResourceShape, "GET", kResource, 200}, getResource},
    {{"CreateResource", Lane::Write, Effect::Changes, &kCreateResourceShape, "POST",
         "/restapis/{restApiId}/resources/{parentId}", 201},
        createResource},
    {{"UpdateResource", Lane::Write, Effect::Changes, &kPatchResourceShape, "PATCH", kResource, 200},
        updateResource},
    {{"DeleteResource", Lane::Write, Effect::Changes, &kResourceShape, "DELETE", kResource, 202},
        deleteResource},
    {{"PutMethod", Lane::Write, Effect::Changes, &kPutMethodShape, "PUT", kMethod, 201}, putMethod},
    {{"GetMethod", Lane::Inline, Effect::Reads, &kMethodShape, "GET", kMethod, 200}, getMethod},
    {{"UpdateMethod", Lane::Write, Effect::Changes, &kPatchMethodShape, "PATCH", kMethod, 200}, updateMethod},
    {{"DeleteMethod", Lane::Write, Effect::Changes, &kMethodShape, "DELETE", kMethod, 204}, deleteMethod},
    {{"TestInvokeMethod", Lane::Blocking, Effect::Data, &kTestInvokeMethodShape, "POST", kMethod, 200},
        testInvokeMethod},
    {{"PutMethodResponse", Lane::Write, Effect::Changes, &kPutMethodResponseShape, "PUT", kMethodResponse,
         201},
        putMethodResponse},
    {{"GetMethodResponse", Lane::Inline, Effect::Reads, &kStatusShape, "GET", kMethodResponse, 200},
        getMethodResponse},
    {{"UpdateMethodResponse", Lane::Write, Effect::Changes, &kPatchStatusShape, "PATCH", kMethodResponse,
         201},
        updateMethodResponse},
    {{"DeleteMethodResponse", Lane::Write, Effect::Changes, &kStatusShape, "DELETE", kMethodResponse, 204},
        deleteMethodResponse},
    {{"PutIntegration", Lane::Write, Effect::Changes, &kPutIntegrationShape, "PUT", kIntegration, 201},
        putIntegration},
    {{"GetIntegration", Lane::Inline, Effect::Reads, &kMethodShape, "GET", kIntegration, 200},
        getIntegration},
    {{"UpdateIntegration", Lane::Write, Effect::Changes, &kPatchMethodShape, "PATCH", kIntegration, 200},
        updateIntegration},
    {{"DeleteIntegration", Lane::Write, Effect::Changes, &kMethodShape, "DELETE", kIntegration, 204},
        deleteIntegration},
    {{"PutIntegrationResponse", Lane::Write, Effect::Changes, &kPutIntegrationResponseShape, "PUT",
         kIntegrationResponse, 201},
        putIntegrationResponse},
    {{"GetIntegrationResponse", Lane::Inline, Effect::Reads, &kStatusShape, "GET", kIntegrationResponse, 200},
        getIntegrationResponse},
    {{"UpdateIntegrationResponse", Lane::Write, Effect::Changes, &kPatchStatusShape, "PATCH",
         kIntegrationResponse, 200},
        updateIntegrationResponse},
    {{"DeleteIntegrationResponse", Lane::Write, Effect::Changes, &kStatusShape, "DELETE",
         kIntegrationResponse, 204},
        deleteIntegrationResponse},
    {{"CreateDeployment", Lane::Write, Effect::Changes, &kCreateDeploymentShape, "POST",
         "/restapis/{restApiId}/deployments", 201},
        createDeployment},
    {{"GetDeployments", Lane::Inline, Effect::Reads, &kApiPageShape, "GET",
         "/restapis/{restApiId}/deployments", 200},
        getDeployments},
    {{"GetDeployment", Lane::Inline, Effect::Reads, &kGetDeploymentShape, "GET", kDeployment, 200},
        getDeployment},
    {{"UpdateDeployment", Lane::Write, Effect::Changes, &kPatchDeploymentShape, "PATCH", kDeployment, 200},
        updateDeployment},
    {{"DeleteDeployment", Lane::Write, Effect::Changes, &kDeploymentShape, "DELETE", kDeployment, 202},
        deleteDeployment},
    {{"CreateStage", Lane::Write, Effect::Changes, &kCreateStageShape, "POST", "/restapis/{restApiId}/stages",
         201},
        createStage},
    {{"GetStages", Lane::Inline, Effect::Reads, &kGetStagesShape, "GET", "/restapis/{restApiId}/stages", 200},
        getStages},
    {{"GetStage", Lane::Inline, Effect::Reads, &kStageShape, "GET", kStage, 200}, getStage},
    {{"UpdateStage", Lane::Write, Effect::Changes, &kPatchStageShape, "PATCH", kStage, 200}, updateStage},
    {{"DeleteStage", Lane::Write, Effect::Changes, &kStageShape, "DELETE", kStage, 202}, deleteStage},
    {{"CreateModel", Lane::Write, Effect::Changes, &kCreateModelShape, "POST", "/restapis/{restApiId}/models",
         201},
        createModel},
    {{"GetModels", Lane::Inline, Effect::Reads, &kApiPageShape, "GET", "/restapis/{restApiId}/models", 200},
        getModels},
    {{"GetModel", Lane::Inline, Effect::Reads, &kGetModelShape, "GET", kModel, 200}, getModel},
    {{"UpdateModel", Lane::Write, Effect::Changes, &kPatchModelShape, "PATCH", kModel, 200}, updateModel},
    {{"DeleteModel", Lane::Write, Effect::Changes, &kModelShape, "DELETE", kModel, 202}, deleteModel},
    {{"CreateRequestValidator", Lane::Write, Effect::Changes, &kCreateValidatorShape, "POST",
         "/restapis/{restApiId}/requestvalidators", 201},
        createRequestValidator},
    {{"GetRequestValidators", Lane::Inline, Effect::Reads, &kApiPageShape, "GET",
         "/restapis/{restApiId}/requestvalidators", 200},
        getRequestValidators},
    {{"GetRequestValidator", Lane::Inline, Effect::Reads, &kValidatorShape, "GET", kValidator, 200},
        getRequestValidator},
    {{"UpdateRequestValidator", Lane::Write, Effect::Changes, &kPatchValidatorShape, "PATCH", kValidator,
         200},
        updateRequestValidator},
    {{"DeleteRequestValidator", Lane::Write, Effect::Changes, &kValidatorShape, "DELETE", kValidator, 202},
        deleteRequestValidator},
    {{"CreateAuthorizer", Lane::Write, Effect::Changes, &kCreateAuthorizerShape, "POST",
         "/restapis/{restApiId}/authorizers", 201},
        createAuthorizer},
    {{"GetAuthorizers", Lane::Inline, Effect::Reads, &kApiPageShape, "GET",
         "/restapis/{restApiId}/authorizers", 200},
        getAuthorizers},
    {{"GetAuthorizer", Lane::Inline, Effect::Reads, &kAuthorizerShape, "GET", kAuthorizer, 200},
        getAuthorizer},
    {{"UpdateAuthorizer", Lane::Write, Effect::Changes, &kPatchAuthorizerShape, "PATCH", kAuthorizer, 200},
        updateAuthorizer},
    {{"DeleteAuthorizer", Lane::Write, Effect::Changes, &kAuthorizerShape, "DELETE", kAuthorizer, 202},
        deleteAuthorizer},
    {{"TestInvokeAuthorizer", Lane::Blocking, Effect::Data, &kTestInvokeAuthorizerShape, "POST", kAuthorizer,
         200},
        testInvokeAuthorizer},
    {{"FlushStageAuthorizersCache", Lane::Inline, Effect::Data, &kStageShape, "DELETE",
         "/restapis/{restApiId}/stages/{stageName}/cache/authorizers", 202},
        flushStageAuthorizersCache},
    {{"PutGatewayResponse", Lane::Write, Effect::Changes, &kPutGatewayResponseShape, "PUT", kGatewayResponse,
         201},
        putGatewayResponse},
    {{"GetGatewayResponses", Lane::Inline, Effect::Reads, &kApiPageShape, "GET",
         "/restapis/{restApiId}/gatewayresponses", 200},
        getGatewayResponses},
    {{"GetGatewayResponse", Lane::Inline, Effect::Reads, &kGatewayResponseShape, "GET", kGatewayResponse,
         200},
        getGatewayResponse},
    {{"UpdateGatewayResponse", Lane::Write, Effect::Changes, &kPatchGatewayResponseShape, "PATCH",
         kGatewayResponse, 200},
        updateGatewayResponse},
    {{"DeleteGatewayResponse", Lane::Write, Effect::Changes, &kGatewayResponseShape, "DELETE",
         kGatewayResponse, 202},
        deleteGatewayResponse},
    {{"TagResource", Lane::Write, Effect::Changes, &kTagResourceShape, "PUT", kTags, 204}, tagResource},
    {{"UntagResource", Lane::Write, Effect::Changes, &kUntagResourceShape, "DELETE", kTags, 204},
        untagResource},
    {{"GetTags", Lane::Inline, Effect::Reads, &kGetTagsShape, "GET", kTags, 200}, getTags},
};

}

std::span<const Row> actionRows()
{
    return kRows;
}

}
