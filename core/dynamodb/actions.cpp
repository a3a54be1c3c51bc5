#include "core/dynamodb/actions.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/inspector_shapes.h"
#include "core/dynamodb/partiql_shapes.h"
#include "core/dynamodb/replica_shapes.h"
#include "core/dynamodb/shapes.h"
#include "core/dynamodb/throttle_shapes.h"
#include "core/dynamodb/transaction_shapes.h"

namespace core::dynamodb {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<DynamoDbService>;

constexpr std::string_view kNoAutoScaling = "there is no Application Auto Scaling in the chamber";
constexpr std::string_view kNoInsights =
    "the most used keys are shown by GET /_chamber/dynamodb/tables/{TableName}/throughput";
constexpr std::string_view kNoKinesis = "there is no Kinesis in the chamber; DynamoDB Streams are";

// The front door refuses the request with the note; nothing comes this far.
Result<aws::Outcome> refuse(DynamoDbService&, aws::RequestContext&, aws::Request&)
{
    return fail(errors::validation("Cloud Chamber does not support this."));
}

constexpr Row absent(std::string_view name, std::string_view note)
{
    return {{.name = name,
                .lane = Lane::Inline,
                .input = &shapes::kNothing,
                .fidelity = aws::Fidelity::Unsupported,
                .note = note},
        refuse};
}

// DescribeTable may have to count a table after a crash, so it may wait.
const Row kRows[] = {
    {{"CreateTable", Lane::Write, Effect::Changes, &shapes::kCreateTable}, createTable},
    {{"DescribeTable", Lane::Blocking, Effect::Reads, &shapes::kTableOnly}, describeTable},
    {{"ListTables", Lane::Inline, Effect::Reads, &shapes::kListTables}, listTables},
    {{.name = "DeleteTable",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kTableOnly,
         .note = "refused while the table is backed up; AWS's wording of that is not known"},
        deleteTable},
    {{"UpdateTable", Lane::Write, Effect::Changes, &shapes::kUpdateTable}, updateTable},
    {{"UpdateTimeToLive", Lane::Write, Effect::Changes, &shapes::kUpdateTimeToLive}, updateTimeToLive},
    {{"DescribeTimeToLive", Lane::Inline, Effect::Reads, &shapes::kDescribeTimeToLive}, describeTimeToLive},
    {{"ListTagsOfResource", Lane::Inline, Effect::Reads, &shapes::kListTagsOfResource}, listTagsOfResource},
    {{"TagResource", Lane::Write, Effect::Changes, &shapes::kTagResource}, tagResource},
    {{"UntagResource", Lane::Write, Effect::Changes, &shapes::kUntagResource}, untagResource},
    {{.name = "PutResourcePolicy",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kPutResourcePolicy,
         .fidelity = aws::Fidelity::Simplified,
         .note = "kept and shown; nobody is refused by it"},
        putResourcePolicy},
    {{"GetResourcePolicy", Lane::Inline, Effect::Reads, &shapes::kGetResourcePolicy}, getResourcePolicy},
    {{"DeleteResourcePolicy", Lane::Write, Effect::Changes, &shapes::kDeleteResourcePolicy},
        deleteResourcePolicy},
    // Copies of tables go on behind their requests.
    {{"CreateBackup", Lane::Blocking, Effect::Changes, &shapes::kCreateBackup}, createBackup},
    {{"DescribeBackup", Lane::Blocking, Effect::Reads, &shapes::kDescribeBackup}, describeBackup},
    {{"ListBackups", Lane::Blocking, Effect::Reads, &shapes::kListBackups}, listBackups},
    {{"DeleteBackup", Lane::Blocking, Effect::Changes, &shapes::kDeleteBackup}, deleteBackup},
    {{"RestoreTableFromBackup", Lane::Blocking, Effect::Changes, &shapes::kRestoreTableFromBackup},
        restoreTableFromBackup},
    {{"DescribeContinuousBackups", Lane::Inline, Effect::Reads, &shapes::kDescribeContinuousBackups},
        describeContinuousBackups},
    {{"UpdateContinuousBackups", Lane::Write, Effect::Changes, &shapes::kUpdateContinuousBackups},
        updateContinuousBackups},
    {{"RestoreTableToPointInTime", Lane::Blocking, Effect::Changes, &shapes::kRestoreTableToPointInTime},
        restoreTableToPointInTime},
    {{"ExportTableToPointInTime", Lane::Blocking, Effect::Changes, &shapes::kExportTableToPointInTime},
        exportTableToPointInTime},
    {{"DescribeExport", Lane::Blocking, Effect::Reads, &shapes::kDescribeExport}, describeExport},
    {{"ListExports", Lane::Blocking, Effect::Reads, &shapes::kListExports}, listExports},
    {{"ImportTable", Lane::Blocking, Effect::Changes, &shapes::kImportTable}, importTable},
    {{"DescribeImport", Lane::Blocking, Effect::Reads, &shapes::kDescribeImport}, describeImport},
    {{"ListImports", Lane::Blocking, Effect::Reads, &shapes::kListImports}, listImports},
    {{.name = "ListTransfers",
         .lane = Lane::Inline,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/transfers"},
        listTransfers},
    {{.name = "CancelTransfer",
         .lane = Lane::Inline,
         .effect = Effect::Changes,
         .input = &shapes::kTransfer,
         .method = "DELETE",
         .uri = "/_chamber/dynamodb/transfers/{Id}"},
        cancelTransfer},
    {{"DescribeLimits", Lane::Inline, Effect::Reads, &shapes::kNothing}, describeLimits},
    {{"DescribeEndpoints", Lane::Inline, Effect::Reads, &shapes::kNothing}, describeEndpoints},
    {{"GetItem", Lane::Inline, Effect::Reads, &shapes::kGetItem}, getItem},
    {{"PutItem", Lane::Write, Effect::Data, &shapes::kPutItem}, putItem},
    {{"UpdateItem", Lane::Write, Effect::Data, &shapes::kUpdateItem}, updateItem},
    {{"DeleteItem", Lane::Write, Effect::Data, &shapes::kDeleteItem}, deleteItem},
    {{.name = "Query",
         .lane = Lane::Inline,
         .effect = Effect::Reads,
         .input = &shapes::kQuery,
         .note = "of a multi-attribute index key, AWS's words are known for one missing equality, not for "
                 "several"},
        query},
    {{"Scan", Lane::Inline, Effect::Reads, &shapes::kScan}, scan},
    {{"BatchGetItem", Lane::Inline, Effect::Reads, &shapes::kBatchGetItem}, batchGetItem},
    {{"BatchWriteItem", Lane::Write, Effect::Data, &shapes::kBatchWriteItem}, batchWriteItem},
    {{.name = "TransactWriteItems",
         .lane = Lane::Write,
         .effect = Effect::Data,
         .input = &shapes::kTransactWriteItems,
         .note =
             "writes are serial, so that none meets TransactionConflict or TransactionInProgressException"},
        transactWriteItems},
    {{"TransactGetItems", Lane::Inline, Effect::Reads, &shapes::kTransactGetItems}, transactGetItems},
    {{"ExecuteStatement", Lane::Write, Effect::Data, &shapes::kExecuteStatement}, executeStatement},
    {{"BatchExecuteStatement", Lane::Write, Effect::Data, &shapes::kBatchExecuteStatement},
        batchExecuteStatement},
    {{"ExecuteTransaction", Lane::Write, Effect::Data, &shapes::kExecuteTransaction}, executeTransaction},
    {{"CreateGlobalTable", Lane::Inline, Effect::Reads, &shapes::kCreateGlobalTable}, createGlobalTable},
    {{"UpdateGlobalTable", Lane::Inline, Effect::Reads, &shapes::kUpdateGlobalTable}, updateGlobalTable},
    {{"DescribeGlobalTable", Lane::Inline, Effect::Reads, &shapes::kGlobalTableOnly}, findGlobalTable},
    {{"ListGlobalTables", Lane::Inline, Effect::Reads, &shapes::kListGlobalTables}, listGlobalTables},
    {{"DescribeGlobalTableSettings", Lane::Inline, Effect::Reads, &shapes::kGlobalTableOnly},
        findGlobalTable},
    {{"UpdateGlobalTableSettings", Lane::Inline, Effect::Reads, &shapes::kUpdateGlobalTableSettings},
        findGlobalTable},
    absent("DescribeTableReplicaAutoScaling", kNoAutoScaling),
    absent("UpdateTableReplicaAutoScaling", kNoAutoScaling),
    absent("DescribeContributorInsights", kNoInsights),
    absent("ListContributorInsights", kNoInsights),
    absent("UpdateContributorInsights", kNoInsights),
    absent("DescribeKinesisStreamingDestination", kNoKinesis),
    absent("DisableKinesisStreamingDestination", kNoKinesis),
    absent("EnableKinesisStreamingDestination", kNoKinesis),
    absent("UpdateKinesisStreamingDestination", kNoKinesis),
    {{.name = "GetReplication",
         .lane = Lane::Blocking,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/replication"},
        getReplication},
    {{.name = "GetTransitions",
         .lane = Lane::Inline,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/transitions"},
        getTransitions},
    {{.name = "PutTransitions",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kTransitions,
         .method = "PUT",
         .uri = "/_chamber/dynamodb/transitions"},
        putTransitions},
    {{.name = "GetThrottling",
         .lane = Lane::Inline,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/throttling"},
        getThrottling},
    {{.name = "PutThrottling",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kPutThrottling,
         .method = "PUT",
         .uri = "/_chamber/dynamodb/throttling"},
        putThrottling},
    // May have to count a table.
    {{.name = "GetThroughput",
         .lane = Lane::Blocking,
         .input = &shapes::kGetThroughput,
         .method = "GET",
         .uri = "/_chamber/dynamodb/tables/{TableName}/throughput",
         .note = "consumption is counted while throughput is enforced"},
        getThroughput},
    {{.name = "GetReplicaDelay",
         .lane = Lane::Inline,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/replica-delay"},
        getReplicaDelay},
    {{.name = "PutReplicaDelay",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kReplicaDelay,
         .method = "PUT",
         .uri = "/_chamber/dynamodb/replica-delay"},
        putReplicaDelay},
    {{.name = "PutTableReplicaDelay",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kTableReplicaDelay,
         .method = "PUT",
         .uri = "/_chamber/dynamodb/replica-delay/{TableName}"},
        putTableReplicaDelay},
    {{.name = "DeleteTableReplicaDelay",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kTableOfPath,
         .method = "DELETE",
         .uri = "/_chamber/dynamodb/replica-delay/{TableName}"},
        deleteTableReplicaDelay},
    {{.name = "ListCaches",
         .lane = Lane::Blocking,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/dynamodb/caches"},
        listCaches},
    {{.name = "PutCache",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kCacheSettings,
         .method = "PUT",
         .uri = "/_chamber/dynamodb/caches/{ClusterName}"},
        putCache},
    {{.name = "DeleteCache",
         .lane = Lane::Write,
         .effect = Effect::Changes,
         .input = &shapes::kClusterOfPath,
         .method = "DELETE",
         .uri = "/_chamber/dynamodb/caches/{ClusterName}"},
        deleteCache},
    {{.name = "ListCacheEntries",
         .lane = Lane::Blocking,
         .input = &shapes::kCacheEntries,
         .method = "GET",
         .uri = "/_chamber/dynamodb/caches/{ClusterName}/entries"},
        listCacheEntries},
    {{.name = "FlushCache",
         .lane = Lane::Blocking,
         .effect = Effect::Changes,
         .input = &shapes::kCacheFlush,
         .method = "DELETE",
         .uri = "/_chamber/dynamodb/caches/{ClusterName}/entries"},
        flushCache},
};

}

std::span<const Row> DynamoDbService::rows()
{
    return kRows;
}

}
