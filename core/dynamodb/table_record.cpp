#include "core/dynamodb/table.h"

#include <nlohmann/json.hpp>

// A table's descriptor as the store keeps it.
namespace core::dynamodb {

using nlohmann::json;

namespace {

json stored(const Transition& transition)
{
    return json::array({static_cast<int>(transition.phase), transition.until});
}

Transition transitionOf(const json& stored)
{
    Transition transition;
    if (stored.is_array() && stored.size() == 2) {
        transition.phase = static_cast<Phase>(stored[0].get<int>());
        transition.until = stored[1].get<Micros>();
    }
    return transition;
}

json storedIndexes(const Table& table)
{
    json all = json::object();
    for (const auto& index : table.indexes) {
        json one = {{"Transition", stored(index.transition)}};
        if (index.isFilling())
            one["Filling"] = true;
        all[index.name] = std::move(one);
    }
    return all;
}

json storedReplicas(const Table& table)
{
    json all = json::array();
    for (const auto& replica : table.replicas)
        all.push_back({{"Region", replica.region}, {"Transition", stored(replica.transition)},
            {"Overrides", replica.overrides}, {"SourcedAt", replica.sourcedAt}});
    return all;
}

void loadReplicas(Table& table, const json& stored)
{
    for (const auto& one : stored)
        table.replicas.push_back({one.value("Region", ""), transitionOf(one.value("Transition", json())),
            one.value("Overrides", ""), one.value("SourcedAt", Micros{0})});
}

void loadIndexes(Table& table, const json& stored)
{
    for (auto& index : table.indexes) {
        const auto found = stored.find(index.name);
        if (found == stored.end())
            continue;
        index.transition = transitionOf(found->value("Transition", json()));
        if (found->value("Filling", false))
            index.backfill = std::make_shared<Backfill>();
    }
}

}

std::string storedForm(const Table& table)
{
    return json{{"Region", table.region}, {"Account", table.account}, {"TableId", table.id},
        {"CreatedAt", table.createdAt}, {"Input", json::parse(table.definition)},
        {"Revision", table.revision}, {"Transition", stored(table.transition)},
        {"OnDemandSince", table.onDemandSince},
        {"Throughput", json::array({table.throughputIncreasedAt, table.throughputDecreasedAt})},
        {"ClassChangedAt", table.classChangedAt}, {"LatestStream", table.latestStream},
        {"TimeToLiveChangedAt", table.ttlChangedAt},
        {"TimeToLiveFilling", table.ttl && table.ttl->backfill && !table.ttl->backfill->done},
        {"Indexes", storedIndexes(table)}, {"Replicas", storedReplicas(table)}}
        .dump();
}

std::uint64_t storedRevision(std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    return stored.is_object() ? stored.value("Revision", std::uint64_t{0}) : 0;
}

Result<Table> fromStoredForm(std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    if (!stored.is_object() || !stored.contains("Input"))
        return fail(
            ErrorKind::Io, "InternalServerError", "A table's description in the store cannot be read.");
    CORE_TRY(auto table, defineTable(stored["Input"]));
    identify(table, stored.value("Region", ""), stored.value("Account", ""), stored.value("TableId", ""),
        stored.value("CreatedAt", Micros{0}));
    table.revision = stored.value("Revision", std::uint64_t{0});
    table.transition = transitionOf(stored.value("Transition", json()));
    table.onDemandSince = stored.value("OnDemandSince", table.onDemand ? table.createdAt : Micros{0});
    if (const auto times = stored.value("Throughput", json()); times.is_array() && times.size() == 2) {
        table.throughputIncreasedAt = times[0].get<Micros>();
        table.throughputDecreasedAt = times[1].get<Micros>();
    }
    table.classChangedAt = stored.value("ClassChangedAt", Micros{0});
    table.latestStream = stored.value("LatestStream", "");
    table.ttlChangedAt = stored.value("TimeToLiveChangedAt", Micros{0});
    if (table.ttl && stored.value("TimeToLiveFilling", false))
        table.ttl->backfill = std::make_shared<Backfill>();
    loadIndexes(table, stored.value("Indexes", json::object()));
    loadReplicas(table, stored.value("Replicas", json::array()));
    return table;
}

}
