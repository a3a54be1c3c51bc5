#pragma once

#include "core/apigateway/v2/actions.h"

namespace core::apigateway::v2 {

// actions/vpc_links.cpp
Result<Outcome> createVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getVpcLinks(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> getVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> updateVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request);
Result<Outcome> deleteVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request);

}
