#include "core/apigateway/v2/actions.h"

namespace core::apigateway::v2 {

namespace {

using Row = aws::ActionRow<ApiGatewayV2Service>;

constexpr Row absent(std::string_view name, std::string_view method, std::string_view uri)
{
    return aws::absentAction<ApiGatewayV2Service>(name, {}, method, uri);
}

// Names and addresses after AWS's model.
constexpr Row kAbsent[] = {
    absent("CreateApiMapping", "POST", "/v2/domainnames/{domainName}/apimappings"),
    absent("CreateDomainName", "POST", "/v2/domainnames"),
    absent("CreatePortal", "POST", "/v2/portals"),
    absent("CreatePortalProduct", "POST", "/v2/portalproducts"),
    absent("CreateProductPage", "POST", "/v2/portalproducts/{portalProductId}/productpages"),
    absent("CreateProductRestEndpointPage", "POST",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages"),
    absent("CreateRoutingRule", "POST", "/v2/domainnames/{domainName}/routingrules"),
    absent("CreateVpcLink", "POST", "/v2/vpclinks"),
    absent("DeleteApiMapping", "DELETE", "/v2/domainnames/{domainName}/apimappings/{apiMappingId}"),
    absent("DeleteDomainName", "DELETE", "/v2/domainnames/{domainName}"),
    absent("DeletePortal", "DELETE", "/v2/portals/{portalId}"),
    absent("DeletePortalProduct", "DELETE", "/v2/portalproducts/{portalProductId}"),
    absent(
        "DeletePortalProductSharingPolicy", "DELETE", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent(
        "DeleteProductPage", "DELETE", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("DeleteProductRestEndpointPage", "DELETE",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
    absent("DeleteRoutingRule", "DELETE", "/v2/domainnames/{domainName}/routingrules/{routingRuleId}"),
    absent("DeleteVpcLink", "DELETE", "/v2/vpclinks/{vpcLinkId}"),
    absent("DisablePortal", "DELETE", "/v2/portals/{portalId}/publish"),
    absent("GetApiMapping", "GET", "/v2/domainnames/{domainName}/apimappings/{apiMappingId}"),
    absent("GetApiMappings", "GET", "/v2/domainnames/{domainName}/apimappings"),
    absent("GetDomainName", "GET", "/v2/domainnames/{domainName}"),
    absent("GetDomainNames", "GET", "/v2/domainnames"),
    absent("GetPortal", "GET", "/v2/portals/{portalId}"),
    absent("GetPortalProduct", "GET", "/v2/portalproducts/{portalProductId}"),
    absent("GetPortalProductSharingPolicy", "GET", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent("GetProductPage", "GET", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("GetProductRestEndpointPage", "GET",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
    absent("GetRoutingRule", "GET", "/v2/domainnames/{domainName}/routingrules/{routingRuleId}"),
    absent("GetVpcLink", "GET", "/v2/vpclinks/{vpcLinkId}"),
    absent("GetVpcLinks", "GET", "/v2/vpclinks"),
    absent("ListPortalProducts", "GET", "/v2/portalproducts"),
    absent("ListPortals", "GET", "/v2/portals"),
    absent("ListProductPages", "GET", "/v2/portalproducts/{portalProductId}/productpages"),
    absent("ListProductRestEndpointPages", "GET",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages"),
    absent("ListRoutingRules", "GET", "/v2/domainnames/{domainName}/routingrules"),
    absent("PreviewPortal", "POST", "/v2/portals/{portalId}/preview"),
    absent("PublishPortal", "POST", "/v2/portals/{portalId}/publish"),
    absent("PutPortalProductSharingPolicy", "PUT", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent("PutRoutingRule", "PUT", "/v2/domainnames/{domainName}/routingrules/{routingRuleId}"),
    absent("UpdateApiMapping", "PATCH", "/v2/domainnames/{domainName}/apimappings/{apiMappingId}"),
    absent("UpdateDomainName", "PATCH", "/v2/domainnames/{domainName}"),
    absent("UpdatePortal", "PATCH", "/v2/portals/{portalId}"),
    absent("UpdatePortalProduct", "PATCH", "/v2/portalproducts/{portalProductId}"),
    absent("UpdateProductPage", "PATCH", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("UpdateProductRestEndpointPage", "PATCH",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
    absent("UpdateVpcLink", "PATCH", "/v2/vpclinks/{vpcLinkId}"),
};

}

std::vector<Row> absentRows()
{
    return {std::begin(kAbsent), std::end(kAbsent)};
}

}
