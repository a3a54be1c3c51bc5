#include "core/apigateway/function_stream.h"

#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace core::apigateway {

namespace {

constexpr std::string_view kHeadEnd("\0\0\0\0\0\0\0\0", 8);
constexpr std::size_t kLongestHead = 16 * 1024;

Error malformed(std::string why)
{
    return {ErrorKind::Io, "Malformed", std::move(why)};
}

}

// Whoever waits for the stream: the call's thread, and later the connection.
struct FunctionStream::Bell {
    std::mutex mutex;
    std::condition_variable rung;
    bool isRung = false;
    std::function<void()> wake;

    void ring()
    {
        std::function<void()> call;
        {
            const std::lock_guard guard(mutex);
            isRung = true;
            call = wake;
        }
        rung.notify_all();
        if (call)
            call();
    }

    // False when nobody rang until then.
    bool await(std::chrono::steady_clock::time_point until)
    {
        std::unique_lock lock(mutex);
        return rung.wait_until(lock, until, [this] { return std::exchange(isRung, false); });
    }
};

FunctionStream::FunctionStream(std::shared_ptr<http::BodySource> events, Clock& clock, StreamLimits limits)
    : m_events(std::move(events))
    , m_bell(std::make_shared<Bell>())
    , m_clock(clock)
    , m_limits(limits)
    , m_begin(clock.now())
    , m_lastByte(m_begin)
{
    m_events->onReady([bell = m_bell] { bell->ring(); });
}

FunctionStream::~FunctionStream()
{
    m_timer.reset(); // before what it rings goes
    onReady(nullptr);
}

void FunctionStream::onReady(std::function<void()> wake)
{
    const std::lock_guard guard(m_bell->mutex);
    m_bell->wake = std::move(wake);
}

Result<std::string> FunctionStream::awaitHead(Micros patience)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(patience);
    for (;;) {
        CORE_TRY(const bool came, pull());
        const auto end = m_bytes.find(kHeadEnd);
        if (end != m_bytes.npos && end <= kLongestHead) {
            m_taken = end + kHeadEnd.size();
            return m_bytes.substr(0, end);
        }
        if (m_bytes.size() > kLongestHead + kHeadEnd.size())
            return fail(malformed("no eight zeros follow on the first 16 KB"));
        if (m_failure)
            return fail(*m_failure);
        if (m_complete)
            return fail(malformed("it ended before the eight zeros behind its head"));
        if (!came && !m_bell->await(until))
            return fail(ErrorKind::Io, "Timeout", "the head of the answer has not come");
    }
}

// What the events have at present is taken into m_bytes.
Result<bool> FunctionStream::pull()
{
    if (m_complete)
        return false;
    std::array<char, 16 * 1024> piece{};
    CORE_TRY(const auto count, m_events->read(piece));
    if (count == http::kNothingYet)
        return false;
    if (count == 0)
        return fail(malformed("the event stream ended without saying how"));
    m_reader.put({piece.data(), count});
    for (;;) {
        CORE_TRY(const auto event, m_reader.next());
        if (!event)
            return true;
        take(*event);
    }
}

void FunctionStream::take(const EventStreamReader::Event& event)
{
    if (event.type == "PayloadChunk") {
        m_bytes.erase(0, std::exchange(m_taken, 0));
        m_bytes += event.payload;
        m_lastByte = m_clock.now();
        return;
    }
    if (event.type != "InvokeComplete")
        return;
    m_complete = true;
    const auto ending = aws::parseJson(event.payload);
    if (ending && ending->is_object() && ending->contains("ErrorCode"))
        m_failure =
            Error{ErrorKind::Io, ending->value("ErrorCode", "Unhandled"), ending->value("ErrorDetails", "")};
}

Result<> FunctionStream::checkLimits()
{
    const auto now = m_clock.now();
    if (now - m_lastByte >= m_limits.idle)
        return fail(ErrorKind::Io, "Timeout", "the stream was idle for too long");
    if (now - m_begin >= m_limits.whole)
        return fail(ErrorKind::Io, "Timeout", "the stream took too long");
    return {};
}

void FunctionStream::watchLimits()
{
    const auto moment = std::min(m_lastByte + m_limits.idle, m_begin + m_limits.whole);
    m_timer = m_clock.at(moment, [bell = m_bell] { bell->ring(); });
}

Result<std::size_t> FunctionStream::read(std::span<char> into)
{
    while (m_taken == m_bytes.size() && !m_complete) {
        CORE_TRY(const bool came, pull());
        if (came)
            continue;
        CORE_CHECK(checkLimits());
        watchLimits();
        return http::kNothingYet;
    }
    if (m_taken == m_bytes.size() && m_failure) // what came before it has been sent
        return fail(*m_failure);
    const auto count = std::min(into.size(), m_bytes.size() - m_taken);
    std::copy_n(m_bytes.data() + m_taken, count, into.data());
    m_taken += count;
    return count;
}

}
