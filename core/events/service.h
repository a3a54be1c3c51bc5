#pragma once

#include "core/aws/service.h"
#include "core/events/dispatcher.h"
#include "core/events/rule_book.h"
#include "core/events/scheduler.h"

#include <mutex>

namespace core::events {

// EventBridge: buses, rules with patterns and schedules, and their targets. Owns the rules and what brings
// events to functions. Any thread.
class EventsService : public aws::TableService<EventsService> {
public:
    explicit EventsService(const aws::Host& host);
    ~EventsService() override;

    std::string_view id() const override { return "events"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json11; }
    std::string_view targetPrefix() const override { return "AWSEvents"; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    void wake() override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<EventsService>> rows();

    const aws::Host& host() const { return m_host; }
    RuleBook& rules() { return m_rules; }
    Dispatcher& dispatcher() { return m_dispatcher; }
    Scheduler& scheduler() { return m_scheduler; }

private:
    const aws::Host m_host;
    RuleBook m_rules;
    Dispatcher m_dispatcher;
    Scheduler m_scheduler;
    std::once_flag m_woken;
};

}
