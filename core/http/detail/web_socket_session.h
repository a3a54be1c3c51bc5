#pragma once

#include "core/http/detail/io_thread.h"
#include "core/http/detail/web_socket_frames.h"

#include <list>
#include <optional>

namespace core::http::detail {

class WebSocketSession;

// What a WebSocket's owner holds: takes what is sent until the session fetches it. Any thread, but
// leaveSession(), take() and wakeSession(), which are its I/O thread's.
class WebSocketOutbox final : public WebSocket,
                              public Answer,
                              public std::enable_shared_from_this<WebSocketOutbox> {
public:
    struct Item {
        Opcode opcode = Opcode::Text;
        std::string payload;
    };

    WebSocketOutbox(WebSocketSession& session, std::shared_ptr<AnswerQueue> queue, std::size_t maxUnsent)
        : m_session(&session)
        , m_queue(std::move(queue))
        , m_maxUnsent(maxUnsent)
    {
    }

    Sent send(std::string message, bool binary) override;
    void ping() override;
    void close(std::uint16_t code, std::string reason) override;
    void setReading(bool reading) override;
    bool isOpen() const override;
    std::size_t unsent() const override;

    void wakeSession() override;
    std::optional<Item> take();
    bool reading() const;
    void shut(); // nothing more is taken: a goodbye was said
    void leaveSession();

private:
    void wakeLocked();

    WebSocketSession* m_session; // its thread's
    const std::shared_ptr<AnswerQueue> m_queue;
    const std::size_t m_maxUnsent;
    mutable std::mutex m_mutex;
    std::list<Item> m_items;
    std::size_t m_unsent = 0;
    bool m_open = true;
    bool m_reading = true;
    bool m_waking = false;
};

// A connection after its upgrade. It keeps no buffer while nothing is on its way, so that idle ones cost
// little: it waits for the socket to be readable and reads into its thread's scratch. Lives on one I/O
// thread.
class WebSocketSession final : public Connection, public std::enable_shared_from_this<WebSocketSession> {
public:
    WebSocketSession(
        IoThread& thread, Socket socket, std::uint64_t listenerId, std::shared_ptr<WebSocketHandler> handler);

    void start(std::string_view early); // what came behind the request that asked for the upgrade
    void end() override;
    void checkDeadline() override;
    void advance(); // the outbox has something new

private:
    void awaitInput();
    void readSome();
    void read(std::string_view bytes);
    void take(Incoming incoming);
    void takeClose(const Incoming& incoming);
    void sayGoodbye(std::uint16_t code, std::string_view reason);
    void fetch();
    void flush();
    void awaitRoom();
    void part();
    void finish(std::uint16_t code, std::string reason);
    void tellClosed(std::uint16_t code, std::string reason);

    IoThread& m_thread;
    Socket m_socket;
    std::shared_ptr<WebSocketHandler> m_handler; // null once it was told of the end
    std::shared_ptr<WebSocketOutbox> m_outbox;
    FrameReader m_reader;
    const std::size_t m_maxFrame;
    std::string m_held; // came while the owner did not want to read
    std::string m_out;
    std::size_t m_outSent = 0;
    std::uint16_t m_closeCode = close_code::kAbnormal; // what the owner is told
    std::string m_closeReason;
    std::int64_t m_deadline = 0; // of the goodbye; 0: none
    bool m_waiting = false; // for input
    bool m_waitingForRoom = false; // to write
    bool m_goodbyeSaid = false;
    bool m_goodbyeHeard = false;
    bool m_broken = false; // the client broke the protocol: nothing it says counts any more
    bool m_lingering = false;
    bool m_ended = false;
};

}
