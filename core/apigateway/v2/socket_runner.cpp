#include "core/apigateway/v2/socket_runner.h"

#include "core/apigateway/account_records.h"
#include "core/base/ids.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

constexpr int kThreads = 64;
constexpr int kQueue = 8192;
// Messages of one client that are worked on at once; it waits with the next.
constexpr int kMaxInWork = 16;

// What the server tells of one connection, handed on. Knows whether it was ever open: AWS tells $disconnect
// of clients that left while $connect was asked.
class SocketSession final : public http::WebSocketHandler {
public:
    SocketSession(std::shared_ptr<SocketRunner> runner, ConnectionPtr connection)
        : m_runner(std::move(runner))
        , m_connection(std::move(connection))
    {
    }
    ~SocketSession() override
    {
        if (!m_opened)
            m_runner->neverOpened(m_connection);
    }

    http::WebSocketLimits limits() const override
    {
        return {.maxFrame = kMaxSocketFrame, .maxMessage = kMaxSocketMessage};
    }
    void opened(std::shared_ptr<http::WebSocket> socket) override
    {
        m_opened = true;
        m_connection->socket = std::move(socket);
        m_runner->opened(m_connection);
    }
    void received(std::string message, bool binary) override
    {
        // Binary frames of clients are not supported on AWS either.
        if (binary) {
            constexpr std::uint16_t kUnsupported = 1003;
            m_connection->closedWith = kUnsupported;
            m_connection->socket->close(kUnsupported);
            return;
        }
        m_runner->received(m_connection, std::move(message));
    }
    void heard() override { m_runner->heard(m_connection); }
    void closed(std::uint16_t code, std::string reason) override
    {
        m_runner->closed(m_connection, code, std::move(reason));
    }

private:
    const std::shared_ptr<SocketRunner> m_runner;
    const ConnectionPtr m_connection;
    bool m_opened = false;
};

// As the events of $disconnect name the codes that clients close with.
std::string reasonOf(int code, std::string given)
{
    if (!given.empty())
        return given;
    switch (code) {
    case http::close_code::kNormal:
        return "Connection Closed Normally";
    case http::close_code::kGoingAway:
        return "Going away";
    case http::close_code::kNoStatus:
        return "Client-side close frame status not set";
    case http::close_code::kAbnormal:
        return "Connection Closed Abnormally";
    case http::close_code::kTooBig:
        return "Message too long";
    default:
        return {};
    }
}

}

SocketRunner::SocketRunner(
    const aws::Host& host, ApiStore& apis, AccountRecords& records, WorkPool& integrations)
    : m_hub(host.clock)
    , m_environment{host, apis, records, m_hub, integrations, m_templates, records.usage, host.logs}
    , m_pool(kThreads, kQueue)
{
}

http::Response SocketRunner::connect(ApiPtr api, const std::string& stage, const std::string& domain,
    const http::Request& request, trace::SpanScope& span)
{
    return serveConnect(*this, std::move(api), stage, domain, request, span);
}

void SocketRunner::opened(const ConnectionPtr& connection)
{
    const std::shared_lock guard(m_stopping);
    if (m_stopped)
        return connection->socket->close(http::close_code::kGoingAway);
    m_hub.touch(*connection);
    m_hub.add(connection);
}

void SocketRunner::heard(const ConnectionPtr& connection)
{
    const std::shared_lock guard(m_stopping);
    if (!m_stopped)
        m_hub.touch(*connection);
}

void SocketRunner::received(const ConnectionPtr& connection, std::string message)
{
    const std::shared_lock guard(m_stopping);
    if (m_stopped)
        return;
    m_hub.touch(*connection);
    if (++connection->inWork >= kMaxInWork)
        connection->socket->setReading(false);
    const bool taken = m_pool.post([this, self = shared_from_this(), connection,
                                       text = std::make_shared<std::string>(std::move(message))] {
        runMessage(connection, std::move(*text));
    });
    if (taken)
        return;
    --connection->inWork;
    connection->socket->setReading(true);
    nlohmann::ordered_json refusal;
    refusal["message"] = "Too Many Requests";
    refusal["connectionId"] = connection->id;
    refusal["requestId"] = newConnectionId();
    connection->socket->send(refusal.dump());
}

void SocketRunner::runMessage(const ConnectionPtr& connection, std::string message)
{
    try {
        serveMessage(m_environment, connection, std::move(message));
    } catch (const std::exception& exception) {
        log::error("apigateway", exception.what());
    }
    // Each that makes room, not the first alone: the one that stopped it may be about to do so.
    if (--connection->inWork < kMaxInWork)
        connection->socket->setReading(true);
}

void SocketRunner::closed(const ConnectionPtr& connection, int code, std::string reason)
{
    const std::shared_lock guard(m_stopping);
    if (m_stopped || !m_hub.remove(*connection))
        return;
    m_pool.post(
        [this, self = shared_from_this(), connection, code, text = reasonOf(code, std::move(reason))] {
            try {
                serveDisconnect(m_environment, connection, code, text);
            } catch (const std::exception& exception) {
                log::error("apigateway", exception.what());
            }
        });
}

void SocketRunner::neverOpened(const ConnectionPtr& connection)
{
    const std::shared_lock guard(m_stopping);
    if (m_stopped)
        return;
    constexpr int code = http::close_code::kAbnormal;
    m_pool.post([this, self = shared_from_this(), connection] {
        serveDisconnect(m_environment, connection, code, reasonOf(code, {}));
    });
}

void SocketRunner::stop()
{
    {
        const std::unique_lock guard(m_stopping);
        m_stopped = true;
    }
    m_hub.stop();
}

void SocketRunner::finish()
{
    stop();
    m_pool.stop();
}

http::Response acceptConnection(
    SocketRunner& runner, ConnectionPtr connection, const std::string& subprotocol)
{
    return http::acceptWebSocket(
        std::make_shared<SocketSession>(runner.shared_from_this(), std::move(connection)), subprotocol);
}

}
