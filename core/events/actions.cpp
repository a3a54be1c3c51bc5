#include "core/events/actions.h"

#include "core/aws/action_rows.h"
#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/events/errors.h"
#include "core/events/shapes.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<EventsService>;

const Row kRows[] = {
    {{"PutRule", Lane::Blocking, Effect::Changes, &shapes::kPutRule}, putRule},
    {{"DescribeRule", Lane::Blocking, Effect::Reads, &shapes::kRule}, describeRule},
    {{"ListRules", Lane::Blocking, Effect::Reads, &shapes::kListRules}, listRules},
    {{"EnableRule", Lane::Blocking, Effect::Changes, &shapes::kRule}, enableRule},
    {{"DisableRule", Lane::Blocking, Effect::Changes, &shapes::kRule}, disableRule},
    {{"DeleteRule", Lane::Blocking, Effect::Changes, &shapes::kDeleteRule}, deleteRule},
    {{"ListRuleNamesByTarget", Lane::Blocking, Effect::Reads, &shapes::kListRuleNamesByTarget},
        listRuleNamesByTarget},
    {{"PutTargets", Lane::Blocking, Effect::Changes, &shapes::kPutTargets}, putTargets},
    {{"ListTargetsByRule", Lane::Blocking, Effect::Reads, &shapes::kListTargetsByRule}, listTargetsByRule},
    {{"RemoveTargets", Lane::Blocking, Effect::Changes, &shapes::kRemoveTargets}, removeTargets},
    {{"PutEvents", Lane::Blocking, Effect::Data, &shapes::kPutEvents}, putEvents},
    {{"TestEventPattern", Lane::Blocking, Effect::Reads, &shapes::kTestEventPattern}, testEventPattern},
    {{"CreateEventBus", Lane::Blocking, Effect::Changes, &shapes::kCreateEventBus}, createEventBus},
    {{"DeleteEventBus", Lane::Blocking, Effect::Changes, &shapes::kNamedBus}, deleteEventBus},
    {{"DescribeEventBus", Lane::Blocking, Effect::Reads, &shapes::kDescribeEventBus}, describeEventBus},
    {{"ListEventBuses", Lane::Blocking, Effect::Reads, &shapes::kListEventBuses}, listEventBuses},
    {{"TagResource", Lane::Blocking, Effect::Changes, &shapes::kTagResource}, tagResource},
    {{"UntagResource", Lane::Blocking, Effect::Changes, &shapes::kUntagResource}, untagResource},
    {{"ListTagsForResource", Lane::Blocking, Effect::Reads, &shapes::kListTagsForResource},
        listTagsForResource},
};

}

std::span<const Row> EventsService::rows()
{
    static const auto all = aws::joinedRows<Row>(kRows, absentActions());
    return all;
}

Result<std::string> busOf(
    EventsService& service, const RequestContext& context, const Request& request, const char* member)
{
    auto name = request.input().value(member, std::string(kDefaultBus));
    if (const auto arn = Arn::parse(name); arn && arn->resource.starts_with("event-bus/"))
        name = arn->resource.substr(10);
    CORE_CHECK(service.rules().bus(context.region, context.principal.account, name));
    return name;
}

Result<RuleBook::RulePtr> ruleOf(
    EventsService& service, RequestContext& context, const Request& request, const char* member)
{
    const auto name = request.input().at(member).get<std::string>();
    context.touch(name);
    CORE_TRY(const auto bus, busOf(service, context, request));
    auto rule = service.rules().findRule(context.region + '/' + bus + '/' + name);
    if (!rule)
        return fail(errors::noRule(name, bus));
    return rule;
}

Result<json> pageOf(const json& input, const char* member, const std::vector<json>& entries)
{
    std::size_t first = 0;
    if (input.contains("NextToken")) {
        const auto text = unbase64(input["NextToken"].get<std::string>());
        const auto number = text ? parseInteger(*text) : std::nullopt;
        if (!number || *number < 0)
            return fail(errors::validation("Parameter NextToken is not valid."));
        first = static_cast<std::size_t>(*number);
    }
    const auto limit = input.value("Limit", std::size_t(100));
    json listed = json::array();
    for (auto i = first; i < entries.size() && listed.size() < limit; ++i)
        listed.push_back(entries[i]);
    json output;
    if (first + listed.size() < entries.size())
        output["NextToken"] = base64(std::to_string(first + listed.size()));
    output[member] = std::move(listed);
    return output;
}

Result<> addTags(const json& given, std::map<std::string, std::string>& tags)
{
    std::map<std::string, std::string> fresh;
    for (const auto& tag : given) {
        if (!fresh.emplace(tag.at("Key"), tag.at("Value")).second)
            return fail(errors::validation("Invalid parameter: Duplicated keys are not allowed."));
    }
    for (auto& [key, value] : fresh)
        tags[key] = std::move(value);
    return {};
}

}
