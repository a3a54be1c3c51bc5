#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Each DynamoDB error and AWS's exact wording, once. Where AWS's regions word an error differently, this is
// what us-east-1 says.
namespace core::dynamodb::errors {

Error validation(std::string message);
Error invalidParameters(std::string_view detail); // "One or more parameter values were invalid: …"
Error invalidRequest(std::string_view detail); // "Invalid Request: …"
Error serialization(std::string message);

// Tables.
Error tableNotFound(); // data plane
Error tableNamedNotFound(std::string_view table); // DescribeTable, DeleteTable
Error tableExists(std::string_view table);
Error deletionProtected();
Error indexNotFound(std::string_view index);
Error indexStillFilling(std::string_view index);
Error tableBeing(std::string_view done, std::string_view table); // "created", "updated", "deleted"
Error noSuchIndex(std::string_view index, std::string_view table); // UpdateTable
Error onlyOneOnlineIndex();
Error tooManyIndexes();
Error resourceNotFound(std::string_view arn); // of tags and policies
Error policyNotFound();
Error streamNotFound(std::string_view arn);
Error shardNotFound();
Error trimmedData();
Error expiredIterator();
// Global tables.
Error replicaExists(std::string_view table);
Error notReplicated(std::string_view region); // the table has no replica there
Error localReplica();
Error actedAsSource();
Error severalReplicaUpdates();
Error severalReplicaActions(); // in one update
Error noReplicaAction();
Error replicaNeedsKey();
Error streamOfReplica();
Error notAutoScaled();
Error changeInUse();
Error oldGlobalTables(); // version 2017.11.29
Error globalTableNotFound(std::string_view name);
// Backups, restores, exports, imports.
Error noTable(std::string_view table); // TableNotFoundException
Error targetExists(std::string_view table);
Error backupNotFound(std::string_view arn);
Error backupInUse();
Error recoveryUnavailable(std::string_view table);
Error invalidRestoreTime();
Error invalidExportTime(std::string message);
Error exportNotFound(std::string_view detail);
Error exportConflict();
Error importNotFound(std::string_view arn);
Error importConflict();

Error throughputUnchanged(std::string_view index, std::int64_t reads, std::int64_t writes); // "": the table

// Numbers and values.
Error notNumeric(std::string_view text);
Error numberOverflow();
Error numberUnderflow();
Error numberTooPrecise();
Error emptyAttributeValue();
Error severalTypes();
Error nestedTooDeep();

// Keys and items.
Error keyMismatch();
Error keyMissing(std::string_view name);
Error keyTypeMismatch(std::string_view name, std::string_view expected, std::string_view actual);
Error indexKeyTypeMismatch(
    std::string_view name, std::string_view expected, std::string_view actual, std::string_view index);
Error emptyKey(std::string_view name, bool binary);
Error emptyIndexKey(std::string_view name, bool binary, std::string_view index);
Error emptyIndexKeyUpdate(std::string_view name, bool binary, std::string_view index);
Error emptyIndexKeyInTransaction(bool binary);
Error hashKeyTooLong();
Error rangeKeyTooLong();
Error itemTooLarge();
Error updatedItemTooLarge();
Error attributeNameTooLong();
Error emptyAttributeName();

Error missingKeyCondition(std::string_view key); // of a Query
Error tooManyKeyConditions(std::size_t given, std::size_t keys);
Error rangeEqualityMissing(const std::string& keys, const std::string& given);

Error conditionFailed(std::string members = {});

// Expressions; `kind` is the parameter's name: "FilterExpression".
Error invalidExpression(std::string_view kind, std::string_view detail);
// Lists of parameters: "AttributesToGet, ScanFilter".
Error mixedParameters(std::string_view legacy, std::string_view expressions);

// Updates as they are applied.
Error invalidUpdatePath();
Error missingUpdateOperand();
Error wrongUpdateOperand();
Error wrongUpdateType(); // AttributeUpdates

// Starting keys of Query and Scan.
Error invalidStartKey(std::string_view detail = {});

// Transactions.
Error severalOperations(); // in one entry of TransactItems
Error noOperation();
Error sameItemTwice();
Error transactionTooLarge(std::size_t bytes);
Error tokenUsedDifferently();
// `codes`: "None, ConditionalCheckFailed"; `reasons`: the CancellationReasons as JSON.
Error transactionCancelled(std::string_view codes, std::string_view reasons);

// Throughput; `reasons`: the ThrottlingReasons as JSON.
Error provisionedThroughputExceeded(bool ofIndex, std::string_view reasons);
Error onDemandMaximumExceeded(std::string_view reasons);
Error onDemandStillScaling(bool indexWrite, std::string_view reasons);
Error accountThroughputExceeded(std::string_view reasons);

}
