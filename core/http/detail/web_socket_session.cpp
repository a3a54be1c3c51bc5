#include "core/http/detail/web_socket_session.h"

#include "core/base/log.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace core::http::detail {

namespace {

constexpr int kGoodbyeSeconds = 5;
constexpr int kLingerSeconds = 2;
constexpr std::size_t kScratch = 64 * 1024;
constexpr int kReadsAtOnce = 4; // before other connections have their turn
constexpr std::size_t kPiece = 64 * 1024; // written at once; more is fetched when less waits

bool isMessage(Opcode opcode)
{
    return opcode == Opcode::Text || opcode == Opcode::Binary;
}

// What an owner throws must not end the thread; closed() has no one to tell.
bool guarded(const auto& call)
{
    try {
        call();
        return true;
    } catch (const std::exception& exception) {
        log::error("http", exception.what());
        return false;
    }
}

}

// ---- outbox

WebSocket::Sent WebSocketOutbox::send(std::string message, bool binary)
{
    const std::lock_guard guard(m_mutex);
    if (!m_open)
        return Sent::Closed;
    // One message is always taken: the bound is on what stands before it.
    if (m_unsent > 0 && m_unsent + message.size() > m_maxUnsent)
        return Sent::Full;
    m_unsent += message.size();
    m_items.push_back({binary ? Opcode::Binary : Opcode::Text, std::move(message)});
    wakeLocked();
    return Sent::Taken;
}

void WebSocketOutbox::ping()
{
    const std::lock_guard guard(m_mutex);
    if (!m_open || m_unsent > m_maxUnsent)
        return;
    m_items.push_back({Opcode::Ping, {}});
    wakeLocked();
}

void WebSocketOutbox::close(std::uint16_t code, std::string reason)
{
    const std::lock_guard guard(m_mutex);
    if (!std::exchange(m_open, false))
        return;
    m_items.push_back({Opcode::Close, closePayload(code, reason)});
    wakeLocked();
}

void WebSocketOutbox::setReading(bool reading)
{
    const std::lock_guard guard(m_mutex);
    if (std::exchange(m_reading, reading) != reading && reading)
        wakeLocked();
}

bool WebSocketOutbox::isOpen() const
{
    const std::lock_guard guard(m_mutex);
    return m_open;
}

std::size_t WebSocketOutbox::unsent() const
{
    const std::lock_guard guard(m_mutex);
    return m_unsent;
}

void WebSocketOutbox::wakeLocked()
{
    if (!std::exchange(m_waking, true))
        m_queue->push(shared_from_this());
}

void WebSocketOutbox::wakeSession()
{
    {
        const std::lock_guard guard(m_mutex);
        m_waking = false;
    }
    if (m_session)
        m_session->advance();
}

std::optional<WebSocketOutbox::Item> WebSocketOutbox::take()
{
    const std::lock_guard guard(m_mutex);
    if (m_items.empty())
        return std::nullopt;
    auto item = std::move(m_items.front());
    m_items.pop_front();
    if (isMessage(item.opcode))
        m_unsent -= item.payload.size();
    return item;
}

bool WebSocketOutbox::reading() const
{
    const std::lock_guard guard(m_mutex);
    return m_reading;
}

void WebSocketOutbox::shut()
{
    const std::lock_guard guard(m_mutex);
    m_open = false;
}

void WebSocketOutbox::leaveSession()
{
    shut();
    m_session = nullptr;
}

// ---- session

WebSocketSession::WebSocketSession(
    IoThread& thread, Socket socket, std::uint64_t listenerId, std::shared_ptr<WebSocketHandler> handler)
    : Connection(listenerId)
    , m_thread(thread)
    , m_socket(std::move(socket))
    , m_handler(std::move(handler))
    , m_outbox(std::make_shared<WebSocketOutbox>(*this, thread.answers(), m_handler->limits().maxUnsent))
    , m_reader(m_handler->limits())
    , m_maxFrame(m_handler->limits().maxFrame)
{
}

void WebSocketSession::start(std::string_view early)
{
    const auto self = shared_from_this();
    if (!guarded([&] { m_handler->opened(m_outbox); }))
        sayGoodbye(close_code::kInternalError, {});
    read(early);
    advance();
}

// The listener closes, or nothing can be said any more. Says goodbye if that can be done without waiting.
void WebSocketSession::end()
{
    if (m_ended)
        return;
    if (!m_goodbyeSaid && m_out.size() == m_outSent) {
        std::string farewell;
        writeFrame(farewell, Opcode::Close, closePayload(close_code::kGoingAway, {}));
        boost::system::error_code ignored;
        m_socket.write_some(asio::buffer(farewell), ignored);
    }
    finish(m_closeCode == close_code::kAbnormal ? close_code::kGoingAway : m_closeCode,
        std::move(m_closeReason));
}

void WebSocketSession::finish(std::uint16_t code, std::string reason)
{
    if (std::exchange(m_ended, true))
        return;
    const auto self = shared_from_this();
    boost::system::error_code ignored;
    m_socket.close(ignored);
    m_thread.remove(*this);
    tellClosed(code, std::move(reason));
}

void WebSocketSession::tellClosed(std::uint16_t code, std::string reason)
{
    m_outbox->leaveSession();
    if (const auto handler = std::exchange(m_handler, nullptr))
        guarded([&] { handler->closed(code, std::move(reason)); });
}

void WebSocketSession::advance()
{
    if (m_ended)
        return;
    if (!m_held.empty() && m_outbox->reading())
        read(std::exchange(m_held, {}));
    fetch();
    flush();
    awaitInput();
}

void WebSocketSession::checkDeadline()
{
    if (m_deadline != 0 && m_thread.seconds() > m_deadline)
        finish(m_closeCode, std::move(m_closeReason));
}

// ---- reading

void WebSocketSession::awaitInput()
{
    // After our goodbye the client's is waited for, whatever the owner wants.
    if (m_waiting || m_ended || (!m_goodbyeSaid && !m_outbox->reading()))
        return;
    m_waiting = true;
    m_socket.async_wait(
        Socket::wait_read, [self = shared_from_this()](const boost::system::error_code& error) {
            self->m_waiting = false;
            if (self->m_ended)
                return;
            if (error)
                return self->finish(close_code::kAbnormal, {});
            self->readSome();
        });
}

void WebSocketSession::readSome()
{
    thread_local std::array<char, kScratch> scratch;
    for (int i = 0; i < kReadsAtOnce && !m_ended && m_held.empty(); ++i) {
        boost::system::error_code error;
        const auto count = m_socket.read_some(asio::buffer(scratch), error);
        if (error == asio::error::would_block)
            break;
        if (error)
            return finish(m_closeCode, std::move(m_closeReason));
        read({scratch.data(), count});
        if (count < scratch.size())
            break;
    }
    advance();
}

void WebSocketSession::read(std::string_view bytes)
{
    while (!m_ended && !m_goodbyeHeard) {
        if (!m_goodbyeSaid && !m_outbox->reading()) {
            m_held.append(bytes);
            return;
        }
        switch (m_reader.put(bytes)) {
        case FrameReader::Step::NeedMore:
            return;
        case FrameReader::Step::Came:
            take(m_reader.take());
            break;
        case FrameReader::Step::Failed:
            m_goodbyeHeard = m_broken = true;
            m_closeCode = m_reader.fault().code;
            m_closeReason = m_reader.fault().reason;
            sayGoodbye(m_closeCode, m_closeReason);
            break;
        }
    }
}

void WebSocketSession::take(Incoming incoming)
{
    switch (incoming.opcode) {
    case Opcode::Close:
        takeClose(incoming);
        break;
    case Opcode::Ping:
        // Who pings and does not read gets no more pongs than fit.
        if (!m_goodbyeSaid && m_out.size() - m_outSent < kPiece)
            writeFrame(m_out, Opcode::Pong, incoming.payload);
        m_handler->heard();
        break;
    case Opcode::Pong:
        m_handler->heard();
        break;
    default:
        if (m_goodbyeSaid)
            break;
        if (!guarded([&] {
                m_handler->received(std::move(incoming.payload), incoming.opcode == Opcode::Binary);
            })) {
            m_closeCode = close_code::kInternalError;
            sayGoodbye(m_closeCode, {});
        }
    }
}

void WebSocketSession::takeClose(const Incoming& incoming)
{
    m_goodbyeHeard = true;
    if (m_goodbyeSaid)
        return;
    m_closeCode = incoming.closeCode;
    m_closeReason = incoming.payload;
    sayGoodbye(incoming.closeCode, {});
}

// ---- writing

void WebSocketSession::sayGoodbye(std::uint16_t code, std::string_view reason)
{
    if (std::exchange(m_goodbyeSaid, true))
        return;
    m_outbox->shut();
    writeFrame(m_out, Opcode::Close, closePayload(code, reason));
    m_deadline = m_thread.seconds() + kGoodbyeSeconds;
}

void WebSocketSession::fetch()
{
    while (!m_goodbyeSaid && m_out.size() - m_outSent < kPiece) {
        const auto item = m_outbox->take();
        if (!item)
            return;
        if (isMessage(item->opcode)) {
            writeMessage(m_out, item->opcode, item->payload, m_maxFrame);
            continue;
        }
        writeFrame(m_out, item->opcode, item->payload);
        if (item->opcode != Opcode::Close)
            continue;
        const auto& payload = item->payload;
        m_closeCode = payload.empty() ? close_code::kNoStatus
                                      : static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8
                                          | static_cast<unsigned char>(payload[1]));
        m_closeReason = payload.empty() ? std::string() : payload.substr(2);
        m_goodbyeSaid = true;
        m_deadline = m_thread.seconds() + kGoodbyeSeconds;
    }
}

void WebSocketSession::flush()
{
    while (!m_ended && !m_waitingForRoom && m_outSent < m_out.size()) {
        boost::system::error_code error;
        const auto rest = std::min(m_out.size() - m_outSent, kPiece);
        m_outSent += m_socket.write_some(asio::buffer(m_out.data() + m_outSent, rest), error);
        if (error == asio::error::would_block)
            return awaitRoom();
        if (error)
            return finish(m_goodbyeHeard ? m_closeCode : close_code::kAbnormal, std::move(m_closeReason));
        if (m_outSent == m_out.size()) {
            m_out = std::string();
            m_outSent = 0;
        }
        fetch();
    }
    if (!m_ended && !m_waitingForRoom && m_goodbyeSaid && m_goodbyeHeard)
        part();
}

void WebSocketSession::awaitRoom()
{
    m_waitingForRoom = true;
    m_socket.async_wait(
        Socket::wait_write, [self = shared_from_this()](const boost::system::error_code& error) {
            self->m_waitingForRoom = false;
            if (self->m_ended)
                return;
            if (error)
                return self->finish(close_code::kAbnormal, {});
            self->advance();
        });
}

// Both have said goodbye: it is the server that closes first (RFC 6455 §7.1.1). Not with unread input of a
// client that broke the protocol, which would reset the connection and could take the goodbye with it.
void WebSocketSession::part()
{
    if (!m_broken)
        return finish(m_closeCode, std::move(m_closeReason));
    if (std::exchange(m_lingering, true))
        return;
    boost::system::error_code ignored;
    m_socket.shutdown(Socket::shutdown_send, ignored);
    m_deadline = m_thread.seconds() + kLingerSeconds;
    tellClosed(m_closeCode, std::move(m_closeReason));
}

}
