#include "core/aws/timed_work.h"

namespace core::aws {

// While it lives the work counts as running; the pool may drop what holds it.
struct TimedWork::Running {
    explicit Running(TimedWork& its)
        : work(its)
    {
    }
    ~Running()
    {
        if (isOver)
            return;
        const std::lock_guard guard(work.m_mutex);
        work.m_running = false;
        work.m_idle.notify_all();
    }
    TimedWork& work;
    bool isOver = false; // the work may be gone by now
};

TimedWork::TimedWork(const Host& host, Round round)
    : m_host(host)
    , m_round(std::move(round))
{
}

TimedWork::~TimedWork()
{
    close();
}

void TimedWork::resume()
{
    {
        const std::lock_guard guard(m_mutex);
        m_awake = true;
    }
    notice();
}

void TimedWork::notice()
{
    {
        const std::lock_guard guard(m_mutex);
        m_again = true;
        if (m_running || m_closing || !m_awake)
            return;
        m_running = true;
    }
    auto running = std::make_shared<Running>(*this);
    if (m_host.pool.post([running] { running->work.run(*running); }))
        return;
    // The pool is full of other work: comes back soon.
    running.reset();
    auto timer = m_host.clock.after(kSecond, [this] { notice(); });
    const std::lock_guard guard(m_mutex);
    std::swap(m_timer, timer);
}

void TimedWork::close()
{
    std::unique_ptr<ClockTimer> timer;
    std::unique_lock lock(m_mutex);
    m_closing = true;
    timer.swap(m_timer);
    m_idle.wait(lock, [this] { return !m_running; });
    lock.unlock();
}

bool TimedWork::isClosing() const
{
    const std::lock_guard guard(m_mutex);
    return m_closing;
}

void TimedWork::run(Running& running)
{
    for (;;) {
        {
            const std::lock_guard guard(m_mutex);
            if (m_closing)
                return;
            m_again = false;
        }
        const auto next = m_round();
        if (next && *next <= m_host.clock.now())
            continue;
        auto timer = next ? m_host.clock.at(*next, [this] { notice(); }) : nullptr;
        const std::lock_guard guard(m_mutex);
        if (m_again && !m_closing)
            continue;
        if (!m_closing)
            std::swap(m_timer, timer);
        m_running = false;
        running.isOver = true;
        m_idle.notify_all();
        return;
    }
}

}
