#pragma once

#include "core/dynamodb/table_store.h"

#include <functional>
#include <vector>

namespace core::dynamodb {

// The descriptors that one commit makes, of one or several tables: a global table's replicas change together.
// Lives until the commit is answered; without publish() the changes did not become durable and are taken
// back. Committer thread, then the answering thread.
class NewDescriptors {
public:
    explicit NewDescriptors(TableStore& tables)
        : m_tables(tables)
    {
    }
    ~NewDescriptors();
    NewDescriptors(const NewDescriptors&) = delete;
    NewDescriptors& operator=(const NewDescriptors&) = delete;

    // `edit` gets a copy of the newest descriptor, with the next revision.
    TablePtr change(store::Transaction& transaction, const TablePtr& known,
        const std::function<void(Table& after)>& edit);
    // A descriptor that somebody else has made and stored.
    void add(const TablePtr& after);
    void publish();

    const std::vector<TablePtr>& changed() const { return m_changed; }

private:
    TableStore& m_tables;
    std::vector<TablePtr> m_changed;
    bool m_published = false;
};

}
