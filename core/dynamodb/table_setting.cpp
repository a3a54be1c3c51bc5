#include "core/dynamodb/table_setting.h"

#include <mutex>
#include <utility>

namespace core::dynamodb {

namespace {

constexpr std::string_view kSettings = "dynamodb/settings";

}

TableSetting::TableSetting(store::Store& store, const Place& place)
    : m_store(store)
    , m_place(place)
{
    reload();
}

std::string TableSetting::general() const
{
    std::shared_lock lock(m_mutex);
    return m_general;
}

std::optional<std::string> TableSetting::own(const Table& table) const
{
    std::shared_lock lock(m_mutex);
    const auto found = m_own.find(m_place.keyOf(table));
    return found == m_own.end() ? std::nullopt : std::optional(found->second);
}

void TableSetting::storeGeneral(store::Transaction& transaction, const Place& place, std::string_view text)
{
    transaction.createKeyspace(kSettings);
    transaction.put(kSettings, place.general, text);
}

void TableSetting::storeOwn(store::Transaction& transaction, const Place& place, const Table& table,
    const std::optional<std::string>& text)
{
    if (!text) {
        transaction.erase(place.own, place.keyOf(table));
        return;
    }
    transaction.createKeyspace(place.own);
    transaction.put(place.own, place.keyOf(table), *text);
}

void TableSetting::setGeneral(std::string text)
{
    std::unique_lock lock(m_mutex);
    m_general = std::move(text);
}

void TableSetting::setOwn(const Table& table, std::optional<std::string> text)
{
    std::unique_lock lock(m_mutex);
    if (text)
        m_own[m_place.keyOf(table)] = std::move(*text);
    else
        m_own.erase(m_place.keyOf(table));
}

void TableSetting::reload()
{
    const auto reader = m_store.read();
    auto general = reader->get(kSettings, m_place.general).value_or("");
    std::map<std::string, std::string, std::less<>> own;
    reader->scan(m_place.own, store::Range::all(), store::Direction::Forward,
        [&own](std::string_view key, std::string_view text) {
            own.emplace(std::string(key), std::string(text));
            return true;
        });
    std::unique_lock lock(m_mutex);
    m_general = std::move(general);
    m_own = std::move(own);
}

}
