#include "core/apigateway/quotas.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_actions.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/apigateway/usage_plan_rules.h"
#include "core/apigateway/v2/api_store.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr std::string_view kStages = "apigateway/stages";

// Of REST and of WebSocket APIs; HTTP APIs take no keys.
StageExists stagesOf(store::Transaction& transaction, const std::string& region)
{
    return [&transaction, region](const std::string& apiId, const std::string& stage) {
        if (transaction.get(kStages, region + "/" + apiId + "/" + stage))
            return true;
        const auto draft = v2::ApiDraft::open(transaction, region, apiId, Error{});
        return draft && !draft->api.isHttp() && draft->stages.contains(stage);
    };
}

std::string planName(const RequestContext& context, const Request& request)
{
    return context.region + "/" + text(request.input(), "usagePlanId");
}

}

Result<Outcome> createUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request)
{
    UsagePlan plan;
    plan.region = context.region;
    plan.id = randomLower(6);
    CORE_CHECK(readUsagePlan(request.input(), plan));
    context.touch(plan.id);
    auto& plans = service.usage().plans;
    return std::make_unique<RecordWrite>(
        [plan, &plans](store::Transaction& transaction) -> Result<json> {
            CORE_CHECK(checkStages(plan, stagesOf(transaction, plan.region)));
            CORE_CHECK(
                checkRoom(quotas::kUsagePlans, plans.readBelow(transaction, plan.region + "/").size()));
            plans.put(transaction, plan);
            return toJson(plan, false);
        },
        [plan, &plans] { plans.refresh(recordKey(plan)); });
}

Result<Outcome> getUsagePlans(ApiGatewayService& service, RequestContext& context, Request& request)
{
    auto& usage = service.usage();
    const auto keyId = text(request.input(), "keyId");
    std::vector<json> items;
    for (const auto& plan : usage.plans.below(context.region + "/")) {
        if (keyId.empty() || usage.planKeys.find(recordKey(*plan) + "/" + keyId))
            items.push_back(toJson(*plan, false));
    }
    CORE_TRY(auto page, pageOf(request, items));
    return Reply::of(std::move(page));
}

Result<Outcome> getUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto plan = service.usage().plans.find(planName(context, request));
    if (!plan)
        return fail(errors::invalidUsagePlan());
    context.touch(plan->id);
    return Reply::of(toJson(*plan, true));
}

Result<Outcome> updateUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    context.touch(text(request.input(), "usagePlanId"));
    auto& plans = service.usage().plans;
    const auto name = planName(context, request);
    return std::make_unique<RecordWrite>(
        [operations = std::move(operations), name, &plans](store::Transaction& transaction) -> Result<json> {
            const auto before = plans.read(transaction, name);
            if (!before)
                return fail(errors::invalidUsagePlan());
            auto plan = *before;
            CORE_CHECK(patchUsagePlan(plan, operations, stagesOf(transaction, plan.region)));
            plans.put(transaction, plan);
            return toJson(plan, true);
        },
        [name, &plans] { plans.refresh(name); });
}

Result<Outcome> deleteUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "usagePlanId"));
    auto& usage = service.usage();
    const auto name = planName(context, request);
    auto left = std::make_shared<std::vector<std::string>>(); // its keys
    return std::make_unique<RecordWrite>(
        [name, left, &usage](store::Transaction& transaction) -> Result<json> {
            const auto plan = usage.plans.read(transaction, name);
            if (!plan)
                return fail(errors::invalidUsagePlan());
            if (!plan->apiStages.empty()) {
                const auto& stage = plan->apiStages.front();
                return fail(errors::planHasStages(plan->id, stage.apiId + ":" + stage.stage));
            }
            for (const auto& member : usage.planKeys.readBelow(transaction, name + "/")) {
                left->push_back(recordKey(*member));
                usage.planKeys.erase(transaction, left->back());
            }
            usage.meter.eraseKept(transaction, name + "/");
            usage.plans.erase(transaction, name);
            return json(nullptr);
        },
        [name, left, &usage] {
            usage.plans.refresh(name);
            for (const auto& member : *left)
                usage.planKeys.refresh(member);
            usage.meter.forget(name + "/");
        });
}

}
