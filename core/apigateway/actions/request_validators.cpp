#include "core/apigateway/actions.h"
#include "core/apigateway/definition_json.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Error invalidValidator()
{
    return errors::notFound("Invalid Request Validator identifier specified");
}

Result<> patchName(RequestValidator& validator, const PatchOperation& operation)
{
    validator.name = operation.valueOrEmpty();
    return {};
}

// Whatever is not "true" is false, a missing value too, as recorded.
Result<> patchBody(RequestValidator& validator, const PatchOperation& operation)
{
    validator.validateRequestBody = operation.valueOrEmpty() == "true";
    return {};
}

Result<> patchParameters(RequestValidator& validator, const PatchOperation& operation)
{
    validator.validateRequestParameters = operation.valueOrEmpty() == "true";
    return {};
}

constexpr PatchRule<RequestValidator> kPatchRules[] = {
    {"/name", "replace", patchName},
    {"/validateRequestBody", "replace", patchBody},
    {"/validateRequestParameters", "replace", patchParameters},
};

std::string validatorId(const Request& request)
{
    return text(request.input(), "requestValidatorId");
}

}

Result<Outcome> createRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    RequestValidator validator{randomLower(6), text(input, "name"), flag(input, "validateRequestBody"),
        flag(input, "validateRequestParameters")};
    return changeApi(service, context, request, errors::badRequest("Invalid REST API identifier specified"),
        [validator = std::move(validator)](ApiDraft& draft) -> Result<json> {
            draft.api.validators.emplace(validator.id, validator);
            return toJson(validator);
        });
}

Result<Outcome> getRequestValidators(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto& [id, validator] : state->api.validators)
        items.push_back(toJson(validator));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, invalidValidator()));
    const auto found = state->api.validators.find(validatorId(request));
    if (found == state->api.validators.end())
        return fail(invalidValidator());
    return Reply::of(toJson(found->second));
}

Result<Outcome> updateRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeApi(service, context, request, invalidValidator(),
        [operations = std::move(operations), id = validatorId(request)](ApiDraft& draft) -> Result<json> {
            const auto found = draft.api.validators.find(id);
            if (found == draft.api.validators.end())
                return fail(invalidValidator());
            CORE_CHECK(
                applyPatch<RequestValidator>(found->second, operations, kPatchRules, unknownPatchPath));
            return toJson(found->second);
        });
}

Result<Outcome> deleteRequestValidator(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, invalidValidator(),
        [id = validatorId(request)](ApiDraft& draft) -> Result<json> {
            if (!draft.api.validators.contains(id))
                return fail(invalidValidator());
            for (const auto& [resourceId, resource] : draft.api.resources) {
                for (const auto& [verb, method] : resource.methods) {
                    if (method.requestValidatorId == id)
                        return fail(errors::conflict("Cannot delete request validator '" + id
                            + "', is referenced in method: " + resource.path + "/" + verb));
                }
            }
            draft.api.validators.erase(id);
            return json(nullptr);
        });
}

}
