#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/key_condition.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// All expressions of one request, parsed, with the placeholders that they share filled in.
struct Expressions {
    std::optional<UpdateExpression> update;
    std::optional<Condition> condition;
    std::optional<std::vector<KeyCondition>> keyConditions;
    std::optional<Condition> filter;
    std::optional<std::vector<Path>> projection;
};

// Whether expressions stand alone, without the older parameters, and names and values come with an expression
// that may use them. `allowed`: the action's expression parameters.
Result<> checkExpressionUse(const JsonView& input, std::span<const std::string_view> allowed);

// Parses the expression parameters that the request has, beside what it had of the older ones. Names and
// values that no expression uses are an error.
Result<Expressions> parseExpressions(
    const JsonView& input, std::span<const std::string_view> allowed, Expressions legacy = {});

inline constexpr std::string_view kConditionOnly[] = {"ConditionExpression"};
inline constexpr std::string_view kUpdateExpressions[] = {"UpdateExpression", "ConditionExpression"};
inline constexpr std::string_view kProjectionOnly[] = {"ProjectionExpression"};
inline constexpr std::string_view kQueryExpressions[] = {
    "ProjectionExpression", "FilterExpression", "KeyConditionExpression"};
inline constexpr std::string_view kScanExpressions[] = {"ProjectionExpression", "FilterExpression"};

}
