#pragma once

#include "core/aws/shape.h"

// The input shapes of global tables.
namespace core::dynamodb::shapes {

extern const aws::Shape kReplicaUpdates; // a member of UpdateTable
extern const aws::Shape kCreateGlobalTable;
extern const aws::Shape kUpdateGlobalTable;
extern const aws::Shape kGlobalTableOnly; // DescribeGlobalTable, DescribeGlobalTableSettings
extern const aws::Shape kListGlobalTables;
extern const aws::Shape kUpdateGlobalTableSettings;

}
