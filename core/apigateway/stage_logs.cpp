#include "core/apigateway/stage_logs.h"

#include "core/apigateway/access_log.h"
#include "core/apigateway/access_variables.h"

#include <algorithm>

namespace core::apigateway {

namespace {

using Kind = ExecutionLog::Kind;

bool logs(const MethodSettings& settings)
{
    return settings.loggingLevel == "INFO" || settings.loggingLevel == "ERROR";
}

bool anyLogs(const StageSettings& settings)
{
    return std::any_of(settings.methods.begin(), settings.methods.end(),
        [](const auto& entry) { return logs(entry.second); });
}

// What holds for the call: of a call without a method the settings of all.
const MethodSettings* settingsOf(const CallContext& context)
{
    const auto& settings = context.stage->settings;
    if (context.resource && context.method)
        return settings.find(context.resource->path, context.request.method, context.method->httpMethod);
    const auto all = settings.methods.find("*/*");
    return all == settings.methods.end() ? nullptr : &all->second;
}

bool wants(const LogLevel& level, Kind kind)
{
    if (kind == Kind::Failure)
        return level.loggingLevel == "INFO" || level.loggingLevel == "ERROR";
    return level.loggingLevel == "INFO" && (kind == Kind::Info || level.dataTrace);
}

// AWS cuts what is longer than 1,024 bytes, without the call's id before it.
std::string shortened(const std::string& text)
{
    constexpr std::size_t kMost = 1024;
    if (text.size() <= kMost)
        return text;
    auto end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // not within a character
    return text.substr(0, end) + " [TRUNCATED]";
}

LoggedStage loggedStage(const CallContext& context)
{
    return {context.api->api.region, context.api->api.id, context.stage->stageName};
}

std::string stageOf(const CallContext& context)
{
    return context.api->api.id + "/" + context.stage->stageName;
}

std::string methodOf(const CallContext& context)
{
    return "'" + context.method->httpMethod + " " + context.resource->path + "'";
}

}

std::vector<aws::LogLine> deliveredLines(
    const ExecutionLog& log, const LogLevel& level, const std::string& requestId)
{
    std::vector<aws::LogLine> lines;
    for (const auto& line : log.lines()) {
        if (wants(level, line.kind))
            lines.push_back({line.time, "(" + requestId + ") " + shortened(line.text)});
    }
    return lines;
}

StageLogs::StageLogs(CallContext& context, CallEnvironment& environment)
    : m_context(context)
    , m_environment(environment)
{
    if (context.isTest || !context.stage || !anyLogs(context.stage->settings))
        return;
    m_log.emplace(environment.clock);
    context.log = &*m_log;
    context.logLine("Extended Request Id: " + context.extendedRequestId);
}

StageLogs::~StageLogs()
{
    if (m_log)
        m_context.log = nullptr;
}

void StageLogs::write(const http::Response& response)
{
    if (m_context.isTest || !m_context.stage)
        return;
    if (const auto& access = m_context.stage->settings.accessLog;
        access && !access->destinationArn.empty() && !access->format.empty())
        writeAccess(*access, response);
    const auto* settings = m_log ? settingsOf(m_context) : nullptr;
    if (settings && logs(*settings))
        writeExecution(*settings);
}

void StageLogs::writeAccess(const AccessLogSettings& settings, const http::Response& response)
{
    const auto group = logGroupOf(settings.destinationArn);
    if (!group)
        return m_context.step("Log", group.error().message, trace::Verdict::Warn);
    const auto line = accessLogLine(
        settings.format, [&](std::string_view name) { return accessVariable(m_context, response, name); });
    m_context.step("Log", group->name + ": " + line);
    auto& logs = m_environment.logs;
    if (!logs.offer(placeIn(logs, *group, loggedStage(m_context)), {{m_context.now, line}}))
        m_context.step("Log", "Too many lines wait for the log: this one is dropped", trace::Verdict::Warn);
}

void StageLogs::writeExecution(const MethodSettings& settings)
{
    if (!m_context.measures.endpointRequestId.empty())
        m_context.logLine("AWS Integration Endpoint RequestId : " + m_context.measures.endpointRequestId);
    if (m_context.stage->settings.tracingEnabled && !m_context.traceHeader.empty())
        m_context.logLine("X-ray Tracing ID : "
            + m_context.traceHeader.substr(0, m_context.traceHeader.find(';')).substr(sizeof("Root=") - 1));
    auto lines =
        deliveredLines(*m_log, {settings.loggingLevel, settings.dataTraceEnabled}, m_context.requestId);
    if (lines.empty())
        return;
    const LogGroup group{.name = "API-Gateway-Execution-Logs_" + stageOf(m_context), .isOurs = true};
    const auto count = lines.size();
    auto& logs = m_environment.logs;
    const bool taken = logs.offer(placeIn(logs, group, loggedStage(m_context)), std::move(lines));
    m_context.step("Log",
        taken ? std::to_string(count) + " lines for " + group.name
              : "Too many lines wait for the log: those of this call are dropped",
        taken ? trace::Verdict::Note : trace::Verdict::Warn);
}

void logApiKey(CallContext& context, const std::string& key, const std::string& refusal)
{
    if (!context.log || context.isTest)
        return;
    const auto stage = stageOf(context);
    const auto masked = maskedSecret(key);
    context.logLine("Verifying Usage Plan for request: " + context.requestId + ". API Key: " + masked
        + (masked.empty() ? "" : " ") + "API Stage: " + stage);
    if (!refusal.empty()) {
        context.logLine("API Key " + masked + " not authorized because method " + methodOf(context)
                + " requires API Key and API Key is not associated with a Usage Plan for API Stage " + stage
                + ": " + refusal,
            Kind::Failure);
        return;
    }
    context.logLine(context.method->apiKeyRequired ? "API Key " + masked + " authorized because method "
                + methodOf(context) + " requires API Key. Request will contribute to throttle or quota limits"
                                                   : "API Key authorized because method " + methodOf(context)
                + " does not require API Key. Request will not contribute to throttle or quota limits");
    context.logLine("Usage Plan check succeeded for API Key " + masked + (masked.empty() ? "" : " ")
        + "and API Stage " + stage);
}

void logBeginning(CallContext& context, const http::Request& wire)
{
    if (!context.log)
        return;
    StringMap query;
    for (const auto& [name, value] : context.query)
        query[name] = value;
    context.logLine("Starting execution for request: " + context.requestId);
    context.logLine("HTTP Method: " + wire.method + ", Resource Path: " + context.path());
    context.logData("Method request path: " + logMap(context.pathParameters));
    context.logData("Method request query string: " + logMap(query));
    context.logData("Method request headers: " + logRequestHeaders(wire.headers));
    context.logData("Method request body before transformations: " + wire.body);
}

}
