#pragma once

#include "core/dynamodb/attribute_value.h"
#include "core/dynamodb/item_version.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>

// The moments at which a table's items expire: a keyspace of "8 bytes of seconds · item key", kept by the
// writer of items as an index is.
namespace core::dynamodb {

// Where an item stands among them; nothing when its attribute is no number of seconds.
std::optional<std::string> expiryKey(
    const Attributes& item, const TimeToLive& timeToLive, std::string_view itemKey);
std::string expiryBound(std::int64_t seconds);
std::string_view itemOfExpiry(std::string_view expiryKey);

void writeExpiry(store::Transaction& transaction, const TimeToLive& timeToLive, std::string_view itemKey,
    std::optional<ItemVersion>& before, std::optional<ItemVersion>& after);

}
