#include "core/apigateway/actions.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/resource_tree.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// A resource within its tree, as patches need it.
struct Placed {
    Resources& resources;
    Resource& resource;
};

Result<> place(const Placed& placed, const std::string& parentId, const std::string& pathPart)
{
    const auto parent = placed.resources.find(parentId);
    if (parent == placed.resources.end())
        return fail(errors::invalidResource());
    CORE_CHECK(checkPlace(placed.resources, parent->second, pathPart, placed.resource.id));
    placed.resource.parentId = parentId;
    placed.resource.pathPart = pathPart;
    placed.resource.path = pathBelow(parent->second, pathPart);
    renamePaths(placed.resources, placed.resource.id);
    return {};
}

Result<> patchPathPart(Placed& placed, const PatchOperation& operation)
{
    if (placed.resource.parentId.empty())
        return fail(errors::badRequest("Root resource cannot update its pathPart."));
    return place(placed, placed.resource.parentId, operation.valueOrEmpty());
}

Result<> patchParentId(Placed& placed, const PatchOperation& operation)
{
    if (placed.resource.parentId.empty())
        return fail(errors::badRequest("Root resource cannot update its parentId."));
    if (isBelow(placed.resources, operation.valueOrEmpty(), placed.resource.id))
        return fail(errors::badRequest("Resources cannot be cyclical."));
    return place(placed, operation.valueOrEmpty(), placed.resource.pathPart);
}

constexpr PatchRule<Placed> kPatchRules[] = {
    {"/pathPart", "replace", patchPathPart},
    {"/parentId", "replace", patchParentId},
};

}

Result<Outcome> getResources(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    context.touch(state->api.id);
    std::vector<const Resource*> ordered;
    for (const auto& [id, resource] : state->api.resources)
        ordered.push_back(&resource);
    std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->path < b->path; });
    std::vector<json> items;
    for (const auto* resource : ordered)
        items.push_back(toJson(*resource, embeds(request, "methods")));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    CORE_TRY(const auto resource, findResource(state->api, text(request.input(), "resourceId")));
    context.touch(state->api.id);
    return Reply::of(toJson(*resource, embeds(request, "methods")));
}

Result<Outcome> createResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    Resource resource;
    resource.id = randomLower(6);
    resource.parentId = text(request.input(), "parentId");
    resource.pathPart = text(request.input(), "pathPart");
    return changeApi(
        service, context, request, unknownApi(context, request), [resource](ApiDraft& draft) -> Result<json> {
            CORE_TRY(const auto parent, findResource(draft.api, resource.parentId));
            CORE_CHECK(checkPlace(draft.api.resources, *parent, resource.pathPart, {}));
            CORE_CHECK(checkRoom(quotas::kResources, draft.api.resources.size()));
            auto& added = draft.api.resources[resource.id];
            added = resource;
            added.path = pathBelow(*parent, resource.pathPart);
            return toJson(added, false);
        });
}

Result<Outcome> updateResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidResource(),
        [operations = std::move(operations), id = text(request.input(), "resourceId")](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto resource, findResource(draft.api, id));
            Placed placed{draft.api.resources, *resource};
            CORE_CHECK(applyPatch<Placed>(placed, operations, kPatchRules, unknownPatchPath));
            return toJson(*resource, false);
        });
}

Result<Outcome> deleteResource(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [id = text(request.input(), "resourceId")](ApiDraft& draft) -> Result<json> {
            CORE_TRY(const auto resource, findResource(draft.api, id));
            if (resource->parentId.empty())
                return fail(errors::badRequest("Root resource cannot be deleted."));
            removeTree(draft.api.resources, id);
            return json(nullptr);
        });
}

}
