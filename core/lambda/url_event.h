#pragma once

#include "core/http/message.h"
#include "core/lambda/invoker.h"
#include "core/lambda/url_address.h"
#include "core/lambda/url_config.h"

#include <string>

namespace core::lambda {

// Who calls a URL that asks for a signature; empty for others.
struct UrlCaller {
    std::string account;
    std::string accessKey;
    std::string userId;
    std::string arn;
};

// The event of payload format 2.0 that the function gets for a request. Pure.
std::string urlEvent(const http::Request& request, const UrlAddress& address, const UrlCaller& caller,
    const std::string& requestId, Micros now);

// The HTTP answer that a function's answer stands for: payload format 2.0, or what a streaming handler wrote.
// Pure.
http::Response urlResponse(const InvocationOutcome& outcome);

// The same for an answer that is still being written: its head, with the stream as its body.
http::Response urlStream(std::shared_ptr<ResponseStream> stream);

}
