#include "core/apigateway/content_handling.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/mapping_template.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/steps.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

// The method request's headers with what API Gateway adds on the way.
http::Headers forwardedHeaders(const CallContext& context)
{
    http::Headers headers = context.request.headers;
    if (context.isTest)
        return headers;
    const std::string before = headers.joined("X-Forwarded-For");
    headers.set("X-Forwarded-For",
        before.empty() ? context.request.remoteAddress : before + ", " + context.request.remoteAddress);
    const auto host = headers.get("Host");
    const auto colon = host.rfind(':');
    headers.set("X-Forwarded-Port", colon == host.npos ? "80" : std::string(host.substr(colon + 1)));
    headers.set("X-Forwarded-Proto", "http");
    if (!context.traceHeader.empty())
        headers.set("X-Amzn-Trace-Id", context.traceHeader);
    return headers;
}

bool isProxy(IntegrationType type)
{
    return type == IntegrationType::AwsProxy || type == IntegrationType::HttpProxy;
}

// An integration that is no proxy begins with the gateway's own headers; what else it gets is mapped.
http::Headers ownHeaders(const CallContext& context)
{
    http::Headers headers;
    const auto type = context.request.headers.get("Content-Type");
    headers.add("Accept", "application/json");
    headers.add("User-Agent", "AmazonAPIGateway_" + context.api->api.id);
    headers.add("Content-Type", type.empty() ? "application/json" : std::string(type));
    if (!context.traceHeader.empty())
        headers.add("X-Amzn-Trace-Id", context.traceHeader);
    return headers;
}

// An explicit mapping of such a header makes AWS answer "Internal server error", as recorded.
bool isForbiddenTarget(IntegrationType type, const std::string& name)
{
    static constexpr std::array<std::string_view, 7> kForbidden{"Content-Length", "Transfer-Encoding",
        "Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE"};
    const auto count = type == IntegrationType::Aws ? kForbidden.size() : 2;
    return std::any_of(kForbidden.begin(), kForbidden.begin() + static_cast<std::ptrdiff_t>(count),
        [&](std::string_view forbidden) { return equalsIgnoreCase(name, forbidden); });
}

// The client's own path is still escaped as the client has done it; what came raw though no URL may have it
// ("{z}") is escaped here.
std::string asTheClientEscaped(std::string_view path)
{
    constexpr std::string_view kNeverRaw = "{}|\\^`\"<>";
    std::string whole;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f || kNeverRaw.find(c) != kNeverRaw.npos)
            whole += percentEncode(std::string_view(&c, 1));
        else
            whole += c;
    }
    return whole;
}

void setQuery(http::QueryParameters& query, const std::string& name, const std::vector<std::string>& values)
{
    std::erase_if(query, [&](const auto& entry) { return entry.first == name; });
    for (const auto& value : values)
        query.emplace_back(name, value);
}

StepResult applyParameters(CallContext& context)
{
    auto& into = context.integrationRequest;
    for (const auto& [targetText, expressionText] : context.method->integration->requestParameters) {
        const auto target = MappingTarget::parseRequest(targetText);
        const auto expression = MappingExpression::parse(expressionText);
        if (!target || !expression)
            return stop(GatewayResponseType::ApiConfigurationError,
                "Invalid mapping " + targetText + " = " + expressionText);
        const auto values = requestValues(context, *expression);
        if (values.empty())
            continue;
        if (target->place == MappingTarget::Place::Path) {
            into.path[target->name] = expression->source == MappingExpression::Source::RequestPath
                ? asTheClientEscaped(values.back())
                : percentEncode(values.back(), true);
        } else if (target->place == MappingTarget::Place::Query) {
            setQuery(into.query, target->name, values);
        } else if (isForbiddenTarget(context.method->integration->type, target->name)) {
            return stop(
                GatewayResponseType::ApiConfigurationError, "Header " + target->name + " may not be mapped");
        } else {
            into.headers.set(target->name, join(values, ","));
        }
        context.step(
            "Map request", targetText + " = " + join(values, ",") + " (from " + expressionText + ")");
    }
    return {};
}

void applyOverrides(CallContext& context)
{
    auto& into = context.integrationRequest;
    for (const auto& [name, values] : context.requestOverride.headers) {
        into.headers.set(name, join(values, ","));
        context.step("Map request", "The template sets header " + name + " = " + join(values, ","));
    }
    for (const auto& [name, values] : context.requestOverride.query) {
        setQuery(into.query, name, values);
        context.step("Map request", "The template sets query " + name + " = " + join(values, ","));
    }
    for (const auto& [name, values] : context.requestOverride.path) {
        into.path[name] = values.empty() ? std::string() : percentEncode(values.back(), true);
        context.step("Map request", "The template sets path " + name + " = " + into.path[name]);
    }
}

// Chooses a request template by content type, or what passthroughBehavior says without one.
StepResult applyTemplate(CallContext& context, CallEnvironment& environment, bool bodyIsBinary)
{
    const auto& integration = *context.method->integration;
    auto& body = context.integrationRequest.body;
    auto type = mediaType(context.request.headers.get("Content-Type"));
    if (type.empty())
        type = "application/json";
    if (const auto found = integration.requestTemplates.find(type);
        found != integration.requestTemplates.end()) {
        if (bodyIsBinary && !body.empty())
            return stop(GatewayResponseType::ApiConfigurationError,
                "Unable to transform request: a template cannot read a binary body; contentHandling "
                "CONVERT_TO_TEXT "
                "gives it in base64");
        context.step("Map request", "Template for " + type + " reads " + shownBody(body));
        auto rendered = renderRequestTemplate(context, environment, found->second, body);
        if (!rendered)
            return tl::unexpected(rendered.error());
        body = *std::move(rendered);
        context.step("Map request", "Template for " + type + " gives " + shownBody(body));
        applyOverrides(context);
        return {};
    }
    const bool passes = integration.passthroughBehavior == "WHEN_NO_MATCH"
        || (integration.passthroughBehavior == "WHEN_NO_TEMPLATES" && integration.requestTemplates.empty());
    if (!passes)
        return stop(GatewayResponseType::UnsupportedMediaType,
            "No template for " + type + " and passthroughBehavior is " + integration.passthroughBehavior);
    context.step("Map request",
        "No template for " + type + ": the body passes (" + integration.passthroughBehavior + ")");
    return {};
}

// Text, bytes and templates in AWS's order: to text before the template, to bytes after it.
StepResult mapBody(CallContext& context, CallEnvironment& environment)
{
    const auto& integration = *context.method->integration;
    auto& body = context.integrationRequest.body;
    const bool isBinary =
        isBinaryType(context.deployment->binaryMediaTypes, context.request.headers.get("Content-Type"));
    const bool toBinary = integration.contentHandling == "CONVERT_TO_BINARY";
    const auto convert = [&](const std::string& handling) -> StepResult {
        auto converted = convertRequest(std::move(body), isBinary, handling);
        if (!converted)
            return stop(GatewayResponseType::ApiConfigurationError, converted.error().message);
        body = *std::move(converted);
        return {};
    };
    if (const auto first = convert(toBinary ? "" : integration.contentHandling); !first)
        return first;
    const bool stillBinary = isBinary && integration.contentHandling != "CONVERT_TO_TEXT";
    if (const auto templated = applyTemplate(context, environment, stillBinary); !templated)
        return templated;
    if (!integration.contentHandling.empty())
        context.step("Map request", "contentHandling is " + integration.contentHandling);
    return toBinary ? convert(integration.contentHandling) : StepResult();
}

StepResult mapProxy(CallContext& context)
{
    const auto& integration = *context.method->integration;
    auto& into = context.integrationRequest;
    if (integration.type == IntegrationType::AwsProxy && !into.body.empty()
        && isBinaryType(context.deployment->binaryMediaTypes, context.request.headers.get("Content-Type"))) {
        into.bodyIsBase64 = true;
        context.step("Map request", "Body in base64: its content type is among the API's binary media types");
    }
    if (context.span.recording() && integration.requestParameters.empty())
        context.step("Map request", "Proxy integration: headers, query and body pass as they are");
    return {};
}

}

StepResult mapRequest(CallContext& context, CallEnvironment& environment)
{
    if (!context.method->integration)
        return stop(GatewayResponseType::ApiConfigurationError, "No integration defined for method");
    const auto& integration = *context.method->integration;
    const bool proxy = isProxy(integration.type);
    auto& into = context.integrationRequest;
    into.httpMethod = integration.httpMethod.empty() || integration.httpMethod == "ANY"
        ? context.request.method
        : integration.httpMethod;
    into.headers = proxy ? forwardedHeaders(context) : ownHeaders(context);
    if (proxy)
        into.query = context.query;
    into.body = context.request.body;
    if (const auto mapped = applyParameters(context); !mapped)
        return mapped;
    const auto mapped = proxy ? mapProxy(context) : mapBody(context, environment);
    if (!mapped)
        return mapped;
    into.uri = substitutePath(substituteStageVariables(integration.uri, context.stageVariables), into.path);
    return {};
}

}
