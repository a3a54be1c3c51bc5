#include "core/http/detail/session.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/http/detail/response_writer.h"
#include "core/http/detail/web_socket_session.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace core::http::detail {

namespace {

constexpr std::size_t kFirstBuffer = 8 * 1024;
constexpr std::size_t kBodyBuffer = 256 * 1024; // while a long body comes
constexpr std::size_t kPiece = 256 * 1024; // of a source
constexpr std::size_t kStreamPiece = 64 * 1024; // of a source without a length
constexpr std::size_t kShortBody = 32 * 1024; // copied behind its head
constexpr std::size_t kMaxUnsent = 256 * 1024; // answers of a client that asks and does not read
constexpr std::size_t kMaxUnanswered = 32; // pipelined requests
constexpr int kLingerSeconds = 2;

}

void Exchange::send(Response response)
{
    m_response = std::move(response);
    if (m_queue->onOwnThread()) {
        markReady();
        wakeSession();
        return;
    }
    m_queue->push(shared_from_this());
}

void Exchange::wakeSession()
{
    if (m_session)
        m_session->advance();
}

void Exchange::leaveSession()
{
    clientLeft();
    m_session = nullptr;
}

void SourceBell::wakeSession()
{
    m_rung = false;
    if (m_session)
        m_session->sourceIsReady();
}

Session::Session(IoThread& thread, Socket socket, SessionOrigin origin)
    : Connection(origin.listenerId)
    , m_thread(thread)
    , m_socket(std::move(socket))
    , m_origin(std::move(origin))
    , m_parser(m_origin.options.maxHeaderBytes)
    , m_in(kFirstBuffer)
{
}

void Session::start()
{
    boost::system::error_code ignored;
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    m_socket.non_blocking(true, ignored);
    updateDeadline();
    armRead();
}

void Session::end()
{
    if (std::exchange(m_ended, true))
        return;
    const auto self = shared_from_this();
    for (const auto& exchange : m_pending)
        exchange->leaveSession();
    m_pending.clear();
    dropSource();
    boost::system::error_code ignored;
    m_socket.close(ignored);
    m_thread.remove(*this);
}

// The one place where a session gets on; whoever changed something calls it. A handler that answers at once
// comes back here from inside dispatch(); the outer call then does the rest.
void Session::advance()
{
    if (m_advancing || m_ended)
        return;
    const auto self = shared_from_this();
    m_advancing = true;
    try {
        do {
            parseBuffered();
            renderAnswers();
            flush();
        } while ((!m_starved && mayParse()) || mayRender());
    } catch (const std::exception& exception) {
        log::error("http", exception.what());
        end();
    }
    m_advancing = false;
    if (m_ended)
        return;
    if (m_upgraded && !writing())
        return handOver();
    finishIfDone();
    updateDeadline();
    armRead();
}

void Session::sourceIsReady()
{
    m_sourceWaits = false;
    advance();
}

// The connection goes on as a WebSocket, with what the client has sent already. A read under way has to end
// first.
void Session::handOver()
{
    if (m_reading) {
        boost::system::error_code ignored;
        m_socket.cancel(ignored);
        return;
    }
    const auto self = shared_from_this();
    m_ended = true;
    auto socket = std::make_shared<WebSocketSession>(
        m_thread, std::move(m_socket), listenerId(), std::move(m_upgraded));
    m_thread.add(socket);
    m_thread.remove(*this);
    socket->start({m_in.data() + m_inBegin, m_inEnd - m_inBegin});
}

// ---- reading

void Session::armRead()
{
    if (m_reading || m_ended || m_inputEnded || m_upgraded || !makeRoom())
        return;
    m_reading = true;
    m_socket.async_read_some(asio::buffer(m_in.data() + m_inEnd, m_in.size() - m_inEnd),
        [self = shared_from_this()](
            const boost::system::error_code& error, std::size_t count) { self->onRead(error, count); });
}

// False when the buffer is full of requests that have to wait.
bool Session::makeRoom()
{
    if (m_noMore || m_inBegin == m_inEnd)
        m_inBegin = m_inEnd = 0;
    const bool longBody =
        m_parser.headDone() && m_parser.expectsBody() && m_parser.request().body.size() >= kFirstBuffer;
    const bool sinking = m_parser.headDone() && m_parser.request().sink != nullptr;
    if ((longBody || sinking) && m_in.size() < kBodyBuffer)
        m_in.resize(kBodyBuffer);
    else if (!m_parser.started() && m_inEnd == 0 && m_in.size() > kFirstBuffer)
        m_in = std::vector<char>(kFirstBuffer);
    if (m_inEnd < m_in.size())
        return true;
    if (m_inBegin > 0) {
        std::memmove(m_in.data(), m_in.data() + m_inBegin, m_inEnd - m_inBegin);
        m_inEnd -= std::exchange(m_inBegin, 0);
        return true;
    }
    // The parser bounds what it leaves untaken, so this ends.
    if (m_starved)
        m_in.resize(m_in.size() * 2);
    return m_starved;
}

void Session::onRead(const boost::system::error_code& error, std::size_t count)
{
    m_reading = false;
    if (m_ended)
        return;
    if (error == asio::error::eof) {
        // Who only ended its half may still read the answers; nobody can tell whether it does.
        m_inputEnded = true;
        for (const auto& exchange : m_pending)
            exchange->clientLeft();
    } else if (error && !(m_upgraded && error == asio::error::operation_aborted)) {
        end();
        return;
    }
    m_inEnd += count;
    m_starved = m_starved && count == 0;
    advance();
}

bool Session::mayParse() const
{
    return !m_ended && !m_noMore && !m_mayUpgrade && m_pending.size() < kMaxUnanswered
        && unsent() < kMaxUnsent;
}

void Session::parseBuffered()
{
    while (!m_starved && mayParse()) {
        const auto progress = m_parser.put({m_in.data() + m_inBegin, m_inEnd - m_inBegin});
        m_inBegin += progress.consumed;
        switch (progress.step) {
        case ParseStep::NeedMore:
            m_starved = true;
            break;
        case ParseStep::HeadDone:
            planBody();
            break;
        case ParseStep::Done:
            dispatch();
            break;
        case ParseStep::Failed:
            refuse(m_parser.failure());
            break;
        }
    }
}

void Session::planBody()
{
    auto& request = m_parser.request();
    request.remoteAddress = m_origin.remoteAddress;
    request.remotePort = m_origin.remotePort;
    // A method that carries a body is asked about even when this body is empty, so that its sink exists.
    if (!m_parser.expectsBody()
        && (request.method == "GET" || request.method == "HEAD" || request.method == "DELETE"))
        return;
    const auto plan = m_origin.handler.planBody(request);
    if (m_ended)
        return;
    if (!m_parser.plan(plan)) {
        refuse(m_parser.failure());
        return;
    }
    m_owesContinue =
        m_parser.expectsBody() && !m_parser.http10() && m_inBegin == m_inEnd && request.headers.has("expect");
}

void Session::dispatch()
{
    auto exchange = std::make_shared<Exchange>(*this, m_thread.answers());
    exchange->keepAlive = m_parser.keepAlive();
    exchange->http10 = m_parser.http10();
    exchange->toHead = m_parser.request().method == "HEAD";
    m_noMore = !exchange->keepAlive;
    m_owesContinue = false;
    m_headDeadline = 0;
    m_pending.push_back(exchange);
    m_starved = false;
    auto request = m_parser.take();
    if (!exchange->http10 && request.headers.has("Upgrade") && asksForWebSocket(request)) {
        exchange->webSocketKey = trimmed(request.headers.get("Sec-WebSocket-Key"));
        m_mayUpgrade = true;
    }
    if (m_inBegin == m_inEnd)
        m_starved = true;
    try {
        m_origin.handler.handle(std::move(request), Responder(std::move(exchange)));
    } catch (const std::exception& exception) {
        // The responder died on the way and has answered 500.
        log::error("http", exception.what());
    }
}

// Answers what cannot be read on; the answers of earlier requests go first.
void Session::refuse(const ParseFailure& failure)
{
    auto exchange = std::make_shared<Exchange>(*this, m_thread.answers());
    exchange->keepAlive = false;
    exchange->toHead = m_parser.headDone() && m_parser.request().method == "HEAD";
    exchange->response().status = failure.status;
    exchange->response().headers = {{"Content-Type", "text/plain; charset=utf-8"}};
    exchange->response().body = failure.message + "\n";
    exchange->markReady();
    m_noMore = true;
    m_owesContinue = false;
    m_headDeadline = 0;
    m_pending.push_back(std::move(exchange));
}

// ---- writing

// Not while a long body is on its way: the next head follows it. Nor while m_out is being written.
bool Session::mayRender() const
{
    return !m_ended && !m_writePending && m_body.empty() && !m_source && !m_pending.empty()
        && m_pending.front()->ready();
}

void Session::renderAnswers()
{
    while (mayRender()) {
        const auto exchange = std::move(m_pending.front());
        m_pending.pop_front();
        render(*exchange);
        exchange->leaveSession();
    }
    if (m_owesContinue && !m_writePending && m_pending.empty() && m_body.empty() && !m_source) {
        m_owesContinue = false;
        m_out += "HTTP/1.1 100 Continue\r\n\r\n";
    }
}

void Session::render(Exchange& exchange)
{
    auto& response = exchange.response();
    if (response.webSocket && !exchange.webSocketKey.empty())
        return upgrade(exchange);
    if (!exchange.webSocketKey.empty())
        m_mayUpgrade = false;
    if (response.status < 200 || response.status > 999) {
        log::error("http", "a handler answered with status " + std::to_string(response.status));
        response = Response{.status = 500, .headers = {}, .body = {}, .source = {}, .sourceLength = 0};
    }
    // HTTP/1.0 knows no chunks: the connection's end is the body's.
    const bool unknownLength = response.source && response.sourceLength == kUnknownLength;
    if (unknownLength && exchange.http10 && exchange.keepAlive) {
        exchange.keepAlive = false;
        m_noMore = true;
    }
    const AnswerForm form{
        exchange.toHead, exchange.keepAlive && !m_lastRendered, exchange.http10, m_thread.dateField()};
    const bool bodyFollows = writeHead(m_out, response, form);
    m_lastRendered = m_lastRendered || !exchange.keepAlive;
    if (!bodyFollows)
        return;
    if (response.source && response.sourceLength > 0) {
        beginSource(response, unknownLength && !exchange.http10);
    } else if (response.source) {
        return;
    } else if (response.body.size() <= kShortBody) {
        m_out += response.body;
    } else {
        m_body = std::move(response.body);
        m_bodySent = 0;
    }
}

void Session::upgrade(Exchange& exchange)
{
    writeUpgrade(m_out, exchange.response(), exchange.webSocketKey);
    m_upgraded = std::move(exchange.response().webSocket);
    // A pipelined request before it may have closed the connection.
    if (m_lastRendered)
        end();
}

void Session::beginSource(Response& response, bool chunked)
{
    m_source = std::move(response.source);
    m_sourceLeft = response.sourceLength;
    m_chunked = chunked;
    m_sourceWaits = false;
    m_bell = std::make_shared<SourceBell>(*this, m_thread.answers());
    m_source->onReady([bell = m_bell] { bell->ring(); });
}

void Session::dropSource()
{
    m_source.reset();
    if (const auto bell = std::exchange(m_bell, nullptr))
        bell->leaveSession();
}

void Session::flush()
{
    if (m_ended || m_writePending || (m_source && m_body.empty() && !m_sourceWaits && !refill())
        || unsent() == 0)
        return;
    // Pieces of a source go through the reactor each, so that one long answer does not keep the thread.
    if (m_source) {
        writeLater();
        return;
    }
    boost::system::error_code error;
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(m_out.data() + m_outSent, m_out.size() - m_outSent),
        asio::buffer(m_body.data() + m_bodySent, m_body.size() - m_bodySent)};
    const auto count =
        m_body.empty() ? m_socket.write_some(buffers[0], error) : m_socket.write_some(buffers, error);
    if (error && error != asio::error::would_block) {
        end();
        return;
    }
    countWritten(count);
    if (unsent() != 0)
        writeLater();
}

// Takes the next piece of the source. False when the source fails and with it the session.
bool Session::refill()
{
    const auto room = m_sourceLeft == kUnknownLength ? kStreamPiece : kPiece;
    m_body.resize(static_cast<std::size_t>(std::min<std::uint64_t>(m_sourceLeft, room)));
    m_bodySent = 0;
    const auto count = m_source->read(std::span(m_body.data(), m_body.size()));
    if (count && *count != 0)
        return takePiece(*count);
    m_body = std::string();
    if (count && m_sourceLeft == kUnknownLength) {
        if (m_chunked)
            m_out += "0\r\n\r\n";
        dropSource();
        return true;
    }
    // The head has promised more: only a broken connection says that it does not come.
    log::error("http", count ? "a body ended before its length" : count.error().message);
    end();
    return false;
}

bool Session::takePiece(std::size_t count)
{
    if (count == kNothingYet) {
        m_sourceWaits = true;
        m_body = std::string();
        return true;
    }
    m_body.resize(count);
    if (m_chunked) {
        writeChunkHead(m_out, count);
        m_body += "\r\n";
    }
    if (m_sourceLeft != kUnknownLength)
        m_sourceLeft -= count;
    return true;
}

void Session::writeLater()
{
    m_writePending = true;
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(m_out.data() + m_outSent, m_out.size() - m_outSent),
        asio::buffer(m_body.data() + m_bodySent, m_body.size() - m_bodySent)};
    m_socket.async_write_some(
        buffers, [self = shared_from_this()](const boost::system::error_code& error, std::size_t count) {
            self->onWritten(error, count);
        });
}

void Session::onWritten(const boost::system::error_code& error, std::size_t count)
{
    m_writePending = false;
    if (m_ended)
        return;
    if (error) {
        end();
        return;
    }
    countWritten(count);
    advance();
}

void Session::countWritten(std::size_t count)
{
    const auto ofOut = std::min(count, m_out.size() - m_outSent);
    m_outSent += ofOut;
    m_bodySent += count - ofOut;
    if (m_outSent == m_out.size()) {
        m_out.clear();
        m_outSent = 0;
    }
    if (m_bodySent != m_body.size())
        return;
    m_bodySent = 0;
    if (m_source && m_sourceLeft > 0)
        m_body.clear();
    else
        m_body = std::string();
    if (m_sourceLeft == 0)
        dropSource();
}

void Session::finishIfDone()
{
    if (writing() || !m_pending.empty() || m_lingering)
        return;
    if (m_inputEnded && (m_starved || m_noMore)) {
        end();
        return;
    }
    if (!m_lastRendered)
        return;
    // Closing with unread input would reset the connection and could take the answer with it (RFC 9112 §9.6).
    m_lingering = true;
    boost::system::error_code ignored;
    m_socket.shutdown(Socket::shutdown_send, ignored);
}

// ---- time-outs

void Session::updateDeadline()
{
    const auto now = m_thread.seconds();
    if (m_lingering) {
        // The time runs from the last word on, not from the last byte that is thrown away.
        if (m_headDeadline == 0)
            m_headDeadline = now + kLingerSeconds;
        m_deadline = m_headDeadline;
    } else if (unsent() == 0 && m_sourceWaits && m_source) {
        m_deadline = 0; // whoever fills the source decides how long that may take
    } else if (writing()) {
        m_deadline = now + m_origin.options.requestSeconds;
    } else if (!m_pending.empty()) {
        m_deadline = 0;
    } else if (m_parser.headDone()) {
        m_deadline = now + m_origin.options.requestSeconds;
    } else if (m_parser.started()) {
        if (m_headDeadline == 0)
            m_headDeadline = now + m_origin.options.requestSeconds;
        m_deadline = m_headDeadline;
    } else {
        m_deadline = now + m_origin.options.idleSeconds;
    }
}

void Session::checkDeadline()
{
    if (m_ended || m_deadline == 0 || m_thread.seconds() <= m_deadline)
        return;
    if (m_lingering || writing() || !m_parser.started() || m_noMore) {
        end();
        return;
    }
    refuse({408, "The request did not arrive in time"});
    advance();
}

}
