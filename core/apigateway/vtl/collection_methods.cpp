#include "core/apigateway/vtl/methods.h"

#include <algorithm>
#include <array>

namespace core::apigateway::vtl {

namespace {

using Answer = Result<std::optional<Value>>;
using Arguments = std::span<const Value>;

// An entry of entrySet().
class EntryObject : public Object {
public:
    EntryObject(std::string key, Value value)
        : m_key(std::move(key))
        , m_value(std::move(value))
    {
    }
    std::string_view className() const override { return "java.util.LinkedHashMap$Entry"; }
    std::optional<Value> property(std::string_view name) override
    {
        if (name == "key")
            return Value(m_key);
        if (name == "value")
            return m_value;
        return std::nullopt;
    }
    Answer call(std::string_view name, Arguments arguments) override
    {
        if (arguments.empty() && name == "getKey")
            return property("key");
        if (arguments.empty() && name == "getValue")
            return property("value");
        return std::optional<Value>();
    }
    Result<> write(Writer& writer) override
    {
        writer.append(m_key);
        writer.append("=");
        return vtl::write(m_value, writer);
    }

private:
    std::string m_key;
    Value m_value;
};

Error outOfBounds(std::int64_t index, std::size_t size)
{
    return thrown("java.lang.IndexOutOfBoundsException",
        "Index " + std::to_string(index) + " out of bounds for length " + std::to_string(size));
}

Result<std::size_t> indexIn(const List& list, const Value& index, std::size_t limit)
{
    if (index.integer() < 0 || index.integer() >= static_cast<std::int64_t>(limit))
        return fail(outOfBounds(index.integer(), list.items.size()));
    return static_cast<std::size_t>(index.integer());
}

std::int64_t find(const std::vector<Value>& items, const Value& wanted)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Value& item) { return equals(item, wanted); });
    return found == items.end() ? -1 : found - items.begin();
}

std::int64_t findLast(const std::vector<Value>& items, const Value& wanted)
{
    for (std::size_t i = items.size(); i > 0; --i) {
        if (equals(items[i - 1], wanted))
            return static_cast<std::int64_t>(i - 1);
    }
    return -1;
}

// The elements of a collection that is an argument; a copy, as the target may be the same list.
std::vector<Value> itemsOf(const Value& collection)
{
    return collection.list() ? collection.list()->items : std::vector<Value>{};
}

Answer addAll(Heap& heap, List& list, const Value& from)
{
    const auto items = itemsOf(from);
    heap.grow(items.size());
    if (heap.isFull())
        return fail(tooLarge());
    list.items.insert(list.items.end(), items.begin(), items.end());
    return Value(!items.empty());
}

Answer removeAll(List& list, const Value& from, bool kept)
{
    const auto items = itemsOf(from);
    const auto before = list.items.size();
    std::erase_if(list.items, [&](const Value& item) { return (find(items, item) >= 0) != kept; });
    return Value(list.items.size() != before);
}

Answer subList(Heap& heap, const List& list, std::int64_t from, std::int64_t to)
{
    if (from < 0 || to > static_cast<std::int64_t>(list.items.size()) || from > to)
        return fail(outOfBounds(from < 0 ? from : to, list.items.size()));
    return Value(heap.list({list.items.begin() + from, list.items.begin() + to}, list.isJson));
}

Answer listWithIndex(List& list, std::string_view name, Arguments arguments, Heap& heap)
{
    const bool one = arguments.size() == 1;
    if (name == "get" && one) {
        CORE_TRY(const auto at, indexIn(list, arguments[0], list.items.size()));
        return list.items[at];
    }
    if (name == "remove" && one) {
        CORE_TRY(const auto at, indexIn(list, arguments[0], list.items.size()));
        auto removed = list.items[at];
        list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(at));
        return removed;
    }
    if (name == "set" && arguments.size() == 2) {
        CORE_TRY(const auto at, indexIn(list, arguments[0], list.items.size()));
        return std::exchange(list.items[at], arguments[1]);
    }
    if (name == "add" && arguments.size() == 2) {
        CORE_TRY(const auto at, indexIn(list, arguments[0], list.items.size() + 1));
        heap.grow(1);
        list.items.insert(list.items.begin() + static_cast<std::ptrdiff_t>(at), arguments[1]);
        return Value();
    }
    if (name == "subList" && arguments.size() == 2 && arguments[1].kind() == Value::Kind::Integer)
        return subList(heap, list, arguments[0].integer(), arguments[1].integer());
    return std::optional<Value>();
}

Answer listWithOne(Heap& heap, List& list, std::string_view name, const Value& argument)
{
    if (name == "add") {
        heap.grow(1);
        list.items.push_back(argument);
        return Value(true);
    }
    if (name == "contains")
        return Value(find(list.items, argument) >= 0);
    if (name == "indexOf")
        return Value(find(list.items, argument));
    if (name == "lastIndexOf")
        return Value(findLast(list.items, argument));
    if (name == "remove") {
        const auto at = find(list.items, argument);
        if (at >= 0)
            list.items.erase(list.items.begin() + at);
        return Value(at >= 0);
    }
    if (!argument.list())
        return std::optional<Value>();
    if (name == "addAll")
        return addAll(heap, list, argument);
    if (name == "containsAll") {
        const auto& wanted = argument.list()->items;
        return Value(std::all_of(
            wanted.begin(), wanted.end(), [&](const Value& item) { return find(list.items, item) >= 0; }));
    }
    if (name == "removeAll")
        return removeAll(list, argument, false);
    if (name == "retainAll")
        return removeAll(list, argument, true);
    return std::optional<Value>();
}

Value keysOf(Heap& heap, const Map& map)
{
    std::vector<Value> keys;
    for (const auto& [key, value] : map.entries()) {
        keys.emplace_back(key);
        heap.growByText(key.size());
    }
    return Value(heap.list(std::move(keys)));
}

Value valuesOf(Heap& heap, const Map& map)
{
    std::vector<Value> values;
    for (const auto& [key, value] : map.entries())
        values.push_back(value);
    return Value(heap.list(std::move(values)));
}

Value entriesOf(Heap& heap, const Map& map)
{
    std::vector<Value> entries;
    for (const auto& [key, value] : map.entries()) {
        entries.emplace_back(static_cast<Object*>(heap.make<EntryObject>(key, value)));
        heap.growByText(key.size());
    }
    return Value(heap.list(std::move(entries)));
}

Answer mapWithKey(Heap& heap, Map& map, std::string_view name, const std::string& key, Arguments arguments)
{
    const auto* found = map.find(key);
    const std::optional<Value> before = found ? std::optional(*found) : std::nullopt;
    const bool one = arguments.size() == 1;
    if (name == "get" && one)
        return before.value_or(Value());
    if (name == "containsKey" && one)
        return Value(before.has_value());
    if (name == "remove" && one) {
        map.erase(key);
        return before.value_or(Value());
    }
    if (name == "getOrDefault" && !one)
        return before.value_or(arguments[1]);
    if (name == "put" && !one) {
        heap.grow(1);
        heap.growByText(key.size());
        map.put(key, arguments[1]);
        return before.value_or(Value());
    }
    if (name == "putIfAbsent" && !one) {
        if (!before || before->isNull()) {
            heap.grow(1);
            heap.growByText(key.size());
            map.put(key, arguments[1]);
        }
        return before.value_or(Value());
    }
    if (name == "replace" && !one) {
        if (before)
            map.put(key, arguments[1]);
        return before.value_or(Value());
    }
    return std::optional<Value>();
}

}

Answer callList(Heap& heap, List& list, std::string_view name, Arguments arguments)
{
    if (arguments.empty()) {
        if (name == "size" || name == "length")
            return Value(static_cast<std::int64_t>(list.items.size()));
        if (name == "isEmpty")
            return Value(list.items.empty());
        if (name == "clear") {
            list.items.clear();
            return Value();
        }
        if (name == "toArray" || name == "clone")
            return Value(heap.list(list.items, list.isJson));
        if (name == "toJSONString" && list.isJson) {
            CORE_TRY(auto text, jsonOf(Value(&list)));
            return Value(std::move(text));
        }
        return std::optional<Value>();
    }
    if (arguments[0].kind() == Value::Kind::Integer) {
        CORE_TRY(auto answer, listWithIndex(list, name, arguments, heap));
        if (answer)
            return answer;
    }
    return arguments.size() == 1 ? listWithOne(heap, list, name, arguments[0]) : Answer(std::nullopt);
}

Answer callMap(Heap& heap, Map& map, std::string_view name, Arguments arguments)
{
    if (arguments.empty()) {
        if (name == "size")
            return Value(static_cast<std::int64_t>(map.size()));
        if (name == "isEmpty")
            return Value(map.size() == 0);
        if (name == "keySet")
            return keysOf(heap, map);
        if (name == "values")
            return valuesOf(heap, map);
        if (name == "entrySet")
            return entriesOf(heap, map);
        if (name == "clear") {
            map.clear();
            return Value();
        }
        return std::optional<Value>();
    }
    if (name == "containsValue" && arguments.size() == 1) {
        const auto& entries = map.entries();
        return Value(std::any_of(entries.begin(), entries.end(),
            [&](const auto& entry) { return equals(entry.second, arguments[0]); }));
    }
    if (name == "putAll" && arguments.size() == 1 && arguments[0].map()) {
        const auto entries = arguments[0].map()->entries();
        heap.grow(entries.size());
        for (const auto& [key, value] : entries) {
            heap.growByText(key.size());
            map.put(key, value);
        }
        return Value();
    }
    if (arguments.size() > 2)
        return std::optional<Value>();
    CORE_TRY(const auto key, textOf(arguments[0]));
    return mapWithKey(heap, map, name, key, arguments);
}

}
