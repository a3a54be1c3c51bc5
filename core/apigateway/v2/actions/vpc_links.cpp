#include "core/apigateway/account_records.h"
#include "core/apigateway/v2/requests.h"
#include "core/apigateway/v2/vpc_link_actions.h"
#include "core/apigateway/vpc_link_errors.h"
#include "core/apigateway/vpc_link_writes.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

json answerOf(const VpcLink& link, bool isNew)
{
    return {{"vpcLinkId", link.id}, {"name", link.name}, {"subnetIds", link.subnetIds},
        {"securityGroupIds", link.securityGroupIds}, {"createdDate", iso8601(link.createdDate)},
        {"tags", link.tags}, {"vpcLinkStatus", isNew ? "PENDING" : "AVAILABLE"},
        {"vpcLinkStatusMessage",
            isNew ? "VPC link is provisioning ENIs" : "VPC link is ready to route traffic"},
        {"vpcLinkVersion", "V2"}};
}

constexpr std::string_view kVersion = "V2";

Error unknownLink(const std::string& id)
{
    return errors::unknown("VpcLink", id);
}

// Which routes reach an integration over the link: "<method>:<route>".
std::vector<std::string> usesOfLink(const ApiStore& apis, const std::string& region, const std::string& id)
{
    std::vector<std::string> uses;
    for (const auto& state : apis.list(region)) {
        const auto& api = state->api;
        for (const auto& [routeId, route] : api.routes) {
            const auto found = api.integrations.find(route.integrationId());
            if (found != api.integrations.end() && found->second.connectionType == "VPC_LINK"
                && found->second.connectionId == id)
                uses.push_back(found->second.integrationMethod + ":" + routeId);
        }
    }
    return uses;
}

}

Result<Outcome> createVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    auto link = newLink(context, input, kVersion);
    link.subnetIds = stringList(input, "subnetIds");
    if (link.subnetIds.empty())
        return fail(errors::badRequest("At least one subnet ID must be specified"));
    link.securityGroupIds = stringList(input, "securityGroupIds");
    context.touch(link.name);
    return putLink(service.records().vpcLinks, std::move(link),
        [](const VpcLink& made) { return answerOf(made, true); });
}

Result<Outcome> getVpcLinks(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return pageOf(request,
        shownLinks(service.records().vpcLinks, context.region, kVersion,
            [](const VpcLink& link) { return answerOf(link, false); }));
}

Result<Outcome> getVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const LinkAddress address(context, request, kVersion);
    CORE_TRY(const auto link, linkOf(service.records().vpcLinks, address, unknownLink(address.id)));
    context.touch(link->name);
    return Reply::of(answerOf(*link, false));
}

Result<Outcome> updateVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    LinkAddress address(context, request, kVersion);
    context.touch(address.id);
    auto unknown = unknownLink(address.id);
    return changeLink(
        service.records().vpcLinks, std::move(address), std::move(unknown),
        [input = request.input()](VpcLink& link) -> Result<> {
            if (input.contains("name"))
                link.name = text(input, "name");
            return {};
        },
        [](const VpcLink& link) { return answerOf(link, false); });
}

Result<Outcome> deleteVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const LinkAddress address(context, request, kVersion);
    context.touch(address.id);
    auto& links = service.records().vpcLinks;
    CORE_CHECK(linkOf(links, address, unknownLink(address.id)));
    if (const auto uses = usesOfLink(service.apis(), context.region, address.id); !uses.empty())
        return fail(apigateway::errors::linkInUse(address.id, uses, "Method:Resource"));
    return eraseLink(links, address.key(), unknownLink(address.id), json::object());
}

}
