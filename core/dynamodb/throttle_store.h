#pragma once

#include "core/dynamodb/table_setting.h"

#include <optional>
#include <string_view>

namespace core::dynamodb {

// What becomes of requests beyond a table's throughput.
enum class ThrottleMode { Ignore, Enforce };
std::string_view modeName(ThrottleMode mode); // "ignore", "enforce"
std::optional<ThrottleMode> modeNamed(std::string_view name);

// Which tables have their throughput enforced: a default of the chamber, and tables that have a mode of their
// own (in "dynamodb/throttling", key "<region>/<name>"). A table's own mode goes with the table. Any thread.
class ThrottleStore {
public:
    explicit ThrottleStore(store::Store& store)
        : m_setting(store, kPlace)
    {
    }

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
    void reload() { m_setting.reload(); } // after the store changed under it

private:
    static const TableSetting::Place kPlace;

    TableSetting m_setting;
};

}
