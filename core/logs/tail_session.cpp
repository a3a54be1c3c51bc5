#include "core/logs/tail_session.h"

#include "core/aws/event_stream.h"
#include "core/aws/json_text.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::size_t kMostEvents = 500; // of an update, as on AWS
constexpr std::string_view kJson = "application/json";

// JSON 1.1 begins an event stream with the answer's other members, of which there are none here.
std::string beginning(const TailWish& wish, const std::string& requestId)
{
    json start = {{"requestId", requestId}, {"sessionId", newUuid()},
        {"logGroupIdentifiers", wish.identifiers}, {"logStreamNames", wish.streams},
        {"logStreamNamePrefixes", wish.streamPrefixes}, {"logEventFilterPattern", wish.patternText}};
    return aws::eventMessage("initial-response", "application/x-amz-json-1.1", "{}")
        + aws::eventMessage("sessionStart", kJson, aws::writeJson(start));
}

}

bool TailWish::wants(const TailEvent& event) const
{
    if (event.region != region || std::ranges::find(groups, event.group) == groups.end())
        return false;
    const auto begins = [&](const std::string& prefix) { return event.stream.starts_with(prefix); };
    if (!streams.empty() && std::ranges::find(streams, event.stream) == streams.end())
        return false;
    if (!streamPrefixes.empty() && std::ranges::none_of(streamPrefixes, begins))
        return false;
    return pattern.matches(event.message);
}

TailSession::TailSession(
    std::shared_ptr<LiveTail> tail, Clock& clock, TailWish wish, const std::string& requestId)
    : m_tail(std::move(tail))
    , m_clock(clock)
    , m_wish(std::move(wish))
    , m_next(m_tail->end())
    , m_message(beginning(m_wish, requestId))
{
}

void TailSession::onReady(std::function<void()> wake)
{
    m_wake = std::move(wake);
    awaitBeat();
    m_listening = m_tail->onMore(m_wake);
}

void TailSession::awaitBeat()
{
    m_beat = false;
    m_timer = m_clock.after(kSecond, [this] {
        m_beat = true;
        if (m_wake)
            m_wake();
    });
}

// "" while there is nothing to say.
std::string TailSession::update()
{
    const auto page = m_tail->page(
        m_next, [this](const TailEvent& event) { return m_wish.wants(event); }, kMostEvents);
    m_next = page.next;
    if (page.events.empty() && !m_beat)
        return {};
    awaitBeat();
    json results = json::array();
    for (const auto& event : page.events)
        results.push_back({{"logStreamName", event.stream},
            {"logGroupIdentifier", m_wish.account + ':' + event.group}, {"message", event.message},
            {"timestamp", event.timestamp}, {"ingestionTime", event.ingested}});
    return aws::eventMessage("sessionUpdate", kJson,
        aws::writeJson(
            {{"sessionMetadata", {{"sampled", page.lost}}}, {"sessionResults", std::move(results)}}));
}

Result<std::size_t> TailSession::read(std::span<char> into)
{
    if (m_read == m_message.size()) {
        if (m_tail->hasStopped())
            return std::size_t(0);
        m_message = update();
        m_read = 0;
        if (m_message.empty())
            return http::kNothingYet;
    }
    const auto count = std::min(into.size(), m_message.size() - m_read);
    std::copy_n(m_message.data() + m_read, count, into.data());
    m_read += count;
    return count;
}

}
