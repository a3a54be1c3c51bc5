#pragma once

#include "core/dynamodb/attribute_value.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// Keys whose byte order is DynamoDB's order. A table's key is
//   hash (8 bytes) · partition key, escaped and ended · sort key, escaped and ended
// and an index's key is the same of the index's own keys, followed by the table's key of the item. All
// functions are pure; values are scalars (S, N, B).
namespace core::dynamodb::keys {

// The order-preserving bytes of one value, not yet escaped: UTF-8, raw bytes, or a number's sign, exponent
// and digits.
std::string ordered(const AttributeValue& value);
std::string orderedNumber(const Number& number);

// Zero bytes become 00 FF, so that the end mark 00 00 sorts before every longer value.
void appendEscaped(std::string& key, std::string_view bytes);
void appendEnd(std::string& key);

// A value, escaped and ended.
void append(std::string& key, const AttributeValue& value);

// hash · partition key: what all items of one partition key begin with.
std::string partition(const AttributeValue& partitionKey);
// The same of a partition key of several attributes: one hash of them all · each, escaped and ended.
std::string partition(std::span<const AttributeValue* const> partitionKey);

constexpr std::size_t kHashBytes = 8; // that every key begins with

// The place of a partition key in the hash space: the first 8 bytes as a number.
std::uint64_t hashOf(const AttributeValue& partitionKey);
std::string hashBound(std::uint64_t hash); // 8 bytes, big-endian

// How long the partition() part at the beginning of a table's key is.
std::size_t partitionLength(std::string_view key);

}
