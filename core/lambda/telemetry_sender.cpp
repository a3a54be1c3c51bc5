#include "core/lambda/telemetry_sender.h"

#include "core/http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr const char* kLoopback = "127.0.0.1";
constexpr Micros kPatience = 2 * kSecond;

}

TelemetrySender::TelemetrySender(TelemetryDestination destination, std::string host)
    : m_destination(std::move(destination))
    , m_host(std::move(host))
{
}

TelemetrySender::~TelemetrySender()
{
    if (m_socket >= 0)
        close(m_socket);
}

bool TelemetrySender::send(const std::vector<std::string>& events)
{
    std::string text = m_destination.tcp ? "" : "[";
    for (const auto& event : events) {
        if (!m_destination.tcp && text.size() > 1)
            text += ',';
        text += event;
        if (m_destination.tcp)
            text += '\n';
    }
    if (!m_destination.tcp) {
        text += ']';
        const auto posted = post(m_host, text);
        if (!posted && posted.error().code == "ConnectFailed")
            return post(kLoopback, text).has_value();
        return posted.has_value();
    }
    if (m_socket < 0 && !connectTo(m_host) && !connectTo(kLoopback))
        return false;
    return write(text);
}

Result<> TelemetrySender::post(const std::string& host, const std::string& body)
{
    http::Request request;
    request.method = m_destination.method;
    request.target = m_destination.target;
    request.headers.add("Host", "sandbox.localdomain:" + std::to_string(m_destination.port));
    request.headers.add("Content-Type", "application/json");
    request.body = body;
    CORE_TRY(const auto answer,
        http::send({"http", host, m_destination.port, m_destination.target}, std::move(request),
            {kPatience, kPatience, 65'536}));
    if (answer.status < 200 || answer.status >= 300)
        return fail(ErrorKind::Io, "Refused", std::to_string(answer.status));
    return {};
}

bool TelemetrySender::connectTo(const std::string& host)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_destination.port);
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{kPatience / kSecond, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return true;
    close(m_socket);
    m_socket = -1;
    return false;
}

bool TelemetrySender::write(std::string_view text)
{
    while (!text.empty()) {
        const auto count = ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            close(m_socket);
            m_socket = -1;
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}
