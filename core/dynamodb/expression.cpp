#include "core/dynamodb/expression.h"

#include <utility>

namespace core::dynamodb {

std::string described(const Path& path)
{
    std::string text;
    for (const auto& element : path) {
        text += text.empty() ? "" : ", ";
        text += element.index ? "[" + std::to_string(*element.index) + "]" : element.name;
    }
    return "[" + text + "]";
}

const AttributeValue* valueAt(const Path& path, const Attributes& attributes)
{
    const AttributeValue* value = attributes.find(path.front().name);
    for (std::size_t i = 1; value && i < path.size(); ++i) {
        const auto& element = path[i];
        if (element.index) {
            const bool there = value->type() == AttributeType::L && *element.index < value->list().size();
            value = there ? &value->list()[*element.index] : nullptr;
        } else {
            value = value->type() == AttributeType::M ? value->map().find(element.name) : nullptr;
        }
    }
    return value;
}

Operand valueOperand(AttributeValue value)
{
    Operand operand;
    operand.kind = Operand::Kind::Value;
    operand.value = std::move(value);
    return operand;
}

Operand pathOperand(Path path)
{
    Operand operand;
    operand.path = std::move(path);
    return operand;
}

std::string_view symbolOf(Condition::Kind kind)
{
    switch (kind) {
    case Condition::Kind::And:
        return "AND";
    case Condition::Kind::Or:
        return "OR";
    case Condition::Kind::Not:
        return "NOT";
    case Condition::Kind::Equal:
        return "=";
    case Condition::Kind::NotEqual:
        return "<>";
    case Condition::Kind::Less:
        return "<";
    case Condition::Kind::LessOrEqual:
        return "<=";
    case Condition::Kind::Greater:
        return ">";
    case Condition::Kind::GreaterOrEqual:
        return ">=";
    case Condition::Kind::Between:
        return "BETWEEN";
    case Condition::Kind::In:
        return "IN";
    case Condition::Kind::Function:
        break;
    }
    return "";
}

}
