#pragma once

#include "core/store/store.h"
#include "core/trace/tracer.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace core::chamber {

// Keeps the latest tracks on disk, so that a chamber that opens again shows what happened before: each second
// those that are over, the newest first when there are more than it can write, and all of the rest at the
// end. A crash loses the last second of tracks and nothing else. Owned by the chamber.
class TrackArchive {
public:
    static constexpr std::size_t kMostKept = 1'000;

    // Puts the tracks of the last run into `tracer`.
    TrackArchive(store::Store& store, trace::Tracer& tracer);
    ~TrackArchive();
    TrackArchive(const TrackArchive&) = delete;
    TrackArchive& operator=(const TrackArchive&) = delete;

private:
    void restore();
    void run();
    void save(std::size_t most);

    store::Store& m_store;
    trace::Tracer& m_tracer;
    std::uint64_t m_savedUpTo = 0; // sequence; those before it are on disk, or were too many
    std::uint64_t m_clearedUpTo = 0; // sequence; none before it is on disk
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread;
};

}
