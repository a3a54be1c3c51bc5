#include "core/apigateway/mapping.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/steps.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <regex>

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
    context.step("Map response",
        "Proxy integration: status " + std::to_string(response.status) + " and "
            + std::to_string(response.body.size()) + " bytes pass as they are");
    return {};
}

// The integration response whose pattern fits the status; the one without a pattern is for all that no other
// takes.
const IntegrationResponse* choose(const Integration& integration, int status)
{
    const IntegrationResponse* fallback = nullptr;
    const std::string text = std::to_string(status);
    for (const auto& [code, response] : integration.integrationResponses) {
        if (!response.selectionPattern || response.selectionPattern->empty())
            fallback = &response;
        else if (std::regex_match(text, std::regex(*response.selectionPattern)))
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

// The template for what the client accepts, else for JSON, else the first.
void setBody(CallContext& context, const IntegrationResponse& chosen)
{
    const auto& templates = chosen.responseTemplates;
    auto type = mediaType(context.request.headers.get("Accept"));
    if (const auto comma = type.find(','); comma != type.npos)
        type.resize(comma);
    auto found = templates.find(type);
    if (found == templates.end())
        found = templates.find("application/json");
    if (found == templates.end())
        found = templates.begin();
    const bool has = found != templates.end();
    context.response.body = has && found->second ? *found->second : context.answer.body;
    if (!context.response.headers.has("Content-Type"))
        context.response.headers.set("Content-Type", has ? found->first : "application/json");
    context.step("Map response", has ? "Template for " + found->first : "No template: the body passes");
}

StepResult mapAnswer(CallContext& context)
{
    const auto* chosen = choose(*context.method->integration, context.answer.status);
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
                    ? " by pattern " + *chosen->selectionPattern
                    : " by default"),
        trace::Verdict::Pass);
    context.response.status = static_cast<int>(parseInteger(chosen->statusCode).value_or(200));
    if (const auto headers = setHeaders(context, *chosen); !headers)
        return headers;
    setBody(context, *chosen);
    return {};
}

}

StepResult mapResponse(CallContext& context, CallEnvironment&)
{
    const bool isMock = context.method->integration->type == IntegrationType::Mock;
    const auto result = isMock ? mapAnswer(context) : passAnswer(context);
    if (!result)
        return result;
    if (context.method->integration->type == IntegrationType::AwsProxy && !context.traceHeader.empty())
        context.response.headers.set(
            "X-Amzn-Trace-Id", context.traceHeader.substr(0, context.traceHeader.find(';')));
    context.logLine("Method response body after transformations: " + context.response.body);
    context.logLine("Method response headers: " + logMap(context.response.headers));
    return {};
}

}
