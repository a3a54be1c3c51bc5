#include "core/apigateway/vtl/methods.h"

namespace core::apigateway::vtl {

namespace {

// $value.class
class ClassObject : public Object {
public:
    explicit ClassObject(std::string name)
        : m_name(std::move(name))
    {
    }
    std::string_view className() const override { return "java.lang.Class"; }
    std::optional<Value> property(std::string_view name) override
    {
        if (name == "name")
            return Value(m_name);
        if (name == "simpleName")
            return Value(m_name.substr(m_name.find_last_of(".$") + 1));
        return std::nullopt;
    }
    Result<std::optional<Value>> call(std::string_view name, std::span<const Value> arguments) override
    {
        if (arguments.empty() && name == "getName")
            return property("name");
        if (arguments.empty() && name == "getSimpleName")
            return property("simpleName");
        return std::optional<Value>();
    }
    Result<> write(Writer& writer) override
    {
        writer.append("class ");
        if (!writer.append(m_name))
            return fail(tooLarge());
        return {};
    }

private:
    std::string m_name;
};

Value classOf(Heap& heap, const Value& value)
{
    return Value(static_cast<Object*>(heap.make<ClassObject>(className(value))));
}

// Java's hashCode() of what templates hold.
std::int32_t hashOf(std::string_view text)
{
    std::uint32_t hash = 0;
    for (const char c : text)
        hash = hash * 31 + static_cast<unsigned char>(c);
    return static_cast<std::int32_t>(hash);
}

Result<std::optional<Value>> callAny(
    Heap& heap, const Value& target, std::string_view name, std::span<const Value> arguments)
{
    if (name == "toString" && arguments.empty()) {
        CORE_TRY(auto text, textOf(target));
        return Value(std::move(text));
    }
    if (name == "equals" && arguments.size() == 1)
        return Value(equals(target, arguments[0]));
    if (name == "getClass" && arguments.empty())
        return classOf(heap, target);
    if (name == "hashCode" && arguments.empty()) {
        if (target.kind() == Value::Kind::Integer)
            return Value(static_cast<std::int64_t>(
                static_cast<std::int32_t>(target.integer() ^ (target.integer() >> 32))));
        CORE_TRY(const auto text, textOf(target));
        return Value(static_cast<std::int64_t>(hashOf(text)));
    }
    return std::optional<Value>();
}

Result<std::optional<Value>> callBoolean(bool value, std::string_view name, std::span<const Value> arguments)
{
    if (name == "booleanValue" && arguments.empty())
        return Value(value);
    if (name == "compareTo" && arguments.size() == 1 && arguments[0].kind() == Value::Kind::Boolean)
        return Value(static_cast<int>(value) - static_cast<int>(arguments[0].boolean()));
    if ((name == "parseBoolean" || name == "valueOf") && arguments.size() == 1 && arguments[0].isText())
        return Value(arguments[0].text() == "true");
    return std::optional<Value>();
}

// Negative indexes count from the end.
Result<std::size_t> listIndex(const List& list, std::int64_t index)
{
    const auto size = static_cast<std::int64_t>(list.items.size());
    if (index < 0)
        index += size;
    if (index < 0 || index >= size)
        return fail(thrown("java.lang.IndexOutOfBoundsException",
            "Index " + std::to_string(index) + " out of bounds for length " + std::to_string(size)));
    return static_cast<std::size_t>(index);
}

}

Error thrown(const std::string& exception, const std::string& message)
{
    return {ErrorKind::Invalid, exception, message};
}

Result<std::optional<Value>> callMethod(
    Heap& heap, const Value& target, std::string_view name, std::span<const Value> arguments)
{
    const auto own = [&]() -> Result<std::optional<Value>> {
        switch (target.kind()) {
        case Value::Kind::Null:
            return std::optional<Value>();
        case Value::Kind::Boolean:
            return callBoolean(target.boolean(), name, arguments);
        case Value::Kind::Integer:
        case Value::Kind::Double:
            return callNumber(heap, target, name, arguments);
        case Value::Kind::Text:
            return callText(heap, target.text(), name, arguments);
        case Value::Kind::List:
            return callList(heap, *target.list(), name, arguments);
        case Value::Kind::Map:
            return callMap(heap, *target.map(), name, arguments);
        case Value::Kind::Object:
            break;
        }
        return target.object()->call(name, arguments);
    };
    CORE_TRY(auto result, own());
    if (result)
        return result;
    return callAny(heap, target, name, arguments);
}

std::optional<Value> property(Heap& heap, const Value& target, std::string_view name)
{
    if (target.object()) {
        if (auto found = target.object()->property(name))
            return found;
    }
    if (name == "class")
        return classOf(heap, target);
    if (const auto* map = target.map()) {
        const auto* found = map->find(name);
        return found ? std::optional(*found) : std::nullopt;
    }
    if (name == "empty" && target.list())
        return Value(target.list()->items.empty());
    if (name == "empty" && target.isText())
        return Value(target.text().empty());
    return std::nullopt;
}

Result<std::optional<Value>> element(Heap& heap, const Value& target, const Value& index)
{
    if (auto* list = target.list()) {
        if (index.kind() != Value::Kind::Integer)
            return std::optional<Value>();
        CORE_TRY(const auto at, listIndex(*list, index.integer()));
        return list->items[at];
    }
    if (target.map() || target.object()) {
        const std::vector arguments{index};
        return callMethod(heap, target, "get", arguments);
    }
    return std::optional<Value>();
}

Result<bool> setElement(Value& target, const Value& index, const Value& value)
{
    if (auto* map = target.map()) {
        CORE_TRY(const auto key, textOf(index));
        map->put(key, value);
        return true;
    }
    if (auto* list = target.list(); list && index.kind() == Value::Kind::Integer) {
        CORE_TRY(const auto at, listIndex(*list, index.integer()));
        list->items[at] = value;
        return true;
    }
    return false;
}

}
