#include "core/base/work_pool.h"

#include "core/base/log.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace core {

namespace {

constexpr auto kIdleTime = std::chrono::seconds(10);

void runGuarded(const std::function<void()>& work)
{
    try {
        work();
    } catch (const std::exception& exception) {
        log::error("work pool", exception.what());
    } catch (...) {
        log::error("work pool", "a task threw something unknown");
    }
}

}

namespace {

// Where a thread waits, and what it is given.
struct Seat {
    std::condition_variable wake;
    std::function<void()> work;
};

}

struct WorkPool::Impl {
    std::mutex mutex;
    std::condition_variable ended;
    std::deque<std::function<void()>> queue; // while all threads are at work
    // The last to wait is the first to work: its memory and connections are warm, and those that a rush has
    // left over end.
    std::vector<std::shared_ptr<Seat>> idle;
    std::size_t maxThreads = 1;
    std::size_t maxQueued = 0;
    std::size_t threads = 0;
    bool stopping = false;

    static void runThread(const std::shared_ptr<Impl>& self, const std::shared_ptr<Seat>& seat);
    static bool startThread(const std::shared_ptr<Impl>& self, std::function<void()>& work);
    std::function<void()> next(const std::shared_ptr<Seat>& seat, std::unique_lock<std::mutex>& lock);
};

namespace {

// The pool whose thread this is, so that a task may stop its own pool.
thread_local const void* currentPool = nullptr;

}

void WorkPool::Impl::runThread(const std::shared_ptr<Impl>& self, const std::shared_ptr<Seat>& seat)
{
    currentPool = self.get();
    auto work = std::exchange(seat->work, nullptr);
    std::unique_lock lock(self->mutex, std::defer_lock);
    while (work) {
        runGuarded(work);
        work = nullptr;
        lock.lock();
        work = self->next(seat, lock);
        lock.unlock();
    }
    lock.lock();
    --self->threads;
    self->ended.notify_all();
}

// Under the mutex, which is let go of meanwhile. Nothing when the thread is to end.
std::function<void()> WorkPool::Impl::next(
    const std::shared_ptr<Seat>& seat, std::unique_lock<std::mutex>& lock)
{
    if (stopping)
        return nullptr;
    if (!queue.empty()) {
        auto work = std::move(queue.front());
        queue.pop_front();
        return work;
    }
    idle.push_back(seat);
    seat->wake.wait_for(lock, kIdleTime, [&] { return stopping || seat->work; });
    if (!seat->work)
        std::erase(idle, seat);
    return std::exchange(seat->work, nullptr);
}

// Under the mutex. Takes the work only when it can.
bool WorkPool::Impl::startThread(const std::shared_ptr<Impl>& self, std::function<void()>& work)
{
    const auto seat = std::make_shared<Seat>();
    seat->work = std::move(work);
    try {
        std::thread([self, seat] { runThread(self, seat); }).detach();
    } catch (const std::system_error& exception) {
        log::error("work pool", exception.what());
        work = std::move(seat->work);
        return false;
    }
    ++self->threads;
    return true;
}

WorkPool::WorkPool(int maxThreads, int maxQueued)
    : m_impl(std::make_shared<Impl>())
{
    m_impl->maxThreads = static_cast<std::size_t>(std::max(1, maxThreads));
    m_impl->maxQueued = static_cast<std::size_t>(std::max(0, maxQueued));
}

WorkPool::~WorkPool()
{
    stop();
}

bool WorkPool::post(std::function<void()> work)
{
    std::unique_lock lock(m_impl->mutex);
    if (m_impl->stopping)
        return false;
    if (!m_impl->idle.empty()) {
        const auto seat = std::move(m_impl->idle.back());
        m_impl->idle.pop_back();
        seat->work = std::move(work);
        // It would wake to wait for the mutex.
        lock.unlock();
        seat->wake.notify_one();
        return true;
    }
    if (m_impl->threads < m_impl->maxThreads && Impl::startThread(m_impl, work))
        return true;
    if (m_impl->threads == 0 || m_impl->queue.size() >= m_impl->maxQueued)
        return false;
    m_impl->queue.push_back(std::move(work));
    return true;
}

void WorkPool::stop()
{
    std::unique_lock lock(m_impl->mutex);
    m_impl->stopping = true;
    auto dropped = std::exchange(m_impl->queue, {});
    for (const auto& seat : m_impl->idle)
        seat->wake.notify_one();
    // What dropped work holds may call the pool.
    lock.unlock();
    dropped.clear();
    lock.lock();
    const std::size_t own = currentPool == m_impl.get() ? 1 : 0;
    m_impl->ended.wait(lock, [&] { return m_impl->threads <= own; });
}

}
