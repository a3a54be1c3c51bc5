#include "core/aws/shape_check.h"

namespace core::aws::wording {

namespace {

std::string_view javaName(Type type)
{
    switch (type) {
    case Type::Integer:
        return "Integer";
    case Type::Long:
        return "Long";
    case Type::Double:
        return "Double";
    case Type::Boolean:
        return "Boolean";
    case Type::Blob:
        return "Blob";
    case Type::Timestamp:
        return "Date";
    default:
        return "String";
    }
}

void append(std::string& text, const std::string& part)
{
    text += text.empty() ? "" : ", ";
    text += part;
}

constexpr auto kNoMax = std::numeric_limits<std::int64_t>::max();
constexpr auto kNoMin = std::numeric_limits<std::int64_t>::min();

}

std::string lengthAtMost(std::int64_t limit)
{
    return "Member must have length less than or equal to " + std::to_string(limit);
}

std::string lengthAtLeast(std::int64_t limit)
{
    return "Member must have length greater than or equal to " + std::to_string(limit);
}

std::string valueAtMost(std::int64_t limit)
{
    return "Member must have value less than or equal to " + std::to_string(limit);
}

std::string valueAtLeast(std::int64_t limit)
{
    return "Member must have value greater than or equal to " + std::to_string(limit);
}

std::string pattern(std::string_view pattern)
{
    return "Member must satisfy regular expression pattern: " + std::string(pattern);
}

std::string values(std::span<const std::string_view> values)
{
    std::string list;
    for (const auto value : values)
        append(list, std::string(value));
    return "Member must satisfy enum value set: [" + list + "]";
}

std::string allOf(const Shape& shape)
{
    const bool counted = shape.type == Type::String || shape.type == Type::Blob;
    std::string text;
    if (shape.max != kNoMax)
        append(text, counted ? lengthAtMost(shape.max) : valueAtMost(shape.max));
    if (shape.min != kNoMin)
        append(text, counted ? lengthAtLeast(shape.min) : valueAtLeast(shape.min));
    if (!shape.pattern.empty())
        append(text, pattern(shape.pattern));
    if (!shape.values.empty())
        append(text, values(shape.values));
    return text;
}

// As the services' JSON reader words it in a SerializationException.
std::string wrongType(Type wanted, JsonKind got)
{
    const bool collection = wanted == Type::Structure || wanted == Type::Map || wanted == Type::List;
    if (got == JsonKind::Object)
        return "Start of structure or map found where not expected";
    if (got == JsonKind::Array)
        return "Start of list found where not expected";
    if (collection)
        return "Unexpected field type";
    const auto name = std::string(javaName(wanted));
    if (got == JsonKind::Boolean)
        return "class java.lang.Boolean can not be converted to an " + name;
    if (got == JsonKind::String)
        return "class java.lang.String can not be converted to an " + name;
    if (got == JsonKind::Null)
        return "null can not be converted to an " + name;
    return "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an " + name;
}

std::string unsupported(std::string_view note)
{
    return note.empty() ? "Cloud Chamber does not support this member"
                        : "Cloud Chamber does not support this member: " + std::string(note);
}

}
