#pragma once

#include "core/aws/service.h"
#include "core/logs/live_tail.h"

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
    store::Store& store() { return m_store; }
    // The store as it is when what services logged before has reached it. Blocking lane.
    std::unique_ptr<store::Reader> readSettled();
    LiveTail& tail() { return m_tail; }
    void stop() override { m_tail.stop(); }

private:
    store::Store& m_store;
    aws::LogBook& m_book;
    LiveTail m_tail;
};

}
