#include "core/apigateway/v2/private_integration.h"

#include "core/apigateway/vpc_link_errors.h"

namespace core::apigateway::v2 {

namespace {

std::shared_ptr<const VpcLink> linkOf(const VpcLinks& links, const Api& api, const Integration& integration)
{
    return findLink(links, api.region, integration.connectionId, api.isHttp() ? "V2" : "V1");
}

}

Result<> checkConnection(const VpcLinks& links, const Api& api, const Integration& integration)
{
    namespace errors = apigateway::errors;
    if (integration.connectionType != "VPC_LINK")
        return {};
    if (integration.integrationType != "HTTP_PROXY" && integration.integrationType != "HTTP")
        return fail(errors::linkOfWrongType());
    if (integration.connectionId.empty())
        return fail(errors::linkMissing());
    if (!linkOf(links, api, integration))
        return fail(errors::badRequest("Invalid Vpc Link identifier specified"));
    return {};
}

std::string privateUrl(
    const VpcLinks& links, const Api& api, const Integration& integration, const std::string& path)
{
    const auto link = linkOf(links, api, integration);
    return link ? link->lead(integration.integrationUri, path) : std::string();
}

}
