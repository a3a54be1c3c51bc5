#include "core/lambda/response_stream.h"

#include "core/aws/event_stream.h"
#include "core/aws/json_text.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kChunk = 60 * 1024; // of the payload in one event
constexpr std::size_t kLongestHead = 1024 * 1024;

// AWS says of a failed function in the last event what Invoke says in its payload.
std::string completion(const InvocationOutcome& outcome, bool withTail)
{
    auto complete = json::object();
    if (!outcome.functionError.empty()) {
        complete["ErrorCode"] = outcome.errorType;
        complete["ErrorDetails"] = outcome.errorPayload.empty() ? outcome.payload : outcome.errorPayload;
    }
    if (withTail)
        complete["LogResult"] = base64(outcome.logTail);
    return aws::writeJson(complete);
}

}

void ResponseStream::tell(std::unique_lock<std::mutex> lock)
{
    const auto wake = m_wake;
    lock.unlock();
    m_changed.notify_all();
    if (wake)
        wake();
}

void ResponseStream::begin(std::string contentType)
{
    std::unique_lock lock(m_mutex);
    m_begun = true;
    m_contentType = std::move(contentType);
    tell(std::move(lock));
}

void ResponseStream::write(std::string_view bytes)
{
    std::unique_lock lock(m_mutex);
    if (m_abandoned || m_result)
        return;
    m_bytes.erase(0, std::exchange(m_taken, 0));
    m_bytes += bytes;
    tell(std::move(lock));
}

void ResponseStream::finish(Result<InvocationOutcome> result)
{
    std::unique_lock lock(m_mutex);
    if (m_result)
        return;
    if (result && !m_begun && !m_abandoned && (result->functionError.empty() || result->streamed))
        m_bytes = result->payload;
    m_result = std::move(result);
    tell(std::move(lock));
}

Result<> ResponseStream::awaitStart()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_begun || m_result; });
    if (m_result && !*m_result)
        return fail(m_result->error());
    return {};
}

std::optional<std::string> ResponseStream::awaitHead(std::string_view end)
{
    std::unique_lock lock(m_mutex);
    auto place = std::string::npos;
    m_changed.wait(lock, [&] {
        place = m_bytes.find(end);
        return place != std::string::npos || m_result || m_bytes.size() > kLongestHead;
    });
    if (place == std::string::npos)
        return std::nullopt;
    auto head = m_bytes.substr(0, place);
    m_bytes.erase(0, place + end.size());
    return head;
}

std::string ResponseStream::contentType() const
{
    const std::lock_guard guard(m_mutex);
    return m_contentType;
}

bool ResponseStream::begun() const
{
    const std::lock_guard guard(m_mutex);
    return m_begun;
}

std::string ResponseStream::take(std::size_t limit)
{
    const std::lock_guard guard(m_mutex);
    auto piece = m_bytes.substr(m_taken, limit);
    m_taken += piece.size();
    if (m_taken == m_bytes.size()) {
        m_bytes = std::string();
        m_taken = 0;
    }
    return piece;
}

bool ResponseStream::over() const
{
    const std::lock_guard guard(m_mutex);
    return m_result && m_bytes.empty();
}

InvocationOutcome ResponseStream::outcome() const
{
    const std::lock_guard guard(m_mutex);
    return m_result && *m_result ? **m_result : InvocationOutcome{};
}

void ResponseStream::onReady(std::function<void()> wake)
{
    const std::lock_guard guard(m_mutex);
    m_wake = std::move(wake);
}

void ResponseStream::abandon()
{
    const std::lock_guard guard(m_mutex);
    m_abandoned = true;
    m_wake = nullptr;
    m_bytes = std::string();
    m_taken = 0;
}

std::string StreamEvents::nextEvent()
{
    if (const auto piece = m_stream->take(kChunk); !piece.empty())
        return aws::eventMessage("PayloadChunk", "application/octet-stream", piece);
    if (m_completed || !m_stream->over())
        return {};
    m_completed = true;
    return aws::eventMessage(
        "InvokeComplete", "application/json", completion(m_stream->outcome(), m_withTail));
}

Result<std::size_t> StreamEvents::read(std::span<char> into)
{
    if (m_read == m_event.size()) {
        m_event = nextEvent();
        m_read = 0;
        if (m_event.empty())
            return m_completed ? 0 : http::kNothingYet;
    }
    const auto count = std::min(into.size(), m_event.size() - m_read);
    std::copy_n(m_event.data() + m_read, count, into.data());
    m_read += count;
    return count;
}

Result<std::size_t> StreamBytes::read(std::span<char> into)
{
    const auto piece = m_stream->take(into.size());
    std::ranges::copy(piece, into.begin());
    if (!piece.empty())
        return piece.size();
    if (!m_stream->over())
        return http::kNothingYet;
    if (const auto outcome = m_stream->outcome(); !outcome.functionError.empty())
        return fail(ErrorKind::Io, outcome.errorType, "the function failed while it wrote its answer");
    return std::size_t(0);
}

}
