#include "core/xray/trace_daemon.h"

#include "core/aws/json_text.h"
#include "core/base/log.h"
#include "core/xray/segment_document.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::size_t kLargest = 65'536; // bytes of a datagram
constexpr int kWaiting = 4 * 1024 * 1024; // bytes that may wait to be read
constexpr double kSameTime = 1; // seconds that clocks may differ by and be one

tl::unexpected<Error> cannotListen()
{
    return fail(ErrorKind::Io, "InternalFailure",
        "The X-Ray daemon cannot listen on the loopback: " + std::string(std::strerror(errno)));
}

}

TraceDaemon::TraceDaemon(const Clock& clock, SegmentBook& book)
    : m_clock(clock)
    , m_book(book)
{
}

TraceDaemon::~TraceDaemon()
{
    stop();
}

Result<std::string> TraceDaemon::address()
{
    const std::lock_guard guard(m_mutex);
    if (m_stopped)
        return fail(ErrorKind::Cancelled, "InternalFailure", "The chamber is closing");
    if (m_address.empty())
        CORE_CHECK(listen());
    return m_address;
}

Result<> TraceDaemon::listen()
{
    const int listening = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0)
        return cannotListen();
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof place;
    if (bind(listening, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0
        || getsockname(listening, reinterpret_cast<sockaddr*>(&place), &length) != 0) {
        auto failure = cannotListen();
        close(listening);
        return failure;
    }
    const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0) {
        auto failure = cannotListen();
        close(listening);
        return failure;
    }
    // A program may send all that it did at once, and each segment is on the disk before the next is read.
    (void)setsockopt(listening, SOL_SOCKET, SO_RCVBUF, &kWaiting, sizeof kWaiting);
    m_socket = listening;
    m_wake = wake;
    m_thread = std::thread([this] { run(); });
    m_address = "127.0.0.1:" + std::to_string(ntohs(place.sin_port));
    return {};
}

void TraceDaemon::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stopped = true;
        if (m_wake >= 0) {
            const std::uint64_t one = 1;
            (void)!write(m_wake, &one, sizeof one);
        }
    }
    if (!m_thread.joinable())
        return;
    m_thread.join();
    close(m_socket);
    close(m_wake);
}

void TraceDaemon::run()
{
    std::vector<char> buffer(kLargest);
    pollfd waits[] = {{m_socket, POLLIN, 0}, {m_wake, POLLIN, 0}};
    while (poll(waits, 2, -1) >= 0 || errno == EINTR) {
        if ((waits[1].revents & POLLIN) != 0)
            return;
        if ((waits[0].revents & POLLIN) == 0)
            continue;
        const auto length = recv(m_socket, buffer.data(), buffer.size(), 0);
        if (length > 0)
            take({buffer.data(), static_cast<std::size_t>(length)});
    }
}

// A line that names the format, then the segment. Programs have this computer's clock.
void TraceDaemon::take(std::string_view datagram)
{
    const auto line = datagram.find('\n');
    const auto header = aws::parseJson(datagram.substr(0, line));
    if (line == std::string_view::npos || !header || !header->is_object()
        || header->value("format", json()) != "json" || header->value("version", json()) != 1)
        return log::warning("xray", "a datagram to the X-Ray daemon is no segment of its format");
    auto segment = aws::parseJson(datagram.substr(line + 1)).value_or(json());
    const auto now = m_clock.now();
    const auto ahead = static_cast<double>(now - realMicros()) / 1e6;
    if (segment.is_object() && std::fabs(ahead) > kSameTime)
        shiftTimes(segment, ahead);
    std::string id;
    const auto document = readDocument(std::move(segment), now, id);
    if (!document)
        return log::warning("xray", "segment " + id + ": " + document.error().message);
    if (const auto kept = m_book.keep(*document); !kept)
        log::error("xray", "segment " + id + ": " + kept.error().message);
}

}
