#include "core/apigateway/quotas.h"
#include "core/apigateway/v2/requests.h"
#include "core/apigateway/v2/route_rules.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

Result<Outcome> createRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            Route route;
            merge(route, input);
            route.routeId = freshId(draft.api.routes, randomLower, 7);
            CORE_CHECK(checkRoute(draft.api, route));
            CORE_CHECK(checkRoomOfV2(quotas::kRoutes, draft.api.routes.size()));
            draft.api.routes[route.routeId] = route;
            return toJson(route);
        });
}

Result<Outcome> getRoutes(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return pageOfAll(request, state->api.routes);
}

Result<Outcome> getRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto route, findById(state->api.routes, "Route", text(request.input(), "routeId")));
    return Reply::of(toJson(*route));
}

Result<Outcome> updateRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto route, findById(draft.api.routes, "Route", text(input, "routeId")));
            if (route->apiGatewayManaged.value_or(false) && input.contains("routeKey"))
                return fail(errors::badRequest(
                    "The key of a route that is managed by API Gateway is changed with UpdateApi"));
            const auto parameters = route->requestParameters;
            merge(*route, input);
            // Parameters that are not named stay; DeleteRouteRequestParameter removes one.
            route->requestParameters.insert(parameters.begin(), parameters.end());
            if (route->authorizationType == "NONE" && !input.contains("authorizerId"))
                route->authorizerId.clear();
            CORE_CHECK(checkRoute(draft.api, *route));
            return toJson(*route);
        });
}

Result<Outcome> deleteRoute(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [id = text(request.input(), "routeId")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findById(draft.api.routes, "Route", id));
            draft.api.routes.erase(id);
            return json(nullptr);
        });
}

Result<Outcome> deleteRouteRequestParameter(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto route, findById(draft.api.routes, "Route", text(input, "routeId")));
            const auto key = text(input, "requestParameterKey");
            if (route->requestParameters.erase(key) == 0)
                return fail(errors::notFound("Unable to find request parameter " + key));
            return json(nullptr);
        });
}

}
