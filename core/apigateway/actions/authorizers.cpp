#include "core/apigateway/actions.h"
#include "core/apigateway/authorizer_json.h"
#include "core/apigateway/authorizer_rules.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/requests.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

template <std::string Authorizer::*Member>
Result<> patchText(Authorizer& authorizer, const PatchOperation& operation)
{
    authorizer.*Member = operation.valueOrEmpty();
    return {};
}

Result<> patchTtl(Authorizer& authorizer, const PatchOperation& operation)
{
    const auto seconds = parseInteger(operation.valueOrEmpty());
    if (!seconds || *seconds < 0 || *seconds > 3600)
        return fail(errors::badRequest("Authorizer result TTL must be between 0 and 3600 seconds"));
    authorizer.resultTtlInSeconds = static_cast<int>(*seconds);
    return {};
}

Result<> patchType(Authorizer& authorizer, const PatchOperation& operation)
{
    authorizer.type = operation.valueOrEmpty();
    authorizer.authType = defaultAuthType(authorizer.type);
    return {};
}

Result<> patchPools(Authorizer& authorizer, const PatchOperation& operation)
{
    auto& arns = authorizer.providerArns;
    const auto& value = operation.valueOrEmpty();
    const auto found = std::find(arns.begin(), arns.end(), value);
    if (operation.op == "add" && found == arns.end())
        arns.push_back(value);
    if (operation.op != "remove")
        return {};
    if (found == arns.end())
        return fail(errors::notFound("Invalid provider ARN specified: " + value));
    arns.erase(found);
    return {};
}

constexpr PatchRule<Authorizer> kPatchRules[] = {
    {"/name", "replace", patchText<&Authorizer::name>},
    {"/type", "replace", patchType},
    {"/authType", "replace", patchText<&Authorizer::authType>},
    {"/authorizerUri", "replace", patchText<&Authorizer::authorizerUri>},
    {"/authorizerCredentials", "replace", patchText<&Authorizer::authorizerCredentials>},
    {"/identitySource", "replace", patchText<&Authorizer::identitySource>},
    {"/identityValidationExpression", "replace", patchText<&Authorizer::identityValidationExpression>},
    {"/authorizerResultTtlInSeconds", "replace", patchTtl},
    {"/providerARNs", "add remove", patchPools},
};

Authorizer newAuthorizer(const json& input)
{
    auto made = authorizer(input);
    made.id = randomLower(6);
    if (made.authType.empty())
        made.authType = defaultAuthType(made.type);
    return made;
}

std::string authorizerId(const Request& request)
{
    return text(request.input(), "authorizerId");
}

Result<> checkName(const ApiDefinition& api, const Authorizer& named)
{
    for (const auto& [id, other] : api.authorizers) {
        if (id != named.id && other.name == named.name)
            return fail(errors::authorizerNameTaken(named.name));
    }
    return {};
}

Result<> checkUnused(const ApiDefinition& api, const Authorizer& authorizer)
{
    for (const auto& [resourceId, resource] : api.resources) {
        for (const auto& [verb, method] : resource.methods) {
            if (method.authorizerId == authorizer.id)
                return fail(errors::authorizerInUse(authorizer.name, verb, resource.path));
        }
    }
    return {};
}

// What AWS was seen to say where the API is not there.
Error goneWhileCreating()
{
    return errors::conflict(
        "Unable to complete operation due to concurrent modification. Please try again later.");
}

}

Result<Outcome> createAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, goneWhileCreating(),
        [made = newAuthorizer(request.input())](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkAuthorizer(made));
            CORE_CHECK(checkName(draft.api, made));
            CORE_CHECK(checkRoom(quotas::kAuthorizers, draft.api.authorizers.size()));
            draft.api.authorizers.emplace(made.id, made);
            return toJson(made);
        });
}

Result<Outcome> getAuthorizers(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto& [id, authorizer] : state->api.authorizers)
        items.push_back(toJson(authorizer));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidAuthorizer()));
    const auto found = state->api.authorizers.find(authorizerId(request));
    if (found == state->api.authorizers.end())
        return fail(errors::invalidAuthorizer());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, errors::invalidAuthorizer(),
        [operations = std::move(operations), id = authorizerId(request)](ApiDraft& draft) -> Result<json> {
            const auto found = draft.api.authorizers.find(id);
            if (found == draft.api.authorizers.end())
                return fail(errors::invalidAuthorizer());
            auto& authorizer = found->second;
            CORE_CHECK(applyPatch<Authorizer>(authorizer, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkAuthorizer(authorizer));
            CORE_CHECK(checkName(draft.api, authorizer));
            return toJson(authorizer);
        });
}

Result<Outcome> deleteAuthorizer(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, errors::invalidAuthorizer(),
        [id = authorizerId(request)](ApiDraft& draft) -> Result<json> {
            if (!draft.api.authorizers.contains(id))
                return fail(errors::invalidAuthorizer());
            CORE_CHECK(checkUnused(draft.api, draft.api.authorizers.at(id)));
            draft.api.authorizers.erase(id);
            return json(nullptr);
        });
}

Result<Outcome> flushStageAuthorizersCache(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    const auto stage = text(request.input(), "stageName");
    if (!state->stages.contains(stage))
        return fail(errors::invalidStage());
    context.touch(state->api.id);
    service.authorizers().flushStage(state->api.id, stage);
    return Reply{};
}

}
