#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

// The small answers: limits and endpoints.
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

}
