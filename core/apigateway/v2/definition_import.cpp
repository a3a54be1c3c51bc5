#include "core/apigateway/model_json.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/v2/authorizer_rules.h"
#include "core/apigateway/v2/definitions.h"
#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/integration_rules.h"
#include "core/apigateway/v2/model_json.h"
#include "core/apigateway/v2/requests.h"
#include "core/apigateway/v2/route_rules.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;
using openapi::childFlag;
using openapi::childList;
using openapi::childObject;
using openapi::childText;
using openapi::DefinedOperation;
using openapi::Node;
using openapi::scalarText;

constexpr const char* kIntegration = "x-amazon-apigateway-integration";
constexpr const char* kAuthorizer = "x-amazon-apigateway-authorizer";

class Import {
public:
    Import(Api& api, const openapi::Definition& definition, const ImportOptions& options)
        : m_api(api)
        , m_definition(definition)
        , m_options(options)
    {
        m_notes.warnings = definition.warnings();
    }

    Result<ImportNotes> run()
    {
        m_api.routes.clear();
        m_api.integrations.clear();
        m_api.authorizers.clear();
        readInfo();
        readCors();
        for (const auto& [name, scheme] : m_definition.securitySchemes())
            readAuthorizer(name, *scheme);
        for (const auto& operation : m_definition.operations())
            readRoute(operation);
        CORE_CHECK(checkRoomOfV2(quotas::kRoutes, oneLess(m_api.routes)));
        CORE_CHECK(checkRoomOfV2(quotas::kIntegrations, oneLess(m_api.integrations)));
        CORE_CHECK(checkRoomOfV2(quotas::kAuthorizers, oneLess(m_api.authorizers)));
        return judged();
    }

private:
    // How many there were before the last came.
    template <typename Things> static std::size_t oneLess(const Things& things)
    {
        return things.empty() ? 0 : things.size() - 1;
    }

    void readInfo()
    {
        const auto& info = *m_definition.object("info");
        m_api.name = childText(info, "title");
        m_api.version = childText(info, "version");
        m_api.description = childText(info, "description");
        if (const auto* endpoint = m_definition.endpointConfiguration();
            endpoint && endpoint->contains("disableExecuteApiEndpoint"))
            m_api.disableExecuteApiEndpoint = childFlag(*endpoint, "disableExecuteApiEndpoint");
        const auto* tags = m_definition.list("tags");
        for (const auto& tag : tags ? *tags : Node::array()) {
            if (tag.is_object() && tag.contains("name"))
                m_api.tags[childText(tag, "name")] = childText(tag, "x-amazon-apigateway-tag-value");
        }
    }

    // A member of an extension with the type that the API has it as.
    static void copyTexts(json& into, const Node& from, const char* name)
    {
        const auto* list = childList(from, name);
        if (!list)
            return;
        into[name] = json::array();
        for (const auto& entry : *list)
            into[name].push_back(scalarText(entry));
    }

    void readCors()
    {
        m_api.corsConfiguration.reset();
        const auto* given = m_definition.object("x-amazon-apigateway-cors");
        if (!given)
            return;
        json cors = json::object();
        for (const auto* name : {"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"})
            copyTexts(cors, *given, name);
        if (given->contains("allowCredentials"))
            cors["allowCredentials"] = childFlag(*given, "allowCredentials");
        if (const auto age = parseInteger(childText(*given, "maxAge")); age && *age >= -1 && *age <= 86'400)
            cors["maxAge"] = *age;
        merge(m_api, json{{"corsConfiguration", std::move(cors)}});
    }

    void readAuthorizer(const std::string& name, const Node& scheme)
    {
        const auto* given = childObject(scheme, kAuthorizer);
        if (!given)
            return;
        Authorizer authorizer;
        authorizer.authorizerId = freshId(m_api.authorizers, randomLower, 6);
        authorizer.name = name;
        authorizer.authorizerType = toUpper(childText(*given, "type"));
        authorizer.authorizerUri = childText(*given, "authorizerUri");
        authorizer.authorizerCredentialsArn = childText(*given, "authorizerCredentials");
        authorizer.authorizerPayloadFormatVersion = childText(*given, "authorizerPayloadFormatVersion");
        if (const auto ttl = parseInteger(childText(*given, "authorizerResultTtlInSeconds"));
            ttl && *ttl >= 0)
            authorizer.authorizerResultTtlInSeconds = static_cast<int>(std::min<std::int64_t>(*ttl, 3600));
        if (given->contains("enableSimpleResponses"))
            authorizer.enableSimpleResponses = childFlag(*given, "enableSimpleResponses");
        authorizer.identitySource = sourcesOf(*given);
        if (const auto* jwt = childObject(*given, "jwtConfiguration")) {
            authorizer.jwtConfiguration.emplace();
            authorizer.jwtConfiguration->issuer = issuerOf(*jwt, scheme);
            const auto* audience = childList(*jwt, "audience");
            for (const auto& one : audience ? *audience : Node::array())
                authorizer.jwtConfiguration->audience.push_back(scalarText(one));
        }
        if (const auto complete = completeAuthorizer(m_api, authorizer); !complete) {
            fault("Unable to create Authorizer '" + name + "': " + complete.error().message);
            return;
        }
        m_authorizers[name] = authorizer.authorizerId;
        const auto id = authorizer.authorizerId;
        m_api.authorizers[id] = std::move(authorizer);
    }

    // An openIdConnect scheme may leave the issuer to its discovery document, which lies below the issuer.
    static std::string issuerOf(const Node& jwt, const Node& scheme)
    {
        constexpr std::string_view kDiscovery = "/.well-known/openid-configuration";
        const auto url = childText(scheme, "openIdConnectUrl");
        if (auto issuer = childText(jwt, "issuer"); !issuer.empty() || !url.ends_with(kDiscovery))
            return issuer;
        return url.substr(0, url.size() - kDiscovery.size());
    }

    static Strings sourcesOf(const Node& authorizer)
    {
        Strings sources;
        if (const auto* list = childList(authorizer, "identitySource")) {
            for (const auto& one : *list)
                sources.push_back(scalarText(one));
        } else if (const auto text = childText(authorizer, "identitySource"); !text.empty()) {
            for (const auto one : split(text, ','))
                sources.emplace_back(trimmed(one));
        }
        return sources;
    }

    std::string keyOf(const DefinedOperation& operation) const
    {
        if (operation.path == "/$default")
            return "$default";
        auto base = m_options.basePath == "ignore" ? std::string{} : m_definition.basePath();
        if (m_options.basePath == "split") {
            const auto second = base.empty() ? base.npos : base.find('/', 1);
            base = second == base.npos ? std::string{} : base.substr(second);
        }
        return operation.method + ' ' + base + operation.path;
    }

    void readRoute(const DefinedOperation& operation)
    {
        Route route;
        route.routeId = freshId(m_api.routes, randomLower, 7);
        route.routeKey = keyOf(operation);
        route.operationName = childText(*operation.source, "operationId");
        if (!operation.bodies.empty())
            m_notes.info.push_back("Ignoring the body of route '" + route.routeKey
                + "': HTTP APIs do not hold requests against models");
        const auto integration = integrationOf(operation, route.routeKey);
        if (!integration.empty())
            route.target = "integrations/" + integration;
        readSecurity(operation, route);
        if (const auto checked = checkRoute(m_api, route); !checked) {
            fault("Unable to create Route '" + route.routeKey + "': " + checked.error().message);
            return;
        }
        const auto id = route.routeId;
        m_api.routes[id] = std::move(route);
    }

    // Routes whose integration is a $ref share it.
    std::string integrationOf(const DefinedOperation& operation, const std::string& key)
    {
        const auto found = operation.source->find(kIntegration);
        if (found == operation.source->end()) {
            m_notes.warnings.push_back("Route '" + key + "' has no integration");
            return {};
        }
        const auto* source = m_definition.resolve(*found);
        if (!source || !source->is_object()) {
            fault("Unable to parse API definition because of a malformed integration at path "
                + operation.path);
            return {};
        }
        if (const auto known = m_integrations.find(source); known != m_integrations.end())
            return known->second;
        Integration integration;
        merge(integration, integrationInput(*source));
        if (integration.integrationMethod.empty() && integration.integrationType == "HTTP_PROXY")
            integration.integrationMethod = operation.method;
        if (const auto complete = completeIntegration(m_api, integration); !complete) {
            fault("Unable to create Integration for route '" + key + "': " + complete.error().message);
            return {};
        }
        integration.integrationId = freshId(m_api.integrations, randomLower, 7);
        const auto id = integration.integrationId;
        m_integrations[source] = id;
        m_api.integrations[id] = std::move(integration);
        return id;
    }

    static json integrationInput(const Node& source)
    {
        json input{{"integrationType", toUpper(childText(source, "type"))},
            {"payloadFormatVersion",
                source.contains("payloadFormatVersion") ? childText(source, "payloadFormatVersion") : "1.0"}};
        constexpr std::array<std::pair<const char*, const char*>, 6> kTexts{
            {{"uri", "integrationUri"}, {"credentials", "credentialsArn"}, {"description", "description"},
                {"connectionId", "connectionId"}, {"connectionType", "connectionType"},
                {"integrationSubtype", "integrationSubtype"}}};
        for (const auto& [from, to] : kTexts) {
            if (const auto text = childText(source, from); !text.empty())
                input[to] = text;
        }
        if (const auto method = toUpper(childText(source, "httpMethod")); !method.empty())
            input["integrationMethod"] = method == "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "ANY" : method;
        if (const auto timeout = parseInteger(childText(source, "timeoutInMillis")))
            input["timeoutInMillis"] = std::clamp<std::int64_t>(*timeout, 0, 1'000'000);
        if (const auto* tls = childObject(source, "tlsConfig"))
            input["tlsConfig"] = {{"serverNameToVerify", childText(*tls, "serverNameToVerify")}};
        if (const auto* parameters = childObject(source, "requestParameters")) {
            input["requestParameters"] = json::object();
            for (const auto& [name, value] : parameters->items())
                input["requestParameters"][name] = scalarText(value);
        }
        if (const auto* statuses = childObject(source, "responseParameters")) {
            for (const auto& [status, parameters] : statuses->items()) {
                input["responseParameters"][status] = json::object();
                if (!parameters.is_object())
                    continue;
                for (const auto& [name, value] : parameters.items())
                    input["responseParameters"][status][name] = scalarText(value);
            }
        }
        return input;
    }

    void readSecurity(const DefinedOperation& operation, Route& route)
    {
        const auto* own = childList(*operation.source, "security");
        const auto* wanted = own ? own : m_definition.list("security");
        for (const auto& requirement : wanted ? *wanted : Node::array()) {
            if (!requirement.is_object())
                continue;
            for (const auto& [name, scopes] : requirement.items())
                require(name, scopes, route);
        }
    }

    void require(const std::string& name, const Node& scopes, Route& route)
    {
        const auto known = m_authorizers.find(name);
        if (known == m_authorizers.end()) {
            for (const auto& [scheme, source] : m_definition.securitySchemes()) {
                if (scheme == name
                    && toLower(childText(*source, "x-amazon-apigateway-authtype")) == "awssigv4")
                    route.authorizationType = "AWS_IAM";
            }
            return;
        }
        const auto& authorizer = m_api.authorizers.at(known->second);
        route.authorizerId = known->second;
        route.authorizationType = authorizer.authorizerType == "JWT" ? "JWT" : "CUSTOM";
        for (const auto& scope : scopes.is_array() ? scopes : Node::array())
            route.authorizationScopes.push_back(scalarText(scope));
    }

    void fault(std::string what) { m_errors.push_back(std::move(what)); }

    static std::string listed(const char* title, const std::vector<std::string>& lines)
    {
        std::string text = title;
        for (const auto& line : lines)
            text += "\n\t" + line;
        return text;
    }

    Result<ImportNotes> judged()
    {
        if (!m_errors.empty())
            return fail(errors::badRequest(listed("Errors found during import:", m_errors)));
        if (m_options.failOnWarnings && !m_notes.warnings.empty())
            return fail(errors::badRequest(listed("Warnings found during import:", m_notes.warnings)));
        return std::move(m_notes);
    }

    Api& m_api;
    const openapi::Definition& m_definition;
    const ImportOptions& m_options;
    ImportNotes m_notes;
    std::vector<std::string> m_errors;
    std::map<std::string, std::string> m_authorizers; // name → id
    std::map<const Node*, std::string> m_integrations; // of the document → id
};

}

Result<ImportNotes> importDefinition(
    Api& api, const openapi::Definition& definition, const ImportOptions& options)
{
    return Import(api, definition, options).run();
}

}
