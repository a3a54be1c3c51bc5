#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace core {

// Keeps a listener alive; when it dies the listener is never called again (an ongoing call is waited for,
// except from inside the listener itself). Declare it last in a class.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> cancel)
        : m_cancel(std::move(cancel))
    {
    }
    ~Subscription() { reset(); }
    Subscription(Subscription&& other) noexcept
        : m_cancel(std::exchange(other.m_cancel, nullptr))
    {
    }
    Subscription& operator=(Subscription&& other) noexcept
    {
        reset();
        m_cancel = std::exchange(other.m_cancel, nullptr);
        return *this;
    }
    void reset()
    {
        if (auto cancel = std::exchange(m_cancel, nullptr))
            cancel();
    }

private:
    std::function<void()> m_cancel;
};

// Listeners for one kind of event. publish() calls them on the publishing thread, in order of subscription;
// listeners must be quick. Any thread.
template <typename Event> class Publisher {
public:
    [[nodiscard]] Subscription subscribe(std::function<void(const Event&)> listener)
    {
        std::lock_guard guard(m_shared->mutex);
        const auto id = m_shared->nextId++;
        m_shared->listeners.emplace(id, std::move(listener));
        m_shared->count = m_shared->listeners.size();
        return Subscription([weak = std::weak_ptr(m_shared), id] {
            if (auto shared = weak.lock()) {
                std::lock_guard inner(shared->mutex);
                shared->listeners.erase(id);
                shared->count = shared->listeners.size();
            }
        });
    }

    // Cheap: lets a hot path skip building an event that nobody wants.
    bool hasListeners() const { return m_shared->count != 0; }

    void publish(const Event& event) const
    {
        if (!hasListeners())
            return;
        std::lock_guard guard(m_shared->mutex);
        auto listeners = m_shared->listeners;
        for (const auto& [id, listener] : listeners) {
            if (m_shared->listeners.contains(id))
                listener(event);
        }
    }

private:
    struct Shared {
        std::recursive_mutex mutex;
        int nextId = 0;
        std::atomic<std::size_t> count = 0;
        std::map<int, std::function<void(const Event&)>> listeners;
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

}
