#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"

namespace core::dynamodb {

// DynamoDB: tables, items, indexes and expressions in the chamber's store. Any thread.
class DynamoDbService : public aws::TableService<DynamoDbService> {
public:
    explicit DynamoDbService(const aws::Host& host);

    std::string_view id() const override { return "dynamodb"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view targetPrefix() const override { return "DynamoDB_20120810"; }
    bool parsesBody() const override { return false; }
    bool sendsCrc32() const override { return true; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    std::string errorType(const Error& error) const override;
    Error malformedBody(std::string_view detail) const override;
    void reset() override;

    static std::span<const aws::ActionRow<DynamoDbService>> rows();

    TableStore& tables() { return m_tables; }
    store::Store& store() { return m_store; }
    std::string endpoint() const { return m_endpoint(); }

private:
    store::Store& m_store;
    std::function<std::string()> m_endpoint;
    TableStore m_tables;
};

}
