#include "core/apigateway/actions.h"
#include "core/apigateway/definition_json.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/flat_model.h"
#include "core/apigateway/model_template.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/requests.h"
#include "core/aws/json_text.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Error invalidModel(const std::string& name)
{
    return errors::notFound("Invalid model name specified: " + name);
}

Result<> checkSchema(const std::string& schema)
{
    if (schema.empty())
        return fail(errors::badRequest("Model schema must have at least 1 property or array items defined"));
    const auto parsed = aws::parseJson(schema);
    if (!parsed || !parsed->is_object())
        return fail(errors::badRequest("Invalid model schema specified"));
    return {};
}

Result<> checkModel(const Model& model)
{
    if (model.name.empty())
        return fail(errors::badRequest("Model name must be non-empty"));
    const bool alphanumeric = std::all_of(model.name.begin(), model.name.end(),
        [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    if (!alphanumeric)
        return fail(errors::badRequest("Model name must be alphanumeric: " + model.name));
    return checkSchema(model.schema);
}

// "//ANY" or "/test/GET": the first method that takes bodies of this model.
// Of several the first by path.
std::optional<std::string> userOf(const RestApi& api, const std::string& name)
{
    std::optional<std::string> first;
    for (const auto& [id, resource] : api.resources) {
        for (const auto& [verb, method] : resource.methods) {
            const auto uses = [&](const auto& entry) { return entry.second == name; };
            if (std::ranges::none_of(method.requestModels, uses))
                continue;
            auto user = resource.path + "/" + verb;
            if (!first || user < *first)
                first = std::move(user);
        }
    }
    return first;
}

// A schema that is used by another cannot go.
std::optional<std::string> referrerOf(const RestApi& api, const std::string& name)
{
    for (const auto& [other, model] : api.models) {
        if (other != name && model.schema.find("/models/" + name + "\"") != std::string::npos)
            return other;
    }
    return std::nullopt;
}

Result<> patchModelDescription(Model& model, const PatchOperation& operation)
{
    model.description = operation.valueOrEmpty();
    return {};
}

Result<> patchSchema(Model& model, const PatchOperation& operation)
{
    CORE_CHECK(checkSchema(operation.valueOrEmpty()));
    model.schema = operation.valueOrEmpty();
    return {};
}

constexpr PatchRule<Model> kPatchRules[] = {
    {"/description", "replace", patchModelDescription},
    {"/schema", "replace", patchSchema},
};

// AWS's words, with their two blanks.
Error unknownModelPath(const PatchOperation& operation)
{
    const auto begin =
        "Invalid patch path  '" + operation.path + "' specified for op '" + operation.op + "'. ";
    if (operation.op == "replace")
        return errors::badRequest(begin + "Must be one of: [/description, /schema]");
    return errors::badRequest(begin + "Please choose supported operations");
}

}

Result<Outcome> createModel(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    Model model{randomLower(6), text(input, "name"), text(input, "description"), text(input, "schema"),
        text(input, "contentType")};
    return changeApi(service, context, request, unknownApi(context, request),
        [model = std::move(model)](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(checkModel(model));
            if (!draft.api.models.emplace(model.name, model).second)
                return fail(errors::conflict("Model name already exists for this REST API"));
            return toJson(model);
        });
}

Result<Outcome> getModels(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    std::vector<json> items;
    for (const auto& [name, model] : state->api.models)
        items.push_back(toJson(model));
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getModel(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto name = text(request.input(), "modelName");
    CORE_TRY(const auto state, readApiOf(service, context, request, invalidModel(name)));
    const auto found = state->api.models.find(name);
    if (found == state->api.models.end())
        return fail(invalidModel(name));
    auto model = found->second;
    if (flag(request.input(), "flatten"))
        model.schema = flatSchema(model, state->api.models);
    return Reply::of(toJson(model));
}

Result<Outcome> getModelTemplate(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto name = text(request.input(), "modelName");
    CORE_TRY(const auto state, readApiOf(service, context, request, invalidModel(name)));
    const auto found = state->api.models.find(name);
    if (found == state->api.models.end())
        return fail(invalidModel(name));
    return Reply::of({{"value", sampleTemplate(state->api.models, found->second)}});
}

Result<Outcome> updateModel(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    const auto name = text(request.input(), "modelName");
    return changeApi(service, context, request, invalidModel(name),
        [operations = std::move(operations), name](ApiDraft& draft) -> Result<json> {
            const auto found = draft.api.models.find(name);
            if (found == draft.api.models.end())
                return fail(invalidModel(name));
            CORE_CHECK(applyPatch<Model>(found->second, operations, kPatchRules, unknownModelPath));
            return toJson(found->second);
        });
}

Result<Outcome> deleteModel(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto name = text(request.input(), "modelName");
    return changeApi(service, context, request, invalidModel(name), [name](ApiDraft& draft) -> Result<json> {
        if (!draft.api.models.contains(name))
            return fail(invalidModel(name));
        if (const auto user = userOf(draft.api, name))
            return fail(errors::conflict(
                "Cannot delete model '" + name + "', is referenced in method request: " + *user));
        if (const auto referrer = referrerOf(draft.api, name))
            return fail(
                errors::conflict("Cannot delete model '" + name + "', is referenced in model: " + *referrer));
        draft.api.models.erase(name);
        return json(nullptr);
    });
}

}
