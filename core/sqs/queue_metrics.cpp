#include "core/sqs/queue_metrics.h"

#include <array>

namespace core::sqs {

namespace {

constexpr std::string_view kSpace = "AWS/SQS";
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kStaysActive = 6 * 60 * kMinute; // as long as AWS goes on counting

}

QueueMetrics::QueueMetrics(const aws::Host& host, QueueStore& queues)
    : m_host(host)
    , m_queues(queues)
    , m_work(host, [this] { return sample(); })
{
}

void QueueMetrics::sent(const Queue& queue, const std::vector<std::size_t>& sizes, std::size_t duplicates)
{
    if (!m_host.metrics)
        return;
    const auto now = m_host.clock.now();
    for (const auto size : sizes)
        add(queue,
            std::array{aws::MetricSample{"NumberOfMessagesSent"},
                aws::MetricSample{"SentMessageSize", static_cast<double>(size), "Bytes"}},
            now);
    if (duplicates > 0)
        add(queue,
            std::array{
                aws::MetricSample{"NumberOfDeduplicatedSentMessages", static_cast<double>(duplicates)}},
            now);
    noteUse(queue, now);
}

void QueueMetrics::received(const Queue& queue, std::size_t messages)
{
    if (!m_host.metrics)
        return;
    const auto now = m_host.clock.now();
    add(queue,
        std::array{messages == 0
                ? aws::MetricSample{"NumberOfEmptyReceives"}
                : aws::MetricSample{"NumberOfMessagesReceived", static_cast<double>(messages)}},
        now);
    noteUse(queue, now);
}

void QueueMetrics::deleted(const Queue& queue)
{
    if (!m_host.metrics)
        return;
    const auto now = m_host.clock.now();
    add(queue, std::array{aws::MetricSample{"NumberOfMessagesDeleted"}}, now);
    noteUse(queue, now);
}

void QueueMetrics::add(const Queue& queue, std::span<const aws::MetricSample> samples, Micros at)
{
    m_host.metrics->add(
        queue.region, kSpace, std::array{aws::MetricDimension{"QueueName", queue.name}}, samples, at);
}

void QueueMetrics::noteUse(const Queue& queue, Micros now)
{
    bool begins = false;
    {
        const std::lock_guard guard(m_mutex);
        begins = m_used.empty();
        m_used[queue.key()] = now;
    }
    if (begins)
        m_work.resume();
}

// Gives the beginning of the next minute, as long as a queue is in use.
std::optional<Micros> QueueMetrics::sample()
{
    const auto now = m_host.clock.now();
    std::vector<std::string> keys;
    {
        const std::lock_guard guard(m_mutex);
        std::erase_if(m_used, [&](const auto& entry) { return entry.second + kStaysActive <= now; });
        for (const auto& [key, used] : m_used)
            keys.push_back(key);
    }
    for (const auto& key : keys) {
        if (const auto queue = m_queues.find(key))
            sampleQueue(*queue, now);
    }
    if (keys.empty())
        return std::nullopt;
    return (now / kMinute + 1) * kMinute;
}

void QueueMetrics::sampleQueue(const Queue& queue, Micros now)
{
    const auto counts = m_queues.messages(queue)->counts(queue);
    if (!counts)
        return;
    const auto count = [](std::string_view name, std::size_t value) {
        return aws::MetricSample{name, static_cast<double>(value)};
    };
    add(queue,
        std::array{count("ApproximateNumberOfMessagesVisible", counts->visible),
            count("ApproximateNumberOfMessagesNotVisible", counts->inFlight),
            count("ApproximateNumberOfMessagesDelayed", counts->delayed),
            aws::MetricSample{"ApproximateAgeOfOldestMessage",
                static_cast<double>(counts->oldest ? (now - *counts->oldest) / kSecond : 0), "Seconds"}},
        now);
    if (queue.isFifo())
        add(queue, std::array{count("ApproximateNumberOfGroupsWithInflightMessages", counts->groupsInFlight)},
            now);
}

void QueueMetrics::close()
{
    m_work.close();
}

void QueueMetrics::reset()
{
    const std::lock_guard guard(m_mutex);
    m_used.clear();
}

}
