#include "core/apigateway/content_handling.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/mapping_template.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/steps.h"
#include "core/apigateway/vtl/java_text.h"
#include "core/apigateway/vtl/json_value.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

// Fields of an integration's answer that reach the client as x-amzn-Remapped-<name>, as recorded from AWS.
bool isRemapped(std::string_view name)
{
    static constexpr std::array<std::string_view, 15> kRemapped{"Authorization", "Connection",
        "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards", "Proxy-Authenticate",
        "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate", "x-amzn-RequestId"};
    return std::any_of(kRemapped.begin(), kRemapped.end(),
        [&](std::string_view known) { return equalsIgnoreCase(name, known); });
}

std::string outgoingName(const std::string& name)
{
    return isRemapped(name) ? "x-amzn-Remapped-" + name : name;
}

StepResult passAnswer(CallContext& context)
{
    auto& response = context.response;
    response.status = context.answer.status;
    for (const auto& [name, value] : context.answer.headers) {
        if (equalsIgnoreCase(name, "Transfer-Encoding"))
            continue;
        response.headers.add(outgoingName(name), value);
        if (isRemapped(name))
            context.step("Map response", name + " becomes " + outgoingName(name));
    }
    if (!response.headers.has("Content-Type"))
        response.headers.add("Content-Type", "application/json");
    response.body = std::move(context.answer.body);
    response.source = std::move(context.answer.source);
    response.sourceLength = context.answer.sourceLength;
    context.step("Map response",
        "Proxy integration: status " + std::to_string(response.status)
            + (response.source ? ", and the body passes as it comes"
                               : " and " + std::to_string(response.body.size()) + " bytes pass as they are"));
    return {};
}

// What selection patterns are held against: a function's error message, for anything else the status.
std::string selectionText(const CallContext& context)
{
    const auto& answer = context.answer;
    const bool ofFunction = context.method->integration->type == IntegrationType::Aws
        && context.integrationRequest.uri.find(":lambda:path/") != std::string::npos;
    if (!ofFunction || answer.status >= 300)
        return std::to_string(answer.status);
    if (answer.headers.get("X-Amz-Function-Error").empty())
        return {};
    vtl::Heap heap;
    const auto payload = vtl::parseJson(answer.body, heap);
    const auto* message = payload && payload->map() ? payload->map()->find("errorMessage") : nullptr;
    return message ? vtl::textOf(*message).value_or("") : std::string();
}

// The integration response whose pattern fits; the one without a pattern is for all that no other takes.
const IntegrationResponse* choose(const Integration& integration, const std::string& text)
{
    const IntegrationResponse* fallback = nullptr;
    for (const auto& [code, response] : integration.integrationResponses) {
        if (!response.selectionPattern || response.selectionPattern->empty())
            fallback = &response;
        else if (!text.empty() && vtl::matchesRegex(text, *response.selectionPattern).value_or(false))
            return &response;
    }
    return fallback;
}

StepResult setHeaders(CallContext& context, const IntegrationResponse& chosen)
{
    for (const auto& [targetText, expressionText] : chosen.responseParameters) {
        const auto target = MappingTarget::parseResponse(targetText);
        const auto expression = MappingExpression::parse(expressionText);
        if (!target || !expression)
            return stop(GatewayResponseType::ApiConfigurationError,
                "Invalid mapping " + targetText + " = " + expressionText);
        const auto values = responseValues(context, *expression);
        if (values.empty())
            continue;
        context.response.headers.set(outgoingName(target->name), join(values, ","));
        context.step("Map response", target->name + " = " + join(values, ","));
    }
    return {};
}

bool clientTakesBinary(const CallContext& context)
{
    const auto accept = context.request.headers.get("Accept");
    return isBinaryType(context.deployment->binaryMediaTypes, accept.substr(0, accept.find(',')));
}

// The template for what the client accepts, else for JSON, else the first.
auto chooseTemplate(const CallContext& context, const IntegrationResponse& chosen)
{
    const auto& templates = chosen.responseTemplates;
    auto type = mediaType(context.request.headers.get("Accept"));
    if (const auto comma = type.find(','); comma != type.npos)
        type.resize(comma);
    auto found = templates.find(type);
    if (found == templates.end())
        found = templates.find("application/json");
    return found == templates.end() ? templates.begin() : found;
}

// Text, bytes and templates in AWS's order: to text before the template, to bytes after it.
StepResult setBody(CallContext& context, CallEnvironment& environment, const IntegrationResponse& chosen)
{
    auto body = context.answer.body;
    const bool isBinary =
        isBinaryType(context.deployment->binaryMediaTypes, context.answer.headers.get("Content-Type"));
    const bool takesBinary = clientTakesBinary(context);
    const auto found = chooseTemplate(context, chosen);
    const bool has = found != chosen.responseTemplates.end();
    const bool renders = has && found->second;
    const auto convert = [&](bool binary) -> StepResult {
        auto converted = convertResponse(std::move(body), binary, takesBinary, chosen.contentHandling);
        if (!converted)
            return stop(GatewayResponseType::ApiConfigurationError,
                "Unable to transform response: " + converted.error().message);
        body = *std::move(converted);
        return {};
    };
    if (renders) {
        if (isBinary)
            body = base64(body);
        context.step("Map response", "Template for " + found->first + " reads " + shownBody(body));
        auto rendered = renderResponseTemplate(context, environment, *found->second, body);
        if (!rendered)
            return tl::unexpected(rendered.error());
        body = *std::move(rendered);
    }
    if (!renders || chosen.contentHandling == "CONVERT_TO_BINARY") {
        if (const auto converted = convert(isBinary && !renders); !converted)
            return converted;
    }
    context.response.body = std::move(body);
    if (!context.response.headers.has("Content-Type"))
        context.response.headers.set("Content-Type", has ? found->first : "application/json");
    context.step("Map response",
        renders ? "Template for " + found->first + " gives " + shownBody(context.response.body)
                : "No template: the body passes");
    return {};
}

void applyOverrides(CallContext& context)
{
    if (context.responseOverride.status)
        context.response.status = *context.responseOverride.status;
    for (const auto& [name, values] : context.responseOverride.headers) {
        context.response.headers.set(outgoingName(name), join(values, ","));
        context.step("Map response", "The template sets header " + name + " = " + join(values, ","));
    }
}

StepResult mapAnswer(CallContext& context, CallEnvironment& environment)
{
    const auto text = selectionText(context);
    const auto* chosen = choose(*context.method->integration, text);
    if (!chosen)
        return stop(GatewayResponseType::ApiConfigurationError,
            "No match for output mapping and no default output mapping configured. Endpoint Response Status "
            "Code: "
                + std::to_string(context.answer.status));
    if (!context.method->methodResponses.contains(chosen->statusCode))
        return stop(GatewayResponseType::ApiConfigurationError,
            "Output mapping refers to an invalid method response: " + chosen->statusCode);
    context.step("Map response",
        "Integration response " + chosen->statusCode
            + (chosen->selectionPattern && !chosen->selectionPattern->empty()
                    ? " by pattern " + *chosen->selectionPattern + " on " + shownBody(text)
                    : " by default"),
        trace::Verdict::Pass);
    context.response.status = static_cast<int>(parseInteger(chosen->statusCode).value_or(200));
    if (const auto headers = setHeaders(context, *chosen); !headers)
        return headers;
    if (const auto body = setBody(context, environment, *chosen); !body)
        return body;
    applyOverrides(context);
    return {};
}

}

StepResult mapResponse(CallContext& context, CallEnvironment& environment)
{
    const auto type = context.method->integration->type;
    const bool isProxy = type == IntegrationType::AwsProxy || type == IntegrationType::HttpProxy;
    const auto result = isProxy ? passAnswer(context) : mapAnswer(context, environment);
    if (!result)
        return result;
    const bool isTraced = type != IntegrationType::Mock && type != IntegrationType::HttpProxy;
    if (isTraced && !context.traceHeader.empty())
        context.response.headers.set(
            "X-Amzn-Trace-Id", context.traceHeader.substr(0, context.traceHeader.find(';')));
    context.logData("Method response body after transformations: " + context.response.body);
    context.logData("Method response headers: " + logMap(context.response.headers));
    return {};
}

}
