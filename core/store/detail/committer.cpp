#include "core/store/detail/committer.h"

#include "core/base/log.h"
#include "core/store/detail/reads_through.h"

#include <exception>
#include <string>
#include <utility>

namespace core::store::detail {

namespace {

// Bounds how long the first write of a group waits for the others.
constexpr std::size_t kMostInGroup = 4'096;

// One write's view. The savepoint is set at the first change only: a write whose conditions fail costs none.
class WriteTransaction : public ReadsThrough<Transaction> {
public:
    WriteTransaction(Keyspaces& keyspaces, Statement& savepoint, ValueCache::Changes& changes)
        : ReadsThrough(keyspaces)
        , m_savepoint(savepoint)
        , m_changes(changes)
    {
    }

    void put(std::string_view keyspace, std::string_view key, std::string_view value) override
    {
        beforeChange();
        m_changes.touch(keyspace, key);
        m_keyspaces.put(keyspace, key, value);
    }
    bool erase(std::string_view keyspace, std::string_view key) override
    {
        beforeChange();
        m_changes.touch(keyspace, key);
        return m_keyspaces.erase(keyspace, key);
    }
    void createKeyspace(std::string_view keyspace) override
    {
        if (m_keyspaces.has(keyspace))
            return;
        beforeChange();
        m_changes.touchAll();
        m_changedKeyspaces = true;
        m_keyspaces.create(keyspace);
    }
    void dropKeyspace(std::string_view keyspace) override
    {
        if (!m_keyspaces.has(keyspace))
            return;
        beforeChange();
        m_changes.touchAll();
        m_changedKeyspaces = true;
        m_keyspaces.drop(keyspace);
    }

    bool changed() const { return m_changed; }
    bool changedKeyspaces() const { return m_changedKeyspaces; }

private:
    void beforeChange()
    {
        if (!m_changed)
            m_savepoint.run();
        m_changed = true;
    }

    Statement& m_savepoint;
    ValueCache::Changes& m_changes;
    bool m_changed = false;
    bool m_changedKeyspaces = false;
};

Result<> applyGuarded(Write& write, Transaction& transaction)
{
    try {
        return write.apply(transaction);
    } catch (const StoreFailure& failure) {
        return fail(failure.error());
    } catch (const std::exception& exception) {
        return fail(ErrorKind::Internal, "InternalServerError", exception.what());
    } catch (...) {
        return fail(ErrorKind::Internal, "InternalServerError", "A write threw something unknown.");
    }
}

}

Committer::Committer(const std::filesystem::path& file, Durability durability, ReaderPool& readers)
    : m_readers(readers)
    , m_connection(file, durability, ConnectionUse::Write)
    , m_keyspaces((Keyspaces::createCatalogue(m_connection), m_connection))
    , m_begin(m_connection.prepare("BEGIN IMMEDIATE"))
    , m_commit(m_connection.prepare("COMMIT"))
    , m_savepoint(m_connection.prepare("SAVEPOINT write"))
    , m_release(m_connection.prepare("RELEASE write"))
    , m_rollbackTo(m_connection.prepare("ROLLBACK TO write"))
    , m_checkpointer(file, durability, readers, m_gate)
{
    const auto note = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Committer*>(self)->m_checkpointer.noteLogPages(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_connection.handle(), note, this);
    m_answerThread = std::thread([this] { answer(); });
    m_thread = std::thread([this] { run(); });
}

Committer::~Committer()
{
    {
        std::lock_guard guard(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
    {
        std::lock_guard guard(m_answerMutex);
        m_answersEnd = true;
    }
    m_answerWake.notify_all();
    m_answerThread.join();
}

void Committer::submit(std::unique_ptr<Write> write)
{
    std::lock_guard guard(m_mutex);
    m_queue.push_back(std::move(write));
    if (m_queue.size() == 1)
        m_wake.notify_one();
}

bool Committer::isOwnThread() const
{
    const auto self = std::this_thread::get_id();
    return self == m_thread.get_id() || self == m_answerThread.get_id();
}

void Committer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_stopping || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        auto taken = std::exchange(m_queue, {});
        lock.unlock();
        for (std::size_t begin = 0; begin < taken.size(); begin += kMostInGroup) {
            Group group;
            for (std::size_t i = begin; i < taken.size() && i < begin + kMostInGroup; ++i)
                group.push_back({std::move(taken[i]), {}});
            commitGroup(group);
            hand(std::move(group));
        }
        lock.lock();
    }
}

void Committer::commitGroup(Group& group)
{
    std::lock_guard gate(m_gate);
    // Settled when all is over, also for the readers: no cached value is older than what one of them saw.
    ValueCache::Changes changes(m_readers.cache());
    try {
        m_begin.run();
        for (auto& entry : group)
            entry.outcome = applyOne(*entry.write, changes);
        const ReaderPool::Commit commit(m_readers);
        m_commit.run();
    } catch (const StoreFailure& failure) {
        failGroup(group, failure.error());
    }
}

// Nothing of the group became durable, so no write of it may be answered as if it had.
void Committer::failGroup(Group& group, const Error& error)
{
    log::error("store", error.message);
    if (m_connection.inTransaction())
        sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    m_keyspaces.forget();
    for (auto& entry : group) {
        if (entry.outcome)
            entry.outcome = fail(error);
    }
}

Result<> Committer::applyOne(Write& write, ValueCache::Changes& changes)
{
    WriteTransaction transaction(m_keyspaces, m_savepoint, changes);
    auto outcome = applyGuarded(write, transaction);
    // A full disk and the like may have ended the whole transaction already.
    if (!m_connection.inTransaction())
        throw StoreFailure(
            SQLITE_ABORT, outcome ? "the transaction was rolled back" : outcome.error().message);
    if (!transaction.changed())
        return outcome;
    if (!outcome) {
        m_rollbackTo.run();
        if (transaction.changedKeyspaces())
            m_keyspaces.forget();
    }
    m_release.run();
    return outcome;
}

void Committer::hand(Group group)
{
    std::lock_guard guard(m_answerMutex);
    m_answers.push_back(std::move(group));
    m_answerWake.notify_one();
}

void Committer::answer()
{
    std::unique_lock lock(m_answerMutex);
    for (;;) {
        m_answerWake.wait(lock, [&] { return m_answersEnd || !m_answers.empty(); });
        if (m_answers.empty())
            return;
        auto groups = std::exchange(m_answers, {});
        lock.unlock();
        for (auto& group : groups) {
            for (auto& entry : group) {
                try {
                    entry.write->done(std::move(entry.outcome));
                } catch (const std::exception& exception) {
                    log::error("store", exception.what());
                }
                entry.write.reset();
            }
        }
        groups.clear();
        lock.lock();
    }
}

}
