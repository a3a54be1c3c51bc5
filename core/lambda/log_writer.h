#pragma once

#include "core/aws/service.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace core::lambda {

// Where an environment's lines go. Made by the writer.
struct LogTarget {
    std::string region;
    std::string group;
    std::string stream;
    std::uint64_t era = 0; // after how many times that everything was forgotten

    auto operator<=>(const LogTarget&) const = default;
};

// Puts log events into CloudWatch Logs from a thread of its own, so that no invocation waits for a disk;
// makes groups and streams on first use. append() may be called from any thread and waits while 32 MB are
// queued: a function that floods its log is slowed down by its own output.
class LogWriter {
public:
    LogWriter(aws::Caller& caller, const Clock& clock);
    ~LogWriter();

    // Writes what is queued; what is appended later is dropped.
    void close();

    LogTarget target(std::string region, std::string group, std::string stream);
    void append(const LogTarget& target, const std::vector<std::string>& messages);
    // Drops what is queued, and what comes later for targets made before: the chamber was emptied.
    void forget();
    // Waits until everything appended before is written.
    void flush();

private:
    struct Entry {
        LogTarget target;
        std::int64_t timestamp = 0;
        std::string message;
    };
    struct Line {
        std::int64_t timestamp = 0;
        std::string message;
    };

    void run();
    void write(std::deque<Entry> entries);
    void put(const LogTarget& target, const std::vector<Line>& lines);

    aws::Caller& m_caller;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_queue;
    std::size_t m_queuedBytes = 0;
    std::uint64_t m_era = 0;
    int m_flushes = 0; // that wait: nothing is gathered for them
    bool m_writing = false;
    bool m_stopping = false;
    std::thread m_thread;
};

}
