#include "core/dynamodb/row_writer.h"

#include "core/dynamodb/item_codec.h"

namespace core::dynamodb {

namespace {

constexpr std::size_t kRows = 250;
constexpr std::size_t kBytes = 512 * 1024;

}

bool RowWriter::put(std::string_view key, std::string_view value)
{
    m_rows.emplace_back(key, value);
    m_bytes += key.size() + value.size();
    return m_rows.size() < kRows && m_bytes < kBytes ? m_result.has_value() : flush();
}

Result<> RowWriter::finish()
{
    flush();
    return m_result;
}

bool RowWriter::flush()
{
    if (!m_result || m_rows.empty())
        return m_result.has_value();
    m_result = m_store.commit([this](store::Transaction& transaction) -> Result<> {
        write(transaction, m_rows);
        return {};
    });
    if (m_result)
        becameDurable();
    m_rows.clear();
    m_bytes = 0;
    return m_result.has_value();
}

KeyspaceWriter::KeyspaceWriter(store::Store& store, std::string keyspace)
    : RowWriter(store)
    , m_keyspace(std::move(keyspace))
{
}

void KeyspaceWriter::write(store::Transaction& transaction, Rows& rows)
{
    for (const auto& [key, value] : rows)
        transaction.put(m_keyspace, key, value);
}

TableWriter::TableWriter(store::Store& store, TablePtr table)
    : RowWriter(store)
    , m_table(std::move(table))
{
}

void TableWriter::write(store::Transaction& transaction, Rows& rows)
{
    for (auto& [key, text] : rows) {
        auto before = readItem(transaction, *m_table, key);
        ItemVersion version;
        version.text = std::move(text);
        version.size = sizeOfStored(version.text);
        std::optional<ItemVersion> after = std::move(version);
        m_writer.write(transaction, m_table, key, before, after);
    }
}

}
