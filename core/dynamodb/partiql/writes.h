#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/partiql/syntax.h"
#include "core/dynamodb/partiql/values.h"

#include <optional>
#include <string>

namespace core::dynamodb::partiql {

// An INSERT, UPDATE or DELETE with its parameters filled in: all that can be known without its table.
struct WriteStatement {
    Statement::Kind kind = Statement::Kind::Insert;
    Attributes item; // Insert
    std::optional<Condition> where; // Update, Delete
    UpdateExpression update;
    Returning returning = Returning::Nothing;
};
Result<WriteStatement> writeOf(const Statement& statement, const Parameters& parameters);

// The same bound to its table: one item and what is to become of it.
struct WritePlan {
    WriteStatement statement;
    TablePtr table;
    Attributes key;
    std::string row; // where the item stands
    std::optional<Condition> condition; // what WHERE says beside the key
    std::optional<ItemVersion> inserted;
};
Result<WritePlan> planWrite(WriteStatement statement, TablePtr table);

// The whole primary key that a WHERE clause gives by =, and what it says beside it.
struct KeyAndRest {
    Attributes key;
    std::optional<Condition> rest;
};
// What becomes of a second, other value for a key attribute.
enum class OtherValue { Refused, Condition };
Result<KeyAndRest> keyOf(const Condition* where, const Table& table, OtherValue other = OtherValue::Refused);

struct WriteResult {
    std::string item; // of RETURNING: canonical JSON, "" for none
    ConsumedCapacity consumed;
};

// Checks first, then changes. An UPDATE of an item that is not there fails its condition; a DELETE of one
// does nothing. `returnsItem`: the item goes with the error of a failed condition.
Result<WriteResult> applyWrite(WritePlan& plan, store::Transaction& transaction, ItemWriter& writer,
    trace::SpanScope& span, bool returnsItem);

}
