#include "core/http/message.h"

#include "core/base/text.h"

#include <algorithm>
#include <semaphore>

namespace core::http {

void Headers::set(std::string_view name, std::string value)
{
    const auto first = std::ranges::find_if(
        m_fields, [&](const Field& field) { return equalsIgnoreCase(field.first, name); });
    if (first == m_fields.end()) {
        m_fields.emplace_back(std::string(name), std::move(value));
        return;
    }
    first->second = std::move(value);
    m_fields.erase(std::remove_if(std::next(first), m_fields.end(),
                       [&](const Field& field) { return equalsIgnoreCase(field.first, name); }),
        m_fields.end());
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_fields, [&](const Field& field) { return equalsIgnoreCase(field.first, name); });
}

std::string_view Headers::get(std::string_view name) const
{
    for (const auto& field : m_fields) {
        if (equalsIgnoreCase(field.first, name))
            return field.second;
    }
    return {};
}

bool Headers::has(std::string_view name) const
{
    return std::ranges::any_of(
        m_fields, [&](const Field& field) { return equalsIgnoreCase(field.first, name); });
}

std::vector<std::string_view> Headers::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& field : m_fields) {
        if (equalsIgnoreCase(field.first, name))
            values.emplace_back(field.second);
    }
    return values;
}

std::string Headers::joined(std::string_view name) const
{
    std::string text;
    bool first = true;
    for (const auto& field : m_fields) {
        if (!equalsIgnoreCase(field.first, name))
            continue;
        if (!std::exchange(first, false))
            text += ", ";
        text += field.second;
    }
    return text;
}

std::string_view Request::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::rawQuery() const
{
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

Result<std::string> readAll(BodySource& source, std::uint64_t limit)
{
    constexpr std::size_t kPiece = 64 * 1024;
    // Outlives this call in the source's hands.
    const auto ready = std::make_shared<std::counting_semaphore<>>(0);
    source.onReady([ready] { ready->release(); });
    std::string text;
    for (;;) {
        const auto before = text.size();
        text.resize(before + kPiece);
        CORE_TRY(const auto count, source.read(std::span(text.data() + before, kPiece)));
        text.resize(before + (count == kNothingYet ? 0 : count));
        if (count == 0)
            return text;
        if (count == kNothingYet)
            ready->acquire();
        if (text.size() > limit)
            return fail(ErrorKind::TooLarge, "BodyTooLarge",
                "The body is longer than " + std::to_string(limit) + " bytes");
    }
}

std::string_view reasonPhrase(int status)
{
    static constexpr std::pair<int, std::string_view> kPhrases[] = {
        {100, "Continue"},
        {101, "Switching Protocols"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {203, "Non-Authoritative Information"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {207, "Multi-Status"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {418, "I'm a teapot"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {424, "Failed Dependency"},
        {426, "Upgrade Required"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
        {511, "Network Authentication Required"},
    };
    const auto found =
        std::ranges::lower_bound(kPhrases, status, {}, [](const auto& row) { return row.first; });
    return found != std::end(kPhrases) && found->first == status ? found->second : std::string_view();
}

QueryParameters parseQuery(std::string_view rawQuery)
{
    QueryParameters parameters;
    for (const auto part : split(rawQuery, '&')) {
        if (part.empty())
            continue;
        const auto equals = part.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        parameters.emplace_back(percentDecode(part.substr(0, equals), true), percentDecode(value, true));
    }
    return parameters;
}

std::optional<std::string> queryValue(const QueryParameters& query, std::string_view name)
{
    const auto found = std::ranges::find_if(query, [&](const auto& entry) { return entry.first == name; });
    if (found == query.end())
        return std::nullopt;
    return found->second;
}

std::string writeQuery(const QueryParameters& query)
{
    std::string text;
    for (const auto& [name, value] : query) {
        if (!text.empty())
            text += '&';
        text += percentEncode(name);
        text += '=';
        text += percentEncode(value);
    }
    return text;
}

}
