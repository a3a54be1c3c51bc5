#pragma once

#include "core/apigateway/v2/socket_connection.h"
#include "core/base/result.h"

#include <functional>
#include <mutex>
#include <unordered_map>

namespace core::apigateway::v2 {

// AWS's quotas of WebSocket APIs.
inline constexpr std::size_t kMaxSocketMessage = 128 * 1024;
inline constexpr std::size_t kMaxSocketFrame = 32 * 1024;
inline constexpr Micros kSocketIdle = 10 * 60 * kSecond;
inline constexpr Micros kSocketLifetime = 2 * 60 * 60 * kSecond;

// All open connections of all WebSocket APIs. Closes those that were idle for ten minutes or open for two
// hours on the chamber's clock. Any thread; the lock is never held while calling out.
class SocketHub {
public:
    explicit SocketHub(Clock& clock);
    ~SocketHub();

    void add(const ConnectionPtr& connection);
    // False when it was not there any more.
    bool remove(const SocketConnection& connection);
    ConnectionPtr find(const std::string& id) const; // null when there is none
    std::vector<ConnectionPtr> list(const std::string& apiId) const;
    std::size_t size() const;
    void touch(SocketConnection& connection) const; // something came from it or went to it

    // To a client, as text unless it is none. GoneException, PayloadTooLargeException,
    // LimitExceededException.
    Result<> post(const std::string& id, std::string data);
    // GoneException when it is not there.
    Result<> close(const std::string& id);
    void closeAll(std::uint16_t code, const std::function<bool(const SocketConnection&)>& which);
    void stop(); // closes all, and no timer runs afterwards

private:
    [[nodiscard]] std::unique_ptr<ClockTimer> planSweep(Micros moment);
    void sweep();

    Clock& m_clock;
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, ConnectionPtr> m_connections;
    Micros m_nextSweep = 0; // 0: none is planned
    bool m_stopped = false;
    std::unique_ptr<ClockTimer> m_timer;
};

// When a connection is over if nothing more happens on it.
Micros expiryOf(const SocketConnection& connection);

}
