#pragma once

#include "core/apigateway/access.h"
#include "core/base/clock.h"
#include "core/http/web_socket.h"

#include <atomic>
#include <memory>
#include <string>

namespace core::apigateway::v2 {

// One client of a WebSocket API. What was known when it connected never changes; the rest may be read and
// written from any thread. Small: a chamber may hold thousands that are idle.
struct SocketConnection {
    std::string id; // as AWS makes them: 15 characters and '='
    std::string apiId;
    std::string stage;
    std::string domain;
    std::string sourceIp;
    std::string userAgent;
    std::string host; // the Host field, which the event of $disconnect has
    Micros connectedAt = 0; // chamber's clock
    std::string apiKeyId; // of the key that $connect wanted, "" when it wanted none
    std::unique_ptr<AuthorizerAnswer> authorizer; // what the authorizer of $connect said; null for none
    std::shared_ptr<http::WebSocket> socket; // set once, before the hub knows the connection

    std::atomic<Micros> lastActive = 0; // chamber's clock
    std::atomic<int> inWork = 0; // messages that integrations work on
    // Why the gateway closes it, 0 when it does not: what $disconnect is told.
    std::atomic<std::uint16_t> closedWith = 0;
};

using ConnectionPtr = std::shared_ptr<SocketConnection>;

std::string newConnectionId();

}
