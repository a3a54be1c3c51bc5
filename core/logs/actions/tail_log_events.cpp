#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/filter_pattern.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr int kDefaultWait = 20; // seconds

Result<std::uint64_t> cursorOf(LogsService& service, const json& input)
{
    const std::string text = input.value("cursor", "");
    if (text.empty())
        return service.tail().end();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(errors::invalidToken());
    return number;
}

}

Result<Outcome> tailLogEvents(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::string group = input.at("group");
    const std::string region = input.value("region", context.region);
    CORE_TRY(const auto from, cursorOf(service, input));
    CORE_TRY(const auto pattern, FilterPattern::parse(input.value("filterPattern", "")));
    const auto passes = [&](const TailEvent& event) {
        return event.group == group && event.region == region && pattern.matches(event.message);
    };
    const auto page = service.tail().await(from, passes, input.value("limit", std::size_t{1000}),
        std::chrono::seconds(input.value("wait", kDefaultWait)));
    json output = {
        {"events", json::array()}, {"cursor", std::to_string(page.next)}, {"eventsWereLost", page.lost}};
    for (const auto& event : page.events)
        output["events"].push_back(
            {{"logStreamName", event.stream}, {"timestamp", event.timestamp}, {"message", event.message}});
    return aws::Reply::of(std::move(output));
}

}
