#include "core/dynamodb/shapes.h"

#include "core/dynamodb/return_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = Fidelity::Unsupported;

constexpr std::string_view kReturnModes[] = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"};
constexpr std::string_view kSelects[] = {
    "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"};

constexpr Shape kReturnValues{.type = Type::String, .values = kReturnModes};
constexpr std::string_view kComparisons[] = {"IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT",
    "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE", "CONTAINS"};
constexpr std::string_view kJunctions[] = {"OR", "AND"};
constexpr std::string_view kUpdateActions[] = {"ADD", "PUT", "DELETE"};
constexpr Shape kSelect{.type = Type::String, .values = kSelects};

// A name or an ARN; the action checks the name in it.
constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kNewName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};

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

const Shape kGetItem{.type = Type::Structure, .members = kGetItemMembers};
const Shape kPutItem{.type = Type::Structure, .members = kPutItemMembers};
const Shape kUpdateItem{.type = Type::Structure, .members = kUpdateItemMembers};
const Shape kDeleteItem{.type = Type::Structure, .members = kDeleteItemMembers};
const Shape kQuery{.type = Type::Structure, .members = kQueryMembers};
const Shape kScan{.type = Type::Structure, .members = kScanMembers};
const Shape kBatchGetItem{.type = Type::Structure, .members = kBatchGetMembers};
const Shape kBatchWriteItem{.type = Type::Structure, .members = kBatchWriteMembers};

}
