#pragma once

#include "core/aws/log_book.h"
#include "core/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// Access logs of REST, HTTP and WebSocket APIs: what their settings may say, and a line of them.

enum class LoggedProtocol { Rest, Http, WebSocket };

struct LogGroup {
    std::string region = {}; // "": the API's
    std::string name = {};
    bool isOurs = false; // execution logs have groups of their own, made when they are not there
};

struct LoggedStage {
    std::string region;
    std::string apiId;
    std::string name;
};

// A stage's place in a group. AWS names its stream by 32 digits that say nothing.
aws::LogPlace placeIn(const aws::LogBook& logs, const LogGroup& group, const LoggedStage& stage);

// The group that a destination's ARN names ("arn:aws:logs:us-east-1:000000000000:log-group:books:*"). AWS's
// error for what is none, and one of our own for a Firehose stream, which AWS would take.
Result<LogGroup> logGroupOf(const std::string& destinationArn);

// AWS's error for a format that has several lines, does not name the call or, of HTTP APIs, names a variable
// that `isKnown` does not know. REST and WebSocket APIs take any name.
Result<> checkAccessLogFormat(
    const std::string& format, LoggedProtocol protocol, const std::function<bool(std::string_view)>& isKnown);

// AWS's error for a stage that is to log before the account names a role for it.
Error loggingNeedsRole();

using ContextLookup = std::function<std::optional<std::string>(std::string_view name)>;
// A line: "$context.<name>" and "${context.<name>}" of the format filled in, "-" for what the call does not
// have.
std::string accessLogLine(std::string_view format, const ContextLookup& lookup);

}
