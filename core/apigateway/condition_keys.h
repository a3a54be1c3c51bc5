#pragma once

#include "core/aws/policy.h"
#include "core/base/clock.h"
#include "core/http/message.h"

namespace core::apigateway {

// The global condition keys that a call has whoever makes it: where it comes from, with what, when, and the
// region of the API that it calls. Resource policies and what Lambda authorizers answer are held against
// them.
void putCallKeys(
    aws::PolicyRequest& request, const http::Request& call, const std::string& region, Micros now);

// A key without a value is not there.
void putKey(aws::PolicyRequest& request, const char* key, std::string value);

}
