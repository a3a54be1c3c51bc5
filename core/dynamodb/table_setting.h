#pragma once

#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace core::dynamodb {

// A setting that all tables share, apart from those that have their own: texts, which whoever has the setting
// reads. Kept in memory, backed by "dynamodb/settings" and a keyspace of its own. Any thread; the
// transaction's members on the committer thread.
class TableSetting {
public:
    struct Place {
        std::string_view general; // key in "dynamodb/settings"
        std::string_view own; // keyspace
        std::string (*keyOf)(const Table& table); // in that
    };

    TableSetting(store::Store& store, const Place& place);

    std::string general() const; // "" when it was never set
    std::optional<std::string> own(const Table& table) const;

    static void storeGeneral(store::Transaction& transaction, const Place& place, std::string_view text);
    // Nothing: the table follows the others.
    static void storeOwn(store::Transaction& transaction, const Place& place, const Table& table,
        const std::optional<std::string>& text);

    // Once durable.
    void setGeneral(std::string text);
    void setOwn(const Table& table, std::optional<std::string> text);
    void reload(); // after the store changed under it

private:
    store::Store& m_store;
    const Place m_place;
    mutable std::shared_mutex m_mutex;
    std::string m_general;
    std::map<std::string, std::string, std::less<>> m_own;
};

}
