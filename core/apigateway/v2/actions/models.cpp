#include "core/apigateway/v2/requests.h"
#include "core/aws/json_text.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kNoun = "Model";

Result<> checkModel(const Api& api, const Model& model)
{
    if (api.isHttp())
        return fail(errors::badRequest("Models are not supported for HTTP protocol Apis"));
    for (const auto& [id, other] : api.models) {
        if (id != model.modelId && other.name == model.name)
            return fail(errors::conflict("Model name already exists for this API"));
    }
    if (!model.schema.empty() && !aws::parseJson(model.schema))
        return fail(errors::badRequest("Invalid model schema specified"));
    return {};
}

// A template with a place for each property that the schema names, as AWS offers it to be edited.
json sampleOf(const json& schema)
{
    if (!schema.is_object())
        return nullptr;
    const auto type = schema.value("type", json("object"));
    if (type == "array")
        return json::array({sampleOf(schema.value("items", json::object()))});
    if (type == "string")
        return "foo";
    if (type == "integer" || type == "number")
        return 42;
    if (type == "boolean")
        return true;
    json sample = json::object();
    const auto properties = schema.value("properties", json::object());
    for (const auto& [name, property] : properties.items())
        sample[name] = sampleOf(property);
    return sample;
}

}

Result<Outcome> createModel(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
        Model model;
        merge(model, input);
        CORE_CHECK(checkModel(draft.api, model));
        model.modelId = freshId(draft.api.models, randomLower, 6);
        draft.api.models[model.modelId] = model;
        return toJson(model);
    });
}

Result<Outcome> getModels(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    return pageOfAll(request, state->api.models);
}

Result<Outcome> getModel(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto model, findById(state->api.models, kNoun, text(request.input(), "modelId")));
    return Reply::of(toJson(*model));
}

Result<Outcome> getModelTemplate(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto state, readApiOf(service, context, request));
    CORE_TRY(const auto model, findById(state->api.models, kNoun, text(request.input(), "modelId")));
    const auto schema = aws::parseJson(model->schema);
    return Reply::of({{"value", schema ? sampleOf(*schema).dump(2) : std::string("{}")}});
}

Result<Outcome> updateModel(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeAndDeploy(
        service, context, request, [input = request.input()](ApiDraft& draft) -> Result<json> {
            CORE_TRY(auto model, findById(draft.api.models, kNoun, text(input, "modelId")));
            merge(*model, input);
            CORE_CHECK(checkModel(draft.api, *model));
            return toJson(*model);
        });
}

Result<Outcome> deleteModel(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    return changeApi(
        service, context, request, [id = text(request.input(), "modelId")](ApiDraft& draft) -> Result<json> {
            CORE_CHECK(findById(draft.api.models, kNoun, id));
            draft.api.models.erase(id);
            return json(nullptr);
        });
}

}
