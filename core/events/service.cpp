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

Result<> EventsService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    wake();
    return Service::prepare(action, request);
}

void EventsService::wake()
{
    std::call_once(m_woken, [this] {
        m_dispatcher.queue().resume();
        m_scheduler.resume();
    });
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
