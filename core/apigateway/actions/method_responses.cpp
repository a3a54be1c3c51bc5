#include "core/apigateway/actions.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/method_rules.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> checkParameters(const std::map<std::string, bool>& parameters)
{
    for (const auto& [name, required] : parameters) {
        if (!MappingTarget::parseResponse(name))
            return fail(errors::badRequest("Invalid Parameter name specified: " + name));
    }
    return {};
}

Result<> patchParameter(MethodResponse& response, const PatchOperation& operation)
{
    if (operation.op != "add" && !response.responseParameters.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(response.responseParameters, operation, operation.valueOrEmpty() == "true");
    return checkParameters(response.responseParameters);
}

Result<> patchModel(MethodResponse& response, const PatchOperation& operation)
{
    if (operation.op != "add" && !response.responseModels.contains(operation.parts.back()))
        return fail(errors::notFound("Content-Type specified was not found"));
    patchEntry(response.responseModels, operation, operation.valueOrEmpty());
    return {};
}

constexpr PatchRule<MethodResponse> kPatchRules[] = {
    {"/responseParameters/*", "add remove replace", patchParameter},
    {"/responseModels/*", "add remove replace", patchModel},
};

}

Result<Outcome> putMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    MethodResponse response{text(request.input(), "statusCode"),
        flagMap(request.input(), "responseParameters"), stringMap(request.input(), "responseModels")};
    return changeApi(service, context, request, errors::invalidResource(),
        [response, address = MethodAddress(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(checkParameters(response.responseParameters));
            CORE_CHECK(checkModels(draft.api, response.responseModels));
            if (!method->methodResponses.emplace(response.statusCode, response).second)
                return fail(errors::conflict("Response already exists for this resource"));
            return toJson(response);
        });
}

Result<Outcome> getMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const MethodAddress address(request.input());
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    CORE_TRY(const auto method, findMethod(state->api, address.resourceId, address.httpMethod));
    CORE_TRY(const auto response, findStatus(method->methodResponses, address.statusCode));
    return Reply::of(toJson(*response));
}

Result<Outcome> updateMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidResource(),
        [operations = std::move(operations), address = MethodAddress(request.input())](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_TRY(auto response, findStatus(method->methodResponses, address.statusCode));
            CORE_CHECK(applyPatch<MethodResponse>(*response, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkModels(draft.api, response->responseModels));
            return toJson(*response);
        });
}

Result<Outcome> deleteMethodResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [address = MethodAddress(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(findStatus(method->methodResponses, address.statusCode));
            method->methodResponses.erase(address.statusCode);
            return json(nullptr);
        });
}

}
