#pragma once

#include "core/http/detail/io_thread.h"
#include "core/http/server.h"

namespace core::http::detail {

// One listener's acceptor on one thread. Belongs to that thread once it accepts; open() and port() come
// before.
class Door : public std::enable_shared_from_this<Door> {
public:
    using Endpoint = asio::ip::tcp::endpoint;
    using ErrorCode = boost::system::error_code;

    Door(IoThread& thread, Handler& handler, const ServerOptions& options, std::uint64_t listenerId);
    IoThread& thread() { return m_thread; }
    ErrorCode open(const Endpoint& endpoint);
    std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }

    void accept();
    void close(); // and ends the sessions that came through it

private:
    void acceptWaiting();
    void begin(int socket);
    void pause(const ErrorCode& error);

    IoThread& m_thread;
    Handler& m_handler;
    const ServerOptions& m_options;
    const std::uint64_t m_listenerId;
    Acceptor m_acceptor;
    Timer m_pause;
    bool m_closed = false;
};

}
