#include "core/apigateway/vtl/value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace core::apigateway::vtl {

namespace {

constexpr std::size_t kIndexFrom = 16; // entries from which a map has an index
constexpr int kMaxDepth = 200;

Error tooDeep()
{
    return {ErrorKind::TooLarge, "TemplateTooDeep", "A value is nested more than 200 levels deep"};
}

bool appendQuoted(std::string_view text, Writer& writer)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    writer.append("\"");
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        writer.append(text.substr(plain, i - plain));
        plain = i + 1;
        switch (c) {
        case '"':
            writer.append("\\\"");
            break;
        case '\\':
            writer.append("\\\\");
            break;
        case '\b':
            writer.append("\\b");
            break;
        case '\f':
            writer.append("\\f");
            break;
        case '\n':
            writer.append("\\n");
            break;
        case '\r':
            writer.append("\\r");
            break;
        case '\t':
            writer.append("\\t");
            break;
        default: {
            const std::array<char, 6> code{'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]};
            writer.append({code.data(), code.size()});
        }
        }
    }
    writer.append(text.substr(plain));
    return writer.append("\"");
}

// Writes values in either form; the writer's depth bounds the recursion. An element may be a #define'd block
// that changes the list or map that holds it: each is copied, the size read anew.
class ValueWriter {
public:
    explicit ValueWriter(Writer& writer)
        : m_writer(writer)
    {
    }

    Result<> java(const Value& value)
    {
        const Writer::Level level(m_writer);
        if (m_writer.depth() > kMaxDepth)
            return fail(tooDeep());
        if (const auto* list = value.list())
            return list->isJson ? json(value) : javaList(*list);
        if (const auto* map = value.map())
            return javaMap(*map);
        return scalar(value, false);
    }

    Result<> json(const Value& value)
    {
        const Writer::Level level(m_writer);
        if (m_writer.depth() > kMaxDepth)
            return fail(tooDeep());
        if (const auto* list = value.list())
            return jsonList(*list);
        if (const auto* map = value.map())
            return jsonMap(*map);
        return scalar(value, true);
    }

private:
    Result<> put(std::string_view text)
    {
        if (!m_writer.append(text))
            return fail(tooLarge());
        return {};
    }

    Result<> scalar(const Value& value, bool quoted)
    {
        switch (value.kind()) {
        case Value::Kind::Null:
            return put("null");
        case Value::Kind::Boolean:
            return put(value.boolean() ? "true" : "false");
        case Value::Kind::Integer:
            return put(std::to_string(value.integer()));
        case Value::Kind::Double:
            return put(javaText(value.number()));
        case Value::Kind::Text:
            if (!quoted)
                return put(value.text());
            if (!appendQuoted(value.text(), m_writer))
                return fail(tooLarge());
            return {};
        case Value::Kind::Object:
            return value.object()->write(m_writer);
        case Value::Kind::List:
        case Value::Kind::Map:
            break;
        }
        return {};
    }

    Result<> javaList(const List& list)
    {
        CORE_CHECK(put("["));
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            if (i > 0)
                CORE_CHECK(put(", "));
            const Value item = list.items[i];
            CORE_CHECK(java(item));
        }
        return put("]");
    }

    Result<> javaMap(const Map& map)
    {
        CORE_CHECK(put("{"));
        for (std::size_t i = 0; i < map.size(); ++i) {
            if (i > 0)
                CORE_CHECK(put(", "));
            const auto [key, value] = map.entries()[i];
            CORE_CHECK(put(key));
            CORE_CHECK(put("="));
            CORE_CHECK(java(value));
        }
        return put("}");
    }

    Result<> jsonList(const List& list)
    {
        CORE_CHECK(put("["));
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            if (i > 0)
                CORE_CHECK(put(","));
            const Value item = list.items[i];
            CORE_CHECK(json(item));
        }
        return put("]");
    }

    Result<> jsonMap(const Map& map)
    {
        CORE_CHECK(put("{"));
        for (std::size_t i = 0; i < map.size(); ++i) {
            if (i > 0)
                CORE_CHECK(put(","));
            const auto [key, value] = map.entries()[i];
            if (!appendQuoted(key, m_writer))
                return fail(tooLarge());
            CORE_CHECK(put(":"));
            CORE_CHECK(json(value));
        }
        return put("}");
    }

    Writer& m_writer;
};

// "1.25e-07" of to_chars as Java writes it: "1.25E-7".
std::string javaExponent(double number)
{
    std::array<char, 32> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const auto e = text.find('e');
    std::string result(text.substr(0, e));
    if (result.find('.') == std::string::npos)
        result += ".0";
    result += 'E';
    auto exponent = text.substr(e + 1);
    if (exponent.front() == '-')
        result += '-';
    exponent.remove_prefix(1);
    while (exponent.size() > 1 && exponent.front() == '0')
        exponent.remove_prefix(1);
    return result + std::string(exponent);
}

bool equalLists(const List& a, const List& b, int depth, int& budget);

// The budget keeps lists that hold each other many times from taking for ever.
bool equalAt(const Value& a, const Value& b, int depth, int& budget)
{
    if (depth > kMaxDepth || --budget < 0 || a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case Value::Kind::Null:
        return true;
    case Value::Kind::Boolean:
        return a.boolean() == b.boolean();
    case Value::Kind::Integer:
        return a.integer() == b.integer();
    case Value::Kind::Double:
        return a.number() == b.number();
    case Value::Kind::Text:
        return a.text() == b.text();
    case Value::Kind::List:
        return equalLists(*a.list(), *b.list(), depth, budget);
    case Value::Kind::Map: {
        if (a.map()->size() != b.map()->size())
            return false;
        for (const auto& [key, value] : a.map()->entries()) {
            const auto* other = b.map()->find(key);
            if (!other || !equalAt(value, *other, depth + 1, budget))
                return false;
        }
        return true;
    }
    case Value::Kind::Object:
        return a.object() == b.object();
    }
    return false;
}

bool equalLists(const List& a, const List& b, int depth, int& budget)
{
    if (a.items.size() != b.items.size())
        return false;
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!equalAt(a.items[i], b.items[i], depth + 1, budget))
            return false;
    }
    return true;
}

}

Error tooLarge()
{
    return {ErrorKind::TooLarge, "TemplateTooLarge",
        "A template made more text or values than API Gateway allows"};
}

Error tooLong()
{
    return {ErrorKind::TooLarge, "TemplateTooLong", "A template took longer than an integration may"};
}

std::optional<std::size_t> Map::indexOf(std::string_view key) const
{
    if (!m_index.empty()) {
        const auto found = m_index.find(std::string(key));
        return found == m_index.end() ? std::nullopt : std::optional(found->second);
    }
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].first == key)
            return i;
    }
    return std::nullopt;
}

const Value* Map::find(std::string_view key) const
{
    const auto index = indexOf(key);
    return index ? &m_entries[*index].second : nullptr;
}

Value* Map::find(std::string_view key)
{
    const auto index = indexOf(key);
    return index ? &m_entries[*index].second : nullptr;
}

void Map::put(std::string_view key, Value value)
{
    if (auto* known = find(key)) {
        *known = std::move(value);
        return;
    }
    m_entries.emplace_back(key, std::move(value));
    if (m_entries.size() < kIndexFrom)
        return;
    if (m_index.empty()) {
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            m_index.emplace(m_entries[i].first, i);
    } else {
        m_index.emplace(key, m_entries.size() - 1);
    }
}

bool Map::erase(std::string_view key)
{
    const auto index = indexOf(key);
    if (!index)
        return false;
    m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(*index));
    m_index.clear();
    if (m_entries.size() >= kIndexFrom) {
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            m_index.emplace(m_entries[i].first, i);
    }
    return true;
}

void Map::clear()
{
    m_entries.clear();
    m_index.clear();
}

bool Writer::append(std::string_view text)
{
    if (m_full || text.size() > m_limit - m_text.size()) {
        m_full = true;
        return false;
    }
    m_text += text;
    return true;
}

List* Heap::list(std::vector<Value> items, bool isJson)
{
    m_elements += items.size() + 1;
    m_lists.push_back({std::move(items), isJson});
    return &m_lists.back();
}

Map* Heap::map()
{
    ++m_elements;
    return &m_maps.emplace_back();
}

Result<> write(const Value& value, Writer& writer)
{
    return ValueWriter(writer).java(value);
}

Result<std::string> textOf(const Value& value, std::size_t limit)
{
    if (value.isText() && value.text().size() <= limit)
        return value.text();
    Writer writer(limit);
    CORE_CHECK(write(value, writer));
    return writer.take();
}

Result<> writeJson(const Value& value, Writer& writer)
{
    return ValueWriter(writer).json(value);
}

Result<std::string> jsonOf(const Value& value, std::size_t limit)
{
    Writer writer(limit);
    CORE_CHECK(writeJson(value, writer));
    return writer.take();
}

std::string javaText(double number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0)
        return std::signbit(number) ? "-0.0" : "0.0";
    const double size = std::fabs(number);
    if (size < 1e-3 || size >= 1e7)
        return javaExponent(number);
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
    std::string text(buffer.data(), end.ptr);
    if (text.find('.') == std::string::npos)
        text += ".0";
    return text;
}

std::string className(const Value& value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Boolean:
        return "java.lang.Boolean";
    case Value::Kind::Integer: {
        using Int = std::numeric_limits<std::int32_t>;
        return value.integer() >= Int::min() && value.integer() <= Int::max() ? "java.lang.Integer"
                                                                              : "java.lang.Long";
    }
    case Value::Kind::Double:
        return "java.lang.Double";
    case Value::Kind::Text:
        return "java.lang.String";
    case Value::Kind::List:
        return value.list()->isJson ? "net.minidev.json.JSONArray" : "java.util.ArrayList";
    case Value::Kind::Map:
        return "java.util.LinkedHashMap";
    case Value::Kind::Object:
        break;
    }
    return std::string(value.object()->className());
}

bool equals(const Value& a, const Value& b)
{
    int budget = 100'000;
    return equalAt(a, b, 0, budget);
}

}
