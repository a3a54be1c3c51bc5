#pragma once

#include "core/store/detail/checkpointer.h"
#include "core/store/detail/keyspaces.h"
#include "core/store/detail/log_file.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace core::store::detail {

// Applies all queued writes in one SQLite transaction. A second thread syncs the log once for all groups that
// wait for it and gives their answers, while the next group is applied. The queue holds no more than those
// who wait for their answers. A reader may see a group a moment before it is durable; whoever wrote it hears
// of it only after.
class Committer {
public:
    // Tells the readers of each commit; they outlive it.
    Committer(const std::filesystem::path& file, Durability durability, ReaderPool& readers);
    ~Committer(); // finishes queued writes
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    void submit(std::unique_ptr<Write> write);
    // Whether this is a thread that a wait for a commit would stop for ever.
    bool isOwnThread() const;

private:
    struct Entry {
        std::unique_ptr<Write> write;
        Result<> outcome;
    };
    struct Group {
        std::vector<Entry> entries;
        bool changed = false;
    };

    void run();
    void commitGroup(Group& group);
    Result<> applyOne(Write& write, ValueCache::Changes& changes, bool& changed);
    static void failGroup(Group& group, const Error& error);
    void hand(Group group);
    void answer();
    void sync(std::vector<Group>& groups);
    static void failUnsynced(std::vector<Group>& groups, const Error& error);

    ReaderPool& m_readers;
    Connection m_connection;
    Keyspaces m_keyspaces;
    Statement m_begin;
    Statement m_commit;
    std::optional<LogFile> m_log; // when a write is answered only after a sync
    std::atomic<bool> m_logFailed = false;
    std::mutex m_gate;
    Checkpointer m_checkpointer;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<std::unique_ptr<Write>> m_queue;
    bool m_stopping = false;

    std::mutex m_answerMutex;
    std::condition_variable m_answerWake;
    std::vector<Group> m_answers;
    bool m_answersEnd = false;

    std::thread m_answerThread;
    std::thread m_thread;
};

}
