#include "core/dynamodb/new_descriptors.h"

#include <memory>

namespace core::dynamodb {

NewDescriptors::~NewDescriptors()
{
    if (m_published)
        return;
    for (const auto& table : m_changed) {
        table->state->withdraw(table);
        table->state->forgetCounters();
    }
}

TablePtr NewDescriptors::change(
    store::Transaction& transaction, const TablePtr& known, const std::function<void(Table& after)>& edit)
{
    auto after = *TableStore::newest(transaction, known);
    ++after.revision;
    edit(after);
    TableStore::update(transaction, after);
    auto made = std::make_shared<const Table>(std::move(after));
    add(made);
    return made;
}

void NewDescriptors::add(const TablePtr& after)
{
    after->state->setLatest(after);
    m_changed.push_back(after);
}

void NewDescriptors::publish()
{
    for (const auto& table : m_changed)
        m_tables.publish(table);
    m_published = true;
}

}
