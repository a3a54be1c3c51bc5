#pragma once

#include "core/base/result.h"
#include "core/dynamodb/table.h"
#include "core/dynamodb/transition_times.h"

#include <nlohmann/json_fwd.hpp>

#include <set>
#include <string>
#include <vector>

namespace core::dynamodb {

// What an UpdateTable makes of a table.
struct TableUpdate {
    Table after;
    std::string createdIndex; // "" for none; it has no entries yet
    std::set<std::string> changedIndexes;
    std::vector<Index> deleted;
    std::vector<std::string> steps; // in words, for the track
};

// Checks that need no table: at least one change, and only changes that AWS takes together.
Result<> checkUpdate(const nlohmann::json& input);
// The request's GlobalSecondaryIndexUpdates; an empty array when there are none.
const nlohmann::json& indexUpdates(const nlohmann::json& input);
// Takes the AttributeDefinitions out of a table's definition that no key schema in it names.
void dropUnusedDefinitions(nlohmann::json& definition);
// The table after that update; pure. Errors as AWS words them, in its order.
Result<TableUpdate> planUpdate(
    const Table& before, const nlohmann::json& input, Micros now, const TransitionTimes& times);

}
