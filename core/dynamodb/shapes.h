#pragma once

#include "core/aws/shape.h"

// The input shapes of the actions: what is checked before one runs, and the fidelity ledger's source.
namespace core::dynamodb::shapes {

extern const aws::Shape kNothing;
extern const aws::Shape kCreateTable;
extern const aws::Shape kUpdateTable;
extern const aws::Shape kTransitions; // PUT /_chamber/dynamodb/transitions
extern const aws::Shape kTransfer; // DELETE /_chamber/dynamodb/transfers/{Id}
extern const aws::Shape kTableOnly; // DescribeTable, DeleteTable
extern const aws::Shape kListTables;
extern const aws::Shape kDescribeTimeToLive;
extern const aws::Shape kUpdateTimeToLive;
extern const aws::Shape kListTagsOfResource;
extern const aws::Shape kCreateBackup;
extern const aws::Shape kDescribeBackup;
extern const aws::Shape kListBackups;
extern const aws::Shape kDeleteBackup;
extern const aws::Shape kRestoreTableFromBackup;
extern const aws::Shape kDescribeContinuousBackups;
extern const aws::Shape kUpdateContinuousBackups;
extern const aws::Shape kRestoreTableToPointInTime;
extern const aws::Shape kExportTableToPointInTime;
extern const aws::Shape kDescribeExport;
extern const aws::Shape kListExports;
extern const aws::Shape kImportTable;
extern const aws::Shape kDescribeImport;
extern const aws::Shape kListImports;
extern const aws::Shape kTagResource;
extern const aws::Shape kUntagResource;
extern const aws::Shape kPutResourcePolicy;
extern const aws::Shape kGetResourcePolicy;
extern const aws::Shape kDeleteResourcePolicy;
extern const aws::Shape kGetItem;
extern const aws::Shape kPutItem;
extern const aws::Shape kUpdateItem;
extern const aws::Shape kDeleteItem;
extern const aws::Shape kQuery;
extern const aws::Shape kScan;
extern const aws::Shape kBatchGetItem;
extern const aws::Shape kBatchWriteItem;

}
