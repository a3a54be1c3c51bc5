#include "core/apigateway/v2/definitions.h"
#include "core/apigateway/api_ids.h"
#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/reference/reference.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

// HTTP APIs from OpenAPI definitions and back.
namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

std::string endpointOf(ApiGatewayV2Service& service)
{
    return service.host().endpoint ? service.host().endpoint() : std::string{};
}

// As AWS resolves its variables on import.
std::string withVariables(std::string text, const RequestContext& context)
{
    text = replaceAll(std::move(text), "${AWS::AccountId}", context.principal.account);
    text = replaceAll(std::move(text), "${AWS::Region}", context.region);
    return replaceAll(std::move(text), "${AWS::Partition}", "aws");
}

Result<openapi::Definition> definitionOf(RequestContext& context, const json& input)
{
    CORE_TRY(auto tree, openapi::readDefinition(withVariables(text(input, "body"), context)));
    CORE_TRY(auto definition, openapi::Definition::read(std::move(tree)));
    if (definition.isSwagger())
        return fail(errors::badRequest("Invalid OpenAPI input: HTTP APIs take OpenAPI 3.0"));
    context.span.step("Read definition",
        "OpenAPI 3.0 with " + std::to_string(definition.operations().size()) + " operations");
    return definition;
}

ImportOptions optionsOf(const json& input)
{
    ImportOptions options;
    options.failOnWarnings = flag(input, "failOnWarnings");
    if (const auto given = text(input, "basepath"); !given.empty())
        options.basePath = given;
    return options;
}

json answerOf(const Api& api, const std::string& endpoint, const ImportNotes& notes)
{
    auto answer = toJson(api, apiEndpoint(api, endpoint));
    if (!notes.info.empty())
        answer["importInfo"] = notes.info;
    if (!notes.warnings.empty())
        answer["warnings"] = notes.warnings;
    return answer;
}

// What a stage serves; the API as it is edited for "", and for a stage that nothing was deployed to.
Result<const Definition*> shownBy(const ApiState& state, const std::string& stage)
{
    if (!state.api.isHttp())
        return fail(errors::badRequest("Export is only supported for HTTP APIs"));
    if (stage.empty())
        return &state.api;
    const auto found = state.stages.find(stage);
    if (found == state.stages.end())
        return fail(errors::invalidStage());
    const auto deployment = state.deployments.find(found->second.deploymentId);
    if (deployment == state.deployments.end())
        return &state.api;
    return deployment->second.get();
}

}

Result<Outcome> importApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto definition, definitionOf(context, request.input()));
    Api api;
    api.protocolType = "HTTP";
    api.routeSelectionExpression = "$request.method $request.path";
    api.apiKeySelectionExpression = "$request.header.x-api-key";
    api.region = context.region;
    api.account = context.principal.account;
    api.createdDate = context.now;
    CORE_TRY(const auto notes, importDefinition(api, definition, optionsOf(request.input())));
    CORE_TRY(api.apiId, newApiId(api.tags));
    context.touch(api.apiId);
    CORE_CHECK(checkRoomOfV2(quotas::kRegionalApis, service.apis().list(context.region).size()));
    auto answer = answerOf(api, endpointOf(service), notes);
    return service.apis().create(
        std::move(api), [answer = std::move(answer)](ApiDraft&) -> Result<json> { return answer; });
}

Result<Outcome> reimportApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto read, definitionOf(context, request.input()));
    return changeAndDeploy(service, context, request,
        [definition = std::make_shared<const openapi::Definition>(std::move(read)),
            options = optionsOf(request.input()),
            endpoint = endpointOf(service)](ApiDraft& draft) -> Result<json> {
            if (!draft.api.isHttp())
                return fail(errors::badRequest("Import is only supported for HTTP APIs"));
            CORE_TRY(const auto notes, importDefinition(draft.api, *definition, options));
            return answerOf(draft.api, endpoint, notes);
        });
}

Result<Outcome> exportApi(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    if (text(input, "specification") != "OAS30")
        return fail(errors::badRequest(
            "Invalid specification: " + text(input, "specification") + ". Must be one of: [OAS30]"));
    CORE_TRY(const auto state, readApiOf(service, context, request));
    ExportOptions options;
    options.extensions = !input.contains("includeExtensions") || flag(input, "includeExtensions");
    options.stage = text(input, "stageName");
    CORE_TRY(const auto* definition, shownBy(*state, options.stage));
    const auto tree = exportDefinition(state->api, *definition, options);
    const bool yaml = text(input, "outputType") == "YAML";
    return Reply::bytes(yaml ? openapi::writeDefinitionYaml(tree) : openapi::writeDefinitionJson(tree),
        yaml ? "application/yaml" : "application/json");
}

Result<Outcome> getHttpApiReference(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto state, readApiOf(service, context, request));
    reference::Options options;
    options.form = text(input, "form") == "text" ? reference::Form::Text : reference::Form::Page;
    options.stage = text(input, "stage");
    CORE_TRY(const auto* definition, shownBy(*state, options.stage));
    if (const auto endpoint = endpointOf(service); !options.stage.empty() && !endpoint.empty())
        options.address = endpoint + "/_aws/execute-api/" + state->api.apiId
            + (options.stage == "$default" ? "" : '/' + options.stage);
    const auto tree = exportDefinition(state->api, *definition, {.stage = options.stage});
    return Reply::bytes(reference::write(tree, options), "text/html; charset=utf-8");
}

}
