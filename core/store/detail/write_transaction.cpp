#include "core/store/detail/write_transaction.h"

#include <ranges>
#include <utility>

namespace core::store::detail {

std::optional<std::string> WriteTransaction::get(std::string_view keyspace, std::string_view key)
{
    auto row = m_keyspaces.findRow(keyspace, key);
    m_lastRead = Before{std::string(keyspace), std::string(key), std::nullopt};
    m_lastRow.reset();
    if (!row)
        return std::nullopt;
    m_lastRow = row->id;
    m_lastRead->value = row->value;
    return std::move(row->value);
}

std::optional<std::int64_t> WriteTransaction::beforeChange(std::string_view keyspace, std::string_view key)
{
    m_changed = true;
    m_changes.touch(keyspace, key);
    if (!m_lastRead || m_lastRead->key != key || m_lastRead->keyspace != keyspace)
        get(keyspace, key);
    // What comes after a savepoint is undone by it.
    if (!m_savepoint)
        m_before.push_back(std::move(*m_lastRead));
    m_lastRead.reset();
    return m_lastRow;
}

void WriteTransaction::put(std::string_view keyspace, std::string_view key, std::string_view value)
{
    if (const auto row = beforeChange(keyspace, key))
        m_keyspaces.replace(keyspace, *row, value);
    else
        m_keyspaces.insert(keyspace, key, value);
}

bool WriteTransaction::erase(std::string_view keyspace, std::string_view key)
{
    return beforeChange(keyspace, key) && m_keyspaces.erase(keyspace, key);
}

void WriteTransaction::beforeKeyspaceChange()
{
    if (!std::exchange(m_savepoint, true))
        m_connection.execute("SAVEPOINT write");
    m_changed = true;
    m_changes.touchAll();
    m_lastRead.reset();
}

void WriteTransaction::createKeyspace(std::string_view keyspace)
{
    if (m_keyspaces.has(keyspace))
        return;
    beforeKeyspaceChange();
    m_keyspaces.create(keyspace);
}

void WriteTransaction::dropKeyspace(std::string_view keyspace)
{
    if (!m_keyspaces.has(keyspace))
        return;
    beforeKeyspaceChange();
    m_keyspaces.drop(keyspace);
}

void WriteTransaction::keep()
{
    if (m_savepoint)
        m_connection.execute("RELEASE write");
}

void WriteTransaction::undo()
{
    if (m_savepoint) {
        m_connection.execute("ROLLBACK TO write");
        m_connection.execute("RELEASE write");
        m_keyspaces.forget();
    }
    for (const auto& before : std::views::reverse(m_before))
        restore(before);
}

void WriteTransaction::restore(const Before& before)
{
    const auto row = m_keyspaces.findRow(before.keyspace, before.key);
    if (!before.value) {
        m_keyspaces.erase(before.keyspace, before.key);
    } else if (row) {
        m_keyspaces.replace(before.keyspace, row->id, *before.value);
    } else {
        m_keyspaces.insert(before.keyspace, before.key, *before.value);
    }
}

}
