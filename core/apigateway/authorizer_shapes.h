#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on authorizers.
namespace core::apigateway {

extern const aws::Shape kCreateAuthorizerShape;
extern const aws::Shape kAuthorizerShape;
extern const aws::Shape kPatchAuthorizerShape;
extern const aws::Shape kTestInvokeAuthorizerShape;

}
