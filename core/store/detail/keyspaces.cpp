#include "core/store/detail/keyspaces.h"

#include "core/base/text.h"

#include <utility>

namespace core::store::detail {

namespace {

// Beyond this many, a connection forgets its statements and starts again: memory stays bounded.
constexpr std::size_t kMostKnown = 512;

std::string quotedTable(std::int64_t id, std::string_view name)
{
    return '"' + std::to_string(id) + ' ' + replaceAll(std::string(name), "\"", "\"\"") + '"';
}

std::string sqlFor(Purpose purpose, const std::string& table)
{
    switch (purpose) {
    case Purpose::Get:
        return "SELECT value FROM " + table + " WHERE key = ?1";
    case Purpose::Find:
        return "SELECT rowid, value FROM " + table + " WHERE key = ?1";
    case Purpose::Insert:
        return "INSERT INTO " + table + " VALUES (?1, ?2)";
    case Purpose::Replace:
        return "UPDATE " + table + " SET value = ?2 WHERE rowid = ?1";
    case Purpose::Erase:
        return "DELETE FROM " + table + " WHERE key = ?1";
    case Purpose::Count:
        return "SELECT count(*) FROM " + table;
    case Purpose::Scan:
        return "SELECT key, value FROM " + table + " WHERE key >= ?1 ORDER BY key";
    case Purpose::ScanTo:
        return "SELECT key, value FROM " + table + " WHERE key >= ?1 AND key < ?2 ORDER BY key";
    case Purpose::ScanBack:
        return "SELECT key, value FROM " + table + " WHERE key >= ?1 ORDER BY key DESC";
    case Purpose::ScanBackTo:
        return "SELECT key, value FROM " + table + " WHERE key >= ?1 AND key < ?2 ORDER BY key DESC";
    case Purpose::End:
        break;
    }
    return {};
}

// JSON is kept as text, so that a person can read it with any SQLite tool; its bytes are the same either way.
void bindValue(Lease& statement, std::string_view value)
{
    if (value.starts_with('{'))
        statement->bindText(2, value);
    else
        statement->bindBytes(2, value);
}

Purpose scanPurpose(const Range& range, Direction direction)
{
    if (direction == Direction::Forward)
        return range.to.empty() ? Purpose::Scan : Purpose::ScanTo;
    return range.to.empty() ? Purpose::ScanBack : Purpose::ScanBackTo;
}

}

Lease::Lease(const Connection& connection, std::shared_ptr<Keyspace> keyspace, Purpose purpose)
    : m_keyspace(std::move(keyspace))
    , m_purpose(purpose)
    , m_statement(std::move(m_keyspace->statements[static_cast<std::size_t>(purpose)]))
{
    if (!m_statement)
        m_statement = connection.prepare(sqlFor(purpose, m_keyspace->table));
}

Lease::~Lease()
{
    m_statement.reset();
    auto& place = m_keyspace->statements[static_cast<std::size_t>(m_purpose)];
    if (!place)
        place = std::move(m_statement);
}

Keyspaces::Keyspaces(const Connection& connection)
    : m_connection(connection)
    , m_findId(connection.prepare("SELECT id FROM keyspaces WHERE name = ?1"))
    , m_listNames(connection.prepare("SELECT name FROM keyspaces WHERE name >= ?1 ORDER BY name"))
    , m_version(connection.prepare("PRAGMA schema_version"))
{
}

void Keyspaces::createCatalogue(const Connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS keyspaces ("
                       "id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)");
}

std::shared_ptr<Keyspace> Keyspaces::find(std::string_view name)
{
    if (const auto place = m_known.find(name); place != m_known.end())
        return place->second;
    m_findId.bindText(1, name);
    const std::int64_t id = m_findId.step() ? m_findId.integer(0) : 0;
    m_findId.reset();
    return id == 0 ? nullptr : remember(name, id);
}

std::shared_ptr<Keyspace> Keyspaces::remember(std::string_view name, std::int64_t id)
{
    if (m_known.size() >= kMostKnown)
        m_known.clear();
    auto keyspace = std::make_shared<Keyspace>();
    keyspace->id = id;
    keyspace->table = quotedTable(id, name);
    m_known.emplace(std::string(name), keyspace);
    return keyspace;
}

void Keyspaces::refresh()
{
    m_version.step();
    const auto version = m_version.integer(0);
    m_version.reset();
    if (version != m_seenVersion)
        m_known.clear();
    m_seenVersion = version;
}

std::optional<std::string> Keyspaces::get(std::string_view keyspace, std::string_view key)
{
    auto known = find(keyspace);
    if (!known)
        return std::nullopt;
    Lease statement(m_connection, std::move(known), Purpose::Get);
    statement->bindBytes(1, key);
    if (!statement->step())
        return std::nullopt;
    return std::string(statement->bytes(0));
}

void Keyspaces::scan(std::string_view keyspace, const Range& range, Direction direction, const Visitor& visit)
{
    auto known = find(keyspace);
    if (!known)
        return;
    Lease statement(m_connection, std::move(known), scanPurpose(range, direction));
    statement->bindBytes(1, range.from);
    if (!range.to.empty())
        statement->bindBytes(2, range.to);
    while (statement->step()) {
        if (!visit(statement->bytes(0), statement->bytes(1)))
            return;
    }
}

std::vector<std::string> Keyspaces::names(std::string_view prefix)
{
    std::vector<std::string> found;
    m_listNames.bindText(1, prefix);
    while (m_listNames.step() && m_listNames.bytes(0).starts_with(prefix))
        found.emplace_back(m_listNames.bytes(0));
    m_listNames.reset();
    return found;
}

std::uint64_t Keyspaces::count(std::string_view keyspace)
{
    auto known = find(keyspace);
    if (!known)
        return 0;
    Lease statement(m_connection, std::move(known), Purpose::Count);
    statement->step();
    return static_cast<std::uint64_t>(statement->integer(0));
}

std::shared_ptr<Keyspace> Keyspaces::existing(std::string_view name)
{
    auto known = find(name);
    if (!known)
        throw std::logic_error("no keyspace is called " + std::string(name));
    return known;
}

std::optional<Row> Keyspaces::findRow(std::string_view keyspace, std::string_view key)
{
    auto known = find(keyspace);
    if (!known)
        return std::nullopt;
    Lease statement(m_connection, std::move(known), Purpose::Find);
    statement->bindBytes(1, key);
    if (!statement->step())
        return std::nullopt;
    return Row{statement->integer(0), std::string(statement->bytes(1))};
}

void Keyspaces::insert(std::string_view keyspace, std::string_view key, std::string_view value)
{
    Lease statement(m_connection, existing(keyspace), Purpose::Insert);
    statement->bindBytes(1, key);
    bindValue(statement, value);
    statement->step();
}

void Keyspaces::replace(std::string_view keyspace, std::int64_t row, std::string_view value)
{
    Lease statement(m_connection, existing(keyspace), Purpose::Replace);
    statement->bindInteger(1, row);
    bindValue(statement, value);
    statement->step();
}

bool Keyspaces::erase(std::string_view keyspace, std::string_view key)
{
    auto known = find(keyspace);
    if (!known)
        return false;
    Lease statement(m_connection, std::move(known), Purpose::Erase);
    statement->bindBytes(1, key);
    statement->step();
    return sqlite3_changes(m_connection.handle()) > 0;
}

void Keyspaces::create(std::string_view keyspace)
{
    if (find(keyspace))
        return;
    auto insert = m_connection.prepare("INSERT INTO keyspaces (name) VALUES (?1)");
    insert.bindText(1, keyspace);
    insert.run();
    const auto id = sqlite3_last_insert_rowid(m_connection.handle());
    m_connection.execute("CREATE TABLE " + quotedTable(id, keyspace)
        + " (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL)");
    remember(keyspace, id);
}

void Keyspaces::drop(std::string_view keyspace)
{
    const auto known = find(keyspace);
    if (!known)
        return;
    m_known.erase(m_known.find(keyspace));
    auto remove = m_connection.prepare("DELETE FROM keyspaces WHERE id = ?1");
    remove.bindInteger(1, known->id);
    remove.run();
    m_connection.execute("DROP TABLE " + known->table);
}

}
