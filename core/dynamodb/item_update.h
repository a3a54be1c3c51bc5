#pragma once

#include "core/dynamodb/expression.h"
#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/table.h"

// What an update may do to an item of a table, beyond the expression's own rules. Pure.
namespace core::dynamodb {

// Mistakes that show before the item is read: a primary key as target, an index key of the wrong type.
Result<> checkUpdateTargets(const UpdateExpression& update, const Table& table);
// An index key that the expression sets to a literal empty string or binary.
Result<> checkEmptyIndexKeys(const UpdateExpression& update, const Table& table);

// AWS measures UpdateItem's own updates in a way that no other update shares: see updatedVersion().
enum class UpdateMeasure { Finished, Written };

// The item after the update, ready to be written; without `before` it begins with the key, and an update that
// only takes away makes none. Checks index keys, depth and size.
Result<std::optional<ItemVersion>> updatedVersion(const UpdateExpression& update,
    std::optional<ItemVersion>& before, const Attributes& key, const Table& table, UpdateMeasure measure);

}
