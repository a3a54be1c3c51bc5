#include "core/apigateway/vtl/json_value.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::vtl {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 150;

// Builds values as the parser meets them: nlohmann's own tree forgets the order of members.
class Builder {
public:
    explicit Builder(Heap& heap)
        : m_heap(heap)
    {
    }

    bool null() { return add(Value()); }
    bool boolean(bool value) { return add(Value(value)); }
    bool number_integer(json::number_integer_t value) { return add(Value(value)); }
    bool number_unsigned(json::number_unsigned_t value)
    {
        if (value <= static_cast<json::number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
            return add(Value(static_cast<std::int64_t>(value)));
        return add(Value(static_cast<double>(value)));
    }
    bool number_float(json::number_float_t value, const std::string&) { return add(Value(value)); }
    bool string(std::string& value)
    {
        m_heap.grow(value.size() / 256);
        return add(Value(std::move(value)));
    }
    bool binary(json::binary_t&) { return false; }
    bool start_object(std::size_t)
    {
        auto* map = m_heap.map();
        return add(Value(map)) && open({nullptr, map, {}});
    }
    bool key(std::string& name)
    {
        m_open.back().key = std::move(name);
        return true;
    }
    bool end_object()
    {
        m_open.pop_back();
        return true;
    }
    bool start_array(std::size_t)
    {
        auto* list = m_heap.list({}, true);
        return add(Value(list)) && open({list, nullptr, {}});
    }
    bool end_array() { return end_object(); }
    bool parse_error(std::size_t position, const std::string& token, const json::exception&)
    {
        m_error = "Unexpected \"" + token.substr(0, 64) + "\" at position " + std::to_string(position);
        return false;
    }

    const std::string& error() const { return m_error; }
    Value result() const { return m_result; }

private:
    struct Open {
        List* list;
        Map* map;
        std::string key;
    };

    bool open(Open container)
    {
        if (m_open.size() >= kMaxDepth) {
            m_error = "Nested more than 150 levels deep";
            return false;
        }
        m_open.push_back(std::move(container));
        return true;
    }

    bool add(Value value)
    {
        if (m_open.empty()) {
            m_result = std::move(value);
            return true;
        }
        m_heap.grow(1);
        if (m_heap.isFull()) {
            m_error = "Too many values";
            return false;
        }
        if (auto* list = m_open.back().list)
            list->items.push_back(std::move(value));
        else
            m_open.back().map->put(m_open.back().key, std::move(value));
        return true;
    }

    Heap& m_heap;
    std::vector<Open> m_open;
    Value m_result;
    std::string m_error;
};

}

Result<Value> parseJson(std::string_view text, Heap& heap)
{
    Builder builder(heap);
    if (json::sax_parse(text, &builder))
        return builder.result();
    return fail(ErrorKind::Invalid, "MalformedJson", builder.error().empty() ? "Not JSON" : builder.error());
}

}
