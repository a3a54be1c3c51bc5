#include "core/apigateway/api_ids.h"
#include "core/apigateway/custom_domain.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/tag_rules.h"
#include "core/apigateway/v2/integration_rules.h"
#include "core/apigateway/v2/requests.h"
#include "core/apigateway/v2/route_rules.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kHttpSelection = "$request.method $request.path";
constexpr const char* kKeySelection = "$request.header.x-api-key";

json answerOf(const Api& api, const std::string& endpoint)
{
    return toJson(api, apiEndpoint(api, endpoint));
}

std::string endpointOf(ApiGatewayV2Service& service)
{
    return service.host().endpoint ? service.host().endpoint() : std::string{};
}

Result<> checkApi(Api& api)
{
    if (api.routeSelectionExpression.empty()) {
        if (!api.isHttp())
            return fail(
                errors::badRequest("RouteSelectionExpression is a required parameter for WebSocket APIs"));
        api.routeSelectionExpression = kHttpSelection;
    }
    if (api.apiKeySelectionExpression.empty())
        api.apiKeySelectionExpression = kKeySelection;
    if (api.isHttp() && api.routeSelectionExpression != kHttpSelection)
        return fail(errors::badRequest(
            "RouteSelectionExpression of an HTTP API must be " + std::string(kHttpSelection)));
    if (!api.isHttp() && api.corsConfiguration)
        return fail(errors::badRequest("CorsConfiguration is only supported for HTTP APIs"));
    // A browser takes credentials from named origins alone.
    const auto& cors = api.corsConfiguration;
    if (cors && cors->allowCredentials
        && std::find(cors->allowOrigins.begin(), cors->allowOrigins.end(), "*") != cors->allowOrigins.end())
        return fail(errors::badRequest("allow-credentials is not supported if 'allow-origin' is *"));
    return {};
}

// What quick create adds: an integration, a route to it and a stage that deploys itself.
Result<> addQuickParts(ApiDraft& draft, const json& input, Micros now)
{
    auto integration = quickIntegration(text(input, "target"));
    integration.integrationId = randomLower(7);
    integration.credentialsArn = text(input, "credentialsArn");
    CORE_CHECK(completeIntegration(draft.api, integration));
    Route route;
    route.routeId = randomLower(7);
    route.apiGatewayManaged = true;
    route.routeKey = input.contains("routeKey") ? text(input, "routeKey") : "$default";
    route.target = "integrations/" + integration.integrationId;
    draft.api.integrations[integration.integrationId] = std::move(integration);
    CORE_CHECK(checkRoute(draft.api, route));
    draft.api.routes[route.routeId] = std::move(route);
    Stage stage;
    stage.stageName = "$default";
    stage.apiGatewayManaged = true;
    stage.autoDeploy = true;
    stage.createdDate = now;
    draft.stages[stage.stageName] = std::move(stage);
    draft.deployAutomatically(now);
    return {};
}

// UpdateApi changes the parts that quick create made, and only those.
Result<> updateQuickParts(Api& api, const json& input)
{
    if (!input.contains("target") && !input.contains("routeKey") && !input.contains("credentialsArn"))
        return {};
    for (auto& [id, integration] : api.integrations) {
        if (!integration.apiGatewayManaged.value_or(false))
            continue;
        if (input.contains("target")) {
            auto next = quickIntegration(text(input, "target"));
            next.integrationId = id;
            next.credentialsArn = integration.credentialsArn;
            integration = std::move(next);
        }
        if (input.contains("credentialsArn"))
            integration.credentialsArn = text(input, "credentialsArn");
        CORE_CHECK(completeIntegration(api, integration));
        for (auto& [routeId, route] : api.routes) {
            if (route.apiGatewayManaged.value_or(false) && input.contains("routeKey"))
                route.routeKey = text(input, "routeKey");
            CORE_CHECK(checkRoute(api, route));
        }
        return {};
    }
    return fail(
        errors::badRequest("Target, RouteKey and CredentialsArn can only be updated for an API that was "
                           "created with quick create"));
}

}

Result<Outcome> createApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    Api api;
    merge(api, input);
    api.tags = stringMap(input, "tags");
    api.region = context.region;
    api.account = context.principal.account;
    api.createdDate = context.now;
    CORE_TRY(api.apiId, newApiId(api.tags));
    CORE_CHECK(checkApi(api));
    CORE_CHECK(checkTags(api.tags));
    CORE_CHECK(checkRoomOfV2(quotas::kRegionalApis, service.apis().list(context.region).size()));
    const bool quick = input.contains("target");
    if (quick && !api.isHttp())
        return fail(errors::badRequest("Quick create is only supported for HTTP APIs"));
    if (!quick && (input.contains("routeKey") || input.contains("credentialsArn")))
        return fail(errors::badRequest("RouteKey and CredentialsArn need a Target"));
    context.touch(api.apiId);
    return service.apis().create(std::move(api),
        [input, quick, now = context.now, endpoint = endpointOf(service)](ApiDraft& draft) -> Result<json> {
            if (quick)
                CORE_CHECK(addQuickParts(draft, input, now));
            return answerOf(draft.api, endpoint);
        });
}

Result<Outcome> getApis(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    std::vector<json> items;
    for (const auto& state : service.apis().list(context.region))
        items.push_back(answerOf(state->api, endpointOf(service)));
    return pageOf(request, std::move(items));
}

Result<Outcome> getApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return Reply::of(answerOf(state->api, endpointOf(service)));
}

Result<Outcome> updateApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(service, context, request,
        [input = request.input(), endpoint = endpointOf(service)](ApiDraft& draft) -> Result<json> {
            if (input.contains("corsConfiguration"))
                draft.api.corsConfiguration.reset();
            merge(draft.api, input);
            CORE_CHECK(checkApi(draft.api));
            CORE_CHECK(updateQuickParts(draft.api, input));
            return answerOf(draft.api, endpoint);
        });
}

Result<Outcome> deleteApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(apiIdOf(request));
    if (service.domains().mappingOf(context.region, apiIdOf(request)))
        return fail(errors::badRequest("Deleting API " + apiIdOf(request)
            + " failed. Please remove all API mappings for the API from your custom domain names."));
    return service.apis().remove(context.region, apiIdOf(request), unknownApi(context, request));
}

Result<Outcome> deleteCorsConfiguration(
    ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(service, context, request, [](ApiDraft& draft) -> Result<json> {
        draft.api.corsConfiguration.reset();
        return json(nullptr);
    });
}

}
