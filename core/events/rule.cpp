#include "core/events/rule.h"

#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

std::string Bus::arn() const
{
    return Arn{"events", region, account, "event-bus/" + name}.text();
}

std::string Bus::text() const
{
    return json{{"name", name}, {"region", region}, {"account", account}, {"description", description},
        {"tags", tags}, {"created", created}, {"modified", modified}}
        .dump();
}

Bus Bus::parse(std::string_view text)
{
    const auto given = json::parse(text);
    Bus bus;
    given.at("name").get_to(bus.name);
    given.at("region").get_to(bus.region);
    given.at("account").get_to(bus.account);
    given.at("description").get_to(bus.description);
    given.at("tags").get_to(bus.tags);
    given.at("created").get_to(bus.created);
    given.at("modified").get_to(bus.modified);
    return bus;
}

std::string Rule::arn() const
{
    const auto place = bus == kDefaultBus ? name : bus + '/' + name;
    return Arn{"events", region, account, "rule/" + place}.text();
}

void Rule::prepare()
{
    match.reset();
    moments.reset();
    if (!pattern.empty()) {
        if (auto parsed = aws::EventPattern::parse(pattern))
            match = *std::move(parsed);
    }
    if (!schedule.empty())
        moments = Schedule::parse(schedule);
}

std::string Rule::text() const
{
    json listed = json::array();
    for (const auto& target : targets)
        listed.push_back({{"id", target.id}, {"arn", target.arn}, {"json", target.json}});
    return json{{"name", name}, {"bus", bus}, {"region", region}, {"account", account}, {"pattern", pattern},
        {"schedule", schedule}, {"state", state}, {"description", description}, {"role", role},
        {"tags", tags}, {"targets", listed}, {"anchor", anchor}}
        .dump();
}

Rule Rule::parse(std::string_view text)
{
    const auto given = json::parse(text);
    Rule rule;
    given.at("name").get_to(rule.name);
    given.at("bus").get_to(rule.bus);
    given.at("region").get_to(rule.region);
    given.at("account").get_to(rule.account);
    given.at("pattern").get_to(rule.pattern);
    given.at("schedule").get_to(rule.schedule);
    given.at("state").get_to(rule.state);
    given.at("description").get_to(rule.description);
    given.at("role").get_to(rule.role);
    given.at("tags").get_to(rule.tags);
    given.at("anchor").get_to(rule.anchor);
    for (const auto& target : given.at("targets"))
        rule.targets.push_back({target.at("id"), target.at("arn"), target.at("json")});
    rule.prepare();
    return rule;
}

json describe(const Bus& bus)
{
    const auto seconds = [](Micros moment) { return static_cast<double>(moment / kMillisecond) / 1000; };
    json output = {{"Name", bus.name}, {"Arn", bus.arn()}, {"CreationTime", seconds(bus.created)},
        {"LastModifiedTime", seconds(bus.modified)}};
    if (!bus.description.empty())
        output["Description"] = bus.description;
    return output;
}

json describe(const Rule& rule)
{
    json output = {
        {"Name", rule.name}, {"Arn", rule.arn()}, {"State", rule.state}, {"EventBusName", rule.bus}};
    const auto add = [&output](const char* member, const std::string& text) {
        if (!text.empty())
            output[member] = text;
    };
    add("EventPattern", rule.pattern);
    add("ScheduleExpression", rule.schedule);
    add("Description", rule.description);
    add("RoleArn", rule.role);
    return output;
}

}
