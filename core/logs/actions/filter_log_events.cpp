#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/filter_pattern.h"
#include "core/logs/log_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxPageBytes = 1'048'576;

// An event found, in the order of the answer: by time, then stream, then arrival.
struct Found {
    std::int64_t timestamp = 0;
    std::string stream;
    std::uint64_t sequence = 0;
    std::int64_t ingested = 0;
    std::string message;

    bool operator<(const Found& other) const
    {
        return std::tie(timestamp, stream, sequence)
            < std::tie(other.timestamp, other.stream, other.sequence);
    }
};

std::string token(const Found& last)
{
    return base64(EventPosition{last.timestamp, last.sequence}.text() + last.stream);
}

Result<std::optional<Found>> lastSeen(const json& input)
{
    if (!input.contains("nextToken"))
        return std::nullopt;
    const auto text = unbase64(input.at("nextToken").get_ref<const std::string&>());
    const auto position = text ? EventPosition::parse(std::string_view(*text).substr(0, 56)) : std::nullopt;
    if (!position)
        return fail(errors::invalidToken());
    return Found{position->timestamp, text->substr(56), position->sequence, 0, {}};
}

// The first `limit` events of a group, however many streams it has, in bounded memory.
class FirstEvents {
public:
    FirstEvents(std::size_t limit, std::optional<Found> after)
        : m_limit(limit)
        , m_after(std::move(after))
    {
    }

    // False when no later event of this stream can be among the first.
    bool offer(Found found)
    {
        if (m_after && !(*m_after < found))
            return true;
        if (m_events.size() > m_limit && !(found < *std::prev(m_events.end())))
            return false;
        m_events.insert(std::move(found));
        if (m_events.size() > m_limit + 1)
            m_events.erase(std::prev(m_events.end()));
        return true;
    }

    json page() const
    {
        json output = {{"events", json::array()}, {"searchedLogStreams", json::array()}};
        std::size_t bytes = 0;
        const Found* last = nullptr;
        for (const auto& event : m_events) {
            bytes += event.message.size();
            if (last && (output["events"].size() == m_limit || bytes > kMaxPageBytes)) {
                output["nextToken"] = token(*last);
                break;
            }
            output["events"].push_back({{"logStreamName", event.stream}, {"timestamp", event.timestamp},
                {"message", event.message}, {"ingestionTime", event.ingested},
                {"eventId", EventPosition{event.timestamp, event.sequence}.text()}});
            last = &event;
        }
        return output;
    }

private:
    std::size_t m_limit;
    std::optional<Found> m_after;
    std::set<Found> m_events; // one more than the limit, to know whether there is a next page
};

Result<std::vector<LogStream>> chosenStreams(store::Reader& reader, const GroupRef& ref, const json& input)
{
    std::vector<LogStream> streams;
    if (input.contains("logStreamNames")) {
        if (input.contains("logStreamNamePrefix"))
            return fail(errors::invalidParameter(
                "logStreamNamePrefix and logStreamNames are mutually exclusive parameters."));
        for (const auto& name : input.at("logStreamNames")) {
            auto stream = readStream(reader, ref, name.get_ref<const std::string&>());
            if (!stream)
                return fail(errors::streamNotFound());
            streams.push_back(std::move(*stream));
        }
        return streams;
    }
    scanStreams(reader, ref, input.value("logStreamNamePrefix", ""), {}, [&](LogStream stream) {
        streams.push_back(std::move(stream));
        return true;
    });
    return streams;
}

}

Result<Outcome> filterLogEvents(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    CORE_TRY(const auto pattern, FilterPattern::parse(input.value("filterPattern", "")));
    CORE_TRY(const auto after, lastSeen(input));
    const auto reader = service.readSettled();
    const auto group = readGroup(*reader, ref);
    if (!group)
        return fail(errors::groupNotFound());
    CORE_TRY(const auto streams, chosenStreams(*reader, ref, input));
    const auto start = std::max({input.value("startTime", std::int64_t{0}), after ? after->timestamp : 0,
        group->keptSince(millis(context.now))});
    const auto end = input.value("endTime", std::numeric_limits<std::int64_t>::max());
    const EventPosition to{end == std::numeric_limits<std::int64_t>::max() ? end : end + 1, 0};
    FirstEvents first(input.value("limit", std::size_t{10'000}), after);
    for (const auto& stream : streams) {
        if (stream.events == 0 || stream.lastEvent < start)
            continue;
        scanEvents(*reader, ref, stream.name, {start, 0}, to, store::Direction::Forward, [&](LogEvent event) {
            if (!pattern.matches(event.message))
                return true;
            return first.offer({event.position.timestamp, stream.name, event.position.sequence,
                event.ingested, std::move(event.message)});
        });
    }
    return aws::Reply::of(first.page());
}

}
