#pragma once

#include "core/base/clock.h"
#include "core/http/message.h"

#include <stop_token>

namespace core::http {

struct ClientOptions {
    Micros connectTimeout = 3 * kSecond;
    Micros totalTimeout = 30 * kSecond;
    std::uint64_t maxBody = 64 * 1024 * 1024;
    // A certificate need not come from a known authority; its dates and its host are checked all the same.
    bool trustsAnyAuthority = false;
    std::stop_token stop = {}; // asked to stop, the exchange ends at once
};

struct Url {
    std::string scheme; // "http" or "https"
    std::string host;
    std::uint16_t port = 80;
    std::string target = "/";

    static Result<Url> parse(std::string_view text);
};

// Sends one request over HTTP/1.1 and waits for the whole answer: Blocking lane only. Errors: Io with code
// "Timeout", "ConnectFailed", "TlsFailed", "BadResponse" or "Stopped"; TooLarge beyond maxBody. Keep-alive
// connections to loopback hosts are reused a thread. `request.target` is the path; Host is set from `url`
// unless present.
Result<Response> send(const Url& url, Request request, const ClientOptions& options = {});

}
