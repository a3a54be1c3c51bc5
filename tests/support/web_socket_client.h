#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tests {

// A WebSocket client over loopback that waits for each answer, ten seconds at most, and can break the
// protocol where a test wants that.
class WebSocketClient {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;
    struct Message {
        int opcode = 0; // 1 text, 2 binary, 8 close, 9 ping, 10 pong; 0 when the connection ended
        std::string payload; // of a close: the reason
        std::uint16_t code = 0; // of a close
    };

    // Connects and asks for an upgrade; status() tells what came of it.
    WebSocketClient(std::uint16_t port, const std::string& target, const Fields& fields = {});
    ~WebSocketClient();
    WebSocketClient(const WebSocketClient&) = delete;
    WebSocketClient& operator=(const WebSocketClient&) = delete;

    int status() const { return m_status; }
    std::string header(std::string_view name) const;
    const std::string& refusal() const { return m_refusal; } // body of an answer other than 101

    void sendText(std::string_view text);
    void sendFrame(int opcode, std::string_view payload, bool last = true, bool masked = true);
    void sendRaw(std::string_view bytes);
    void sendClose(std::uint16_t code, std::string_view reason = {});
    Message receive(); // joins fragments
    std::string receiveText(); // the next message's payload; "" when it is none
    int framesOfLast() const { return m_frames; }
    bool ended(); // waits for the end of the connection

private:
    bool fill();
    std::optional<std::string> bytes(std::size_t count);
    void handshake(const std::string& target, const Fields& fields);

    int m_socket = -1;
    int m_status = 0;
    int m_frames = 0;
    std::string m_head;
    std::string m_refusal;
    std::string m_buffer;
};

}
