#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

namespace {

class DeleteTable final : public aws::PendingWrite {
public:
    DeleteTable(DynamoDbService& service, TablePtr table)
        : m_service(service)
        , m_table(std::move(table))
    {
    }

    ~DeleteTable() override
    {
        if (m_applied && !m_answered)
            m_table->state->dropped = false; // it did not become durable
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (m_table->state->dropped || !TableStore::exists(transaction, *m_table))
            return fail(errors::tableNamedNotFound(m_table->name));
        TableStore::drop(transaction, *m_table);
        m_table->state->dropped = true;
        m_applied = true;
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_answered = true;
        m_service.tables().withdraw(*m_table);
        auto description = describe(*m_table, "DELETING");
        // AWS's answer no longer has these.
        for (const auto* member : {"AttributeDefinitions", "KeySchema", "CreationDateTime"})
            description.erase(member);
        return aws::Reply::of({{"TableDescription", std::move(description)}});
    }

private:
    DynamoDbService& m_service;
    TablePtr m_table;
    bool m_applied = false;
    bool m_answered = false;
};

}

Result<aws::Outcome> deleteTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    if (!input.member("TableName"))
        return fail(
            errors::validation("The parameter 'TableName' is required but was not present in the request"));
    CORE_TRY(auto name, tableNameOf(textOf(input, "TableName")));
    context.touch(name);
    auto table = service.tables().find(context.region, name);
    if (!table)
        return fail(errors::tableNamedNotFound(name));
    if (table->deletionProtected)
        return fail(errors::deletionProtected(name));
    return std::make_unique<DeleteTable>(service, std::move(table));
}

}
