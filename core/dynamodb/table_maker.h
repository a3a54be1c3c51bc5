#pragma once

#include "core/dynamodb/row_page.h"
#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace core::dynamodb {

// A transfer that makes a table and fills it from elsewhere: restores and imports. The table is CREATING, and
// nobody can use it, until everything is in; when that fails no table stays.
class TableMaker : public TransferWork {
public:
    TableMaker(DynamoDbService& service, TablePtr table);

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override;
    void begun() override;
    void finish(store::Transaction& transaction, const Result<>& outcome) override;
    void finished(const Result<>& outcome) override;

protected:
    // Items with their index entries, in one commit; counts them in the transfer and gives their bytes.
    Result<std::int64_t> write(TransferRunner& runner, Transfer& transfer, Rows rows);

    DynamoDbService& service() { return m_service; }
    const TablePtr& table() const { return m_table; }

private:
    DynamoDbService& m_service;
    TablePtr m_table;
    TablePtr m_opened;
};

// The table of such a transfer; `definition` as a CreateTable's input. Errors as AWS words them.
Result<TablePtr> tableToMake(
    DynamoDbService& service, aws::RequestContext& context, const nlohmann::json& definition);

// The definition of a table that is made of a backup or of a moment of another: without what belongs to one
// table alone, with the request's overrides. Errors as AWS words them.
Result<nlohmann::json> restoredDefinition(const nlohmann::json& source, const nlohmann::json& input);

// Tables that a crash left half filled; committer thread.
bool isHalfMade(const Table& table);

}
