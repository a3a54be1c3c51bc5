#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace core::apigateway::vtl {

class Heap;
class List;
class Map;
class Object;

// What a reference of a template stands for, as Java has it below Velocity: null, a Boolean, an Integer or
// Long, a Double, a String (UTF-8 here), a List, a Map or an object with methods of its own. Copies are
// cheap; lists, maps and objects belong to a Heap and are shared by all copies.
class Value {
public:
    enum class Kind { Null, Boolean, Integer, Double, Text, List, Map, Object };

    Value() = default;
    Value(bool value)
        : m_value(value)
    {
    }
    Value(std::int64_t value)
        : m_value(value)
    {
    }
    Value(int value)
        : m_value(static_cast<std::int64_t>(value))
    {
    }
    Value(double value)
        : m_value(value)
    {
    }
    Value(std::string value)
        : m_value(std::make_shared<const std::string>(std::move(value)))
    {
    }
    Value(std::string_view value)
        : Value(std::string(value))
    {
    }
    Value(const char* value)
        : Value(std::string(value))
    {
    }
    Value(List* list)
        : m_value(list)
    {
    }
    Value(Map* map)
        : m_value(map)
    {
    }
    Value(Object* object)
        : m_value(object)
    {
    }

    Kind kind() const { return static_cast<Kind>(m_value.index()); }
    bool isNull() const { return kind() == Kind::Null; }
    bool isNumber() const { return kind() == Kind::Integer || kind() == Kind::Double; }
    bool isText() const { return kind() == Kind::Text; }

    // Each for its own kind alone.
    bool boolean() const { return std::get<bool>(m_value); }
    std::int64_t integer() const { return std::get<std::int64_t>(m_value); }
    double number() const // of an Integer too
    {
        return kind() == Kind::Integer ? static_cast<double>(integer()) : std::get<double>(m_value);
    }
    const std::string& text() const { return *std::get<std::shared_ptr<const std::string>>(m_value); }
    List* list() const { return kind() == Kind::List ? std::get<List*>(m_value) : nullptr; }
    Map* map() const { return kind() == Kind::Map ? std::get<Map*>(m_value) : nullptr; }
    Object* object() const { return kind() == Kind::Object ? std::get<Object*>(m_value) : nullptr; }

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::shared_ptr<const std::string>, List*, Map*,
        Object*>
        m_value;
};

// A list. Those that come from JSON print as JSON, others as Java's ArrayList does ("[1, 2]").
class List {
public:
    std::vector<Value> items;
    bool isJson = false;
};

// A map in order of insertion (Java's LinkedHashMap); prints as "{a=1, b=2}" wherever it comes from.
class Map {
public:
    using Entry = std::pair<std::string, Value>;

    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    void put(std::string_view key, Value value);
    bool erase(std::string_view key);
    void clear();
    const std::vector<Entry>& entries() const { return m_entries; }
    std::size_t size() const { return m_entries.size(); }

private:
    std::optional<std::size_t> indexOf(std::string_view key) const;

    std::vector<Entry> m_entries;
    std::unordered_map<std::string, std::size_t> m_index; // only of big maps
};

// Text being written, with a bound. append() is false once the bound is passed. It knows how deep the value
// at hand lies, whichever object writes it.
class Writer {
public:
    // One level of values within each other, for as long as it stands.
    class Level {
    public:
        explicit Level(Writer& writer)
            : m_writer(writer)
        {
            ++m_writer.m_depth;
        }
        ~Level() { --m_writer.m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Writer& m_writer;
    };

    explicit Writer(std::size_t limit)
        : m_limit(limit)
    {
    }
    bool append(std::string_view text);
    bool full() const { return m_full; }
    int depth() const { return m_depth; }
    const std::string& text() const { return m_text; }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    std::size_t m_limit;
    bool m_full = false;
    int m_depth = 0;
};

// Something with properties and methods of its own: $input, $util, $foreach, a #define'd block.
class Object {
public:
    virtual ~Object() = default;
    virtual std::string_view className() const = 0; // as Java would say: "java.util.LinkedHashMap$Entry"
    virtual std::optional<Value> property(std::string_view /*name*/) { return std::nullopt; }
    // nullopt: there is no such method. An error ends the rendering.
    virtual Result<std::optional<Value>> call(std::string_view /*name*/, std::span<const Value> /*arguments*/)
    {
        return std::optional<Value>();
    }
    virtual Result<> write(Writer& writer) = 0;
};

// Owns the lists, maps and objects of one rendering, so that cycles among them end with it. It counts what is
// made; an allocation beyond the bound gives an error.
class Heap {
public:
    static constexpr std::size_t kMaxElements = 2'000'000;

    List* list(std::vector<Value> items = {}, bool isJson = false);
    Map* map();
    template <typename T, typename... Arguments> T* make(Arguments&&... arguments)
    {
        auto made = std::make_unique<T>(std::forward<Arguments>(arguments)...);
        auto* result = made.get();
        m_objects.push_back(std::move(made));
        ++m_elements;
        return result;
    }
    void grow(std::size_t elements) { m_elements += elements; }
    void growByText(std::size_t bytes) { m_elements += bytes / kBytesAnElement; }
    bool isFull() const { return m_elements > kMaxElements; }

private:
    static constexpr std::size_t kBytesAnElement = 256;

    std::deque<List> m_lists;
    std::deque<Map> m_maps;
    std::vector<std::unique_ptr<Object>> m_objects;
    std::size_t m_elements = 0;
};

// When a template has to be through.
using Deadline = std::chrono::steady_clock::time_point;

constexpr std::size_t kMaxText = 10 * 1024 * 1024; // as much as API Gateway's payloads

// As Java's toString() writes it. Fails beyond the writer's bound or 200 levels of nesting.
Result<> write(const Value& value, Writer& writer);
Result<std::string> textOf(const Value& value, std::size_t limit = kMaxText);
// As JSON without spaces.
Result<> writeJson(const Value& value, Writer& writer);
Result<std::string> jsonOf(const Value& value, std::size_t limit = kMaxText);
std::string javaText(double number); // "1.0E10"
std::string className(const Value& value);
// Java's equals(): kinds differ, values differ.
bool equals(const Value& a, const Value& b);

Error tooLarge();
Error tooLong(); // the deadline passed

}
