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

constexpr std::string_view kMapping = "event-source-mapping:";
constexpr std::string_view kCodeSigning = "code-signing-config:";

bool isOf(const json& input, std::string_view kind)
{
    const auto arn = Arn::parse(input.at("Resource").get<std::string>());
    return arn && arn->resource.starts_with(kind);
}

const std::string& nameOf(const EventSourceMapping& mapping)
{
    return mapping.function;
}

const std::string& nameOf(const CodeSigningConfig& config)
{
    return config.id;
}

// What is kept by region and id.
template <typename Record>
Result<std::shared_ptr<const Record>> taggedRecord(
    aws::RecordStore<Record>& records, RequestContext& context, const json& input)
{
    const auto arn = Arn::parse(input.at("Resource").get<std::string>());
    auto record = records.find(arn->region + '/' + arn->resource.substr(arn->resource.find(':') + 1));
    if (!record)
        return fail(errors::resourceNotFound());
    context.touch(nameOf(*record));
    return record;
}

template <typename Record, typename Edit>
Result<> changeRecord(LambdaService& service, aws::RecordStore<Record>& records, RequestContext& context,
    const json& input, const Edit& edit)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto before, taggedRecord(records, context, input));
    auto changed = *before;
    edit(changed.tags);
    CORE_CHECK(checkTags(changed.tags));
    const auto kept = records.put(std::move(changed));
    return kept ? Result<>() : fail(kept.error());
}

using Tags = std::map<std::string, std::string>;

Result<> change(LambdaService& service, RequestContext& context, const json& input,
    const std::function<void(Tags&)>& edit)
{
    if (isOf(input, kMapping))
        return changeRecord(service, service.mappings(), context, input, edit);
    if (isOf(input, kCodeSigning))
        return changeRecord(service, service.codeSigning(), context, input, edit);
    CORE_TRY(const auto key, taggedFunction(service, context, input));
    const auto changed = service.functions().update(key, [&](Function& function) -> Result<> {
        edit(function.tags);
        CORE_CHECK(checkTags(function.tags));
        function.revision = newUuid();
        return {};
    });
    return changed ? Result<>() : fail(changed.error());
}

}

Result<> checkTags(const std::map<std::string, std::string>& tags)
{
    for (const auto& [key, value] : tags) {
        if (toLower(key).starts_with("aws:"))
            return fail(
                errors::invalidParameter("aws: prefixed tag key names are not allowed for external use."));
    }
    if (tags.size() > kMostTags)
        return fail(errors::invalidParameter("Number of tags exceeds resource tag limit."));
    return {};
}

Result<Outcome> tagResource(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& given = request.input().at("Tags");
    if (given.empty())
        return fail(errors::invalidParameter("An error occurred and the request cannot be processed."));
    CORE_CHECK(change(service, context, request.input(), [&](Tags& tags) {
        for (const auto& [name, value] : given.items())
            tags[name] = value;
    }));
    return aws::Reply{};
}

Result<Outcome> untagResource(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_CHECK(change(service, context, request.input(), [&](Tags& tags) {
        for (const auto& name : request.input().at("TagKeys"))
            tags.erase(name.get<std::string>());
    }));
    return aws::Reply{};
}

Result<Outcome> listTags(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    if (isOf(input, kMapping)) {
        CORE_TRY(const auto mapping, taggedRecord(service.mappings(), context, input));
        return aws::Reply::of({{"Tags", mapping->tags}});
    }
    if (isOf(input, kCodeSigning)) {
        CORE_TRY(const auto config, taggedRecord(service.codeSigning(), context, input));
        return aws::Reply::of({{"Tags", config->tags}});
    }
    CORE_TRY(const auto key, taggedFunction(service, context, input));
    const auto function = service.functions().find(key);
    return aws::Reply::of({{"Tags", function ? function->tags : Tags()}});
}

}
