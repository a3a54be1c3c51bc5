#include "core/store/detail/reader_pool.h"

#include "core/store/detail/reads_through.h"

#include <utility>

namespace core::store::detail {

namespace {

constexpr std::size_t kMostIdle = 64;

// Holds a read transaction from its birth to its death.
class Snapshot : public ReadsThrough<Reader> {
public:
    Snapshot(std::shared_ptr<ReaderPool> pool, std::unique_ptr<ReadSession> session)
        : ReadsThrough(session->keyspaces)
        , m_pool(std::move(pool))
        , m_session(std::move(session))
    {
        m_session->begin.run();
        // The first read fixes the moment, and says whether keyspaces came or went.
        m_session->keyspaces.refresh();
    }

    ~Snapshot() override
    {
        try {
            m_session->end.run();
            m_pool->giveBack(std::move(m_session));
        } catch (const StoreFailure&) {
            // The connection is closed, and its transaction with it.
        }
    }

private:
    std::shared_ptr<ReaderPool> m_pool;
    std::unique_ptr<ReadSession> m_session;
};

}

ReadSession::ReadSession(const std::filesystem::path& file, Durability durability)
    : connection(file, durability, ConnectionUse::Read)
    , keyspaces(connection)
    , begin(connection.prepare("BEGIN"))
    , end(connection.prepare("COMMIT"))
{
}

ReaderPool::ReaderPool(std::filesystem::path file, Durability durability)
    : m_file(std::move(file))
    , m_durability(durability)
{
}

std::unique_ptr<ReadSession> ReaderPool::borrow()
{
    {
        std::lock_guard guard(m_mutex);
        if (!m_idle.empty()) {
            auto session = std::move(m_idle.back());
            m_idle.pop_back();
            return session;
        }
    }
    return std::make_unique<ReadSession>(m_file, m_durability);
}

void ReaderPool::giveBack(std::unique_ptr<ReadSession> session)
{
    std::lock_guard guard(m_mutex);
    if (!m_closed && m_idle.size() < kMostIdle)
        m_idle.push_back(std::move(session));
}

void ReaderPool::close()
{
    std::lock_guard guard(m_mutex);
    m_closed = true;
    m_idle.clear();
}

std::unique_ptr<Reader> ReaderPool::snapshot()
{
    return std::make_unique<Snapshot>(shared_from_this(), borrow());
}

std::optional<std::string> ReaderPool::get(std::string_view keyspace, std::string_view key)
{
    auto session = borrow();
    for (int attempt = 0;; ++attempt) {
        try {
            auto value = session->keyspaces.get(keyspace, key);
            giveBack(std::move(session));
            return value;
        } catch (const StoreFailure& failure) {
            // "No such table": the keyspace was dropped, or dropped and made again, since this connection
            // knew it.
            if (failure.sqliteCode() != SQLITE_ERROR || attempt == 3)
                throw;
            session->keyspaces.forget();
        }
    }
}

}
