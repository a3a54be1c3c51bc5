#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/index_filler.h"
#include "core/dynamodb/replica_settings.h"
#include "core/dynamodb/table_change.h"
#include "core/dynamodb/table_update.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// Whether an index is being made or deleted.
bool hasOnlineIndex(const Table& table, Micros now)
{
    const auto busy = [now](const Index& index) {
        return index.isFilling()
            || (!index.transition.isOver(now) && index.transition.phase != Phase::Updating);
    };
    return std::any_of(table.indexes.begin(), table.indexes.end(), busy)
        || std::any_of(table.leaving.begin(), table.leaving.end(), busy);
}

class UpdateTable final : public TableChange {
public:
    UpdateTable(DynamoDbService& service, aws::RequestContext& context, TablePtr table, json input)
        : TableChange(service, context, std::move(table))
        , m_input(std::move(input))
        , m_replicas(service)
    {
    }

private:
    Result<> change(store::Transaction& transaction, const Table& before, Table& after) override
    {
        const auto now = context().now;
        CORE_CHECK(checkReplicaUpdate(before, m_input, now));
        CORE_CHECK(checkIdle(before, now));
        CORE_TRY(m_update, planUpdate(before, m_input, now, service().transitionTimes()));
        const bool online = !m_update.createdIndex.empty() || !m_update.deleted.empty();
        if (online && hasOnlineIndex(before, now))
            return fail(errors::onlyOneOnlineIndex());
        after = m_update.after;
        changeStream(transaction, before, after);
        changeIndexKeyspaces(transaction, before, m_update);
        noteClass(after, m_input);
        return m_replicas.updateTable(transaction, before, m_input, now);
    }

    void changeStream(store::Transaction& transaction, const Table& before, Table& after)
    {
        if (!m_input.contains("StreamSpecification"))
            return;
        const auto& wanted = m_input["StreamSpecification"];
        if (!wanted.value("StreamEnabled", false)) {
            m_ended = before.stream;
            StreamStore::disable(transaction, *m_ended, context().now);
            after.stream = nullptr;
            return;
        }
        m_begun =
            service().streams().make(after, *viewNamed(wanted.value("StreamViewType", "")), context().now);
        StreamStore::create(transaction, *m_begun);
        after.stream = m_begun;
        after.latestStream = m_begun->label;
    }

    // A small table's index is complete when the request is answered.
    void follow(store::Transaction& transaction, TablePtr& after) override
    {
        if (!m_update.createdIndex.empty())
            IndexFiller::step(transaction, after, m_update.createdIndex);
    }

    json output(const Table& after) override
    {
        auto shown = after;
        for (auto& index : shown.indexes) {
            if (index.name == m_update.createdIndex)
                index.transition = {Phase::Creating, kUntilAnswered};
            else if (m_update.changedIndexes.contains(index.name))
                index.transition.until = kUntilAnswered;
        }
        shown.leaving = m_update.deleted;
        for (auto& index : shown.leaving)
            index.transition = {Phase::Deleting, kUntilAnswered};
        for (const auto& step : m_update.steps)
            context().span.step(step);
        return {{"TableDescription", describeBegun(std::move(shown), Phase::Updating)}};
    }

    void afterwards(const TablePtr& after) override
    {
        if (m_ended)
            service().streams().noteEnd(*m_ended);
        m_replicas.publish();
        if (m_begun)
            service().streams().publish(m_begun);
        const auto* index = after->findIndex(m_update.createdIndex);
        if (index && index->isFilling())
            service().filler().start(after, index->name);
    }

    json m_input;
    TableUpdate m_update;
    StreamPtr m_begun;
    StreamPtr m_ended;
    ReplicaSettings m_replicas;
};

}

Result<aws::Outcome> updateTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    auto input = jsonOf(request);
    CORE_CHECK(checkUpdate(input));
    CORE_TRY(auto name, tableNameOf(input.value("TableName", ""), context.region));
    context.touch(name);
    auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    CORE_CHECK(checkConsistency(*table, input));
    if (input.contains("ReplicaUpdates"))
        return updateReplicas(service, context, std::move(table), input);
    return std::make_unique<UpdateTable>(service, context, std::move(table), std::move(input));
}

}
