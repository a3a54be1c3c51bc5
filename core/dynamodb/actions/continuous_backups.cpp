#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/history.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/table_change.h"
#include "core/dynamodb/table_maker.h"

#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr int kMostDays = 35;

json described(const Table& table, Micros now)
{
    json recovery = {{"PointInTimeRecoveryStatus", table.history ? "ENABLED" : "DISABLED"}};
    if (table.history) {
        recovery["RecoveryPeriodInDays"] = table.history->days;
        recovery["EarliestRestorableDateTime"] = secondsOf(earliestMoment(table, now));
        recovery["LatestRestorableDateTime"] = secondsOf(now);
    }
    return {{"ContinuousBackupsDescription",
        {{"ContinuousBackupsStatus", "ENABLED"}, {"PointInTimeRecoveryDescription", std::move(recovery)}}}};
}

class UpdateContinuousBackups final : public TableChange {
public:
    UpdateContinuousBackups(
        DynamoDbService& service, aws::RequestContext& context, TablePtr table, json wanted)
        : TableChange(service, context, std::move(table))
        , m_wanted(std::move(wanted))
    {
    }

private:
    Result<> change(store::Transaction& transaction, const Table& before, Table& after) override
    {
        const bool enable = m_wanted.value("PointInTimeRecoveryEnabled", false);
        auto definition = json::parse(after.definition);
        definition.erase("PointInTimeRecovery");
        if (enable) {
            const auto since = before.history ? before.history->since : context().now;
            const auto days =
                m_wanted.value("RecoveryPeriodInDays", before.history ? before.history->days : kMostDays);
            after.history = History{days, since};
            definition["PointInTimeRecovery"] = {{"Days", days}, {"Since", since}};
            transaction.createKeyspace(historyKeyspace(after));
        } else {
            after.history.reset();
            transaction.dropKeyspace(historyKeyspace(after));
        }
        after.definition = definition.dump();
        return {};
    }

    json output(const Table& after) override
    {
        context().span.step(after.history
                ? "each change is kept for " + counted(static_cast<std::size_t>(after.history->days), "day")
                : "changes are no longer kept");
        return described(after, context().now);
    }

    Error notFound(const Table& table) const override { return errors::noTable(table.name); }

    json m_wanted;
};

// Makes a table of a moment of another.
class RestoreMoment final : public TableMaker {
public:
    RestoreMoment(DynamoDbService& service, TablePtr table, TablePtr source, std::optional<Micros> target)
        : TableMaker(service, std::move(table))
        , m_source(std::move(source))
        , m_target(target)
    {
    }

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override
    {
        if (m_source->state->dropped || !TableStore::exists(transaction, *m_source))
            return fail(errors::noTable(m_source->name));
        CORE_CHECK(TableMaker::begin(transaction, transfer));
        m_moment = HeldMoment::begin(transaction, m_source, transfer.id, false);
        return {};
    }

    Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope&) override
    {
        if (m_target)
            CORE_CHECK(rewindTo(*m_target, runner, transfer, m_source, *m_moment));
        for (MomentReader reader(service().store(), m_source, m_moment); !reader.atEnd();) {
            CORE_TRY(auto rows, reader.next());
            CORE_TRY(const auto bytes, write(runner, transfer, std::move(rows)));
            transfer.bytes += bytes;
        }
        return {};
    }

    void finish(store::Transaction& transaction, const Result<>& outcome) override
    {
        TableMaker::finish(transaction, outcome);
        m_moment->end(transaction, *m_source);
    }

    void forget() override
    {
        if (m_moment)
            m_moment->release(*m_source);
    }

private:
    TablePtr m_source;
    std::optional<Micros> m_target; // none: when it begins
    HeldMomentPtr m_moment;
};

Result<TablePtr> tableToRecover(
    DynamoDbService& service, aws::RequestContext& context, std::string_view given)
{
    CORE_TRY(auto name, tableNameOf(given, context.region));
    context.touch(name);
    auto table = service.tables().find(context.region, name);
    if (!table || (table->transition.phase == Phase::Creating && !table->transition.isOver(context.now)))
        return fail(errors::noTable(name));
    return table;
}

Result<TablePtr> sourceOf(DynamoDbService& service, aws::RequestContext& context, const json& input)
{
    if (input.contains("SourceTableName") == input.contains("SourceTableArn"))
        return fail(errors::validation("Must provide exactly one of: sourceTableArn, sourceTableName"));
    const auto arn = input.value("SourceTableArn", "");
    if (input.contains("SourceTableArn") && !Arn::parse(arn))
        return fail(errors::invalidParameters("sourceTableArn is not a valid ARN"));
    return tableToRecover(service, context, input.value("SourceTableName", arn));
}

Result<Micros> restoreMoment(const Table& table, const json& input, Micros now)
{
    const bool latest = input.value("UseLatestRestorableTime", false);
    if (latest == input.contains("RestoreDateTime")) {
        return fail(errors::invalidRequest(
            "Either one of RestoreDateTime or UseLatestRestorableTime must be specified, "
            "but not both"));
    }
    if (!table.history)
        return fail(errors::recoveryUnavailable(table.name));
    if (latest)
        return now;
    CORE_TRY(const auto moment, momentOf(input["RestoreDateTime"]));
    if (moment < earliestMoment(table, now) || moment > now)
        return fail(errors::invalidRestoreTime());
    return moment;
}

}

Result<aws::Outcome> describeContinuousBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto table, tableToRecover(service, context, textOf(inputOf(request), "TableName")));
    return aws::Reply::of(described(*table, context.now));
}

Result<aws::Outcome> updateContinuousBackups(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto& wanted = input["PointInTimeRecoverySpecification"];
    if (!wanted.value("PointInTimeRecoveryEnabled", false) && wanted.contains("RecoveryPeriodInDays")) {
        return fail(errors::invalidRequest(
            "Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery."));
    }
    CORE_TRY(auto table, tableToRecover(service, context, input.value("TableName", "")));
    return std::make_unique<UpdateContinuousBackups>(service, context, std::move(table), wanted);
}

Result<aws::Outcome> restoreTableToPointInTime(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(const auto source, sourceOf(service, context, input));
    CORE_TRY(const auto moment, restoreMoment(*source, input, context.now));
    const auto target = input.value("TargetTableName", "");
    if (service.tables().find(context.region, target))
        return fail(errors::targetExists(target));
    CORE_TRY(auto definition, restoredDefinition(json::parse(source->definition), input));
    definition["RestoreSummary"] = {
        {"SourceTableArn", source->arn()}, {"RestoreDateTime", secondsOf(moment)}};
    CORE_TRY(const auto table, tableToMake(service, context, definition));
    const auto transfer =
        service.transfers().make("Restore", table->name, table->region, table->arn(), source->arn());
    const auto earlier = moment < context.now ? std::optional(moment) : std::nullopt;
    if (!earlier && source->state->counted)
        transfer->totalItems = source->state->table.items.load();
    CORE_CHECK(service.transfers().start(
        transfer, std::make_unique<RestoreMoment>(service, table, source, earlier)));
    context.span.step("makes the table of a moment of " + source->name + " behind the request");
    return aws::Reply::of({{"TableDescription", describeBegun(*table, Phase::Creating)}});
}

}
