#include "core/dynamodb/partiql/values.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>
#include <set>

namespace core::dynamodb::partiql {

namespace {

using Kind = Expression::Kind;

constexpr int kMaxDepth = 31;

// What AWS calls an expression that is no value.
std::string nameOf(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Parameter:
        return "Parameter";
    case Kind::Call:
        return expression.text;
    case Kind::AtPath:
        return expression.path.size() > 1 ? "Path" : "VariableReference";
    case Kind::Missing:
        return "LiteralMissing";
    default:
        return "NAry";
    }
}

Result<AttributeValue> literal(const Expression& expression, const std::string& place, int depth);

Result<AttributeValue> number(const Expression& expression, const std::string& place)
{
    auto parsed = Number::parse(expression.text);
    if (!parsed) {
        auto error = std::move(parsed).error();
        error.message += " under " + place;
        return fail(std::move(error));
    }
    return AttributeValue::number(*parsed);
}

Error duplicates(const Expression& bag, bool numbers, const std::string& place)
{
    std::string shown;
    for (const auto& member : bag.children)
        shown += (shown.empty() ? "" : ", ") + member.text;
    return dynamodb::errors::invalidParameters(
        "Input collection [" + shown + "] contains duplicates" + (numbers ? "! under " + place : "."));
}

Result<AttributeValue> bag(const Expression& expression, const std::string& place)
{
    const auto& members = expression.children;
    if (members.empty())
        return fail(errors::invalid("Empty bags are not supported"));
    const auto kind = members.front().kind;
    const bool numbers = kind == Kind::Number;
    const bool fits = std::all_of(
        members.begin(), members.end(), [kind](const Expression& member) { return member.kind == kind; });
    if (!fits || (!numbers && kind != Kind::String)) {
        return fail(errors::invalid("Unsupported data type in Bag. DynamoDB only supports either numbers or "
                                    "strings in bags"));
    }
    AttributeValue::Set set;
    for (const auto& member : members) {
        if (numbers) {
            CORE_TRY(const auto value, number(member, place));
            set.push_back(value.text());
        } else {
            set.push_back(member.text);
        }
    }
    auto sorted = set;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return fail(duplicates(expression, numbers, place));
    return AttributeValue::set(numbers ? AttributeType::NS : AttributeType::SS, std::move(set));
}

Result<AttributeValue> list(const Expression& expression, const std::string& place, int depth)
{
    AttributeValue::List values;
    for (const auto& child : expression.children) {
        CORE_TRY(auto value, literal(child, place + "[" + std::to_string(values.size()) + "]", depth + 1));
        values.push_back(std::move(value));
    }
    return AttributeValue::list(std::move(values));
}

// Checks the names of a tuple.
Result<> checkNames(const Expression& tuple, const std::string& place)
{
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < tuple.children.size(); i += 2) {
        const auto& name = tuple.children[i];
        if (name.kind != Kind::String) {
            return fail(errors::invalid(
                "Tuple keys must be of type String. Actual type: " + nameOf(name) + " under " + place));
        }
        if (!seen.insert(name.text).second)
            return fail(errors::invalid("Duplicate keys in tuple. Key: " + name.text + " under " + place));
    }
    return {};
}

Result<AttributeValue> tuple(const Expression& expression, const std::string& place, int depth)
{
    CORE_CHECK(checkNames(expression, place));
    Attributes map;
    for (std::size_t i = 0; i < expression.children.size(); i += 2) {
        const auto& name = expression.children[i].text;
        CORE_TRY(auto value, literal(expression.children[i + 1], place + "." + name, depth + 1));
        map.append(name, std::move(value));
    }
    map.sort();
    return AttributeValue::map(std::move(map));
}

Result<AttributeValue> literal(const Expression& expression, const std::string& place, int depth)
{
    if (depth > kMaxDepth)
        return fail(errors::invalid("Nesting Levels have exceeded supported limits under " + place));
    switch (expression.kind) {
    case Kind::String:
        return AttributeValue::string(expression.text);
    case Kind::Number:
        return number(expression, place);
    case Kind::Boolean:
        return AttributeValue::boolean(expression.boolean);
    case Kind::Null:
        return AttributeValue::null();
    case Kind::List:
        return list(expression, place, depth);
    case Kind::Bag:
        return bag(expression, place);
    case Kind::Tuple:
        return tuple(expression, place, depth);
    case Kind::Ion:
        return fail(errors::invalidAt(
            "Ion Literals are not supported: " + expression.text + " under key " + place, expression.at));
    default:
        return fail(errors::invalidAt(
            "Unsupported data type: " + nameOf(expression) + " under key " + place, expression.at));
    }
}

}

Result<Parameters> readParameters(const std::optional<JsonView>& json)
{
    Parameters parameters;
    std::optional<Error> error;
    if (!json)
        return parameters;
    json->eachElement([&](JsonView element) {
        auto value = decodeValue(element);
        if (value)
            parameters.push_back(std::move(*value));
        else
            error = std::move(value).error();
        return !error;
    });
    if (error)
        return fail(std::move(*error));
    return parameters;
}

// What is too many AWS does not mind.
Result<> checkParameters(const Statement& statement, const Parameters& parameters)
{
    if (statement.parameters > parameters.size())
        return fail(errors::parametersDoNotMatch());
    return {};
}

bool isValue(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::String:
    case Kind::Number:
    case Kind::Boolean:
    case Kind::Null:
    case Kind::Ion:
    case Kind::List:
    case Kind::Bag:
    case Kind::Tuple:
    case Kind::Parameter:
        return true;
    default:
        return false;
    }
}

Result<AttributeValue> valueOf(const Expression& expression, const Parameters& parameters)
{
    if (expression.kind == Kind::Parameter)
        return parameters[expression.index];
    return literal(expression, "root", 0);
}

Result<Attributes> itemOf(const Expression& tuple, const Parameters& parameters)
{
    CORE_CHECK(checkNames(tuple, "root"));
    Attributes item;
    for (std::size_t i = 0; i < tuple.children.size(); i += 2) {
        CORE_TRY(auto value, valueOf(tuple.children[i + 1], parameters));
        item.append(tuple.children[i].text, std::move(value));
    }
    item.sort();
    return item;
}

}
