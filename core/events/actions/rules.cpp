#include "core/events/actions.h"
#include "core/events/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::events {

using nlohmann::json;

namespace {

Result<> checkRule(const json& input, const std::string& bus)
{
    const auto pattern = input.value("EventPattern", "");
    const auto schedule = input.value("ScheduleExpression", "");
    if (pattern.empty() && schedule.empty())
        return fail(errors::validation("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    if (!schedule.empty() && bus != kDefaultBus)
        return fail(errors::validation("ScheduleExpression is supported only on the default event bus."));
    if (!schedule.empty() && !Schedule::parse(schedule))
        return fail(errors::validation("Parameter ScheduleExpression is not valid."));
    if (pattern.empty())
        return {};
    if (const auto parsed = aws::EventPattern::parse(pattern); !parsed)
        return fail(errors::badPattern(parsed.error().message));
    return {};
}

Result<Outcome> setState(
    EventsService& service, RequestContext& context, const Request& request, const std::string& state)
{
    const std::lock_guard guard(service.rules().changing());
    CORE_TRY(const auto before, ruleOf(service, context, request, "Name"));
    auto rule = *before;
    if (!rule.isEnabled())
        rule.anchor = context.now;
    rule.state = state;
    CORE_CHECK(service.rules().putRule(std::move(rule)));
    service.scheduler().sync();
    return aws::Reply::of(json::object());
}

}

Result<Outcome> putRule(EventsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    Rule rule;
    rule.name = input.at("Name");
    context.touch(rule.name);
    const std::lock_guard guard(service.rules().changing());
    CORE_TRY(rule.bus, busOf(service, context, request));
    CORE_CHECK(checkRule(input, rule.bus));
    rule.region = context.region;
    rule.account = context.principal.account;
    rule.pattern = input.value("EventPattern", "");
    rule.schedule = input.value("ScheduleExpression", "");
    rule.state = input.value("State", rule.state);
    rule.description = input.value("Description", "");
    rule.role = input.value("RoleArn", "");
    rule.anchor = context.now;
    // What is put again keeps its targets and tags.
    if (const auto before = service.rules().findRule(rule.key())) {
        rule.targets = before->targets;
        rule.tags = before->tags;
    } else {
        CORE_CHECK(addTags(input.value("Tags", json::array()), rule.tags));
    }
    const auto arn = rule.arn();
    CORE_CHECK(service.rules().putRule(std::move(rule)));
    service.scheduler().sync();
    return aws::Reply::of({{"RuleArn", arn}});
}

Result<Outcome> describeRule(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto rule, ruleOf(service, context, request, "Name"));
    auto output = describe(*rule);
    output["CreatedBy"] = rule->account;
    return aws::Reply::of(std::move(output));
}

Result<Outcome> listRules(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto bus, busOf(service, context, request));
    const auto prefix = request.input().value("NamePrefix", "");
    std::vector<json> entries;
    for (const auto& rule : service.rules().rulesOf(context.region, bus)) {
        if (rule->name.starts_with(prefix))
            entries.push_back(describe(*rule));
    }
    CORE_TRY(auto output, pageOf(request.input(), "Rules", entries));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> enableRule(EventsService& service, RequestContext& context, Request& request)
{
    return setState(service, context, request, "ENABLED");
}

Result<Outcome> disableRule(EventsService& service, RequestContext& context, Request& request)
{
    return setState(service, context, request, "DISABLED");
}

Result<Outcome> deleteRule(EventsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.rules().changing());
    CORE_CHECK(busOf(service, context, request));
    const auto rule = ruleOf(service, context, request, "Name");
    // Deleting none is no error on AWS.
    if (!rule)
        return aws::Reply::of(json::object());
    if (!(*rule)->targets.empty())
        return fail(errors::validation("Rule can't be deleted since it has targets."));
    CORE_CHECK(service.rules().eraseRule((*rule)->key()));
    service.scheduler().sync();
    return aws::Reply::of(json::object());
}

Result<Outcome> listRuleNamesByTarget(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto bus, busOf(service, context, request));
    const auto wanted = request.input().at("TargetArn").get<std::string>();
    std::vector<json> entries;
    for (const auto& rule : service.rules().rulesOf(context.region, bus)) {
        if (std::any_of(rule->targets.begin(), rule->targets.end(),
                [&](const Target& target) { return target.arn == wanted; }))
            entries.emplace_back(rule->name);
    }
    CORE_TRY(auto output, pageOf(request.input(), "RuleNames", entries));
    return aws::Reply::of(std::move(output));
}

}
