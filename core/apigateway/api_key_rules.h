#pragma once

#include "core/apigateway/usage_plan.h"
#include "core/aws/record_store.h"

namespace core::apigateway {

// What AWS takes as value and name of an API key, in its words.
Result<> checkKeyValue(const std::string& value);
Result<> checkKeyName(const std::string& name);

// Keys are unique by value in their region; the store has an entry a value beside each key.
std::optional<std::string> takenBy(
    store::Transaction& transaction, const std::string& region, const std::string& value);
void putKey(store::Transaction& transaction, aws::RecordStore<ApiKey>& keys, const ApiKey& key);
void eraseKey(store::Transaction& transaction, aws::RecordStore<ApiKey>& keys, const ApiKey& key);

}
