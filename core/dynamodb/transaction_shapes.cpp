#include "core/dynamodb/transaction_shapes.h"

#include "core/dynamodb/return_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kAttributeMap{.type = Type::Map, .element = &aws::kDocument};
constexpr Shape kNames{.type = Type::Map, .element = &aws::kString, .key = &aws::kString};
constexpr Shape kToken{.type = Type::String, .min = 1, .max = 36};

constexpr Member kCheckMembers[] = {
    {"Key", &kAttributeMap, true},
    {"TableName", &kTableName, true},
    {"ConditionExpression", &aws::kString, true},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kCheck{.type = Type::Structure, .members = kCheckMembers};

constexpr Member kPutMembers[] = {
    {"Item", &kAttributeMap, true},
    {"TableName", &kTableName, true},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kPut{.type = Type::Structure, .members = kPutMembers};

constexpr Member kDeleteMembers[] = {
    {"Key", &kAttributeMap, true},
    {"TableName", &kTableName, true},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kDelete{.type = Type::Structure, .members = kDeleteMembers};

constexpr Member kUpdateMembers[] = {
    {"Key", &kAttributeMap, true},
    {"UpdateExpression", &aws::kString, true},
    {"TableName", &kTableName, true},
    {"ConditionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kReturnOnFailure},
};
constexpr Shape kUpdate{.type = Type::Structure, .members = kUpdateMembers};

constexpr Member kWriteMembers[] = {
    {"ConditionCheck", &kCheck}, {"Put", &kPut}, {"Delete", &kDelete}, {"Update", &kUpdate}};
constexpr Shape kWrite{.type = Type::Structure, .members = kWriteMembers};
constexpr Shape kWrites{.type = Type::List, .min = 1, .max = 100, .element = &kWrite};
constexpr Member kTransactWriteMembers[] = {
    {"TransactItems", &kWrites, true},
    {"ReturnConsumedCapacity", &kReturnCapacity},
    {"ReturnItemCollectionMetrics", &kReturnMetrics},
    {"ClientRequestToken", &kToken},
};

constexpr Member kGetMembers[] = {
    {"Key", &kAttributeMap, true},
    {"TableName", &kTableName, true},
    {"ProjectionExpression", &aws::kString},
    {"ExpressionAttributeNames", &kNames},
};
constexpr Shape kGet{.type = Type::Structure, .members = kGetMembers};
constexpr Member kReadMembers[] = {{"Get", &kGet, true}};
constexpr Shape kRead{.type = Type::Structure, .members = kReadMembers};
constexpr Shape kReads{.type = Type::List, .min = 1, .max = 100, .element = &kRead};
constexpr Member kTransactGetMembers[] = {
    {"TransactItems", &kReads, true},
    {"ReturnConsumedCapacity", &kReturnCapacity},
};

}

const Shape kTransactWriteItems{.type = Type::Structure, .members = kTransactWriteMembers};
const Shape kTransactGetItems{.type = Type::Structure, .members = kTransactGetMembers};

}
