#include "core/dynamodb/shapes.h"

// The shapes of backups, point-in-time recovery, exports and imports.
namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = Fidelity::Unsupported;
constexpr auto kLess = Fidelity::Simplified;
constexpr std::string_view kNoEncryption = "kept and shown; the chamber encrypts nothing";
constexpr std::string_view kOneOwner = "every bucket is the caller's own";
constexpr std::string_view kNoOtherRegions = "backups are of one region";

constexpr std::string_view kBillingModes[] = {"PROVISIONED", "PAY_PER_REQUEST"};
constexpr std::string_view kBackupTypes[] = {"USER", "SYSTEM", "AWS_BACKUP", "ALL"};
constexpr std::string_view kExportTypes[] = {"FULL_EXPORT", "INCREMENTAL_EXPORT"};
constexpr std::string_view kExportViews[] = {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"};
constexpr std::string_view kEncryptions[] = {"AES256", "KMS"};
constexpr std::string_view kKeyTypes[] = {"HASH", "RANGE"};
constexpr std::string_view kScalarTypes[] = {"B", "N", "S"};
constexpr std::string_view kSupportedFormats[] = {"DYNAMODB_JSON", "CSV"};
constexpr std::string_view kSupportedCompressions[] = {"GZIP", "NONE"};
constexpr std::string_view kSupportedExports[] = {"DYNAMODB_JSON"};

constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kNewName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Shape kArn{.type = Type::String, .min = 37, .max = 1024};
constexpr Shape kAttributeName{.type = Type::String, .min = 1, .max = 255};
constexpr Shape kUnits{.type = Type::Long, .min = 1};
constexpr Shape kBucket{.type = Type::String, .max = 255, .pattern = "[a-z0-9A-Z]+[.\\-\\w]*[a-z0-9A-Z]+"};
constexpr Shape kPrefix{.type = Type::String, .max = 1024};
constexpr Shape kOwner{.type = Type::String, .pattern = "[0-9]{12}"};
constexpr Shape kToken{.type = Type::String, .pattern = "[^\\$]+"};

constexpr Member kThroughputMembers[] = {
    {"ReadCapacityUnits", &kUnits, true}, {"WriteCapacityUnits", &kUnits, true}};
constexpr Shape kThroughput{.type = Type::Structure, .members = kThroughputMembers};
constexpr Member kMaximumMembers[] = {
    {"MaxReadRequestUnits", &aws::kLong}, {"MaxWriteRequestUnits", &aws::kLong}};
constexpr Shape kMaximums{.type = Type::Structure, .members = kMaximumMembers};
constexpr Shape kEncryptionType{.type = Type::String, .values = kEncryptions};
constexpr Member kEncryptionMembers[] = {
    {"Enabled", &aws::kBoolean}, {"SSEType", &kEncryptionType}, {"KMSMasterKeyId", &aws::kString}};
constexpr Shape kEncryption{.type = Type::Structure, .members = kEncryptionMembers};
constexpr Shape kBillingMode{.type = Type::String, .values = kBillingModes};
constexpr Shape kKeyType{.type = Type::String, .values = kKeyTypes};
constexpr Member kKeyElementMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"KeyType", &kKeyType, true}};
constexpr Shape kKeyElement{.type = Type::Structure, .members = kKeyElementMembers};
constexpr Shape kKeySchema{.type = Type::List, .min = 1, .max = 2, .element = &kKeyElement};
constexpr Shape kIndexKeySchema{.type = Type::List, .min = 1, .element = &kKeyElement};
constexpr Shape kNonKeyAttributes{.type = Type::List, .min = 1, .max = 20, .element = &kAttributeName};
constexpr Member kProjectionMembers[] = {
    {"ProjectionType", &aws::kString}, {"NonKeyAttributes", &kNonKeyAttributes}};
constexpr Shape kProjection{.type = Type::Structure, .members = kProjectionMembers};
constexpr Member kIndexMembers[] = {
    {"IndexName", &kNewName, true},
    {"KeySchema", &kIndexKeySchema, true},
    {"Projection", &kProjection, true},
    {"ProvisionedThroughput", &kThroughput},
    {"OnDemandThroughput", &kMaximums},
    {"WarmThroughput", &aws::kDocument, false, kNo},
};
constexpr Shape kIndex{.type = Type::Structure, .members = kIndexMembers};
constexpr Shape kIndexes{.type = Type::List, .element = &kIndex};

constexpr Shape kBackupName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Member kCreateBackupMembers[] = {
    {"TableName", &kTableName, true}, {"BackupName", &kBackupName, true}};
constexpr Member kBackupOnlyMembers[] = {{"BackupArn", &kArn, true}};
constexpr Shape kLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Shape kBackupType{.type = Type::String, .values = kBackupTypes};
constexpr Member kListBackupsMembers[] = {
    {"TableName", &kTableName},
    {"Limit", &kLimit},
    {"TimeRangeLowerBound", &aws::kTimestamp},
    {"TimeRangeUpperBound", &aws::kTimestamp},
    {"ExclusiveStartBackupArn", &kArn},
    {"BackupType", &kBackupType, false, kLess, "the chamber makes no backups by itself"},
};
constexpr Member kRestoreFromBackupMembers[] = {
    {"TargetTableName", &kNewName, true},
    {"BackupArn", &kArn, true},
    {"BillingModeOverride", &kBillingMode},
    {"GlobalSecondaryIndexOverride", &kIndexes},
    {"LocalSecondaryIndexOverride", &kIndexes},
    {"ProvisionedThroughputOverride", &kThroughput},
    {"OnDemandThroughputOverride", &kMaximums},
    {"SSESpecificationOverride", &kEncryption, false, kLess, kNoEncryption},
};

constexpr Member kRecoveryOfMembers[] = {{"TableName", &kTableName, true}};
constexpr Shape kDays{.type = Type::Integer, .min = 1, .max = 35};
constexpr Member kRecoveryMembers[] = {
    {"PointInTimeRecoveryEnabled", &aws::kBoolean, true}, {"RecoveryPeriodInDays", &kDays}};
constexpr Shape kRecovery{.type = Type::Structure, .members = kRecoveryMembers};
constexpr Member kUpdateRecoveryMembers[] = {
    {"TableName", &kTableName, true}, {"PointInTimeRecoverySpecification", &kRecovery, true}};
constexpr Member kRestoreToMomentMembers[] = {
    {"SourceTableArn", &kTableName, false, kLess, kNoOtherRegions},
    {"SourceTableName", &kNewName},
    {"TargetTableName", &kNewName, true},
    {"UseLatestRestorableTime", &aws::kBoolean, false, kLess,
        "the latest moment is now, not five minutes ago"},
    {"RestoreDateTime", &aws::kTimestamp},
    {"BillingModeOverride", &kBillingMode},
    {"GlobalSecondaryIndexOverride", &kIndexes},
    {"LocalSecondaryIndexOverride", &kIndexes},
    {"ProvisionedThroughputOverride", &kThroughput},
    {"OnDemandThroughputOverride", &kMaximums},
    {"SSESpecificationOverride", &kEncryption, false, kLess, kNoEncryption},
};

constexpr Shape kExportFormat{.type = Type::String, .values = kSupportedExports};
constexpr Shape kExportType{.type = Type::String, .values = kExportTypes};
constexpr Shape kExportView{.type = Type::String, .values = kExportViews};
constexpr Member kIncrementMembers[] = {{"ExportFromTime", &aws::kTimestamp},
    {"ExportToTime", &aws::kTimestamp}, {"ExportViewType", &kExportView}};
constexpr Shape kIncrement{.type = Type::Structure, .members = kIncrementMembers};
constexpr Member kExportMembers[] = {
    {"TableArn", &kTableName, true},
    {"ExportTime", &aws::kTimestamp},
    {"ClientToken", &kToken},
    {"S3Bucket", &kBucket, true},
    {"S3BucketOwner", &kOwner, false, kLess, kOneOwner},
    {"S3Prefix", &kPrefix},
    {"S3SseAlgorithm", &kEncryptionType, false, kLess, kNoEncryption},
    {"S3SseKmsKeyId", &aws::kString, false, kLess, kNoEncryption},
    {"ExportFormat", &kExportFormat, false, kLess, "DYNAMODB_JSON only"},
    {"ExportType", &kExportType},
    {"IncrementalExportSpecification", &kIncrement},
};
constexpr Member kExportOnlyMembers[] = {{"ExportArn", &kArn, true}};
constexpr Shape kPage{.type = Type::Integer, .min = 1, .max = 25};
constexpr Member kListExportsMembers[] = {
    {"TableArn", &kTableName}, {"MaxResults", &kPage}, {"NextToken", &aws::kString}};

constexpr Member kSourceMembers[] = {{"S3BucketOwner", &kOwner, false, kLess, kOneOwner},
    {"S3Bucket", &kBucket, true}, {"S3KeyPrefix", &kPrefix}};
constexpr Shape kSource{.type = Type::Structure, .members = kSourceMembers};
constexpr Shape kInputFormat{.type = Type::String, .values = kSupportedFormats};
constexpr Shape kCompression{.type = Type::String, .values = kSupportedCompressions};
constexpr Shape kDelimiter{.type = Type::String, .min = 1, .max = 1, .pattern = "[,;:|\\t ]"};
constexpr Shape kHeader{.type = Type::String, .min = 1, .max = 65536};
constexpr Shape kHeaders{.type = Type::List, .min = 1, .max = 255, .element = &kHeader};
constexpr Member kCsvMembers[] = {{"Delimiter", &kDelimiter}, {"HeaderList", &kHeaders}};
constexpr Shape kCsv{.type = Type::Structure, .members = kCsvMembers};
constexpr Member kFormatMembers[] = {{"Csv", &kCsv}};
constexpr Shape kFormatOptions{.type = Type::Structure, .members = kFormatMembers};
constexpr Shape kScalarType{.type = Type::String, .values = kScalarTypes};
constexpr Member kDefinitionMembers[] = {
    {"AttributeName", &kAttributeName, true}, {"AttributeType", &kScalarType, true}};
constexpr Shape kDefinition{.type = Type::Structure, .members = kDefinitionMembers};
constexpr Shape kDefinitions{.type = Type::List, .element = &kDefinition};
constexpr Member kNewTableMembers[] = {
    {"TableName", &kNewName, true},
    {"AttributeDefinitions", &kDefinitions, true},
    {"KeySchema", &kKeySchema, true},
    {"BillingMode", &kBillingMode},
    {"ProvisionedThroughput", &kThroughput},
    {"OnDemandThroughput", &kMaximums},
    {"SSESpecification", &kEncryption, false, kLess, kNoEncryption},
    {"GlobalSecondaryIndexes", &kIndexes},
};
constexpr Shape kNewTable{.type = Type::Structure, .members = kNewTableMembers};
constexpr Member kImportMembers[] = {
    {"ClientToken", &kToken},
    {"S3BucketSource", &kSource, true},
    {"InputFormat", &kInputFormat, true, kLess, "DYNAMODB_JSON and CSV"},
    {"InputFormatOptions", &kFormatOptions},
    {"InputCompressionType", &kCompression, false, kLess, "GZIP and NONE"},
    {"TableCreationParameters", &kNewTable, true},
};
constexpr Member kImportOnlyMembers[] = {{"ImportArn", &kArn, true}};
constexpr Member kTransferMembers[] = {{"Id", &aws::kString, true, Fidelity::Exact, {}, aws::In::Path}};
constexpr Member kListImportsMembers[] = {
    {"TableArn", &kTableName}, {"PageSize", &kPage}, {"NextToken", &aws::kString}};

}

const Shape kCreateBackup{.type = Type::Structure, .members = kCreateBackupMembers};
const Shape kDescribeBackup{.type = Type::Structure, .members = kBackupOnlyMembers};
const Shape kListBackups{.type = Type::Structure, .members = kListBackupsMembers};
const Shape kDeleteBackup{.type = Type::Structure, .members = kBackupOnlyMembers};
const Shape kRestoreTableFromBackup{.type = Type::Structure, .members = kRestoreFromBackupMembers};
const Shape kDescribeContinuousBackups{.type = Type::Structure, .members = kRecoveryOfMembers};
const Shape kUpdateContinuousBackups{.type = Type::Structure, .members = kUpdateRecoveryMembers};
const Shape kRestoreTableToPointInTime{.type = Type::Structure, .members = kRestoreToMomentMembers};
const Shape kExportTableToPointInTime{.type = Type::Structure, .members = kExportMembers};
const Shape kDescribeExport{.type = Type::Structure, .members = kExportOnlyMembers};
const Shape kListExports{.type = Type::Structure, .members = kListExportsMembers};
const Shape kImportTable{.type = Type::Structure, .members = kImportMembers};
const Shape kDescribeImport{.type = Type::Structure, .members = kImportOnlyMembers};
const Shape kTransfer{.type = Type::Structure, .members = kTransferMembers};
const Shape kListImports{.type = Type::Structure, .members = kListImportsMembers};

}
