#pragma once

#include "core/http/web_socket.h"

#include <array>

namespace core::http::detail {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

// Appends one frame as a server sends it, unmasked.
void writeFrame(std::string& out, Opcode opcode, std::string_view payload, bool last = true);
// Appends a message in frames of at most `maxFrame` bytes.
void writeMessage(std::string& out, Opcode opcode, std::string_view message, std::size_t maxFrame);
// What a close frame carries; kNoStatus gives none.
std::string closePayload(std::uint16_t code, std::string_view reason);

// What came whole: a message, or a control frame.
struct Incoming {
    Opcode opcode = Opcode::Text; // never Continuation
    std::string payload;
    std::uint16_t closeCode = close_code::kNoStatus; // Close; `payload` is then the reason
};

// Why a connection has to end, with the code that its close frame says.
struct FrameFault {
    std::uint16_t code = close_code::kProtocolError;
    std::string reason;
};

// Reads a client's frames (RFC 6455 §5) out of bytes as they come, keeps the beginnings of frames and
// messages, unmasks, joins fragments, and bounds all of it. One thread; small while nothing is on its way.
class FrameReader {
public:
    explicit FrameReader(const WebSocketLimits& limits)
        : m_maxFrame(limits.maxFrame)
        , m_maxMessage(limits.maxMessage)
    {
    }

    enum class Step { NeedMore, Came, Failed };
    // Takes bytes from the front of `bytes` until something came whole, or all are taken. Not to be called
    // after Failed.
    Step put(std::string_view& bytes);
    Incoming take() { return std::move(m_incoming); } // after Came
    const FrameFault& fault() const { return m_fault; }

private:
    std::size_t headLength() const;
    bool beginFrame();
    Step endFrame();
    Step endControl();
    bool fail(std::uint16_t code, std::string reason);

    const std::size_t m_maxFrame;
    const std::size_t m_maxMessage;
    std::array<unsigned char, 14> m_head{};
    std::uint8_t m_headBytes = 0;
    bool m_inPayload = false;
    bool m_fragmented = false; // a message has begun whose last fragment has not come
    Opcode m_messageOpcode = Opcode::Text;
    Opcode m_opcode = Opcode::Text;
    std::size_t m_left = 0; // of the frame's payload
    std::size_t m_maskPlace = 0;
    std::string m_message;
    std::string m_control;
    Incoming m_incoming;
    FrameFault m_fault;
};

}
