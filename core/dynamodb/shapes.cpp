#include "core/dynamodb/shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = Fidelity::Unsupported;

constexpr std::string_view kCapacityModes[] = {"INDEXES", "TOTAL", "NONE"};
constexpr std::string_view kMetricModes[] = {"SIZE", "NONE"};
constexpr std::string_view kReturnModes[] = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"};
constexpr std::string_view kFailureModes[] = {"ALL_OLD", "NONE"};
constexpr std::string_view kSelects[] = {
    "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"};
constexpr std::string_view kScalarTypes[] = {"B", "N", "S"};
constexpr std::string_view kKeyTypes[] = {"HASH", "RANGE"};
constexpr std::string_view kProjections[] = {"ALL", "INCLUDE", "KEYS_ONLY"};
constexpr std::string_view kBillingModes[] = {"PROVISIONED", "PAY_PER_REQUEST"};
constexpr std::string_view kTableClasses[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};

constexpr Shape kReturnCapacity{.type = Type::String, .values = kCapacityModes};
constexpr Shape kReturnMetrics{.type = Type::String, .values = kMetricModes};
constexpr Shape kReturnValues{.type = Type::String, .values = kReturnModes};
constexpr Shape kReturnOnFailure{.type = Type::String, .values = kFailureModes};
constexpr std::string_view kComparisons[] = {"IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT",
    "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE", "CONTAINS"};
constexpr std::string_view kJunctions[] = {"OR", "AND"};
constexpr std::string_view kUpdateActions[] = {"ADD", "PUT", "DELETE"};
constexpr Shape kSelect{.type = Type::String, .values = kSelects};

// A name or an ARN; the action checks the name in it.
constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kNewName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Shape kAttributeName{.type = Type::String, .min = 1, .max = 255};

// Attribute values are checked by the codec that reads them.
constexpr Shape kAttributeMap{.type = Type::Map, .element = &aws::kDocument};
constexpr Shape kNames{.type = Type::Map, .element = &aws::kString, .key = &aws::kString};

// ---- The parameters from before expressions
// ------------------------------------------------------------------------

constexpr Shape kComparison{.type = Type::String, .values = kComparisons};
constexpr Shape kJunction{.type = Type::String, .values = kJunctions};
constexpr Shape kUpdateAction{.type = Type::String, .values = kUpdateActions};
constexpr Shape kWantedAttribute{.type = Type::String, .max = 65535};
constexpr Shape kAttributesToGet{.type = Type::List, .min = 1, .max = 255, .element = &kWantedAttribute};
constexpr Shape kValueList{.type = Type::List, .element = &aws::kDocument};
constexpr Member kConditionMembers[] = {
    {"AttributeValueList", &kValueList}, {"ComparisonOperator", &kComparison, true}};
constexpr Shape kCondition{.type = Type::Structure, .members = kConditionMembers};
constexpr Shape kConditions{.type = Type::Map, .element = &kCondition};
constexpr Member kExpectationMembers[] = {
    {"Value", &aws::kDocument},
    {"Exists", &aws::kBoolean},
    {"ComparisonOperator", &kComparison},
    {"AttributeValueList", &kValueList},
};
constexpr Shape kExpectation{.type = Type::Structure, .members = kExpectationMembers};
constexpr Shape kExpected{.type = Type::Map, .element = &kExpectation};
constexpr Member kAttributeUpdateMembers[] = {{"Value", &aws::kDocument}, {"Action", &kUpdateAction}};
constexpr Shape kAttributeUpdate{.type = Type::Structure, .members = kAttributeUpdateMembers};
constexpr Shape kAttributeUpdates{.type = Type::Map, .element = &kAttributeUpdate};

// ---- Tables
// --------------------------------------------------------------------------------------------------------

constexpr Shape kKeyType{.type = Type::String, .values = kKeyTypes};
constexpr Shape kScalarType{.type = Type::String, .values = kScalarTypes};
constexpr Shape kUnits{.type = Type::Long, .min = 1};

constexpr Member kKeyElementMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"KeyType", &kKeyType, true}};
constexpr Shape kKeyElement{.type = Type::Structure, .members = kKeyElementMembers};
constexpr Shape kKeySchema{.type = Type::List, .min = 1, .max = 2, .element = &kKeyElement};

constexpr Member kDefinitionMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"AttributeType", &kScalarType, true}};
constexpr Shape kDefinition{.type = Type::Structure, .members = kDefinitionMembers};
constexpr Shape kDefinitions{.type = Type::List, .element = &kDefinition};

constexpr Member kThroughputMembers[] = {
    {"ReadCapacityUnits", &kUnits, true}, {"WriteCapacityUnits", &kUnits, true}};
constexpr Shape kThroughput{.type = Type::Structure, .members = kThroughputMembers};

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
    {"KeySchema", &kKeySchema, true},
    {"Projection", &kProjection, true},
    {"ProvisionedThroughput", &kThroughput},
    {"OnDemandThroughput", &aws::kDocument, false, kNo},
    {"WarmThroughput", &aws::kDocument, false, kNo},
};
constexpr Shape kGlobalIndex{.type = Type::Structure, .members = kGlobalIndexMembers};
constexpr Shape kGlobalIndexes{.type = Type::List, .element = &kGlobalIndex};

constexpr Shape kTagKey{.type = Type::String, .min = 1, .max = 128};
constexpr Shape kTagValue{.type = Type::String, .min = 0, .max = 256};
constexpr Member kTagMembers[] = {{"Key", &kTagKey, true}, {"Value", &kTagValue, true}};
constexpr Shape kTag{.type = Type::Structure, .members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .element = &kTag};

constexpr Member kStreamMembers[] = {
    {"StreamEnabled", &aws::kBoolean, true},
    {"StreamViewType", &aws::kString, false, kNo, "streams are not recorded"},
};
constexpr Shape kStream{.type = Type::Structure, .members = kStreamMembers};
constexpr Member kEncryptionMembers[] = {
    {"Enabled", &aws::kBoolean},
    {"SSEType", &aws::kString, false, kNo, "the chamber encrypts nothing"},
    {"KMSMasterKeyId", &aws::kString, false, kNo, "the chamber encrypts nothing"},
};
constexpr Shape kEncryption{.type = Type::Structure, .members = kEncryptionMembers};
constexpr Shape kBillingMode{.type = Type::String, .values = kBillingModes};
constexpr Shape kTableClass{.type = Type::String, .values = kTableClasses};

constexpr Member kCreateTableMembers[] = {
    {"AttributeDefinitions", &kDefinitions, true},
    {"TableName", &kNewName},
    {"KeySchema", &kKeySchema, true},
    {"LocalSecondaryIndexes", &kLocalIndexes},
    {"GlobalSecondaryIndexes", &kGlobalIndexes},
    {"BillingMode", &kBillingMode},
    {"ProvisionedThroughput", &kThroughput, false, Fidelity::Simplified, "kept and shown, never enforced"},
    {"StreamSpecification", &kStream},
    {"SSESpecification", &kEncryption, false, Fidelity::Simplified, "the chamber encrypts nothing"},
    {"Tags", &kTags},
    {"TableClass", &kTableClass, false, Fidelity::Simplified,
        "kept and shown; every class behaves as STANDARD"},
    {"DeletionProtectionEnabled", &aws::kBoolean},
    {"WarmThroughput", &aws::kDocument, false, kNo},
    {"ResourcePolicy", &aws::kString, false, kNo},
    {"OnDemandThroughput", &aws::kDocument, false, kNo},
    {"GlobalTableSourceArn", &aws::kString, false, kNo},
    {"GlobalTableSettingsReplicationMode", &aws::kString, false, kNo},
};

constexpr Member kTableOnlyMembers[] = {{"TableName", &kTableName}};
constexpr Member kTimeToLiveMembers[] = {{"TableName", &kTableName, true}};
constexpr Member kTagsOfMembers[] = {
    {"ResourceArn", &kTableName, true},
    {"NextToken", &aws::kString, false, kNo, "all tags fit one page"},
};

constexpr Shape kListLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Member kListTablesMembers[] = {{"ExclusiveStartTableName", &kNewName}, {"Limit", &kListLimit}};

// ---- Items
// ---------------------------------------------------------------------------------------------------------

constexpr Shape kLimit{.type = Type::Integer, .min = 1};
constexpr Shape kSegment{.type = Type::Integer, .min = 0, .max = 999'999};
constexpr Shape kTotalSegments{.type = Type::Integer, .min = 1, .max = 1'000'000};

constexpr Member kGetItemMembers[] = {
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"TableName", &kTableName, true},
    {"Key", &kAttributeMap, true},
    {"ConsistentRead", &aws::kBoolean},
    {"ProjectionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"AttributesToGet", &kAttributesToGet},
};

constexpr Member kPutItemMembers[] = {
    {"ReturnValues", &kReturnValues},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"ReturnItemCollectionMetrics", &kReturnMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"TableName", &kTableName, true},
    {"Item", &kAttributeMap, true},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"Expected", &kExpected},
    {"ConditionalOperator", &kJunction},
};

constexpr Member kUpdateItemMembers[] = {
    {"ReturnValues", &kReturnValues},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"ReturnItemCollectionMetrics", &kReturnMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"TableName", &kTableName, true},
    {"Key", &kAttributeMap, true},
    {"UpdateExpression", &aws::kString},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"AttributeUpdates", &kAttributeUpdates},
    {"Expected", &kExpected},
    {"ConditionalOperator", &kJunction},
};

constexpr Member kDeleteItemMembers[] = {
    {"ReturnValues", &kReturnValues},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"ReturnItemCollectionMetrics", &kReturnMetrics},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
    {"TableName", &kTableName, true},
    {"Key", &kAttributeMap, true},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"Expected", &kExpected},
    {"ConditionalOperator", &kJunction},
};

constexpr Member kQueryMembers[] = {
    {"Select", &kSelect},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"Limit", &kLimit},
    {"TableName", &kTableName, true},
    {"IndexName", &kNewName},
    {"ConsistentRead", &aws::kBoolean},
    {"ScanIndexForward", &aws::kBoolean},
    {"ExclusiveStartKey", &kAttributeMap},
    {"KeyConditionExpression", &aws::kString},
    {"FilterExpression", &aws::kString},
    {"ProjectionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"KeyConditions", &kConditions},
    {"QueryFilter", &kConditions},
    {"ConditionalOperator", &kJunction},
    {"AttributesToGet", &kAttributesToGet},
};

constexpr Member kScanMembers[] = {
    {"Select", &kSelect},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"Limit", &kLimit},
    {"TableName", &kTableName, true},
    {"IndexName", &kNewName},
    {"ConsistentRead", &aws::kBoolean},
    {"Segment", &kSegment},
    {"TotalSegments", &kTotalSegments},
    {"ExclusiveStartKey", &kAttributeMap},
    {"FilterExpression", &aws::kString},
    {"ProjectionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ScanFilter", &kConditions},
    {"ConditionalOperator", &kJunction},
    {"AttributesToGet", &kAttributesToGet},
};

// ---- Batches
// -------------------------------------------------------------------------------------------------------

constexpr Shape kKeyList{.type = Type::List, .min = 1, .max = 100, .element = &kAttributeMap};
constexpr Member kKeysMembers[] = {
    {"Keys", &kKeyList, true},
    {"ConsistentRead", &aws::kBoolean},
    {"ProjectionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"AttributesToGet", &kAttributesToGet},
};
constexpr Shape kKeys{.type = Type::Structure, .members = kKeysMembers};
constexpr Shape kGetRequests{.type = Type::Map, .element = &kKeys, .key = &kTableName};
constexpr Member kBatchGetMembers[] = {
    {"RequestItems", &kGetRequests, true}, {"ReturnConsumedCapacity", &kReturnCapacity}};

constexpr Member kPutMembers[] = {{"Item", &kAttributeMap, true}};
constexpr Shape kPut{.type = Type::Structure, .members = kPutMembers};
constexpr Member kDeleteMembers[] = {{"Key", &kAttributeMap, true}};
constexpr Shape kDelete{.type = Type::Structure, .members = kDeleteMembers};
constexpr Member kWriteMembers[] = {{"PutRequest", &kPut}, {"DeleteRequest", &kDelete}};
constexpr Shape kWrite{.type = Type::Structure, .members = kWriteMembers};
constexpr Shape kWriteList{.type = Type::List, .element = &kWrite};
constexpr Shape kWriteRequests{.type = Type::Map, .element = &kWriteList, .key = &kTableName};
constexpr Member kBatchWriteMembers[] = {
    {"RequestItems", &kWriteRequests, true},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"ReturnItemCollectionMetrics", &kReturnMetrics},
};

}

const Shape kNothing{.type = Type::Structure};
const Shape kCreateTable{.type = Type::Structure, .members = kCreateTableMembers};
const Shape kTableOnly{.type = Type::Structure, .members = kTableOnlyMembers};
const Shape kListTables{.type = Type::Structure, .members = kListTablesMembers};
const Shape kDescribeTimeToLive{.type = Type::Structure, .members = kTimeToLiveMembers};
const Shape kListTagsOfResource{.type = Type::Structure, .members = kTagsOfMembers};
const Shape kGetItem{.type = Type::Structure, .members = kGetItemMembers};
const Shape kPutItem{.type = Type::Structure, .members = kPutItemMembers};
const Shape kUpdateItem{.type = Type::Structure, .members = kUpdateItemMembers};
const Shape kDeleteItem{.type = Type::Structure, .members = kDeleteItemMembers};
const Shape kQuery{.type = Type::Structure, .members = kQueryMembers};
const Shape kScan{.type = Type::Structure, .members = kScanMembers};
const Shape kBatchGetItem{.type = Type::Structure, .members = kBatchGetMembers};
const Shape kBatchWriteItem{.type = Type::Structure, .members = kBatchWriteMembers};

}
