#include "core/dynamodb/table_update.h"

#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

// What of an UpdateTable is wrong whatever the table is.
namespace core::dynamodb {

using nlohmann::json;

namespace {

tl::unexpected<Error> invalid(const std::string& detail)
{
    return fail(errors::invalidParameters(detail));
}

bool makesOrDropsIndex(const json& input)
{
    const auto& updates = indexUpdates(input);
    return std::any_of(updates.begin(), updates.end(),
        [](const json& update) { return update.contains("Create") || update.contains("Delete"); });
}

// What this request changes, by member.
std::vector<std::string> changesOf(const json& input)
{
    std::vector<std::string> changes;
    for (const auto* member :
        {"ProvisionedThroughput", "BillingMode", "StreamSpecification", "SSESpecification", "ReplicaUpdates",
            "DeletionProtectionEnabled", "OnDemandThroughput", "WarmThroughput", "TableClass"}) {
        if (input.contains(member))
            changes.emplace_back(member);
    }
    if (!indexUpdates(input).empty())
        changes.emplace_back("GlobalSecondaryIndexUpdates");
    return changes;
}

Result<> checkAlone(const json& input, const std::vector<std::string>& changes)
{
    if (changes.size() < 2)
        return {};
    const std::pair<const char*, const char*> loners[] = {
        {"ReplicaUpdates", "Replica modification"},
        {"SSESpecification", "Server-Side Encryption modification"},
        {"TableClass", "TableClass modification"},
        {"DeletionProtectionEnabled", "DeletionProtection modification"},
        {"WarmThroughput", "WarmThroughput"},
    };
    for (const auto& [member, words] : loners) {
        if (input.contains(member))
            return invalid(std::string(words) + " must be the only operation in the request");
    }
    if (input.contains("OnDemandThroughput") && (changes.size() > 2 || !input.contains("BillingMode")))
        return invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    if (input.contains("StreamSpecification") && input.contains("ProvisionedThroughput"))
        return invalid("You cannot modify stream status while updating table IOPS");
    if (makesOrDropsIndex(input) && input.contains("ProvisionedThroughput"))
        return invalid("You cannot create or delete index while updating table IOPS");
    if (makesOrDropsIndex(input) && input.contains("StreamSpecification"))
        return invalid("You cannot create or delete index while changing stream status");
    return {};
}

std::string indexNameOf(const json& update)
{
    for (const auto* action : {"Create", "Update", "Delete"}) {
        if (update.contains(action))
            return update[action].value("IndexName", "");
    }
    return {};
}

Result<> checkIndexUpdates(const json& input)
{
    std::set<std::string> names;
    std::size_t online = 0;
    for (const auto& update : indexUpdates(input)) {
        const auto actions =
            update.contains("Create") + update.contains("Update") + update.contains("Delete");
        if (actions == 0) {
            return invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                           "GlobalSecondaryIndexUpdate.Delete must not be null");
        }
        if (actions > 1) {
            return invalid("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
                           "object");
        }
        const auto name = indexNameOf(update);
        if (!names.insert(name).second) {
            return invalid("Only one global secondary index update per index is allowed simultaneously. "
                           "Index: "
                + name);
        }
        online += update.contains("Update") ? 0 : 1;
    }
    if (online > 1)
        return fail(errors::onlyOneOnlineIndex());
    return {};
}

}

const json& indexUpdates(const json& input)
{
    static const json none = json::array();
    const auto found = input.find("GlobalSecondaryIndexUpdates");
    return found == input.end() ? none : *found;
}

Result<> checkUpdate(const json& input)
{
    const auto changes = changesOf(input);
    if (changes.empty() && !input.contains("MultiRegionConsistency")) {
        return fail(errors::validation(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
            "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
            "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, "
            "WarmThroughput or TableClass is required"));
    }
    CORE_CHECK(checkAlone(input, changes));
    return checkIndexUpdates(input);
}

}
