#pragma once

#include "core/aws/request.h"
#include "core/logs/log_store.h"

#include <nlohmann/json_fwd.hpp>

namespace core::logs {

// The group that a request means: logGroupName, or logGroupIdentifier as a name or an ARN.
Result<GroupRef> groupOf(const aws::RequestContext& context, const nlohmann::json& input);

// The same for resourceArn. InvalidParameterException for what is no group's.
Result<GroupRef> taggedGroup(const aws::RequestContext& context, const nlohmann::json& input);
// A group's name, out of that or an ARN.
std::string groupNamed(std::string_view identifier);

// "arn:aws:logs:us-east-1:000000000000:log-group:<group>"
std::string groupArn(const aws::RequestContext& context, std::string_view group);

// Opaque page tokens that carry the last name shown.
std::string pageToken(std::string_view lastName);
Result<std::string> namedByToken(const nlohmann::json& input);

std::int64_t millis(Micros moment);

}
