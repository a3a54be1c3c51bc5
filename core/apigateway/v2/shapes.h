#pragma once

#include "core/aws/shape.h"

// The inputs of the actions: every member that AWS's model has, with how far it is followed here.
namespace core::apigateway::v2 {

extern const aws::Shape kCreateApiShape;
extern const aws::Shape kGetApisShape;
extern const aws::Shape kApiShape; // and DeleteApi, DeleteCorsConfiguration
extern const aws::Shape kUpdateApiShape;
extern const aws::Shape kCreateRouteShape;
extern const aws::Shape kApiPageShape; // of GetRoutes, GetIntegrations and their like
extern const aws::Shape kRouteShape; // and DeleteRoute
extern const aws::Shape kUpdateRouteShape;
extern const aws::Shape kDeleteRouteRequestParameterShape;
extern const aws::Shape kCreateRouteResponseShape;
extern const aws::Shape kGetRouteResponsesShape;
extern const aws::Shape kRouteResponseShape; // and DeleteRouteResponse
extern const aws::Shape kUpdateRouteResponseShape;
extern const aws::Shape kCreateIntegrationShape;
extern const aws::Shape kIntegrationShape; // and DeleteIntegration
extern const aws::Shape kUpdateIntegrationShape;
extern const aws::Shape kCreateIntegrationResponseShape;
extern const aws::Shape kGetIntegrationResponsesShape;
extern const aws::Shape kIntegrationResponseShape; // and DeleteIntegrationResponse
extern const aws::Shape kUpdateIntegrationResponseShape;
extern const aws::Shape kCreateDeploymentShape;
extern const aws::Shape kDeploymentShape; // and DeleteDeployment
extern const aws::Shape kUpdateDeploymentShape;
extern const aws::Shape kCreateStageShape;
extern const aws::Shape kStageShape; // and DeleteStage, DeleteAccessLogSettings, ResetAuthorizersCache
extern const aws::Shape kUpdateStageShape;
extern const aws::Shape kDeleteRouteSettingsShape;
extern const aws::Shape kCreateAuthorizerShape;
extern const aws::Shape kAuthorizerShape; // and DeleteAuthorizer
extern const aws::Shape kUpdateAuthorizerShape;
extern const aws::Shape kCreateModelShape;
extern const aws::Shape kModelShape; // and GetModelTemplate, DeleteModel
extern const aws::Shape kUpdateModelShape;
extern const aws::Shape kGetTagsShape;
extern const aws::Shape kTagResourceShape;
extern const aws::Shape kUntagResourceShape;

}
