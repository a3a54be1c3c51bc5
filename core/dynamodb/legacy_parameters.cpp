#include "core/dynamodb/legacy_parameters.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"

#include <algorithm>
#include <array>

namespace core::dynamodb {

namespace {

using Kind = Condition::Kind;

constexpr std::string_view kParameters[] = {"AttributesToGet", "QueryFilter", "ScanFilter",
    "AttributeUpdates", "Expected", "ConditionalOperator", "KeyConditions"};

// What a comparison operator wants to be compared with.
struct Operator {
    std::string_view name;
    Kind kind;
    std::string_view function; // for Kind::Function
    std::size_t fewest;
    std::size_t most;
    std::string_view types; // of its values; "" for any
};

constexpr Operator kOperators[] = {
    {"EQ", Kind::Equal, {}, 1, 1, {}},
    {"NE", Kind::NotEqual, {}, 1, 1, {}},
    {"LE", Kind::LessOrEqual, {}, 1, 1, "SNB"},
    {"LT", Kind::Less, {}, 1, 1, "SNB"},
    {"GE", Kind::GreaterOrEqual, {}, 1, 1, "SNB"},
    {"GT", Kind::Greater, {}, 1, 1, "SNB"},
    {"BETWEEN", Kind::Between, {}, 2, 2, "SNB"},
    {"IN", Kind::In, {}, 1, SIZE_MAX, "SNB"},
    {"NOT_NULL", Kind::Function, "attribute_exists", 0, 0, {}},
    {"NULL", Kind::Function, "attribute_not_exists", 0, 0, {}},
    {"CONTAINS", Kind::Function, "contains", 1, 1, "SNB"},
    {"NOT_CONTAINS", Kind::Not, "contains", 1, 1, "SNB"},
    {"BEGINS_WITH", Kind::Function, "begins_with", 1, 1, "SB"},
};

const Operator& operatorNamed(std::string_view name)
{
    return *std::find_if(std::begin(kOperators), std::end(kOperators),
        [name](const Operator& one) { return one.name == name; }); // the shape lets no other through
}

Error invalid(const std::string& detail)
{
    return errors::invalidParameters(detail);
}

Result<std::vector<AttributeValue>> readValues(const JsonView& list)
{
    std::vector<AttributeValue> values;
    std::optional<Error> error;
    list.eachElement([&](JsonView json) {
        auto value = decodeValue(json);
        if (value)
            values.push_back(std::move(*value));
        else
            error = std::move(value).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    return values;
}

Result<> checkValues(const Operator& comparison, const std::vector<AttributeValue>& values)
{
    const std::string name(comparison.name);
    if (values.size() < comparison.fewest || values.size() > comparison.most)
        return fail(invalid("Invalid number of argument(s) for the " + name + " ComparisonOperator"));
    for (const auto& value : values) {
        if (value.type() != values.front().type())
            return fail(invalid("AttributeValues inside AttributeValueList must be of same type"));
    }
    for (const auto& value : values) {
        const auto type = typeName(value.type());
        if (!comparison.types.empty()
            && (type.size() > 1 || comparison.types.find(type) == comparison.types.npos)) {
            return fail(invalid("ComparisonOperator " + name + " is not valid for " + std::string(type)
                + " AttributeValue type"));
        }
    }
    if (comparison.kind == Kind::Between && compare(values[0], values[1]) == std::strong_ordering::greater) {
        return fail(errors::validation("The BETWEEN condition was provided a range where the lower bound is "
                                       "greater than the upper bound"));
    }
    return {};
}

Operand pathTo(std::string_view attribute)
{
    return pathOperand({{std::string(attribute), std::nullopt}});
}

Condition call(std::string_view function, std::string_view attribute, std::vector<AttributeValue> values)
{
    Operand operand;
    operand.kind = Operand::Kind::Function;
    operand.name = std::string(function);
    operand.arguments.push_back(pathTo(attribute));
    for (auto& value : values)
        operand.arguments.push_back(valueOperand(std::move(value)));
    return {Kind::Function, {}, {std::move(operand)}};
}

Condition conditionOf(
    const Operator& comparison, std::string_view attribute, std::vector<AttributeValue> values)
{
    if (comparison.kind == Kind::Function)
        return call(comparison.function, attribute, std::move(values));
    // Of an attribute that is not there, neither CONTAINS nor NOT_CONTAINS holds.
    if (comparison.kind == Kind::Not) {
        Condition inverted{Kind::Not, {call(comparison.function, attribute, std::move(values))}, {}};
        return {Kind::And, {call("attribute_exists", attribute, {}), std::move(inverted)}, {}};
    }
    Condition condition{comparison.kind, {}, {pathTo(attribute)}};
    for (auto& value : values)
        condition.operands.push_back(valueOperand(std::move(value)));
    return condition;
}

// {"AttributeValueList": […], "ComparisonOperator": "EQ"}
Result<std::vector<AttributeValue>> comparedValues(const JsonView& json)
{
    std::vector<AttributeValue> values;
    if (const auto list = json.member("AttributeValueList")) {
        CORE_TRY(values, readValues(*list));
    }
    CORE_CHECK(checkValues(operatorNamed(json.member("ComparisonOperator")->text()), values));
    return values;
}

Result<Condition> filterPart(std::string_view attribute, const JsonView& json)
{
    CORE_TRY(auto values, comparedValues(json));
    return conditionOf(
        operatorNamed(json.member("ComparisonOperator")->text()), attribute, std::move(values));
}

Result<Condition> comparedExpectation(std::string_view attribute, const JsonView& json)
{
    const auto name = json.member("ComparisonOperator")->text();
    const auto& comparison = operatorNamed(name);
    const auto list = json.member("AttributeValueList");
    const auto value = json.member("Value");
    if (json.member("Exists")) {
        return fail(invalid("Exists and ComparisonOperator cannot be used together for Attribute: "
            + std::string(attribute)));
    }
    if (comparison.fewest > 0 && !list && !value) {
        return fail(invalid("Value or AttributeValueList must be used with ComparisonOperator: "
            + std::string(name) + " for Attribute: " + std::string(attribute)));
    }
    std::vector<AttributeValue> values;
    if (list) {
        CORE_TRY(values, readValues(*list));
    } else if (value) {
        CORE_TRY(auto only, decodeValue(*value));
        values.push_back(std::move(only));
    }
    CORE_CHECK(checkValues(comparison, values));
    return conditionOf(comparison, attribute, std::move(values));
}

Result<Condition> expectation(std::string_view attribute, const JsonView& json)
{
    const std::string name(attribute);
    const auto list = json.member("AttributeValueList");
    const auto value = json.member("Value");
    if (list && value)
        return fail(invalid("Value and AttributeValueList cannot be used together for Attribute: " + name));
    if (json.member("ComparisonOperator"))
        return comparedExpectation(attribute, json);
    if (list) {
        return fail(
            invalid("AttributeValueList can only be used with a ComparisonOperator for Attribute: " + name));
    }
    const auto exists = json.member("Exists");
    const bool wanted = !exists || exists->boolean();
    if (wanted && !value) {
        return fail(invalid(std::string("Value must be provided when Exists is ") + (exists ? "true" : "null")
            + " for Attribute: " + name));
    }
    if (!wanted && value)
        return fail(invalid("Value cannot be used when Exists is false for Attribute: " + name));
    if (!wanted)
        return call("attribute_not_exists", attribute, {});
    CORE_TRY(auto decoded, decodeValue(*value));
    std::vector<AttributeValue> values;
    values.push_back(std::move(decoded));
    return conditionOf(operatorNamed("EQ"), attribute, std::move(values));
}

// All or any of a map's conditions; nothing for an empty map.
Result<std::optional<Condition>> joined(const JsonView& map, bool any,
    Result<Condition> (*read)(std::string_view attribute, const JsonView& json))
{
    Condition condition;
    condition.kind = any ? Kind::Or : Kind::And;
    std::optional<Error> error;
    map.eachMember([&](std::string_view attribute, JsonView json) {
        auto part = read(attribute, json);
        if (part)
            condition.children.push_back(std::move(*part));
        else
            error = std::move(part).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    if (condition.children.empty())
        return std::optional<Condition>{};
    if (condition.children.size() == 1)
        return std::optional(std::move(condition.children.front()));
    return std::optional(std::move(condition));
}

Result<> checkConditionalOperator(const JsonView& input, const std::optional<JsonView>& conditions)
{
    if (!input.member("ConditionalOperator"))
        return {};
    const auto count = conditions ? conditions->size() : 0;
    if (count == 0)
        return fail(errors::validation("ConditionalOperator cannot be used without Filter or Expected"));
    if (count == 1) {
        return fail(errors::validation(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements"));
    }
    return {};
}

bool isSet(AttributeType type)
{
    return type == AttributeType::SS || type == AttributeType::NS || type == AttributeType::BS;
}

Result<UpdateAction> attributeUpdate(std::string_view attribute, const JsonView& json)
{
    const auto member = json.member("Action");
    const auto action = member ? member->text() : std::string_view("PUT");
    const auto given = json.member("Value");
    UpdateAction update;
    update.path.push_back({std::string(attribute), std::nullopt});
    if (!given) {
        if (action != "DELETE")
            return fail(invalid("Only DELETE action is allowed when no attribute value is specified"));
        update.kind = UpdateAction::Kind::Remove;
        return update;
    }
    CORE_TRY(auto value, decodeValue(*given));
    const auto type = value.type();
    if (action == "DELETE" && !isSet(type)) {
        return fail(
            invalid("DELETE action with value is not supported for the type " + std::string(typeName(type))));
    }
    if (action == "ADD" && !isSet(type) && type != AttributeType::N && type != AttributeType::L)
        return fail(invalid("ADD action is not supported for the type " + std::string(typeName(type))));
    update.kind = action == "DELETE" ? UpdateAction::Kind::Delete
        : action == "ADD"            ? UpdateAction::Kind::Add
                                     : UpdateAction::Kind::Set;
    update.value = valueOperand(std::move(value));
    return update;
}

Result<UpdateExpression> attributeUpdates(const JsonView& map)
{
    UpdateExpression updates;
    updates.legacy = true;
    std::optional<Error> error;
    map.eachMember([&](std::string_view attribute, JsonView json) {
        auto update = attributeUpdate(attribute, json);
        if (update)
            updates.actions.push_back(std::move(*update));
        else
            error = std::move(update).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    return updates;
}

Result<std::vector<Path>> attributesToGet(const JsonView& list)
{
    std::vector<Path> paths;
    std::string duplicate;
    list.eachElement([&](JsonView name) {
        Path path{{std::string(name.text()), std::nullopt}};
        if (std::find(paths.begin(), paths.end(), path) != paths.end())
            duplicate = path.front().name;
        paths.push_back(std::move(path));
        return duplicate.empty();
    });
    if (!duplicate.empty())
        return fail(invalid("Duplicate value in attribute name: " + duplicate));
    return paths;
}

Result<KeyCondition> keyCondition(std::string_view attribute, const JsonView& json)
{
    KeyCondition condition;
    condition.attribute = std::string(attribute);
    CORE_TRY(condition.values, comparedValues(json));
    const auto name = json.member("ComparisonOperator")->text();
    using enum KeyCondition::Kind;
    constexpr std::pair<std::string_view, KeyCondition::Kind> kKinds[] = {{"EQ", Equal}, {"LT", Less},
        {"LE", LessOrEqual}, {"GT", Greater}, {"GE", GreaterOrEqual}, {"BETWEEN", Between},
        {"BEGINS_WITH", BeginsWith}};
    condition.kind = Other;
    for (const auto& [known, kind] : kKinds)
        condition.kind = known == name ? kind : condition.kind;
    return condition;
}

}

std::string legacyParameters(const JsonView& input)
{
    std::string names;
    for (const auto name : kParameters) {
        // KeyConditions may stand beside the other expressions.
        const bool counts = name != "KeyConditions" || input.member("KeyConditionExpression");
        if (counts && input.member(name))
            names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

Result<Expressions> parseLegacy(const JsonView& input)
{
    Expressions result;
    const auto expected = input.member("Expected");
    const auto query = input.member("QueryFilter");
    const auto filter = query ? query : input.member("ScanFilter");
    CORE_CHECK(checkConditionalOperator(input, expected ? expected : filter));
    const auto conditional = input.member("ConditionalOperator");
    const bool any = conditional && conditional->text() == "OR";
    if (const auto updates = input.member("AttributeUpdates")) {
        CORE_TRY(result.update, attributeUpdates(*updates));
    }
    if (expected) {
        CORE_TRY(result.condition, joined(*expected, any, expectation));
    }
    if (filter) {
        CORE_TRY(result.filter, joined(*filter, any, filterPart));
    }
    if (const auto names = input.member("AttributesToGet")) {
        CORE_TRY(result.projection, attributesToGet(*names));
    }
    return result;
}

Result<std::vector<KeyCondition>> legacyKeyConditions(const JsonView& input)
{
    std::vector<KeyCondition> conditions;
    std::optional<Error> error;
    input.member("KeyConditions")->eachMember([&](std::string_view attribute, JsonView json) {
        auto condition = keyCondition(attribute, json);
        if (condition)
            conditions.push_back(std::move(*condition));
        else
            error = std::move(condition).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    if (conditions.empty())
        return fail(errors::validation("Conditions can be of length 1 or 2 only"));
    return conditions;
}

}
