#include "core/http/detail/door.h"

#include "core/base/log.h"
#include "core/http/detail/native_socket.h"
#include "core/http/detail/session.h"

#include <sys/socket.h>

namespace core::http::detail {

namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr int kBacklog = 1024;
constexpr int kAcceptsAtOnce = 64; // before others on the thread have their turn
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

}

Door::Door(IoThread& thread, Handler& handler, const ServerOptions& options, std::uint64_t listenerId)
    : m_thread(thread)
    , m_handler(handler)
    , m_options(options)
    , m_listenerId(listenerId)
    , m_acceptor(thread.context())
    , m_pause(thread.context())
{
}

Door::ErrorCode Door::open(const Endpoint& endpoint)
{
    ErrorCode error;
    const int socket = openStream(endpoint.protocol().family(), error);
    if (!error)
        m_acceptor.assign(endpoint.protocol(), socket, error);
    if (!error)
        m_acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        m_acceptor.set_option(ReusePort(true), error);
    if (!error)
        m_acceptor.bind(endpoint, error);
    if (!error)
        m_acceptor.listen(kBacklog, error);
    if (!error)
        m_acceptor.native_non_blocking(true, error);
    return error;
}

void Door::accept()
{
    m_acceptor.async_wait(Acceptor::wait_read, [self = shared_from_this()](const ErrorCode& error) {
        if (!error && !self->m_closed)
            self->acceptWaiting();
    });
}

void Door::acceptWaiting()
{
    for (int i = 0; i < kAcceptsAtOnce; ++i) {
        ErrorCode error;
        const int socket = acceptStream(m_acceptor.native_handle(), error);
        if (error == asio::error::would_block)
            break;
        if (error == asio::error::connection_aborted || error == asio::error::interrupted)
            continue;
        if (error) {
            pause(error);
            return;
        }
        begin(socket);
    }
    accept();
}

void Door::begin(int socket)
{
    ErrorCode error;
    Socket stream(m_thread.context());
    const auto local = m_acceptor.local_endpoint(error);
    stream.assign(local.protocol(), socket, error);
    const auto remote = stream.remote_endpoint(error);
    if (error)
        return; // it left while it waited
    auto session = std::make_shared<Session>(m_thread, std::move(stream),
        SessionOrigin{m_handler, m_options, remote.address().to_string(), remote.port(), m_listenerId});
    m_thread.add(session);
    session->start();
}

void Door::close()
{
    m_closed = true;
    ErrorCode ignored;
    m_acceptor.close(ignored);
    m_pause.cancel();
    for (const auto& connection : m_thread.connections()) {
        if (connection->listenerId() == m_listenerId)
            connection->end();
    }
}

// Out of file descriptors, mostly: the connection stays in the queue, so that trying at once would spin.
void Door::pause(const ErrorCode& error)
{
    log::warning("http", "cannot accept a connection: " + error.message());
    m_pause.expires_after(kAcceptPause);
    m_pause.async_wait([self = shared_from_this()](const ErrorCode&) {
        if (!self->m_closed)
            self->accept();
    });
}

}
