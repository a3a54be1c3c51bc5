#include "core/apigateway/actions.h"
#include "core/apigateway/definition_json.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/gateway_response.h"
#include "core/apigateway/gateway_response_rules.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<GatewayResponse> newResponse(const json& input)
{
    GatewayResponse response{text(input, "statusCode"), stringMap(input, "responseParameters"),
        stringMap(input, "responseTemplates")};
    CORE_CHECK(checkGatewayResponse(response));
    return response;
}

json shown(const RestApi& api, const std::string& type)
{
    const auto found = api.gatewayResponses.find(type);
    return found == api.gatewayResponses.end() ? defaultGatewayResponse(type) : toJson(found->second, type);
}

Result<> patchStatus(GatewayResponse& response, const PatchOperation& operation)
{
    response.statusCode = operation.valueOrEmpty();
    return {};
}

Result<> patchParameter(GatewayResponse& response, const PatchOperation& operation)
{
    auto& parameters = response.responseParameters;
    if (operation.op != "remove" && operation.valueOrEmpty().empty())
        return fail(errors::badRequest("Invalid null or empty value in responseParameters"));
    if (operation.op != "add" && !parameters.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(parameters, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchTemplate(GatewayResponse& response, const PatchOperation& operation)
{
    auto& templates = response.responseTemplates;
    if (operation.op != "remove" && operation.valueOrEmpty().empty())
        return fail(errors::badRequest("Invalid null or empty value in responseTemplates"));
    if (operation.op != "add" && !templates.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(templates, operation, operation.valueOrEmpty());
    return {};
}

constexpr PatchRule<GatewayResponse> kPatchRules[] = {
    {"/statusCode", "replace", patchStatus},
    {"/responseParameters/*", "add remove replace", patchParameter},
    {"/responseTemplates/*", "add remove replace", patchTemplate},
};

// A path that AWS knows with an operation that it does not take is an invalid path too, as recorded.
Result<> checkOperations(const std::vector<PatchOperation>& operations)
{
    for (const auto& operation : operations) {
        if (operation.path == "/statusCode" && operation.op != "replace")
            return fail(errors::invalidPatchPath(operation.path));
    }
    return {};
}

}

Result<Outcome> putGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    auto response = newResponse(request.input());
    return changeApi(service, context, request, unknownApi(context, request),
        [response = std::move(response), type = text(request.input(), "responseType")](
            ApiDraft& draft) -> Result<json> {
            if (!response)
                return fail(response.error());
            auto made = *response;
            if (made.responseTemplates.empty())
                made.responseTemplates = stringMap(defaultGatewayResponse(type), "responseTemplates");
            draft.api.gatewayResponses[type] = std::move(made);
            return shown(draft.api, type);
        });
}

Result<Outcome> getGatewayResponses(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto& known : gatewayResponseDefaults())
        items.push_back(shown(state->api, std::string(known.name)));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    return Reply::of(shown(state->api, text(request.input(), "responseType")));
}

Result<Outcome> updateGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    for (const auto& operation : request.input().value("patchOperations", json::array())) {
        if (operation.contains("op") && !operation.contains("path"))
            return fail(errors::badRequest("Invalid patch path null"));
    }
    CORE_TRY(auto operations, parsePatch(request.input()));
    CORE_CHECK(checkOperations(operations));
    return changeApi(service, context, request, unknownApi(context, request),
        [operations = std::move(operations), type = text(request.input(), "responseType")](
            ApiDraft& draft) -> Result<json> {
            // An update of what has its default yet makes it the API's own.
            auto response = draft.api.gatewayResponses.contains(type)
                ? draft.api.gatewayResponses.at(type)
                : GatewayResponse{{}, {}, stringMap(defaultGatewayResponse(type), "responseTemplates")};
            CORE_CHECK(applyPatch<GatewayResponse>(response, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkGatewayResponse(response));
            draft.api.gatewayResponses[type] = std::move(response);
            return shown(draft.api, type);
        });
}

Result<Outcome> deleteGatewayResponse(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, unknownApi(context, request),
        [type = text(request.input(), "responseType")](ApiDraft& draft) -> Result<json> {
            if (draft.api.gatewayResponses.erase(type) == 0)
                return fail(errors::notFound("Gateway response type not defined on api"));
            return json(nullptr);
        });
}

}
