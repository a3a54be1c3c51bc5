#include "core/dynamodb/item_lines.h"

#include "core/base/hash.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/number.h"

#include <utility>

namespace core::dynamodb {

namespace {

// More than an item can need, however it is written.
constexpr std::size_t kMostRecordBytes = 16 * 1024 * 1024;

Result<Item> itemOfLine(std::string_view line)
{
    CORE_TRY(const auto document, JsonDocument::parse(line));
    const auto item =
        document->root().kind() == JsonView::Kind::Object ? document->root().member("Item") : std::nullopt;
    if (!item)
        return fail(errors::validation("The line has no Item"));
    return decodeAttributes(*item);
}

// Fields may stand in quotes, with "" for a quote, and then hold delimiters and line ends.
class CsvReader {
public:
    CsvReader(std::string_view text, char delimiter)
        : m_text(text)
        , m_delimiter(delimiter)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    std::vector<std::string> record();

private:
    std::string field();
    std::string quoted();

    std::string_view m_text;
    char m_delimiter;
    std::size_t m_at = 0;
};

std::string CsvReader::quoted()
{
    std::string text;
    for (++m_at; !atEnd(); ++m_at) {
        if (m_text[m_at] != '"') {
            text += m_text[m_at];
        } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
            text += '"';
            ++m_at;
        } else {
            ++m_at;
            break;
        }
    }
    return text;
}

std::string CsvReader::field()
{
    if (!atEnd() && m_text[m_at] == '"')
        return quoted();
    const auto begin = m_at;
    while (!atEnd() && m_text[m_at] != m_delimiter && m_text[m_at] != '\n' && m_text[m_at] != '\r')
        ++m_at;
    return std::string(m_text.substr(begin, m_at - begin));
}

std::vector<std::string> CsvReader::record()
{
    std::vector<std::string> fields;
    for (;;) {
        fields.push_back(field());
        if (atEnd() || m_text[m_at] != m_delimiter)
            break;
        ++m_at;
    }
    while (!atEnd() && (m_text[m_at] == '\r' || m_text[m_at] == '\n'))
        ++m_at;
    return fields;
}

Result<AttributeValue> typedValue(const std::string& name, std::string text, const Table& table)
{
    for (const auto& [defined, type] : table.definitions) {
        if (defined != name || type == AttributeType::S)
            continue;
        if (type == AttributeType::N) {
            CORE_TRY(const auto number, Number::parse(text));
            return AttributeValue::number(number);
        }
        auto bytes = unbase64(text);
        if (!bytes)
            return fail(errors::validation("The value of " + name + " is not base64"));
        return AttributeValue::binary(std::move(*bytes));
    }
    return AttributeValue::string(std::move(text));
}

Result<Item> itemOfRecord(
    std::vector<std::string> fields, const std::vector<std::string>& header, const Table& table)
{
    if (fields.size() > header.size())
        return fail(errors::validation("The record has more fields than the header has names"));
    Item item;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].empty())
            continue;
        CORE_TRY(auto value, typedValue(header[i], std::move(fields[i]), table));
        item.set(header[i], std::move(value));
    }
    return item;
}

}

ItemLines::ItemLines(const Table& table, std::optional<CsvFormat> csv, Visit visit)
    : m_table(table)
    , m_csv(std::move(csv))
    , m_visit(std::move(visit))
{
}

// A line end inside quotes belongs to the field.
bool ItemLines::endsRecord(char c)
{
    const bool lineEnd = c == '\n' || (m_csv && c == '\r');
    if (!m_csv)
        return lineEnd;
    if (m_place == Place::Quoted) {
        if (c == '"')
            m_place = Place::BehindQuote;
        return false;
    }
    if (c == '"' && m_place != Place::Plain)
        m_place = Place::Quoted; // opens the field, or is the second of two
    else
        m_place = lineEnd || c == m_csv->delimiter ? Place::FieldStart : Place::Plain;
    return lineEnd;
}

Result<> ItemLines::feed(std::string_view text)
{
    for (const char c : text) {
        if (endsRecord(c)) {
            CORE_CHECK(takeRecord());
            continue;
        }
        m_tooLong = m_tooLong || m_record.size() >= kMostRecordBytes;
        if (!m_tooLong)
            m_record += c;
    }
    return {};
}

Result<> ItemLines::finish()
{
    return takeRecord();
}

Result<> ItemLines::takeRecord()
{
    const auto record = std::exchange(m_record, {});
    m_place = Place::FieldStart;
    if (std::exchange(m_tooLong, false))
        return m_visit(fail(errors::validation("The record is too long")));
    if (record.find_first_not_of(m_csv ? "\r\n" : " \t\r") == std::string::npos)
        return {};
    if (m_csv && m_csv->header.empty()) {
        m_csv->header = CsvReader(record, m_csv->delimiter).record();
        return {};
    }
    return m_visit(itemOf(record));
}

Result<Item> ItemLines::itemOf(std::string_view record)
{
    if (!m_csv)
        return itemOfLine(record);
    CsvReader reader(record, m_csv->delimiter);
    auto fields = reader.record();
    if (!reader.atEnd())
        return fail(errors::validation("The record has text behind a field in quotes"));
    return itemOfRecord(std::move(fields), m_csv->header, m_table);
}

}
