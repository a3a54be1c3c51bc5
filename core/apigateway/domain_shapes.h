#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on domain names and base path mappings.
namespace core::apigateway {

extern const aws::Shape kCreateDomainNameShape;
extern const aws::Shape kGetDomainNamesShape;
extern const aws::Shape kDomainNameShape;
extern const aws::Shape kPatchDomainNameShape;
extern const aws::Shape kCreateMappingShape;
extern const aws::Shape kGetMappingsShape;
extern const aws::Shape kMappingShape;
extern const aws::Shape kPatchMappingShape;

}
