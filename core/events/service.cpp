#include "core/events/service.h"

namespace core::events {

EventsService::EventsService(const aws::Host& host)
    : m_host(host)
    , m_rules(host.store)
    , m_dispatcher(m_host, m_rules)
    , m_scheduler(m_host, m_rules, m_dispatcher)
{
}

EventsService::~EventsService()
{
    stop();
}

// What an earlier run left waits until the chamber serves: the first request says so.
Result<> EventsService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    std::call_once(m_woken, [this] {
        m_dispatcher.queue().resume();
        m_scheduler.resume();
    });
    return Service::prepare(action, request);
}

void EventsService::stop()
{
    m_scheduler.close();
    m_dispatcher.queue().close();
}

void EventsService::reset()
{
    m_rules.reset();
    m_scheduler.sync();
}

}
