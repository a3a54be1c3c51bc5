#pragma once

#include "core/apigateway/call_context.h"
#include "core/aws/log_book.h"

namespace core::apigateway {

// What a method's or a route's settings say of its execution log.
struct LogLevel {
    std::string_view loggingLevel; // "", OFF, ERROR or INFO
    bool dataTrace = false;
};

// The lines that a log group gets of an execution log, each with the call's id and cut at AWS's length.
std::vector<aws::LogLine> deliveredLines(
    const ExecutionLog& log, const LogLevel& level, const std::string& requestId);

// The logs that a stage wants of one call: a line for its access log, and the execution log of its method.
// Begins the execution log, if any setting of the stage asks for one, and leaves what is written to
// the LogBook. Lives on the call's stack.
class StageLogs {
public:
    StageLogs(CallContext& context, CallEnvironment& environment);
    ~StageLogs();
    StageLogs(const StageLogs&) = delete;
    StageLogs& operator=(const StageLogs&) = delete;

    void write(const http::Response& response);

private:
    void writeAccess(const AccessLogSettings& settings, const http::Response& response);
    void writeExecution(const MethodSettings& settings);

    CallContext& m_context;
    CallEnvironment& m_environment;
    std::optional<ExecutionLog> m_log;
};

// What execution logs say of a call's API key: `refusal` why it is not taken, "" when it is.
void logApiKey(CallContext& context, const std::string& key, const std::string& refusal);

// The lines with which the execution of an admitted call begins.
void logBeginning(CallContext& context, const http::Request& wire);

}
