#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// One comparison of a key-condition expression with the attribute brought to the left.
struct KeyCondition {
    // Other: what only KeyConditions can say and no index can answer.
    enum class Kind { Equal, Less, LessOrEqual, Greater, GreaterOrEqual, Between, BeginsWith, Other };
    std::string attribute;
    Kind kind = Kind::Equal;
    std::vector<AttributeValue> values; // one; two for Between; any number for Other
};

// Takes a parsed key-condition expression apart; refuses what a key condition may not say, in AWS's words.
Result<std::vector<KeyCondition>> keyConditions(const Condition& condition);

// Whether a sort key satisfies a condition on it.
bool matches(const KeyCondition& condition, const AttributeValue& value);
std::string described(const KeyCondition& condition);

// The rows behind `prefix`, the bytes of a partition key and of sort keys that are equal, or those among them
// whose next sort key satisfies `range` (null for all).
store::Range rowsMatching(const std::string& prefix, const KeyCondition* range);
// The rows of one partition, or those among them whose sort key satisfies `range` (null for all).
store::Range rowsMatching(const AttributeValue& partitionKey, const KeyCondition* range);

}
