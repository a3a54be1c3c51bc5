#include "core/apigateway/account_records.h"
#include "core/apigateway/actions.h"
#include "core/apigateway/integration_rules.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/private_integration.h"
#include "core/apigateway/requests.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> patchUri(Integration& integration, const PatchOperation& operation)
{
    integration.uri = operation.valueOrEmpty();
    return {};
}

Result<> patchHttpMethod(Integration& integration, const PatchOperation& operation)
{
    integration.httpMethod = operation.valueOrEmpty();
    return {};
}

Result<> patchParameter(Integration& integration, const PatchOperation& operation)
{
    if (operation.op != "add" && !integration.requestParameters.contains(operation.parts.back()))
        return fail(errors::notFound("Invalid parameter name specified"));
    patchEntry(integration.requestParameters, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchTemplate(Integration& integration, const PatchOperation& operation)
{
    if (operation.op != "add" && !integration.requestTemplates.contains(operation.parts.back()))
        return fail(errors::notFound("Content-Type specified was not found"));
    patchEntry(integration.requestTemplates, operation, operation.valueOrEmpty());
    return {};
}

Result<> patchPassthrough(Integration& integration, const PatchOperation& operation)
{
    integration.passthroughBehavior = operation.valueOrEmpty();
    return {};
}

Result<> patchTimeout(Integration& integration, const PatchOperation& operation)
{
    const auto value = parseInteger(operation.valueOrEmpty());
    // Zero fails the range check with AWS's words.
    integration.timeoutInMillis =
        value && *value > 0 && *value <= std::numeric_limits<int>::max() ? static_cast<int>(*value) : 0;
    return {};
}

Result<> patchCredentials(Integration& integration, const PatchOperation& operation)
{
    integration.credentials = operation.valueOrEmpty();
    return {};
}

Result<> patchConnectionType(Integration& integration, const PatchOperation& operation)
{
    integration.connectionType = operation.valueOrEmpty();
    return {};
}

Result<> patchConnectionId(Integration& integration, const PatchOperation& operation)
{
    integration.connectionId = operation.valueOrEmpty();
    return {};
}

Result<> patchCacheNamespace(Integration& integration, const PatchOperation& operation)
{
    integration.cacheNamespace = operation.valueOrEmpty();
    return {};
}

Result<> patchCacheKey(Integration& integration, const PatchOperation& operation)
{
    auto& keys = integration.cacheKeyParameters;
    std::erase(keys, operation.parts.back());
    if (operation.op == "add")
        keys.push_back(operation.parts.back());
    return {};
}

Result<> patchContentHandling(Integration& integration, const PatchOperation& operation)
{
    return checkedContentHandling(integration.contentHandling, operation);
}

Result<> patchVerification(Integration& integration, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "true" && value != "false")
        return fail(errors::badRequest("Invalid boolean value " + value + " for " + operation.path));
    integration.insecureSkipVerification = value == "true";
    return {};
}

Result<> patchTransferMode(Integration& integration, const PatchOperation& operation)
{
    integration.responseTransferMode = operation.valueOrEmpty();
    return {};
}

Result<> patchTarget(Integration& integration, const PatchOperation& operation)
{
    integration.integrationTarget = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<Integration> kPatchRules[] = {
    {"/uri", "replace", patchUri},
    {"/httpMethod", "replace", patchHttpMethod},
    {"/requestParameters/*", "add remove replace", patchParameter},
    {"/requestTemplates/*", "add remove replace", patchTemplate},
    {"/passthroughBehavior", "replace", patchPassthrough},
    {"/timeoutInMillis", "replace", patchTimeout},
    {"/credentials", "replace", patchCredentials},
    {"/connectionType", "replace", patchConnectionType},
    {"/connectionId", "replace", patchConnectionId},
    {"/cacheNamespace", "replace", patchCacheNamespace},
    {"/cacheKeyParameters/*", "add remove", patchCacheKey},
    {"/contentHandling", "add remove replace", patchContentHandling},
    {"/tlsConfig/insecureSkipVerification", "replace", patchVerification},
    {"/responseTransferMode", "replace", patchTransferMode},
    {"/integrationTarget", "replace", patchTarget},
};

Result<Integration> newIntegration(const json& input, const std::string& resourceId)
{
    Integration integration;
    CORE_TRY(integration.type, parseIntegrationType(text(input, "type")));
    integration.httpMethod = text(input, "integrationHttpMethod");
    integration.uri = text(input, "uri");
    integration.connectionType = text(input, "connectionType");
    integration.connectionId = text(input, "connectionId");
    if ((integration.type == IntegrationType::HttpProxy || integration.type == IntegrationType::Http)
        && integration.connectionType.empty())
        integration.connectionType = "INTERNET";
    integration.insecureSkipVerification = skipsVerification(input);
    integration.credentials = text(input, "credentials");
    integration.requestParameters = stringMap(input, "requestParameters");
    integration.requestTemplates = stringMap(input, "requestTemplates");
    if (const auto behavior = text(input, "passthroughBehavior"); !behavior.empty())
        integration.passthroughBehavior = behavior;
    integration.contentHandling = text(input, "contentHandling");
    const auto wanted = input.value("timeoutInMillis", std::int64_t{29'000});
    integration.timeoutInMillis = static_cast<int>(std::clamp<std::int64_t>(wanted, 0, 1'000'000));
    integration.cacheNamespace = text(input, "cacheNamespace");
    if (integration.cacheNamespace.empty())
        integration.cacheNamespace = resourceId;
    integration.cacheKeyParameters = stringList(input, "cacheKeyParameters");
    integration.responseTransferMode = text(input, "responseTransferMode");
    integration.integrationTarget = text(input, "integrationTarget");
    return integration;
}

}

Result<Outcome> putIntegration(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const MethodAddress address(request.input());
    auto integration = newIntegration(request.input(), address.resourceId);
    return changeApi(service, context, request, errors::invalidResource(),
        [integration = std::move(integration), address, &links = service.records().vpcLinks](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            if (!integration)
                return fail(integration.error());
            CORE_CHECK(checkIntegration(*method, *integration));
            CORE_CHECK(checkConnection(links, draft.api.region, *integration));
            // A new integration begins without responses.
            method->integration = *integration;
            return toJson(*integration);
        });
}

Result<Outcome> getIntegration(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const MethodAddress address(request.input());
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    CORE_TRY(const auto integration, findIntegration(state->api, address.resourceId, address.httpMethod));
    return Reply::of(toJson(*integration));
}

Result<Outcome> updateIntegration(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidResource(),
        [operations = std::move(operations), address = MethodAddress(request.input()),
            &links = service.records().vpcLinks](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto integration, findIntegration(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(applyPatch<Integration>(*integration, operations, kPatchRules, unknownPatchPath));
            CORE_TRY(const auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            CORE_CHECK(checkIntegration(*method, *integration));
            CORE_CHECK(checkConnection(links, draft.api.region, *integration));
            return toJson(*integration);
        });
}

Result<Outcome> deleteIntegration(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidResource(),
        [address = MethodAddress(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findIntegration(draft.api, address.resourceId, address.httpMethod));
            CORE_TRY(auto method, findMethod(draft.api, address.resourceId, address.httpMethod));
            method->integration.reset();
            return json(nullptr);
        });
}

}
