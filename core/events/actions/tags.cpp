#include "core/base/arn.h"
#include "core/events/actions.h"
#include "core/events/errors.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace core::events {

using nlohmann::json;

namespace {

using Tags = std::map<std::string, std::string>;
using Edit = std::function<Result<>(Tags&)>;

// "rule/name", "rule/bus/name" → "region/bus/name"
std::string ruleKey(const Arn& arn)
{
    const auto place = arn.resource.substr(5);
    const bool hasBus = place.find('/') != std::string::npos;
    return arn.region + '/' + (hasBus ? "" : std::string(kDefaultBus) + '/') + place;
}

// Reads the tags of what the ARN names, and keeps them when `edit` has changed them.
Result<Tags> withTags(EventsService& service, RequestContext& context, const json& input, const Edit& edit)
{
    const auto text = input.at("ResourceARN").get<std::string>();
    const auto arn = Arn::parse(text);
    const std::lock_guard guard(service.rules().changing());
    if (arn && arn->resource.starts_with("rule/")) {
        const auto before = service.rules().findRule(ruleKey(*arn));
        if (!before) {
            const auto slash = arn->resource.rfind('/');
            const auto bus = slash > 5 ? arn->resource.substr(5, slash - 5) : std::string(kDefaultBus);
            return fail(errors::noRule(arn->resource.substr(slash + 1), bus));
        }
        context.touch(before->name);
        if (!edit)
            return before->tags;
        auto rule = *before;
        CORE_CHECK(edit(rule.tags));
        auto tags = rule.tags;
        CORE_CHECK(service.rules().putRule(std::move(rule)));
        return tags;
    }
    if (!arn || !arn->resource.starts_with("event-bus/"))
        return fail(errors::noResource(text));
    CORE_TRY(
        auto bus, service.rules().bus(context.region, context.principal.account, arn->resource.substr(10)));
    context.touch(bus.name);
    if (edit) {
        CORE_CHECK(edit(bus.tags));
        CORE_CHECK(service.rules().putBus(bus));
    }
    return bus.tags;
}

}

Result<Outcome> tagResource(EventsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_CHECK(
        withTags(service, context, input, [&](Tags& tags) { return addTags(input.at("Tags"), tags); }));
    return aws::Reply::of(json::object());
}

Result<Outcome> untagResource(EventsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_CHECK(withTags(service, context, input, [&](Tags& tags) -> Result<> {
        for (const auto& key : input.at("TagKeys"))
            tags.erase(key.get<std::string>());
        return {};
    }));
    return aws::Reply::of(json::object());
}

Result<Outcome> listTagsForResource(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tags, withTags(service, context, request.input(), {}));
    json listed = json::array();
    for (const auto& [key, value] : tags)
        listed.push_back({{"Key", key}, {"Value", value}});
    return aws::Reply::of({{"Tags", std::move(listed)}});
}

}
