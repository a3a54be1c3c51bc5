#pragma once

#include "core/base/clock.h"
#include "core/chamber/chamber_file.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace core::chamber {

// Writes chamber.json when the clock's rate, pause or distance from real time changed, whoever changed it,
// within seconds: a chamber that is killed opens again at its own time. Writes once more when it dies. Owned
// by the chamber.
class ClockKeeper {
public:
    ClockKeeper(const Clock& clock, ChamberFile file, std::string name);
    ~ClockKeeper();
    ClockKeeper(const ClockKeeper&) = delete;
    ClockKeeper& operator=(const ClockKeeper&) = delete;

    void saveNow();

private:
    bool hasChanged() const;
    void save();

    const Clock& m_clock;
    const ChamberFile m_file;
    const std::string m_name;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    Clock::State m_saved;
    Micros m_savedAhead = 0;
    std::thread m_thread;
};

}
