#include "core/apigateway/definition_json.h"

#include "core/apigateway/authorizer_json.h"
#include "core/apigateway/gateway_response.h"
#include "core/apigateway/model_json.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::string_view kDefaultTemplate = R"({"message":$context.error.messageString})";

int defaultStatus(std::string_view type)
{
    for (const auto& known : gatewayResponseDefaults()) {
        if (known.name == type)
            return known.status;
    }
    return 0;
}

json gatewayJson(const GatewayResponse& response, std::string_view type, bool isDefault)
{
    json out{{"responseType", type}, {"defaultResponse", isDefault},
        {"responseParameters", response.responseParameters},
        {"responseTemplates", response.responseTemplates}};
    if (!response.statusCode.empty())
        out["statusCode"] = response.statusCode;
    else if (const auto status = defaultStatus(type); status > 0)
        out["statusCode"] = std::to_string(status);
    return out;
}

// What the store has: only what was set.
json stored(const GatewayResponse& response)
{
    return {{"statusCode", response.statusCode}, {"responseParameters", response.responseParameters},
        {"responseTemplates", response.responseTemplates}};
}

Model model(const json& from)
{
    return {text(from, "id"), text(from, "name"), text(from, "description"), text(from, "schema"),
        text(from, "contentType")};
}

}

json toJson(const Model& model)
{
    json out{{"id", model.id}, {"name", model.name}, {"contentType", model.contentType}};
    if (!model.description.empty())
        out["description"] = model.description;
    if (!model.schema.empty())
        out["schema"] = model.schema;
    return out;
}

json toJson(const RequestValidator& validator)
{
    json out{{"id", validator.id}, {"validateRequestBody", validator.validateRequestBody},
        {"validateRequestParameters", validator.validateRequestParameters}};
    if (!validator.name.empty())
        out["name"] = validator.name;
    return out;
}

json toJson(const GatewayResponse& response, std::string_view type)
{
    return gatewayJson(response, type, false);
}

json defaultGatewayResponse(std::string_view type)
{
    GatewayResponse response;
    response.responseTemplates["application/json"] = std::string(kDefaultTemplate);
    return gatewayJson(response, type, true);
}

void writeDefinition(json& into, const ApiDefinition& definition)
{
    into["binaryMediaTypes"] = definition.binaryMediaTypes;
    if (definition.minimumCompressionSize)
        into["minimumCompressionSize"] = *definition.minimumCompressionSize;
    into["models"] = json::array(); // an API may have none
    for (const auto& [name, value] : definition.models)
        into["models"].push_back(toJson(value));
    for (const auto& [id, validator] : definition.validators)
        into["validators"].push_back(toJson(validator));
    for (const auto& [type, response] : definition.gatewayResponses)
        into["gatewayResponses"][type] = stored(response);
    for (const auto& [id, authorizer] : definition.authorizers)
        into["authorizers"].push_back(toJson(authorizer));
    if (!definition.policy.empty())
        into["policy"] = definition.policy;
}

void readDefinition(const json& from, ApiDefinition& definition)
{
    definition.binaryMediaTypes = stringList(from, "binaryMediaTypes");
    if (const auto size = from.find("minimumCompressionSize");
        size != from.end() && size->is_number_integer())
        definition.minimumCompressionSize = size->get<int>();
    // APIs of before models were kept have AWS's two.
    if (!from.contains("models"))
        definition.models = firstModels();
    for (const auto& entry : from.value("models", json::array())) {
        auto read = model(entry);
        const auto name = read.name;
        definition.models[name] = std::move(read);
    }
    for (const auto& entry : from.value("validators", json::array())) {
        RequestValidator validator{text(entry, "id"), text(entry, "name"), flag(entry, "validateRequestBody"),
            flag(entry, "validateRequestParameters")};
        const auto id = validator.id;
        definition.validators[id] = std::move(validator);
    }
    const auto responses = from.value("gatewayResponses", json::object());
    for (const auto& [type, entry] : responses.items())
        definition.gatewayResponses[type] = {text(entry, "statusCode"),
            stringMap(entry, "responseParameters"), stringMap(entry, "responseTemplates")};
    for (const auto& entry : from.value("authorizers", json::array())) {
        auto read = authorizer(entry);
        auto id = read.id;
        definition.authorizers[std::move(id)] = std::move(read);
    }
    definition.policy = text(from, "policy");
}

std::map<std::string, Model> firstModels()
{
    std::map<std::string, Model> models;
    models["Empty"] = {randomLower(6), "Empty", "This is a default empty schema model",
        "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Empty Schema\",\n  "
        "\"type\" : "
        "\"object\"\n}",
        "application/json"};
    models["Error"] = {randomLower(6), "Error", "This is a default error schema model",
        "{\n  \"$schema\" : \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Error Schema\",\n  "
        "\"type\" : "
        "\"object\",\n  \"properties\" : {\n    \"message\" : { \"type\" : \"string\" }\n  }\n}",
        "application/json"};
    return models;
}

}
