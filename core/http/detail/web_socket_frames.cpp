#include "core/http/detail/web_socket_frames.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::http::detail {

namespace {

constexpr std::size_t kMaxControl = 125;
constexpr unsigned char kLast = 0x80;
constexpr unsigned char kMasked = 0x80;

bool isControl(Opcode opcode)
{
    return static_cast<unsigned char>(opcode) >= 8;
}

bool isKnown(unsigned char opcode)
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

// RFC 6455 §7.4: what may stand in a close frame.
bool mayClose(std::uint16_t code)
{
    return (code >= 1000 && code <= 1014 && code != 1004 && code != close_code::kNoStatus
               && code != close_code::kAbnormal)
        || (code >= 3000 && code <= 4999);
}

}

void writeFrame(std::string& out, Opcode opcode, std::string_view payload, bool last)
{
    out += static_cast<char>(static_cast<unsigned char>(opcode) | (last ? kLast : 0));
    const auto size = payload.size();
    const int lengthBytes = size <= 125 ? 0 : size <= 0xffff ? 2 : 8;
    out += lengthBytes == 0 ? static_cast<char>(size) : static_cast<char>(lengthBytes == 2 ? 126 : 127);
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>((size >> shift) & 0xff);
    out += payload;
}

void writeMessage(std::string& out, Opcode opcode, std::string_view message, std::size_t maxFrame)
{
    for (bool first = true; first || !message.empty(); first = false) {
        const auto piece = message.substr(0, maxFrame);
        message.remove_prefix(piece.size());
        writeFrame(out, first ? opcode : Opcode::Continuation, piece, message.empty());
    }
}

std::string closePayload(std::uint16_t code, std::string_view reason)
{
    if (code == close_code::kNoStatus)
        return {};
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    // Not in the midst of a character.
    auto cut = std::min(reason.size(), kMaxControl - 2);
    while (cut < reason.size() && cut > 0 && (static_cast<unsigned char>(reason[cut]) & 0xc0) == 0x80)
        --cut;
    return payload.append(reason.substr(0, cut));
}

std::size_t FrameReader::headLength() const
{
    if (m_headBytes < 2)
        return 2;
    const auto length = m_head[1] & 0x7f;
    return 2 + (length == 126 ? 2U : length == 127 ? 8U : 0U) + ((m_head[1] & kMasked) ? 4U : 0U);
}

bool FrameReader::fail(std::uint16_t code, std::string reason)
{
    m_fault = {code, std::move(reason)};
    return false;
}

// The head is whole: checks it and makes ready for the payload.
bool FrameReader::beginFrame()
{
    const auto opcode = static_cast<unsigned char>(m_head[0] & 0x0f);
    const bool last = (m_head[0] & kLast) != 0;
    if ((m_head[0] & 0x70) != 0)
        return fail(close_code::kProtocolError, "reserved bits are set");
    if (!isKnown(opcode))
        return fail(close_code::kProtocolError, "unknown opcode");
    if ((m_head[1] & kMasked) == 0)
        return fail(close_code::kProtocolError, "frames of a client are masked");
    const int shortLength = m_head[1] & 0x7f;
    std::uint64_t length = static_cast<std::uint64_t>(shortLength);
    if (shortLength >= 126) {
        length = 0;
        for (std::size_t i = 0; i < (shortLength == 126 ? 2U : 8U); ++i)
            length = length << 8 | m_head[2 + i];
    }
    m_opcode = static_cast<Opcode>(opcode);
    if (isControl(m_opcode)) {
        if (!last || length > kMaxControl)
            return fail(close_code::kProtocolError, "a control frame is short and whole");
    } else {
        if ((m_opcode == Opcode::Continuation) != m_fragmented)
            return fail(close_code::kProtocolError,
                m_fragmented ? "a message begins within another" : "nothing is there to continue");
        if (length > m_maxFrame)
            return fail(close_code::kTooBig, "Frame size limit exceeded");
        if (m_message.size() + length > m_maxMessage)
            return fail(close_code::kTooBig, "Message too big");
        if (m_opcode != Opcode::Continuation)
            m_messageOpcode = m_opcode;
        m_fragmented = !last;
    }
    m_left = static_cast<std::size_t>(length);
    m_maskPlace = 0;
    m_inPayload = true;
    return true;
}

FrameReader::Step FrameReader::put(std::string_view& bytes)
{
    for (;;) {
        while (!m_inPayload) {
            if (m_headBytes == headLength()) {
                if (!beginFrame())
                    return Step::Failed;
                break;
            }
            if (bytes.empty())
                return Step::NeedMore;
            m_head[m_headBytes++] = static_cast<unsigned char>(bytes.front());
            bytes.remove_prefix(1);
        }
        const auto count = std::min(m_left, bytes.size());
        auto& into = isControl(m_opcode) ? m_control : m_message;
        const auto* mask = &m_head[headLength() - 4];
        const auto start = into.size();
        into.append(bytes.substr(0, count));
        for (std::size_t i = start; i < into.size(); ++i)
            into[i] = static_cast<char>(into[i] ^ mask[m_maskPlace++ & 3]);
        bytes.remove_prefix(count);
        m_left -= count;
        if (m_left > 0)
            return Step::NeedMore;
        if (const auto step = endFrame(); step != Step::NeedMore)
            return step;
    }
}

// NeedMore: it was a fragment, and others follow.
FrameReader::Step FrameReader::endFrame()
{
    m_inPayload = false;
    m_headBytes = 0;
    if (isControl(m_opcode))
        return endControl();
    if (m_fragmented)
        return Step::NeedMore;
    m_incoming = {m_messageOpcode, std::exchange(m_message, {})};
    if (m_messageOpcode == Opcode::Text && !isUtf8(m_incoming.payload)) {
        fail(close_code::kBadPayload, "a text message is no UTF-8");
        return Step::Failed;
    }
    return Step::Came;
}

FrameReader::Step FrameReader::endControl()
{
    m_incoming = {m_opcode, std::exchange(m_control, {})};
    if (m_opcode != Opcode::Close || m_incoming.payload.empty())
        return Step::Came;
    auto& payload = m_incoming.payload;
    const auto code = payload.size() < 2
        ? 0
        : static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    if (!mayClose(static_cast<std::uint16_t>(code))) {
        fail(close_code::kProtocolError, "the close frame's code is none");
        return Step::Failed;
    }
    m_incoming.closeCode = static_cast<std::uint16_t>(code);
    payload.erase(0, 2);
    if (!isUtf8(payload)) {
        fail(close_code::kBadPayload, "the close frame's reason is no UTF-8");
        return Step::Failed;
    }
    return Step::Came;
}

}
