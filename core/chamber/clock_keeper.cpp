#include "core/chamber/clock_keeper.h"

#include "core/base/log.h"

#include <chrono>
#include <cstdlib>

namespace core::chamber {

namespace {

constexpr auto kLook = std::chrono::seconds(2);
// Less is noise of the two clocks; a fast clock is saved each time it gained this much.
constexpr Micros kNoise = 5 * kSecond;

}

ClockKeeper::ClockKeeper(const Clock& clock, ChamberFile file, std::string name)
    : m_clock(clock)
    , m_file(std::move(file))
    , m_name(std::move(name))
{
    save();
    m_thread = std::thread([this] {
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, kLook, [this] { return m_stopping; })) {
            if (hasChanged())
                save();
        }
    });
}

ClockKeeper::~ClockKeeper()
{
    {
        std::lock_guard guard(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
    save();
}

void ClockKeeper::saveNow()
{
    std::lock_guard guard(m_mutex);
    save();
}

bool ClockKeeper::hasChanged() const
{
    const auto state = m_clock.state();
    if (state.paused != m_saved.paused || state.rate != m_saved.rate)
        return true;
    if (state.paused)
        return state.now != m_saved.now;
    return std::abs(state.now - realMicros() - m_savedAhead) > kNoise;
}

void ClockKeeper::save()
{
    m_saved = m_clock.state();
    m_savedAhead = m_saved.now - realMicros();
    if (const auto written = m_file.write(m_name, m_saved); !written)
        log::warning("chamber", written.error().message);
}

}
