#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTags = 50;

using Tags = std::map<std::string, std::string>;

Result<Outcome> change(
    const GroupRef& ref, RequestContext& context, const Error& absent, const std::function<void(Tags&)>& edit)
{
    context.touch(ref.group);
    return std::make_unique<LogWrite>([ref, absent, edit](store::Transaction& transaction) -> Result<> {
        auto group = readGroup(transaction, ref);
        if (!group)
            return fail(absent);
        edit(group->tags);
        if (group->tags.size() > kMostTags)
            return fail(ErrorKind::Invalid, "TooManyTagsException",
                "The number of tags exceeds the limit of " + std::to_string(kMostTags) + '.');
        writeGroup(transaction, ref, *group);
        return {};
    });
}

auto adding(const json& input)
{
    return [more = input.at("tags").get<Tags>()](Tags& tags) {
        for (const auto& [key, value] : more)
            tags[key] = value;
    };
}

auto removing(const json& keys)
{
    return [keys = keys.get<std::vector<std::string>>()](Tags& tags) {
        for (const auto& key : keys)
            tags.erase(key);
    };
}

Result<Outcome> tagsOf(LogsService& service, const GroupRef& ref, const Error& absent)
{
    const auto group = readGroup(*service.readSettled(), ref);
    if (!group)
        return fail(absent);
    return aws::Reply::of({{"tags", group->tags}});
}

}

Result<Outcome> tagResource(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, taggedGroup(context, request.input()));
    return change(ref, context, errors::resourceNotFound(), adding(request.input()));
}

Result<Outcome> untagResource(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, taggedGroup(context, request.input()));
    return change(ref, context, errors::resourceNotFound(), removing(request.input().at("tagKeys")));
}

Result<Outcome> listTagsForResource(LogsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, taggedGroup(context, request.input()));
    return tagsOf(service, ref, errors::resourceNotFound());
}

Result<Outcome> tagLogGroup(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    return change(ref, context, errors::groupNotFound(), adding(request.input()));
}

Result<Outcome> untagLogGroup(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    return change(ref, context, errors::groupNotFound(), removing(request.input().at("tags")));
}

Result<Outcome> listTagsLogGroup(LogsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    return tagsOf(service, ref, errors::groupNotFound());
}

}
