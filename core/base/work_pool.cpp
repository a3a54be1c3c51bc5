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

struct WorkPool::Impl {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable ended;
    std::deque<std::function<void()>> queue;
    std::size_t maxThreads = 1;
    std::size_t maxQueued = 0;
    std::size_t threads = 0;
    std::size_t idle = 0; // waiting for work, or started for work that is in the queue
    bool stopping = false;

    static void runThread(const std::shared_ptr<Impl>& self);
    bool startThread(const std::shared_ptr<Impl>& self);
};

namespace {

// The pool whose thread this is, so that a task may stop its own pool.
thread_local const void* currentPool = nullptr;

}

void WorkPool::Impl::runThread(const std::shared_ptr<Impl>& self)
{
    currentPool = self.get();
    std::unique_lock lock(self->mutex);
    for (;;) {
        const bool woken =
            self->wake.wait_for(lock, kIdleTime, [&] { return self->stopping || !self->queue.empty(); });
        --self->idle;
        if (self->stopping || !woken)
            break;
        auto work = std::move(self->queue.front());
        self->queue.pop_front();
        lock.unlock();
        runGuarded(work);
        work = nullptr;
        lock.lock();
        ++self->idle;
    }
    --self->threads;
    self->ended.notify_all();
}

bool WorkPool::Impl::startThread(const std::shared_ptr<Impl>& self)
{
    try {
        std::thread([self] { runThread(self); }).detach();
    } catch (const std::system_error& exception) {
        log::error("work pool", exception.what());
        return false;
    }
    ++threads;
    ++idle;
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
    std::lock_guard guard(m_impl->mutex);
    if (m_impl->stopping)
        return false;
    auto& queue = m_impl->queue;
    const bool allTaken = m_impl->idle <= queue.size();
    if (allTaken && !(m_impl->threads < m_impl->maxThreads && m_impl->startThread(m_impl))) {
        if (m_impl->threads == 0 || queue.size() - m_impl->idle >= m_impl->maxQueued)
            return false;
    }
    queue.push_back(std::move(work));
    m_impl->wake.notify_one();
    return true;
}

void WorkPool::stop()
{
    std::unique_lock lock(m_impl->mutex);
    m_impl->stopping = true;
    auto dropped = std::exchange(m_impl->queue, {});
    m_impl->wake.notify_all();
    // What dropped work holds may call the pool.
    lock.unlock();
    dropped.clear();
    lock.lock();
    const std::size_t own = currentPool == m_impl.get() ? 1 : 0;
    m_impl->ended.wait(lock, [&] { return m_impl->threads <= own; });
}

}
