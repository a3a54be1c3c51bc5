#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

// Global tables of version 2017.11.29: none can be made any more, so that there are none. The actions do not
// see those of version 2019.11.21.
namespace core::dynamodb {

using nlohmann::json;

Result<aws::Outcome> createGlobalTable(DynamoDbService&, aws::RequestContext& context, aws::Request& request)
{
    context.touch(std::string(textOf(inputOf(request), "GlobalTableName")));
    return fail(errors::oldGlobalTables());
}

Result<aws::Outcome> updateGlobalTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto name = input.value("GlobalTableName", "");
    context.touch(name);
    const auto& updates = input["ReplicaUpdates"];
    const bool creates = std::any_of(
        updates.begin(), updates.end(), [](const json& update) { return update.contains("Create"); });
    const auto table = service.tables().find(context.region, name);
    if (creates && table && table->isGlobal())
        return fail(errors::oldGlobalTables());
    return fail(errors::globalTableNotFound(name));
}

Result<aws::Outcome> listGlobalTables(DynamoDbService&, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of({{"GlobalTables", json::array()}});
}

Result<aws::Outcome> findGlobalTable(DynamoDbService&, aws::RequestContext& context, aws::Request& request)
{
    const std::string name(textOf(inputOf(request), "GlobalTableName"));
    context.touch(name);
    return fail(errors::globalTableNotFound(name));
}

// GET /_chamber/dynamodb/replication: {"Replication": [{"TableName", "From", "To", "DelayMilliseconds",
// "Pending", "LagMilliseconds", "Applied", "Older"}], "Copies": [{"TableName", "From", "To"}]}. Pending
// writes of a replica have not arrived; the lag is the age of the oldest of them; Older ones came too late.
Result<aws::Outcome> getReplication(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of(service.replicator().report());
}

}
