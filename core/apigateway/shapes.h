#pragma once

#include "core/aws/shape.h"

// The inputs of the REST API actions: every member that AWS's model has, with how far it is followed here.
namespace core::apigateway {

extern const aws::Shape kPatchOperationsShape;
extern const aws::Shape kCreateRestApiShape;
extern const aws::Shape kPageShape; // limit, position
extern const aws::Shape kApiShape; // restApiId
extern const aws::Shape kPatchApiShape;
extern const aws::Shape kApiPageShape; // restApiId, limit, position

extern const aws::Shape kGetResourcesShape;
extern const aws::Shape kGetResourceShape;
extern const aws::Shape kCreateResourceShape;
extern const aws::Shape kResourceShape;
extern const aws::Shape kPatchResourceShape;

extern const aws::Shape kPutMethodShape;
extern const aws::Shape kMethodShape; // restApiId, resourceId, httpMethod
extern const aws::Shape kPatchMethodShape;
extern const aws::Shape kTestInvokeMethodShape;
extern const aws::Shape kPutMethodResponseShape;
extern const aws::Shape kStatusShape; // kMethodShape and statusCode
extern const aws::Shape kPatchStatusShape;

extern const aws::Shape kPutIntegrationShape;
extern const aws::Shape kPutIntegrationResponseShape;

extern const aws::Shape kCreateDeploymentShape;
extern const aws::Shape kGetDeploymentShape;
extern const aws::Shape kDeploymentShape;
extern const aws::Shape kPatchDeploymentShape;

extern const aws::Shape kCreateStageShape;
extern const aws::Shape kGetStagesShape;
extern const aws::Shape kStageShape;
extern const aws::Shape kPatchStageShape;

extern const aws::Shape kTagResourceShape;
extern const aws::Shape kUntagResourceShape;
extern const aws::Shape kGetTagsShape;

}
