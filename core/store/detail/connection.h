#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace core::store::detail {

// The database could not do what it always can: disk full, I/O error, corruption. Readers throw it, since
// absence is the only other answer they have; the committer turns it into the outcome of the writes it
// concerns.
class StoreFailure : public std::runtime_error {
public:
    StoreFailure(int sqliteCode, const std::string& message);
    int sqliteCode() const { return m_sqliteCode; }
    Error error() const;

private:
    int m_sqliteCode;
};

// A prepared statement; empty when default-made. Bound bytes are not copied: they live until reset().
class Statement {
public:
    Statement() = default;
    Statement(sqlite3* database, std::string_view sql);
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;

    explicit operator bool() const { return m_statement != nullptr; }
    void bindBytes(int place, std::string_view bytes);
    void bindText(int place, std::string_view text);
    void bindInteger(int place, std::int64_t value);
    bool step(); // true when there is a row
    void run(); // steps to the end, and resets
    std::string_view bytes(int column) const;
    std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement, column); }
    void reset() noexcept { sqlite3_reset(m_statement); }

private:
    void check(int code) const;

    sqlite3_stmt* m_statement = nullptr;
};

enum class ConnectionUse { Write, Read, Checkpoint };

// One SQLite connection with the chamber's pragmas. One thread at a time.
class Connection {
public:
    Connection(const std::filesystem::path& file, Durability durability, ConnectionUse use);
    ~Connection() { sqlite3_close(m_database); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    sqlite3* handle() const { return m_database; }
    Statement prepare(std::string_view sql) const { return Statement(m_database, sql); }
    void execute(const std::string& sql) const;
    std::int64_t number(std::string_view sql) const;
    bool inTransaction() const { return sqlite3_get_autocommit(m_database) == 0; }

private:
    void configure(Durability durability, ConnectionUse use) const;

    sqlite3* m_database = nullptr;
};

}
