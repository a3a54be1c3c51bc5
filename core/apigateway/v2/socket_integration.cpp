#include "core/apigateway/content_handling.h"
#include "core/apigateway/function_permission.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/steps.h"
#include "core/apigateway/v2/socket_call.h"
#include "core/apigateway/vtl/java_text.h"
#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;
using RestIntegration = apigateway::Integration;

// ---- selection expressions

std::optional<std::string> contextValue(const SocketCall& call, std::string_view name)
{
    for (auto& [known, value] : socketContext(call)) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

std::optional<std::string> fieldOf(const SocketCall& call, std::string_view name)
{
    constexpr std::string_view kHeader = "header.";
    constexpr std::string_view kQuery = "querystring.";
    if (!call.request)
        return std::nullopt;
    if (name.starts_with(kHeader)) {
        name.remove_prefix(kHeader.size());
        return call.request->headers.has(name) ? std::optional(std::string(call.request->headers.get(name)))
                                               : std::nullopt;
    }
    if (name.starts_with(kQuery))
        return http::queryValue(http::parseQuery(call.request->rawQuery()), name.substr(kQuery.size()));
    return std::nullopt;
}

std::optional<std::string> bodyValue(const std::string& body, std::string_view path)
{
    if (path.empty())
        return body;
    const auto document = aws::parseJson(body);
    return document ? scalarAt(*document, path.substr(1)) : std::nullopt;
}

// Variables of everything that may stand in a mapping or a selection; `answer` is null before there is one.
std::optional<std::string> lookUp(const SocketCall& call, const SocketAnswer* answer, std::string_view name)
{
    const auto behind = [&name](std::string_view prefix) {
        const bool found = name.starts_with(prefix);
        name.remove_prefix(found ? prefix.size() : 0);
        return found;
    };
    if (behind("context."))
        return contextValue(call, name);
    if (behind("stageVariables.")) {
        const auto found = call.stage->stageVariables.find(std::string(name));
        return found == call.stage->stageVariables.end() ? std::nullopt : std::optional(found->second);
    }
    if (behind("request.body") || behind("route.request.body"))
        return bodyValue(call.body, name);
    if (behind("route.request.") || behind("request."))
        return fieldOf(call, name);
    if (!answer || !behind("integration.response."))
        return std::nullopt;
    if (name == "statuscode")
        return std::to_string(answer->status);
    if (behind("header."))
        return answer->headers.has(name) ? std::optional(std::string(answer->headers.get(name)))
                                         : std::nullopt;
    return behind("body") ? bodyValue(answer->body, name) : std::nullopt;
}

std::optional<std::string> select(
    const SocketCall& call, const SocketAnswer* answer, const std::string& expression)
{
    return evaluateSelection(expression, [&](std::string_view name) { return lookUp(call, answer, name); });
}

// The template that the expression selects, else the one for $default.
const std::string* selectTemplate(const SocketCall& call, const SocketAnswer* answer,
    const std::string& expression, const StringMap& templates)
{
    auto found = templates.find(select(call, answer, expression).value_or(std::string(kDefaultKey)));
    if (found == templates.end())
        found = templates.find(std::string(kDefaultKey));
    return found == templates.end() ? nullptr : &found->second;
}

// ---- request

SocketResult<std::string> mapBody(SocketCall& call)
{
    const auto& integration = *call.integration;
    const auto* text =
        selectTemplate(call, nullptr, integration.templateSelectionExpression, integration.requestTemplates);
    const auto& passing = integration.passthroughBehavior;
    if (!text
        && (passing == "NEVER" || (passing == "WHEN_NO_TEMPLATES" && !integration.requestTemplates.empty())))
        return socketRefusal(415, "Unsupported Media Type",
            "No request template is selected and PassthroughBehavior is " + passing);
    auto body = text ? renderSocketTemplate(call, *text, call.body) : SocketResult<std::string>(call.body);
    if (body && text)
        call.step("Map request", "The template gives " + shownBody(*body));
    if (!body || integration.contentHandlingStrategy.empty())
        return body;
    auto converted = convertRequest(*std::move(body), false, integration.contentHandlingStrategy);
    if (!converted)
        return socketError(converted.error().message);
    return *std::move(converted);
}

// "'literal'", "route.request.header.x", "$context.connectionId"…; nullopt when it has no value.
std::optional<std::string> mappedValue(const SocketCall& call, std::string_view expression)
{
    if (expression.size() >= 2 && expression.starts_with('\'') && expression.ends_with('\''))
        return std::string(expression.substr(1, expression.size() - 2));
    expression.remove_prefix(expression.starts_with('$') ? 1 : 0);
    return lookUp(call, nullptr, expression);
}

void mapParameters(SocketCall& call, IntegrationRequest& into)
{
    if (!call.integration->requestParameters)
        return;
    for (const auto& [name, expression] : *call.integration->requestParameters) {
        const auto target = MappingTarget::parseRequest(name);
        const auto value = mappedValue(call, expression);
        if (!target || !value)
            continue;
        if (target->place == MappingTarget::Place::Path)
            into.path[target->name] = percentEncode(*value, true);
        else if (target->place == MappingTarget::Place::Query)
            into.query.emplace_back(target->name, *value);
        else
            into.headers.set(target->name, *value);
        call.step("Map request", name + " = " + *value);
    }
}

// ---- AWS_PROXY

// A function's own ARN, or what names it in the ARN of its invocation.
std::optional<std::string> functionOf(const std::string& uri)
{
    if (auto named = lambdaFunctionOf(uri))
        return *std::move(named);
    const auto arn = Arn::parse(uri);
    return arn && arn->service == "lambda" ? std::optional(uri) : std::nullopt;
}

SocketResult<SocketAnswer> proxyAnswer(const std::string& text)
{
    const auto parsed = aws::parseJson(text);
    if (!parsed || !parsed->is_object() || !parsed->contains("statusCode"))
        return socketError("The function's answer has no statusCode: " + shownBody(text));
    SocketAnswer answer;
    const auto& status = (*parsed)["statusCode"];
    const auto number = status.is_number_integer() ? std::optional(status.get<std::int64_t>())
        : status.is_string()                       ? parseInteger(status.get<std::string>())
                                                   : std::nullopt;
    if (!number || *number < 100 || *number > 599)
        return socketError("The function's statusCode is no status: " + status.dump());
    answer.status = static_cast<int>(*number);
    if (const auto headers = parsed->find("headers"); headers != parsed->end() && headers->is_object()) {
        for (const auto& [name, value] : headers->items())
            answer.headers.set(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    if (const auto body = parsed->find("body"); body != parsed->end() && !body->is_null())
        answer.body = body->is_string() ? body->get<std::string>() : body->dump();
    if (parsed->value("isBase64Encoded", json(false)) == true) {
        auto bytes = unbase64(answer.body);
        if (!bytes)
            return socketError("The function's body is not base64");
        answer.body = *std::move(bytes);
        answer.binary = true;
    }
    return answer;
}

SocketResult<SocketAnswer> callFunction(SocketCall& call)
{
    const auto function =
        functionOf(substituteStageVariables(call.integration->integrationUri, call.stage->stageVariables));
    if (!function)
        return socketError("The integration names no function: " + call.integration->integrationUri);
    const auto name = functionNameOf(*function);
    const auto region = regionOf(*function, call.api->api.region);
    auto event = socketEvent(call);
    call.step("Integrate", "Lambda function " + name + " gets " + shownBody(event));
    if (call.log) {
        const auto target =
            "https://lambda." + region + ".amazonaws.com/2015-03-31/functions/" + *function + "/invocations";
        call.logLine("Endpoint request URI: " + target, ExecutionLog::Kind::Data);
        call.logLine("Endpoint request body after transformations: " + event, ExecutionLog::Kind::Data);
        call.logLine("Sending request to " + target);
    }
    const Micros begin = steadyMicros();
    json input{{"FunctionName", *function}, {"InvocationType", "RequestResponse"}};
    const auto& api = call.api->api;
    nameInvoker(input, call.integration->credentialsArn,
        executeApiArn(api, api.apiId, call.stage->stageName + '/' + call.route->routeKey));
    const auto invoked = askInTime(call.environment.host.caller, call.environment.integrations, call.span,
        {"lambda", "Invoke", std::make_shared<const json>(std::move(input)), std::move(event), region,
            "integration", name, call.integration->timeoutInMillis * kMillisecond});
    if (!invoked)
        return socketRefusal(504, "Endpoint request timed out",
            name + " has not answered within " + std::to_string(call.integration->timeoutInMillis) + " ms");
    if (!*invoked)
        return socketError("Lambda did not run " + name + ": " + invoked->error().message);
    call.measures.endpointStatus = (*invoked)->status == 0 ? 200 : (*invoked)->status;
    call.measures.endpointRequestId = (*invoked)->headers.get("x-amzn-RequestId");
    if (call.log) {
        call.logLine("Received response. Status: 200, Integration latency: "
            + std::to_string((steadyMicros() - begin) / kMillisecond) + " ms");
        call.logLine(
            "Endpoint response body before transformations: " + (*invoked)->body, ExecutionLog::Kind::Data);
    }
    const auto error = (*invoked)->headers.get("X-Amz-Function-Error");
    if (!error.empty())
        return socketError(
            "The function failed (" + std::string(error) + "): " + shownBody((*invoked)->body));
    auto answer = proxyAnswer((*invoked)->body);
    if (answer)
        call.step(
            "Integrate", "The function answered " + std::to_string(answer->status), trace::Verdict::Pass);
    return answer;
}

// ---- the others, as those of REST APIs run

RestIntegration restIntegration(const Integration& from)
{
    RestIntegration integration;
    integration.type = from.integrationType == "AWS" ? IntegrationType::Aws
        : from.integrationType == "MOCK"             ? IntegrationType::Mock
        : from.integrationType == "HTTP"             ? IntegrationType::Http
                                                     : IntegrationType::HttpProxy;
    integration.httpMethod = from.integrationMethod.empty() ? "POST" : from.integrationMethod;
    integration.timeoutInMillis = from.timeoutInMillis;
    integration.connectionType = from.connectionType;
    integration.connectionId = from.connectionId;
    return integration;
}

// What the steps of REST APIs read of a call.
struct RestCall {
    explicit RestCall(SocketCall& call)
        : api(std::make_shared<apigateway::ApiState>())
        , context(call.request ? *call.request : message, call.span)
    {
        api->api.id = call.api->api.apiId;
        api->api.name = call.api->api.name;
        api->api.region = call.api->api.region;
        api->api.account = call.api->api.account;
        method.integration = restIntegration(*call.integration);
        context.api = api;
        context.method = &method;
        context.now = call.now;
        context.requestId = call.requestId;
        context.request.remoteAddress = call.connection->sourceIp;
        context.log = call.log ? &*call.log : nullptr;
    }

    http::Request message;
    std::shared_ptr<apigateway::ApiState> api;
    Method method;
    CallContext context;
};

SocketResult<SocketAnswer> callOther(SocketCall& call)
{
    auto body = mapBody(call);
    if (!body)
        return tl::unexpected(body.error());
    RestCall rest(call);
    auto& into = rest.context.integrationRequest;
    into.httpMethod = rest.method.integration->httpMethod;
    into.body = *std::move(body);
    into.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"},
        {"User-Agent", "AmazonAPIGateway_" + call.api->api.apiId}};
    mapParameters(call, into);
    into.uri = substitutePath(
        substituteStageVariables(call.integration->integrationUri, call.stage->stageVariables), into.path);
    auto& environment = call.environment;
    IntegrationEnvironment around{environment.host.caller, environment.integrations, environment.records};
    const auto done = rest.method.integration->type == IntegrationType::Aws
        ? callAwsService(rest.context, around)
        : rest.method.integration->type == IntegrationType::Mock ? answerMock(rest.context, around)
                                                                 : callHttp(rest.context, around);
    call.measures.endpointStatus = rest.context.measures.endpointStatus;
    call.measures.endpointRequestId = rest.context.measures.endpointRequestId;
    if (!done && done.error().type == GatewayResponseType::IntegrationTimeout)
        return socketRefusal(504, "Endpoint request timed out", done.error().reason);
    if (!done)
        return socketError(done.error().reason);
    auto& answer = rest.context.answer;
    return SocketAnswer{answer.status, std::move(answer.headers), std::move(answer.body)};
}

// ---- response

bool fitsKey(const std::string& key, const std::string& selected)
{
    if (key.size() >= 2 && key.starts_with('/') && key.ends_with('/'))
        return vtl::matchesRegex(selected, key.substr(1, key.size() - 2)).value_or(false);
    return key == selected;
}

const IntegrationResponse* chooseResponse(const SocketCall& call, const SocketAnswer& answer)
{
    const auto& expression = call.integration->integrationResponseSelectionExpression;
    const auto selected =
        select(call, &answer, expression.empty() ? "${integration.response.statuscode}" : expression);
    const IntegrationResponse* fallback = nullptr;
    for (const auto& [id, response] : call.integration->integrationResponses) {
        if (response.integrationResponseKey == kDefaultKey)
            fallback = &response;
        else if (selected && fitsKey(response.integrationResponseKey, *selected))
            return &response;
    }
    return fallback;
}

SocketResult<SocketAnswer> mapAnswer(SocketCall& call, SocketAnswer answer)
{
    const auto* response = chooseResponse(call, answer);
    if (!response)
        return answer;
    call.step("Map response", "Integration response " + response->integrationResponseKey);
    if (const auto* text = selectTemplate(
            call, &answer, response->templateSelectionExpression, response->responseTemplates)) {
        auto rendered = renderSocketTemplate(call, *text, answer.body);
        if (!rendered)
            return tl::unexpected(rendered.error());
        answer.body = *std::move(rendered);
    }
    if (response->contentHandlingStrategy == "CONVERT_TO_BINARY") {
        auto bytes = unbase64(answer.body);
        if (!bytes)
            return socketError("CONVERT_TO_BINARY: the body is not base64");
        answer.body = *std::move(bytes);
        answer.binary = true;
    } else if (response->contentHandlingStrategy == "CONVERT_TO_TEXT" && !isUtf8(answer.body)) {
        answer.body = base64(answer.body);
    }
    return answer;
}

}

namespace {

SocketResult<SocketAnswer> run(SocketCall& call)
{
    if (call.integration->integrationType == "AWS_PROXY")
        return callFunction(call);
    auto answer = callOther(call);
    if (!answer || call.integration->integrationType == "HTTP_PROXY")
        return answer;
    return mapAnswer(call, *std::move(answer));
}

}

SocketResult<SocketAnswer> integrateSocket(SocketCall& call)
{
    const Micros begin = steadyMicros();
    auto answer = run(call);
    auto& phase = call.measures.integration;
    if (call.integration->integrationType != "MOCK")
        phase.latency = steadyMicros() - begin;
    phase.status = answer ? answer->status : answer.error().status;
    if (!answer)
        phase.error = answer.error().reason;
    return answer;
}

}
