#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/action_input.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace core::dynamodb {

enum class Select { AllAttributes, AllProjected, Specific, Count };

// One page of a Query or Scan: which rows to walk and what to make of them.
struct PageRequest {
    TablePtr table;
    const Index* index = nullptr; // of that table
    store::Range range;
    store::Direction direction = store::Direction::Forward;
    std::size_t limit = SIZE_MAX;
    bool consistent = false;
    bool fetchesFromTable = false; // a local index that lacks something wanted
    Select select = Select::AllAttributes;
    std::optional<Condition> filter;
    std::optional<std::vector<Path>> projection;
    ReturnCapacity capacity = ReturnCapacity::None;
};

// Fills in index, limit, Select, projection and the rest that Query and Scan share, and checks it against the
// table.
Result<PageRequest> readPageRequest(
    const JsonView& input, TablePtr table, Expressions& expressions, std::string_view verb);

// A Query's filter may name what its index holds alone; a Scan's finds nothing there.
Result<> checkFilterIsProjected(const PageRequest& page);

// ExclusiveStartKey as given; checked for its values alone.
Result<std::optional<Attributes>> readStartKey(const JsonView& input);
// Where the walk goes on behind that key: the key of its row.
Result<std::string> startRow(const Attributes& startKey, const Table& table, const Index* index);
// Narrows the range to the rows behind `row`.
void continueBehind(PageRequest& page, const std::string& row);

// Walks the rows up to the limit or 1 MB and writes the answer; says in the span what it read.
aws::Reply readPage(const PageRequest& page, store::Store& store, trace::SpanScope& span);

}
