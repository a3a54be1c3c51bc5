#pragma once

#include "core/dynamodb/json_document.h"

#include <simdjson.h>

#include <bit>
#include <string_view>

// What stands behind a JsonView: simdjson's element. For the .cpp files that turn JSON into items alone, as
// its header is a heavy one.
namespace core::dynamodb {

struct JsonAccess {
    static simdjson::dom::element element(const JsonView& view)
    {
        return std::bit_cast<simdjson::dom::element>(view.m_place);
    }
    static JsonView view(simdjson::dom::element element)
    {
        JsonView view;
        view.m_place = std::bit_cast<std::array<std::uint64_t, 2>>(element);
        return view;
    }
};

// "" unless a string. Lives as long as the element's parser keeps its text.
inline std::string_view textOf(const simdjson::dom::element& element)
{
    std::string_view value;
    return element.get_string().get(value) ? std::string_view{} : value;
}

// False unless the boolean true.
inline bool isTrue(const simdjson::dom::element& element)
{
    bool value = false;
    return !element.get_bool().get(value) && value;
}

}
