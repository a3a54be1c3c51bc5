#include "core/base/ids.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/resource_policy.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

namespace {

class CreateTable final : public aws::PendingWrite {
public:
    CreateTable(DynamoDbService& service, aws::RequestContext& context, Table table, std::string policy)
        : m_service(service)
        , m_context(context)
        , m_table(std::make_shared<const Table>(std::move(table)))
        , m_policy(std::move(policy))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (TableStore::exists(transaction, *m_table))
            return fail(errors::tableExists(m_table->name));
        TableStore::create(transaction, *m_table);
        if (!m_policy.empty())
            putPolicy(
                transaction, m_table->arn(), {m_policy, std::to_string(m_table->createdAt / kMillisecond)});
        if (m_table->stream)
            StreamStore::create(transaction, *m_table->stream);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        if (m_table->stream)
            m_service.streams().publish(m_table->stream);
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
    std::string m_policy;
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
    if (input.contains("ResourcePolicy"))
        CORE_CHECK(checkPolicy(input["ResourcePolicy"].get<std::string>()));
    identify(table, context.region, context.principal.account, newUuid(), context.now);
    table.state->counted = true; // nothing in it yet
    table.transition = Transition::begin(Phase::Creating, context.now, service.transitionTimes().createTable);
    for (auto& index : table.indexes)
        index.transition = table.transition;
    const auto stream = input.value("StreamSpecification", nlohmann::json::object());
    if (stream.value("StreamEnabled", false)) {
        table.stream =
            service.streams().make(table, *viewNamed(stream.value("StreamViewType", "")), context.now);
        table.latestStream = table.stream->label;
    }
    return std::make_unique<CreateTable>(
        service, context, std::move(table), input.value("ResourcePolicy", ""));
}

}
