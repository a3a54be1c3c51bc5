#include "core/dynamodb/throttle_store.h"

#include "core/dynamodb/throughput_meter.h"

#include <mutex>

namespace core::dynamodb {

namespace {

constexpr std::string_view kSettings = "dynamodb/settings";
constexpr std::string_view kGeneral = "throttling";
constexpr std::string_view kOwn = "dynamodb/throttling";

std::string keyOf(const Table& table)
{
    return table.region + "/" + table.name;
}

}

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

ThrottleStore::ThrottleStore(store::Store& store)
    : m_store(store)
{
    reload();
}

ThrottleMode ThrottleStore::general() const
{
    std::shared_lock lock(m_mutex);
    return m_general;
}

std::optional<ThrottleMode> ThrottleStore::own(const Table& table) const
{
    std::shared_lock lock(m_mutex);
    const auto found = m_own.find(keyOf(table));
    return found == m_own.end() ? std::nullopt : std::optional(found->second);
}

ThrottleMode ThrottleStore::mode(const Table& table) const
{
    return own(table).value_or(general());
}

void ThrottleStore::storeGeneral(store::Transaction& transaction, ThrottleMode mode)
{
    transaction.createKeyspace(kSettings);
    transaction.put(kSettings, kGeneral, modeName(mode));
}

void ThrottleStore::store(
    store::Transaction& transaction, const Table& table, std::optional<ThrottleMode> mode)
{
    if (!mode) {
        transaction.erase(kOwn, keyOf(table));
        return;
    }
    transaction.createKeyspace(kOwn);
    transaction.put(kOwn, keyOf(table), modeName(*mode));
}

void ThrottleStore::publishGeneral(ThrottleMode mode)
{
    std::unique_lock lock(m_mutex);
    m_general = mode;
}

void ThrottleStore::publish(const Table& table, std::optional<ThrottleMode> mode)
{
    std::unique_lock lock(m_mutex);
    if (mode)
        m_own[keyOf(table)] = *mode;
    else
        m_own.erase(keyOf(table));
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

void ThrottleStore::reload()
{
    auto general = ThrottleMode::Ignore;
    if (const auto text = m_store.get(kSettings, kGeneral))
        general = modeNamed(*text).value_or(general);
    std::map<std::string, ThrottleMode, std::less<>> own;
    m_store.read()->scan(kOwn, store::Range::all(), store::Direction::Forward,
        [&own](std::string_view key, std::string_view text) {
            if (const auto mode = modeNamed(text))
                own.emplace(std::string(key), *mode);
            return true;
        });
    std::unique_lock lock(m_mutex);
    m_general = general;
    m_own = std::move(own);
}

}
