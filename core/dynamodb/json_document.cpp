#include "core/dynamodb/json_document.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/json_access.h"

#include <cmath>

namespace core::dynamodb {

namespace dom = simdjson::dom;

struct JsonDocument::Parser {
    dom::parser parser;
};

namespace {

// Parsers that have grown beyond this are not kept.
constexpr std::size_t kKeptCapacity = 2 * 1024 * 1024;
constexpr std::size_t kKeptParsers = 4;

}

JsonView::Kind JsonView::kind() const
{
    switch (JsonAccess::element(*this).type()) {
    case dom::element_type::ARRAY:
        return Kind::Array;
    case dom::element_type::OBJECT:
        return Kind::Object;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
        return Kind::Integer;
    case dom::element_type::DOUBLE:
        return Kind::Decimal;
    case dom::element_type::STRING:
        return Kind::String;
    case dom::element_type::BOOL:
        return Kind::Boolean;
    case dom::element_type::NULL_VALUE:
        break;
    }
    return Kind::Null;
}

std::string_view JsonView::text() const
{
    return textOf(JsonAccess::element(*this));
}

bool JsonView::boolean() const
{
    bool value = false;
    return !JsonAccess::element(*this).get_bool().get(value) && value;
}

std::int64_t JsonView::integer() const
{
    const auto element = JsonAccess::element(*this);
    std::int64_t value = 0;
    if (!element.get_int64().get(value))
        return value;
    double decimal = 0;
    if (element.get_double().get(decimal))
        return 0;
    constexpr double kLimit = 9.2e18;
    if (std::abs(decimal) > kLimit)
        return decimal > 0 ? INT64_MAX : INT64_MIN;
    return static_cast<std::int64_t>(std::floor(decimal));
}

double JsonView::decimal() const
{
    double value = 0;
    return JsonAccess::element(*this).get_double().get(value) ? 0 : value;
}

std::optional<JsonView> JsonView::member(std::string_view name) const
{
    dom::element found;
    if (JsonAccess::element(*this)[name].get(found) || found.is_null())
        return std::nullopt;
    return JsonAccess::view(found);
}

std::size_t JsonView::size() const
{
    const auto element = JsonAccess::element(*this);
    if (dom::array array; !element.get_array().get(array))
        return array.size();
    if (dom::object object; !element.get_object().get(object))
        return object.size();
    return 0;
}

void JsonView::eachMember(const std::function<bool(std::string_view name, JsonView value)>& visit) const
{
    dom::object object;
    if (JsonAccess::element(*this).get_object().get(object))
        return;
    for (const auto field : object) {
        if (!visit(field.key, JsonAccess::view(field.value)))
            return;
    }
}

void JsonView::eachElement(const std::function<bool(JsonView value)>& visit) const
{
    dom::array array;
    if (JsonAccess::element(*this).get_array().get(array))
        return;
    for (const auto element : array) {
        if (!visit(JsonAccess::view(element)))
            return;
    }
}

std::string JsonView::json() const
{
    return simdjson::minify(JsonAccess::element(*this));
}

JsonDocument::JsonDocument() = default;

std::vector<std::unique_ptr<JsonDocument::Parser>>& JsonDocument::idleParsers()
{
    thread_local std::vector<std::unique_ptr<Parser>> parsers;
    return parsers;
}

JsonDocument::~JsonDocument()
{
    auto& idle = idleParsers();
    if (m_parser && idle.size() < kKeptParsers && m_parser->parser.capacity() <= kKeptCapacity)
        idle.push_back(std::move(m_parser));
}

Result<std::shared_ptr<JsonDocument>> JsonDocument::parse(std::string_view text)
{
    std::shared_ptr<JsonDocument> document(new JsonDocument);
    auto& idle = idleParsers();
    if (idle.empty()) {
        document->m_parser = std::make_unique<Parser>();
    } else {
        document->m_parser = std::move(idle.back());
        idle.pop_back();
    }
    dom::element root;
    if (document->m_parser->parser.parse(text.data(), text.size(), true).get(root))
        return fail(errors::serialization({}));
    document->m_root = JsonAccess::view(root);
    return document;
}

}
