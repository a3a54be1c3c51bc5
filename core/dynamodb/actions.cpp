#include "core/dynamodb/actions.h"

#include "core/dynamodb/partiql_shapes.h"
#include "core/dynamodb/shapes.h"
#include "core/dynamodb/throttle_shapes.h"
#include "core/dynamodb/transaction_shapes.h"

namespace core::dynamodb {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<DynamoDbService>;

// DescribeTable may have to count a table after a crash, so it may wait.
const Row kRows[] = {
    {{"CreateTable", Lane::Write, Effect::Changes, &shapes::kCreateTable}, createTable},
    {{"DescribeTable", Lane::Blocking, Effect::Reads, &shapes::kTableOnly}, describeTable},
    {{"ListTables", Lane::Inline, Effect::Reads, &shapes::kListTables}, listTables},
    {{"DeleteTable", Lane::Write, Effect::Changes, &shapes::kTableOnly}, deleteTable},
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
    // Copies of tables take as long as the tables are large.
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
    {{"DescribeLimits", Lane::Inline, Effect::Reads, &shapes::kNothing}, describeLimits},
    {{"DescribeEndpoints", Lane::Inline, Effect::Reads, &shapes::kNothing}, describeEndpoints},
    {{"GetItem", Lane::Inline, Effect::Reads, &shapes::kGetItem}, getItem},
    {{"PutItem", Lane::Write, Effect::Data, &shapes::kPutItem}, putItem},
    {{"UpdateItem", Lane::Write, Effect::Data, &shapes::kUpdateItem}, updateItem},
    {{"DeleteItem", Lane::Write, Effect::Data, &shapes::kDeleteItem}, deleteItem},
    {{"Query", Lane::Inline, Effect::Reads, &shapes::kQuery}, query},
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
};

}

std::span<const Row> DynamoDbService::rows()
{
    return kRows;
}

}
