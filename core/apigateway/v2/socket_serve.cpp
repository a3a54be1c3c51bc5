#include "core/apigateway/head_rules.h"
#include "core/apigateway/v2/socket_runner.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

std::string errorTypeOf(const SocketFailure& failure)
{
    if (failure.type == "QUOTA_EXCEEDED")
        return "LimitExceededException";
    switch (failure.status) {
    case 401:
        return "UnauthorizedException";
    case 403:
        return "ForbiddenException";
    case 429:
        return "TooManyRequestsException";
    default:
        return failure.status < 500 ? "BadRequestException" : "InternalServerErrorException";
    }
}

http::Response refuse(SocketCall& call, const SocketFailure& failure)
{
    call.step("Refused", failure.reason, trace::Verdict::Fail);
    call.span.setStatus(failure.status);
    call.failure = failure;
    writeSocketLogs(call, failure.status);
    http::Response response;
    response.status = failure.status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-RequestId", call.requestId);
    response.headers.add("x-amzn-ErrorType", errorTypeOf(failure));
    response.body = socketErrorText(call, failure.message);
    return response;
}

bool hasRoute(const Deployment& deployment, std::string_view key)
{
    return std::ranges::any_of(
        deployment.routes, [&](const auto& entry) { return entry.second.routeKey == key; });
}

// What $connect says: the answer of its integration, an accepting one where there is no such route.
SocketResult<SocketAnswer> askConnect(SocketCall& call)
{
    if (auto found = call.findStage(); !found)
        return tl::unexpected(found.error());
    if (!hasRoute(*call.deployment, "$connect")) {
        call.step("Accepted", "The API has no route $connect", trace::Verdict::Pass);
        return SocketAnswer{};
    }
    if (auto taken = call.takeRoute("$connect"); !taken)
        return tl::unexpected(taken.error());
    for (const auto check : {authorizeConnect, checkSocketKey, throttleSocket}) {
        if (auto passed = check(call); !passed)
            return tl::unexpected(passed.error());
    }
    return integrateSocket(call);
}

// The function's answer as the client's, who is not let in.
http::Response turnAway(SocketCall& call, SocketAnswer answer)
{
    call.step("Refused", "$connect answered " + std::to_string(answer.status), trace::Verdict::Fail);
    writeSocketLogs(call, answer.status);
    http::Response response;
    response.status = answer.status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-RequestId", call.requestId);
    response.body = std::move(answer.body);
    return response;
}

ConnectionPtr newConnection(const aws::Host& host, const ApiPtr& api, const std::string& stage,
    const std::string& domain, const http::Request& request)
{
    auto connection = std::make_shared<SocketConnection>();
    connection->id = newConnectionId();
    connection->apiId = api->api.apiId;
    connection->stage = stage;
    connection->host = request.headers.get("Host");
    connection->domain = domain.empty() ? connection->host : domain;
    connection->sourceIp = request.remoteAddress;
    connection->userAgent = request.headers.get("User-Agent");
    connection->connectedAt = host.clock.now();
    connection->lastActive = connection->connectedAt;
    return connection;
}

trace::SpanScope openTrack(
    SocketEnvironment& environment, const SocketConnection& connection, const char* what)
{
    return environment.host.tracer.open(
        {what, "/" + connection.stage, "websocket " + connection.id, "apigateway", what});
}

void name(SocketCall& call, const char* what)
{
    call.span.setName(std::string(what) + " " + call.routeKey);
    call.span.setTrackRequest(what, "/" + call.connection->stage + " " + call.routeKey);
    if (call.api)
        call.span.setResource(call.api->api.name + "/" + call.connection->stage);
}

// Finds the route of a message and runs it; gives what the client is to get, "" for nothing.
SocketResult<SocketAnswer> runMessage(SocketCall& call)
{
    if (auto found = call.findStage(); !found)
        return tl::unexpected(found.error());
    const auto& expression = call.deployment->routeSelectionExpression;
    const auto key = selectRouteKey(expression, call.body);
    call.step("Select route",
        expression + (key ? " is " + *key : std::string(" has no value in this message: $default")));
    if (auto taken = call.takeRoute(key.value_or(std::string(kDefaultKey))); !taken)
        return tl::unexpected(taken.error());
    name(call, "MESSAGE");
    for (const auto check : {checkSocketKey, throttleSocket, validateMessage}) {
        if (auto passed = check(call); !passed)
            return tl::unexpected(passed.error());
    }
    auto answer = integrateSocket(call);
    if (answer && !call.answersClient()) {
        call.step("Answer", "Route " + call.routeKey + " is one-way: the client gets nothing");
        answer->body.clear();
    }
    return answer;
}

void sendBack(SocketCall& call, SocketAnswer answer)
{
    if (answer.body.empty())
        return;
    const auto size = answer.body.size();
    if (size > kMaxSocketMessage) {
        call.step(
            "Answer", std::to_string(size) + " bytes are more than a message may have", trace::Verdict::Fail);
        call.connection->socket->send(socketErrorText(call, "Internal server error"));
        return;
    }
    call.connection->socket->send(std::move(answer.body), answer.binary);
    call.environment.hub.touch(*call.connection);
    call.step("Answer", std::to_string(size) + " bytes to the client", trace::Verdict::Pass);
}

}

http::Response serveConnect(SocketRunner& runner, ApiPtr api, const std::string& stage,
    const std::string& domain, const http::Request& request, trace::SpanScope& span)
{
    auto& environment = runner.environment();
    const auto connection = newConnection(environment.host, api, stage, domain, request);
    SocketCall call(environment, connection, SocketEvent::Connect, span);
    call.api = std::move(api);
    call.request = &request;
    call.routeKey = "$connect";
    name(call, "CONNECT");
    if (!http::asksForWebSocket(request))
        return refuse(call, {403, "Forbidden", "A WebSocket API takes requests to upgrade alone"});
    if (const auto refusal = refusedSize(request, request.target))
        return refuse(call, {refusal->status, refusal->message, refusal->reason});
    auto answer = askConnect(call);
    if (!answer)
        return refuse(call, answer.error());
    if (answer->status < 200 || answer->status > 299)
        return turnAway(call, *std::move(answer));
    connection->apiKeyId = call.identity.apiKeyId;
    if (call.isAuthorized)
        connection->authorizer = std::make_unique<AuthorizerAnswer>(call.authorizer);
    const std::string subprotocol(answer->headers.get("Sec-WebSocket-Protocol"));
    call.step("Accepted",
        "Connection " + connection->id
            + (subprotocol.empty() ? std::string() : ", subprotocol " + subprotocol),
        trace::Verdict::Pass);
    call.logLine("Client [Connection Id: " + connection->id + "] connected to API [" + connection->apiId
        + "] successfully.");
    writeSocketLogs(call, 200);
    return acceptConnection(runner, connection, subprotocol);
}

void serveMessage(SocketEnvironment& environment, const ConnectionPtr& connection, std::string message)
{
    auto span = openTrack(environment, *connection, "MESSAGE");
    SocketCall call(environment, connection, SocketEvent::Message, span);
    call.body = std::move(message);
    call.messageId = newConnectionId();
    call.step("Message", std::to_string(call.body.size()) + " bytes: " + call.body.substr(0, 2048));
    auto answer = runMessage(call);
    if (answer) {
        span.setStatus(answer->status);
        const int status = answer->status;
        sendBack(call, *std::move(answer));
        return writeSocketLogs(call, status);
    }
    name(call, "MESSAGE");
    span.setStatus(answer.error().status);
    call.failure = answer.error();
    writeSocketLogs(call, answer.error().status);
    call.step("Failed", answer.error().reason, trace::Verdict::Fail);
    connection->socket->send(socketErrorText(call, answer.error().message));
}

void serveDisconnect(
    SocketEnvironment& environment, const ConnectionPtr& connection, int code, const std::string& reason)
{
    auto span = openTrack(environment, *connection, "DISCONNECT");
    SocketCall call(environment, connection, SocketEvent::Disconnect, span);
    call.closeCode = connection->closedWith != 0 ? connection->closedWith.load() : code;
    call.closeReason = reason;
    call.step("Closed", std::to_string(call.closeCode) + " " + reason);
    call.routeKey = "$disconnect";
    if (const auto found = call.findStage(); !found) {
        name(call, "DISCONNECT");
        return call.step("Not told", found.error().reason, trace::Verdict::Warn);
    }
    name(call, "DISCONNECT");
    if (!hasRoute(*call.deployment, "$disconnect"))
        return call.step("Not told", "The API has no route $disconnect");
    const auto taken = call.takeRoute("$disconnect");
    const auto answer =
        taken ? integrateSocket(call) : SocketResult<SocketAnswer>(tl::unexpected(taken.error()));
    const int status = answer ? answer->status : answer.error().status;
    span.setStatus(status);
    if (!answer) {
        call.failure = answer.error();
        call.step("Failed", answer.error().reason, trace::Verdict::Fail);
    }
    call.logLine(
        "Client [Connection Id: " + connection->id + "] disconnected from API [" + connection->apiId + "].");
    writeSocketLogs(call, status);
}

}
