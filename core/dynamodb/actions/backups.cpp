#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/backup.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_codec.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/row_writer.h"
#include "core/dynamodb/table_maker.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostListed = 100;

Result<> copyItems(DynamoDbService& service, const Table& table, Backup& backup)
{
    // One moment: a table that goes away meanwhile is there to its end, or not at all.
    const auto reader = service.store().read();
    if (!TableStore::exists(*reader, table))
        return fail(errors::tableNotFound());
    KeyspaceWriter writer(service.store(), backup.keyspace());
    reader->scan(table.keyspace, store::Range::all(), store::Direction::Forward,
        [&](std::string_view key, std::string_view text) {
            ++backup.items;
            backup.bytes += static_cast<std::int64_t>(sizeOfStored(text));
            return writer.put(key, text);
        });
    return writer.finish();
}

json summaryOf(const Backup& backup)
{
    auto summary = detailsOf(backup, "AVAILABLE");
    summary["TableArn"] = backup.tableArn();
    summary["TableId"] = backup.tableId;
    summary["TableName"] = backup.table;
    return summary;
}

Result<Micros> boundOf(const json& input, const char* member, Micros otherwise)
{
    if (!input.contains(member))
        return otherwise;
    return momentOf(input[member]);
}

}

Result<aws::Outcome> createBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(auto name, tableNameOf(input.value("TableName", ""), context.region));
    context.touch(name);
    const auto table = service.tables().find(context.region, name);
    if (!table || (table->transition.phase == Phase::Creating && !table->transition.isOver(context.now)))
        return fail(errors::noTable(name));
    auto backup = backupOf(*table, input.value("BackupName", ""), context.now);
    const auto store = [&]() {
        return service.store().commit([&](store::Transaction& transaction) -> Result<> {
            putBackup(transaction, backup);
            return {};
        });
    };
    CORE_CHECK(store());
    CORE_CHECK(copyItems(service, *table, backup));
    backup.complete = true;
    CORE_CHECK(store());
    if (context.span.recording())
        context.span.step("copied " + counted(static_cast<std::size_t>(backup.items), "item"));
    return aws::Reply::of({{"BackupDetails", detailsOf(backup, "CREATING")}});
}

Result<aws::Outcome> describeBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto backup, findBackup(*service.store().read(), textOf(inputOf(request), "BackupArn")));
    context.touch(backup.table);
    return aws::Reply::of({{"BackupDescription", describe(backup, "AVAILABLE")}});
}

Result<aws::Outcome> deleteBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto backup, findBackup(*service.store().read(), textOf(inputOf(request), "BackupArn")));
    context.touch(backup.table);
    CORE_CHECK(service.store().commit([&backup](store::Transaction& transaction) -> Result<> {
        if (auto known = findBackup(transaction, backup.arn()); !known)
            return fail(std::move(known).error());
        eraseBackup(transaction, backup);
        return {};
    }));
    return aws::Reply::of({{"BackupDescription", describe(backup, "DELETED")}});
}

Result<aws::Outcome> listBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(const auto from, boundOf(input, "TimeRangeLowerBound", 0));
    CORE_TRY(const auto to, boundOf(input, "TimeRangeUpperBound", kUntilAnswered));
    if (from > to)
        return fail(
            errors::invalidParameters("Time range lower bound must be less than or equal to upper bound"));
    const auto type = input.value("BackupType", "USER");
    std::string name;
    if (input.contains("TableName")) {
        CORE_TRY(name, tableNameOf(input.value("TableName", "")));
    }
    auto backups = backupsOf(*service.store().read(), context.region);
    std::sort(backups.begin(), backups.end(),
        [](const Backup& a, const Backup& b) { return a.id + a.table < b.id + b.table; });
    const auto start = input.value("ExclusiveStartBackupArn", "");
    const auto after = start.substr(start.rfind('/') + 1);
    const auto limit = input.value("Limit", kMostListed);
    json output = {{"BackupSummaries", json::array()}};
    auto& listed = output["BackupSummaries"];
    for (const auto& backup : backups) {
        const auto moment = backup.createdAt / kMillisecond * kMillisecond;
        if ((type != "USER" && type != "ALL") || (!name.empty() && backup.table != name) || moment < from
            || moment >= to || backup.id <= after)
            continue;
        if (listed.size() >= limit) {
            output["LastEvaluatedBackupArn"] = listed.back()["BackupArn"];
            break;
        }
        listed.push_back(summaryOf(backup));
    }
    return aws::Reply::of(std::move(output));
}

Result<aws::Outcome> restoreTableFromBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto reader = service.store().read();
    CORE_TRY(const auto backup, findBackup(*reader, input.value("BackupArn", "")));
    const auto target = input.value("TargetTableName", "");
    if (service.tables().find(context.region, target))
        return fail(errors::targetExists(target));
    CORE_TRY(auto definition, restoredDefinition(json::parse(backup.definition), input));
    definition["RestoreSummary"] = {{"SourceBackupArn", backup.arn()}, {"SourceTableArn", backup.tableArn()},
        {"RestoreDateTime", static_cast<double>(backup.createdAt / kMillisecond) / 1000.0},
        {"RestoreInProgress", false}};
    TableMaker maker(service, context);
    CORE_TRY(
        const auto table, maker.make(definition, [&](const Table&, const TableMaker::Put& put) -> Result<> {
            reader->scan(backup.keyspace(), store::Range::all(), store::Direction::Forward,
                [&put](std::string_view key, std::string_view text) { return put(key, text); });
            return {};
        }));
    context.span.step("restored " + counted(static_cast<std::size_t>(backup.items), "item"));
    auto description = describeBegun(*table, Phase::Creating);
    description["RestoreSummary"]["RestoreInProgress"] = true;
    return aws::Reply::of({{"TableDescription", std::move(description)}});
}

}
