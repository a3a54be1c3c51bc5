#include "core/apigateway/patch.h"
#include "core/apigateway/quotas.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_actions.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr DayNumber kMaxDays = 366;

std::string planName(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "usagePlanId");
}

json memberJson(const UsagePlanKey& member, const ApiKey& key, bool withValue)
{
    json out{{"id", member.keyId}, {"type", member.type}, {"name", key.name}};
    if (withValue)
        out["value"] = key.value;
    return out;
}

Result<std::shared_ptr<const UsagePlan>> findPlan(
    ApiGatewayService& service, const RequestContext& context, const Request& request)
{
    auto plan = service.usage().plans.find(planName(context, request));
    if (!plan)
        return fail(errors::invalidUsagePlan());
    return plan;
}

// A key may reach a stage through one plan only.
Result<> checkOnlyPlan(
    store::Transaction& transaction, UsageControl& usage, const UsagePlan& plan, const std::string& keyId)
{
    std::size_t plans = 0;
    for (const auto& member : usage.planKeys.readBelow(transaction, plan.region + "/")) {
        if (member->keyId != keyId)
            continue;
        ++plans;
        if (member->planId == plan.id)
            return fail(errors::conflict("Usage Plan " + plan.id + " already has the API Key " + keyId));
        const auto other = usage.plans.read(transaction, plan.region + "/" + member->planId);
        for (const auto& stage : plan.apiStages) {
            if (other && other->find(stage.apiId, stage.stage))
                return fail(errors::conflict("API Key " + keyId + " already has access to API Stage "
                    + stage.apiId + ":" + stage.stage + " by Usage Plan " + other->id));
        }
    }
    return checkRoom(quotas::kPlansOfKey, plans);
}

struct DateRange {
    DayNumber from;
    DayNumber to;
};

Result<DateRange> datesOf(const json& input)
{
    const auto from = parseDate(text(input, "startDate"));
    const auto to = parseDate(text(input, "endDate"));
    if (!from || !to)
        return fail(errors::badRequest("Invalid date specified. Dates must be in format yyyy-MM-dd"));
    if (*from > *to)
        return fail(errors::badRequest("Invalid date range specified. startDate must not be after endDate"));
    if (*to - *from >= kMaxDays)
        return fail(errors::badRequest("Invalid date range specified. It must not exceed a year"));
    return DateRange{*from, *to};
}

json usageOf(
    UsageControl& usage, const UsagePlan& plan, const std::string& keyId, DateRange range, Micros now)
{
    json days = json::array();
    for (const auto& day : usage.meter.days(plan, keyId, range.from, range.to, now))
        days.push_back({day.used, day.remaining});
    return days;
}

Result<std::int64_t> remainingOf(const std::vector<PatchOperation>& operations)
{
    std::optional<std::int64_t> remaining;
    for (const auto& operation : operations) {
        if (operation.path != "/remaining")
            return fail(unknownPatchPath(operation));
        if (operation.op != "replace")
            return fail(wrongPatchOperation(operation, "replace"));
        remaining = parseInteger(operation.valueOrEmpty());
        if (!remaining || *remaining < 0 || *remaining > 1'000'000'000'000)
            return fail(
                errors::badRequest("Invalid value '" + operation.valueOrEmpty() + "' for /remaining"));
    }
    if (!remaining)
        return fail(errors::badRequest("No patch operation for /remaining specified"));
    return *remaining;
}

}

Result<Outcome> createUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    if (text(input, "keyType") != "API_KEY")
        return fail(errors::badRequest("Invalid keyType specified. Must be one of: [API_KEY]"));
    const UsagePlanKey member{
        context.region, text(input, "usagePlanId"), text(input, "keyId"), text(input, "keyType")};
    context.touch(member.planId);
    auto& usage = service.usage();
    return std::make_unique<RecordWrite>(
        [member, &usage](store::Transaction& transaction) -> Result<json> {
            const auto plan = usage.plans.read(transaction, member.region + "/" + member.planId);
            if (!plan)
                return fail(errors::invalidUsagePlan());
            const auto key = usage.keys.read(transaction, indexKey(member));
            if (!key)
                return fail(errors::invalidApiKey());
            CORE_CHECK(checkOnlyPlan(transaction, usage, *plan, key->id));
            usage.planKeys.put(transaction, member);
            return memberJson(member, *key, true);
        },
        [member, &usage] { usage.planKeys.refresh(recordKey(member)); });
}

Result<Outcome> getUsagePlanKeys(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto plan, findPlan(service, context, request));
    const auto begin = text(request.input(), "nameQuery");
    std::vector<json> items;
    for (const auto& member : service.usage().planKeys.below(recordKey(*plan) + "/")) {
        const auto key = service.usage().keys.find(indexKey(*member));
        if (key && key->name.starts_with(begin))
            items.push_back(memberJson(*member, *key, true));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto plan, findPlan(service, context, request));
    const auto member =
        service.usage().planKeys.find(recordKey(*plan) + "/" + text(request.input(), "keyId"));
    const auto key = member ? service.usage().keys.find(indexKey(*member)) : nullptr;
    if (!key)
        return fail(errors::invalidUsagePlanKey());
    return Reply::of(memberJson(*member, *key, true));
}

Result<Outcome> deleteUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "usagePlanId"));
    auto& usage = service.usage();
    const auto plan = planName(context, request);
    const auto name = plan + "/" + text(request.input(), "keyId");
    return std::make_unique<RecordWrite>(
        [plan, name, &usage](store::Transaction& transaction) -> Result<json> {
            if (!usage.plans.read(transaction, plan))
                return fail(errors::invalidUsagePlan());
            if (!usage.planKeys.erase(transaction, name))
                return fail(errors::invalidUsagePlanKey());
            usage.meter.eraseKept(transaction, name);
            return json(nullptr);
        },
        [name, &usage] {
            usage.planKeys.refresh(name);
            usage.meter.forget(name);
        });
}

Result<Outcome> getUsage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto plan, findPlan(service, context, request));
    CORE_TRY(const auto range, datesOf(input));
    auto& usage = service.usage();
    const auto wanted = text(input, "keyId");
    std::vector<json> listed;
    for (const auto& member : usage.planKeys.below(recordKey(*plan) + "/")) {
        if (wanted.empty() || member->keyId == wanted)
            listed.push_back({member->keyId, usageOf(usage, *plan, member->keyId, range, context.now)});
    }
    if (!wanted.empty() && listed.empty())
        return fail(errors::invalidUsagePlanKey());
    CORE_TRY(auto page, pageOf(request, listed));
    json out{{"usagePlanId", plan->id}, {"startDate", dateText(range.from)}, {"endDate", dateText(range.to)},
        {"values", json::object()}};
    for (const auto& entry : page["item"])
        out["values"][entry[0].get<std::string>()] = entry[1];
    if (page.contains("position"))
        out["position"] = page["position"];
    return Reply::of(std::move(out));
}

Result<Outcome> updateUsage(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto operations, parsePatch(request.input()));
    CORE_TRY(const auto plan, findPlan(service, context, request));
    auto& usage = service.usage();
    const auto keyId = text(request.input(), "keyId");
    if (!usage.planKeys.find(recordKey(*plan) + "/" + keyId))
        return fail(errors::invalidUsagePlanKey());
    CORE_TRY(const auto remaining, remainingOf(operations));
    if (!plan->quota)
        return fail(errors::badRequest("Usage Plan " + plan->id + " has no quota"));
    context.touch(plan->id);
    usage.meter.setRemaining(*plan, keyId, remaining, context.now);
    CORE_CHECK(usage.meter.write());
    const auto today = dayOf(context.now);
    return Reply::of({{"usagePlanId", plan->id}, {"startDate", dateText(today)}, {"endDate", dateText(today)},
        {"values", {{keyId, usageOf(usage, *plan, keyId, {today, today}, context.now)}}}});
}

}
