#include "core/apigateway/actions.h"
#include "core/apigateway/authorizer_rules.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/method_rules.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> patchAuthorizationType(Method& method, const PatchOperation& operation)
{
    CORE_CHECK(checkAuthorization(operation.valueOrEmpty()));
    method.authorizationType = operation.valueOrEmpty();
    return {};
}

Result<> patchApiKeyRequired(Method& method, const PatchOperation& operation)
{
    method.apiKeyRequired = operation.valueOrEmpty() == "true";
    return {};
}

Result<> patchOperationName(Method& method, const PatchOperation& operation)
{
    method.operationName = operation.valueOrEmpty();
    return {};
}

Result<> patchParameter(Method& method, const PatchOperation& operation)
{
    if (operation.op != "add" && !method.requestParameters.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(method.requestParameters, operation, operation.valueOrEmpty() == "true");
    return checkRequestParameters(method.requestParameters);
}

Result<> patchModel(Method& method, const PatchOperation& operation)
{
    if (operation.op != "add" && !method.requestModels.contains(operation.parts.back()))
        return fail(errors::notFound("Content-Type specified was not found"));
    patchEntry(method.requestModels, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchValidator(Method& method, const PatchOperation& operation)
{
    method.requestValidatorId = operation.valueOrEmpty();
    return {};
}

Result<> patchAuthorizerId(Method& method, const PatchOperation& operation)
{
    method.authorizerId = operation.valueOrEmpty();
    return {};
}

Result<> patchScopes(Method& method, const PatchOperation& operation)
{
    auto& scopes = method.authorizationScopes;
    const auto found = std::find(scopes.begin(), scopes.end(), operation.valueOrEmpty());
    if (operation.op == "add" && found == scopes.end())
        scopes.push_back(operation.valueOrEmpty());
    if (operation.op == "remove" && found == scopes.end())
        return fail(errors::notFound("Invalid authorization scope specified"));
    if (operation.op == "remove")
        scopes.erase(found);
    return {};
}

constexpr PatchRule<Method> kPatchRules[] = {
    {"/authorizationType", "replace", patchAuthorizationType},
    {"/apiKeyRequired", "replace", patchApiKeyRequired},
    {"/operationName", "replace", patchOperationName},
    {"/requestParameters/*", "add remove replace", patchParameter},
    {"/requestModels/*", "add remove replace", patchModel},
    {"/requestValidatorId", "replace", patchValidator},
    {"/authorizerId", "replace", patchAuthorizerId},
    {"/authorizationScopes", "add remove", patchScopes},
};

Result<Method> newMethod(const json& input)
{
    Method method;
    method.httpMethod = text(input, "httpMethod");
    CORE_CHECK(checkHttpMethod(method.httpMethod));
    method.authorizationType = text(input, "authorizationType");
    CORE_CHECK(checkAuthorization(method.authorizationType));
    method.requestValidatorId = text(input, "requestValidatorId");
    method.authorizerId = text(input, "authorizerId");
    method.apiKeyRequired = flag(input, "apiKeyRequired");
    method.authorizationScopes = stringList(input, "authorizationScopes");
    method.operationName = text(input, "operationName");
    method.requestParameters = flagMap(input, "requestParameters");
    CORE_CHECK(checkRequestParameters(method.requestParameters));
    method.requestModels = stringMap(input, "requestModels");
    return method;
}

// What a method may refer to, its API must have.
Result<> checkReferences(const ApiDefinition& api, const Method& method)
{
    CORE_CHECK(checkAuthorizerOf(api, method));
    CORE_CHECK(checkValidator(api, method.requestValidatorId));
    return checkModels(api, method.requestModels);
}

}

Result<Outcome> putMethod(ApiGatewayService& service, RequestContext& context, Request& request)
{
    auto method = newMethod(request.input());
    return changeApi(service, context, request, errors::invalidResource(),
        [method = std::move(method), id = text(request.input(), "resourceId")](
            ApiDraft& draft) -> Result<json> {
            // AWS looks for the resource before it judges the method.
            CORE_TRY(auto resource, findResource(draft.api, id));
            if (!method)
                return fail(method.error());
            CORE_CHECK(checkReferences(draft.api, *method));
            if (!resource->methods.emplace(method->httpMethod, *method).second)
                return fail(errors::conflict("Method already exists for this resource"));
            return toJson(*method);
        });
}

Result<Outcome> getMethod(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    const MethodAddress address(request.input());
    CORE_TRY(const auto method, findMethod(state->api, address.resourceId, address.httpMethod));
    context.touch(state->api.id);
    return Reply::of(toJson(*method));
}

Result<Outcome> updateMethod(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidResource(),
        [operations = std::move(operations), address = MethodAddress(request.input())](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(applyPatch<Method>(*method, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkReferences(draft.api, *method));
            return toJson(*method);
        });
}

Result<Outcome> deleteMethod(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [address = MethodAddress(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findMethod(draft.api, address.resourceId, address.httpMethod));
            draft.api.resources.at(address.resourceId).methods.erase(address.httpMethod);
            return json(nullptr);
        });
}

}
