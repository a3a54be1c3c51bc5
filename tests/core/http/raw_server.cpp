#include "tests/core/http/raw_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tests {

std::string RawServer::Peer::receiveHead()
{
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && ::recv(m_socket, &byte, 1, 0) == 1)
        head += byte;
    return head;
}

void RawServer::Peer::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void RawServer::Peer::waitForEnd()
{
    // Reads nothing, so that a client that sends a long body finds nobody taking it.
    char byte = 0;
    while (::send(m_socket, "", 0, MSG_NOSIGNAL) == 0 && ::recv(m_socket, &byte, 1, MSG_PEEK) == 1)
        std::this_thread::yield();
}

RawServer::RawServer(std::function<void(Peer&)> script)
    : m_script(std::move(script))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), length);
    ::listen(m_listener, 16);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this] { serve(); });
}

RawServer::~RawServer()
{
    ::shutdown(m_listener, SHUT_RDWR);
    if (const int current = m_current; current >= 0)
        ::shutdown(current, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
}

void RawServer::serve()
{
    int socket = -1;
    while ((socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
        ++m_accepted;
        m_current = socket;
        Peer peer(socket);
        m_script(peer);
        m_current = -1;
        ::close(socket);
    }
}

}
