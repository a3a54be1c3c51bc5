#pragma once

#include "core/store/detail/reader_pool.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace core::store::detail {

// Moves the write-ahead log into the database, on a thread of its own, so that no write waits for it. A
// passive checkpoint never blocks, but while writes keep coming the log never starts again at its beginning;
// once it is long, the committer is held between two groups for the short rest.
class Checkpointer {
public:
    // `gate` is held by the committer while it has a transaction.
    Checkpointer(
        const std::filesystem::path& file, Durability durability, ReaderPool& readers, std::mutex& gate);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    // From the committer, after each commit: the pages in the log.
    void noteLogPages(int pages);

private:
    void run();
    void checkpoint(int mode, const char* name);

    Connection m_connection;
    ReaderPool& m_readers;
    std::mutex& m_gate;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    int m_pages = 0;
    int m_donePages = 0;
    bool m_stopping = false;
    std::thread m_thread;
};

}
