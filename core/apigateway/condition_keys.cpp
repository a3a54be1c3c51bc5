#include "core/apigateway/condition_keys.h"

#include "core/base/time_format.h"

namespace core::apigateway {

void putKey(aws::PolicyRequest& request, const char* key, std::string value)
{
    if (!value.empty())
        request.keys[key] = {std::move(value)};
}

void putCallKeys(
    aws::PolicyRequest& request, const http::Request& call, const std::string& region, Micros now)
{
    putKey(request, "aws:sourceip", call.remoteAddress);
    putKey(request, "aws:useragent", std::string(call.headers.get("User-Agent")));
    putKey(request, "aws:referer", std::string(call.headers.get("Referer")));
    // Clients reach the chamber without TLS where they reach AWS with it.
    putKey(request, "aws:securetransport", "true");
    putKey(request, "aws:currenttime", iso8601(now));
    putKey(request, "aws:epochtime", std::to_string(now / kSecond));
    putKey(request, "aws:requestedregion", region);
}

}
