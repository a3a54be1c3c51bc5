#pragma once

#include "core/aws/service.h"

#include <functional>
#include <mutex>
#include <string>

namespace core::lambda {

// Hears of one service's changes only while somebody wants them: the busiest writes skip their events when
// nobody listens. `notice` is called on the thread that changed something, and must be quick. Any thread;
// settle() asks `wanted` under a lock of its own, so of two calls the later answer counts, and whoever calls
// it holds no lock that `wanted` or `notice` takes.
class ChangeWatch {
public:
    ChangeWatch(const aws::Host& host, std::string service, std::function<bool()> wanted,
        std::function<void(const aws::ResourceChanged& change)> notice)
        : m_host(host)
        , m_service(std::move(service))
        , m_wanted(std::move(wanted))
        , m_notice(std::move(notice))
    {
    }

    // After what `wanted` goes by has changed.
    void settle()
    {
        const std::lock_guard guard(m_mutex);
        const bool wanted = m_wanted();
        if (wanted == m_listens)
            return;
        m_listens = wanted;
        if (!wanted)
            return m_subscription.reset();
        m_subscription = m_host.changes.subscribe([this](const aws::ResourceChanged& change) {
            if (change.service == m_service)
                m_notice(change);
        });
    }

private:
    const aws::Host& m_host;
    const std::string m_service;
    const std::function<bool()> m_wanted;
    const std::function<void(const aws::ResourceChanged& change)> m_notice;
    std::mutex m_mutex;
    bool m_listens = false;
    Subscription m_subscription;
};

}
