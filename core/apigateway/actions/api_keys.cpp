#include "core/apigateway/api_key_rules.h"
#include "core/apigateway/patch.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/stage_keys.h"
#include "core/apigateway/usage_actions.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr std::size_t kGeneratedLength = 40;

Result<> patchName(ApiKey& key, const PatchOperation& operation)
{
    key.name = operation.valueOrEmpty();
    return checkKeyName(key.name);
}

Result<> patchDescription(ApiKey& key, const PatchOperation& operation)
{
    key.description = operation.valueOrEmpty();
    return {};
}

Result<> patchCustomer(ApiKey& key, const PatchOperation& operation)
{
    key.customerId = operation.valueOrEmpty();
    return {};
}

Result<> patchEnabled(ApiKey& key, const PatchOperation& operation)
{
    const auto value = toLower(operation.valueOrEmpty());
    if (value != "true" && value != "false")
        return fail(errors::badRequest(
            "Invalid boolean value " + operation.valueOrEmpty() + " for " + operation.path));
    key.enabled = value == "true";
    return {};
}

Result<> patchUnsupported(ApiKey&, const PatchOperation& operation)
{
    return fail(unsupportedPatchPath(operation));
}

constexpr PatchRule<ApiKey> kPatchRules[] = {
    {"/name", "replace", patchName},
    {"/description", "replace", patchDescription},
    {"/customerId", "replace", patchCustomer},
    {"/enabled", "replace", patchEnabled},
    {"/labels", "add remove", patchUnsupported},
    {"/stages", "add remove", patchStageKeys},
};

std::string keyName(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "apiKey");
}

// `customerId` and the beginning of the name narrow a list.
bool isWanted(const ApiKey& key, const json& input)
{
    const auto customer = text(input, "customerId");
    return (customer.empty() || key.customerId == customer) && key.name.starts_with(text(input, "nameQuery"));
}

}

Result<Outcome> createApiKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    ApiKey key;
    key.region = context.region;
    key.id = randomLower(10);
    key.value = text(input, "value");
    if (key.value.empty())
        key.value = randomLower(kGeneratedLength);
    CORE_CHECK(checkKeyValue(key.value));
    key.name = text(input, "name");
    CORE_CHECK(checkKeyName(key.name));
    key.description = text(input, "description");
    key.customerId = text(input, "customerId");
    key.enabled = flag(input, "enabled");
    key.stageKeys = readStageKeys(input);
    key.tags = stringMap(input, "tags");
    key.createdDate = context.now;
    key.lastUpdatedDate = context.now;
    context.touch(key.id);
    auto& keys = service.usage().keys;
    return std::make_unique<RecordWrite>(
        [key, &keys](store::Transaction& transaction) -> Result<json> {
            if (takenBy(transaction, key.region, key.value))
                return fail(errors::apiKeyExists());
            CORE_CHECK(checkStageKeys(transaction, key));
            putKey(transaction, keys, key);
            return toJson(key, true, false);
        },
        [key, &keys] { keys.refresh(recordKey(key)); });
}

Result<Outcome> getApiKeys(ApiGatewayService& service, RequestContext& context, Request& request)
{
    auto keys = service.usage().keys.below(context.region + "/");
    std::stable_sort(keys.begin(), keys.end(),
        [](const auto& a, const auto& b) { return a->createdDate < b->createdDate; });
    std::vector<json> items;
    for (const auto& key : keys) {
        if (isWanted(*key, request.input()))
            items.push_back(toJson(*key, flag(request.input(), "includeValues"), false));
    }
    // AWS was seen to answer an empty page where other lists refuse the limit.
    if (request.input().value("limit", 1) < 1)
        return Reply::of({{"item", json::array()}});
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getApiKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto key = service.usage().keys.find(keyName(context, request));
    if (!key)
        return fail(errors::invalidApiKey());
    context.touch(key->id);
    return Reply::of(toJson(*key, flag(request.input(), "includeValue"), true));
}

Result<Outcome> updateApiKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(text(request.input(), "apiKey"));
    auto& keys = service.usage().keys;
    const auto name = keyName(context, request);
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), name, now = context.now, &keys](
            store::Transaction& transaction) -> Result<json> {
            const auto before = keys.read(transaction, name);
            if (!before)
                return fail(errors::invalidApiKey());
            auto key = *before;
            CORE_CHECK(applyPatch<ApiKey>(key, operations, kPatchRules, unknownPatchPath));
            CORE_CHECK(checkStageKeys(transaction, key));
            key.lastUpdatedDate = now;
            keys.put(transaction, key);
            return toJson(key, false, true);
        },
        [name, &keys] { keys.refresh(name); });
}

Result<Outcome> deleteApiKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "apiKey"));
    auto& usage = service.usage();
    const auto name = keyName(context, request);
    auto left = std::make_shared<std::vector<std::string>>(); // plans' entries of the key
    return std::make_unique<RecordWrite>(
        [name, left, &usage](store::Transaction& transaction) -> Result<json> {
            const auto key = usage.keys.read(transaction, name);
            if (!key)
                return fail(errors::invalidApiKey());
            eraseKey(transaction, usage.keys, *key);
            for (const auto& member : usage.planKeys.readBelow(transaction, key->region + "/")) {
                if (member->keyId != key->id)
                    continue;
                left->push_back(recordKey(*member));
                usage.planKeys.erase(transaction, left->back());
                usage.meter.eraseKept(transaction, left->back());
            }
            return json(nullptr);
        },
        [name, left, &usage] {
            usage.keys.refresh(name);
            for (const auto& member : *left) {
                usage.planKeys.refresh(member);
                usage.meter.forget(member);
            }
        });
}

}
