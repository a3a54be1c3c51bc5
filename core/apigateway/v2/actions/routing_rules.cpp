#include "core/apigateway/custom_domain.h"
#include "core/apigateway/domain_rules.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/v2/domain_actions.h"
#include "core/apigateway/v2/domain_errors.h"
#include "core/apigateway/v2/requests.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

using aws::Reply;
using nlohmann::json;

namespace {

std::string domainKey(const RequestContext& context, const Request& request)
{
    return context.region + "/" + domainResource(request.input());
}

std::string ruleKey(const RequestContext& context, const Request& request)
{
    return domainKey(context, request) + "/" + text(request.input(), "routingRuleId");
}

Error unknownRule(const std::string& id)
{
    return errors::unknown("RoutingRule", id);
}

// The domain and the API are there, and no other rule has the priority.
Result<> checkRule(store::Transaction& transaction, const CustomDomains& domains, const RoutingRule& rule)
{
    const auto domain = rule.region + "/" + rule.domainName;
    if (!domains.names.read(transaction, domain))
        return fail(errors::invalidDomainName());
    CORE_CHECK(checkTarget(transaction, {rule.region, rule.domainName, {}, rule.apiId, rule.stage, {}},
        errors::badRequest("Invalid API identifier specified")));
    const auto others = domains.rules.readBelow(transaction, domain + "/");
    const bool taken = std::any_of(others.begin(), others.end(),
        [&](const auto& other) { return other->id != rule.id && other->priority == rule.priority; });
    if (taken)
        return fail(errors::conflict("A routing rule with priority " + std::to_string(rule.priority)
            + " already exists for this domain name"));
    return {};
}

Outcome keep(CustomDomains& domains, const RoutingRule& rule, bool isNew)
{
    return std::make_unique<RecordWrite>(
        [rule, isNew, &domains](store::Transaction& transaction) -> Result<json> {
            if (!isNew && !domains.rules.read(transaction, recordKey(rule)))
                return fail(unknownRule(rule.id));
            CORE_CHECK(checkRule(transaction, domains, rule));
            domains.rules.put(transaction, rule);
            return apigateway::toJson(rule);
        },
        [key = recordKey(rule), &domains] { domains.rules.refresh(key); });
}

}

Result<Outcome> createRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    RoutingRule rule;
    rule.region = context.region;
    rule.domainName = domainResource(request.input());
    rule.id = randomLower(6);
    CORE_CHECK(readRule(request.input(), rule));
    context.touch(rule.domainName);
    return keep(service.domains(), rule, true);
}

Result<Outcome> putRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    RoutingRule rule;
    rule.region = context.region;
    rule.domainName = domainResource(request.input());
    rule.id = text(request.input(), "routingRuleId");
    CORE_CHECK(readRule(request.input(), rule));
    context.touch(rule.domainName);
    return keep(service.domains(), rule, false);
}

Result<Outcome> listRoutingRules(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    if (!service.domains().names.find(domainKey(context, request)))
        return fail(errors::invalidDomainName());
    auto rules = service.domains().rules.below(domainKey(context, request) + "/");
    std::sort(
        rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a->priority < b->priority; });
    std::vector<json> items;
    for (const auto& rule : rules)
        items.push_back(apigateway::toJson(*rule));
    CORE_TRY(auto page, pageOf(request, std::move(items)));
    auto out = std::get<Reply>(page).json();
    out["routingRules"] = std::move(out["items"]);
    out.erase("items");
    return Reply::of(std::move(out));
}

Result<Outcome> getRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    const auto rule = service.domains().rules.find(ruleKey(context, request));
    if (!rule)
        return fail(unknownRule(text(request.input(), "routingRuleId")));
    return Reply::of(apigateway::toJson(*rule));
}

Result<Outcome> deleteRoutingRule(ApiGatewayV2Service& service, RequestContext& context, Request& request)
{
    context.touch(text(request.input(), "domainName"));
    auto& rules = service.domains().rules;
    const auto key = ruleKey(context, request);
    return std::make_unique<RecordWrite>(
        [id = text(request.input(), "routingRuleId"), key, &rules](
            store::Transaction& transaction) -> Result<json> {
            if (!rules.erase(transaction, key))
                return fail(unknownRule(id));
            return json(nullptr);
        },
        [key, &rules] { rules.refresh(key); });
}

}
