#pragma once

#include "core/base/clock.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace core::aws {

class Caller;

// A stream that lines go to. Made by the book.
struct LogPlace {
    std::string from; // the service that logs: "lambda"
    std::string region;
    std::string group;
    std::string stream;
    bool makesGroup = false; // when it is not there: access logs go to groups that somebody made
    std::uint64_t era = 0; // after how many times that everything was forgotten

    auto operator<=>(const LogPlace&) const = default;
};

struct LogLine {
    Micros time = 0;
    std::string text; // bytes that are no UTF-8 are replaced
};

// What services log, on its way to CloudWatch Logs behind the calls that made it: a thread of its own gathers
// lines for some milliseconds and puts them, each stream's in the order of time, making streams on first use.
// Owned by the chamber, which closes it before its services go. Bounded: 32 MB wait at most. What Logs does
// not take is said in the program's own log. Any thread, but for the waits that are named.
class LogBook {
public:
    explicit LogBook(Caller& caller);
    ~LogBook();
    LogBook(const LogBook&) = delete;
    LogBook& operator=(const LogBook&) = delete;

    LogPlace place(LogPlace where) const; // of this era
    // Waits while too much waits: who floods a log is slowed down by it.
    void append(const LogPlace& place, std::vector<LogLine> lines);
    // Never waits: false when too much waits, and the lines are dropped.
    [[nodiscard]] bool offer(const LogPlace& place, std::vector<LogLine> lines);
    // Waits until everything taken before is written, so that who reads then finds it. Not for I/O threads.
    void flush();
    // Drops what waits, and what comes later for places made before: the chamber is emptied.
    void forget();
    // Writes what waits; what comes later is dropped.
    void close();

private:
    struct Entry {
        LogPlace place;
        LogLine line;
    };

    void take(const LogPlace& place, std::vector<LogLine> lines);
    void run();

    Caller& m_caller;
    mutable std::mutex m_mutex; // guards what follows, but for the thread
    std::condition_variable m_changed;
    std::deque<Entry> m_queue;
    std::size_t m_queuedBytes = 0;
    std::uint64_t m_taken = 0; // lines ever
    std::uint64_t m_settled = 0; // of these: written, or dropped
    std::uint64_t m_era = 0;
    int m_flushes = 0; // that wait: nothing is gathered for them
    bool m_writing = false;
    bool m_stopping = false;
    std::thread m_thread;
};

}
