#include "core/apigateway/api_key_file.h"

#include "core/apigateway/api_key_rules.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxRows = 10'000;

using Row = std::vector<std::string>;

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

// One field from `at` on; leaves `at` behind its separator. A quote counts at the field's beginning only and
// stands for itself when it is doubled.
Result<std::string> takeField(std::string_view text, std::size_t& at, bool& endsRow)
{
    std::string field;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    if (at < text.size() && isQuote(text[at])) {
        const char quote = text[at++];
        for (;; ++at) {
            if (at >= text.size())
                return fail(errors::badRequest("Invalid API key file: a quoted value does not end"));
            if (text[at] != quote)
                field += text[at];
            else if (at + 1 < text.size() && text[at + 1] == quote)
                field += text[at++];
            else
                break;
        }
        ++at;
    }
    while (at < text.size() && text[at] != ',' && text[at] != '\n')
        field += text[at++];
    endsRow = at >= text.size() || text[at] == '\n';
    ++at;
    return std::string(trimmed(field));
}

Result<std::vector<Row>> rowsOf(std::string_view text)
{
    std::vector<Row> rows;
    for (std::size_t at = 0; at < text.size();) {
        Row row;
        for (bool endsRow = false; !endsRow;) {
            CORE_TRY(auto field, takeField(text, at, endsRow));
            row.push_back(std::move(field));
        }
        if (row.size() > 1 || !row.front().empty())
            rows.push_back(std::move(row));
        if (rows.size() > kMaxRows)
            return fail(errors::badRequest("Invalid API key file: it has more than 10000 rows"));
    }
    return rows;
}

std::optional<std::size_t> columnOf(const Row& header, std::string_view name)
{
    const auto found = std::find_if(
        header.begin(), header.end(), [&](const auto& column) { return equalsIgnoreCase(column, name); });
    if (found == header.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

std::string cell(const Row& row, std::optional<std::size_t> column)
{
    return column && *column < row.size() ? row[*column] : std::string();
}

}

Result<std::vector<ImportedKey>> parseApiKeyFile(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    CORE_TRY(const auto rows, rowsOf(text));
    if (rows.empty())
        return fail(errors::badRequest("Invalid API key file: it is empty"));
    const auto& header = rows.front();
    const auto name = columnOf(header, "Name");
    const auto value = columnOf(header, "Key");
    if (!name || !value)
        return fail(errors::badRequest("Invalid API key file: it must have the columns Name and Key"));
    std::vector<ImportedKey> keys;
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        ImportedKey key{.name = cell(*row, name), .value = cell(*row, value)};
        CORE_CHECK(checkKeyValue(key.value));
        CORE_CHECK(checkKeyName(key.name));
        key.description = cell(*row, columnOf(header, "Description"));
        key.enabled = !equalsIgnoreCase(cell(*row, columnOf(header, "Enabled")), "false");
        const auto plans = cell(*row, columnOf(header, "UsagePlanIds"));
        for (const auto plan : split(plans, ',')) {
            if (!trimmed(plan).empty())
                key.planIds.emplace_back(trimmed(plan));
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

}
