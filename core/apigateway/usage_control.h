#pragma once

#include "core/apigateway/usage_meter.h"
#include "core/aws/record_store.h"

namespace core::apigateway {

// What limits callers: API keys, usage plans and the account's settings, with the buckets and counts that
// calls draw on. Owned by the service; any thread.
class UsageControl {
public:
    explicit UsageControl(store::Store& store)
        : keys(store, "apigateway/apikeys")
        , plans(store, "apigateway/usageplans")
        , planKeys(store, "apigateway/usageplankeys")
        , accounts(store, "apigateway/accounts")
        , meter(store)
    {
    }

    aws::RecordStore<ApiKey> keys; // "<region>/<id>", by value
    aws::RecordStore<UsagePlan> plans; // "<region>/<id>"
    aws::RecordStore<UsagePlanKey> planKeys; // "<region>/<plan>/<key>", by key
    aws::RecordStore<GatewayAccount> accounts; // "<region>"
    RateBuckets buckets;
    UsageMeter meter;

    // The key that callers send; null when there is none.
    std::shared_ptr<const ApiKey> keyOfValue(const std::string& region, const std::string& value) const;
    // The plan of this key for this stage; null when there is none.
    std::shared_ptr<const UsagePlan> planOf(
        const ApiKey& key, std::string_view apiId, std::string_view stage) const;
    GatewayAccount account(const std::string& region) const;

    void reset();
};

}
