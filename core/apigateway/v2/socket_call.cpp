#include "core/apigateway/v2/socket_call.h"

#include "core/aws/json_text.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;

const char* nameOf(SocketEvent event)
{
    switch (event) {
    case SocketEvent::Connect:
        return "CONNECT";
    case SocketEvent::Message:
        return "MESSAGE";
    case SocketEvent::Disconnect:
        break;
    }
    return "DISCONNECT";
}

// The last value of a name counts, as in events of REST APIs.
template <typename Pairs>
void putValues(json& event, const Pairs& pairs, const char* single, const char* multi)
{
    for (const auto& [name, value] : pairs) {
        event[single][name] = value;
        event[multi][name].push_back(value);
    }
}

http::Headers forwarded(const SocketCall& call)
{
    http::Headers headers;
    for (const auto& [name, value] : call.request->headers) {
        if (!equalsIgnoreCase(name, "Connection") && !equalsIgnoreCase(name, "Upgrade"))
            headers.add(name, value);
    }
    headers.set("X-Forwarded-For", call.connection->sourceIp);
    const auto colon = call.connection->host.rfind(':');
    headers.set(
        "X-Forwarded-Port", colon == std::string::npos ? "80" : call.connection->host.substr(colon + 1));
    headers.set("X-Forwarded-Proto", "http");
    if (call.span.recording())
        headers.set("X-Amzn-Trace-Id", call.span.traceHeader());
    return headers;
}

// What of the first request the event of $disconnect still has.
http::Headers remembered(const SocketCall& call)
{
    return {{"Host", call.connection->host}, {"x-api-key", ""}, {"X-Forwarded-For", ""}, {"x-restapi", ""}};
}

json authorizerJson(const AuthorizerAnswer& answer)
{
    json out{{"principalId", answer.principalId}};
    for (const auto& [name, value] : answer.values)
        out[name] = value.text;
    if (answer.integrationLatency)
        out["integrationLatency"] = *answer.integrationLatency;
    return out;
}

}

SocketCall::SocketCall(
    SocketEnvironment& around, const ConnectionPtr& of, SocketEvent what, trace::SpanScope& scope)
    : environment(around)
    , connection(of)
    , event(what)
    , span(scope)
    , now(around.host.clock.now())
    , requestId(newConnectionId())
{
    if (of->authorizer) {
        authorizer = *of->authorizer;
        isAuthorized = true;
    }
}

void SocketCall::step(std::string title, std::string detail, trace::Verdict verdict)
{
    span.step(std::move(title), std::move(detail), verdict);
}

void SocketCall::logLine(std::string text, ExecutionLog::Kind kind)
{
    if (log)
        log->line(std::move(text), kind);
}

SocketResult<void> SocketCall::findStage()
{
    if (!api)
        api = environment.apis.findById(connection->apiId);
    if (!api)
        return socketRefusal(403, "Forbidden", "There is no API " + connection->apiId + " any more");
    const auto found = api->stages.find(connection->stage);
    if (found == api->stages.end())
        return socketRefusal(403, "Forbidden", api->api.name + " has no stage " + connection->stage);
    stage = &found->second;
    const auto deployed = api->deployments.find(stage->deploymentId);
    if (deployed == api->deployments.end())
        return socketRefusal(403, "Forbidden", "Stage " + connection->stage + " has no deployment");
    deployment = deployed->second;
    return {};
}

SocketResult<void> SocketCall::takeRoute(const std::string& key)
{
    const auto find = [this](std::string_view wanted) -> const Route* {
        for (const auto& [id, candidate] : deployment->routes) {
            if (candidate.routeKey == wanted)
                return &candidate;
        }
        return nullptr;
    };
    route = find(key);
    // Clients cannot send to the routes of the gateway's own events.
    if (event == SocketEvent::Message && (!route || key == "$connect" || key == "$disconnect"))
        route = find(kDefaultKey);
    if (!route)
        return socketRefusal(403, "Forbidden", "No route has the key " + key + ", and there is no $default");
    routeKey = route->routeKey;
    logRoute(*this);
    const auto target = deployment->integrations.find(route->integrationId());
    if (target == deployment->integrations.end())
        return socketError("Route " + routeKey + " has no integration");
    integration = &target->second;
    return {};
}

bool SocketCall::answersClient() const
{
    return route && !route->routeResponseSelectionExpression.empty() && !route->routeResponses.empty();
}

std::optional<std::string> selectRouteKey(const std::string& expression, const std::string& body)
{
    std::optional<json> document;
    return evaluateSelection(expression, [&](std::string_view name) -> std::optional<std::string> {
        constexpr std::string_view kBody = "request.body";
        if (!name.starts_with(kBody))
            return std::nullopt;
        name.remove_prefix(kBody.size());
        name.remove_prefix(name.starts_with('.') ? 1 : 0);
        if (!document) {
            auto parsed = aws::parseJson(body);
            document = parsed ? *std::move(parsed) : json();
        }
        return scalarAt(*document, name);
    });
}

json socketRequestContext(const SocketCall& call)
{
    const auto& connection = *call.connection;
    json out{{"routeKey", call.routeKey}, {"eventType", nameOf(call.event)},
        {"extendedRequestId", call.requestId}, {"requestId", call.requestId},
        {"requestTime", clfTime(call.now)}, {"requestTimeEpoch", call.now / kMillisecond},
        {"messageDirection", "IN"}, {"stage", connection.stage},
        {"connectedAt", connection.connectedAt / kMillisecond}, {"domainName", connection.domain},
        {"connectionId", connection.id}, {"apiId", connection.apiId},
        {"identity", {{"sourceIp", connection.sourceIp}}}};
    if (!connection.userAgent.empty())
        out["identity"]["userAgent"] = connection.userAgent;
    if (call.isAuthorized)
        out["authorizer"] = authorizerJson(call.authorizer);
    if (call.event == SocketEvent::Message)
        out["messageId"] = call.messageId;
    if (call.event == SocketEvent::Disconnect) {
        out["disconnectStatusCode"] = call.closeCode;
        out["disconnectReason"] = call.closeReason;
    }
    return out;
}

std::string socketEvent(const SocketCall& call)
{
    json event{{"requestContext", socketRequestContext(call)}, {"isBase64Encoded", false}};
    if (call.event == SocketEvent::Message)
        event["body"] = call.body;
    else
        putValues(event, call.event == SocketEvent::Connect ? forwarded(call) : remembered(call), "headers",
            "multiValueHeaders");
    if (call.event == SocketEvent::Connect)
        putValues(event, http::parseQuery(call.request->rawQuery()), "queryStringParameters",
            "multiValueQueryStringParameters");
    if (call.stage && !call.stage->stageVariables.empty())
        event["stageVariables"] = call.stage->stageVariables;
    return aws::writeJson(event);
}

std::vector<std::pair<std::string, std::string>> socketContext(const SocketCall& call)
{
    std::vector<std::pair<std::string, std::string>> values;
    // The same names as in events, without the nested ones, which have their own spelling here.
    const auto context = socketRequestContext(call);
    for (const auto& [name, value] : context.items()) {
        if (value.is_string())
            values.emplace_back(name, value.get<std::string>());
        else if (value.is_number())
            values.emplace_back(name, value.dump());
    }
    values.emplace_back("identity.sourceIp", call.connection->sourceIp);
    values.emplace_back("identity.userAgent", call.connection->userAgent);
    values.emplace_back("identity.apiKey", call.identity.apiKey);
    values.emplace_back("identity.apiKeyId", call.identity.apiKeyId);
    values.emplace_back("identity.accessKey", call.identity.accessKey);
    values.emplace_back("identity.accountId", call.identity.accountId);
    values.emplace_back("identity.caller", call.identity.caller);
    values.emplace_back("identity.user", call.identity.user);
    values.emplace_back("identity.userArn", call.identity.userArn);
    if (!call.isAuthorized)
        return values;
    values.emplace_back("authorizer.principalId", call.authorizer.principalId);
    for (const auto& [name, value] : call.authorizer.values)
        values.emplace_back("authorizer." + name, value.text);
    return values;
}

std::string socketErrorText(const SocketCall& call, const std::string& message)
{
    nlohmann::ordered_json out;
    out["message"] = message;
    out["connectionId"] = call.connection->id;
    out["requestId"] = call.requestId;
    return out.dump();
}

}
