#include "core/apigateway/account_records.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/v2/integration_rules.h"
#include "core/apigateway/v2/private_integration.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

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

// Mappings that an update does not name stay.
void mergeParameters(Integration& integration, const Integration& before)
{
    if (integration.requestParameters && before.requestParameters)
        integration.requestParameters->insert(
            before.requestParameters->begin(), before.requestParameters->end());
    if (!integration.responseParameters || !before.responseParameters)
        return;
    for (const auto& [status, parameters] : *before.responseParameters) {
        const auto [entry, isNew] = integration.responseParameters->try_emplace(status, parameters);
        if (!isNew && !entry->second.empty()) // {} removes the status
            entry->second.insert(parameters.begin(), parameters.end());
    }
}

// An empty value removes a mapping. As recorded, what is left is an empty map after a creation and after the
// last mapping of a status, and nothing otherwise.
void dropEmptyParameters(Integration& integration, bool isUpdate)
{
    const auto isEmpty = [](const auto& entry) { return entry.second.empty(); };
    if (auto& parameters = integration.requestParameters) {
        std::erase_if(*parameters, isEmpty);
        if (isUpdate && parameters->empty())
            parameters.reset();
    }
    if (auto& byStatus = integration.responseParameters) {
        const bool removesStatus = std::any_of(byStatus->begin(), byStatus->end(), isEmpty);
        for (auto& [status, parameters] : *byStatus)
            std::erase_if(parameters, isEmpty);
        std::erase_if(*byStatus, isEmpty);
        if (byStatus->empty() && removesStatus)
            byStatus.reset();
    }
}

}

Result<Outcome> createIntegration(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request,
        [input = request.input(), &links = service.records().vpcLinks](ApiDraft& draft) -> Result<json> {
            Integration integration;
            if (!draft.api.isHttp())
                integration.timeoutInMillis = 29'000;
            merge(integration, input);
            CORE_CHECK(completeIntegration(draft.api, integration));
            CORE_CHECK(checkConnection(links, draft.api, integration));
            dropEmptyParameters(integration, false);
            CORE_CHECK(checkRoomOfV2(quotas::kIntegrations, draft.api.integrations.size()));
            integration.integrationId = freshId(draft.api.integrations, randomLower, 7);
            draft.api.integrations[integration.integrationId] = integration;
            return toJson(integration);
        });
}

Result<Outcome> getIntegrations(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return pageOfAll(request, state->api.integrations);
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
    return changeAndDeploy(service, context, request,
        [input = request.input(), &links = service.records().vpcLinks](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration,
                findById(draft.api.integrations, "Integration", text(input, "integrationId")));
            const auto before = *integration;
            merge(*integration, input);
            mergeParameters(*integration, before);
            CORE_CHECK(completeIntegration(draft.api, *integration));
            CORE_CHECK(checkConnection(links, draft.api, *integration));
            dropEmptyParameters(*integration, true);
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
