#include "core/apigateway/mapping.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/steps.h"
#include "core/base/hash.h"
#include "core/base/text.h"

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

// An explicit mapping of such a header makes AWS answer "Internal server error".
bool isForbiddenTarget(const std::string& name)
{
    return equalsIgnoreCase(name, "Content-Length") || equalsIgnoreCase(name, "Transfer-Encoding");
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
            into.path[target->name] = values.back();
        } else if (target->place == MappingTarget::Place::Query) {
            setQuery(into.query, target->name, values);
        } else if (isForbiddenTarget(target->name)) {
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

// Chooses a MOCK's request template by content type, or what passthroughBehavior says without one.
StepResult applyTemplate(CallContext& context)
{
    const auto& integration = *context.method->integration;
    auto type = mediaType(context.request.headers.get("Content-Type"));
    if (type.empty())
        type = "application/json";
    if (const auto found = integration.requestTemplates.find(type);
        found != integration.requestTemplates.end()) {
        context.integrationRequest.body = found->second;
        context.step("Map request", "Template for " + type);
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

}

StepResult mapRequest(CallContext& context, CallEnvironment&)
{
    if (!context.method->integration)
        return stop(GatewayResponseType::ApiConfigurationError, "No integration defined for method");
    const auto& integration = *context.method->integration;
    auto& into = context.integrationRequest;
    into.httpMethod = integration.httpMethod.empty() || integration.httpMethod == "ANY"
        ? context.request.method
        : integration.httpMethod;
    into.headers = forwardedHeaders(context);
    into.query = context.query;
    into.body = context.request.body;
    if (const auto mapped = applyParameters(context); !mapped)
        return mapped;
    if (integration.type == IntegrationType::Mock)
        return applyTemplate(context);
    into.uri = substitutePath(substituteStageVariables(integration.uri, context.stageVariables), into.path);
    if (integration.type == IntegrationType::AwsProxy && !into.body.empty()
        && isBinary(context.deployment->binaryMediaTypes, context.request.headers.get("Content-Type"))) {
        into.bodyIsBase64 = true;
        context.step("Map request", "Body in base64: its content type is among the API's binary media types");
    }
    if (context.span.recording() && integration.requestParameters.empty())
        context.step("Map request", "Proxy integration: headers, query and body pass as they are");
    return {};
}

}
