#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTags = 50;

// The key of the function that an ARN names.
Result<std::string> taggedFunction(LambdaService& service, RequestContext& context, const json& input)
{
    const std::string given = input.at("Resource");
    const auto arn = Arn::parse(given);
    const auto parts = arn ? split(arn->resource, ':') : std::vector<std::string_view>();
    if (parts.size() < 2 || parts[0] != "function")
        return fail(errors::resourceNotFound());
    if (parts.size() > 2)
        return fail(errors::invalidParameter(
            "Tags on function aliases and versions are not supported. Please specify a function ARN."));
    context.touch(std::string(parts[1]));
    if (arn->region != context.region)
        return fail(errors::regionNotReachable(arn->region, context.region));
    auto key = arn->region + '/' + std::string(parts[1]);
    if (!service.functions().find(key))
        return fail(errors::functionNotFound(given));
    return key;
}

bool isOfMapping(const json& input)
{
    const auto arn = Arn::parse(input.at("Resource").get<std::string>());
    return arn && arn->resource.starts_with("event-source-mapping:");
}

Result<std::shared_ptr<const EventSourceMapping>> taggedMapping(
    LambdaService& service, RequestContext& context, const json& input)
{
    const auto arn = Arn::parse(input.at("Resource").get<std::string>());
    auto mapping =
        service.mappings().find(arn->region + '/' + arn->resource.substr(arn->resource.find(':') + 1));
    if (!mapping)
        return fail(errors::resourceNotFound());
    context.touch(mapping->function);
    return mapping;
}

Result<> changeMapping(LambdaService& service, RequestContext& context, const json& input,
    const std::function<void(EventSourceMapping&)>& edit)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto before, taggedMapping(service, context, input));
    auto changed = *before;
    edit(changed);
    CORE_CHECK(checkTagCount(changed.tags.size()));
    const auto kept = service.mappings().put(std::move(changed));
    return kept ? Result<>() : fail(kept.error());
}

Result<> change(LambdaService& service, const std::string& key, const std::function<void(Function&)>& edit)
{
    const auto changed = service.functions().update(key, [&](Function& function) -> Result<> {
        edit(function);
        CORE_CHECK(checkTagCount(function.tags.size()));
        function.revision = newUuid();
        return {};
    });
    return changed ? Result<>() : fail(changed.error());
}

}

Result<> checkTagCount(std::size_t count)
{
    if (count > kMostTags)
        return fail(errors::invalidParameter("Number of tags exceeds resource tag limit."));
    return {};
}

Result<Outcome> tagResource(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& tags = request.input().at("Tags");
    if (tags.empty())
        return fail(errors::invalidParameter("An error occurred and the request cannot be processed."));
    const auto add = [&](auto& resource) {
        for (const auto& [name, value] : tags.items())
            resource.tags[name] = value;
    };
    if (isOfMapping(request.input())) {
        CORE_CHECK(changeMapping(service, context, request.input(), add));
        return aws::Reply{};
    }
    CORE_TRY(const auto key, taggedFunction(service, context, request.input()));
    CORE_CHECK(change(service, key, add));
    return aws::Reply{};
}

Result<Outcome> untagResource(LambdaService& service, RequestContext& context, Request& request)
{
    const auto remove = [&](auto& resource) {
        for (const auto& name : request.input().at("TagKeys"))
            resource.tags.erase(name.get<std::string>());
    };
    if (isOfMapping(request.input())) {
        CORE_CHECK(changeMapping(service, context, request.input(), remove));
        return aws::Reply{};
    }
    CORE_TRY(const auto key, taggedFunction(service, context, request.input()));
    CORE_CHECK(change(service, key, remove));
    return aws::Reply{};
}

Result<Outcome> listTags(LambdaService& service, RequestContext& context, Request& request)
{
    if (isOfMapping(request.input())) {
        CORE_TRY(const auto mapping, taggedMapping(service, context, request.input()));
        return aws::Reply::of({{"Tags", mapping->tags}});
    }
    CORE_TRY(const auto key, taggedFunction(service, context, request.input()));
    const auto function = service.functions().find(key);
    return aws::Reply::of({{"Tags", function ? function->tags : std::map<std::string, std::string>()}});
}

}
