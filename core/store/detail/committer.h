#pragma once

#include "core/store/detail/checkpointer.h"
#include "core/store/detail/keyspaces.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace core::store::detail {

// Applies all queued writes in one SQLite transaction, syncs once, and has the answers given on a second
// thread while the next group is applied. The queue holds no more than those who wait for their answers.
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
    using Group = std::vector<Entry>;

    void run();
    void commitGroup(Group& group);
    Result<> applyOne(Write& write, ValueCache::Changes& changes);
    void failGroup(Group& group, const Error& error);
    void hand(Group group);
    void answer();

    ReaderPool& m_readers;
    Connection m_connection;
    Keyspaces m_keyspaces;
    Statement m_begin;
    Statement m_commit;
    Statement m_savepoint;
    Statement m_release;
    Statement m_rollbackTo;
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
