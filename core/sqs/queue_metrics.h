#pragma once

#include "core/aws/metric_book.h"
#include "core/aws/timed_work.h"
#include "core/sqs/queue_store.h"

#include <map>
#include <mutex>
#include <string>

namespace core::sqs {

// What CloudWatch shows of queues (AWS/SQS): what is sent, received and deleted as it happens, and each
// minute of the chamber's clock how many messages lie there and how old the oldest is, for six hours after a
// queue was used. Owned by the service. Any thread.
class QueueMetrics {
public:
    QueueMetrics(const aws::Host& host, QueueStore& queues);

    // `duplicates` of them were not kept: a FIFO queue had them already.
    void sent(const Queue& queue, const std::vector<std::size_t>& sizes, std::size_t duplicates);
    void received(const Queue& queue, std::size_t messages);
    void deleted(const Queue& queue);

    void close();
    void reset();

private:
    void add(const Queue& queue, std::span<const aws::MetricSample> samples, Micros at);
    void noteUse(const Queue& queue, Micros now);
    std::optional<Micros> sample();
    void sampleQueue(const Queue& queue, Micros now);

    const aws::Host& m_host;
    QueueStore& m_queues;
    std::mutex m_mutex;
    std::map<std::string, Micros> m_used; // by the queue's key: when
    aws::TimedWork m_work;
};

}
