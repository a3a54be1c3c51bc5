#include "core/dynamodb/backup.h"

#include "core/base/arn.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/timed_id.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kBackups = "dynamodb/backups";

std::string storedBackup(const Backup& backup)
{
    return json{{"Id", backup.id}, {"Name", backup.name}, {"Table", backup.table},
        {"TableId", backup.tableId}, {"Region", backup.region}, {"Account", backup.account},
        {"CreatedAt", backup.createdAt}, {"TableCreatedAt", backup.tableCreatedAt}, {"Items", backup.items},
        {"Bytes", backup.bytes}, {"Complete", backup.complete},
        {"Definition", json::parse(backup.definition)}}
        .dump();
}

Backup readBackup(std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    Backup backup;
    backup.id = stored.value("Id", "");
    backup.name = stored.value("Name", "");
    backup.table = stored.value("Table", "");
    backup.tableId = stored.value("TableId", "");
    backup.region = stored.value("Region", "");
    backup.account = stored.value("Account", "");
    backup.createdAt = stored.value("CreatedAt", Micros{0});
    backup.tableCreatedAt = stored.value("TableCreatedAt", Micros{0});
    backup.items = stored.value("Items", std::int64_t{0});
    backup.bytes = stored.value("Bytes", std::int64_t{0});
    backup.complete = stored.value("Complete", false);
    backup.definition = stored.value("Definition", json::object()).dump();
    return backup;
}

json infoOf(const json& indexes)
{
    json infos = json::array();
    for (const auto& index : indexes) {
        json info = {{"IndexName", index["IndexName"]}, {"KeySchema", index["KeySchema"]},
            {"Projection", index["Projection"]}};
        if (index.contains("ProvisionedThroughput"))
            info["ProvisionedThroughput"] = index["ProvisionedThroughput"];
        infos.push_back(std::move(info));
    }
    return infos;
}

// Only what the table had turned on.
json featuresOf(const json& definition)
{
    json features = json::object();
    for (const auto* list : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
        if (definition.contains(list))
            features[list] = infoOf(definition[list]);
    }
    if (const auto stream = definition.value("StreamSpecification", json::object());
        stream.value("StreamEnabled", false))
        features["StreamDescription"] = stream;
    if (const auto expiry = definition.value("TimeToLiveSpecification", json::object()); !expiry.empty())
        features["TimeToLiveDescription"] = {
            {"TimeToLiveStatus", "ENABLED"}, {"AttributeName", expiry.value("AttributeName", "")}};
    if (definition.value("SSESpecification", json::object()).value("Enabled", false))
        features["SSEDescription"] = {{"Status", "ENABLED"}, {"SSEType", "KMS"}};
    return features;
}

}

std::string Backup::arn() const
{
    return tableArn() + "/backup/" + id;
}

std::string Backup::tableArn() const
{
    return Arn{"dynamodb", region, account, "table/" + table}.text();
}

std::string Backup::storeKey() const
{
    return region + "/" + table + "/" + id;
}

std::string Backup::keyspace() const
{
    return "dynamodb/backup/" + storeKey();
}

Backup backupOf(const Table& table, std::string name, Micros now)
{
    Backup backup;
    backup.id = timedId(now);
    backup.name = std::move(name);
    backup.table = table.name;
    backup.tableId = table.id;
    backup.region = table.region;
    backup.account = table.account;
    backup.createdAt = now;
    backup.tableCreatedAt = table.createdAt;
    backup.definition = table.definition;
    return backup;
}

Result<Backup> findBackup(store::Reader& reader, std::string_view text)
{
    const auto arn = Arn::parse(text);
    const auto split = arn ? arn->resource.find("/backup/") : std::string::npos;
    if (!arn || split == std::string::npos || !arn->resource.starts_with("table/"))
        return fail(errors::validation("Invalid Backup ARN"));
    if (arn->service != "dynamodb" || arn->partition != "aws")
        return fail(errors::invalidRequest("BackupArn is not valid"));
    const auto stored = reader.get(kBackups,
        arn->region + "/" + arn->resource.substr(6, split - 6) + "/" + arn->resource.substr(split + 8));
    if (!stored)
        return fail(errors::backupNotFound(text));
    return readBackup(*stored);
}

std::vector<Backup> backupsOf(store::Reader& reader, std::string_view region)
{
    std::vector<Backup> backups;
    reader.scan(kBackups, store::Range::prefix(std::string(region) + "/"), store::Direction::Forward,
        [&backups](std::string_view, std::string_view text) {
            backups.push_back(readBackup(text));
            return true;
        });
    return backups;
}

void putBackup(store::Transaction& transaction, const Backup& backup)
{
    transaction.createKeyspace(kBackups);
    transaction.createKeyspace(backup.keyspace());
    transaction.put(kBackups, backup.storeKey(), storedBackup(backup));
}

void eraseBackup(store::Transaction& transaction, const Backup& backup)
{
    transaction.erase(kBackups, backup.storeKey());
    transaction.dropKeyspace(backup.keyspace());
}

void eraseHalfBackups(store::Transaction& transaction)
{
    std::vector<Backup> half;
    transaction.scan(kBackups, store::Range::all(), store::Direction::Forward,
        [&half](std::string_view, std::string_view text) {
            if (auto backup = readBackup(text); !backup.complete)
                half.push_back(std::move(backup));
            return true;
        });
    for (const auto& backup : half)
        eraseBackup(transaction, backup);
}

json detailsOf(const Backup& backup, std::string_view status)
{
    return {{"BackupArn", backup.arn()}, {"BackupName", backup.name}, {"BackupSizeBytes", backup.bytes},
        {"BackupStatus", status}, {"BackupType", "USER"},
        {"BackupCreationDateTime", secondsOf(backup.createdAt)}};
}

json describe(const Backup& backup, std::string_view status)
{
    const auto definition = json::parse(backup.definition);
    const bool onDemand = definition.value("BillingMode", "") == "PAY_PER_REQUEST";
    json source = {{"TableName", backup.table}, {"TableId", backup.tableId}, {"TableArn", backup.tableArn()},
        {"TableSizeBytes", backup.bytes}, {"ItemCount", backup.items}, {"KeySchema", definition["KeySchema"]},
        {"TableCreationDateTime", secondsOf(backup.tableCreatedAt)},
        {"BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED"},
        {"ProvisionedThroughput",
            definition.value(
                "ProvisionedThroughput", json{{"ReadCapacityUnits", 0}, {"WriteCapacityUnits", 0}})}};
    if (definition.contains("OnDemandThroughput"))
        source["OnDemandThroughput"] = definition["OnDemandThroughput"];
    return {{"BackupDetails", detailsOf(backup, status)}, {"SourceTableDetails", std::move(source)},
        {"SourceTableFeatureDetails", featuresOf(definition)}};
}

}
