#include "core/dynamodb/throttle_store.h"

#include "core/dynamodb/throughput_meter.h"

namespace core::dynamodb {

namespace {

std::optional<std::string> textOf(std::optional<ThrottleMode> mode)
{
    return mode ? std::optional(std::string(modeName(*mode))) : std::nullopt;
}

}

const TableSetting::Place ThrottleStore::kPlace{
    "throttling", "dynamodb/throttling", [](const Table& table) { return table.region + "/" + table.name; }};

std::string_view modeName(ThrottleMode mode)
{
    return mode == ThrottleMode::Enforce ? "enforce" : "ignore";
}

std::optional<ThrottleMode> modeNamed(std::string_view name)
{
    for (const auto mode : {ThrottleMode::Ignore, ThrottleMode::Enforce}) {
        if (name == modeName(mode))
            return mode;
    }
    return std::nullopt;
}

ThrottleMode ThrottleStore::general() const
{
    return modeNamed(m_setting.general()).value_or(ThrottleMode::Ignore);
}

std::optional<ThrottleMode> ThrottleStore::own(const Table& table) const
{
    const auto own = m_setting.own(table);
    return own ? modeNamed(*own) : std::nullopt;
}

ThrottleMode ThrottleStore::mode(const Table& table) const
{
    return own(table).value_or(general());
}

void ThrottleStore::storeGeneral(store::Transaction& transaction, ThrottleMode mode)
{
    TableSetting::storeGeneral(transaction, kPlace, modeName(mode));
}

void ThrottleStore::store(
    store::Transaction& transaction, const Table& table, std::optional<ThrottleMode> mode)
{
    TableSetting::storeOwn(transaction, kPlace, table, textOf(mode));
}

void ThrottleStore::publishGeneral(ThrottleMode mode)
{
    m_setting.setGeneral(std::string(modeName(mode)));
}

void ThrottleStore::publish(const Table& table, std::optional<ThrottleMode> mode)
{
    m_setting.setOwn(table, textOf(mode));
}

void ThrottleStore::apply(const Table& table) const
{
    auto& throughput = table.state->throughput;
    throughput.set(mode(table) == ThrottleMode::Enforce);
    if (auto* meter = throughput.active())
        meter->follow(table, table.now());
}

void ThrottleStore::forget(const Table& table)
{
    publish(table, std::nullopt);
}

}
