#pragma once

#include "core/http/message.h"

#include <memory>

namespace core::http {

class ResponderState;

// Answers one request, once, from any thread. Destroyed unsent it answers 500, so that no client waits for
// ever.
class Responder {
public:
    explicit Responder(std::shared_ptr<ResponderState> state);
    ~Responder();
    Responder(Responder&&) noexcept;
    Responder& operator=(Responder&&) noexcept;

    void send(Response response);
    bool clientGone() const;

private:
    std::shared_ptr<ResponderState> m_state;
};

struct BodyPlan {
    std::uint64_t maxBytes = 16 * 1024 * 1024; // beyond it: 413
    std::shared_ptr<BodySink> sink; // null: collect in Request::body
};

// What stands behind a listener. Both are called on I/O threads and must not wait; handle() may keep the
// responder.
class Handler {
public:
    virtual ~Handler() = default;
    // Decides from the head what becomes of the body. The default collects up to 16 MiB. Not asked for a GET,
    // HEAD or DELETE without a body.
    virtual BodyPlan planBody(const Request& head);
    virtual void handle(Request request, Responder responder) = 0;
};

// An open port. Closing it (or dropping it) ends its connections; handle() is not called afterwards.
class Listener {
public:
    virtual ~Listener() = default;
    virtual std::uint16_t port() const = 0;
    virtual void close() = 0;
};

struct ServerOptions {
    int threads = 2;
    int idleSeconds = 75; // keep-alive without a request
    int requestSeconds = 60; // a head or body that stops arriving
    std::uint32_t maxHeaderBytes = 64 * 1024;
};

// The HTTP/1.1 server: one io_context a thread, SO_REUSEPORT, keep-alive, pipelining, Expect: 100-continue,
// bounded bodies. Any thread may call.
class Server {
public:
    explicit Server(ServerOptions options = {});
    ~Server(); // closes every listener, joins the threads
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Port 0 takes a free one. A port in use is ErrorKind::Conflict with a message that names it.
    // `threads`: on how many of the server's threads it accepts; 0 = all.
    Result<std::unique_ptr<Listener>> listen(
        const std::string& host, std::uint16_t port, Handler& handler, int threads = 0);

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

}
