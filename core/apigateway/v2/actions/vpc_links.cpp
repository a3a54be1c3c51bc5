#include "core/apigateway/account_records.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/v2/requests.h"
#include "core/apigateway/v2/vpc_link_actions.h"
#include "core/apigateway/vpc_link_errors.h"
#include "core/base/ids.h"
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

std::string linkIdOf(const Request& request)
{
    return text(request.input(), "vpcLinkId");
}

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
    VpcLink link;
    link.region = context.region;
    link.id = randomLower(6);
    link.version = "V2";
    link.name = text(input, "name");
    link.subnetIds = stringList(input, "subnetIds");
    if (link.subnetIds.empty())
        return fail(errors::badRequest("At least one subnet ID must be specified"));
    link.securityGroupIds = stringList(input, "securityGroupIds");
    link.tags = stringMap(input, "tags");
    link.createdDate = context.now;
    context.touch(link.name);
    auto& links = service.records().vpcLinks;
    return std::make_unique<RecordWrite>(
        [link, &links](store::Transaction& transaction) -> Result<json> {
            links.put(transaction, link);
            return answerOf(link, true);
        },
        [key = recordKey(link), &links] { links.refresh(key); });
}

Result<Outcome> getVpcLinks(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    for (const auto& link : service.records().vpcLinks.below(context.region + "/")) {
        if (link->version == "V2")
            items.push_back(answerOf(*link, false));
    }
    return pageOf(request, std::move(items));
}

Result<Outcome> getVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto link = findLink(service.records().vpcLinks, context.region, linkIdOf(request), "V2");
    if (!link)
        return fail(unknownLink(linkIdOf(request)));
    context.touch(link->name);
    return Reply::of(answerOf(*link, false));
}

Result<Outcome> updateVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto id = linkIdOf(request);
    context.touch(id);
    auto& links = service.records().vpcLinks;
    const auto key = context.region + "/" + id;
    return std::make_unique<RecordWrite>(
        [input = request.input(), id, key, &links](store::Transaction& transaction) -> Result<json> {
            const auto before = links.read(transaction, key);
            if (!before || before->version != "V2")
                return fail(unknownLink(id));
            auto link = *before;
            if (input.contains("name"))
                link.name = text(input, "name");
            links.put(transaction, link);
            return answerOf(link, false);
        },
        [key, &links] { links.refresh(key); });
}

Result<Outcome> deleteVpcLink(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto id = linkIdOf(request);
    context.touch(id);
    auto& links = service.records().vpcLinks;
    if (!findLink(links, context.region, id, "V2"))
        return fail(unknownLink(id));
    if (const auto uses = usesOfLink(service.apis(), context.region, id); !uses.empty())
        return fail(apigateway::errors::linkInUse(id, uses, "Method:Resource"));
    const auto key = context.region + "/" + id;
    return std::make_unique<RecordWrite>(
        [id, key, &links](store::Transaction& transaction) -> Result<json> {
            if (!links.erase(transaction, key))
                return fail(unknownLink(id));
            return json::object();
        },
        [key, &links] { links.refresh(key); });
}

}
