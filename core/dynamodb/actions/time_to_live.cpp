#include "core/dynamodb/time_to_live.h"

#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/replica_settings.h"
#include "core/dynamodb/table_change.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// AWS's documentation says an hour; half of it is what is seen.
constexpr Micros kFixedInterval = 30 * 60 * kSecond;

class UpdateTimeToLive final : public TableChange {
public:
    UpdateTimeToLive(DynamoDbService& service, aws::RequestContext& context, TablePtr table, json wanted)
        : TableChange(service, context, std::move(table))
        , m_wanted(std::move(wanted))
        , m_replicas(service)
    {
    }

private:
    Result<> check(const Table& before) const
    {
        const auto name = m_wanted.value("AttributeName", "");
        const bool enable = m_wanted.value("Enabled", false);
        if (before.ttl && before.ttl->attribute != name) {
            return fail(errors::validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                + before.ttl->attribute));
        }
        if (enable == before.ttl.has_value()) {
            return fail(errors::validation(
                enable ? "TimeToLive is already enabled" : "TimeToLive is already disabled"));
        }
        return {};
    }

    Result<> change(store::Transaction& transaction, const Table& before, Table& after) override
    {
        CORE_CHECK(checkIdle(before, context().now));
        CORE_CHECK(check(before));
        if (before.ttlChangedAt != 0 && context().now - before.ttlChangedAt < kFixedInterval)
            return fail(
                errors::validation("Time to live has been modified multiple times within a fixed interval"));
        setTimeToLive(transaction, after, m_wanted, context().now);
        return m_replicas.updateTimeToLive(transaction, before, m_wanted, context().now);
    }

    void follow(store::Transaction& transaction, TablePtr& after) override
    {
        IndexFiller::step(transaction, after, {});
    }

    json output(const Table& after) override
    {
        context().span.step(after.ttl ? "items expire by " + after.ttl->attribute : "items no longer expire");
        return {{"TimeToLiveSpecification", m_wanted}};
    }

    void afterwards(const TablePtr& after) override
    {
        m_replicas.publish();
        if (after->ttl && after->ttl->backfill)
            service().filler().start(after, {});
    }

    json m_wanted;
    ReplicaSettings m_replicas;
};

}

Result<aws::Outcome> updateTimeToLive(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    CORE_TRY(auto name, tableNameOf(input.value("TableName", ""), context.region));
    context.touch(name);
    auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    return std::make_unique<UpdateTimeToLive>(
        service, context, std::move(table), input["TimeToLiveSpecification"]);
}

Result<aws::Outcome> describeTimeToLive(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(auto name, tableNameOf(textOf(inputOf(request), "TableName"), context.region));
    context.touch(name);
    const auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    if (!table->servesItems(context.now)) {
        const std::string state = table->transition.phase == Phase::Creating ? "CREATING" : "DELETING";
        return fail(errors::validation("Cannot describe time to live while table is in " + state
            + " state: Current table state is " + state));
    }
    json description = {{"TimeToLiveStatus", table->ttl ? "ENABLED" : "DISABLED"}};
    if (table->ttl)
        description["AttributeName"] = table->ttl->attribute;
    return aws::Reply::of({{"TimeToLiveDescription", std::move(description)}});
}

}
