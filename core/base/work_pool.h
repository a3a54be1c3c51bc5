#pragma once

#include <functional>
#include <memory>

namespace core {

// An elastic pool for work that may block: threads start when all are busy, up to `maxThreads`, and end after
// idle seconds. Work beyond `maxQueued` waiting tasks is refused. Any thread.
class WorkPool {
public:
    WorkPool(int maxThreads, int maxQueued);
    ~WorkPool(); // waits for running work; drops queued work
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    // False when the queue is full or the pool is stopping; then `work` is not run.
    bool post(std::function<void()> work);
    void stop();

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}
