#include "core/apigateway/log_group_check.h"

#include "core/apigateway/errors.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

Result<> findLogGroup(aws::Caller& caller, const std::string& destinationArn, const std::string& region)
{
    const auto group = logGroupOf(destinationArn);
    if (!group)
        return {};
    const aws::CallOptions options{
        .region = group->region.empty() ? region : group->region, .from = "apigateway", .quiet = true};
    // In order of names, so that the group itself comes first of those that begin like it.
    const auto found = caller.call(
        "logs", "DescribeLogGroups", {{"logGroupNamePrefix", group->name}, {"limit", 1}}, options);
    if (!found)
        return fail(found.error());
    const auto groups = found->json().value("logGroups", json::array());
    if (groups.empty() || groups.front().value("logGroupName", "") != group->name)
        return fail(
            errors::notFound("Cannot enable logging. LogDestination: " + group->name + " does not exist"));
    return {};
}

}
