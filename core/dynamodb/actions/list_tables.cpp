#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

Result<aws::Outcome> listTables(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    const auto given = input.member("Limit");
    const auto limit = given ? static_cast<std::size_t>(given->integer()) : 100;
    auto names = service.tables().names(context.region, textOf(input, "ExclusiveStartTableName"), limit + 1);
    nlohmann::json output;
    if (names.size() > limit) {
        names.pop_back();
        output["LastEvaluatedTableName"] = names.back();
    }
    output["TableNames"] = names;
    return aws::Reply::of(std::move(output));
}

}
