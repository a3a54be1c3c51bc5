#include "core/apigateway/account_records.h"
#include "core/apigateway/connection_actions.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/private_integration.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/vpc_link_errors.h"
#include "core/base/arn.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// As recorded: no message for a new link, and tags that are none only where a link is shown alone.
json answerOf(const VpcLink& link, bool isNew, bool withTags)
{
    json out{{"id", link.id}, {"name", link.name}, {"targetArns", link.targetArns},
        {"status", isNew ? "PENDING" : "AVAILABLE"}};
    if (!isNew)
        out["statusMessage"] = "Your vpc link is ready for use";
    if (!link.description.empty())
        out["description"] = link.description;
    if (withTags || !link.tags.empty())
        out["tags"] = link.tags;
    return out;
}

Result<> checkTargets(const std::vector<std::string>& arns)
{
    if (arns.size() > 1)
        return fail(errors::manyTargets());
    const auto given = arns.empty() ? std::string() : arns.front();
    const auto arn = Arn::parse(given);
    if (!arn)
        return fail(errors::badRequest("Invalid ARN. ARN is not well formed " + given));
    if (arn->service != "elasticloadbalancing" || !arn->resource.starts_with("loadbalancer/"))
        return fail(errors::badRequest("Invalid target arn specified for vpc link."));
    return {};
}

Result<> patchName(VpcLink& link, const PatchOperation& operation)
{
    if (operation.valueOrEmpty().empty())
        return fail(errors::badRequest("Name cannot be empty"));
    link.name = operation.valueOrEmpty();
    return {};
}

Result<> patchDescription(VpcLink& link, const PatchOperation& operation)
{
    link.description = operation.valueOrEmpty();
    return {};
}

Result<> patchTargets(VpcLink&, const PatchOperation&)
{
    return fail(errors::targetsStay());
}

constexpr PatchRule<VpcLink> kPatchRules[] = {
    {"/name", "replace", patchName},
    {"/description", "replace", patchDescription},
    {"/targetArns", "add remove replace", patchTargets},
    {"/targetArns/*", "add remove replace", patchTargets},
};

std::string linkIdOf(const Request& request)
{
    return text(request.input(), "vpcLinkId");
}

}

Result<Outcome> createVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    VpcLink link;
    link.region = context.region;
    link.id = randomLower(6);
    link.version = "V1";
    link.name = text(input, "name");
    if (link.name.empty())
        return fail(errors::badRequest("Name cannot be empty"));
    link.description = text(input, "description");
    link.targetArns = stringList(input, "targetArns");
    CORE_CHECK(checkTargets(link.targetArns));
    link.tags = stringMap(input, "tags");
    link.createdDate = context.now;
    context.touch(link.name);
    auto& links = service.records().vpcLinks;
    return std::make_unique<RecordWrite>(
        [link, &links](store::Transaction& transaction) -> Result<json> {
            links.put(transaction, link);
            return answerOf(link, true, false);
        },
        [key = recordKey(link), &links] { links.refresh(key); });
}

Result<Outcome> getVpcLinks(ApiGatewayService& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    for (const auto& link : service.records().vpcLinks.below(context.region + "/")) {
        if (link->version == "V1")
            items.push_back(answerOf(*link, false, false));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto link = findLink(service.records().vpcLinks, context.region, linkIdOf(request), "V1");
    if (!link)
        return fail(errors::invalidVpcLink());
    context.touch(link->name);
    return Reply::of(answerOf(*link, false, true));
}

Result<Outcome> updateVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(linkIdOf(request));
    auto& links = service.records().vpcLinks;
    const auto key = context.region + "/" + linkIdOf(request);
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), key, &links](store::Transaction& transaction) -> Result<json> {
            const auto before = links.read(transaction, key);
            if (!before || before->version != "V1")
                return fail(errors::invalidVpcLink());
            auto link = *before;
            CORE_CHECK(applyPatch<VpcLink>(link, operations, kPatchRules, unknownPatchPath));
            links.put(transaction, link);
            return answerOf(link, false, true);
        },
        [key, &links] { links.refresh(key); });
}

Result<Outcome> deleteVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto id = linkIdOf(request);
    context.touch(id);
    auto& links = service.records().vpcLinks;
    if (!findLink(links, context.region, id, "V1"))
        return fail(errors::invalidVpcLink());
    if (const auto uses = usesOfLink(service.apis(), context.region, id); !uses.empty())
        return fail(errors::linkInUse(id, uses, "RESTApiId:Method:Resource:Stage"));
    const auto key = context.region + "/" + id;
    return std::make_unique<RecordWrite>(
        [key, &links](store::Transaction& transaction) -> Result<json> {
            if (!links.erase(transaction, key))
                return fail(errors::invalidVpcLink());
            return json(nullptr);
        },
        [key, &links] { links.refresh(key); });
}

}
