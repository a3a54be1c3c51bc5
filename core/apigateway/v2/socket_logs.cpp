#include "core/apigateway/access_log.h"
#include "core/apigateway/access_variables.h"
#include "core/apigateway/stage_logs.h"
#include "core/apigateway/v2/call_metrics.h"
#include "core/apigateway/v2/route_settings.h"
#include "core/apigateway/v2/socket_call.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using Kind = ExecutionLog::Kind;

// $context.<name> of access logs: what events have, and how the phases ended.
std::optional<std::string> socketVariable(const SocketCall& call, int status, std::string_view name)
{
    const auto& failure = call.failure;
    if (name == "status")
        return std::to_string(status);
    if (name == "error.message")
        return failure.message;
    if (name == "error.messageString")
        return failure.message.empty() ? std::string() : nlohmann::json(failure.message).dump();
    if (name == "error.responseType")
        return failure.type;
    if (name == "error.validationErrorString")
        return failure.validation;
    if (call.isAuthorized && name == "authorizer.integrationLatency")
        return call.authorizer.integrationLatency ? std::to_string(*call.authorizer.integrationLatency) : "";
    if (call.isAuthorized && name == "authorizer.integrationStatus")
        return call.authorizer.integrationStatus ? std::to_string(*call.authorizer.integrationStatus) : "";
    if (call.isAuthorized && name == "authorizer.requestId")
        return call.authorizer.requestId;
    if (auto measured = measuredVariable(call.measures, name))
        return measured;
    for (auto& [known, value] : socketContext(call)) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

void writeAccess(SocketCall& call, const AccessLogSettings& settings, int status)
{
    const auto group = logGroupOf(settings.destinationArn);
    if (!group)
        return call.step("Log", group.error().message, trace::Verdict::Warn);
    const auto line = accessLogLine(
        settings.format, [&](std::string_view name) { return socketVariable(call, status, name); });
    call.step("Log", group->name + ": " + line);
    const auto& api = call.api->api;
    auto& logs = call.environment.logs;
    if (!logs.offer(
            placeIn(logs, *group, {api.region, api.apiId, call.stage->stageName}), {{call.now, line}}))
        call.step("Log", "Too many lines wait for the log: this one is dropped", trace::Verdict::Warn);
}

void writeExecution(SocketCall& call)
{
    const auto& failure = call.failure;
    if (!failure.reason.empty())
        call.logLine("Execution failed: " + failure.reason, Kind::Failure);
    if (!call.measures.endpointRequestId.empty())
        call.logLine("AWS Integration Endpoint RequestId : " + call.measures.endpointRequestId);
    const auto& api = call.api->api;
    const LogLevel level{loggingLevelOf(*call.stage, call.routeKey),
        routeSetting(*call.stage, call.routeKey, &RouteSettings::dataTraceEnabled).value_or(false)};
    auto lines = deliveredLines(*call.log, level, call.requestId);
    if (lines.empty())
        return;
    const LogGroup group{
        .name = "/aws/apigateway/" + api.apiId + "/" + call.stage->stageName, .isOurs = true};
    auto& logs = call.environment.logs;
    if (!logs.offer(placeIn(logs, group, {api.region, api.apiId, call.stage->stageName}), std::move(lines)))
        call.step(
            "Log", "Too many lines wait for the log: those of this call are dropped", trace::Verdict::Warn);
}

}

void logRoute(SocketCall& call)
{
    const auto& level = loggingLevelOf(*call.stage, call.routeKey);
    if (level != "INFO" && level != "ERROR")
        return;
    const auto& connection = *call.connection;
    call.log.emplace(call.environment.host.clock);
    call.logLine("Extended Request Id: " + call.requestId);
    call.logLine("Starting execution for request: " + call.requestId);
    call.logLine("WebSocket Request Route: [" + call.routeKey + "]");
    if (call.event == SocketEvent::Connect)
        call.logLine("Client [UserAgent: " + connection.userAgent + ", SourceIp: " + connection.sourceIp
            + "] is connecting to WebSocket API [" + connection.apiId + "].");
    if (call.event != SocketEvent::Message)
        return;
    const auto received = "WebSocket API [" + connection.apiId
        + "] received message from client [Connection Id: " + connection.id + "].";
    call.logLine(received);
    call.logLine("Method request body before transformations: " + call.body, Kind::Data);
}

void writeSocketLogs(SocketCall& call, int status)
{
    if (!call.stage)
        return;
    countSocket(call, status);
    if (const auto& access = call.stage->accessLogSettings;
        access && !access->destinationArn.empty() && !access->format.empty())
        writeAccess(call, *access, status);
    if (call.log)
        writeExecution(call);
}

}
