#include "core/store/detail/committer.h"

#include "core/base/log.h"
#include "core/store/detail/write_transaction.h"
#include "core/store/refusal.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace core::store::detail {

namespace {

// Bounds how long the first write of a group waits for the others.
constexpr std::size_t kMostInGroup = 4'096;

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
    , m_checkpointer(file, durability, readers, m_gate)
{
    const auto note = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Committer*>(self)->m_checkpointer.noteLogPages(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_connection.handle(), note, this);
    if (durability == Durability::Full)
        m_log.emplace(file);
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
                group.entries.push_back({std::move(taken[i]), {}});
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
    if (m_logFailed)
        return failGroup(group, refusal());
    try {
        m_begin.run();
        for (auto& entry : group.entries)
            entry.outcome = applyOne(*entry.write, changes, group.changed);
        const ReaderPool::Commit commit(m_readers);
        m_commit.run();
    } catch (const StoreFailure& failure) {
        if (m_connection.inTransaction())
            sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        m_keyspaces.forget();
        failGroup(group, failure.error());
    }
}

// Nothing of the group became durable, so no write of it may be answered as if it had.
void Committer::failGroup(Group& group, const Error& error)
{
    log::error("store", error.message);
    for (auto& entry : group.entries) {
        if (entry.outcome)
            entry.outcome = fail(error);
    }
}

Result<> Committer::applyOne(Write& write, ValueCache::Changes& changes, bool& changed)
{
    WriteTransaction transaction(m_connection, m_keyspaces, changes);
    auto outcome = applyGuarded(write, transaction);
    // A full disk and the like may have ended the whole transaction already.
    if (!m_connection.inTransaction())
        throw StoreFailure(
            SQLITE_ABORT, outcome ? "the transaction was rolled back" : outcome.error().message);
    if (!transaction.changed())
        return outcome;
    if (outcome) {
        transaction.keep();
        changed = true;
    } else {
        transaction.undo();
    }
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
        sync(groups);
        for (auto& group : groups) {
            for (auto& entry : group.entries) {
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

// The log of a group is written by its commit and becomes durable here, while the next group is applied.
void Committer::sync(std::vector<Group>& groups)
{
    // Of groups that were committed meanwhile too: they stand behind those whose log was lost.
    if (m_logFailed)
        return failUnsynced(groups, refusal());
    const auto changed = [](const Group& group) { return group.changed; };
    if (!m_log || std::none_of(groups.begin(), groups.end(), changed))
        return;
    try {
        m_log->sync();
    } catch (const StoreFailure& failure) {
        // Nobody can say what of the log will be there after a power cut, so nothing may build on it.
        m_logFailed = true;
        failUnsynced(groups, failure.error());
    }
}

void Committer::failUnsynced(std::vector<Group>& groups, const Error& error)
{
    for (auto& group : groups)
        failGroup(group, error);
}

}
