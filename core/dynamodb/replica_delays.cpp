#include "core/dynamodb/replica_delays.h"

#include "core/base/text.h"

namespace core::dynamodb {

namespace {

Micros delayIn(std::string_view text)
{
    return parseInteger(text).value_or(0);
}

std::optional<std::string> textOf(std::optional<Micros> delay)
{
    return delay ? std::optional(std::to_string(*delay)) : std::nullopt;
}

}

const TableSetting::Place ReplicaDelays::kPlace{
    "replica-delay", "dynamodb/replica-delays", [](const Table& table) { return table.id; }};

Micros ReplicaDelays::usual() const
{
    return delayIn(m_setting.general());
}

std::optional<Micros> ReplicaDelays::ownOf(const Table& table) const
{
    const auto own = m_setting.own(table);
    return own ? std::optional(delayIn(*own)) : std::nullopt;
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
    TableSetting::storeGeneral(transaction, kPlace, std::to_string(delay));
}

void ReplicaDelays::storeOwn(store::Transaction& transaction, const Table& table, std::optional<Micros> delay)
{
    TableSetting::storeOwn(transaction, kPlace, table, textOf(delay));
}

void ReplicaDelays::forget(store::Transaction& transaction, const Table& table)
{
    storeOwn(transaction, table, std::nullopt);
}

void ReplicaDelays::setUsual(Micros delay)
{
    m_setting.setGeneral(std::to_string(delay));
}

void ReplicaDelays::setOwn(const Table& table, std::optional<Micros> delay)
{
    m_setting.setOwn(table, textOf(delay));
}

}
