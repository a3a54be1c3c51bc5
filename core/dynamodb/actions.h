#pragma once

#include "core/dynamodb/service.h"

// One function an action, each in actions/<name>.cpp.
namespace core::dynamodb {

Result<aws::Outcome> createTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listTables(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> updateTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> updateTimeToLive(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeTimeToLive(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> createBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> restoreTableFromBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeContinuousBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> updateContinuousBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> restoreTableToPointInTime(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> exportTableToPointInTime(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeExport(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listExports(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> importTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeImport(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listImports(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listTransfers(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> cancelTransfer(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeLimits(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeEndpoints(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listTagsOfResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> tagResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> untagResource(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteResourcePolicy(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

// Own actions, below /_chamber/dynamodb/.
Result<aws::Outcome> getTransitions(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putTransitions(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getThrottling(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putThrottling(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getThroughput(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putTableReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteTableReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listCaches(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> putCache(DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteCache(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listCacheEntries(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> flushCache(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

Result<aws::Outcome> getReplication(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

// UpdateTable with ReplicaUpdates.
Result<aws::Outcome> updateReplicas(
    DynamoDbService& service, aws::RequestContext& context, TablePtr table, const nlohmann::json& input);
// Global tables of version 2017.11.29, which AWS makes no more.
Result<aws::Outcome> createGlobalTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> updateGlobalTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> listGlobalTables(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> findGlobalTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

Result<aws::Outcome> putItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getItem(DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> updateItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> deleteItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> query(DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> scan(DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> batchGetItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> batchWriteItem(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> transactWriteItems(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> transactGetItems(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

Result<aws::Outcome> executeStatement(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> batchExecuteStatement(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> executeTransaction(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request);

}
