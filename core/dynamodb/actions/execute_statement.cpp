#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/partiql/next_token.h"
#include "core/dynamodb/partiql/parser.h"
#include "core/dynamodb/partiql/select.h"
#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/partiql/writes.h"

namespace core::dynamodb {

namespace {

// One INSERT, UPDATE or DELETE. Owned by the call; committer thread, then the answering thread.
class StatementWrite final : public aws::PendingWrite {
public:
    StatementWrite(aws::RequestContext& context, partiql::WritePlan plan, const JsonView& input)
        : m_context(context)
        , m_plan(std::move(plan))
        , m_capacity(returnCapacityOf(input))
        , m_returnsItem(textOf(input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD")
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        CORE_TRY(const auto result,
            partiql::applyWrite(m_plan, transaction, m_writer, m_context.span, m_returnsItem));
        m_body = "{\"Items\":[" + result.item + "]";
        if (m_capacity != ReturnCapacity::None) {
            m_body += ",\"ConsumedCapacity\":";
            appendJson(m_body, result.consumed, *m_plan.table, m_capacity);
        }
        m_body += '}';
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_writer.becameDurable();
        aws::Reply reply;
        reply.body = std::move(m_body);
        return reply;
    }

private:
    aws::RequestContext& m_context;
    partiql::WritePlan m_plan;
    ReturnCapacity m_capacity;
    bool m_returnsItem;
    ItemWriter m_writer;
    std::string m_body;
};

Result<aws::Outcome> select(DynamoDbService& service, aws::RequestContext& context, const JsonView& input,
    const partiql::Statement& statement, const partiql::Parameters& parameters)
{
    context.onlyRead = true;
    partiql::SelectPage page;
    page.consistent = flagOf(input, "ConsistentRead");
    page.token = textOf(input, "NextToken");
    page.capacity = returnCapacityOf(input);
    if (const auto limit = input.member("Limit"))
        page.limit = limit->integer();
    page.digest = partiql::requestDigest(context.region, textOf(input, "Statement"), parameters);
    CORE_TRY(const auto plan, partiql::planSelect(service, context, statement, parameters, page.consistent));
    return partiql::readSelect(service, context, plan, page);
}

}

Result<aws::Outcome> executeStatement(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(const auto parameters, partiql::readParameters(input.member("Parameters")));
    CORE_TRY(const auto statement, partiql::parseStatement(textOf(input, "Statement")));
    if (statement.kind == partiql::Statement::Kind::Exists)
        return fail(partiql::errors::existsOutsideTransaction());
    if (statement.reads())
        return select(service, context, input, statement, parameters);
    CORE_TRY(auto write, partiql::writeOf(statement, parameters));
    CORE_TRY(auto table, findTable(service, context, statement.table));
    CORE_TRY(auto plan, partiql::planWrite(std::move(write), std::move(table)));
    return std::make_unique<StatementWrite>(context, std::move(plan), input);
}

}
