#include "core/apigateway/api_key_rules.h"

#include "core/apigateway/usage_errors.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kValues = "apigateway/apikeyvalues"; // "<region>/<value>" → id
constexpr std::size_t kMinValue = 20;
constexpr std::size_t kMaxValue = 128;
constexpr std::size_t kMaxName = 1024;

}

Result<> checkKeyValue(const std::string& value)
{
    if (value.size() < kMinValue)
        return fail(errors::badRequest("API Key value should be at least 20 characters"));
    if (value.size() > kMaxValue)
        return fail(errors::badRequest("API Key value exceeds maximum size of 128 characters"));
    return {};
}

Result<> checkKeyName(const std::string& name)
{
    if (name.size() > kMaxName)
        return fail(errors::badRequest("API Key name exceeds maximum size of 1024 characters"));
    return {};
}

std::optional<std::string> takenBy(
    store::Transaction& transaction, const std::string& region, const std::string& value)
{
    return transaction.get(kValues, region + "/" + value);
}

void putKey(store::Transaction& transaction, aws::RecordStore<ApiKey>& keys, const ApiKey& key)
{
    keys.put(transaction, key);
    transaction.createKeyspace(kValues);
    transaction.put(kValues, key.region + "/" + key.value, key.id);
}

void eraseKey(store::Transaction& transaction, aws::RecordStore<ApiKey>& keys, const ApiKey& key)
{
    keys.erase(transaction, recordKey(key));
    transaction.erase(kValues, key.region + "/" + key.value);
}

}
