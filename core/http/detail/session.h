#pragma once

#include "core/http/detail/io_thread.h"
#include "core/http/detail/parser.h"
#include "core/http/responder_state.h"
#include "core/http/server.h"
#include "core/http/web_socket.h"

#include <atomic>
#include <deque>

namespace core::http::detail {

class Session;

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
class Exchange final : public ResponderState, public Answer, public std::enable_shared_from_this<Exchange> {
public:
    explicit Exchange(Session& session, std::shared_ptr<AnswerQueue> queue)
        : m_session(&session)
        , m_queue(std::move(queue))
    {
    }
    void send(Response response) override;
    bool clientGone() const override { return m_gone.load(std::memory_order_relaxed); }

    void markReady() override { m_ready = true; }
    void wakeSession() override;
    void clientLeft() { m_gone.store(true, std::memory_order_relaxed); }
    void leaveSession();
    bool ready() const { return m_ready; }
    Response& response() { return m_response; }

    bool toHead = false;
    bool keepAlive = true;
    bool http10 = false;
    std::string webSocketKey; // of a request that asks for a WebSocket

private:
    Session* m_session;
    std::shared_ptr<AnswerQueue> m_queue;
    std::atomic<bool> m_gone = false;
    bool m_ready = false;
    Response m_response;
};

// Wakes the session that reads a source which had nothing to say. wake() may be called from any thread and
// after the session has ended.
class SourceBell final : public Answer, public std::enable_shared_from_this<SourceBell> {
public:
    SourceBell(Session& session, std::shared_ptr<AnswerQueue> queue)
        : m_session(&session)
        , m_queue(std::move(queue))
    {
    }
    void ring()
    {
        if (!m_rung.exchange(true))
            m_queue->push(shared_from_this());
    }
    void wakeSession() override;
    void leaveSession() { m_session = nullptr; }

private:
    Session* m_session; // its thread's
    const std::shared_ptr<AnswerQueue> m_queue;
    std::atomic<bool> m_rung = false;
};

// One connection: reads requests into its one buffer, hands them on, writes the answers in the order of the
// requests. Lives on one I/O thread, which owns it until it ends; pending operations keep it alive beyond
// that.
class Session final : public Connection, public std::enable_shared_from_this<Session> {
public:
    Session(IoThread& thread, Socket socket, SessionOrigin origin);

    void start();
    void end() override;
    void advance(); // does whatever can be done now
    void checkDeadline() override;
    void sourceIsReady();

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
    void beginSource(Response& response, bool chunked);
    void dropSource();
    bool refill();
    bool takePiece(std::size_t count);
    void upgrade(Exchange& exchange);
    void handOver();
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
    std::uint64_t m_sourceLeft = 0; // or kUnknownLength
    std::shared_ptr<SourceBell> m_bell; // of m_source
    std::shared_ptr<WebSocketHandler> m_upgraded; // accepted: takes the socket once all is written

    bool m_chunked = false; // how m_source goes out
    bool m_sourceWaits = false; // it has said kNothingYet
    bool m_mayUpgrade = false; // what follows the request may be no HTTP
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
