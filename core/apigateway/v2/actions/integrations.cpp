#include "core/apigateway/v2/integration_rules.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

// The ids of the routes whose target the integration is: "5z3anm5, npaqlgj".
std::string routesTo(const Api& api, const std::string& integrationId)
{
    std::string ids;
    for (const auto& [id, route] : api.routes) {
        if (route.integrationId() == integrationId)
            ids += (ids.empty() ? "" : ", ") + id;
    }
    return ids;
}

// Entries that an update does not name stay, and an empty value removes one.
void keepParameters(StringMap& parameters, const StringMap& before)
{
    parameters.insert(before.begin(), before.end());
    std::erase_if(parameters, [](const auto& entry) { return entry.second.empty(); });
}

void keepParameters(Integration& integration, const Integration& before)
{
    if (integration.requestParameters)
        keepParameters(*integration.requestParameters, before.requestParameters.value_or(StringMap{}));
    if (!integration.responseParameters)
        return;
    auto all = before.responseParameters.value_or(std::map<std::string, StringMap>{});
    bool removedStatus = false;
    for (auto& [status, parameters] : *integration.responseParameters) {
        removedStatus = removedStatus || parameters.empty(); // {} removes a status
        if (!parameters.empty())
            keepParameters(parameters, all[status]);
        all[status] = parameters;
    }
    std::erase_if(all, [](const auto& entry) { return entry.second.empty(); });
    // As recorded: the last entry leaves an empty map, the last status none.
    if (all.empty() && removedStatus)
        integration.responseParameters.reset();
    else
        integration.responseParameters = std::move(all);
}

}

Result<Outcome> createIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
        Integration integration;
        if (!draft.api.isHttp())
            integration.timeoutInMillis = 29'000;
        merge(integration, input);
        keepParameters(integration, Integration{});
        CORE_CHECK(completeIntegration(draft.api, integration));
        integration.integrationId = freshId(draft.api.integrations, randomLower, 7);
        draft.api.integrations[integration.integrationId] = integration;
        return toJson(integration);
    });
}

Result<Outcome> getIntegrations(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    std::vector<json> items;
    for (const auto& [id, integration] : state->api.integrations)
        items.push_back(toJson(integration));
    return pageOf(request, std::move(items));
}

Result<Outcome> getIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto integration,
        findById(state->api.integrations, "Integration", text(request.input(), "integrationId")));
    return Reply::of(toJson(*integration));
}

Result<Outcome> updateIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration,
                findById(draft.api.integrations, "Integration", text(input, "integrationId")));
            const auto before = *integration;
            merge(*integration, input);
            keepParameters(*integration, before);
            if (integration->requestParameters && integration->requestParameters->empty())
                integration->requestParameters.reset();
            CORE_CHECK(completeIntegration(draft.api, *integration));
            return toJson(*integration);
        });
}

Result<Outcome> deleteIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [id = text(request.input(), "integrationId")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findById(draft.api.integrations, "Integration", id));
            if (const auto routes = routesTo(draft.api, id); !routes.empty())
                return fail(errors::referenced("Integration", routes));
            draft.api.integrations.erase(id);
            return json(nullptr);
        });
}

}
