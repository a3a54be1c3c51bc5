#include "core/base/clock.h"

#include "core/base/log.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace core {

namespace {

// A wait never lasts longer than this, so that a machine that slept notices the time it missed.
constexpr Micros kLongestWait = 30 * kSecond;

// Runs on while the machine sleeps, where the system can say so: the chamber's clock must not fall behind the
// day.
Micros wakefulMicros()
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return static_cast<Micros>(time.tv_sec) * kSecond + static_cast<Micros>(time.tv_nsec) / 1000;
#endif
    return steadyMicros();
}

// Where the clock stood at one moment and how it runs since. Readers never lock: now() is on every request's
// way. The release and acquire on each field (not only on the version) make a fence needless, which
// sanitizers do not see.
class Anchor {
public:
    explicit Anchor(Micros start)
        : m_simulated(start)
        , m_real(wakefulMicros())
    {
    }

    // Goes on from now, or from `atLeast` when that is later, at `rate`; 0 pauses. One thread at a time.
    void change(double rate, Micros atLeast = std::numeric_limits<Micros>::min())
    {
        // Sequentially consistent: no reader may take a later time than the one below and still see the old
        // version.
        m_version.fetch_add(1, std::memory_order_seq_cst);
        const auto real = wakefulMicros();
        m_simulated.store(std::max(momentAt(real), atLeast), std::memory_order_release);
        m_real.store(real, std::memory_order_release);
        m_rate.store(rate, std::memory_order_release);
        m_version.fetch_add(1, std::memory_order_release);
    }

    Micros now() const
    {
        for (;;) {
            const auto version = m_version.load(std::memory_order_acquire);
            const auto moment = momentAt(wakefulMicros());
            if (version % 2 == 0 && m_version.load(std::memory_order_acquire) == version)
                return moment;
            std::this_thread::yield();
        }
    }

private:
    Micros momentAt(Micros real) const
    {
        const auto simulated = m_simulated.load(std::memory_order_acquire);
        const auto passed = std::max<Micros>(0, real - m_real.load(std::memory_order_acquire));
        const auto rate = m_rate.load(std::memory_order_acquire);
        if (rate == 1)
            return simulated + passed;
        return rate == 0 ? simulated : simulated + static_cast<Micros>(static_cast<double>(passed) * rate);
    }

    std::atomic<std::uint64_t> m_version = 0;
    std::atomic<Micros> m_simulated;
    std::atomic<Micros> m_real;
    std::atomic<double> m_rate = 0;
};

}

Micros realMicros()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Micros steadyMicros()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

struct Clock::Impl {
    using Key = std::pair<Micros, std::uint64_t>;

    explicit Impl(const State& start)
        : anchor(start.now)
        , target(start.now)
        , rate(start.rate)
        , paused(start.paused)
    {
        moveTo(start.now);
    }

    Anchor anchor;
    mutable std::mutex mutex;
    std::condition_variable wake; // the clock's thread waits here
    std::condition_variable settled; // those who wait for the clock's thread
    std::map<Key, std::function<void()>> timers;
    std::uint64_t nextTimer = 1;
    std::uint64_t running = 0; // the timer whose call runs now
    std::uint64_t requested = 0;
    std::uint64_t served = 0;
    Micros target = 0; // where advance() wants the clock to be
    double rate = 1;
    bool paused = false;
    bool stopping = false;
    std::thread thread;

    void moveTo(Micros moment) { anchor.change(paused ? 0 : rate, moment); }
    void restart() { anchor.change(paused ? 0 : rate); }
    void run();
    void runFirst(std::unique_lock<std::mutex>& lock);
    void waitForNext(std::unique_lock<std::mutex>& lock);
    void cancel(const Key& key);
};

void Clock::Impl::run()
{
    std::unique_lock lock(mutex);
    while (!stopping) {
        const auto now = anchor.now();
        if (!timers.empty() && timers.begin()->first.first <= std::max(now, target)) {
            // Time stops at each timer on the way, so that a call which schedules the next one sees its own
            // moment.
            if (timers.begin()->first.first > now)
                moveTo(timers.begin()->first.first);
            runFirst(lock);
            continue;
        }
        if (target > now)
            moveTo(target);
        if (served != requested) {
            served = requested;
            settled.notify_all();
        }
        waitForNext(lock);
    }
    served = requested;
    settled.notify_all();
}

void Clock::Impl::runFirst(std::unique_lock<std::mutex>& lock)
{
    auto node = timers.extract(timers.begin());
    running = node.key().second;
    lock.unlock();
    try {
        node.mapped()();
    } catch (const std::exception& exception) {
        log::error("clock", exception.what());
    } catch (...) {
        log::error("clock", "a timer's call threw something unknown");
    }
    // What the call holds is let go before anybody is told that it ended, and without the lock: it may hold
    // timers.
    node.mapped() = nullptr;
    lock.lock();
    running = 0;
    settled.notify_all();
}

void Clock::Impl::waitForNext(std::unique_lock<std::mutex>& lock)
{
    if (paused || timers.empty()) {
        wake.wait(lock);
        return;
    }
    const auto distance = static_cast<double>(timers.begin()->first.first - anchor.now()) / rate;
    const auto wait =
        distance >= static_cast<double>(kLongestWait) ? kLongestWait : static_cast<Micros>(distance) + 1;
    wake.wait_for(lock, std::chrono::microseconds(std::max<Micros>(1, wait)));
}

void Clock::Impl::cancel(const Key& key)
{
    std::unique_lock lock(mutex);
    auto node = timers.extract(key);
    if (!node.empty()) {
        lock.unlock();
        return;
    }
    if (std::this_thread::get_id() != thread.get_id())
        settled.wait(lock, [&] { return running != key.second; });
}

namespace {

class ScheduledCall : public ClockTimer {
public:
    ScheduledCall(std::shared_ptr<Clock::Impl> clock, Clock::Impl::Key key)
        : m_clock(std::move(clock))
        , m_key(key)
    {
    }
    ~ScheduledCall() override { m_clock->cancel(m_key); }

private:
    std::shared_ptr<Clock::Impl> m_clock;
    Clock::Impl::Key m_key;
};

}

Clock::Clock()
    : Clock(State{realMicros(), 1, false})
{
}

Clock::Clock(State start)
    : m_impl(std::make_shared<Impl>(start))
{
    std::lock_guard guard(m_impl->mutex);
    m_impl->thread = std::thread([impl = m_impl] { impl->run(); });
}

Clock::~Clock()
{
    std::map<Impl::Key, std::function<void()>> dropped;
    {
        std::lock_guard guard(m_impl->mutex);
        m_impl->stopping = true;
        dropped.swap(m_impl->timers);
    }
    m_impl->wake.notify_all();
    if (std::this_thread::get_id() == m_impl->thread.get_id())
        m_impl->thread.detach();
    else
        m_impl->thread.join();
}

Micros Clock::now() const
{
    return m_impl->anchor.now();
}

Clock::State Clock::state() const
{
    std::lock_guard guard(m_impl->mutex);
    return {m_impl->anchor.now(), m_impl->rate, m_impl->paused};
}

void Clock::pause()
{
    std::lock_guard guard(m_impl->mutex);
    m_impl->paused = true;
    m_impl->restart();
    m_impl->wake.notify_all();
}

void Clock::resume()
{
    std::lock_guard guard(m_impl->mutex);
    m_impl->paused = false;
    m_impl->restart();
    m_impl->wake.notify_all();
}

void Clock::setRate(double rate)
{
    if (!(rate > 0 && rate <= 100'000))
        throw std::invalid_argument("the clock's rate must be above 0 and at most 100000");
    std::lock_guard guard(m_impl->mutex);
    m_impl->rate = rate;
    m_impl->restart();
    m_impl->wake.notify_all();
}

void Clock::advance(Micros duration)
{
    if (duration < 0)
        throw std::invalid_argument("the clock never goes back");
    std::unique_lock lock(m_impl->mutex);
    m_impl->target = std::max(m_impl->target, m_impl->anchor.now()) + duration;
    const auto ticket = ++m_impl->requested;
    m_impl->wake.notify_all();
    // A timer's call cannot wait for the thread that runs it; what it made due runs as soon as it returns.
    if (std::this_thread::get_id() != m_impl->thread.get_id())
        m_impl->settled.wait(lock, [&] { return m_impl->served >= ticket; });
}

std::unique_ptr<ClockTimer> Clock::at(Micros moment, std::function<void()> call)
{
    std::lock_guard guard(m_impl->mutex);
    const Impl::Key key{moment, m_impl->nextTimer++};
    if (!m_impl->stopping) {
        const auto place = m_impl->timers.emplace(key, std::move(call)).first;
        if (place == m_impl->timers.begin())
            m_impl->wake.notify_all();
    }
    return std::make_unique<ScheduledCall>(m_impl, key);
}

std::unique_ptr<ClockTimer> Clock::after(Micros duration, std::function<void()> call)
{
    return at(now() + duration, std::move(call));
}

}
