#pragma once

#include "core/aws/service.h"

#include <functional>
#include <mutex>
#include <string>

namespace core::lambda {

// Hears of one service's changes only while it wants to: the busiest writes skip their events when nobody
// listens. `notice` is called on the thread that changed something, and must be quick. Any thread; want()
// holds a lock that `notice` may wait for, so whoever calls it holds none that `notice` takes.
class ChangeWatch {
public:
    ChangeWatch(const aws::Host& host, std::string service,
        std::function<void(const aws::ResourceChanged& change)> notice)
        : m_host(host)
        , m_service(std::move(service))
        , m_notice(std::move(notice))
    {
    }

    void want(bool wanted)
    {
        const std::lock_guard guard(m_mutex);
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
    const std::function<void(const aws::ResourceChanged& change)> m_notice;
    std::mutex m_mutex;
    bool m_listens = false;
    Subscription m_subscription;
};

}
