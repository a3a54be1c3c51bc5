#include "core/apigateway/openapi/export_state.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::openapi {

namespace {

constexpr const char* kApiKey = "api_key"; // AWS's names
constexpr const char* kSignature = "sigv4";
constexpr const char* kAuthType = "x-amazon-apigateway-authtype";

// AWS's name, unless an authorizer has it.
std::string freeName(const ApiDefinition& definition, std::string name)
{
    const auto taken = [&] {
        return std::any_of(definition.authorizers.begin(), definition.authorizers.end(),
            [&](const auto& entry) { return entry.second.name == name; });
    };
    while (taken())
        name += '_';
    return name;
}

bool anyMethod(const ApiDefinition& definition, bool (*holds)(const Method&))
{
    for (const auto& [id, resource] : definition.resources) {
        for (const auto& [name, method] : resource.methods) {
            if (holds(method))
                return true;
        }
    }
    return false;
}

// The one header or query parameter that identifies a caller; AWS writes "Unused" where an authorizer reads
// something else or more than one thing.
struct KeyPlace {
    std::string name = "Unused";
    const char* in = "header";
};

KeyPlace keyPlace(const Authorizer& authorizer)
{
    constexpr std::string_view kHeader = "method.request.header.";
    constexpr std::string_view kQuery = "method.request.querystring.";
    const auto& source = authorizer.identitySource;
    if (source.find(',') != source.npos)
        return {};
    if (source.starts_with(kHeader))
        return {source.substr(kHeader.size()), "header"};
    if (authorizer.type == "REQUEST" && source.starts_with(kQuery))
        return {source.substr(kQuery.size()), "query"};
    return {};
}

Node extension(const Authorizer& authorizer)
{
    Node out{{"type", toLower(authorizer.type)}};
    const auto set = [&out](const char* name, const std::string& value) {
        if (!value.empty())
            out[name] = value;
    };
    set("authorizerUri", authorizer.authorizerUri);
    set("authorizerCredentials", authorizer.authorizerCredentials);
    if (authorizer.type == "REQUEST" || keyPlace(authorizer).name == "Unused")
        set("identitySource", authorizer.identitySource);
    set("identityValidationExpression", authorizer.identityValidationExpression);
    if (!authorizer.providerArns.empty())
        out["providerARNs"] = authorizer.providerArns;
    if (authorizer.resultTtlInSeconds)
        out["authorizerResultTtlInSeconds"] = *authorizer.resultTtlInSeconds;
    return out;
}

Node scheme(const ExportState& state, const Authorizer& authorizer)
{
    const auto place = keyPlace(authorizer);
    Node out{{"type", "apiKey"}, {"name", place.name}, {"in", place.in}};
    if (!authorizer.authType.empty())
        out[kAuthType] = authorizer.authType;
    else
        out[kAuthType] = authorizer.type == "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
    document(state, out, {"AUTHORIZER", {}, {}, {}, authorizer.name});
    if (state.authorizers())
        out["x-amazon-apigateway-authorizer"] = extension(authorizer);
    return out;
}

}

Node exportedSecuritySchemes(const ExportState& state)
{
    const auto& definition = state.source.definition;
    auto schemes = Node::object();
    for (const auto& [id, authorizer] : definition.authorizers)
        schemes[authorizer.name] = scheme(state, authorizer);
    if (anyMethod(definition, [](const Method& method) { return method.apiKeyRequired; }))
        schemes[freeName(definition, kApiKey)] = {
            {"type", "apiKey"}, {"name", "x-api-key"}, {"in", "header"}};
    if (anyMethod(definition, [](const Method& method) { return method.authorizationType == "AWS_IAM"; }))
        schemes[freeName(definition, kSignature)] = {
            {"type", "apiKey"}, {"name", "Authorization"}, {"in", "header"}, {kAuthType, "awsSigv4"}};
    return schemes;
}

Node exportedSecurity(const ExportState& state, const Method& method)
{
    auto requirements = Node::array();
    const auto& authorizers = state.source.definition.authorizers;
    if (const auto found = authorizers.find(method.authorizerId); found != authorizers.end())
        requirements.push_back({{found->second.name, method.authorizationScopes}});
    if (method.authorizationType == "AWS_IAM")
        requirements.push_back({{freeName(state.source.definition, kSignature), Node::array()}});
    if (method.apiKeyRequired)
        requirements.push_back({{freeName(state.source.definition, kApiKey), Node::array()}});
    return requirements.empty() ? Node() : requirements;
}

}
