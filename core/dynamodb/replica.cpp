#include "core/dynamodb/replica.h"

#include "core/base/arn.h"
#include "core/base/geo.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr Micros kSourcePeriod = 24 * 3600 * kSecond;
constexpr const char* kSettingsMode = "ENABLED_WITH_OVERRIDES"; // that of global tables of one account

json overridesOf(const Replica& replica)
{
    return replica.overrides.empty() ? json::object() : json::parse(replica.overrides);
}

// Each index of the table, whether or not the replica has settings of its own for it.
json describedIndexes(const json& description, const json& overrides)
{
    json indexes = json::array();
    const auto own = overrides.value("GlobalSecondaryIndexes", json::object());
    for (const auto& index : description.value("GlobalSecondaryIndexes", json::array())) {
        const auto name = index.value("IndexName", "");
        auto one = own.value(name, json::object());
        one["IndexName"] = name;
        if (index.contains("WarmThroughput"))
            one["WarmThroughput"] = index["WarmThroughput"];
        indexes.push_back(std::move(one));
    }
    return indexes;
}

json described(const json& description, const Table& table, const Replica& replica, Micros now)
{
    auto overrides = overridesOf(replica);
    json one = {{"RegionName", replica.region}, {"ReplicaStatus", statusOf(replica.transition, now)},
        {"GlobalTableSettingsReplicationMode", kSettingsMode}};
    for (const auto* member : {"ProvisionedThroughputOverride", "OnDemandThroughputOverride"}) {
        if (overrides.contains(member))
            one[member] = overrides[member];
    }
    if (overrides.contains("KMSMasterKeyId")) {
        const auto key = overrides.value("KMSMasterKeyId", "");
        one["KMSMasterKeyId"] =
            key.starts_with("arn:") ? key : Arn{"kms", replica.region, table.account, "key/" + key}.text();
    }
    if (overrides.contains("TableClass"))
        one["ReplicaTableClassSummary"] = {{"TableClass", overrides["TableClass"]}};
    if (description.contains("WarmThroughput"))
        one["WarmThroughput"] = description["WarmThroughput"];
    if (auto indexes = describedIndexes(description, overrides); !indexes.empty())
        one["GlobalSecondaryIndexes"] = std::move(indexes);
    return one;
}

}

Micros replicationDelay(std::string_view from, std::string_view to)
{
    const auto* here = geo::findRegion(from);
    const auto* there = geo::findRegion(to);
    return here && there ? geo::roundTrip(here->place, there->place) / 2 : 0;
}

Result<> checkReplicaRegion(const std::string& region)
{
    if (geo::findRegion(region))
        return {};
    std::string known;
    for (const auto& each : geo::regions())
        known += (known.empty() ? "" : ", ") + std::string(each.id);
    return fail(errors::validation("Region " + region
        + " is not supported. The latest version of global tables are only supported in the following "
          "regions: ["
        + known + "]"));
}

json replicaDefinition(const Table& source, const json& wanted)
{
    auto definition = json::parse(source.definition);
    for (const auto* member : {"Tags", "DeletionProtectionEnabled", "ResourcePolicy", "PointInTimeRecovery",
             "RestoreSummary", "WarmThroughput"})
        definition.erase(member);
    for (auto& index : definition["GlobalSecondaryIndexes"])
        index.erase("WarmThroughput");
    if (definition["GlobalSecondaryIndexes"].empty())
        definition.erase("GlobalSecondaryIndexes");
    if (definition.contains("SSESpecification") && wanted.contains("KMSMasterKeyId"))
        definition["SSESpecification"]["KMSMasterKeyId"] = wanted["KMSMasterKeyId"];
    if (wanted.contains("TableClassOverride"))
        definition["TableClass"] = wanted["TableClassOverride"];
    overrideMaximums(definition, wanted);
    return definition;
}

void overrideMaximums(json& definition, const json& wanted)
{
    if (wanted.contains("OnDemandThroughputOverride"))
        definition["OnDemandThroughput"].update(wanted["OnDemandThroughputOverride"]);
    if (!definition.contains("GlobalSecondaryIndexes"))
        return;
    // AWS says nothing of an index that is not there.
    for (const auto& index : wanted.value("GlobalSecondaryIndexes", json::array())) {
        for (auto& known : definition["GlobalSecondaryIndexes"]) {
            if (known["IndexName"] == index["IndexName"] && index.contains("OnDemandThroughputOverride"))
                known["OnDemandThroughput"].update(index["OnDemandThroughputOverride"]);
        }
    }
}

std::string mergedOverrides(const std::string& known, const json& wanted)
{
    auto merged = known.empty() ? json::object() : json::parse(known);
    for (const auto* member :
        {"KMSMasterKeyId", "ProvisionedThroughputOverride", "OnDemandThroughputOverride"}) {
        if (wanted.contains(member))
            merged[member] = wanted[member];
    }
    if (wanted.contains("TableClassOverride"))
        merged["TableClass"] = wanted["TableClassOverride"];
    for (const auto& index : wanted.value("GlobalSecondaryIndexes", json::array())) {
        auto own = index;
        own.erase("IndexName");
        merged["GlobalSecondaryIndexes"][index.value("IndexName", "")].update(own);
    }
    return merged.empty() ? std::string() : merged.dump();
}

Result<> checkNoSource(const Table& table, Micros now)
{
    const auto isRecent = [now](const Replica& replica) {
        return replica.sourcedAt != 0 && now - replica.sourcedAt < kSourcePeriod;
    };
    const auto isStillThere = [&](const Replica& replica) {
        return isRecent(replica) && !replica.transition.isOver(now);
    };
    if (std::any_of(table.replicas.begin(), table.replicas.end(), isRecent)
        || std::any_of(table.leavingReplicas.begin(), table.leavingReplicas.end(), isStillThere))
        return fail(errors::actedAsSource());
    return {};
}

bool expiresItems(const Table& table)
{
    return std::all_of(table.replicas.begin(), table.replicas.end(),
        [&table](const Replica& replica) { return table.region < replica.region; });
}

void describeReplicas(json& description, const Table& table, Micros now)
{
    json replicas = json::array();
    for (const auto& replica : table.replicas)
        replicas.push_back(described(description, table, replica, now));
    for (const auto& replica : table.leavingReplicas) {
        if (!replica.transition.isOver(now))
            replicas.push_back(described(description, table, replica, now));
    }
    if (replicas.empty())
        return;
    description["GlobalTableVersion"] = "2019.11.21";
    description["GlobalTableSettingsReplicationMode"] = kSettingsMode;
    description["Replicas"] = std::move(replicas);
}

void noteReplication(trace::SpanScope& span, const Table& table)
{
    if (!table.isGlobal())
        return;
    std::string regions;
    std::string delays;
    for (const auto& replica : table.replicas) {
        const auto delay = replicationDelay(table.region, replica.region) / kMillisecond;
        regions += (regions.empty() ? "" : ", ") + replica.region;
        delays += (delays.empty() ? "" : ", ") + std::to_string(delay) + " ms";
    }
    span.step("replicates to " + regions,
        "arrives after " + delays + " of the chamber's clock; there the last writer wins");
}

}
