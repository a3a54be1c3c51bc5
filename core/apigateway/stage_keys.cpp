#include "core/apigateway/stage_keys.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

std::vector<std::string> readStageKeys(const nlohmann::json& input)
{
    std::vector<std::string> keys;
    for (const auto& stage : input.value("stageKeys", nlohmann::json::array())) {
        auto key = text(stage, "restApiId") + "/" + text(stage, "stageName");
        if (std::ranges::find(keys, key) == keys.end())
            keys.push_back(std::move(key));
    }
    return keys;
}

Result<> checkStageKeys(store::Transaction& transaction, const ApiKey& key)
{
    constexpr std::string_view kStages = "apigateway/stages";
    for (const auto& stage : key.stageKeys) {
        if (!transaction.get(kStages, key.region + "/" + stage))
            return fail(errors::badRequest("Invalid stage identifier specified"));
    }
    return {};
}

Result<> patchStageKeys(ApiKey& key, const PatchOperation& operation)
{
    const auto& stage = operation.valueOrEmpty();
    const auto removed = std::erase(key.stageKeys, stage);
    if (operation.op == "remove" && removed == 0)
        return fail(errors::badRequest("Invalid stage identifier specified"));
    if (operation.op == "add")
        key.stageKeys.push_back(stage);
    return {};
}

}
