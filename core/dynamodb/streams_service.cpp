#include "core/dynamodb/streams_service.h"

namespace core::dynamodb {

namespace {

using aws::Effect;
using aws::Lane;
using aws::Member;
using aws::Shape;
using aws::Type;
using Row = aws::ActionRow<DynamoDbStreamsService>;

constexpr std::string_view kIteratorTypes[] = {
    "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"};
constexpr std::string_view kFilterTypes[] = {"CHILD_SHARDS"};

constexpr Shape kArn{.type = Type::String, .min = 37, .max = 1024};
constexpr Shape kTableName{.type = Type::String, .min = 3, .max = 255, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr Shape kShardId{.type = Type::String, .min = 28, .max = 65};
constexpr Shape kLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Shape kRecordLimit{.type = Type::Integer, .min = 1, .max = 1000};
constexpr Shape kIterator{.type = Type::String, .min = 1, .max = 2048};
constexpr Shape kIteratorType{.type = Type::String, .values = kIteratorTypes};
constexpr Shape kSequence{.type = Type::String, .min = 21, .max = 40};

constexpr Member kListMembers[] = {
    {"TableName", &kTableName}, {"Limit", &kLimit}, {"ExclusiveStartStreamArn", &kArn}};
constexpr Shape kList{.type = Type::Structure, .members = kListMembers};

constexpr Shape kFilterType{.type = Type::String, .values = kFilterTypes};
constexpr Member kFilterMembers[] = {{"Type", &kFilterType},
    {"ShardId", &kShardId, false, aws::Fidelity::Simplified,
        "refused when it is missing; AWS's wording of that is not known"}};
constexpr Shape kFilter{.type = Type::Structure, .members = kFilterMembers};
constexpr Member kDescribeMembers[] = {{"StreamArn", &kArn, true}, {"Limit", &kLimit},
    {"ExclusiveStartShardId", &kShardId}, {"ShardFilter", &kFilter}};
constexpr Shape kDescribe{.type = Type::Structure, .members = kDescribeMembers};

constexpr Member kGetIteratorMembers[] = {{"StreamArn", &kArn, true}, {"ShardId", &kShardId, true},
    {"ShardIteratorType", &kIteratorType, true}, {"SequenceNumber", &kSequence}};
constexpr Shape kGetIterator{.type = Type::Structure, .members = kGetIteratorMembers};

constexpr Member kGetRecordsMembers[] = {{"ShardIterator", &kIterator, true}, {"Limit", &kRecordLimit}};
constexpr Shape kGetRecords{.type = Type::Structure, .members = kGetRecordsMembers};

// GetRecords may have to wait for writes of a shard that ends.
const Row kRows[] = {
    {{"ListStreams", Lane::Inline, Effect::Reads, &kList}, listStreams},
    {{"DescribeStream", Lane::Inline, Effect::Reads, &kDescribe}, describeStream},
    {{"GetShardIterator", Lane::Inline, Effect::Reads, &kGetIterator}, getShardIterator},
    {{"GetRecords", Lane::Blocking, Effect::Reads, &kGetRecords}, getRecords},
};

}

DynamoDbStreamsService::DynamoDbStreamsService(const aws::Host& host, DynamoDbService& tables)
    : m_host(host)
    , m_tables(tables)
{
}

std::span<const Row> DynamoDbStreamsService::rows()
{
    return kRows;
}

}
