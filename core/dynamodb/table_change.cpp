#include "core/dynamodb/table_change.h"

#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

TableChange::TableChange(DynamoDbService& service, aws::RequestContext& context, TablePtr table)
    : m_service(service)
    , m_context(context)
    , m_known(std::move(table))
    , m_made(service.tables())
{
}

Error TableChange::notFound(const Table& table) const
{
    return errors::tableNamedNotFound(table.name);
}

Result<> TableChange::apply(store::Transaction& transaction)
{
    if (m_known->state->dropped)
        return fail(notFound(*m_known));
    const auto before = TableStore::newest(transaction, m_known);
    auto after = *before;
    ++after.revision;
    CORE_CHECK(change(transaction, *before, after));
    TableStore::update(transaction, after);
    m_after = std::make_shared<const Table>(std::move(after));
    follow(transaction, m_after);
    m_made.add(m_after);
    return {};
}

Result<aws::Reply> TableChange::answer()
{
    m_made.publish();
    auto json = output(*m_after);
    afterwards(m_after);
    return json.is_null() ? aws::Reply{} : aws::Reply::of(std::move(json));
}

Result<> checkIdle(const Table& table, Micros now)
{
    if (table.transition.isOver(now))
        return {};
    const auto* words = table.transition.phase == Phase::Creating ? "created"
        : table.transition.phase == Phase::Updating               ? "updated"
                                                                  : "deleted";
    return fail(errors::tableBeing(words, table.name));
}

}
