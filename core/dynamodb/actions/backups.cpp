#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/backup.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/table_maker.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostListed = 100;

// Copies the items of a moment into the backup.
class MakeBackup final : public TransferWork {
public:
    MakeBackup(DynamoDbService& service, TablePtr table, Backup backup)
        : m_service(service)
        , m_table(std::move(table))
        , m_backup(std::move(backup))
    {
    }

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override
    {
        if (m_table->state->dropped || !TableStore::exists(transaction, *m_table))
            return fail(errors::noTable(m_table->name));
        putBackup(transaction, m_backup);
        m_moment = HeldMoment::begin(transaction, m_table, transfer.id, true);
        return {};
    }

    Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope&) override
    {
        m_backup.items = 0;
        m_backup.bytes = 0;
        for (MomentReader reader(m_service.store(), m_table, m_moment); !reader.atEnd();) {
            CORE_TRY(const auto rows, reader.next());
            CORE_CHECK(copy(runner, transfer, rows));
        }
        m_backup.complete = true;
        return {};
    }

    void finish(store::Transaction& transaction, const Result<>& outcome) override
    {
        if (outcome)
            putBackup(transaction, m_backup);
        else
            eraseBackup(transaction, m_backup);
        m_moment->end(transaction, *m_table);
    }

    void forget() override
    {
        if (m_moment)
            m_moment->release(*m_table);
    }

private:
    Result<> copy(TransferRunner& runner, Transfer& transfer, const Rows& rows)
    {
        CORE_CHECK(runner.commit(transfer, [&](store::Transaction& transaction) -> Result<> {
            for (const auto& [key, text] : rows)
                transaction.put(m_backup.keyspace(), key, text);
            return {};
        }));
        for (const auto& [key, text] : rows)
            m_backup.bytes += static_cast<std::int64_t>(sizeOfStored(text));
        m_backup.items += static_cast<std::int64_t>(rows.size());
        transfer.items = m_backup.items;
        transfer.bytes = m_backup.bytes;
        return {};
    }

    DynamoDbService& m_service;
    TablePtr m_table;
    Backup m_backup;
    HeldMomentPtr m_moment;
};

// Makes a table of a backup.
class RestoreBackup final : public TableMaker {
public:
    RestoreBackup(DynamoDbService& service, TablePtr table, Backup backup)
        : TableMaker(service, std::move(table))
        , m_backup(std::move(backup))
    {
    }

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override
    {
        CORE_CHECK(findBackup(transaction, m_backup.arn()));
        return TableMaker::begin(transaction, transfer);
    }

    Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope&) override
    {
        std::string cursor;
        for (bool ended = false; !ended;) {
            auto page = readPage(*service().store().read(), m_backup.keyspace(), cursor);
            ended = page.ended;
            if (!page.rows.empty())
                cursor = page.rows.back().first;
            CORE_TRY(const auto bytes, write(runner, transfer, std::move(page.rows)));
            transfer.bytes += bytes;
        }
        return {};
    }

private:
    Backup m_backup;
};

std::string_view statusOf(const Backup& backup)
{
    return backup.complete ? "AVAILABLE" : "CREATING";
}

json summaryOf(const Backup& backup)
{
    auto summary = detailsOf(backup, statusOf(backup));
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
    const auto transfer =
        service.transfers().make("Backup", table->name, table->region, backup.arn(), table->arn());
    if (table->state->counted) {
        // Until all is copied, what the table is known to have.
        backup.items = table->state->table.items;
        backup.bytes = table->state->table.bytes;
        transfer->totalItems = backup.items;
        transfer->totalBytes = backup.bytes;
    }
    auto output = json{{"BackupDetails", detailsOf(backup, "CREATING")}};
    CORE_CHECK(
        service.transfers().start(transfer, std::make_unique<MakeBackup>(service, table, std::move(backup))));
    context.span.step("copies the items of this moment behind the request");
    return aws::Reply::of(std::move(output));
}

Result<aws::Outcome> describeBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto backup, findBackup(*service.store().read(), textOf(inputOf(request), "BackupArn")));
    context.touch(backup.table);
    return aws::Reply::of({{"BackupDescription", describe(backup, statusOf(backup))}});
}

Result<aws::Outcome> deleteBackup(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto backup, findBackup(*service.store().read(), textOf(inputOf(request), "BackupArn")));
    context.touch(backup.table);
    CORE_CHECK(service.store().commit([&](store::Transaction& transaction) -> Result<> {
        CORE_TRY(const auto known, findBackup(transaction, backup.arn()));
        if (!known.complete || service.transfers().isReadUnderWay(backup.arn()))
            return fail(errors::backupInUse());
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
    CORE_TRY(auto backup, findBackup(*service.store().read(), input.value("BackupArn", "")));
    if (!backup.complete)
        return fail(errors::backupInUse());
    const auto target = input.value("TargetTableName", "");
    if (service.tables().find(context.region, target))
        return fail(errors::targetExists(target));
    CORE_TRY(auto definition, restoredDefinition(json::parse(backup.definition), input));
    definition["RestoreSummary"] = {{"SourceBackupArn", backup.arn()}, {"SourceTableArn", backup.tableArn()},
        {"RestoreDateTime", secondsOf(backup.createdAt)}};
    CORE_TRY(const auto table, tableToMake(service, context, definition));
    const auto transfer =
        service.transfers().make("Restore", table->name, table->region, table->arn(), backup.arn());
    transfer->totalItems = backup.items;
    transfer->totalBytes = backup.bytes;
    CORE_CHECK(service.transfers().start(
        transfer, std::make_unique<RestoreBackup>(service, table, std::move(backup))));
    context.span.step("makes the table of the backup behind the request");
    return aws::Reply::of({{"TableDescription", describeBegun(*table, Phase::Creating)}});
}

}
