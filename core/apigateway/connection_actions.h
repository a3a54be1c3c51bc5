#pragma once

#include "core/apigateway/actions.h"

namespace core::apigateway {

// How APIs reach their backends: VPC links and client certificates.

// actions/vpc_links.cpp
Result<Outcome> createVpcLink(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getVpcLinks(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getVpcLink(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateVpcLink(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteVpcLink(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/client_certificates.cpp
Result<Outcome> generateClientCertificate(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getClientCertificates(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getClientCertificate(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateClientCertificate(
    ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteClientCertificate(
    ApiGatewayService& service, RequestContext& context, Request& request);

}
