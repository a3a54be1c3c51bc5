#pragma once

#include "core/dynamodb/table_setting.h"

#include <memory>
#include <optional>

namespace core::dynamodb {

// How far the replicas that serve eventually consistent reads lag behind, on the chamber's clock: one delay
// for all tables, and those of tables that have their own (in "dynamodb/replica-delays", by table id). Has
// the bound on what all tables remember for it together. Any thread; the transaction's members on the
// committer thread.
class ReplicaDelays {
public:
    explicit ReplicaDelays(store::Store& store)
        : m_setting(store, kPlace)
    {
    }

    Micros usual() const;
    std::optional<Micros> ownOf(const Table& table) const;
    // Lets the table's replicas lag as far as is set for it.
    void applyTo(const Table& table) const;

    static void storeUsual(store::Transaction& transaction, Micros delay);
    static void storeOwn(store::Transaction& transaction, const Table& table, std::optional<Micros> delay);
    static void forget(store::Transaction& transaction, const Table& table);

    // Once durable.
    void setUsual(Micros delay);
    void setOwn(const Table& table, std::optional<Micros> delay);
    void reload() { m_setting.reload(); }

private:
    static const TableSetting::Place kPlace;

    TableSetting m_setting;
    const std::shared_ptr<SharedBudget> m_images =
        std::make_shared<SharedBudget>(RecentImages::kMaxBytesOfAll); // of all tables
};

}
