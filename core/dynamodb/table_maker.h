#pragma once

#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>

namespace core::dynamodb {

// Makes a table and fills it from elsewhere: restores and imports. The table is CREATING, and nobody can use
// it, until everything is in. Waits; pool threads only.
class TableMaker {
public:
    TableMaker(DynamoDbService& service, aws::RequestContext& context);

    // Rows are item keys and canonical JSON.
    using Put = std::function<bool(std::string_view key, std::string_view text)>;
    using Fill = std::function<Result<>(const Table& table, const Put& put)>;

    // `definition` as a CreateTable's input. Whatever fails, no table stays.
    Result<TablePtr> make(const nlohmann::json& definition, const Fill& fill);

private:
    Result<> create(const TablePtr& table);
    Result<TablePtr> open(const TablePtr& table);
    void remove(const TablePtr& table);

    DynamoDbService& m_service;
    aws::RequestContext& m_context;
};

// The definition of a table that is made of a backup or of a moment of another: without what belongs to one
// table alone, with the request's overrides. Errors as AWS words them.
Result<nlohmann::json> restoredDefinition(const nlohmann::json& source, const nlohmann::json& input);

// Tables that a crash left half filled; committer thread.
bool isHalfMade(const Table& table);

}
