#include "core/apigateway/usage_plan.h"

#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

void setText(json& into, const char* name, const std::string& value)
{
    if (!value.empty())
        into[name] = value;
}

json throttleJson(const Throttle& throttle)
{
    return {{"burstLimit", throttle.burstLimit.value_or(0)}, {"rateLimit", throttle.rateLimit.value_or(0)}};
}

// As the store has it: only what was set.
json storedThrottle(const Throttle& throttle)
{
    json out = json::object();
    if (throttle.burstLimit)
        out["burstLimit"] = *throttle.burstLimit;
    if (throttle.rateLimit)
        out["rateLimit"] = *throttle.rateLimit;
    return out;
}

Throttle throttle(const json& from)
{
    Throttle result;
    if (const auto burst = from.find("burstLimit"); burst != from.end())
        result.burstLimit = burst->get<int>();
    if (const auto rate = from.find("rateLimit"); rate != from.end())
        result.rateLimit = rate->get<double>();
    return result;
}

using WriteThrottle = json (*)(const Throttle&);

json planJson(const UsagePlan& plan, WriteThrottle write)
{
    json out{{"id", plan.id}, {"name", plan.name}, {"apiStages", json::array()}};
    setText(out, "description", plan.description);
    setText(out, "productCode", plan.productCode);
    for (const auto& stage : plan.apiStages) {
        json entry{{"apiId", stage.apiId}, {"stage", stage.stage}};
        for (const auto& [method, limits] : stage.throttle)
            entry["throttle"][method] = write(limits);
        out["apiStages"].push_back(std::move(entry));
    }
    if (plan.throttle)
        out["throttle"] = write(*plan.throttle);
    if (plan.quota)
        out["quota"] = {{"limit", plan.quota->limit}, {"offset", plan.quota->offset},
            {"period", wireName(plan.quota->period)}};
    if (!plan.tags.empty())
        out["tags"] = plan.tags;
    return out;
}

std::optional<json> parse(std::string_view text)
{
    auto value = json::parse(text, nullptr, false);
    return value.is_object() ? std::optional(std::move(value)) : std::nullopt;
}

}

const ApiStage* UsagePlan::find(std::string_view apiId, std::string_view stage) const
{
    for (const auto& entry : apiStages) {
        if (entry.apiId == apiId && entry.stage == stage)
            return &entry;
    }
    return nullptr;
}

std::string_view wireName(Quota::Period period)
{
    if (period == Quota::Period::Day)
        return "DAY";
    return period == Quota::Period::Week ? "WEEK" : "MONTH";
}

std::optional<Quota::Period> quotaPeriod(std::string_view name)
{
    for (const auto period : {Quota::Period::Day, Quota::Period::Week, Quota::Period::Month}) {
        if (name == wireName(period))
            return period;
    }
    return std::nullopt;
}

json toJson(const ApiKey& key, bool withValue, bool withTags)
{
    json out{{"id", key.id}, {"enabled", key.enabled}, {"createdDate", key.createdDate / kSecond},
        {"lastUpdatedDate", key.lastUpdatedDate / kSecond}, {"stageKeys", key.stageKeys}};
    setText(out, "name", key.name);
    setText(out, "description", key.description);
    setText(out, "customerId", key.customerId);
    if (withValue)
        out["value"] = key.value;
    if (withTags || !key.tags.empty())
        out["tags"] = key.tags;
    return out;
}

json toJson(const UsagePlan& plan, bool withTags)
{
    auto out = planJson(plan, throttleJson);
    if (withTags)
        out["tags"] = plan.tags;
    return out;
}

json toJson(const GatewayAccount& account)
{
    json out{
        {"throttleSettings",
            {{"burstLimit", static_cast<int>(account.throttle.burst)}, {"rateLimit", account.throttle.rate}}},
        {"features", {"UsagePlans"}}, {"apiKeyVersion", "4"}};
    setText(out, "cloudwatchRoleArn", account.cloudwatchRoleArn);
    return out;
}

std::string recordKey(const ApiKey& key)
{
    return key.region + "/" + key.id;
}

std::string indexKey(const ApiKey& key)
{
    return key.region + "/" + key.value;
}

std::string encode(const ApiKey& key)
{
    auto out = toJson(key, true, true);
    out["region"] = key.region;
    out["createdDate"] = key.createdDate;
    out["lastUpdatedDate"] = key.lastUpdatedDate;
    return out.dump();
}

bool decode(std::string_view stored, ApiKey& key)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    key.region = text(*from, "region");
    key.id = text(*from, "id");
    key.value = text(*from, "value");
    key.name = text(*from, "name");
    key.description = text(*from, "description");
    key.customerId = text(*from, "customerId");
    key.enabled = flag(*from, "enabled");
    key.stageKeys = stringList(*from, "stageKeys");
    key.tags = stringMap(*from, "tags");
    key.createdDate = from->value("createdDate", Micros{0});
    key.lastUpdatedDate = from->value("lastUpdatedDate", Micros{0});
    return true;
}

std::string recordKey(const UsagePlan& plan)
{
    return plan.region + "/" + plan.id;
}

std::string encode(const UsagePlan& plan)
{
    auto out = planJson(plan, storedThrottle);
    out["region"] = plan.region;
    return out.dump();
}

bool decode(std::string_view stored, UsagePlan& plan)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    plan.region = text(*from, "region");
    plan.id = text(*from, "id");
    plan.name = text(*from, "name");
    plan.description = text(*from, "description");
    plan.productCode = text(*from, "productCode");
    for (const auto& entry : from->value("apiStages", json::array())) {
        ApiStage stage{text(entry, "apiId"), text(entry, "stage"), {}};
        const auto limits = entry.value("throttle", json::object());
        for (const auto& [method, value] : limits.items())
            stage.throttle[method] = throttle(value);
        plan.apiStages.push_back(std::move(stage));
    }
    if (const auto limits = from->find("throttle"); limits != from->end())
        plan.throttle = throttle(*limits);
    if (const auto quota = from->find("quota"); quota != from->end())
        plan.quota = Quota{quota->value("limit", std::int64_t{0}), quota->value("offset", 0),
            quotaPeriod(text(*quota, "period")).value_or(Quota::Period::Day)};
    plan.tags = stringMap(*from, "tags");
    return true;
}

std::string recordKey(const UsagePlanKey& key)
{
    return key.region + "/" + key.planId + "/" + key.keyId;
}

std::string indexKey(const UsagePlanKey& key)
{
    return key.region + "/" + key.keyId;
}

std::string encode(const UsagePlanKey& key)
{
    return json{{"region", key.region}, {"planId", key.planId}, {"keyId", key.keyId}, {"type", key.type}}
        .dump();
}

bool decode(std::string_view stored, UsagePlanKey& key)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    key = {text(*from, "region"), text(*from, "planId"), text(*from, "keyId"), text(*from, "type")};
    return true;
}

std::string recordKey(const GatewayAccount& account)
{
    return account.region;
}

std::string encode(const GatewayAccount& account)
{
    return json{{"region", account.region}, {"cloudwatchRoleArn", account.cloudwatchRoleArn},
        {"rateLimit", account.throttle.rate}, {"burstLimit", account.throttle.burst}}
        .dump();
}

bool decode(std::string_view stored, GatewayAccount& account)
{
    const auto from = parse(stored);
    if (!from)
        return false;
    account.region = text(*from, "region");
    account.cloudwatchRoleArn = text(*from, "cloudwatchRoleArn");
    account.throttle.rate = from->value("rateLimit", account.throttle.rate);
    account.throttle.burst = from->value("burstLimit", account.throttle.burst);
    return true;
}

}
