#pragma once

#include "core/apigateway/rate_buckets.h"
#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// API keys, usage plans and what hangs on them, as plain records. Each is kept under "<region>/<id>".

struct ApiKey {
    std::string region;
    std::string id;
    std::string value;
    std::string name;
    std::string description;
    std::string customerId;
    bool enabled = false;
    std::vector<std::string> stageKeys; // "<API>/<stage>", from before usage plans
    std::map<std::string, std::string> tags;
    Micros createdDate = 0;
    Micros lastUpdatedDate = 0;
};

// The limits of a plan; a member that was not set limits nothing.
struct Throttle {
    std::optional<double> rateLimit; // requests a second
    std::optional<int> burstLimit;
};

struct Quota {
    enum class Period { Day, Week, Month };
    std::int64_t limit = 0;
    int offset = 0; // days by which a period begins later than Sunday or the first
    Period period = Period::Day;
};

struct ApiStage {
    std::string apiId;
    std::string stage;
    std::map<std::string, Throttle> throttle; // by "/books/{id}/GET"
};

struct UsagePlan {
    std::string region;
    std::string id;
    std::string name;
    std::string description;
    std::string productCode;
    std::vector<ApiStage> apiStages;
    std::optional<Throttle> throttle;
    std::optional<Quota> quota;
    std::map<std::string, std::string> tags;

    const ApiStage* find(std::string_view apiId, std::string_view stage) const;
};

// A key's place in a plan.
struct UsagePlanKey {
    std::string region;
    std::string planId;
    std::string keyId;
    std::string type; // API_KEY
};

// One region's account settings.
struct GatewayAccount {
    std::string region = {};
    std::string cloudwatchRoleArn = {};
    RateLimit throttle{10'000, 5'000};
};

std::string recordKey(const ApiKey& key);
std::string indexKey(const ApiKey& key); // "<region>/<value>"
std::string encode(const ApiKey& key);
bool decode(std::string_view text, ApiKey& key);

std::string recordKey(const UsagePlan& plan);
std::string encode(const UsagePlan& plan);
bool decode(std::string_view text, UsagePlan& plan);

std::string recordKey(const UsagePlanKey& key); // "<region>/<plan>/<key>"
std::string indexKey(const UsagePlanKey& key); // "<region>/<key>"
std::string encode(const UsagePlanKey& key);
bool decode(std::string_view text, UsagePlanKey& key);

std::string recordKey(const GatewayAccount& account);
std::string encode(const GatewayAccount& account);
bool decode(std::string_view text, GatewayAccount& account);

// AWS's JSON. `withTags`: AWS shows tags of one that is read or updated even when there are none.
nlohmann::json toJson(const ApiKey& key, bool withValue, bool withTags);
nlohmann::json toJson(const UsagePlan& plan, bool withTags);
nlohmann::json toJson(const GatewayAccount& account);

std::string_view wireName(Quota::Period period);
std::optional<Quota::Period> quotaPeriod(std::string_view name);

}
