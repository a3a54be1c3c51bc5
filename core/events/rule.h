#pragma once

#include "core/aws/event_pattern.h"
#include "core/base/clock.h"
#include "core/events/schedule.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the store keeps of buses and rules: plain values, written as JSON.
namespace core::events {

inline constexpr std::string_view kDefaultBus = "default";

struct Bus {
    std::string name;
    std::string region;
    std::string account;
    std::string description;
    std::map<std::string, std::string> tags;
    Micros created = 0;
    Micros modified = 0;

    std::string key() const { return region + '/' + name; }
    std::string arn() const;
    std::string text() const;
    static Bus parse(std::string_view text);
};

struct Target {
    std::string id;
    std::string arn;
    std::string json; // as PutTargets got it
};

struct Rule {
    std::string name;
    std::string bus;
    std::string region;
    std::string account;
    std::string pattern; // "" for none
    std::string schedule; // "" for none
    std::string state = "ENABLED";
    std::string description;
    std::string role;
    std::map<std::string, std::string> tags;
    std::vector<Target> targets;
    Micros anchor = 0; // from when a rate counts

    // What the texts mean; made by prepare().
    std::optional<aws::EventPattern> match;
    std::optional<Schedule> moments;

    void prepare();
    bool isEnabled() const { return state != "DISABLED"; }
    std::string key() const { return region + '/' + bus + '/' + name; }
    std::string arn() const;
    std::string text() const;
    static Rule parse(std::string_view text);
};

nlohmann::json describe(const Bus& bus);
// As ListRules shows it; DescribeRule adds CreatedBy.
nlohmann::json describe(const Rule& rule);

}
