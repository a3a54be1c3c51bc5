#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

// The small answers: limits, endpoints, time to live, tags.
namespace core::dynamodb {

Result<aws::Outcome> describeLimits(DynamoDbService&, aws::RequestContext&, aws::Request&)
{
    // The quotas of a new account.
    return aws::Reply::of({{"AccountMaxReadCapacityUnits", 80'000}, {"AccountMaxWriteCapacityUnits", 80'000},
        {"TableMaxReadCapacityUnits", 40'000}, {"TableMaxWriteCapacityUnits", 40'000}});
}

Result<aws::Outcome> describeEndpoints(DynamoDbService& service, aws::RequestContext& context, aws::Request&)
{
    const auto endpoint = service.endpoint();
    const auto scheme = endpoint.find("://");
    const auto address = scheme == std::string::npos ? "dynamodb." + context.region + ".amazonaws.com"
                                                     : endpoint.substr(scheme + 3);
    return aws::Reply::of(
        {{"Endpoints", nlohmann::json::array({{{"Address", address}, {"CachePeriodInMinutes", 1440}}})}});
}

Result<aws::Outcome> describeTimeToLive(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto name = textOf(inputOf(request), "TableName");
    auto table = findTable(service, context, name);
    if (!table && table.error().code == "ResourceNotFoundException")
        return fail(errors::tableNamedNotFound(name));
    CORE_CHECK(std::move(table));
    return aws::Reply::of({{"TimeToLiveDescription", {{"TimeToLiveStatus", "DISABLED"}}}});
}

Result<aws::Outcome> listTagsOfResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = textOf(inputOf(request), "ResourceArn");
    auto table = findTable(service, context, arn);
    if (!table && table.error().code == "ResourceNotFoundException") {
        return fail(ErrorKind::NotFound, "ResourceNotFoundException",
            "Requested resource not found: ResourcArn: " + std::string(arn) + " not found");
    }
    CORE_TRY(const auto found, std::move(table));
    auto tags = nlohmann::json::array();
    for (const auto& [key, value] : found->tags)
        tags.push_back({{"Key", key}, {"Value", value}});
    return aws::Reply::of({{"Tags", std::move(tags)}});
}

}
