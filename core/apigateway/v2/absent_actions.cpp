#include "core/apigateway/v2/actions.h"

namespace core::apigateway::v2 {

namespace {

using Row = aws::ActionRow<ApiGatewayV2Service>;

// AWS hosts the pages of portals; an API's reference is a file that anybody can host.
constexpr std::string_view kNoPortals = "portals are web pages that AWS hosts behind Cognito; the reference "
                                        "of an API shows what their pages would";

constexpr Row absent(std::string_view name, std::string_view method, std::string_view uri)
{
    return aws::absentAction<ApiGatewayV2Service>(name, kNoPortals, method, uri);
}

// Names and addresses after AWS's model.
constexpr Row kAbsent[] = {
    absent("CreatePortal", "POST", "/v2/portals"),
    absent("CreatePortalProduct", "POST", "/v2/portalproducts"),
    absent("CreateProductPage", "POST", "/v2/portalproducts/{portalProductId}/productpages"),
    absent("CreateProductRestEndpointPage", "POST",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages"),
    absent("DeletePortal", "DELETE", "/v2/portals/{portalId}"),
    absent("DeletePortalProduct", "DELETE", "/v2/portalproducts/{portalProductId}"),
    absent(
        "DeletePortalProductSharingPolicy", "DELETE", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent(
        "DeleteProductPage", "DELETE", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("DeleteProductRestEndpointPage", "DELETE",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
    absent("DisablePortal", "DELETE", "/v2/portals/{portalId}/publish"),
    absent("GetPortal", "GET", "/v2/portals/{portalId}"),
    absent("GetPortalProduct", "GET", "/v2/portalproducts/{portalProductId}"),
    absent("GetPortalProductSharingPolicy", "GET", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent("GetProductPage", "GET", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("GetProductRestEndpointPage", "GET",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
    absent("ListPortalProducts", "GET", "/v2/portalproducts"),
    absent("ListPortals", "GET", "/v2/portals"),
    absent("ListProductPages", "GET", "/v2/portalproducts/{portalProductId}/productpages"),
    absent("ListProductRestEndpointPages", "GET",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages"),
    absent("PreviewPortal", "POST", "/v2/portals/{portalId}/preview"),
    absent("PublishPortal", "POST", "/v2/portals/{portalId}/publish"),
    absent("PutPortalProductSharingPolicy", "PUT", "/v2/portalproducts/{portalProductId}/sharingpolicy"),
    absent("UpdatePortal", "PATCH", "/v2/portals/{portalId}"),
    absent("UpdatePortalProduct", "PATCH", "/v2/portalproducts/{portalProductId}"),
    absent("UpdateProductPage", "PATCH", "/v2/portalproducts/{portalProductId}/productpages/{productPageId}"),
    absent("UpdateProductRestEndpointPage", "PATCH",
        "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}"),
};

}

std::vector<Row> absentRows()
{
    return {std::begin(kAbsent), std::end(kAbsent)};
}

}
