#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr std::string_view kPositions[] = {"LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"};
constexpr std::string_view kResponseTypes[] = {"ReportBatchItemFailures"};

constexpr Shape kSource{.type = Type::String,
    .pattern =
        R"(arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*))"};
constexpr Shape kBatchSize{.type = Type::Integer, .min = 1, .max = 10'000};
constexpr Shape kWindow{.type = Type::Integer, .min = 0, .max = 300};
constexpr Shape kParallel{.type = Type::Integer, .min = 1, .max = 10};
constexpr Shape kTumbling{.type = Type::Integer, .min = 0, .max = 900};
constexpr Shape kRetries{.type = Type::Integer, .min = -1, .max = 10'000};
constexpr Shape kAge{.type = Type::Integer, .min = -1, .max = 604'800};
constexpr Shape kPosition{.type = Type::String, .values = kPositions};
constexpr Shape kResponseType{.type = Type::String, .values = kResponseTypes};
constexpr Shape kResponses{.type = Type::List, .min = 0, .max = 1, .element = &kResponseType};
constexpr Shape kPattern{.type = Type::String, .min = 0, .max = 4096};
constexpr Member kFilterMembers[] = {{"Pattern", &kPattern}};
constexpr Shape kFilter{.members = kFilterMembers};
constexpr Shape kFilters{.type = Type::List, .element = &kFilter};
constexpr Member kCriteriaMembers[] = {
    {"Filters", &kFilters, false, kLess, "AWS's wording for more than five is not known"}};
constexpr Shape kCriteria{.members = kCriteriaMembers};
constexpr Shape kDestination{.type = Type::String,
    .min = 0,
    .max = 350,
    .pattern =
        R"(^$|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*))"};
constexpr Member kFailureMembers[] = {
    {"Destination", &kDestination, false, kLess, "a function, a standard queue or topic, or a bucket"}};
constexpr Shape kFailure{.members = kFailureMembers};
constexpr Member kDestinationsMembers[] = {{"OnSuccess", &aws::kDocument}, {"OnFailure", &kFailure}};
constexpr Shape kDestinations{.members = kDestinationsMembers};
constexpr Shape kUuid{.type = Type::String};
constexpr Shape kTags{.type = Type::Map, .element = &aws::kString, .key = &aws::kString};

constexpr Shape kAtOnce{.type = Type::Integer, .min = 2, .max = 1000};
constexpr Member kScalingMembers[] = {{"MaximumConcurrency", &kAtOnce, false, kLess,
    "batches of a queue at once; more than ten are ten, and without it there are five, with which AWS "
    "begins; "
    "AWS's wording for more than the function's reserved concurrency is not known"}};
constexpr Shape kScaling{.members = kScalingMembers};

constexpr std::string_view kOtherSource =
    "of another kind of event source than streams of DynamoDB and queues of SQS";

constexpr Member kSourceMember{"EventSourceArn", &kSource, false, kLess,
    "streams of DynamoDB and queues of SQS; sources of services that are not here are refused by name; AWS's "
    "wording for members that its kind does not have is only known for some"};
constexpr Member kEnabledMember{"Enabled", &aws::kBoolean};
constexpr Member kBatchSizeMember{"BatchSize", &kBatchSize};
constexpr Member kWindowMember{"MaximumBatchingWindowInSeconds", &kWindow};
constexpr Member kParallelMember{"ParallelizationFactor", &kParallel};
constexpr Member kTumblingMember{"TumblingWindowInSeconds", &kTumbling};
constexpr Member kRetriesMember{"MaximumRetryAttempts", &kRetries, false, kLess,
    "the pauses between attempts are ours: 1, 2, 4 … 60 s of the chamber's clock"};
constexpr Member kAgeMember{
    "MaximumRecordAgeInSeconds", &kAge, false, kLess, "AWS's wording for 0 to 59 is not known"};
constexpr Member kBisectMember{"BisectBatchOnFunctionError", &aws::kBoolean};
constexpr Member kResponsesMember{"FunctionResponseTypes", &kResponses};
constexpr Member kCriteriaMember{"FilterCriteria", &kCriteria};
constexpr Member kDestinationsMember{"DestinationConfig", &kDestinations};

constexpr Member kAccessMember{"SourceAccessConfigurations", &aws::kDocument, false, kNo, kOtherSource};
constexpr Member kAmazonKafkaMember{
    "AmazonManagedKafkaEventSourceConfig", &aws::kDocument, false, kNo, kOtherSource};
constexpr Member kOwnKafkaMember{
    "SelfManagedKafkaEventSourceConfig", &aws::kDocument, false, kNo, kOtherSource};
constexpr Member kScalingMember{"ScalingConfig", &kScaling};
constexpr Member kDocumentsMember{"DocumentDBEventSourceConfig", &aws::kDocument, false, kNo, kOtherSource};
constexpr Member kPollersMember{"ProvisionedPollerConfig", &aws::kDocument, false, kNo, kOtherSource};
constexpr Member kKeyMember{"KMSKeyArn", &aws::kString, false, kNo, "filters are not encrypted"};
constexpr Member kMetricsMember{"MetricsConfig", &aws::kDocument, false, kNo, "no metrics of event sources"};
constexpr Member kLoggingMember{
    "LoggingConfig", &aws::kDocument, false, kNo, "no logs of event sources: the tracks show batches"};

constexpr Member kCreateMembers[] = {
    {"FunctionName", &kCreateName, true},
    kSourceMember,
    kEnabledMember,
    kBatchSizeMember,
    kCriteriaMember,
    kWindowMember,
    kParallelMember,
    {"StartingPosition", &kPosition},
    {"StartingPositionTimestamp", &aws::kTimestamp, false, kLess,
        "beside AT_TIMESTAMP alone, which streams of DynamoDB refuse; otherwise it says nothing"},
    kDestinationsMember,
    kAgeMember,
    kBisectMember,
    kRetriesMember,
    {"Tags", &kTags},
    kTumblingMember,
    {"Topics", &aws::kDocument, false, kNo, kOtherSource},
    {"Queues", &aws::kDocument, false, kNo, kOtherSource},
    {"SelfManagedEventSource", &aws::kDocument, false, kNo, kOtherSource},
    kResponsesMember,
    kAccessMember,
    kAmazonKafkaMember,
    kOwnKafkaMember,
    kScalingMember,
    kDocumentsMember,
    kPollersMember,
    kKeyMember,
    kMetricsMember,
    kLoggingMember,
};
constexpr Member kUuidMember{"UUID", &kUuid, true, kExact, {}, In::Path};
constexpr Member kUpdateMembers[] = {
    kUuidMember,
    {"FunctionName", &kCreateName},
    kEnabledMember,
    kBatchSizeMember,
    kCriteriaMember,
    kWindowMember,
    kDestinationsMember,
    kAgeMember,
    kBisectMember,
    kRetriesMember,
    kParallelMember,
    kTumblingMember,
    kResponsesMember,
    kAccessMember,
    kAmazonKafkaMember,
    kOwnKafkaMember,
    kScalingMember,
    kDocumentsMember,
    kPollersMember,
    kKeyMember,
    kMetricsMember,
    kLoggingMember,
};
constexpr Member kOneMembers[] = {kUuidMember};
constexpr Member kListMembers[] = {
    {"EventSourceArn", &kSource, false, kExact, {}, In::Query},
    {"FunctionName", &kCreateName, false, kExact, {}, In::Query},
    kMarkerMember,
    kMaxItemsMember,
};

}

const Shape kCreateMapping{.members = kCreateMembers};
const Shape kUpdateMapping{.members = kUpdateMembers};
const Shape kMapping{.members = kOneMembers};
const Shape kListMappings{.members = kListMembers};

}
