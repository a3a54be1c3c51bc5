#pragma once

#include "core/apigateway/actions.h"

namespace core::apigateway {

// Custom domain names and what they lead to.

// actions/domain_names.cpp
Result<Outcome> createDomainName(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDomainNames(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDomainName(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateDomainName(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDomainName(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/domain_access.cpp
Result<Outcome> createDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getDomainNameAccessAssociations(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> rejectDomainNameAccessAssociation(
    ApiGatewayService& service, RequestContext& context, Request& request);
// actions/base_path_mappings.cpp
Result<Outcome> createBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getBasePathMappings(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteBasePathMapping(ApiGatewayService& service, RequestContext& context, Request& request);

}
