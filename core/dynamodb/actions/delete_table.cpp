#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/service.h"
#include "core/dynamodb/table_change.h"
#include "core/dynamodb/table_deletion.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

namespace {

Result<> checkDeletable(const Table& table, Micros now)
{
    if (table.deletionProtected)
        return fail(errors::deletionProtected());
    CORE_CHECK(checkIdle(table, now));
    CORE_CHECK(checkNoSource(table, now));
    const auto isMade = [now](const Index& index) {
        return index.isFilling()
            || (index.transition.phase == Phase::Creating && !index.transition.isOver(now));
    };
    if (std::any_of(table.indexes.begin(), table.indexes.end(), isMade))
        return fail(errors::tableBeing("updated", table.name));
    // The developer guide on backups says so; how AWS words it is not known.
    if (isBeingBackedUp(table))
        return fail(errors::tableBeing("backed up", table.name));
    return {};
}

nlohmann::json deleting(const Table& table)
{
    auto description = describeBegun(table, Phase::Deleting);
    // AWS's answer no longer has these.
    for (const auto* member : {"AttributeDefinitions", "KeySchema", "CreationDateTime", "WarmThroughput"})
        description.erase(member);
    return {{"TableDescription", std::move(description)}};
}

class DeleteTable final : public aws::PendingWrite {
public:
    DeleteTable(DynamoDbService& service, aws::RequestContext& context, TablePtr table)
        : m_service(service)
        , m_context(context)
        , m_table(std::move(table))
        , m_deletion(service.tables(), service.transitions())
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (m_table->state->dropped || !TableStore::exists(transaction, *m_table))
            return fail(errors::tableNamedNotFound(m_table->name));
        m_table = TableStore::newest(transaction, m_table);
        CORE_CHECK(checkDeletable(*m_table, m_context.now));
        m_deletion.apply(transaction, m_table, m_context.now);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_deletion.publish(m_service.reaper(), m_service.host().changes);
        if (m_deletion.handsOver())
            m_context.span.step("hands over what it has accepted", "the table is DELETING meanwhile");
        return aws::Reply::of(deleting(*m_table));
    }

private:
    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    TablePtr m_table; // as it was
    TableDeletion m_deletion;
};

}

Result<aws::Outcome> deleteTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    if (!input.member("TableName"))
        return fail(
            errors::validation("The parameter 'TableName' is required but was not present in the request"));
    CORE_TRY(auto name, tableNameOf(textOf(input, "TableName"), context.region));
    context.touch(name);
    auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    return std::make_unique<DeleteTable>(service, context, std::move(table));
}

}
