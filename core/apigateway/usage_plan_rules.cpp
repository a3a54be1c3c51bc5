#include "core/apigateway/usage_plan_rules.h"

#include "core/apigateway/model_json.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::string_view kPatchPaths =
    "/name, /description, /apiStages, /quota, /quota/limit, /quota/offset, /quota/period, /throttle, "
    "/throttle/rateLimit, /throttle/burstLimit, /productCode, "
    "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, "
    "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit, "
    "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit, "
    "/apiStages/<apidId:stageName>/throttle";
// What AWS was seen to list for op remove.
constexpr std::string_view kRemovePaths =
    "/apiStages, /quota, /throttle, /productCode, "
    "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, "
    "/apiStages/<apidId:stageName>/throttle";

Error unknownPath(const PatchOperation& operation)
{
    return errors::badRequest("Invalid patch path  '" + operation.path + "' specified for op '" + operation.op
        + "'. Must be one of: [" + std::string(operation.op == "remove" ? kRemovePaths : kPatchPaths) + "]");
}

Error invalidValue(const PatchOperation& operation)
{
    return errors::badRequest(
        "Invalid value '" + operation.valueOrEmpty() + "' specified for path " + operation.path);
}

Result<double> numberOf(const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    // The comparison is false for what is no number.
    if (error != std::errc() || end != value.data() + value.size() || !(number >= 0 && number < 1e12))
        return fail(invalidValue(operation));
    return number;
}

Result<int> wholeOf(const PatchOperation& operation)
{
    const auto number = parseInteger(operation.valueOrEmpty());
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max())
        return fail(invalidValue(operation));
    return static_cast<int>(*number);
}

Result<Throttle> throttle(const json& from)
{
    Throttle limits;
    if (const auto rate = from.find("rateLimit"); rate != from.end())
        limits.rateLimit = rate->get<double>();
    if (const auto burst = from.find("burstLimit"); burst != from.end())
        limits.burstLimit = burst->get<int>();
    if (limits.rateLimit.value_or(0) < 0 || limits.burstLimit.value_or(0) < 0)
        return fail(errors::badRequest("Throttle limits must not be negative"));
    return limits;
}

Result<> checkQuota(const Quota& quota)
{
    if (quota.limit <= 0)
        return fail(errors::badRequest("Usage Plan quota limit must be greater than zero"));
    if (quota.period == Quota::Period::Day && quota.offset != 0)
        return fail(errors::badRequest("Usage Plan quota offset must be zero in the DAY period"));
    if (quota.period == Quota::Period::Week && (quota.offset < 0 || quota.offset > 6))
        return fail(errors::badRequest(
            "Usage Plan quota offset must be between zero and six inclusive in the WEEK period"));
    if (quota.period == Quota::Period::Month && (quota.offset < 0 || quota.offset > 27))
        return fail(errors::badRequest(
            "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period"));
    return {};
}

// "{api}:{stage}"
Result<ApiStage> stageNamed(const std::string& name)
{
    const auto colon = name.find(':');
    if (colon == name.npos || colon == 0 || colon + 1 == name.size())
        return fail(errors::invalidApiStage());
    return ApiStage{name.substr(0, colon), name.substr(colon + 1), {}};
}

Result<ApiStage*> stageIn(UsagePlan& plan, const std::string& name)
{
    CORE_TRY(const auto named, stageNamed(name));
    for (auto& stage : plan.apiStages) {
        if (stage.apiId == named.apiId && stage.stage == named.stage)
            return &stage;
    }
    return fail(errors::invalidApiStage());
}

Result<> patchStages(UsagePlan& plan, const PatchOperation& operation, const StageExists& exists)
{
    CORE_TRY(const auto named, stageNamed(operation.valueOrEmpty()));
    const auto* known = plan.find(named.apiId, named.stage);
    if (operation.op == "remove") {
        if (!known)
            return fail(errors::unknownApiStage(named.apiId, named.stage, plan.id));
        plan.apiStages.erase(plan.apiStages.begin() + (known - plan.apiStages.data()));
        return {};
    }
    if (operation.op != "add")
        return fail(unknownPath(operation));
    if (!exists(named.apiId, named.stage))
        return fail(errors::unknownApiStage(named.apiId, named.stage, plan.id));
    if (!known)
        plan.apiStages.push_back(named);
    return {};
}

Result<> patchLimit(Throttle& limits, const PatchOperation& operation)
{
    if (operation.op == "remove")
        return fail(unknownPath(operation));
    if (operation.parts.back() == "rateLimit") {
        CORE_TRY(limits.rateLimit, numberOf(operation));
        return {};
    }
    CORE_TRY(limits.burstLimit, wholeOf(operation));
    return {};
}

bool isLimit(const std::string& part)
{
    return part == "rateLimit" || part == "burstLimit";
}

// "/apiStages/{api}:{stage}/throttle[/{path}/{method}[/rateLimit]]". A path may come escaped ("~1books") or
// as it is ("/books", what clients were seen to send), so its parts are put together again.
Result<> patchMethodThrottle(UsagePlan& plan, const PatchOperation& operation)
{
    CORE_TRY(auto* stage, stageIn(plan, operation.parts[1]));
    auto parts = std::vector<std::string>(operation.parts.begin() + 3, operation.parts.end());
    if (parts.empty()) {
        if (operation.op != "remove")
            return fail(unknownPath(operation));
        stage->throttle.clear();
        return {};
    }
    const bool setsLimit = isLimit(parts.back());
    if (setsLimit)
        parts.pop_back();
    if (parts.size() < 2 || setsLimit == (operation.op == "remove"))
        return fail(unknownPath(operation));
    const auto method = parts.back();
    parts.pop_back();
    auto path = join(parts, "/");
    path.erase(0, std::min(path.find_first_not_of('/'), path.size()));
    const auto name = "/" + path + "/" + method;
    if (setsLimit)
        return patchLimit(stage->throttle[name], operation);
    if (stage->throttle.erase(name) == 0)
        return fail(errors::notFound("Invalid method throttle specified: " + name));
    return {};
}

Result<> patchQuota(UsagePlan& plan, const PatchOperation& operation)
{
    if (operation.op == "remove")
        return fail(unknownPath(operation));
    auto& quota = plan.quota ? *plan.quota : plan.quota.emplace();
    const auto& member = operation.parts[1];
    if (member == "limit") {
        CORE_TRY(quota.limit, wholeOf(operation));
    } else if (member == "offset") {
        CORE_TRY(quota.offset, wholeOf(operation));
    } else if (member == "period") {
        const auto period = quotaPeriod(operation.valueOrEmpty());
        if (!period)
            return fail(invalidValue(operation));
        quota.period = *period;
    } else {
        return fail(unknownPath(operation));
    }
    return {};
}

Result<> patchText(std::string& member, const PatchOperation& operation, bool mayGo)
{
    if (operation.op == "remove" && !mayGo)
        return fail(unknownPath(operation));
    member = operation.op == "remove" ? std::string() : operation.valueOrEmpty();
    return {};
}

Result<> patchOne(UsagePlan& plan, const PatchOperation& operation, const StageExists& exists)
{
    const auto& parts = operation.parts;
    const auto& first = parts.front();
    if (parts.size() == 1) {
        if (first == "name")
            return patchText(plan.name, operation, false);
        if (first == "description")
            return patchText(plan.description, operation, false);
        if (first == "productCode")
            return patchText(plan.productCode, operation, true);
        if (first == "apiStages")
            return patchStages(plan, operation, exists);
        if (operation.op == "remove" && first == "quota") {
            plan.quota.reset();
            return {};
        }
        if (operation.op == "remove" && first == "throttle") {
            plan.throttle.reset();
            return {};
        }
    }
    if (parts.size() == 2 && first == "quota")
        return patchQuota(plan, operation);
    if (parts.size() == 2 && first == "throttle" && isLimit(parts[1]))
        return patchLimit(plan.throttle ? *plan.throttle : plan.throttle.emplace(), operation);
    if (parts.size() >= 3 && first == "apiStages" && parts[2] == "throttle")
        return patchMethodThrottle(plan, operation);
    return fail(unknownPath(operation));
}

}

Result<> readUsagePlan(const json& input, UsagePlan& plan)
{
    plan.name = text(input, "name");
    if (plan.name.empty())
        return fail(errors::badRequest("Usage Plan name cannot be empty"));
    plan.description = text(input, "description");
    plan.tags = stringMap(input, "tags");
    for (const auto& entry : input.value("apiStages", json::array())) {
        ApiStage stage{text(entry, "apiId"), text(entry, "stage"), {}};
        const auto limits = entry.value("throttle", json::object());
        for (const auto& [method, value] : limits.items()) {
            CORE_TRY(stage.throttle[method], throttle(value));
        }
        plan.apiStages.push_back(std::move(stage));
    }
    if (const auto limits = input.find("throttle"); limits != input.end()) {
        CORE_TRY(plan.throttle, throttle(*limits));
    }
    if (const auto from = input.find("quota"); from != input.end()) {
        plan.quota = Quota{from->value("limit", std::int64_t{0}), from->value("offset", 0),
            quotaPeriod(text(*from, "period")).value_or(Quota::Period::Day)};
        CORE_CHECK(checkQuota(*plan.quota));
    }
    return {};
}

Result<> checkStages(const UsagePlan& plan, const StageExists& exists)
{
    for (const auto& stage : plan.apiStages) {
        // AWS was seen to answer with the unfilled template.
        if (stage.apiId.empty() || stage.stage.empty())
            return fail(
                errors::badRequest("Invalid API Stage {api: %s, stage: %s} specified for usageplan %s"));
        if (!exists(stage.apiId, stage.stage))
            return fail(errors::unknownApiStage(stage.apiId, stage.stage, plan.id));
    }
    return {};
}

Result<> patchUsagePlan(
    UsagePlan& plan, const std::vector<PatchOperation>& operations, const StageExists& exists)
{
    for (const auto& operation : operations)
        CORE_CHECK(patchOne(plan, operation, exists));
    return plan.quota ? checkQuota(*plan.quota) : Result<>();
}

}
