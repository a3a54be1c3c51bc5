#include "core/apigateway/actions.h"
#include "core/apigateway/integration_rules.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> patchPattern(IntegrationResponse& response, const PatchOperation& operation)
{
    response.selectionPattern = operation.valueOrEmpty();
    return {};
}

Result<> patchParameter(IntegrationResponse& response, const PatchOperation& operation)
{
    if (operation.op != "add" && !response.responseParameters.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(response.responseParameters, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchTemplate(IntegrationResponse& response, const PatchOperation& operation)
{
    if (operation.op != "add" && !response.responseTemplates.contains(operation.parts.back()))
        return fail(errors::notFound("Content-Type specified was not found"));
    patchEntry(response.responseTemplates, operation, operation.value);
    return {};
}

Result<> patchContentHandling(IntegrationResponse& response, const PatchOperation& operation)
{
    return checkedContentHandling(response.contentHandling, operation);
}

constexpr PatchRule<IntegrationResponse> kPatchRules[] = {
    {"/selectionPattern", "replace", patchPattern},
    {"/responseParameters/*", "add remove replace", patchParameter},
    {"/responseTemplates/*", "add remove replace", patchTemplate},
    {"/contentHandling", "add remove replace", patchContentHandling},
};

IntegrationResponse newResponse(const json& input)
{
    auto response = integrationResponse(input);
    // AWS keeps an empty template as none.
    for (auto& [type, value] : response.responseTemplates) {
        if (value && value->empty())
            value.reset();
    }
    return response;
}

}

Result<Outcome> putIntegrationResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [response = newResponse(request.input()), address = MethodAddress(request.input())](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, findIntegration(draft.api, address.resourceId, address.httpMethod));
            CORE_TRY(const auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(checkIntegrationResponse(*method, response));
            integration->integrationResponses[response.statusCode] = response;
            return toJson(response);
        });
}

Result<Outcome> getIntegrationResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const MethodAddress address(request.input());
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    CORE_TRY(const auto integration, findIntegration(state->api, address.resourceId, address.httpMethod));
    CORE_TRY(const auto response, findStatus(integration->integrationResponses, address.statusCode));
    return Reply::of(toJson(*response));
}

Result<Outcome> updateIntegrationResponse(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidResource(),
        [operations = std::move(operations), address = MethodAddress(request.input())](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, findIntegration(draft.api, address.resourceId, address.httpMethod));
            CORE_TRY(auto response, findStatus(integration->integrationResponses, address.statusCode));
            CORE_CHECK(applyPatch<IntegrationResponse>(*response, operations, kPatchRules, unknownPatchPath));
            CORE_TRY(const auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(checkIntegrationResponse(*method, *response));
            return toJson(*response);
        });
}

Result<Outcome> deleteIntegrationResponse(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [address = MethodAddress(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, findIntegration(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(findStatus(integration->integrationResponses, address.statusCode));
            integration->integrationResponses.erase(address.statusCode);
            return json(nullptr);
        });
}

}
