#include "core/store/detail/reader_pool.h"

#include "core/store/detail/reads_through.h"

#include <utility>

namespace core::store::detail {

namespace {

constexpr std::size_t kMostIdle = 64;
constexpr std::size_t kCacheBytes = 32 * 1024 * 1024;

// Holds a read transaction from its birth to its death.
class Snapshot : public ReadsThrough<Reader> {
public:
    Snapshot(std::shared_ptr<ReaderPool> pool, std::unique_ptr<ReadSession> session)
        : ReadsThrough(session->keyspaces)
        , m_pool(std::move(pool))
        , m_session(std::move(session))
    {
    }
    ~Snapshot() override { m_pool->giveBack(std::move(m_session)); }

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

void ReadSession::renew(std::uint64_t commitsNow)
{
    finish();
    begin.run();
    open = true;
    commits = commitsNow;
    // The first read fixes the moment, and says whether keyspaces came or went.
    keyspaces.refresh();
}

void ReadSession::finish()
{
    if (std::exchange(open, false))
        end.run();
}

ReaderPool::ReaderPool(std::filesystem::path file, Durability durability)
    : m_file(std::move(file))
    , m_durability(durability)
    , m_cache(kCacheBytes)
{
    m_idle.reserve(kMostIdle);
}

std::unique_ptr<ReadSession> ReaderPool::takeIdle()
{
    std::lock_guard guard(m_mutex);
    if (m_idle.empty())
        return nullptr;
    auto session = std::move(m_idle.back());
    m_idle.pop_back();
    return session;
}

std::unique_ptr<ReadSession> ReaderPool::borrow()
{
    auto session = takeIdle();
    if (!session)
        session = std::make_unique<ReadSession>(m_file, m_durability);
    const auto commits = m_commits.load();
    if (!session->open || session->commits != commits || commits % 2 == 1)
        session->renew(commits);
    return session;
}

void ReaderPool::giveBack(std::unique_ptr<ReadSession> session)
{
    std::lock_guard guard(m_mutex);
    try {
        if (!m_keeping)
            session->finish();
        if (!m_closed && m_idle.size() < kMostIdle)
            m_idle.push_back(std::move(session));
    } catch (const StoreFailure&) {
        // The connection is closed, and its transaction with it.
    }
}

void ReaderPool::setKeeping(bool keeping)
{
    std::lock_guard guard(m_mutex);
    m_keeping = keeping;
    try {
        for (const auto& session : m_idle) {
            if (!keeping)
                session->finish();
        }
    } catch (const StoreFailure&) {
        // Whatever is wrong with one of them ends with it.
        m_idle.clear();
    }
}

ReaderPool::Lull::Lull(ReaderPool& pool)
    : m_pool(pool)
{
    m_pool.setKeeping(false);
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
    // The ticket comes before the session: what was committed in between makes it worthless.
    ValueCache::Ticket ticket;
    if (auto value = m_cache.find(keyspace, key, ticket))
        return value;
    auto session = borrow();
    auto value = session->keyspaces.get(keyspace, key);
    giveBack(std::move(session));
    if (value)
        m_cache.keep(ticket, keyspace, key, *value);
    return value;
}

}
