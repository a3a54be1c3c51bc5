#pragma once

#include "core/http/detail/io_thread.h"
#include "core/http/detail/parser.h"
#include "core/http/responder_state.h"
#include "core/http/server.h"

#include <atomic>
#include <deque>

namespace core::http::detail {

// What sessions know of their listener. `handler` is not called once `closed` is set, on the thread that
// reads it.
struct SessionOrigin {
    Handler& handler;
    const ServerOptions& options;
    std::string remoteAddress;
    std::uint16_t remotePort = 0;
    std::uint64_t listenerId = 0;
};

// One request on its way to its answer. send() and clientGone() may be called from any thread; the rest
// belongs to the session's thread.
class Exchange final : public ResponderState, public std::enable_shared_from_this<Exchange> {
public:
    explicit Exchange(Session& session, std::shared_ptr<AnswerQueue> queue)
        : m_session(&session)
        , m_queue(std::move(queue))
    {
    }
    void send(Response response) override;
    bool clientGone() const override { return m_gone.load(std::memory_order_relaxed); }

    void markReady() { m_ready = true; }
    void wakeSession();
    void clientLeft() { m_gone.store(true, std::memory_order_relaxed); }
    void leaveSession();
    bool ready() const { return m_ready; }
    Response& response() { return m_response; }

    bool toHead = false;
    bool keepAlive = true;
    bool http10 = false;

private:
    Session* m_session;
    std::shared_ptr<AnswerQueue> m_queue;
    std::atomic<bool> m_gone = false;
    bool m_ready = false;
    Response m_response;
};

// One connection: reads requests into its one buffer, hands them on, writes the answers in the order of the
// requests. Lives on one I/O thread, which owns it until it ends; pending operations keep it alive beyond
// that.
class Session final : public std::enable_shared_from_this<Session> {
public:
    Session(IoThread& thread, Socket socket, SessionOrigin origin);

    void start();
    void end(); // closes at once
    void advance(); // does whatever can be done now
    void checkDeadline();
    std::uint64_t listenerId() const { return m_origin.listenerId; }

    std::size_t slot = 0; // the thread's place for this session

private:
    // reading
    void armRead();
    bool makeRoom();
    void onRead(const boost::system::error_code& error, std::size_t count);
    void parseBuffered();
    bool mayParse() const;
    void planBody();
    void dispatch();
    void refuse(const ParseFailure& failure);
    // writing
    bool mayRender() const;
    void renderAnswers();
    void render(Exchange& exchange);
    void flush();
    bool refill();
    void writeLater();
    void onWritten(const boost::system::error_code& error, std::size_t count);
    void countWritten(std::size_t count);
    std::size_t unsent() const { return m_out.size() - m_outSent + m_body.size() - m_bodySent; }
    bool writing() const { return unsent() != 0 || m_source != nullptr; }
    void finishIfDone();
    void updateDeadline();

    IoThread& m_thread;
    Socket m_socket;
    SessionOrigin m_origin;
    RequestParser m_parser;

    std::vector<char> m_in;
    std::size_t m_inBegin = 0;
    std::size_t m_inEnd = 0;

    std::deque<std::shared_ptr<Exchange>> m_pending;
    std::string m_out; // heads and short bodies
    std::size_t m_outSent = 0;
    std::string m_body; // one long body, or the current piece of m_source, behind m_out
    std::size_t m_bodySent = 0;
    std::shared_ptr<BodySource> m_source;
    std::uint64_t m_sourceLeft = 0;

    bool m_reading = false;
    bool m_writePending = false;
    bool m_advancing = false;
    bool m_starved = true; // the parser has seen all that is buffered
    bool m_noMore = false; // no request is taken any more: the last one was, or was refused
    bool m_lastRendered = false;
    bool m_owesContinue = false;
    bool m_inputEnded = false;
    bool m_lingering = false; // all is said; waits for the client to close
    bool m_ended = false;
    std::int64_t m_deadline = 0; // 0: none
    std::int64_t m_headDeadline = 0; // of the request whose head is coming
};

}
