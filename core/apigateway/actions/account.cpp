#include "core/apigateway/patch.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_actions.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

Result<> patchRole(GatewayAccount& account, const PatchOperation& operation)
{
    const auto& role = operation.valueOrEmpty();
    const auto arn = Arn::parse(role);
    if (!role.empty() && (!arn || arn->service != "iam" || !arn->resource.starts_with("role/")))
        return fail(errors::badRequest("Invalid ARN specified in the request"));
    account.cloudwatchRoleArn = role;
    return {};
}

Result<> patchFeatures(GatewayAccount&, const PatchOperation& operation)
{
    if (operation.valueOrEmpty() != "UsagePlans")
        return fail(errors::badRequest(
            "Invalid feature " + operation.valueOrEmpty() + " specified. Must be one of: [UsagePlans]"));
    if (operation.op == "remove")
        return fail(errors::badRequest("Usage Plans cannot be disabled once enabled"));
    return {};
}

constexpr PatchRule<GatewayAccount> kPatchRules[] = {
    {"/cloudwatchRoleArn", "replace", patchRole},
    {"/features", "add remove", patchFeatures},
};

// Changes the region's settings; those that nobody has set are AWS's.
Outcome changeAccount(
    ApiGatewayService& service, RequestContext& context, std::function<Result<>(GatewayAccount&)> change)
{
    auto& accounts = service.usage().accounts;
    context.touch("account");
    return std::make_unique<RecordWrite>(
        [region = context.region, change = std::move(change), &accounts](
            store::Transaction& transaction) -> Result<json> {
            const auto before = accounts.read(transaction, region);
            auto account = before ? *before : GatewayAccount{.region = region};
            CORE_CHECK(change(account));
            accounts.put(transaction, account);
            return toJson(account);
        },
        [region = context.region, &accounts] { accounts.refresh(region); });
}

}

Result<Outcome> getAccount(ApiGatewayService& service, RequestContext& context, Request&)
{
    return Reply::of(toJson(service.usage().account(context.region)));
}

Result<Outcome> updateAccount(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto operations, parsePatch(request.input()));
    return changeAccount(service, context, [operations = std::move(operations)](GatewayAccount& account) {
        return applyPatch<GatewayAccount>(account, operations, kPatchRules, unknownPatchPath);
    });
}

// On AWS the account's limits are raised by a request to its support.
Result<Outcome> putAccountThrottle(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const RateLimit limit{input.value("rateLimit", 0.0), static_cast<double>(input.value("burstLimit", 0))};
    if (limit.rate < 0 || limit.burst < 1)
        return fail(errors::badRequest("rateLimit must not be negative and burstLimit must be at least 1"));
    return changeAccount(service, context, [limit](GatewayAccount& account) -> Result<> {
        account.throttle = limit;
        return {};
    });
}

}
