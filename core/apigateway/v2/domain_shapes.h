#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on domain names, API mappings and routing rules.
namespace core::apigateway::v2 {

extern const aws::Shape kCreateDomainNameShape;
extern const aws::Shape kGetDomainNamesShape;
extern const aws::Shape kDomainNameShape; // and DeleteDomainName
extern const aws::Shape kUpdateDomainNameShape;
extern const aws::Shape kCreateApiMappingShape;
extern const aws::Shape kGetApiMappingsShape;
extern const aws::Shape kApiMappingShape; // and DeleteApiMapping
extern const aws::Shape kUpdateApiMappingShape;
extern const aws::Shape kCreateRoutingRuleShape;
extern const aws::Shape kListRoutingRulesShape;
extern const aws::Shape kRoutingRuleShape; // and DeleteRoutingRule
extern const aws::Shape kPutRoutingRuleShape;

}
