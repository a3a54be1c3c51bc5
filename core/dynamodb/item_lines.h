#pragma once

#include "core/dynamodb/attribute_value.h"
#include "core/dynamodb/table.h"

#include "core/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Items as the files of exports and imports have them.
namespace core::dynamodb {

struct CsvFormat {
    char delimiter = ',';
    std::vector<std::string> header; // empty: the first record of each file
};

// Reads one file of items as it comes, in pieces of any size; holds no more than one record. DynamoDB JSON is
// {"Item":{…}}, a line each. In CSV keys of the table and its indexes have their types, all else is text.
// One thread at a time.
class ItemLines {
public:
    // Called with each item, or with what is wrong with one. Its error stops the reading.
    using Visit = std::function<Result<>(Result<Item> item)>;

    ItemLines(const Table& table, std::optional<CsvFormat> csv, Visit visit);

    Result<> feed(std::string_view text);
    Result<> finish(); // the last record may lack its line end

private:
    enum class Place { FieldStart, Plain, Quoted, BehindQuote };
    bool endsRecord(char c);
    Result<> takeRecord();
    Result<Item> itemOf(std::string_view record);

    const Table& m_table;
    std::optional<CsvFormat> m_csv;
    Visit m_visit;
    std::string m_record;
    bool m_tooLong = false;
    Place m_place = Place::FieldStart;
};

}
