#include "core/dynamodb/expressions.h"

#include "core/dynamodb/condition_parser.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/placeholders.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/update_parser.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::string_view kProjection = "ProjectionExpression";

std::optional<std::string_view> textOf(
    const JsonView& input, std::span<const std::string_view> allowed, std::string_view name)
{
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
        return std::nullopt;
    const auto member = input.member(name);
    return member ? std::optional(member->text()) : std::nullopt;
}

Result<> checkNotMixed(const JsonView& input, std::span<const std::string_view> allowed)
{
    std::string given;
    for (const auto name : allowed) {
        if (input.member(name))
            given += (given.empty() ? "" : ", ") + std::string(name);
    }
    const auto legacy = given.empty() ? std::string{} : legacyParameters(input);
    if (legacy.empty())
        return {};
    return fail(errors::mixedParameters(legacy, given));
}

}

Result<> checkExpressionUse(const JsonView& input, std::span<const std::string_view> allowed)
{
    const auto given = [&](std::string_view name) { return input.member(name).has_value(); };
    CORE_CHECK(checkNotMixed(input, allowed));
    if (given("ExpressionAttributeNames") && std::none_of(allowed.begin(), allowed.end(), given)) {
        return fail(
            errors::validation("ExpressionAttributeNames can only be specified when using expressions"));
    }
    if (!given("ExpressionAttributeValues"))
        return {};
    std::string takesValues;
    int takers = 0;
    bool anyGiven = false;
    for (const auto name : allowed) {
        if (name == kProjection)
            continue;
        takesValues += (takesValues.empty() ? "" : " and ") + std::string(name);
        anyGiven = anyGiven || given(name);
        ++takers;
    }
    if (takers == 0 || anyGiven)
        return {};
    return fail(errors::validation("ExpressionAttributeValues can only be specified when using expressions: "
        + takesValues + (takers > 1 ? " are null" : " is null")));
}

Result<Expressions> parseExpressions(
    const JsonView& input, std::span<const std::string_view> allowed, Expressions legacy)
{
    auto expressions = std::move(legacy);
    CORE_TRY(auto placeholders,
        Placeholders::parse(
            input.member("ExpressionAttributeNames"), input.member("ExpressionAttributeValues")));
    if (const auto text = textOf(input, allowed, "UpdateExpression")) {
        CORE_TRY(auto update, parseUpdate(*text, placeholders));
        expressions.update = std::move(update);
    }
    if (const auto text = textOf(input, allowed, "ConditionExpression")) {
        CORE_TRY(auto condition, parseCondition("ConditionExpression", *text, placeholders));
        expressions.condition = std::move(condition);
    }
    std::optional<Condition> keyCondition;
    if (const auto text = textOf(input, allowed, "KeyConditionExpression")) {
        CORE_TRY(auto condition, parseCondition("KeyConditionExpression", *text, placeholders));
        keyCondition = std::move(condition);
    }
    if (const auto text = textOf(input, allowed, "FilterExpression")) {
        CORE_TRY(auto condition, parseCondition("FilterExpression", *text, placeholders));
        expressions.filter = std::move(condition);
    }
    if (const auto text = textOf(input, allowed, kProjection)) {
        CORE_TRY(auto paths, parseProjection(*text, placeholders));
        expressions.projection = std::move(paths);
    }
    CORE_CHECK(placeholders.checkAllUsed());
    if (keyCondition) {
        CORE_TRY(auto conditions, keyConditions(*keyCondition));
        expressions.keyConditions = std::move(conditions);
    }
    return expressions;
}

}
