#pragma once

#include "core/store/detail/connection.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core::store::detail {

enum class Purpose { Get, Find, Insert, Replace, Erase, Count, Scan, ScanTo, ScanBack, ScanBackTo, End };

// A value and the row it stands in, which stays the same as long as the key is there.
struct Row {
    std::int64_t id = 0;
    std::string value;
};

// A keyspace as one connection knows it: its table and the statements prepared for it.
struct Keyspace {
    std::int64_t id = 0;
    std::string table; // quoted
    std::array<Statement, static_cast<std::size_t>(Purpose::End)> statements;
};

// A statement taken from its keyspace for one use, so that a visitor may use the same keyspace again. It is
// reset and given back when it dies.
class Lease {
public:
    Lease(const Connection& connection, std::shared_ptr<Keyspace> keyspace, Purpose purpose);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Statement* operator->() { return &m_statement; }

private:
    std::shared_ptr<Keyspace> m_keyspace;
    Purpose m_purpose;
    Statement m_statement;
};

// The catalogue of keyspaces through one connection, and every read of them. One thread at a time.
//
// A keyspace is a rowid table with a unique key index: random inserts are twice as fast as WITHOUT ROWID, and
// SQLite's session extension needs the declared primary key. Its table is called "<id> <name>", since table
// names ignore case and keyspaces do not; ids are never used again, so a statement prepared before a drop
// fails and is never wrong.
class Keyspaces {
public:
    explicit Keyspaces(const Connection& connection);

    static void createCatalogue(const Connection& connection);

    std::optional<std::string> get(std::string_view keyspace, std::string_view key);
    void scan(std::string_view keyspace, const Range& range, Direction direction, const Visitor& visit);
    bool has(std::string_view keyspace) { return find(keyspace) != nullptr; }
    std::vector<std::string> names(std::string_view prefix);
    std::uint64_t count(std::string_view keyspace);

    // Whoever writes looks first: a row that is there is replaced, else inserted.
    std::optional<Row> findRow(std::string_view keyspace, std::string_view key);
    void insert(std::string_view keyspace, std::string_view key, std::string_view value);
    void replace(std::string_view keyspace, std::int64_t row, std::string_view value);
    bool erase(std::string_view keyspace, std::string_view key);
    void create(std::string_view keyspace);
    void drop(std::string_view keyspace);

    // Forgets what is cached when the tables are not those of the last call. Inside a transaction.
    void refresh();
    void forget() { m_known.clear(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    std::shared_ptr<Keyspace> find(std::string_view name);
    std::shared_ptr<Keyspace> existing(std::string_view name); // throws std::logic_error when there is none
    std::shared_ptr<Keyspace> remember(std::string_view name, std::int64_t id);

    const Connection& m_connection;
    std::unordered_map<std::string, std::shared_ptr<Keyspace>, Hash, std::equal_to<>> m_known;
    Statement m_findId;
    Statement m_listNames;
    Statement m_version;
    std::int64_t m_seenVersion = -1;
};

}
