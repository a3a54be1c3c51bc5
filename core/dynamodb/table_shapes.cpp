#include "core/dynamodb/replica_shapes.h"
#include "core/dynamodb/shapes.h"

// The shapes of actions on tables.
namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = Fidelity::Unsupported;
constexpr auto kLess = Fidelity::Simplified;
constexpr std::string_view kNoEncryption = "kept and shown; the chamber encrypts nothing";
constexpr std::string_view kNotEnforced =
    "enforced, as AWS describes it, where PUT /_chamber/dynamodb/throttling asks";
constexpr std::string_view kOneClass = "kept and shown; every class behaves as STANDARD";

constexpr std::string_view kScalarTypes[] = {"B", "N", "S"};
constexpr std::string_view kKeyTypes[] = {"HASH", "RANGE"};
constexpr std::string_view kProjections[] = {"ALL", "INCLUDE", "KEYS_ONLY"};
constexpr std::string_view kBillingModes[] = {"PROVISIONED", "PAY_PER_REQUEST"};
constexpr std::string_view kTableClasses[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};
constexpr std::string_view kStreamViews[] = {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"};
constexpr std::string_view kEncryptionTypes[] = {"AES256", "KMS"};

// A name or an ARN; the action checks the name in it.
constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kNewName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Shape kAttributeName{.type = Type::String, .min = 1, .max = 255};

constexpr Shape kKeyType{.type = Type::String, .values = kKeyTypes};
constexpr Shape kScalarType{.type = Type::String, .values = kScalarTypes};
constexpr Shape kUnits{.type = Type::Long, .min = 1};

constexpr Member kKeyElementMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"KeyType", &kKeyType, true}};
constexpr Shape kKeyElement{.type = Type::Structure, .members = kKeyElementMembers};
constexpr Shape kKeySchema{.type = Type::List, .min = 1, .max = 2, .element = &kKeyElement};
constexpr Shape kGlobalKeySchema{.type = Type::List, .min = 1, .element = &kKeyElement};

constexpr Member kDefinitionMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"AttributeType", &kScalarType, true}};
constexpr Shape kDefinition{.type = Type::Structure, .members = kDefinitionMembers};
constexpr Shape kDefinitions{.type = Type::List, .element = &kDefinition};

constexpr Member kThroughputMembers[] = {
    {"ReadCapacityUnits", &kUnits, true}, {"WriteCapacityUnits", &kUnits, true}};
constexpr Shape kThroughput{.type = Type::Structure, .members = kThroughputMembers};
constexpr Member kMaximumMembers[] = {
    {"MaxReadRequestUnits", &aws::kLong}, {"MaxWriteRequestUnits", &aws::kLong}};
constexpr Shape kMaximums{.type = Type::Structure, .members = kMaximumMembers};
constexpr Member kWarmMembers[] = {{"ReadUnitsPerSecond", &kUnits}, {"WriteUnitsPerSecond", &kUnits}};
constexpr Shape kWarm{.type = Type::Structure, .members = kWarmMembers};

constexpr Shape kNonKeyAttributes{.type = Type::List, .min = 1, .max = 20, .element = &kAttributeName};
constexpr Shape kProjectionType{.type = Type::String, .values = kProjections};
constexpr Member kProjectionMembers[] = {
    {"ProjectionType", &kProjectionType}, {"NonKeyAttributes", &kNonKeyAttributes}};
constexpr Shape kProjection{.type = Type::Structure, .members = kProjectionMembers};

constexpr Member kLocalIndexMembers[] = {
    {"IndexName", &kNewName, true}, {"KeySchema", &kKeySchema, true}, {"Projection", &kProjection, true}};
constexpr Shape kLocalIndex{.type = Type::Structure, .members = kLocalIndexMembers};
constexpr Shape kLocalIndexes{.type = Type::List, .element = &kLocalIndex};

constexpr Member kGlobalIndexMembers[] = {
    {"IndexName", &kNewName, true},
    {"KeySchema", &kGlobalKeySchema, true},
    {"Projection", &kProjection, true},
    {"ProvisionedThroughput", &kThroughput, false, kLess, kNotEnforced},
    {"OnDemandThroughput", &kMaximums, false, kLess, kNotEnforced},
    {"WarmThroughput", &kWarm, false, kLess, kNotEnforced},
};
constexpr Shape kGlobalIndex{.type = Type::Structure, .members = kGlobalIndexMembers};
constexpr Shape kGlobalIndexes{.type = Type::List, .element = &kGlobalIndex};

// The action words what is wrong with them.
constexpr Member kTagMembers[] = {{"Key", &aws::kString}, {"Value", &aws::kString}};
constexpr Shape kTag{.type = Type::Structure, .members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .element = &kTag};

constexpr Shape kStreamView{.type = Type::String, .values = kStreamViews};
constexpr Member kStreamMembers[] = {
    {"StreamEnabled", &aws::kBoolean, true}, {"StreamViewType", &kStreamView}};
constexpr Shape kStream{.type = Type::Structure, .members = kStreamMembers};
constexpr Shape kEncryptionType{.type = Type::String, .values = kEncryptionTypes};
constexpr Member kEncryptionMembers[] = {
    {"Enabled", &aws::kBoolean}, {"SSEType", &kEncryptionType}, {"KMSMasterKeyId", &aws::kString}};
constexpr Shape kEncryption{.type = Type::Structure, .members = kEncryptionMembers};
constexpr Shape kBillingMode{.type = Type::String, .values = kBillingModes};
constexpr std::string_view kConsistencies[] = {"EVENTUAL", "STRONG"};
constexpr Shape kConsistency{.type = Type::String, .values = kConsistencies};
constexpr Shape kTableClass{.type = Type::String, .values = kTableClasses};

constexpr Member kCreateTableMembers[] = {
    {"AttributeDefinitions", &kDefinitions, true},
    {"TableName", &kNewName},
    {"KeySchema", &kKeySchema, true},
    {"LocalSecondaryIndexes", &kLocalIndexes},
    {"GlobalSecondaryIndexes", &kGlobalIndexes},
    {"BillingMode", &kBillingMode},
    {"ProvisionedThroughput", &kThroughput, false, kLess, kNotEnforced},
    {"StreamSpecification", &kStream},
    {"SSESpecification", &kEncryption, false, kLess, kNoEncryption},
    {"Tags", &kTags},
    {"TableClass", &kTableClass, false, kLess, kOneClass},
    {"DeletionProtectionEnabled", &aws::kBoolean},
    {"WarmThroughput", &kWarm, false, kLess, kNotEnforced},
    {"ResourcePolicy", &aws::kString, false, kLess, "kept and shown; nobody is refused by it"},
    {"OnDemandThroughput", &kMaximums, false, kLess, kNotEnforced},
    {"GlobalTableSourceArn", &aws::kString, false, kNo},
    {"GlobalTableSettingsReplicationMode", &aws::kString, false, kNo},
};

constexpr Member kIndexUpdateMembers[] = {
    {"IndexName", &kNewName, true},
    {"ProvisionedThroughput", &kThroughput, false, kLess, kNotEnforced},
    {"OnDemandThroughput", &kMaximums, false, kLess, kNotEnforced},
    {"WarmThroughput", &kWarm, false, kLess, kNotEnforced},
};
constexpr Shape kIndexUpdate{.type = Type::Structure, .members = kIndexUpdateMembers};
constexpr Member kIndexDeletionMembers[] = {{"IndexName", &kNewName, true}};
constexpr Shape kIndexDeletion{.type = Type::Structure, .members = kIndexDeletionMembers};
constexpr Member kIndexChangeMembers[] = {
    {"Update", &kIndexUpdate}, {"Create", &kGlobalIndex}, {"Delete", &kIndexDeletion}};
constexpr Shape kIndexChange{.type = Type::Structure, .members = kIndexChangeMembers};
constexpr Shape kIndexChanges{.type = Type::List, .element = &kIndexChange};

constexpr Member kUpdateTableMembers[] = {
    {"AttributeDefinitions", &kDefinitions},
    {"TableName", &kTableName, true},
    {"BillingMode", &kBillingMode},
    {"ProvisionedThroughput", &kThroughput, false, kLess, kNotEnforced},
    {"GlobalSecondaryIndexUpdates", &kIndexChanges},
    {"StreamSpecification", &kStream},
    {"SSESpecification", &kEncryption, false, kLess, kNoEncryption},
    {"ReplicaUpdates", &kReplicaUpdates},
    {"TableClass", &kTableClass, false, kLess, kOneClass},
    {"DeletionProtectionEnabled", &aws::kBoolean},
    {"MultiRegionConsistency", &kConsistency, false, kLess,
        "EVENTUAL alone; STRONG is refused; the error without a replica to make is not verified"},
    {"GlobalTableWitnessUpdates", &aws::kDocument, false, kNo, "witnesses belong to STRONG consistency"},
    {"OnDemandThroughput", &kMaximums, false, kLess, kNotEnforced},
    {"WarmThroughput", &kWarm, false, kLess, kNotEnforced},
    {"GlobalTableSettingsReplicationMode", &aws::kString, false, kNo},
};

constexpr Member kTableOnlyMembers[] = {{"TableName", &kTableName}};
constexpr Member kTimeToLiveMembers[] = {{"TableName", &kTableName, true}};
constexpr Member kExpiryMembers[] = {
    {"Enabled", &aws::kBoolean, true}, {"AttributeName", &kAttributeName, true}};
constexpr Shape kExpiry{.type = Type::Structure, .members = kExpiryMembers};
constexpr Member kUpdateTimeToLiveMembers[] = {
    {"TableName", &kTableName, true}, {"TimeToLiveSpecification", &kExpiry, true}};
constexpr Member kTagResourceMembers[] = {{"ResourceArn", &kTableName, true}, {"Tags", &kTags, true}};
constexpr Member kUntagResourceMembers[] = {
    {"ResourceArn", &kTableName, true}, {"TagKeys", &aws::kStringList, true}};
constexpr Shape kRevision{.type = Type::String, .min = 1, .max = 255};
constexpr Member kPutPolicyMembers[] = {
    {"ResourceArn", &kTableName, true},
    {"Policy", &aws::kString, true},
    {"ExpectedRevisionId", &kRevision},
    {"ConfirmRemoveSelfResourceAccess", &aws::kBoolean, false, kLess,
        "nobody is refused, so nobody can lose access"},
};
constexpr Member kGetPolicyMembers[] = {{"ResourceArn", &kTableName, true}};
constexpr Member kDeletePolicyMembers[] = {
    {"ResourceArn", &kTableName, true}, {"ExpectedRevisionId", &kRevision}};
constexpr Member kTagsOfMembers[] = {
    {"ResourceArn", &kTableName, true},
    {"NextToken", &aws::kString, false, kNo, "all tags fit one page"},
};

constexpr Shape kListLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Member kListTablesMembers[] = {{"ExclusiveStartTableName", &kNewName}, {"Limit", &kListLimit}};

constexpr Shape kDuration{.type = Type::Double, .min = 0, .max = 86'400};
constexpr Member kTransitionMembers[] = {{"CreateTable", &kDuration}, {"UpdateTable", &kDuration},
    {"DeleteTable", &kDuration}, {"CreateIndex", &kDuration}, {"DeleteIndex", &kDuration}};

}

const Shape kNothing{.type = Type::Structure};
const Shape kCreateTable{.type = Type::Structure, .members = kCreateTableMembers};
const Shape kUpdateTable{.type = Type::Structure, .members = kUpdateTableMembers};
const Shape kTransitions{.type = Type::Structure, .members = kTransitionMembers};
const Shape kTableOnly{.type = Type::Structure, .members = kTableOnlyMembers};
const Shape kListTables{.type = Type::Structure, .members = kListTablesMembers};
const Shape kDescribeTimeToLive{.type = Type::Structure, .members = kTimeToLiveMembers};
const Shape kUpdateTimeToLive{.type = Type::Structure, .members = kUpdateTimeToLiveMembers};
const Shape kTagResource{.type = Type::Structure, .members = kTagResourceMembers};
const Shape kUntagResource{.type = Type::Structure, .members = kUntagResourceMembers};
const Shape kPutResourcePolicy{.type = Type::Structure, .members = kPutPolicyMembers};
const Shape kGetResourcePolicy{.type = Type::Structure, .members = kGetPolicyMembers};
const Shape kDeleteResourcePolicy{.type = Type::Structure, .members = kDeletePolicyMembers};
const Shape kListTagsOfResource{.type = Type::Structure, .members = kTagsOfMembers};

}
