#include "core/apigateway/actions.h"
#include "core/apigateway/api_clone.h"
#include "core/apigateway/api_endpoint.h"
#include "core/apigateway/api_ids.h"
#include "core/apigateway/api_room.h"
#include "core/apigateway/custom_domain.h"
#include "core/apigateway/definition_json.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/tag_rules.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> checkCompressionSize(std::int64_t size)
{
    constexpr std::int64_t kMax = 10'485'760;
    if (size < 0 || size > kMax)
        return fail(
            errors::badRequest("Invalid minimum compression size, must be between 0 and 10485760 inclusive"));
    return {};
}

// `cloned`: what cloneFrom names, or null.
Result<RestApi> newApi(const RequestContext& context, const json& input, const ApiPtr& cloned)
{
    RestApi api;
    api.name = text(input, "name");
    if (api.name.empty())
        return fail(errors::badRequest("Name cannot be an empty string"));
    if (input.contains("description") && text(input, "description").empty())
        return fail(errors::badRequest("Description cannot be an empty string"));
    CORE_CHECK(readApiEndpoint(input, api));
    api.tags = stringMap(input, "tags");
    CORE_TRY(api.id, newApiId(api.tags));
    api.region = context.region;
    api.account = context.principal.account;
    api.description = text(input, "description");
    api.version = text(input, "version");
    api.createdDate = context.now;
    api.binaryMediaTypes = stringList(input, "binaryMediaTypes");
    api.models = firstModels();
    if (const auto size = input.find("minimumCompressionSize");
        size != input.end() && size->is_number_integer()) {
        CORE_CHECK(checkCompressionSize(size->get<std::int64_t>()));
        api.minimumCompressionSize = size->get<int>();
    }
    if (const auto keySource = text(input, "apiKeySource"); !keySource.empty())
        api.apiKeySource = keySource;
    api.disableExecuteApiEndpoint = flag(input, "disableExecuteApiEndpoint");
    CORE_TRY(api.policy, normalisedPolicy(text(input, "policy"), api));
    api.rootResourceId = randomLower(10);
    Resource root;
    root.id = api.rootResourceId;
    root.path = "/";
    api.resources.emplace(root.id, root);
    if (cloned)
        cloneDefinition(cloned->api, api);
    return api;
}

Result<> patchName(RestApi& api, const PatchOperation& operation)
{
    if (operation.valueOrEmpty().empty())
        return fail(errors::badRequest("Name cannot be an empty string"));
    api.name = operation.valueOrEmpty();
    return {};
}

Result<> patchDescription(RestApi& api, const PatchOperation& operation)
{
    api.description = operation.valueOrEmpty();
    return {};
}

Result<> patchVersion(RestApi& api, const PatchOperation& operation)
{
    api.version = operation.valueOrEmpty();
    return {};
}

Result<> patchBinaryType(RestApi& api, const PatchOperation& operation)
{
    auto& types = api.binaryMediaTypes;
    const auto& named = operation.parts.back();
    const auto found = std::find(types.begin(), types.end(), named);
    if (operation.op == "add") {
        if (found == types.end())
            types.push_back(named);
        return {};
    }
    if (found == types.end())
        return fail(errors::notFound("Invalid binary media type specified: " + named));
    if (operation.op == "remove")
        types.erase(found);
    else
        *found = operation.valueOrEmpty();
    return {};
}

Result<> patchKeySource(RestApi& api, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "HEADER" && value != "AUTHORIZER")
        return fail(
            errors::badRequest("Invalid API key source " + value + ". Must be one of: [HEADER, AUTHORIZER]"));
    api.apiKeySource = value;
    return {};
}

Result<> patchDisabled(RestApi& api, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "true" && value != "false")
        return fail(errors::badRequest("Invalid boolean value " + value + " for " + operation.path));
    api.disableExecuteApiEndpoint = value == "true";
    return {};
}

// Without a value compression is off.
Result<> patchCompression(RestApi& api, const PatchOperation& operation)
{
    if (operation.op == "remove" || operation.valueOrEmpty().empty()) {
        api.minimumCompressionSize.reset();
        return {};
    }
    const auto size = parseInteger(operation.valueOrEmpty());
    CORE_CHECK(checkCompressionSize(size.value_or(-1)));
    api.minimumCompressionSize = static_cast<int>(*size);
    return {};
}

// Holds for calls when the API is deployed again. Without a value there is none any more.
Result<> patchPolicy(RestApi& api, const PatchOperation& operation)
{
    const auto value = operation.op == "remove" ? std::string() : operation.valueOrEmpty();
    CORE_TRY(api.policy, normalisedPolicy(value, api));
    return {};
}

constexpr PatchRule<RestApi> kPatchRules[] = {
    {"/name", "replace", patchName},
    {"/description", "replace", patchDescription},
    {"/version", "replace", patchVersion},
    {"/binaryMediaTypes/*", "add remove replace", patchBinaryType},
    {"/apiKeySource", "replace", patchKeySource},
    {"/disableExecuteApiEndpoint", "replace", patchDisabled},
    {"/endpointConfiguration/types/*", "replace", patchEndpointType},
    {"/endpointConfiguration/ipAddressType", "replace", patchIpType},
    {"/minimumCompressionSize", "add remove replace", patchCompression},
    {"/policy", "add remove replace", patchPolicy},
    {"/endpointConfiguration/vpcEndpointIds", "add remove", patchVpcEndpoints},
    {"/securityPolicy", "replace", patchSecurityPolicy},
    {"/endpointAccessMode", "replace", patchAccessMode},
};

}

Result<Outcome> createRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto cloned = text(request.input(), "cloneFrom");
    const auto source = cloned.empty() ? nullptr : service.apis().find(context.region, cloned);
    if (!cloned.empty() && !source)
        return fail(errors::invalidApi(context.principal.account, cloned));
    CORE_TRY(auto api, newApi(context, request.input(), source));
    context.touch(api.id);
    CORE_CHECK(checkApiRoom(service.apis(), api));
    CORE_CHECK(checkTags(api.tags));
    return service.apis().create(std::move(api));
}

Result<Outcome> getRestApis(ApiGatewayService& service, RequestContext& context, Request& request)
{
    auto states = service.apis().list(context.region);
    std::sort(states.begin(), states.end(),
        [](const ApiPtr& a, const ApiPtr& b) { return a->api.createdDate < b->api.createdDate; });
    std::vector<json> items;
    for (const auto& state : states)
        items.push_back(toJson(state->api));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    context.touch(state->api.id);
    auto out = toJson(state->api);
    out.emplace("tags", json::object()); // unlike a creation's and a list's
    return Reply::of(std::move(out));
}

Result<Outcome> updateRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations)](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(applyPatch<RestApi>(draft.api, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkApiEndpoint(draft.api));
            auto out = toJson(draft.api);
            out.emplace("tags", json::object()); // an update's answer has them even when there are none
            return out;
        });
}

Result<Outcome> deleteRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(apiIdOf(request));
    if (const auto mapping = service.domains().mappingOf(context.region, apiIdOf(request)))
        return fail(errors::badRequest("Deleting RestApi " + apiIdOf(request)
            + " failed. Please remove all base path mappings related to the RestApi in your domains: "
            + mapping->domainName));
    return service.apis().remove(context.region, apiIdOf(request), unknownApi(context, request));
}

}
