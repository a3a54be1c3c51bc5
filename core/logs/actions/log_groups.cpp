#include "core/base/text.h"
#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

namespace core::logs {

using nlohmann::json;

namespace {

json describe(const RequestContext& context, const LogGroup& group)
{
    const auto arn = groupArn(context, group.name);
    json output = {{"logGroupName", group.name}, {"creationTime", group.created},
        {"metricFilterCount", group.metricFilters}, {"arn", arn + ":*"}, {"logGroupArn", arn},
        {"storedBytes", group.storedBytes}, {"logGroupClass", group.groupClass}};
    if (group.retentionDays > 0)
        output["retentionInDays"] = group.retentionDays;
    return output;
}

}

Result<Outcome> createLogGroup(LogsService&, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    context.touch(ref.group);
    LogGroup group;
    group.name = ref.group;
    group.groupClass = input.value("logGroupClass", "STANDARD");
    group.created = millis(context.now);
    if (input.contains("tags"))
        input.at("tags").get_to(group.tags);
    return std::make_unique<LogWrite>([ref, group](store::Transaction& transaction) -> Result<> {
        if (readGroup(transaction, ref))
            return fail(errors::groupExists());
        createKeyspaces(transaction);
        writeGroup(transaction, ref, group);
        return {};
    });
}

Result<Outcome> deleteLogGroup(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    return std::make_unique<LogWrite>([ref](store::Transaction& transaction) -> Result<> {
        if (!readGroup(transaction, ref))
            return fail(errors::groupNotFound());
        eraseGroup(transaction, ref);
        return {};
    });
}

Result<Outcome> describeLogGroups(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto prefix = input.value("logGroupNamePrefix", "");
    const auto pattern = input.value("logGroupNamePattern", "");
    if (!prefix.empty() && !pattern.empty())
        return fail(errors::invalidParameter(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."));
    CORE_TRY(const auto after, namedByToken(input));
    const auto limit = input.value("limit", std::size_t{50});
    const auto groupClass = input.value("logGroupClass", "");
    json groups = json::array();
    std::string next;
    scanGroups(*service.readSettled(), context.region, prefix, after, [&](const LogGroup& group) {
        if (!groupClass.empty() && group.groupClass != groupClass)
            return true;
        if (!pattern.empty() && toLower(group.name).find(toLower(pattern)) == std::string::npos)
            return true;
        if (groups.size() == limit) {
            next = groups.back().at("logGroupName");
            return false;
        }
        groups.push_back(describe(context, group));
        return true;
    });
    json output = {{"logGroups", std::move(groups)}};
    if (!next.empty())
        output["nextToken"] = pageToken(next);
    return aws::Reply::of(std::move(output));
}

}
