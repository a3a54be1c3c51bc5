#include "core/base/ids.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

namespace {

class CreateTable final : public aws::PendingWrite {
public:
    CreateTable(DynamoDbService& service, aws::RequestContext& context, Table table)
        : m_service(service)
        , m_context(context)
        , m_table(std::make_shared<const Table>(std::move(table)))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (TableStore::exists(transaction, *m_table))
            return fail(errors::tableExists(m_table->name));
        TableStore::create(transaction, *m_table);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_service.tables().publish(m_table);
        if (m_context.span.recording())
            m_context.span.step(
                "created the table", counted(m_table->indexes.size(), "index") + " beside it");
        return aws::Reply::of({{"TableDescription", describeBegun(*m_table, Phase::Creating)}});
    }

private:
    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    TablePtr m_table;
};

}

Result<aws::Outcome> createTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    if (!input.contains("TableName"))
        return fail(
            errors::validation("The parameter 'TableName' is required but was not present in the request"));
    CORE_TRY(auto table, defineTable(input));
    context.touch(table.name);
    identify(table, context.region, context.principal.account, newUuid(), context.now);
    table.state->counted = true; // nothing in it yet
    table.transition = Transition::begin(Phase::Creating, context.now, service.transitionTimes().createTable);
    for (auto& index : table.indexes)
        index.transition = table.transition;
    return std::make_unique<CreateTable>(service, context, std::move(table));
}

}
