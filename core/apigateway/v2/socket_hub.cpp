#include "core/apigateway/v2/socket_hub.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

// Sweeps visit every connection: not more often than this.
constexpr Micros kSweepPause = kSecond;

Error gone()
{
    return {ErrorKind::NotFound, "GoneException", ""};
}

// "L0SM9cOFvHcCIhw=": characters that need no escaping but the last.
bool looksLikeId(const std::string& id)
{
    return id.size() == 16 && id.back() == '=';
}

Error invalidId(const std::string& id)
{
    return {ErrorKind::Invalid, "BadRequestException", "Invalid connectionId: " + id};
}

}

std::string newConnectionId()
{
    auto id = base64(randomBytes(11));
    std::ranges::replace(id, '/', '_');
    std::ranges::replace(id, '+', '-');
    return id;
}

Micros expiryOf(const SocketConnection& connection)
{
    return std::min(connection.lastActive + kSocketIdle, connection.connectedAt + kSocketLifetime);
}

SocketHub::SocketHub(Clock& clock)
    : m_clock(clock)
{
}

SocketHub::~SocketHub()
{
    stop();
}

void SocketHub::add(const ConnectionPtr& connection)
{
    std::unique_ptr<ClockTimer> before;
    const std::lock_guard guard(m_mutex);
    if (m_stopped) {
        connection->socket->close(http::close_code::kGoingAway);
        return;
    }
    m_connections.emplace(connection->id, connection);
    const auto expiry = expiryOf(*connection);
    if (m_nextSweep == 0 || expiry < m_nextSweep)
        before = planSweep(expiry);
}

bool SocketHub::remove(const SocketConnection& connection)
{
    const std::lock_guard guard(m_mutex);
    return m_connections.erase(connection.id) > 0;
}

ConnectionPtr SocketHub::find(const std::string& id) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second;
}

std::vector<ConnectionPtr> SocketHub::list(const std::string& apiId) const
{
    std::vector<ConnectionPtr> found;
    const std::lock_guard guard(m_mutex);
    for (const auto& [id, connection] : m_connections) {
        if (connection->apiId == apiId)
            found.push_back(connection);
    }
    return found;
}

std::size_t SocketHub::size() const
{
    const std::lock_guard guard(m_mutex);
    return m_connections.size();
}

void SocketHub::touch(SocketConnection& connection) const
{
    connection.lastActive = m_clock.now();
}

Result<> SocketHub::post(const std::string& id, std::string data)
{
    if (!looksLikeId(id))
        return fail(invalidId(id));
    if (data.size() > kMaxSocketMessage)
        return fail(ErrorKind::TooLarge, "PayloadTooLargeException", "Payload too large");
    const auto connection = find(id);
    if (!connection)
        return fail(gone());
    const bool binary = !isUtf8(data);
    switch (connection->socket->send(std::move(data), binary)) {
    case http::WebSocket::Sent::Closed:
        return fail(gone());
    case http::WebSocket::Sent::Full:
        return fail(ErrorKind::Throttled, "LimitExceededException",
            "The client does not read what was sent to it before");
    case http::WebSocket::Sent::Taken:
        break;
    }
    touch(*connection);
    return {};
}

Result<> SocketHub::close(const std::string& id)
{
    if (!looksLikeId(id))
        return fail(invalidId(id));
    const auto connection = find(id);
    if (!connection || !connection->socket->isOpen())
        return fail(gone());
    connection->closedWith = http::close_code::kNormal;
    connection->socket->close(http::close_code::kNormal, "Connection Closed Normally");
    return {};
}

void SocketHub::closeAll(std::uint16_t code, const std::function<bool(const SocketConnection&)>& which)
{
    std::vector<ConnectionPtr> wanted;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [id, connection] : m_connections) {
            if (which(*connection))
                wanted.push_back(connection);
        }
    }
    for (const auto& connection : wanted) {
        connection->closedWith = code;
        connection->socket->close(code, code == http::close_code::kGoingAway ? "Going away" : "");
    }
}

void SocketHub::stop()
{
    std::unique_ptr<ClockTimer> timer;
    {
        const std::lock_guard guard(m_mutex);
        m_stopped = true;
        timer = std::move(m_timer);
    }
    timer.reset(); // waits for a sweep that runs
    closeAll(http::close_code::kGoingAway, [](const SocketConnection&) { return true; });
}

// Under the lock; the timer before is let go without it, because that waits for a sweep that runs.
std::unique_ptr<ClockTimer> SocketHub::planSweep(Micros moment)
{
    if (m_stopped)
        return nullptr;
    m_nextSweep = moment;
    return std::exchange(m_timer, m_clock.at(moment, [this] { sweep(); }));
}

void SocketHub::sweep()
{
    const auto now = m_clock.now();
    closeAll(http::close_code::kGoingAway,
        [now](const SocketConnection& connection) { return expiryOf(connection) <= now; });
    std::unique_ptr<ClockTimer> before;
    const std::lock_guard guard(m_mutex);
    m_nextSweep = 0;
    Micros next = 0;
    for (const auto& [id, connection] : m_connections) {
        const auto expiry = expiryOf(*connection);
        // Those that are closed now wait for their client's goodbye.
        if (connection->closedWith == 0 && (next == 0 || expiry < next))
            next = expiry;
    }
    if (next != 0)
        before = planSweep(std::max(next, now + kSweepPause));
}

}
