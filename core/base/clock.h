#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace core {

// A moment: microseconds since 1970-01-01T00:00:00Z.
using Micros = std::int64_t;

constexpr Micros kSecond = 1'000'000;
constexpr Micros kMillisecond = 1'000;

// Real time, for durations that a person waits for: function run times, socket time-outs, span lengths.
Micros realMicros();

// Monotonic real time in microseconds, for measuring durations only.
Micros steadyMicros();

// A scheduled call; destroying it cancels the call. After the destructor returned the call is not running.
class ClockTimer {
public:
    virtual ~ClockTimer() = default;
};

// The chamber's simulated clock. Everything that waits or expires asks it. It follows real time until it is
// paused, sped up or moved forward; it never goes back. All members may be called from any thread; timer
// callbacks run on the clock's own thread, one at a time, in the order of their moments, and must not block.
class Clock {
public:
    struct State {
        Micros now = 0;
        double rate = 1;
        bool paused = false;
    };

    Clock();
    // Starts at a given moment; tests use it paused.
    explicit Clock(State start);
    ~Clock();
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;

    Micros now() const;
    std::int64_t nowSeconds() const { return now() / kSecond; }
    State state() const;

    void pause();
    void resume();
    // `rate` simulated seconds pass in one real second; must be > 0 and ≤ 100000.
    void setRate(double rate);
    // Moves forward by `duration` ≥ 0; timers that come due run before this returns.
    void advance(Micros duration);

    [[nodiscard]] std::unique_ptr<ClockTimer> at(Micros moment, std::function<void()> call);
    [[nodiscard]] std::unique_ptr<ClockTimer> after(Micros duration, std::function<void()> call);

    struct Impl;

private:
    std::shared_ptr<Impl> m_impl;
};

}
