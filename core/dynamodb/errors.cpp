#include "core/dynamodb/errors.h"

namespace core::dynamodb::errors {

namespace {

std::string kindOfValue(bool binary)
{
    return binary ? "binary" : "string";
}

std::string quoted(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const auto part : parts)
        text += part;
    return text;
}

}

Error validation(std::string message)
{
    return {ErrorKind::Invalid, "ValidationException", std::move(message)};
}

Error invalidParameters(std::string_view detail)
{
    return validation(quoted({"One or more parameter values were invalid: ", detail}));
}

Error invalidRequest(std::string_view detail)
{
    return validation(quoted({"Invalid Request: ", detail}));
}

Error serialization(std::string message)
{
    return {ErrorKind::Invalid, "SerializationException", std::move(message)};
}

Error tableNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "Requested resource not found"};
}

Error tableNamedNotFound(std::string_view table)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        quoted({"Requested resource not found: Table: ", table, " not found"})};
}

Error tableExists(std::string_view table)
{
    return {ErrorKind::Conflict, "ResourceInUseException", quoted({"Table already exists: ", table})};
}

Error deletionProtected()
{
    return validation(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
        "protection first.");
}

Error indexNotFound(std::string_view index)
{
    return validation(quoted({"The table does not have the specified index: ", index}));
}

Error indexStillFilling(std::string_view index)
{
    return validation(quoted({"Cannot read from backfilling global secondary index: ", index}));
}

Error tableBeing(std::string_view done, std::string_view table)
{
    return {ErrorKind::Conflict, "ResourceInUseException",
        quoted({"Attempt to change a resource which is still in use: Table is being ", done, ": ", table})};
}

Error noSuchIndex(std::string_view index, std::string_view table)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        quoted({"Requested resource not found: Index ", index, " for table ", table})};
}

Error onlyOneOnlineIndex()
{
    return {ErrorKind::Conflict, "LimitExceededException",
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"};
}

Error tooManyIndexes()
{
    return {ErrorKind::Conflict, "LimitExceededException",
        "Subscriber limit exceeded: Number of indexes exceeds the per-table limit of 20"};
}

Error resourceNotFound(std::string_view arn)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        quoted({"Requested resource not found: ResourceArn: ", arn, " not found"})};
}

Error policyNotFound()
{
    return {ErrorKind::NotFound, "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn"};
}

Error streamNotFound(std::string_view arn)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        quoted({"Requested resource not found: Stream: ", arn, " not found"})};
}

Error shardNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        "Requested resource not found: Shard does not exist"};
}

Error trimmedData()
{
    return {ErrorKind::NotFound, "TrimmedDataAccessException",
        "The data you are trying to access has been trimmed"};
}

Error expiredIterator()
{
    return {ErrorKind::Invalid, "ExpiredIteratorException",
        "The shard iterator has expired and can no longer be used to retrieve stream records"};
}

Error replicaExists(std::string_view table)
{
    return validation(quoted({"Failed to create a the new replica of table with name: '", table,
        "' because one or more replicas already existed as tables."}));
}

Error notReplicated(std::string_view region)
{
    return validation(
        quoted({"Update global table operation failed because one or more replicas were not part of the "
                "global table. Please retry the request without these replicas: [",
            region, "]."}));
}

Error localReplica()
{
    return validation("Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, "
                      "DeleteTable, or UpdateTable as required.");
}

Error actedAsSource()
{
    return validation("Replica cannot be deleted because it has acted as a source region for new replica(s) "
                      "being added to the table in the last 24 hours.");
}

Error severalReplicaUpdates()
{
    return validation(
        "Update table operation with more than one create or delete replica actions not allowed");
}

Error severalReplicaActions()
{
    return validation("Update table operation with more than one type of replica actions not allowed.");
}

Error noReplicaAction()
{
    return validation("There are no actions specified in the Replica Update Action of the request.");
}

Error replicaNeedsKey()
{
    return invalidParameters("KMSMasterKeyId must be specified for each replica.");
}

Error streamOfReplica()
{
    return invalidParameters("Disabling Stream is not allowed for a Global Table replica.");
}

Error notAutoScaled()
{
    return validation("Table write capacity should either be Pay-Per-Request or AutoScaled.");
}

Error changeInUse()
{
    return {ErrorKind::Conflict, "ResourceInUseException",
        "The resource which you are attempting to change is in use."};
}

Error oldGlobalTables()
{
    return invalidParameters(
        "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global "
        "tables version 2019.11.21, instead of version 2017.11.29 (Legacy).");
}

Error globalTableNotFound(std::string_view name)
{
    return {ErrorKind::NotFound, "GlobalTableNotFoundException",
        quoted({"Global table with name: '", name, "' does not exist."})};
}

Error noTable(std::string_view table)
{
    return {ErrorKind::NotFound, "TableNotFoundException", quoted({"Table not found: ", table})};
}

Error targetExists(std::string_view table)
{
    return {ErrorKind::Conflict, "TableAlreadyExistsException", quoted({"Table already exists: ", table})};
}

Error backupNotFound(std::string_view arn)
{
    return {ErrorKind::NotFound, "BackupNotFoundException", quoted({"Backup not found: ", arn})};
}

Error backupInUse()
{
    return {ErrorKind::Conflict, "BackupInUseException",
        "There is another ongoing conflicting backup control plane operation on the table. The backup is "
        "either being created, deleted or restored to a table."};
}

Error recoveryUnavailable(std::string_view table)
{
    return {ErrorKind::Conflict, "PointInTimeRecoveryUnavailableException",
        quoted({"Point in time recovery is not enabled for table '", table, "'"})};
}

Error invalidRestoreTime()
{
    return {ErrorKind::Invalid, "InvalidRestoreTimeException",
        "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime "
        "and LatestRestorableDateTime."};
}

Error invalidExportTime(std::string message)
{
    return {ErrorKind::Invalid, "InvalidExportTimeException", std::move(message)};
}

Error exportNotFound(std::string_view detail)
{
    return {ErrorKind::NotFound, "ExportNotFoundException", quoted({"Export not found: ", detail})};
}

Error exportConflict()
{
    return {ErrorKind::Conflict, "ExportConflictException",
        "Export conflict: Duplicate request detected with conflicting parameters"};
}

Error importNotFound(std::string_view arn)
{
    return {ErrorKind::NotFound, "ImportNotFoundException", quoted({"Import not found: ", arn})};
}

Error importConflict()
{
    return {ErrorKind::Conflict, "ImportConflictException",
        "Import conflict: Duplicate request detected with conflicting parameters"};
}

Error throughputUnchanged(std::string_view index, std::int64_t reads, std::int64_t writes)
{
    const auto units = [](const char* which, std::int64_t value) {
        const auto text = std::to_string(value);
        return std::string("Current ") + which + " provisioned for the table: " + text + ". Requested "
            + which + ": " + text + ". ";
    };
    return validation(quoted({"The provisioned throughput for the ",
        index.empty() ? std::string("table") : "index " + std::string(index),
        " will not change. The requested value equals the current value. ", units("ReadCapacityUnits", reads),
        units("WriteCapacityUnits", writes),
        "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
        "limits."}));
}

Error notNumeric(std::string_view text)
{
    if (text.empty())
        return validation("The parameter cannot be converted to a numeric value");
    return validation(quoted({"The parameter cannot be converted to a numeric value: ", text}));
}

Error numberOverflow()
{
    return validation(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

Error numberUnderflow()
{
    return validation(
        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
}

Error numberTooPrecise()
{
    return validation("Attempting to store more than 38 significant digits in a Number");
}

Error emptyAttributeValue()
{
    return validation(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

Error severalTypes()
{
    return validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
                      "the supported datatypes");
}

Error nestedTooDeep()
{
    return validation(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond "
        "supported limit");
}

Error keyMismatch()
{
    return validation("The provided key element does not match the schema");
}

Error keyMissing(std::string_view name)
{
    return invalidParameters(quoted({"Missing the key ", name, " in the item"}));
}

Error keyTypeMismatch(std::string_view name, std::string_view expected, std::string_view actual)
{
    return invalidParameters(
        quoted({"Type mismatch for key ", name, " expected: ", expected, " actual: ", actual}));
}

Error indexKeyTypeMismatch(
    std::string_view name, std::string_view expected, std::string_view actual, std::string_view index)
{
    return invalidParameters(quoted({"Type mismatch for Index Key ", name, " Expected: ", expected,
        " Actual: ", actual, " IndexName: ", index}));
}

Error emptyKey(std::string_view name, bool binary)
{
    return validation(
        quoted({"One or more parameter values are not valid. The AttributeValue for a key attribute "
                "cannot contain an empty ",
            kindOfValue(binary), " value. Key: ", name}));
}

Error emptyIndexKey(std::string_view name, bool binary, std::string_view index)
{
    return validation(
        quoted({"One or more parameter values are not valid. A value specified for a secondary index key "
                "is not supported. The AttributeValue for a key attribute cannot contain an empty ",
            kindOfValue(binary), " value. IndexName: ", index, ", IndexKey: ", name}));
}

Error emptyIndexKeyUpdate(std::string_view name, bool binary, std::string_view index)
{
    return validation(
        quoted({"One or more parameter values are not valid. The update expression attempted to update a "
                "secondary index key to a value that is not supported. The AttributeValue for a key "
                "attribute cannot contain an empty ",
            kindOfValue(binary), " value. IndexName: ", index, ", IndexKey: ", name}));
}

// In a transaction AWS does not name the index.
Error emptyIndexKeyInTransaction(bool binary)
{
    return validation(
        quoted({"One or more parameter values are not valid. The update expression attempted to update a "
                "secondary index key to a value that is not supported. The AttributeValue for a key "
                "attribute cannot contain an empty ",
            kindOfValue(binary), " value."}));
}

Error hashKeyTooLong()
{
    return invalidParameters("Size of hashkey has exceeded the maximum size limit of2048 bytes");
}

Error rangeKeyTooLong()
{
    return invalidParameters("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
}

Error itemTooLarge()
{
    return validation("Item size has exceeded the maximum allowed size");
}

Error updatedItemTooLarge()
{
    return validation("Item size to update has exceeded the maximum allowed size");
}

Error attributeNameTooLong()
{
    return invalidParameters("Attribute name is too large, must be less than 65536 bytes");
}

Error emptyAttributeName()
{
    return invalidParameters("Empty attribute name");
}

Error missingKeyCondition(std::string_view key)
{
    return validation("Query condition missed key schema element: " + std::string(key));
}

Error tooManyKeyConditions(std::size_t given, std::size_t keys)
{
    return validation("The number of query conditions (" + std::to_string(given)
        + ") exceeds the number of key attributes defined in the schema (" + std::to_string(keys) + ")");
}

Error rangeEqualityMissing(const std::string& keys, const std::string& given)
{
    return validation("RANGE key attributes " + keys
        + " must have equality conditions specified in the query because a condition is present on key "
          "attribute "
        + given);
}

Error conditionFailed(std::string members)
{
    return {ErrorKind::Conflict, "ConditionalCheckFailedException", "The conditional request failed",
        std::move(members)};
}

Error invalidExpression(std::string_view kind, std::string_view detail)
{
    return validation(quoted({"Invalid ", kind, ": ", detail}));
}

Error mixedParameters(std::string_view legacy, std::string_view expressions)
{
    return validation(
        quoted({"Can not use both expression and non-expression parameters in the same request: "
                "Non-expression parameters: {",
            legacy, "} Expression parameters: {", expressions, "}"}));
}

Error invalidUpdatePath()
{
    return validation("The document path provided in the update expression is invalid for update");
}

Error missingUpdateOperand()
{
    return validation("The provided expression refers to an attribute that does not exist in the item");
}

Error wrongUpdateOperand()
{
    return validation("An operand in the update expression has an incorrect data type");
}

Error wrongUpdateType()
{
    return validation("Type mismatch for attribute to update");
}

Error invalidStartKey(std::string_view detail)
{
    if (detail.empty())
        return validation("The provided starting key is invalid");
    return validation(quoted({"The provided starting key is invalid: ", detail}));
}

Error severalOperations()
{
    return validation("TransactItems can only contain one of Check, Put, Update or Delete");
}

Error noOperation()
{
    return invalidRequest("TransactWriteRequest should contain Delete or Put or Update request");
}

Error sameItemTwice()
{
    return validation("Transaction request cannot include multiple operations on one item");
}

// AWS says it twice.
Error transactionTooLarge(std::size_t bytes)
{
    constexpr std::string_view kLimit = "Transaction payload size cannot exceed 4MB. Payload Size: ";
    return validation(quoted({kLimit, ": ", kLimit, std::to_string(bytes)}));
}

// The model of these two spells the member with a capital, unlike the other errors.
Error tokenUsedDifferently()
{
    constexpr std::string_view kMessage =
        "DynamoDB rejected the request because you retried a request with a different payload but with an "
        "idempotent token that was already used.";
    return {ErrorKind::Conflict, "IdempotentParameterMismatchException", std::string(kMessage),
        quoted({R"({"Message":")", kMessage, R"("})"})};
}

Error transactionCancelled(std::string_view codes, std::string_view reasons)
{
    auto message = quoted(
        {"Transaction cancelled, please refer cancellation reasons for specific reasons [", codes, "]"});
    auto members = quoted({R"({"Message":")", message, R"(","CancellationReasons":)", reasons, "}"});
    return {ErrorKind::Conflict, "TransactionCanceledException", std::move(message), std::move(members)};
}

// As AWS's SDKs report it: the sentence on indexes goes without its full stop.
Error provisionedThroughputExceeded(bool ofIndex, std::string_view reasons)
{
    return {ErrorKind::Throttled, "ProvisionedThroughputExceededException",
        ofIndex
            ? "The level of configured provisioned throughput for one or more global secondary indexes of "
              "the table was exceeded. Consider increasing your provisioning level for the "
              "under-provisioned global secondary indexes with the UpdateTable API"
            : "The level of configured provisioned throughput for the table was exceeded. Consider "
              "increasing your provisioning level with the UpdateTable API.",
        quoted({R"({"ThrottlingReasons":)", reasons, "}"})};
}

// The model of this exception alone begins the member with a small letter.
Error onDemandMaximumExceeded(std::string_view reasons)
{
    return {ErrorKind::Throttled, "ThrottlingException",
        "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
        quoted({R"({"throttlingReasons":)", reasons, "}"})};
}

Error onDemandStillScaling(bool indexWrite, std::string_view reasons)
{
    return {ErrorKind::Throttled, "ThrottlingException",
        indexWrite
            ? "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is "
              "automatically scaling your index so please try again shortly."
            : "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically "
              "scaling your table or index so please try again shortly. If exceptions persist, check if you "
              "have a hot key: "
              "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
        quoted({R"({"throttlingReasons":)", reasons, "}"})};
}

Error accountThroughputExceeded(std::string_view reasons)
{
    return {ErrorKind::Throttled, "RequestLimitExceeded",
        "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at "
        "https://aws.amazon.com/support request a limit increase",
        quoted({R"({"ThrottlingReasons":)", reasons, "}"})};
}

}
