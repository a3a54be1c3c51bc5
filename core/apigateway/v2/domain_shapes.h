#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on domain names and API mappings.
namespace core::apigateway::v2 {

extern const aws::Shape kCreateDomainNameShape;
extern const aws::Shape kGetDomainNamesShape;
extern const aws::Shape kDomainNameShape; // and DeleteDomainName
extern const aws::Shape kUpdateDomainNameShape;
extern const aws::Shape kCreateApiMappingShape;
extern const aws::Shape kGetApiMappingsShape;
extern const aws::Shape kApiMappingShape; // and DeleteApiMapping
extern const aws::Shape kUpdateApiMappingShape;

}
