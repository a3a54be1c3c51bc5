#include "core/project/api_cors.h"

#include "core/base/text.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::project {

using nlohmann::json;

namespace {

constexpr const char* kAnyOrigin = "'*'";

// The methods of a path as SAM lists them where AllowMethods is not given.
std::string methodsOf(const json& resource)
{
    std::vector<std::string> names{"OPTIONS"};
    for (const auto& [name, method] : resource["resourceMethods"].items())
        names.push_back(name);
    if (resource["resourceMethods"].contains("ANY"))
        names = {"OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"};
    std::sort(names.begin(), names.end());
    return "'" + join(names, ",") + "'";
}

bool allowsCredentials(const json& cors)
{
    return cors.value("AllowCredentials", json()) == true;
}

json headersOf(const json& cors, const json& resource)
{
    json headers{{"Access-Control-Allow-Origin", cors.value("AllowOrigin", json(kAnyOrigin))},
        {"Access-Control-Allow-Methods", cors.value("AllowMethods", json(methodsOf(resource)))}};
    if (cors.contains("AllowHeaders"))
        headers["Access-Control-Allow-Headers"] = cors["AllowHeaders"];
    if (cors.contains("MaxAge"))
        headers["Access-Control-Max-Age"] =
            cors["MaxAge"].is_string() ? cors["MaxAge"] : json(cors["MaxAge"].dump());
    if (allowsCredentials(cors))
        headers["Access-Control-Allow-Credentials"] = "'true'";
    return headers;
}

Result<> addPreflight(ImportContext& context, const json& method, const json& headers)
{
    auto put = method;
    put["authorizationType"] = "NONE";
    CORE_CHECK(context.call("apigateway", "PutMethod", put));
    auto integration = method;
    integration["type"] = "MOCK";
    integration["requestTemplates"]["application/json"] = "{\n  \"statusCode\" : 200\n}\n";
    CORE_CHECK(context.call("apigateway", "PutIntegration", integration));

    auto response = method;
    response["statusCode"] = "200";
    auto integrationResponse = response;
    for (const auto& [name, value] : headers.items()) {
        response["responseParameters"]["method.response.header." + name] = false;
        integrationResponse["responseParameters"]["method.response.header." + name] = value;
    }
    integrationResponse["responseTemplates"]["application/json"] = "{}\n";
    CORE_CHECK(context.call("apigateway", "PutMethodResponse", response));
    CORE_CHECK(context.call("apigateway", "PutIntegrationResponse", integrationResponse));
    return {};
}

}

Result<> addCors(ImportContext& context, const std::string& apiId, const json& given)
{
    const auto cors = given.is_object() ? given : json{{"AllowOrigin", given}};
    if (allowsCredentials(cors) && cors.value("AllowOrigin", json(kAnyOrigin)) == kAnyOrigin)
        return fail(
            templateError("Unable to add Cors configuration because 'AllowCredentials' can not be true "
                          "when 'AllowOrigin' is \"'*'\" or not set"));
    CORE_TRY(const auto resources,
        context.call("apigateway", "GetResources",
            {{"restApiId", apiId}, {"limit", 500}, {"embed", json::array({"methods"})}}));
    for (const auto& resource : resources.at("item")) {
        const auto methods = resource.value("resourceMethods", json::object());
        if (methods.empty() || methods.contains("OPTIONS"))
            continue;
        CORE_CHECK(addPreflight(context,
            {{"restApiId", apiId}, {"resourceId", resource["id"]}, {"httpMethod", "OPTIONS"}},
            headersOf(cors, resource)));
    }
    return {};
}

}
