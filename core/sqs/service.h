#pragma once

#include "core/aws/service.h"
#include "core/sqs/mover.h"
#include "core/sqs/queue_metrics.h"
#include "core/sqs/queue_store.h"

#include <atomic>

namespace core::sqs {

// Simple Queue Service: queues, their messages, and receives that wait. Owns the queues. Any thread.
class SqsService : public aws::TableService<SqsService> {
public:
    // Each waiting receive holds a thread of the pool; those beyond answer at once.
    static constexpr int kMostWaiting = 128;

    explicit SqsService(const aws::Host& host);
    ~SqsService() override;

    std::string_view id() const override { return "sqs"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view targetPrefix() const override { return "AmazonSQS"; }
    std::string_view queryVersion() const override { return "2012-11-05"; }
    std::string_view xmlNamespace() const override { return "http://queue.amazonaws.com/doc/2012-11-05/"; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    int statusOf(const Error& error) const override;
    std::string errorType(const Error& error) const override;
    void wake() override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<SqsService>> rows();

    const aws::Host& host() const { return m_host; }
    QueueStore& queues() { return m_queues; }
    Mover& mover() { return m_mover; }
    QueueMetrics& metrics() { return m_metrics; }
    std::atomic<int>& waiting() { return m_waiting; }
    std::string urlOf(const Queue& queue) const;

private:
    const aws::Host m_host;
    QueueStore m_queues;
    Mover m_mover;
    QueueMetrics m_metrics;
    std::atomic<int> m_waiting = 0;
};

}
