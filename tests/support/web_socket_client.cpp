#include "tests/support/web_socket_client.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "tests/support/loopback.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace tests {

namespace {

constexpr std::string_view kMask = "\x37\xfa\x21\x3d";
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 §1.3
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

}

WebSocketClient::WebSocketClient(std::uint16_t port, const std::string& target, const Fields& fields)
    : m_socket(connectLoopback(port))
{
    if (m_socket >= 0)
        handshake(target, fields);
}

WebSocketClient::~WebSocketClient()
{
    ::close(m_socket);
}

void WebSocketClient::handshake(const std::string& target, const Fields& fields)
{
    std::string request = "GET " + target
        + " HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: "
        + std::string(kKey) + "\r\n";
    bool host = false;
    for (const auto& [name, value] : fields) {
        host = host || core::equalsIgnoreCase(name, "Host");
        request += name + ": " + value + "\r\n";
    }
    sendRaw(request + (host ? "\r\n" : "Host: localhost\r\n\r\n"));
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return;
    }
    m_head = m_buffer.substr(0, end + 2);
    m_buffer.erase(0, end + 4);
    m_status = std::atoi(m_head.c_str() + 9);
    if (m_status != 101)
        m_refusal = bytes(static_cast<std::size_t>(core::parseInteger(header("content-length")).value_or(0)))
                        .value_or(std::string());
    else if (header("sec-websocket-accept") != kAccept)
        m_status = -1;
}

std::string WebSocketClient::header(std::string_view name) const
{
    for (const auto line : core::split(m_head, '\n')) {
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && core::equalsIgnoreCase(line.substr(0, colon), name))
            return std::string(core::trimmed(line.substr(colon + 1)));
    }
    return {};
}

void WebSocketClient::sendRaw(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void WebSocketClient::sendFrame(int opcode, std::string_view payload, bool last, bool masked)
{
    std::string frame{static_cast<char>(opcode | (last ? 0x80 : 0))};
    const auto size = payload.size();
    const int lengthBytes = size <= 125 ? 0 : size <= 0xffff ? 2 : 8;
    const auto shortLength = lengthBytes == 0 ? size : lengthBytes == 2 ? 126U : 127U;
    frame += static_cast<char>(shortLength | (masked ? 0x80U : 0U));
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8)
        frame += static_cast<char>((size >> shift) & 0xff);
    if (masked)
        frame += kMask;
    for (std::size_t i = 0; i < size; ++i)
        frame += masked ? static_cast<char>(payload[i] ^ kMask[i & 3]) : payload[i];
    sendRaw(frame);
}

void WebSocketClient::sendText(std::string_view text)
{
    sendFrame(1, text);
}

void WebSocketClient::sendClose(std::uint16_t code, std::string_view reason)
{
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    sendFrame(8, payload.append(reason));
}

bool WebSocketClient::fill()
{
    char piece[65536];
    const auto count = ::recv(m_socket, piece, sizeof piece, 0);
    if (count <= 0)
        return false;
    m_buffer.append(piece, static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> WebSocketClient::bytes(std::size_t count)
{
    while (m_buffer.size() < count) {
        if (!fill())
            return std::nullopt;
    }
    auto taken = m_buffer.substr(0, count);
    m_buffer.erase(0, count);
    return taken;
}

WebSocketClient::Message WebSocketClient::receive()
{
    Message message;
    m_frames = 0;
    for (;;) {
        const auto head = bytes(2);
        if (!head)
            return {};
        ++m_frames;
        auto length = static_cast<std::size_t>(static_cast<unsigned char>((*head)[1]));
        if (length >= 126) {
            const auto longer = bytes(length == 126 ? 2 : 8).value_or(std::string());
            length = 0;
            for (const char c : longer)
                length = length << 8 | static_cast<unsigned char>(c);
        }
        auto payload = bytes(length);
        if (!payload)
            return {};
        message.payload += *payload;
        if (const int opcode = (*head)[0] & 0x0f; opcode != 0)
            message.opcode = opcode;
        if (((*head)[0] & 0x80) != 0)
            break;
    }
    if (message.opcode == 8 && message.payload.size() >= 2) {
        message.code = static_cast<std::uint16_t>(static_cast<unsigned char>(message.payload[0]) << 8
            | static_cast<unsigned char>(message.payload[1]));
        message.payload.erase(0, 2);
    }
    return message;
}

std::string WebSocketClient::receiveText()
{
    auto message = receive();
    return message.opcode == 1 ? std::move(message.payload) : std::string();
}

bool WebSocketClient::ended()
{
    while (fill()) { }
    char byte = 0;
    const auto count = ::recv(m_socket, &byte, 1, 0);
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

}
