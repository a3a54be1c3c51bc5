#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on models, request validators and gateway responses.
namespace core::apigateway {

extern const aws::Shape kCreateModelShape;
extern const aws::Shape kGetModelShape;
extern const aws::Shape kModelShape;
extern const aws::Shape kPatchModelShape;

extern const aws::Shape kCreateValidatorShape;
extern const aws::Shape kValidatorShape;
extern const aws::Shape kPatchValidatorShape;

extern const aws::Shape kPutGatewayResponseShape;
extern const aws::Shape kGatewayResponseShape;
extern const aws::Shape kPatchGatewayResponseShape;

}
