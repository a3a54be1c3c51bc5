#pragma once

#include "core/apigateway/v2/actions.h"

namespace core::apigateway::v2 {

// Custom domain names and the API mappings below them, over the records that REST APIs have as well.

// actions/domain_names.cpp
Result<Outcome> createDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getDomainNames(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteDomainName(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/api_mappings.cpp
Result<Outcome> createApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getApiMappings(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteApiMapping(ApiGatewayV2Service& service, RequestContext& context, Request& request);
// actions/routing_rules.cpp
Result<Outcome> createRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> listRoutingRules(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> putRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request);

}
