#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/partiql/access_path.h"
#include "core/dynamodb/partiql/syntax.h"
#include "core/dynamodb/partiql/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core::dynamodb::partiql {

// A SELECT, bound to its table: where it reads and what it shows of an item.
struct SelectPlan {
    TablePtr table;
    const Index* index = nullptr; // of that table
    AccessPath path;
    std::vector<Path> columns; // empty for all

    const KeySchema& keys() const { return index ? index->keys : table->keys; }
    // The row of the one item that the WHERE clause names by its whole primary key and nothing else.
    std::optional<std::string> itemRow() const;
    // An item as the statement shows it: canonical JSON.
    std::string shown(const std::string& item) const;
};

Result<SelectPlan> planSelect(DynamoDbService& service, aws::RequestContext& context,
    const Statement& statement, const Parameters& parameters, bool consistent);

// How ExecuteStatement asks for a page of it.
struct SelectPage {
    std::optional<std::int64_t> limit;
    bool consistent = false;
    std::string_view token; // "" for the first page
    std::uint64_t digest = 0; // that tokens are bound to
    ReturnCapacity capacity = ReturnCapacity::None;
};

Result<aws::Reply> readSelect(
    DynamoDbService& service, aws::RequestContext& context, const SelectPlan& plan, const SelectPage& page);

}
