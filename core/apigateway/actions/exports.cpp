#include "core/apigateway/actions.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/openapi/export.h"
#include "core/apigateway/reference/reference.h"
#include "core/apigateway/requests.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

std::vector<std::string> wordsOf(const json& input)
{
    auto given = stringList(input, "extensions");
    if (const auto one = text(input.value("parameters", json::object()), "extensions"); !one.empty())
        given.push_back(one);
    std::vector<std::string> words;
    for (const auto& entry : given) {
        for (const auto word : split(entry, ',')) {
            if (!trimmed(word).empty())
                words.emplace_back(trimmed(word));
        }
    }
    return words;
}

Result<openapi::ExportOptions> optionsOf(const json& input)
{
    openapi::ExportOptions options;
    const auto type = text(input, "exportType");
    if (type != "oas30" && type != "swagger")
        return fail(errors::badRequest(
            "Invalid export type specified: " + type + ". Must be one of: [oas30, swagger]"));
    options.swagger = type == "swagger";
    for (const auto& word : wordsOf(input)) {
        if (word == "integrations")
            options.integrations = true;
        else if (word == "authorizers")
            options.authorizers = true;
        else if (word == "validators")
            options.validators = true;
        else if (word == "apigateway")
            options.extensions = true;
        else if (word == "documentation")
            options.documentation = true;
        else
            return fail(errors::unsupported("the extensions " + word + " of exports"));
    }
    return options;
}

// Whether the answer is YAML. Clients that take anything get JSON.
Result<bool> wantsYaml(const json& input)
{
    const auto accepts = text(input, "accepts");
    if (accepts.find("yaml") != accepts.npos)
        return true;
    if (accepts.empty() || accepts.find("json") != accepts.npos || accepts.find("*/*") != accepts.npos)
        return false;
    return fail(errors::badRequest("Invalid accept type specified: " + accepts
        + ". Must be one of: [application/json, application/yaml]"));
}

// What a stage serves, with the documentation that goes with it.
struct Shown {
    ApiPtr state;
    std::shared_ptr<const Deployment> deployment; // null: the API as it is edited
    std::string stage;
    const DocumentationParts* parts = nullptr;
    std::string version;

    openapi::ExportSource source() const
    {
        const ApiDefinition& definition =
            deployment ? *deployment : static_cast<const ApiDefinition&>(state->api);
        return {definition, state->api, stage, parts, version};
    }
};

Result<Shown> shownBy(const ApiPtr& state, const std::string& stageName)
{
    Shown shown{state, nullptr, stageName, &state->api.documentation.parts, {}};
    if (stageName.empty())
        return shown;
    const auto stage = state->stages.find(stageName);
    if (stage == state->stages.end())
        return fail(errors::invalidStage());
    const auto deployment = state->deployments.find(stage->second.deploymentId);
    if (deployment == state->deployments.end())
        return fail(errors::invalidDeployment());
    shown.deployment = deployment->second;
    const auto& versions = state->api.documentation.versions;
    if (const auto named = versions.find(stage->second.documentationVersion); named != versions.end()) {
        shown.parts = &named->second.parts;
        shown.version = named->first;
    }
    return shown;
}

std::string fileName(const json& input, const RestApi& api, bool yaml)
{
    auto version = openapi::exportedVersion(api);
    for (auto& c : version) {
        if (c == '"' || c == '\\' || c == '/' || static_cast<unsigned char>(c) < 0x20)
            c = '_';
    }
    return text(input, "exportType") + '_' + version + (yaml ? ".yaml" : ".json");
}

Result<Outcome> exported(ApiGatewayService& service, const RequestContext& context, const Request& request,
    const std::string& stage, bool exact)
{
    const auto& input = request.input();
    CORE_TRY(auto options, optionsOf(input));
    options.exact = exact;
    CORE_TRY(const bool yaml, wantsYaml(input));
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    CORE_TRY(const auto shown, shownBy(state, stage));
    const auto tree = openapi::exportDefinition(shown.source(), options);
    auto reply = Reply::bytes(yaml ? openapi::writeDefinitionYaml(tree) : openapi::writeDefinitionJson(tree),
        "application/octet-stream"); // as recorded, whatever was asked for
    reply.headers.add(
        "Content-Disposition", "attachment; filename=\"" + fileName(input, state->api, yaml) + "\"");
    return reply;
}

}

Result<Outcome> getExport(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return exported(service, context, request, text(request.input(), "stageName"), false);
}

// The API as it is edited, whether or not a stage shows it.
Result<Outcome> getApiDefinition(ApiGatewayService& service, RequestContext& context, Request& request)
{
    return exported(service, context, request, {}, flag(request.input(), "exact"));
}

Result<Outcome> getApiReference(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto state, readApiOf(service, context, request, unknownApi(context, request)));
    CORE_TRY(const auto shown, shownBy(state, text(input, "stage")));
    const auto tree = openapi::exportDefinition(shown.source(), {.authorizers = true, .documentation = true});
    reference::Options options;
    options.form = text(input, "form") == "text" ? reference::Form::Text : reference::Form::Page;
    options.stage = shown.stage;
    if (!shown.stage.empty() && service.host().endpoint)
        options.address =
            service.host().endpoint() + "/_aws/execute-api/" + state->api.id + "/" + shown.stage;
    return Reply::bytes(reference::write(tree, options), "text/html; charset=utf-8");
}

}
