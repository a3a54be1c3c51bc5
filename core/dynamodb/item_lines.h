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

// {"Item":{…}}, a line each. Calls `visit` with each item, or with what is wrong with one; stop by returning
// false.
using ItemVisitor = std::function<bool(Result<Item> item)>;
void eachJsonItem(std::string_view text, const ItemVisitor& visit);

struct CsvFormat {
    char delimiter = ',';
    std::vector<std::string> header; // empty: the first record of each file
};
// Keys of the table and its indexes have their types, all else is text.
void eachCsvItem(
    std::string_view text, const CsvFormat& format, const Table& table, const ItemVisitor& visit);

}
