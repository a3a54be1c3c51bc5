#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/service.h"

namespace core::dynamodb {

// DynamoDB Streams: reads what the tables of DynamoDbService record. Any thread.
class DynamoDbStreamsService : public aws::TableService<DynamoDbStreamsService> {
public:
    DynamoDbStreamsService(const aws::Host& host, DynamoDbService& tables);

    std::string_view id() const override { return "dynamodbstreams"; }
    std::string_view signingName() const override { return "dynamodb"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view targetPrefix() const override { return "DynamoDBStreams_20120810"; }
    bool sendsCrc32() const override { return true; }
    std::string errorType(const Error& error) const override { return m_tables.errorType(error); }
    Error malformedBody(std::string_view detail) const override { return m_tables.malformedBody(detail); }

    static std::span<const aws::ActionRow<DynamoDbStreamsService>> rows();

    const aws::Host& host() { return m_host; }
    StreamStore& streams() { return m_tables.streams(); }

private:
    const aws::Host& m_host;
    DynamoDbService& m_tables;
};

// One function an action.
Result<aws::Outcome> listStreams(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> describeStream(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getShardIterator(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> getRecords(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request);

}
