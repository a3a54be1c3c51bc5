#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on API keys, usage plans, usage and the account.
namespace core::apigateway {

extern const aws::Shape kNoInputShape;
extern const aws::Shape kPatchAccountShape;
extern const aws::Shape kPutAccountThrottleShape;
extern const aws::Shape kCreateApiKeyShape;
extern const aws::Shape kImportApiKeysShape;
extern const aws::Shape kGetApiKeysShape;
extern const aws::Shape kGetApiKeyShape;
extern const aws::Shape kApiKeyShape;
extern const aws::Shape kPatchApiKeyShape;
extern const aws::Shape kCreateUsagePlanShape;
extern const aws::Shape kGetUsagePlansShape;
extern const aws::Shape kUsagePlanShape;
extern const aws::Shape kPatchUsagePlanShape;
extern const aws::Shape kCreateUsagePlanKeyShape;
extern const aws::Shape kGetUsagePlanKeysShape;
extern const aws::Shape kUsagePlanKeyShape;
extern const aws::Shape kGetUsageShape;
extern const aws::Shape kPatchUsageShape;

}
