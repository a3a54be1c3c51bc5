#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/capacity.h"
#include "core/dynamodb/json_document.h"
#include "core/store/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// ClientRequestToken: for ten minutes of the chamber's clock a token stands for the request that brought it.
// Kept in the store with the transaction itself, so that a retry after a crash does not apply it twice.
namespace core::dynamodb {

// Units of one table.
struct TableUnits {
    TablePtr table;
    ConsumedCapacity consumed;
};

struct TransactionToken {
    std::string scope; // "<region>/<account>/<action>": tokens of others are other tokens
    std::string token;
    std::uint64_t digest = 0; // of what was asked for
    Micros now = 0;
};

// What is remembered of a transaction: enough to answer it again.
struct TokenRecord {
    std::uint64_t digest = 0;
    Micros at = 0;
    std::vector<std::pair<std::string, double>> readUnits; // by table's name
};

// The same for requests that differ only in the order of their members.
std::uint64_t digestOf(const JsonView& json);

std::optional<TokenRecord> findToken(store::Reader& reader, const TransactionToken& token);
// Remembers it and forgets some that have expired.
void keepToken(store::Transaction& transaction, const TransactionToken& token, const TokenRecord& record);

}
