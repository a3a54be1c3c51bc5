#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

Result<aws::Outcome> describeTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    if (!input.member("TableName"))
        return fail(
            errors::validation("The parameter 'TableName' is required but was not present in the request"));
    CORE_TRY(auto name, tableNameOf(textOf(input, "TableName"), context.region));
    context.touch(name);
    const auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    CORE_CHECK(service.tables().count(table));
    return aws::Reply::of({{"Table", describe(*table, context.now)}});
}

}
