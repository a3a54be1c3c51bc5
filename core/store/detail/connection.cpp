#include "core/store/detail/connection.h"

#include <utility>

namespace core::store::detail {

namespace {

constexpr int kBusyMillis = 10'000;

const char* synchronousFor(Durability durability, ConnectionUse use)
{
    switch (durability) {
    case Durability::Full:
        // The committer syncs the log itself, beside the next group.
        return use == ConnectionUse::Write ? "NORMAL" : "FULL";
    case Durability::Relaxed:
        return "NORMAL";
    case Durability::Memory:
        return "OFF";
    }
    return "FULL";
}

}

StoreFailure::StoreFailure(int sqliteCode, const std::string& message)
    : std::runtime_error(message)
    , m_sqliteCode(sqliteCode)
{
}

Error StoreFailure::error() const
{
    return {ErrorKind::Io, "InternalServerError", std::string("The chamber's database failed: ") + what()};
}

Statement::Statement(sqlite3* database, std::string_view sql)
{
    const int code = sqlite3_prepare_v3(
        database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    if (code != SQLITE_OK)
        throw StoreFailure(code, sqlite3_errmsg(database));
}

Statement::Statement(Statement&& other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr))
{
}

Statement& Statement::operator=(Statement&& other) noexcept
{
    if (this != &other) {
        sqlite3_finalize(m_statement);
        m_statement = std::exchange(other.m_statement, nullptr);
    }
    return *this;
}

void Statement::check(int code) const
{
    if (code != SQLITE_OK)
        throw StoreFailure(code, sqlite3_errmsg(sqlite3_db_handle(m_statement)));
}

void Statement::bindBytes(int place, std::string_view bytes)
{
    // A null pointer would bind NULL, and an empty view may hold one.
    check(sqlite3_bind_blob64(
        m_statement, place, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC));
}

void Statement::bindText(int place, std::string_view text)
{
    check(sqlite3_bind_text64(
        m_statement, place, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bindInteger(int place, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement, place, value));
}

bool Statement::step()
{
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        StoreFailure failure(code, sqlite3_errmsg(sqlite3_db_handle(m_statement)));
        reset();
        throw failure;
    }
    return false;
}

void Statement::run()
{
    while (step()) { }
    reset();
}

std::string_view Statement::bytes(int column) const
{
    const void* data = sqlite3_column_blob(m_statement, column);
    return {
        static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

Connection::Connection(const std::filesystem::path& file, Durability durability, ConnectionUse use)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(file.c_str(), &m_database, flags, nullptr);
    try {
        if (code != SQLITE_OK)
            throw StoreFailure(code, m_database ? sqlite3_errmsg(m_database) : "out of memory");
        configure(durability, use);
    } catch (...) {
        sqlite3_close(m_database);
        throw;
    }
}

void Connection::configure(Durability durability, ConnectionUse use) const
{
    sqlite3_busy_timeout(m_database, kBusyMillis);
    sqlite3_extended_result_codes(m_database, 0);
    if (use == ConnectionUse::Write)
        execute("PRAGMA journal_mode = WAL");
    execute(std::string("PRAGMA synchronous = ") + synchronousFor(durability, use));
    // Checkpoints run on a thread of their own; on the committer they cost every write of a group 13–25 ms.
    execute("PRAGMA wal_autocheckpoint = 0");
    // Debian builds SQLite with secure deletion on and memory mapping off.
    execute("PRAGMA secure_delete = OFF");
    execute("PRAGMA mmap_size = 2147418112");
    execute("PRAGMA temp_store = MEMORY");
    execute(use == ConnectionUse::Write ? "PRAGMA cache_size = -32768" : "PRAGMA cache_size = -2048");
}

void Connection::execute(const std::string& sql) const
{
    const int code = sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throw StoreFailure(code, sqlite3_errmsg(m_database));
}

std::int64_t Connection::number(std::string_view sql) const
{
    auto statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

}
