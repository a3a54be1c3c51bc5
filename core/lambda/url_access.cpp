#include "core/lambda/url_access.h"

#include "core/aws/policy.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

// A function's policy is about itself: what its statements name as their resource says nothing more.
json documentOf(json statements)
{
    for (auto& statement : statements)
        statement.erase("Resource");
    return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

// An anonymous caller has no account, no organisation and no source.
aws::PolicyRequest anonymousCall(std::string_view authType)
{
    aws::PolicyRequest request;
    request.action = "lambda:InvokeFunctionUrl";
    request.keys["lambda:functionurlauthtype"] = {std::string(authType)};
    request.keys["lambda:invokedviafunctionurl"] = {"true"};
    return request;
}

json corsOf(const UrlConfig& config)
{
    return config.cors.empty() ? json() : json::parse(config.cors);
}

bool listHas(const json& cors, const char* member, std::string_view wanted)
{
    const auto list = cors.find(member);
    if (list == cors.end())
        return false;
    return std::any_of(list->begin(), list->end(), [&](const json& entry) {
        const auto& text = entry.get_ref<const std::string&>();
        return text == "*" || equalsIgnoreCase(text, wanted) || matchesGlob(toLower(text), toLower(wanted));
    });
}

std::string joined(const json& list)
{
    std::string text;
    for (const auto& entry : list)
        text += (text.empty() ? "" : ",") + entry.get<std::string>();
    return text;
}

bool originAllowed(const json& cors, std::string_view origin)
{
    return !origin.empty() && listHas(cors, "AllowOrigins", origin);
}

void addOrigin(const json& cors, std::string_view origin, http::Response& response)
{
    response.headers.set("Access-Control-Allow-Origin", std::string(origin));
    response.headers.add("Vary", "Origin");
    if (cors.value("AllowCredentials", false))
        response.headers.set("Access-Control-Allow-Credentials", "true");
}

}

bool policyAllowsUrl(const std::string& policy, std::string_view authType, std::string& why)
{
    const auto statements = policy.empty() ? json::array() : json::parse(policy);
    const auto document =
        aws::PolicyDocument::parse(documentOf(statements).dump(), aws::PolicyDocument::Kind::Resource);
    const auto verdict = document ? document->evaluate(anonymousCall(authType)) : aws::PolicyVerdict{};
    if (verdict.effect == aws::PolicyEffect::Allow) {
        why = "Statement " + verdict.statement + " of the resource policy allows it";
        return true;
    }
    why = statements.empty()
        ? "It has no resource policy: add lambda:InvokeFunctionUrl for principal * with "
          "FunctionUrlAuthType NONE"
        : "No statement of its resource policy allows lambda:InvokeFunctionUrl to everybody";
    return false;
}

std::optional<http::Response> corsPreflight(const UrlConfig& config, const http::Request& request)
{
    const auto cors = corsOf(config);
    const auto origin = request.headers.get("Origin");
    const auto method = request.headers.get("Access-Control-Request-Method");
    if (!cors.is_object() || request.method != "OPTIONS" || origin.empty() || method.empty())
        return std::nullopt;
    http::Response response;
    response.headers.add("Content-Type", "application/json");
    if (!originAllowed(cors, origin))
        return response;
    addOrigin(cors, origin, response);
    if (cors.contains("AllowMethods") && listHas(cors, "AllowMethods", method))
        response.headers.set("Access-Control-Allow-Methods", joined(cors.at("AllowMethods")));
    if (cors.contains("AllowHeaders"))
        response.headers.set("Access-Control-Allow-Headers", joined(cors.at("AllowHeaders")));
    if (cors.contains("MaxAge"))
        response.headers.set("Access-Control-Max-Age", cors.at("MaxAge").dump());
    return response;
}

void addCorsHeaders(const UrlConfig& config, const http::Request& request, http::Response& response)
{
    const auto cors = corsOf(config);
    const auto origin = request.headers.get("Origin");
    if (!cors.is_object() || !originAllowed(cors, origin))
        return;
    addOrigin(cors, origin, response);
    if (cors.contains("ExposeHeaders"))
        response.headers.set("Access-Control-Expose-Headers", joined(cors.at("ExposeHeaders")));
}

}
