#include "core/dynamodb/replica_delays.h"

#include "core/base/text.h"

#include <mutex>

namespace core::dynamodb {

namespace {

constexpr std::string_view kSettings = "dynamodb/settings";
constexpr std::string_view kUsual = "replica-delay";
constexpr std::string_view kOwn = "dynamodb/replica-delays";

}

ReplicaDelays::ReplicaDelays(store::Store& store)
    : m_store(store)
{
    reload();
}

Micros ReplicaDelays::usual() const
{
    std::shared_lock lock(m_mutex);
    return m_usual;
}

std::optional<Micros> ReplicaDelays::ownOf(const Table& table) const
{
    std::shared_lock lock(m_mutex);
    const auto found = m_own.find(table.id);
    return found == m_own.end() ? std::nullopt : std::optional(found->second);
}

void ReplicaDelays::applyTo(const Table& table) const
{
    const auto delay = ownOf(table).value_or(usual());
    if (delay > 0)
        table.state->recent.share(m_images);
    if (table.state->recent.delay() != delay)
        table.state->recent.setDelay(delay);
}

void ReplicaDelays::storeUsual(store::Transaction& transaction, Micros delay)
{
    transaction.createKeyspace(kSettings);
    transaction.put(kSettings, kUsual, std::to_string(delay));
}

void ReplicaDelays::storeOwn(store::Transaction& transaction, const Table& table, std::optional<Micros> delay)
{
    transaction.createKeyspace(kOwn);
    if (delay)
        transaction.put(kOwn, table.id, std::to_string(*delay));
    else
        transaction.erase(kOwn, table.id);
}

void ReplicaDelays::forget(store::Transaction& transaction, const Table& table)
{
    transaction.erase(kOwn, table.id);
}

void ReplicaDelays::setUsual(Micros delay)
{
    std::unique_lock lock(m_mutex);
    m_usual = delay;
}

void ReplicaDelays::setOwn(const Table& table, std::optional<Micros> delay)
{
    std::unique_lock lock(m_mutex);
    if (delay)
        m_own[table.id] = *delay;
    else
        m_own.erase(table.id);
}

void ReplicaDelays::reload()
{
    const auto reader = m_store.read();
    const auto usual = parseInteger(reader->get(kSettings, kUsual).value_or("0")).value_or(0);
    std::map<std::string, Micros, std::less<>> own;
    reader->scan(kOwn, store::Range::all(), store::Direction::Forward,
        [&own](std::string_view id, std::string_view delay) {
            own.emplace(std::string(id), parseInteger(delay).value_or(0));
            return true;
        });
    std::unique_lock lock(m_mutex);
    m_usual = usual;
    m_own = std::move(own);
}

}
