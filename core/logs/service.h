#pragma once

#include "core/aws/service.h"
#include "core/logs/live_tail.h"
#include "core/logs/log_delivery.h"
#include "core/logs/log_metrics.h"

#include <memory>

namespace core::logs {

// CloudWatch Logs: groups, streams and events, all in the chamber's store. Any thread.
class LogsService : public aws::TableService<LogsService> {
public:
    explicit LogsService(const aws::Host& host);

    std::string_view id() const override { return "logs"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json11; }
    std::string_view targetPrefix() const override { return "Logs_20140328"; }
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;

    static std::span<const aws::ActionRow<LogsService>> rows();
    store::Store& store() { return m_host.store; }
    // The store as it is when what services logged before has reached it. Blocking lane.
    std::unique_ptr<store::Reader> readSettled();
    Clock& clock() { return m_host.clock; }
    LiveTail& tail() { return *m_tail; }
    std::shared_ptr<LiveTail> sharedTail() { return m_tail; } // for answers that outlast their request
    LogDelivery& delivery() { return m_delivery; }
    // Brings what events gave to CloudWatch.
    void count(const std::vector<LogMetric>& metrics);
    void wake() override { m_delivery.queue().resume(); }
    void stop() override;

private:
    const aws::Host m_host;
    const std::shared_ptr<LiveTail> m_tail = std::make_shared<LiveTail>();
    LogDelivery m_delivery;
};

}
