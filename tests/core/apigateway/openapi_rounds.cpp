#include "tests/core/apigateway/openapi_rounds.h"

#include "core/apigateway/authorizer_json.h"
#include "core/apigateway/definition_json.h"
#include "core/apigateway/model_json.h"
#include "core/apigateway/openapi/definition_text.h"
#include "core/base/text.h"
#include "tests/support/places.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace core;
using namespace core::apigateway;
using nlohmann::json;
using Tree = nlohmann::ordered_json;

Imported imported(const std::string& text, const openapi::ImportOptions& options)
{
    Imported result;
    auto tree = openapi::readDefinition(text);
    if (!tree) {
        result.error = tree.error().message;
        return result;
    }
    const auto definition = openapi::Definition::read(*std::move(tree));
    if (!definition) {
        result.error = definition.error().message;
        return result;
    }
    result.api = openapi::emptyApi(*definition, "us-east-1", "000000000000", 1'700'000'000 * kSecond).value();
    auto warnings = openapi::importDefinition(result.api, *definition, options);
    if (warnings)
        result.warnings = *std::move(warnings);
    else
        result.error = warnings.error().message;
    return result;
}

std::string exported(const RestApi& api, bool swagger, bool yaml)
{
    const auto tree = openapi::exportDefinition({api, api, "prod", &api.documentation.parts, {}},
        {.swagger = swagger, .extensions = true, .documentation = true});
    return yaml ? openapi::writeDefinitionYaml(tree) : openapi::writeDefinitionJson(tree);
}

QString imageOf(const RestApi& api)
{
    json image = toJson(api);
    for (const auto* volatileMember : {"id", "rootResourceId", "createdDate"})
        image.erase(volatileMember);
    std::map<std::string, std::string> validators;
    for (const auto& [id, validator] : api.validators) {
        validators[id] = validator.name;
        image["validators"][validator.name] = {
            validator.validateRequestBody, validator.validateRequestParameters};
    }
    for (const auto& [id, authorizer] : api.authorizers) {
        image["authorizers"][authorizer.name] = toJson(authorizer);
        image["authorizers"][authorizer.name].erase("id");
    }
    image["policy"] = api.policy;
    for (const auto& [name, model] : api.models)
        image["models"][name] = {{"description", model.description},
            {"schema", Tree::parse(replaceAll(model.schema, api.id, "{id}")).dump()},
            {"contentType", model.contentType}};
    for (const auto& [type, response] : api.gatewayResponses)
        image["gatewayResponses"][type] = toJson(response, type);
    for (const auto& [id, resource] : api.resources) {
        auto& paths = image["paths"][resource.path];
        for (const auto& [name, method] : resource.methods) {
            paths[name] = toJson(method);
            if (!method.requestValidatorId.empty())
                paths[name]["requestValidatorId"] = validators[method.requestValidatorId];
            if (!method.authorizerId.empty())
                paths[name]["authorizerId"] = api.authorizers.at(method.authorizerId).name;
            if (method.integration && method.integration->cacheNamespace == resource.id)
                paths[name]["methodIntegration"].erase("cacheNamespace");
        }
    }
    std::map<DocumentationLocation, std::string> parts;
    for (const auto& [id, part] : api.documentation.parts)
        parts[part.location] = part.properties;
    for (const auto& [location, properties] : parts)
        image["parts"].push_back({location.type, location.path, location.method, location.statusCode,
            location.name, json::parse(properties)});
    return QString::fromStdString(image.dump(1));
}

std::string dataFile(const std::string& name)
{
    const auto path = std::filesystem::path(places::source("tests/core/apigateway/data/openapi")) / name;
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    const auto placed =
        replaceAll(text.str(), "${uri}", "http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets");
    return replaceAll(placed, "${authorizer_lambda_invocation_arn}",
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
        "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations");
}

namespace {

Tree shopOperation(const std::string& noun, const std::string& method, bool single)
{
    Tree operation{{"operationId", method + noun}, {"summary", "Does " + method + " with <" + noun + ">"},
        {"tags", {noun}}};
    operation["parameters"] = Tree::array();
    if (single)
        operation["parameters"].push_back({{"name", "id"}, {"in", "path"}, {"required", true},
            {"description", "Which one"}, {"schema", {{"type", "integer"}, {"format", "int64"}}}});
    operation["parameters"].push_back(
        {{"name", "limit"}, {"in", "query"}, {"schema", {{"type", "integer"}, {"maximum", 100}}}});
    operation["parameters"].push_back({{"name", "X-Request"}, {"in", "header"},
        {"required", method == "post"}, {"schema", {{"type", "string"}}}});
    if (method == "post" || method == "put")
        operation["requestBody"] = {{"required", true}, {"description", "What to keep"},
            {"content",
                {{"application/json",
                    {{"schema", {{"$ref", "#/components/schemas/" + noun}}},
                        {"example", {{"name", noun}}}}}}}};
    operation["responses"]["200"] = {{"description", "It is done"},
        {"headers", {{"X-Cost", {{"description", "In units"}, {"schema", {{"type", "number"}}}}}}},
        {"content",
            {{"application/json",
                {{"schema", {{"type", "array"}, {"items", {{"$ref", "#/components/schemas/" + noun}}}}}}}}}};
    operation["responses"]["404"] = {{"description", "404 response"}};
    operation["security"] = {{{"guard", Tree::array()}, {"api_key", Tree::array()}}};
    operation["x-amazon-apigateway-request-validator"] = "all";
    operation["x-amazon-apigateway-integration"] = {{"type", "http"}, {"httpMethod", toUpper(method)},
        {"uri", "https://example.com/" + noun + (single ? "/{id}" : "")}, {"passthroughBehavior", "never"},
        {"timeoutInMillis", 1500}, {"contentHandling", "CONVERT_TO_TEXT"},
        {"requestParameters",
            {{"integration.request.header.X-Request", "method.request.header.X-Request"},
                {"integration.request.querystring.limit", "method.request.querystring.limit"}}},
        {"requestTemplates", {{"application/json", "{\"body\": $input.json('$')}"}}},
        {"responses",
            {{"default",
                 {{"statusCode", "200"},
                     {"responseParameters",
                         {{"method.response.header.X-Cost", "integration.response.header.Cost"}}},
                     {"responseTemplates", {{"application/json", "$input.body"}}}}},
                {"4\\d\\d", {{"statusCode", "404"}, {"contentHandling", "CONVERT_TO_TEXT"}}}}}};
    if (single)
        operation["x-amazon-apigateway-integration"]["requestParameters"]["integration.request.path.id"] =
            "method.request.path.id";
    return operation;
}

}

std::string largeDocument(int collections)
{
    Tree root{{"openapi", "3.0.1"},
        {"info",
            {{"title", "Large shop"}, {"description", "Many things"}, {"version", "7"},
                {"contact", {{"name", "Anna"}}}}}};
    root["paths"] = Tree::object();
    for (int i = 0; i < collections; ++i) {
        const auto noun = "Thing" + std::to_string(i);
        auto& many = root["paths"]["/shop/" + noun];
        many = {{"description", "All of " + noun}};
        many["get"] = shopOperation(noun, "get", false);
        many["post"] = shopOperation(noun, "post", false);
        auto& one = root["paths"]["/shop/" + noun + "/{id}"];
        one["put"] = shopOperation(noun, "put", true);
        one["x-amazon-apigateway-any-method"] = shopOperation(noun, "delete", true);
        auto& schema = root["components"]["schemas"][noun];
        schema = {{"type", "object"}, {"description", "A \"" + noun + "\" of ours: ünïcode"},
            {"required", {"name"}}};
        schema["properties"]["name"] = {{"type", "string"}, {"minLength", 1}, {"nullable", true}};
        schema["properties"]["next"] = {
            {"$ref", "#/components/schemas/Thing" + std::to_string((i + 1) % collections)}};
        schema["properties"]["kind"] = {{"type", "string"}, {"enum", {"yes", "no", "null", "1"}}};
    }
    root["components"]["securitySchemes"]["api_key"] = {
        {"type", "apiKey"}, {"name", "x-api-key"}, {"in", "header"}};
    root["components"]["securitySchemes"]["guard"] = {{"type", "apiKey"}, {"name", "Authorization"},
        {"in", "header"}, {"x-amazon-apigateway-authtype", "custom"},
        {"x-amazon-apigateway-authorizer",
            {{"type", "token"},
                {"authorizerUri",
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations"},
                {"authorizerResultTtlInSeconds", 60}, {"identityValidationExpression", "^x-[a-z]+"}}}};
    root["x-amazon-apigateway-request-validators"] = {
        {"all", {{"validateRequestBody", true}, {"validateRequestParameters", true}}},
        {"none", {{"validateRequestBody", false}, {"validateRequestParameters", false}}}};
    root["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"] = {{"statusCode", "418"},
        {"responseParameters", {{"gatewayresponse.header.X-Why", "'because'"}}},
        {"responseTemplates", {{"application/json", "{\"no\": true}"}}}};
    root["x-amazon-apigateway-binary-media-types"] = {"image/png", "*/*"};
    root["x-amazon-apigateway-minimum-compression-size"] = 1024;
    root["x-amazon-apigateway-api-key-source"] = "AUTHORIZER";
    root["x-amazon-apigateway-endpoint-configuration"] = {{"types", {"REGIONAL"}}};
    root["x-amazon-apigateway-policy"] = {{"Version", "2012-10-17"},
        {"Statement",
            {{{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "execute-api:Invoke"},
                {"Resource", "*"}}}}};
    root["tags"] = {{{"name", "team"}, {"x-amazon-apigateway-tag-value", "books"}},
        {{"name", "Thing0"}, {"description", "First"}}};
    return root.dump();
}

std::string largeYaml(int collections)
{
    std::string text = R"(openapi: 3.0.3
info: {title: Yaml shop, version: '1.10'}
servers: [{url: 'https://example.com/base/part'}]
paths:
)";
    for (int i = 0; i < collections; ++i) {
        const auto n = std::to_string(i);
        text += "  /things/" + n + "/{kind}:\n";
        text += i == 0
            ? "    get: &operation\n"
              "      description: |\n"
              "        Two lines: one\n"
              "        and # another\n"
              "      parameters:\n"
              "        - {name: kind, in: path, required: true, schema: {type: string, enum: [on, off, 'no', "
              "~]}}\n"
              "      responses: &answers\n"
              "        200:\n"
              "          description: fine\n"
              "          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}\n"
              "      x-amazon-apigateway-integration:\n"
              "        type: mock\n"
              "        requestTemplates: {application/json: '{\"statusCode\": 200}'}\n"
              "        responses: {default: {statusCode: 200, responseTemplates: {application/json: null}}}\n"
            : "    get: *operation\n    delete:\n      responses: *answers\n";
    }
    return text + R"(components:
  schemas:
    Thing: {type: object, properties: {size: {type: number, default: 1.5}, at: {type: string, example: 2020-01-01}}}
)";
}
