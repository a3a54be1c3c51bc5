#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace tests {

// A server on a free loopback port that does to each connection what a test tells it, right or wrong, one
// connection after the other on its own thread. A connection is closed when the script returns.
class RawServer {
public:
    class Peer {
    public:
        explicit Peer(int socket)
            : m_socket(socket)
        {
        }
        std::string receiveHead(); // up to the empty line, or what came before the end
        void send(std::string_view bytes);
        void waitForEnd(); // until the client closes
        int socket() const { return m_socket; }

    private:
        int m_socket;
    };

    explicit RawServer(std::function<void(Peer&)> script);
    ~RawServer();
    std::uint16_t port() const { return m_port; }
    int accepted() const { return m_accepted; }

private:
    void serve();
    std::function<void(Peer&)> m_script;
    int m_listener;
    std::uint16_t m_port = 0;
    std::atomic<int> m_accepted = 0;
    std::atomic<int> m_current = -1;
    std::jthread m_thread;
};

}
