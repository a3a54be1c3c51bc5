#pragma once

#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace core::dynamodb {

// What becomes of requests beyond a table's throughput.
enum class ThrottleMode { Ignore, Enforce };
std::string_view modeName(ThrottleMode mode); // "ignore", "enforce"
std::optional<ThrottleMode> modeNamed(std::string_view name);

// Which tables have their throughput enforced: a default of the chamber, and tables that have a mode of their
// own. Kept in memory, backed by the keyspaces "dynamodb/settings" and "dynamodb/throttling" (key
// "<region>/<name>"). A table's own mode goes with the table. Any thread.
class ThrottleStore {
public:
    explicit ThrottleStore(store::Store& store);

    ThrottleMode general() const;
    std::optional<ThrottleMode> own(const Table& table) const;
    ThrottleMode mode(const Table& table) const;

    // Inside a transaction, then in memory once that is durable. Without a mode of its own a table follows
    // the default.
    static void storeGeneral(store::Transaction& transaction, ThrottleMode mode);
    static void store(store::Transaction& transaction, const Table& table, std::optional<ThrottleMode> mode);
    void publishGeneral(ThrottleMode mode);
    void publish(const Table& table, std::optional<ThrottleMode> mode);

    // Sets the table's switch to its mode.
    void apply(const Table& table) const;
    void forget(const Table& table); // when it is gone
    void reload(); // after the store changed under it

private:
    store::Store& m_store;
    mutable std::shared_mutex m_mutex;
    ThrottleMode m_general = ThrottleMode::Ignore;
    std::map<std::string, ThrottleMode, std::less<>> m_own;
};

}
