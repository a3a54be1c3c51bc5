#include "tests/core/http/wire.h"

#include "core/base/text.h"
#include "tests/support/loopback.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace tests {

int WireAnswer::status() const
{
    return head.size() > 12 ? std::atoi(head.c_str() + 9) : 0;
}

std::string WireAnswer::field(std::string_view name) const
{
    for (const auto line : core::split(head, '\n')) {
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && core::equalsIgnoreCase(line.substr(0, colon), name))
            return std::string(core::trimmed(line.substr(colon + 1)));
    }
    return {};
}

Wire::Wire(std::uint16_t port)
    : m_socket(connectLoopback(port))
{
}

Wire::~Wire()
{
    ::close(m_socket);
}

bool Wire::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void Wire::endSending()
{
    ::shutdown(m_socket, SHUT_WR);
}

bool Wire::fill()
{
    char piece[65536];
    const auto count = ::recv(m_socket, piece, sizeof piece, 0);
    if (count <= 0)
        return false;
    m_buffer.append(piece, static_cast<std::size_t>(count));
    return true;
}

WireAnswer Wire::receive(bool toHead)
{
    WireAnswer answer;
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill())
            return answer;
    }
    answer.head = m_buffer.substr(0, end + 2);
    m_buffer.erase(0, end + 4);
    if (!toHead)
        answer.body = receiveBytes(
            static_cast<std::size_t>(core::parseInteger(answer.field("content-length")).value_or(0)));
    return answer;
}

std::string Wire::receiveBytes(std::size_t count)
{
    while (m_buffer.size() < count && fill()) { }
    auto bytes = m_buffer.substr(0, count);
    m_buffer.erase(0, bytes.size());
    return bytes;
}

bool Wire::closedByPeer()
{
    char byte = 0;
    const auto count = ::recv(m_socket, &byte, 1, 0);
    return count == 0 || (count < 0 && errno == ECONNRESET);
}

core::http::Response textResponse(std::string body, int status)
{
    core::http::Response response;
    response.status = status;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = std::move(body);
    return response;
}

}
