#include "core/apigateway/authorizer_rules.h"
#include "core/apigateway/openapi/import_state.h"
#include "core/apigateway/resource_policy.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::openapi {

namespace {

constexpr std::string_view kAuthorizer = "x-amazon-apigateway-authorizer";
constexpr std::string_view kAuthType = "x-amazon-apigateway-authtype";

bool isSigned(const Node& scheme)
{
    return toLower(childText(scheme, kAuthType)) == "awssigv4";
}

bool isApiKey(const Node& scheme)
{
    return childText(scheme, "type") == "apiKey" && toLower(childText(scheme, "name")) == "x-api-key"
        && !childObject(scheme, kAuthorizer);
}

// As recorded: a token and a user pool's token come in the scheme's header, whatever identitySource says.
std::string identitySource(const Authorizer& authorizer, const Node& scheme, const Node& source)
{
    const auto given = childText(source, "identitySource");
    if (authorizer.type == "REQUEST")
        return given;
    const auto header = childText(scheme, "name");
    if (header.empty() || header == "Unused")
        return given.empty() ? "method.request.header.Authorization" : given;
    return "method.request.header." + header;
}

void addAuthorizer(ImportState& state, const std::string& name, const Node& scheme, std::string id)
{
    const auto& source = *childObject(scheme, kAuthorizer);
    Authorizer authorizer;
    authorizer.id = std::move(id);
    authorizer.name = name;
    authorizer.type = toUpper(childText(source, "type"));
    const auto* pools = childList(source, "providerARNs");
    for (const auto& pool : pools ? *pools : Node::array())
        authorizer.providerArns.push_back(scalarText(pool));
    authorizer.authType = childText(scheme, kAuthType);
    authorizer.authorizerUri = childText(source, "authorizerUri");
    authorizer.authorizerCredentials = childText(source, "authorizerCredentials");
    authorizer.identitySource = identitySource(authorizer, scheme, source);
    authorizer.identityValidationExpression = childText(source, "identityValidationExpression");
    if (const auto ttl = childText(source, "authorizerResultTtlInSeconds"); !ttl.empty()) {
        const auto seconds = parseInteger(ttl).value_or(-1);
        authorizer.resultTtlInSeconds = static_cast<int>(std::clamp<std::int64_t>(seconds, -1, 3601));
    }
    if (const auto checked = checkAuthorizer(authorizer); !checked) {
        state.fault("Unable to create authorizer '" + name + "': " + checked.error().message);
        return;
    }
    state.authorizerByName[name] = authorizer.id;
    const auto key = authorizer.id;
    state.api.authorizers[key] = std::move(authorizer);
}

void importAuthorizers(ImportState& state)
{
    std::map<std::string, std::string> before;
    for (const auto& [id, authorizer] : state.api.authorizers)
        before[authorizer.name] = id;
    if (!state.options.merge)
        state.api.authorizers.clear();
    for (const auto& [name, scheme] : state.definition.securitySchemes()) {
        if (childObject(*scheme, kAuthorizer)) {
            const auto known = before.find(name);
            addAuthorizer(state, name, *scheme, known == before.end() ? randomLower(6) : known->second);
        } else if (!isApiKey(*scheme) && !isSigned(*scheme)) {
            state.warn("Unsupported security definition type '" + childText(*scheme, "type") + "' for '"
                + name + "'. Ignoring.");
        }
    }
}

void importPolicy(ImportState& state)
{
    const auto& root = state.definition.root();
    const auto given = root.find("x-amazon-apigateway-policy");
    if (given == root.end()) {
        if (!state.options.merge)
            state.api.policy.clear();
        return;
    }
    auto policy = normalisedPolicy(given->is_object() ? given->dump() : scalarText(*given), state.api);
    if (policy)
        state.api.policy = *std::move(policy);
    else
        state.fault(policy.error().message);
}

const Node* schemeNamed(const ImportState& state, const std::string& name)
{
    for (const auto& [known, scheme] : state.definition.securitySchemes()) {
        if (known == name)
            return scheme;
    }
    return nullptr;
}

void require(ImportState& state, const std::string& name, const Node& scopes, Method& method)
{
    const auto* scheme = schemeNamed(state, name);
    if (!scheme) {
        state.warn(
            "Security scheme '" + name + "' of method '" + method.httpMethod + "' not found. Ignoring.");
        return;
    }
    if (isApiKey(*scheme))
        method.apiKeyRequired = true;
    if (isSigned(*scheme))
        method.authorizationType = "AWS_IAM";
    const auto authorizer = state.authorizerByName.find(name);
    if (authorizer == state.authorizerByName.end() || !method.authorizerId.empty())
        return;
    method.authorizerId = authorizer->second;
    const auto& type = state.api.authorizers.at(authorizer->second).type;
    method.authorizationType = type == "COGNITO_USER_POOLS" ? type : "CUSTOM";
    if (type != "COGNITO_USER_POOLS" || !scopes.is_array())
        return;
    for (const auto& scope : scopes)
        method.authorizationScopes.push_back(scalarText(scope));
    std::sort(method.authorizationScopes.begin(), method.authorizationScopes.end());
}

}

void importSecurity(ImportState& state)
{
    importAuthorizers(state);
    importPolicy(state);
}

void addSecurity(ImportState& state, const DefinedOperation& operation, Method& method)
{
    if (const auto* auth = childObject(*operation.source, "x-amazon-apigateway-auth")) {
        if (toUpper(childText(*auth, "type")) == "AWS_IAM")
            method.authorizationType = "AWS_IAM";
    }
    const auto* own = childList(*operation.source, "security");
    const auto* wanted = own ? own : state.definition.list("security");
    if (!wanted)
        return;
    for (const auto& requirement : *wanted) {
        if (!requirement.is_object())
            continue;
        for (const auto& [name, scopes] : requirement.items())
            require(state, name, scopes, method);
    }
}

}
