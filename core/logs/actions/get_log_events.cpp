#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxPageBytes = 1'048'576;

// Tokens as AWS writes them: "f/<56 digits>/s" goes on after that position, "b/…" goes back from before it.
std::string token(char direction, EventPosition position)
{
    return std::string(1, direction) + '/' + position.text() + "/s";
}

struct Cursor {
    bool forward = false;
    std::optional<EventPosition> from;
};

Result<Cursor> cursorOf(const json& input)
{
    Cursor cursor;
    cursor.forward = input.value("startFromHead", false);
    const std::string text = input.value("nextToken", "");
    if (text.empty())
        return cursor;
    if (text.size() != 60 || !text.ends_with("/s") || text[1] != '/' || (text[0] != 'f' && text[0] != 'b'))
        return fail(errors::invalidToken());
    cursor.from = EventPosition::parse(std::string_view(text).substr(2, 56));
    if (!cursor.from)
        return fail(errors::invalidToken());
    cursor.forward = text[0] == 'f';
    return cursor;
}

EventPosition after(EventPosition position)
{
    ++position.sequence;
    return position;
}

}

Result<Outcome> getLogEvents(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    CORE_TRY(const auto cursor, cursorOf(input));
    const std::string name = input.at("logStreamName");
    const auto reader = service.readSettled();
    const auto group = readGroup(*reader, ref);
    if (!group)
        return fail(errors::groupNotFound());
    if (!readStream(*reader, ref, name))
        return fail(errors::streamNotFound());

    EventPosition from{
        std::max(input.value("startTime", std::int64_t{0}), group->keptSince(millis(context.now))), 0};
    EventPosition to{input.value("endTime", std::numeric_limits<std::int64_t>::max()), 0};
    if (cursor.from && cursor.forward)
        from = std::max(from, *cursor.from);
    if (cursor.from && !cursor.forward)
        to = std::min(to, *cursor.from);
    const auto limit = input.value("limit", std::size_t{10'000});
    std::vector<LogEvent> events;
    std::size_t bytes = 0;
    const auto take = [&](LogEvent event) {
        bytes += event.message.size();
        if (events.size() == limit || (bytes > kMaxPageBytes && !events.empty()))
            return false;
        events.push_back(std::move(event));
        return true;
    };
    const auto direction = cursor.forward ? store::Direction::Forward : store::Direction::Backward;
    scanEvents(*reader, ref, name, from, to, direction, take);
    if (!cursor.forward)
        std::reverse(events.begin(), events.end());

    // With nothing new, AWS gives the token back that it was given: callers stop when it repeats.
    const auto here = cursor.from.value_or(cursor.forward ? from : EventPosition{});
    json output = {{"events", json::array()}};
    output["nextForwardToken"] = token('f', events.empty() ? here : after(events.back().position));
    output["nextBackwardToken"] = token('b', events.empty() ? here : events.front().position);
    for (const auto& event : events)
        output["events"].push_back({{"timestamp", event.position.timestamp}, {"message", event.message},
            {"ingestionTime", event.ingested}});
    return aws::Reply::of(std::move(output));
}

}
