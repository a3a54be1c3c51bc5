#include "core/apigateway/request_values.h"

#include "core/apigateway/body_part.h"
#include "core/apigateway/vpc_endpoint.h"
#include "core/apigateway/vtl/json_value.h"
#include "core/base/time_format.h"

#include <array>

namespace core::apigateway {

namespace {

using Source = MappingExpression::Source;

std::vector<std::string> lastOf(std::vector<std::string> values)
{
    if (values.size() > 1)
        values.erase(values.begin(), values.end() - 1);
    return values;
}

std::vector<std::string> headerValues(const http::Headers& headers, const std::string& name)
{
    std::vector<std::string> values;
    for (const auto value : headers.all(name))
        values.emplace_back(value);
    return values;
}

std::vector<std::string> queryValues(const http::QueryParameters& query, const std::string& name)
{
    std::vector<std::string> values;
    for (const auto& [key, value] : query) {
        if (key == name)
            values.push_back(value);
    }
    return values;
}

std::vector<std::string> bodyValues(const std::string& body, const std::string& path)
{
    auto part = bodyPart(body, path);
    return part ? std::vector{*std::move(part)} : std::vector<std::string>{};
}

std::vector<std::string> entryOf(const StringMap& values, const std::string& name)
{
    const auto found = values.find(name);
    return found == values.end() ? std::vector<std::string>{} : std::vector{found->second};
}

struct Variable {
    std::string_view name;
    std::string (*read)(const CallContext&);
};

// A JSON string, as $context.error.messageString is.
std::string quotedText(const std::string& text)
{
    return text.empty() ? std::string() : vtl::jsonOf(vtl::Value(text)).value_or("");
}

// An error without a text has null for one.
std::string errorText(const CallContext& context)
{
    return context.errorMessage.empty() && !context.errorType.empty() ? "null"
                                                                      : quotedText(context.errorMessage);
}

template <typename Number> std::string numberText(const std::optional<Number>& number)
{
    return number ? std::to_string(*number) : std::string();
}

constexpr std::string_view kAuthorizer = "authorizer.";
constexpr std::string_view kClaims = "authorizer.claims.";

std::optional<std::string> authorizerVariable(const AuthorizerAnswer& answer, std::string_view name)
{
    if (answer.claims && name.starts_with(kClaims)) {
        const auto claim = answer.claims->find(std::string(name.substr(kClaims.size())));
        return claim == answer.claims->end() ? std::nullopt : std::optional(claim->second);
    }
    const auto value = answer.values.find(std::string(name.substr(kAuthorizer.size())));
    return value == answer.values.end() ? std::nullopt : std::optional(value->second.text);
}

constexpr std::array kContextVariables{
    Variable{"accountId", [](const CallContext& c) { return c.api ? c.api->api.account : std::string(); }},
    Variable{"apiId", [](const CallContext& c) { return c.address.apiId; }},
    Variable{
        "deploymentId", [](const CallContext& c) { return c.deployment ? c.deployment->id : std::string(); }},
    Variable{"domainName", [](const CallContext& c) { return c.address.domain; }},
    Variable{"domainPrefix",
        [](const CallContext& c) {
            const auto& domain = c.address.domain;
            return c.address.isCustomDomain ? domain.substr(0, domain.find('.')) : c.address.apiId;
        }},
    Variable{"extendedRequestId", [](const CallContext& c) { return c.extendedRequestId; }},
    Variable{"authorizer.integrationLatency",
        [](const CallContext& c) {
            return c.authorizer ? numberText(c.authorizer->integrationLatency) : "";
        }},
    Variable{"authorizer.integrationStatus",
        [](const CallContext& c) { return c.authorizer ? numberText(c.authorizer->integrationStatus) : ""; }},
    Variable{"authorizer.principalId",
        [](const CallContext& c) { return c.authorizer ? c.authorizer->principalId : ""; }},
    Variable{"authorizer.requestId",
        [](const CallContext& c) { return c.authorizer ? c.authorizer->requestId : ""; }},
    Variable{"error.message", [](const CallContext& c) { return c.errorMessage; }},
    Variable{"error.messageString", [](const CallContext& c) { return errorText(c); }},
    Variable{"error.responseType", [](const CallContext& c) { return c.errorType; }},
    Variable{"error.validationErrorString", [](const CallContext& c) { return c.validationError; }},
    Variable{"httpMethod", [](const CallContext& c) { return c.request.method; }},
    Variable{"identity.accessKey", [](const CallContext& c) { return c.identity.accessKey; }},
    Variable{"identity.accountId", [](const CallContext& c) { return c.identity.accountId; }},
    Variable{"identity.apiKey",
        [](const CallContext& c) { return c.isTest ? "test-invoke-api-key" : c.identity.apiKey; }},
    Variable{"identity.apiKeyId",
        [](const CallContext& c) { return c.isTest ? "test-invoke-api-key-id" : c.identity.apiKeyId; }},
    Variable{"identity.caller", [](const CallContext& c) { return c.identity.caller; }},
    Variable{"identity.cognitoAuthenticationProvider",
        [](const CallContext& c) { return c.identity.cognitoAuthenticationProvider; }},
    Variable{"identity.cognitoAuthenticationType",
        [](const CallContext& c) { return c.identity.cognitoAuthenticationType; }},
    Variable{"identity.cognitoIdentityId", [](const CallContext& c) { return c.identity.cognitoIdentityId; }},
    Variable{"identity.cognitoIdentityPoolId",
        [](const CallContext& c) { return c.identity.cognitoIdentityPoolId; }},
    Variable{"identity.principalOrgId", [](const CallContext& c) { return c.identity.principalOrgId; }},
    Variable{"identity.sourceIp",
        [](const CallContext& c) { return c.isTest ? "test-invoke-source-ip" : c.request.remoteAddress; }},
    Variable{"identity.user", [](const CallContext& c) { return c.identity.user; }},
    Variable{"identity.userAgent",
        [](const CallContext& c) { return std::string(c.request.headers.get("User-Agent")); }},
    Variable{"identity.vpceId", [](const CallContext& c) { return VpcEndpoint::of(c.request).id; }},
    Variable{"identity.userArn", [](const CallContext& c) { return c.identity.userArn; }},
    Variable{"isCanaryRequest",
        [](const CallContext& c) {
            const bool hasCanary = c.stage && c.stage->settings.canary;
            return std::string(hasCanary ? (c.isCanary ? "true" : "false") : "");
        }},
    Variable{"path", [](const CallContext& c) { return c.fullPath(); }},
    Variable{"protocol", [](const CallContext&) { return std::string("HTTP/1.1"); }},
    Variable{"requestId", [](const CallContext& c) { return c.requestId; }},
    Variable{"requestTime", [](const CallContext& c) { return clfTime(c.now); }},
    Variable{"requestTimeEpoch", [](const CallContext& c) { return std::to_string(c.now / kMillisecond); }},
    Variable{
        "resourceId", [](const CallContext& c) { return (c.resource ? c.resource->id : std::string()); }},
    Variable{
        "resourcePath", [](const CallContext& c) { return (c.resource ? c.resource->path : std::string()); }},
    Variable{"stage", [](const CallContext& c) { return c.address.stage; }},
    Variable{"xrayTraceId", [](const CallContext& c) { return c.traceHeader; }},
};

}

std::vector<std::string> requestValues(const CallContext& context, const MappingExpression& expression)
{
    switch (expression.source) {
    case Source::Literal:
        return {expression.name};
    case Source::RequestPath:
        return entryOf(context.pathParameters, expression.name);
    case Source::RequestQuery:
        return lastOf(queryValues(context.query, expression.name));
    case Source::RequestMultiQuery:
        return queryValues(context.query, expression.name);
    case Source::RequestHeader:
        return lastOf(headerValues(context.request.headers, expression.name));
    case Source::RequestMultiHeader:
        return headerValues(context.request.headers, expression.name);
    case Source::StageVariable:
        return entryOf(context.stageVariables, expression.name);
    case Source::Context:
        if (auto value = contextVariable(context, expression.name))
            return {*std::move(value)};
        return {};
    case Source::RequestBody:
        return bodyValues(context.request.body, expression.name);
    case Source::ResponseHeader:
    case Source::ResponseMultiHeader:
    case Source::ResponseBody:
        break;
    }
    return {};
}

std::vector<std::string> responseValues(const CallContext& context, const MappingExpression& expression)
{
    if (expression.source == Source::ResponseHeader)
        return lastOf(headerValues(context.answer.headers, expression.name));
    if (expression.source == Source::ResponseMultiHeader)
        return headerValues(context.answer.headers, expression.name);
    if (expression.source == Source::ResponseBody)
        return bodyValues(context.answer.body, expression.name);
    return requestValues(context, expression);
}

std::vector<std::pair<std::string_view, std::string>> contextVariables(const CallContext& context)
{
    std::vector<std::pair<std::string_view, std::string>> values;
    for (const auto& variable : kContextVariables) {
        if (auto value = variable.read(context); !value.empty())
            values.emplace_back(variable.name, std::move(value));
    }
    return values;
}

std::optional<std::string> contextVariable(const CallContext& context, std::string_view name)
{
    for (const auto& variable : kContextVariables) {
        if (variable.name == name)
            return variable.read(context);
    }
    if (name.starts_with(kAuthorizer) && context.authorizer)
        return authorizerVariable(*context.authorizer, name);
    return std::nullopt;
}

}
