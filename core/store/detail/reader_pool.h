#pragma once

#include "core/store/detail/keyspaces.h"
#include "core/store/detail/value_cache.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace core::store::detail {

// A connection for reads with what is prepared on it. Its read transaction may stay open between two readers.
struct ReadSession {
    ReadSession(const std::filesystem::path& file, Durability durability);

    // Sees the present moment from now on. `commits`: see ReaderPool.
    void renew(std::uint64_t commits);
    void finish();

    Connection connection;
    Keyspaces keyspaces;
    Statement begin;
    Statement end;
    bool open = false;
    std::uint64_t commits = 0; // at the moment it sees
};

// Connections that readers borrow: as many as there are readers at one time, the last one given back first,
// so a thread that reads again and again gets a warm one. While nothing is committed, a connection keeps its
// read transaction, because to begin and end one takes SQLite several file locks. Any thread.
class ReaderPool : public std::enable_shared_from_this<ReaderPool> {
public:
    ReaderPool(std::filesystem::path file, Durability durability);

    std::unique_ptr<Reader> snapshot();
    std::optional<std::string> get(std::string_view keyspace, std::string_view key);
    // Closes what is idle, and from now on what is given back.
    void close();
    // As long as it stands no connection keeps its read transaction when it is given back, and those that
    // were kept have ended: the log can start again.
    class Lull {
    public:
        explicit Lull(ReaderPool& pool);
        ~Lull() { m_pool.setKeeping(true); }
        Lull(const Lull&) = delete;
        Lull& operator=(const Lull&) = delete;

    private:
        ReaderPool& m_pool;
    };

    // Stands as long as the committer is in a commit.
    class Commit {
    public:
        explicit Commit(ReaderPool& pool)
            : m_commits(pool.m_commits)
        {
            ++m_commits;
        }
        ~Commit() { ++m_commits; }
        Commit(const Commit&) = delete;
        Commit& operator=(const Commit&) = delete;

    private:
        std::atomic<std::uint64_t>& m_commits;
    };
    ValueCache& cache() { return m_cache; }

    // A session at the present moment.
    std::unique_ptr<ReadSession> borrow();
    void giveBack(std::unique_ptr<ReadSession> session);

private:
    std::unique_ptr<ReadSession> takeIdle();
    void setKeeping(bool keeping);

    std::filesystem::path m_file;
    Durability m_durability;
    // Twice the number of commits; odd while one is under way, when nobody can say which moment is the
    // present.
    std::atomic<std::uint64_t> m_commits = 0;
    ValueCache m_cache;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<ReadSession>> m_idle;
    bool m_closed = false;
    bool m_keeping = true;
};

}
