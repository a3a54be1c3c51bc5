#include "core/logs/log_names.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/logs/errors.h"

#include <nlohmann/json.hpp>

namespace core::logs {

std::string groupNamed(std::string_view identifier)
{
    const auto arn = Arn::parse(identifier);
    if (!arn)
        return std::string(identifier);
    constexpr std::string_view kKind = "log-group:";
    auto name = std::string_view(arn->resource);
    if (name.starts_with(kKind))
        name.remove_prefix(kKind.size());
    if (name.ends_with(":*"))
        name.remove_suffix(2);
    return std::string(name);
}

Result<GroupRef> taggedGroup(const aws::RequestContext& context, const nlohmann::json& input)
{
    const auto& text = input.at("resourceArn").get_ref<const std::string&>();
    const auto arn = Arn::parse(text);
    if (!arn || arn->service != "logs" || !arn->resource.starts_with("log-group:"))
        return fail(errors::invalidParameter("Invalid resource ARN: " + text));
    return GroupRef{arn->region.empty() ? context.region : arn->region, groupNamed(text)};
}

Result<GroupRef> groupOf(const aws::RequestContext& context, const nlohmann::json& input)
{
    const bool byName = input.contains("logGroupName");
    const bool byIdentifier = input.contains("logGroupIdentifier");
    if (byName && byIdentifier)
        return fail(
            errors::invalidParameter("LogGroup name and LogGroup ARN are mutually exclusive parameters."));
    if (!byName && !byIdentifier)
        return fail(errors::invalidParameter("Both logGroupName and logGroupIdentifier cannot be null."));
    const auto& given =
        input.at(byName ? "logGroupName" : "logGroupIdentifier").get_ref<const std::string&>();
    return GroupRef{context.region, byName ? given : groupNamed(given)};
}

std::string groupArn(const aws::RequestContext& context, std::string_view group)
{
    return Arn{"logs", context.region, context.principal.account, "log-group:" + std::string(group)}.text();
}

std::string pageToken(std::string_view lastName)
{
    return base64(lastName);
}

Result<std::string> namedByToken(const nlohmann::json& input)
{
    if (!input.contains("nextToken"))
        return std::string{};
    auto name = unbase64(input.at("nextToken").get_ref<const std::string&>());
    if (!name)
        return fail(errors::invalidToken());
    return std::move(*name);
}

std::int64_t millis(Micros moment)
{
    return moment / kMillisecond;
}

}
