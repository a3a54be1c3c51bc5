#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/time_format.h"
#include "core/events/actions.h"
#include "core/events/errors.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

namespace {

constexpr std::size_t kMostBytes = 256 * 1024;

// As AWS counts: 14 bytes for a time, and the texts.
std::size_t sizeOf(const json& entry)
{
    std::size_t size = entry.contains("Time") ? 14 : 0;
    for (const auto* member : {"Source", "DetailType", "Detail"})
        size += entry.value(member, "").size();
    for (const auto& resource : entry.value("Resources", json::array()))
        size += resource.get_ref<const std::string&>().size();
    return size;
}

json refused(const char* code, const std::string& message)
{
    return {{"ErrorCode", code}, {"ErrorMessage", message}};
}

// The entry that says what is wrong, null when nothing is. Services call in process: their sources are
// theirs.
json faultOf(const json& entry, bool fromOutside)
{
    for (const auto* member : {"Source", "DetailType", "Detail"}) {
        if (entry.value(member, "").empty())
            return refused("InvalidArgument",
                std::string("Parameter ") + member + " is not valid. Reason: " + member
                    + " is a required argument.");
    }
    if (fromOutside && entry["Source"].get_ref<const std::string&>().starts_with("aws."))
        return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
    const auto detail = aws::parseJson(entry["Detail"].get<std::string>());
    if (!detail || !detail->is_object())
        return refused("MalformedDetail", "Detail is malformed.");
    return {};
}

// Timestamps come as seconds, or as text from in-process callers.
Micros momentOf(const json& entry, Micros now)
{
    const auto time = entry.find("Time");
    if (time == entry.end())
        return now;
    if (time->is_number())
        return static_cast<Micros>(time->get<double>() * 1000) * kMillisecond;
    return parseIso8601(time->get<std::string>()).value_or(now);
}

json eventOf(const RequestContext& context, const json& entry)
{
    return {{"version", "0"}, {"id", newUuid()}, {"detail-type", entry["DetailType"]},
        {"source", entry["Source"]}, {"account", context.principal.account},
        {"time", iso8601(momentOf(entry, context.now))}, {"region", context.region},
        {"resources", entry.value("Resources", json::array())},
        {"detail", json::parse(entry["Detail"].get<std::string>())}};
}

std::string busOfEntry(const json& entry)
{
    const auto name = entry.value("EventBusName", std::string(kDefaultBus));
    const auto arn = Arn::parse(name);
    return arn && arn->resource.starts_with("event-bus/") ? arn->resource.substr(10) : name;
}

Result<json> takeEntry(EventsService& service, RequestContext& context, const json& entry, bool fromOutside)
{
    if (auto fault = faultOf(entry, fromOutside); !fault.is_null()) {
        context.span.step("An entry is refused", fault["ErrorMessage"], trace::Verdict::Fail);
        return fault;
    }
    const auto event = eventOf(context, entry);
    const auto bus = busOfEntry(entry);
    if (!service.rules().bus(context.region, context.principal.account, bus))
        context.span.step("Event bus " + bus + " does not exist", "AWS takes the event and drops it too",
            trace::Verdict::Warn);
    else
        CORE_CHECK(service.dispatcher().take(event, context.region, bus, context.span));
    return json{{"EventId", event["id"]}};
}

}

Result<Outcome> putEvents(EventsService& service, RequestContext& context, Request& request)
{
    const auto& entries = request.input().at("Entries");
    std::size_t size = 0;
    for (const auto& entry : entries)
        size += sizeOf(entry);
    if (size > kMostBytes)
        return fail(errors::validation("Total size of the entries in the request is over the limit."));
    json results = json::array();
    int failed = 0;
    for (const auto& entry : entries) {
        CORE_TRY(auto result, takeEntry(service, context, entry, request.wire != nullptr));
        failed += result.contains("ErrorCode") ? 1 : 0;
        results.push_back(std::move(result));
    }
    return aws::Reply::of({{"FailedEntryCount", failed}, {"Entries", std::move(results)}});
}

Result<Outcome> testEventPattern(EventsService&, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto pattern = aws::EventPattern::parse(input.at("EventPattern").get<std::string>());
    if (!pattern)
        return fail(errors::badPattern(pattern.error().message));
    const auto event = aws::parseJson(input.at("Event").get<std::string>());
    if (!event || !event->is_object())
        return fail(errors::validation("Parameter Event is not valid."));
    for (const auto* member : {"id", "account", "source", "time", "region", "resources", "detail-type"}) {
        if (!event->contains(member))
            return fail(errors::validation(
                std::string("Parameter Event is not valid. Reason: the member ") + member + " is missing."));
    }
    const bool result = pattern->matches(*event);
    context.span.step(result ? "The pattern matches" : "The pattern does not match");
    return aws::Reply::of({{"Result", result}});
}

}
