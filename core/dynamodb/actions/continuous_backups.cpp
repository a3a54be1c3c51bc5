#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
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
        return fail(errors::validation(
            "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, "
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
        return fail(errors::validation(
            "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery."));
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
    const auto reader = service.store().read();
    if (!TableStore::exists(*reader, *source))
        return fail(errors::tableNotFound());
    const auto target = input.value("TargetTableName", "");
    if (service.tables().find(context.region, target))
        return fail(errors::targetExists(target));
    CORE_TRY(auto definition, restoredDefinition(json::parse(source->definition), input));
    definition["RestoreSummary"] = {{"SourceTableArn", source->arn()}, {"RestoreDateTime", secondsOf(moment)},
        {"RestoreInProgress", false}};
    TableMaker maker(service, context);
    std::size_t items = 0;
    CORE_TRY(
        const auto table, maker.make(definition, [&](const Table&, const TableMaker::Put& put) -> Result<> {
            itemsAt(*reader, *source, moment < context.now ? std::optional(moment) : std::nullopt,
                [&](std::string_view key, std::string_view text) {
                    ++items;
                    return put(key, text);
                });
            return {};
        }));
    context.span.step("restored " + counted(items, "item") + " as of a moment");
    auto description = describeBegun(*table, Phase::Creating);
    description["RestoreSummary"]["RestoreInProgress"] = true;
    return aws::Reply::of({{"TableDescription", std::move(description)}});
}

}
