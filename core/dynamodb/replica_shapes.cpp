#include "core/dynamodb/replica_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kLess = Fidelity::Simplified;
constexpr std::string_view kUnused = "kept and shown; all replicas are on demand";
constexpr std::string_view kEnforced =
    "enforced, as AWS describes it, where PUT /_chamber/dynamodb/throttling asks";

constexpr std::string_view kTableClasses[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};
constexpr std::string_view kBillingModes[] = {"PROVISIONED", "PAY_PER_REQUEST"};

constexpr Shape kName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Shape kUnits{.type = Type::Long, .min = 1};
constexpr Shape kTableClass{.type = Type::String, .values = kTableClasses};
constexpr Shape kBillingMode{.type = Type::String, .values = kBillingModes};

constexpr Member kReadUnitsMembers[] = {{"ReadCapacityUnits", &kUnits}};
constexpr Shape kReadUnits{.type = Type::Structure, .members = kReadUnitsMembers};
constexpr Member kMostReadsMembers[] = {{"MaxReadRequestUnits", &aws::kLong}};
constexpr Shape kMostReads{.type = Type::Structure, .members = kMostReadsMembers};

constexpr Member kIndexMembers[] = {
    {"IndexName", &kName, true},
    {"ProvisionedThroughputOverride", &kReadUnits, false, kLess, kUnused},
    {"OnDemandThroughputOverride", &kMostReads, false, kLess, kEnforced},
};
constexpr Shape kIndex{.type = Type::Structure, .members = kIndexMembers};
constexpr Shape kIndexes{.type = Type::List, .min = 1, .element = &kIndex};

constexpr std::string_view kOneClass = "kept and shown; every class behaves as STANDARD";

constexpr Member kCreationMembers[] = {
    {"RegionName", &aws::kString, true},
    {"KMSMasterKeyId", &aws::kString, false, kLess, "kept and shown; the chamber encrypts nothing"},
    {"ProvisionedThroughputOverride", &kReadUnits, false, kLess, kUnused},
    {"OnDemandThroughputOverride", &kMostReads, false, kLess, kEnforced},
    {"GlobalSecondaryIndexes", &kIndexes},
    {"TableClassOverride", &kTableClass, false, kLess, kOneClass},
};
constexpr Shape kCreation{.type = Type::Structure, .members = kCreationMembers};
// AWS refuses a change of the key, and of provisioned throughput on demand.
constexpr Member kChangeMembers[] = {
    {"RegionName", &aws::kString, true},
    {"KMSMasterKeyId", &aws::kString},
    {"ProvisionedThroughputOverride", &kReadUnits},
    {"OnDemandThroughputOverride", &kMostReads, false, kLess, kEnforced},
    {"GlobalSecondaryIndexes", &kIndexes},
    {"TableClassOverride", &kTableClass, false, kLess, kOneClass},
};
constexpr Shape kChange{.type = Type::Structure, .members = kChangeMembers};
constexpr Member kRegionMembers[] = {{"RegionName", &aws::kString, true}};
constexpr Shape kRegion{.type = Type::Structure, .members = kRegionMembers};
constexpr Member kUpdateMembers[] = {{"Create", &kCreation}, {"Update", &kChange}, {"Delete", &kRegion}};
constexpr Shape kUpdate{.type = Type::Structure, .members = kUpdateMembers};

// Version 2017.11.29.
constexpr Member kOldReplicaMembers[] = {{"RegionName", &aws::kString}};
constexpr Shape kOldReplica{.type = Type::Structure, .members = kOldReplicaMembers};
constexpr Shape kOldReplicas{.type = Type::List, .element = &kOldReplica};
constexpr Member kCreateGlobalTableMembers[] = {
    {"GlobalTableName", &kName, true}, {"ReplicationGroup", &kOldReplicas, true}};
constexpr Member kOldUpdateMembers[] = {{"Create", &kRegion}, {"Delete", &kRegion}};
constexpr Shape kOldUpdate{.type = Type::Structure, .members = kOldUpdateMembers};
constexpr Shape kOldUpdates{.type = Type::List, .element = &kOldUpdate};
constexpr Member kUpdateGlobalTableMembers[] = {
    {"GlobalTableName", &kName, true}, {"ReplicaUpdates", &kOldUpdates, true}};
constexpr Member kGlobalTableMembers[] = {{"GlobalTableName", &kName, true}};
constexpr Shape kLimit{.type = Type::Integer, .min = 1};
constexpr Member kListMembers[] = {
    {"ExclusiveStartGlobalTableName", &kName}, {"Limit", &kLimit}, {"RegionName", &aws::kString}};
// No such table exists, so nothing looks into them.
constexpr Member kOldSettingsMembers[] = {
    {"GlobalTableName", &kName, true},
    {"GlobalTableBillingMode", &kBillingMode},
    {"GlobalTableProvisionedWriteCapacityUnits", &kUnits},
    {"GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate", &aws::kDocument},
    {"GlobalTableGlobalSecondaryIndexSettingsUpdate", &aws::kDocument},
    {"ReplicaSettingsUpdate", &aws::kDocument},
};

}

const Shape kReplicaUpdates{.type = Type::List, .min = 1, .element = &kUpdate};
const Shape kCreateGlobalTable{.type = Type::Structure, .members = kCreateGlobalTableMembers};
const Shape kUpdateGlobalTable{.type = Type::Structure, .members = kUpdateGlobalTableMembers};
const Shape kGlobalTableOnly{.type = Type::Structure, .members = kGlobalTableMembers};
const Shape kListGlobalTables{.type = Type::Structure, .members = kListMembers};
const Shape kUpdateGlobalTableSettings{.type = Type::Structure, .members = kOldSettingsMembers};

}
