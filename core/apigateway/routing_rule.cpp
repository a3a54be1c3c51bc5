#include "core/apigateway/routing_rule.h"

#include "core/apigateway/domain_rules.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::size_t kMostHeaderConditions = 2;
constexpr std::size_t kMostPathConditions = 1;

// Whole parts alone: "v1" begins "/v1/books" and not "/v12".
bool begins(std::string_view path, const std::string& basePath)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const auto decoded = percentDecode(path);
    return decoded == basePath || (decoded.starts_with(basePath) && decoded[basePath.size()] == '/');
}

bool hasHeader(const http::Request& head, const HeaderMatch& wanted)
{
    return head.headers.has(wanted.header)
        && matchesGlob(wanted.valueGlob, head.headers.joined(wanted.header));
}

json toJson(const RoutingCondition& condition)
{
    json out = json::object();
    if (!condition.basePaths.empty())
        out["matchBasePaths"]["anyOf"] = condition.basePaths;
    for (const auto& [header, glob] : condition.headers)
        out["matchHeaders"]["anyOf"].push_back({{"header", header}, {"valueGlob", glob}});
    return out;
}

Result<> checkGlob(const std::string& glob)
{
    const auto star = glob.find('*', 1);
    const bool inside = star != glob.npos && star + 1 < glob.size();
    if (glob.empty() || glob.find('?') != glob.npos || inside)
        return fail(errors::badRequest(
            "Invalid header value glob " + glob + ". A wildcard is allowed at its beginning and its end"));
    return {};
}

Result<RoutingCondition> readCondition(const json& from)
{
    RoutingCondition condition;
    const auto paths = from.value("matchBasePaths", json::object());
    condition.basePaths = stringList(paths, "anyOf");
    for (const auto& path : condition.basePaths)
        CORE_CHECK(checkBasePath(path));
    const auto headers = from.value("matchHeaders", json::object()).value("anyOf", json::array());
    for (const auto& header : headers) {
        condition.headers.push_back({text(header, "header"), text(header, "valueGlob")});
        CORE_CHECK(checkGlob(condition.headers.back().valueGlob));
    }
    if (condition.basePaths.empty() == condition.headers.empty())
        return fail(errors::badRequest("A condition matches base paths or headers"));
    return condition;
}

Result<> readConditions(const json& input, RoutingRule& rule)
{
    rule.conditions.clear();
    std::size_t ofPaths = 0;
    for (const auto& from : input.value("conditions", json::array())) {
        CORE_TRY(auto condition, readCondition(from));
        ofPaths += condition.basePaths.empty() ? 0 : 1;
        rule.conditions.push_back(std::move(condition));
    }
    if (ofPaths > kMostPathConditions || rule.conditions.size() - ofPaths > kMostHeaderConditions)
        return fail(errors::badRequest(
            "A routing rule can have up to two MatchHeaders conditions and one MatchBasePaths condition"));
    return {};
}

}

std::optional<std::string> RoutingRule::take(const http::Request& head) const
{
    std::string basePath;
    for (const auto& condition : conditions) {
        const auto path = std::find_if(condition.basePaths.begin(), condition.basePaths.end(),
            [&](const auto& one) { return begins(head.path(), one); });
        const bool byPath = path != condition.basePaths.end();
        const bool byHeader = std::any_of(condition.headers.begin(), condition.headers.end(),
            [&](const auto& one) { return hasHeader(head, one); });
        if (!byPath && !byHeader)
            return std::nullopt;
        if (byPath && stripBasePath)
            basePath = *path;
    }
    return basePath;
}

std::string recordKey(const RoutingRule& rule)
{
    return rule.region + "/" + rule.domainName + "/" + rule.id;
}

std::string encode(const RoutingRule& rule)
{
    auto out = toJson(rule);
    out["region"] = rule.region;
    out["domainName"] = rule.domainName;
    return out.dump();
}

bool decode(std::string_view stored, RoutingRule& rule)
{
    const auto from = json::parse(stored, nullptr, false);
    if (!from.is_object())
        return false;
    rule.region = text(from, "region");
    rule.domainName = text(from, "domainName");
    rule.id = text(from, "routingRuleId");
    return readRule(from, rule).has_value();
}

json toJson(const RoutingRule& rule)
{
    json conditions = json::array();
    for (const auto& condition : rule.conditions)
        conditions.push_back(toJson(condition));
    const json action{{"apiId", rule.apiId}, {"stage", rule.stage}, {"stripBasePath", rule.stripBasePath}};
    json actions = json::array();
    actions.push_back({{"invokeApi", action}});
    return {{"actions", std::move(actions)}, {"conditions", std::move(conditions)},
        {"priority", rule.priority},
        {"routingRuleArn",
            "arn:aws:apigateway:" + rule.region + "::/domainnames/" + rule.domainName + "/routingrules/"
                + rule.id},
        {"routingRuleId", rule.id}};
}

Result<> readRule(const json& input, RoutingRule& rule)
{
    const auto actions = input.value("actions", json::array());
    if (actions.size() != 1 || !actions.front().contains("invokeApi"))
        return fail(errors::badRequest("A routing rule has exactly one action, InvokeApi"));
    const auto& action = actions.front()["invokeApi"];
    rule.apiId = text(action, "apiId");
    rule.stage = text(action, "stage");
    rule.stripBasePath = flag(action, "stripBasePath");
    rule.priority = input.value("priority", 0);
    return readConditions(input, rule);
}

}
