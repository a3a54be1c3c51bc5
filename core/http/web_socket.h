#pragma once

#include "core/http/message.h"

namespace core::http {

// Close codes (RFC 6455 §7.4.1); NoStatus and Abnormal never travel.
namespace close_code {
inline constexpr std::uint16_t kNormal = 1000;
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kProtocolError = 1002;
inline constexpr std::uint16_t kNoStatus = 1005; // the client's close frame named none
inline constexpr std::uint16_t kAbnormal = 1006; // the connection broke
inline constexpr std::uint16_t kBadPayload = 1007;
inline constexpr std::uint16_t kPolicyViolation = 1008;
inline constexpr std::uint16_t kTooBig = 1009;
inline constexpr std::uint16_t kInternalError = 1011;
}

struct WebSocketLimits {
    std::size_t maxFrame = 32 * 1024; // what one frame carries, either way; a larger one closes with 1009
    std::size_t maxMessage = 128 * 1024; // beyond it: 1009
    std::size_t maxUnsent = 1024 * 1024; // messages of a client that does not read them
};

// One accepted WebSocket, as its owner holds it. Any thread may call; after the end nothing happens.
class WebSocket {
public:
    enum class Sent {
        Taken, // it goes out unless the connection breaks
        Full, // maxUnsent bytes wait for the client
        Closed,
    };
    virtual ~WebSocket() = default;
    virtual Sent send(std::string message, bool binary = false) = 0;
    virtual void ping() = 0;
    // Says goodbye behind what was sent before; the connection ends with the client's answer, or soon without
    // one. A reason beyond 123 bytes is cut.
    virtual void close(std::uint16_t code, std::string reason = {}) = 0;
    // False: no message is read from the client until true is said, so that it has to wait.
    virtual void setReading(bool reading) = 0;
    virtual bool isOpen() const = 0; // no goodbye was said by either side
    virtual std::size_t unsent() const = 0; // bytes
};

// What an upgraded connection calls, on its I/O thread; nothing in here may wait. opened() comes first, and
// closed() last and once. Dropped without opened() when the client has left before or the upgrade failed.
// The connection holds it to its end.
class WebSocketHandler {
public:
    virtual ~WebSocketHandler() = default;
    virtual WebSocketLimits limits() const { return {}; }
    virtual void opened(std::shared_ptr<WebSocket> socket) = 0;
    virtual void received(std::string message, bool binary) = 0; // text is UTF-8
    virtual void heard() { } // a ping, which is answered already, or a pong
    // The client's code when it said goodbye first, else ours; kAbnormal when the connection broke.
    virtual void closed(std::uint16_t code, std::string reason) = 0;
};

// A GET that asks for a WebSocket (RFC 6455 §4.2.1) and may be answered with Response::webSocket.
bool asksForWebSocket(const Request& request);
// What Sec-WebSocket-Protocol offers, in the client's order.
std::vector<std::string> offeredSubprotocols(const Request& request);
// The answer that accepts; `subprotocol`, if any, is one of those offered.
Response acceptWebSocket(std::shared_ptr<WebSocketHandler> handler, std::string_view subprotocol = {});

}
