#include "core/dynamodb/item_source.h"

#include "core/dynamodb/lagging_reader.h"
#include "core/dynamodb/throttling.h"

namespace core::dynamodb {

Result<ItemSource::Found> StoredItems::find(
    const TablePtr& table, const std::string& row, const Attributes& /*key*/, bool consistent)
{
    CORE_CHECK(admitRead(table, row, m_span));
    if (consistent || !table->state->recent.isOn())
        return Found{m_snapshot ? m_snapshot->get(table->keyspace, row) : m_store.get(table->keyspace, row)};
    if (!m_snapshot)
        holdSnapshot();
    ReadView view(*m_snapshot, *table, consistent, m_span);
    return Found{view.reader().get(table->keyspace, row)};
}

}
