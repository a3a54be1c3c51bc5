#include "core/store/detail/checkpointer.h"

#include "core/base/log.h"

#include <string>

namespace core::store::detail {

namespace {

constexpr int kPassivePages = 4'096; // 16 MiB since the last checkpoint
constexpr int kRestartPages = 16'384; // a log of 64 MiB starts again
// How long readers of an old moment may hold up the restart, while the committer waits.
constexpr int kRestartMillis = 20;

}

Checkpointer::Checkpointer(
    const std::filesystem::path& file, Durability durability, ReaderPool& readers, std::mutex& gate)
    : m_connection(file, durability, ConnectionUse::Checkpoint)
    , m_readers(readers)
    , m_gate(gate)
    , m_thread([this] { run(); })
{
}

Checkpointer::~Checkpointer()
{
    {
        std::lock_guard guard(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Checkpointer::noteLogPages(int pages)
{
    std::lock_guard guard(m_mutex);
    m_pages = pages;
    if (pages < m_donePages)
        m_donePages = 0; // the log started again
    if (pages - m_donePages >= kPassivePages)
        m_wake.notify_one();
}

void Checkpointer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_stopping || m_pages - m_donePages >= kPassivePages; });
        if (m_stopping)
            return;
        const int pages = m_pages;
        m_donePages = pages;
        lock.unlock();
        checkpoint(SQLITE_CHECKPOINT_PASSIVE, "passive");
        if (pages >= kRestartPages) {
            std::lock_guard gate(m_gate);
            sqlite3_busy_timeout(m_connection.handle(), kRestartMillis);
            checkpoint(SQLITE_CHECKPOINT_RESTART, "restarting");
        }
        lock.lock();
    }
}

void Checkpointer::checkpoint(int mode, const char* name)
{
    const ReaderPool::Lull lull(m_readers);
    const int code = sqlite3_wal_checkpoint_v2(m_connection.handle(), nullptr, mode, nullptr, nullptr);
    // Busy: a reader still looks at an old moment; the next round tries again.
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        log::warning("store",
            std::string("a ") + name + " checkpoint failed: " + sqlite3_errmsg(m_connection.handle()));
    }
}

}
