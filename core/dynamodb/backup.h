#pragma once

#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// A copy of a table's items at one moment, with what is needed to make the table again. Kept in the keyspace
// "dynamodb/backups" (key "<region>/<table>/<id>"), its items in a keyspace of its own. A value.
struct Backup {
    std::string id; // "<milliseconds>-<8 hex digits>"
    std::string name;
    std::string table;
    std::string tableId;
    std::string region;
    std::string account;
    Micros createdAt = 0;
    Micros tableCreatedAt = 0;
    std::int64_t items = 0;
    std::int64_t bytes = 0;
    bool complete = false; // else it is being made, and nothing is made of it
    std::string definition; // of the table, JSON

    std::string arn() const;
    std::string tableArn() const;
    std::string storeKey() const;
    std::string keyspace() const;
};

Backup backupOf(const Table& table, std::string name, Micros now);
// ValidationException for what is no backup's ARN, BackupNotFoundException when there is none.
Result<Backup> findBackup(store::Reader& reader, std::string_view arn);
std::vector<Backup> backupsOf(store::Reader& reader, std::string_view region);
void putBackup(store::Transaction& transaction, const Backup& backup);
void eraseBackup(store::Transaction& transaction, const Backup& backup);
// What a crash left half made.
void eraseHalfBackups(store::Transaction& transaction);

nlohmann::json detailsOf(const Backup& backup, std::string_view status);
// BackupDescription.
nlohmann::json describe(const Backup& backup, std::string_view status);

}
