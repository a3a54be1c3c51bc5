#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace bench {

// One keep-alive connection that sends a request, waits for its answer, and sends the next. One thread.
class LoadConnection {
public:
    explicit LoadConnection(int port);
    ~LoadConnection();
    LoadConnection(const LoadConnection&) = delete;
    LoadConnection& operator=(const LoadConnection&) = delete;

    int descriptor() const { return m_socket; }
    void send(const std::string& request);
    // Reads what has arrived; true when the answer is complete.
    bool receive();

    std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - m_sentAt; }
    int status() const;
    std::string body() const { return m_received.substr(m_bodyAt); }

    // Sends one request and waits.
    std::string exchange(const std::string& request);

private:
    int m_socket = -1;
    std::string m_received;
    std::size_t m_bodyAt = 0;
    std::size_t m_expected = 0; // of m_received; 0 until the head is there
    std::chrono::steady_clock::time_point m_sentAt;
};

}
