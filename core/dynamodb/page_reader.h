#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/action_input.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace core::dynamodb {

enum class Select { AllAttributes, AllProjected, Specific, Count };

constexpr std::size_t kPageBytes = 1024 * 1024;

// One page of a Query or Scan: which rows to walk and what to make of them.
struct PageRequest {
    TablePtr table;
    const Index* index = nullptr; // of that table
    store::Range range;
    store::Direction direction = store::Direction::Forward;
    std::size_t limit = SIZE_MAX;
    std::size_t maxBytes = kPageBytes;
    bool consistent = false;
    bool fetchesFromTable = false; // a local index that lacks something wanted
    Select select = Select::AllAttributes;
    std::optional<Condition> filter;
    std::optional<std::vector<Path>> projection;
    bool columns = false; // PartiQL: the projection's paths become columns, the filter sees the index's row
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
// What a global index refuses to show, what a local one has to fetch: for a page whose select and projection
// are set.
Result<> planIndex(PageRequest& page);
// Narrows the range to the rows behind `row`.
void continueBehind(PageRequest& page, const std::string& row);

// What one page's walk found.
struct PageResult {
    std::string items; // JSON, separated by commas
    std::size_t count = 0;
    std::size_t scanned = 0;
    std::size_t bytes = 0; // read; exact when capacity is wanted
    ConsumedCapacity consumed;
    std::optional<Attributes> lastKey; // when the walk stopped before the range's end
};
// Walks the rows up to the limit or the page's bytes; says in the span what it read.
PageResult walkPage(const PageRequest& page, store::Reader& reader, trace::SpanScope& span);

// A Query's or Scan's request, checked.
Result<PageRequest> planQuery(DynamoDbService& service, aws::RequestContext& context, const JsonView& input);
Result<PageRequest> planScan(DynamoDbService& service, aws::RequestContext& context, const JsonView& input);

// What a Query or Scan found, as it answers.
struct PageAnswer {
    std::string body; // JSON without ConsumedCapacity and the closing brace
    ConsumedCapacity consumed;
};
PageAnswer readAnswer(const PageRequest& page, store::Store& store, trace::SpanScope& span);
aws::Reply replyWith(const PageRequest& page, std::string body, const ConsumedCapacity& consumed);
// Both.
aws::Reply readPage(const PageRequest& page, store::Store& store, trace::SpanScope& span);

}
