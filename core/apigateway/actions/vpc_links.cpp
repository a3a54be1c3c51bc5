#include "core/apigateway/account_records.h"
#include "core/apigateway/connection_actions.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/private_integration.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/vpc_link_errors.h"
#include "core/apigateway/vpc_link_writes.h"
#include "core/base/arn.h"

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

constexpr std::string_view kVersion = "V1";

}

Result<Outcome> createVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    auto link = newLink(context, input, kVersion);
    if (link.name.empty())
        return fail(errors::badRequest("Name cannot be empty"));
    link.description = text(input, "description");
    link.targetArns = stringList(input, "targetArns");
    CORE_CHECK(checkTargets(link.targetArns));
    context.touch(link.name);
    return putLink(service.records().vpcLinks, std::move(link),
        [](const VpcLink& made) { return answerOf(made, true, false); });
}

Result<Outcome> getVpcLinks(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto items = shownLinks(service.records().vpcLinks, context.region, kVersion,
        [](const VpcLink& link) { return answerOf(link, false, false); });
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto link,
        linkOf(service.records().vpcLinks, {context, request, kVersion}, errors::invalidVpcLink()));
    context.touch(link->name);
    return Reply::of(answerOf(*link, false, true));
}

Result<Outcome> updateVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    LinkAddress address(context, request, kVersion);
    context.touch(address.id);
    return changeLink(
        service.records().vpcLinks, std::move(address), errors::invalidVpcLink(),
        [operations = std::move(operations)](
            VpcLink& link) { return applyPatch<VpcLink>(link, operations, kPatchRules, unknownPatchPath); },
        [](const VpcLink& link) { return answerOf(link, false, true); });
}

Result<Outcome> deleteVpcLink(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const LinkAddress address(context, request, kVersion);
    context.touch(address.id);
    auto& links = service.records().vpcLinks;
    CORE_CHECK(linkOf(links, address, errors::invalidVpcLink()));
    if (const auto uses = usesOfLink(service.apis(), context.region, address.id); !uses.empty())
        return fail(errors::linkInUse(address.id, uses, "RESTApiId:Method:Resource:Stage"));
    return eraseLink(links, address.key(), errors::invalidVpcLink(), nullptr);
}

}
