#pragma once

#include "core/base/result.h"
#include "core/dynamodb/attribute_value.h"
#include "core/dynamodb/table.h"

#include <optional>
#include <string>

// What a table's schema says about items: their keys, where they stand in the store, what an index shows of
// them. Pure.
namespace core::dynamodb {

constexpr std::size_t kMaxItemBytes = 400 * 1024;

// A whole primary key and nothing else, as GetItem's Key.
Result<> checkKey(const Attributes& key, const Table& table);
// An item to be stored: primary key there, index keys of the right type, size.
Result<> checkItem(const Attributes& item, const Table& table);
// Of the same two, what AWS refuses in a transaction before it looks at anything else: empty key values.
Result<> checkNoEmptyKeys(const Attributes& key, const Table& table);
Result<> checkNoEmptyIndexKeys(const Attributes& item, const Table& table);
// Lists and maps within each other no deeper than DynamoDB allows.
Result<> checkDepth(const Attributes& item);
// One key attribute of a Key or a starting key.
Result<> checkKeyAttribute(const Attributes& key, const KeyAttribute& attribute, bool isHash);

// Where the item stands in the table's keyspace; `attributes` holds the primary key.
std::string itemKey(const Attributes& attributes, const Table& table);
// Where it stands in an index; nothing when it lacks one of the index's keys.
std::optional<std::string> indexKey(const Attributes& attributes, const Table& table, const Index& index);
// What the index holds of it.
Attributes projected(const Attributes& item, const Table& table, const Index& index);
bool isProjected(std::string_view attribute, const Table& table, const Index& index);

// The primary key alone; with an index, its keys too: LastEvaluatedKey.
Attributes keyOf(const Attributes& item, const Table& table, const Index* index = nullptr);

// "pk=1, sk=a" for people.
std::string keyText(const Attributes& attributes, const Table& table);

}
