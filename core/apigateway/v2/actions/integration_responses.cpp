#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kNoun = "IntegrationResponse";

template <typename ApiType> auto integrationOf(ApiType& api, const json& input)
{
    return findById(api.integrations, "Integration", text(input, "integrationId"));
}

Result<> checkResponse(const Api& api, const Integration& integration, const IntegrationResponse& response)
{
    if (api.isHttp())
        return fail(errors::badRequest("Integration responses are not supported for HTTP protocol Apis"));
    for (const auto& [id, other] : integration.integrationResponses) {
        if (id != response.integrationResponseId
            && other.integrationResponseKey == response.integrationResponseKey)
            return fail(errors::conflict("Integration response with key " + response.integrationResponseKey
                + " already exists for this integration"));
    }
    return {};
}

}

Result<Outcome> createIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, integrationOf(draft.api, input));
            IntegrationResponse response;
            merge(response, input);
            CORE_CHECK(checkResponse(draft.api, *integration, response));
            response.integrationResponseId = freshId(integration->integrationResponses, randomLower, 7);
            integration->integrationResponses[response.integrationResponseId] = response;
            return toJson(response);
        });
}

Result<Outcome> getIntegrationResponses(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto integration, integrationOf(state->api, request.input()));
    return pageOfAll(request, integration->integrationResponses);
}

Result<Outcome> getIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto integration, integrationOf(state->api, request.input()));
    CORE_TRY(const auto response,
        findById(integration->integrationResponses, kNoun, text(request.input(), "integrationResponseId")));
    return Reply::of(toJson(*response));
}

Result<Outcome> updateIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, integrationOf(draft.api, input));
            CORE_TRY(auto response,
                findById(integration->integrationResponses, kNoun, text(input, "integrationResponseId")));
            merge(*response, input);
            CORE_CHECK(checkResponse(draft.api, *integration, *response));
            return toJson(*response);
        });
}

Result<Outcome> deleteIntegrationResponse(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, integrationOf(draft.api, input));
            const auto id = text(input, "integrationResponseId");
            CORE_CHECK(findById(integration->integrationResponses, kNoun, id));
            integration->integrationResponses.erase(id);
            return json(nullptr);
        });
}

}
