#pragma once

#include "core/apigateway/v2/call.h"

namespace core::apigateway::v2 {

// A line of an access log: "$context.<name>" of the format filled in, "-" for what the call does not have.
std::string accessLogLine(const Call& call, std::string_view format);

// Leaves the call's line to the stage's log group, behind the answer. What the log does not take is said in
// the track.
void writeAccessLog(Call& call, CallEnvironment& environment);

}
