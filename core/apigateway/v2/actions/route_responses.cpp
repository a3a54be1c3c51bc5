#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kNoun = "RouteResponse";

template <typename ApiType> auto routeOf(ApiType& api, const json& input)
{
    return findById(api.routes, "Route", text(input, "routeId"));
}

Result<> checkResponse(const Api& api, const Route& route, const RouteResponse& response)
{
    if (api.isHttp())
        return fail(errors::badRequest("Route responses are not supported for HTTP protocol Apis"));
    if (response.routeResponseKey != "$default")
        return fail(errors::badRequest("Route response key must be $default"));
    for (const auto& [id, other] : route.routeResponses) {
        if (id != response.routeResponseId && other.routeResponseKey == response.routeResponseKey)
            return fail(errors::conflict(
                "Route response with key " + response.routeResponseKey + " already exists for this route"));
    }
    return {};
}

}

Result<Outcome> createRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto route, routeOf(draft.api, input));
            RouteResponse response;
            merge(response, input);
            CORE_CHECK(checkResponse(draft.api, *route, response));
            response.routeResponseId = freshId(route->routeResponses, randomLower, 7);
            route->routeResponses[response.routeResponseId] = response;
            return toJson(response);
        });
}

Result<Outcome> getRouteResponses(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto route, routeOf(state->api, request.input()));
    return pageOfAll(request, route->routeResponses);
}

Result<Outcome> getRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto route, routeOf(state->api, request.input()));
    CORE_TRY(const auto response,
        findById(route->routeResponses, kNoun, text(request.input(), "routeResponseId")));
    return Reply::of(toJson(*response));
}

Result<Outcome> updateRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto route, routeOf(draft.api, input));
            CORE_TRY(auto response, findById(route->routeResponses, kNoun, text(input, "routeResponseId")));
            merge(*response, input);
            CORE_CHECK(checkResponse(draft.api, *route, *response));
            return toJson(*response);
        });
}

Result<Outcome> deleteRouteResponse(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto route, routeOf(draft.api, input));
            const auto id = text(input, "routeResponseId");
            CORE_CHECK(findById(route->routeResponses, kNoun, id));
            route->routeResponses.erase(id);
            return json(nullptr);
        });
}

}
