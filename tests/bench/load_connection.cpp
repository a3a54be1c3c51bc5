#include "tests/bench/load_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace bench {

namespace {

[[noreturn]] void giveUp(const char* what)
{
    std::perror(what);
    std::exit(1);
}

std::size_t contentLength(std::string_view head)
{
    constexpr std::string_view kName = "content-length:";
    for (std::size_t at = 0; at + kName.size() < head.size(); ++at) {
        const bool lineStart = at > 0 && head[at - 1] == '\n';
        if (lineStart && strncasecmp(head.data() + at, kName.data(), kName.size()) == 0)
            return static_cast<std::size_t>(std::strtoul(head.data() + at + kName.size(), nullptr, 10));
    }
    return 0;
}

}

LoadConnection::LoadConnection(int port)
    : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        giveUp("connect");
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

LoadConnection::~LoadConnection()
{
    close(m_socket);
}

void LoadConnection::send(const std::string& request)
{
    m_received.clear();
    m_expected = 0;
    m_sentAt = std::chrono::steady_clock::now();
    for (std::size_t sent = 0; sent < request.size();) {
        const auto count = ::send(m_socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (count <= 0)
            giveUp("send");
        sent += static_cast<std::size_t>(count);
    }
}

bool LoadConnection::receive()
{
    char buffer[64 * 1024];
    const auto count = recv(m_socket, buffer, sizeof buffer, 0);
    if (count <= 0)
        giveUp("recv");
    m_received.append(buffer, static_cast<std::size_t>(count));
    if (m_expected == 0) {
        const auto end = m_received.find("\r\n\r\n");
        if (end == std::string::npos)
            return false;
        m_bodyAt = end + 4;
        m_expected = m_bodyAt + contentLength(std::string_view(m_received).substr(0, end));
    }
    return m_received.size() >= m_expected;
}

int LoadConnection::status() const
{
    return m_received.size() > 12 ? std::atoi(m_received.c_str() + 9) : 0;
}

std::string LoadConnection::exchange(const std::string& request)
{
    send(request);
    while (!receive()) { }
    return body();
}

}
