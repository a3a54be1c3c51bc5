#include "core/dynamodb/condition_eval.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

using Kind = Condition::Kind;

// AWS counts a string as Java does: a character beyond the basic plane, four bytes of UTF-8, is two.
std::size_t utf16Length(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0) != 0x80 ? 1 : 0;
        units += byte >= 0xF0 ? 1 : 0;
    }
    return units;
}

std::optional<std::size_t> sizeOf(const AttributeValue& value)
{
    switch (value.type()) {
    case AttributeType::S:
        return utf16Length(value.text());
    case AttributeType::B:
        return value.text().size();
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        return value.members().size();
    case AttributeType::L:
        return value.list().size();
    case AttributeType::M:
        return value.map().size();
    default:
        return std::nullopt;
    }
}

// The operand's value in this item; null when it has none. `scratch` holds a computed one.
const AttributeValue* valueOf(const Operand& operand, const Attributes& item, AttributeValue& scratch)
{
    if (operand.isValue())
        return &operand.value;
    if (operand.isPath())
        return valueAt(operand.path, item);
    AttributeValue inner;
    const auto* argument = valueOf(operand.arguments.front(), item, inner);
    const auto size = argument ? sizeOf(*argument) : std::nullopt;
    if (!size)
        return nullptr;
    scratch = AttributeValue::number(Number(static_cast<std::int64_t>(*size)));
    return &scratch;
}

bool contains(const AttributeValue& container, const AttributeValue& sought)
{
    switch (container.type()) {
    case AttributeType::S:
    case AttributeType::B:
        return sought.type() == container.type() && container.text().find(sought.text()) != std::string::npos;
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS: {
        const auto memberType = container.type() == AttributeType::SS ? AttributeType::S
            : container.type() == AttributeType::NS                   ? AttributeType::N
                                                                      : AttributeType::B;
        const auto& members = container.members();
        return sought.type() == memberType
            && std::find(members.begin(), members.end(), sought.text()) != members.end();
    }
    case AttributeType::L:
        return std::find(container.list().begin(), container.list().end(), sought) != container.list().end();
    default:
        return false;
    }
}

bool functionHolds(const Operand& function, const Attributes& item)
{
    AttributeValue firstScratch;
    const auto* first = valueOf(function.arguments[0], item, firstScratch);
    if (function.name == "attribute_exists")
        return first != nullptr;
    if (function.name == "attribute_not_exists")
        return first == nullptr;
    AttributeValue secondScratch;
    const auto* second = valueOf(function.arguments[1], item, secondScratch);
    if (!first || !second)
        return false;
    if (function.name == "attribute_type")
        return typeName(first->type()) == second->text();
    if (function.name == "contains")
        return contains(*first, *second);
    const bool texts = first->type() == second->type()
        && (first->type() == AttributeType::S || first->type() == AttributeType::B);
    return texts && first->text().starts_with(second->text());
}

bool comparisonHolds(Kind kind, const AttributeValue* a, const AttributeValue* b)
{
    if (kind == Kind::Equal)
        return a && b && *a == *b;
    if (kind == Kind::NotEqual)
        return !a || !b || !(*a == *b);
    const auto order = a && b ? compare(*a, *b) : std::nullopt;
    if (!order)
        return false;
    switch (kind) {
    case Kind::Less:
        return *order < 0;
    case Kind::LessOrEqual:
        return *order <= 0;
    case Kind::Greater:
        return *order > 0;
    default:
        return *order >= 0;
    }
}

bool inHolds(const Condition& condition, const Attributes& item)
{
    AttributeValue scratch;
    const auto* value = valueOf(condition.operands.front(), item, scratch);
    return value
        && std::any_of(condition.operands.begin() + 1, condition.operands.end(), [&](const Operand& operand) {
               AttributeValue other;
               const auto* candidate = valueOf(operand, item, other);
               return candidate && *candidate == *value;
           });
}

bool betweenHolds(const Condition& condition, const Attributes& item)
{
    AttributeValue scratch[3];
    const AttributeValue* values[3];
    for (std::size_t i = 0; i < 3; ++i)
        values[i] = valueOf(condition.operands[i], item, scratch[i]);
    return comparisonHolds(Kind::GreaterOrEqual, values[0], values[1])
        && comparisonHolds(Kind::LessOrEqual, values[0], values[2]);
}

std::string described(const Operand& operand)
{
    if (operand.isPath()) {
        std::string text;
        for (const auto& element : operand.path) {
            if (element.index)
                text += "[" + std::to_string(*element.index) + "]";
            else
                text += (text.empty() ? "" : ".") + element.name;
        }
        return text;
    }
    if (operand.isValue()) {
        constexpr std::size_t kShown = 60;
        auto text = dynamodb::described(operand.value);
        if (text.size() > kShown) {
            text.resize(kShown);
            text += "…";
        }
        return text;
    }
    std::string arguments;
    for (const auto& argument : operand.arguments)
        arguments += (arguments.empty() ? "" : ", ") + described(argument);
    return operand.name + "(" + arguments + ")";
}

std::string joinedChildren(const Condition& condition)
{
    std::string text;
    for (const auto& child : condition.children) {
        if (!text.empty())
            text += " " + std::string(symbolOf(condition.kind)) + " ";
        const bool group = child.kind == Kind::And || child.kind == Kind::Or;
        text += group ? "(" + dynamodb::described(child) + ")" : dynamodb::described(child);
    }
    return text;
}

}

bool holds(const Condition& condition, const Attributes& item)
{
    const auto childHolds = [&item](const Condition& child) { return holds(child, item); };
    switch (condition.kind) {
    case Kind::And:
        return std::all_of(condition.children.begin(), condition.children.end(), childHolds);
    case Kind::Or:
        return std::any_of(condition.children.begin(), condition.children.end(), childHolds);
    case Kind::Not:
        return !holds(condition.children.front(), item);
    case Kind::Between:
        return betweenHolds(condition, item);
    case Kind::In:
        return inHolds(condition, item);
    case Kind::Function:
        return functionHolds(condition.operands.front(), item);
    default:
        break;
    }
    AttributeValue first;
    AttributeValue second;
    return comparisonHolds(condition.kind, valueOf(condition.operands[0], item, first),
        valueOf(condition.operands[1], item, second));
}

std::string described(const Condition& condition)
{
    switch (condition.kind) {
    case Kind::And:
    case Kind::Or:
        return joinedChildren(condition);
    case Kind::Not:
        return "NOT (" + described(condition.children.front()) + ")";
    case Kind::Between:
        return described(condition.operands[0]) + " BETWEEN " + described(condition.operands[1]) + " AND "
            + described(condition.operands[2]);
    case Kind::In: {
        std::string candidates;
        for (std::size_t i = 1; i < condition.operands.size(); ++i)
            candidates += (i > 1 ? ", " : "") + described(condition.operands[i]);
        return described(condition.operands[0]) + " IN (" + candidates + ")";
    }
    case Kind::Function:
        return described(condition.operands.front());
    default:
        return described(condition.operands[0]) + " " + std::string(symbolOf(condition.kind)) + " "
            + described(condition.operands[1]);
    }
}

std::string failedPart(const Condition& condition, const Attributes& item)
{
    if (condition.kind == Kind::And) {
        for (const auto& child : condition.children) {
            if (!holds(child, item))
                return failedPart(child, item);
        }
    }
    return described(condition);
}

}
