#include "core/lambda/log_writer.h"

#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxQueuedBytes = 32 * 1024 * 1024;
// PutLogEvents takes 1 MB and 10,000 events at once, each counted with 26 bytes beside its text.
constexpr std::size_t kMaxBatchBytes = 1'000'000;
constexpr std::size_t kMaxBatchEvents = 10'000;
constexpr std::size_t kEventBytes = 26;
// A busy function has some lines each millisecond, and each write of some is a commit. AWS takes seconds.
constexpr auto kGathering = std::chrono::milliseconds(20);

}

LogWriter::LogWriter(aws::Caller& caller, const Clock& clock)
    : m_caller(caller)
    , m_clock(clock)
    , m_thread([this] { run(); })
{
}

LogWriter::~LogWriter()
{
    close();
}

void LogWriter::close()
{
    {
        const std::lock_guard guard(m_mutex);
        if (std::exchange(m_stopping, true))
            return;
    }
    m_changed.notify_all();
    m_thread.join();
}

LogTarget LogWriter::target(std::string region, std::string group, std::string stream)
{
    const std::lock_guard guard(m_mutex);
    return {std::move(region), std::move(group), std::move(stream), m_era};
}

void LogWriter::forget()
{
    std::unique_lock lock(m_mutex);
    ++m_era;
    m_queue.clear();
    m_queuedBytes = 0;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_writing; });
}

void LogWriter::append(const LogTarget& target, const std::vector<std::string>& messages)
{
    if (messages.empty())
        return;
    const auto now = m_clock.now() / kMillisecond;
    bool awaited = false;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_queuedBytes < kMaxQueuedBytes || m_stopping; });
        if (m_stopping || target.era != m_era)
            return;
        awaited = m_queue.empty();
        for (const auto& message : messages) {
            m_queuedBytes += message.size();
            m_queue.push_back({target, now, message});
        }
        awaited = awaited || m_queuedBytes >= kMaxBatchBytes;
    }
    if (awaited)
        m_changed.notify_all();
}

void LogWriter::flush()
{
    std::unique_lock lock(m_mutex);
    ++m_flushes;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_queue.empty() && !m_writing; });
    --m_flushes;
}

void LogWriter::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return !m_queue.empty() || m_stopping; });
        if (m_queue.empty())
            return;
        m_changed.wait_for(lock, kGathering,
            [this] { return m_stopping || m_flushes > 0 || m_queuedBytes >= kMaxBatchBytes; });
        auto entries = std::exchange(m_queue, {});
        m_queuedBytes = 0;
        m_writing = true;
        lock.unlock();
        m_changed.notify_all();
        write(std::move(entries));
        lock.lock();
        m_writing = false;
        m_changed.notify_all();
    }
}

void LogWriter::write(std::deque<Entry> entries)
{
    std::map<LogTarget, std::vector<Line>> byTarget;
    for (auto& entry : entries)
        byTarget[std::move(entry.target)].push_back({entry.timestamp, std::move(entry.message)});
    for (const auto& [target, lines] : byTarget) {
        std::vector<Line> batch;
        std::size_t bytes = 0;
        for (const auto& line : lines) {
            const auto size = line.message.size() + kEventBytes;
            if (!batch.empty() && (bytes + size > kMaxBatchBytes || batch.size() == kMaxBatchEvents)) {
                put(target, batch);
                batch.clear();
                bytes = 0;
            }
            batch.push_back(line);
            bytes += size;
        }
        put(target, batch);
    }
}

void LogWriter::put(const LogTarget& target, const std::vector<Line>& lines)
{
    const json group = {{"logGroupName", target.group}};
    const json stream = {{"logGroupName", target.group}, {"logStreamName", target.stream}};
    json input = stream;
    for (const auto& line : lines)
        input["logEvents"].push_back({{"timestamp", line.timestamp}, {"message", line.message}});
    const aws::CallOptions options{
        .parent = nullptr, .region = target.region, .from = "lambda", .quiet = true};
    auto outcome = m_caller.call("logs", "PutLogEvents", input, options);
    if (!outcome && outcome.error().kind == ErrorKind::NotFound) {
        // Both may exist by now: only the last answer counts.
        (void)m_caller.call("logs", "CreateLogGroup", group, options);
        (void)m_caller.call("logs", "CreateLogStream", stream, options);
        outcome = m_caller.call("logs", "PutLogEvents", input, options);
    }
    if (!outcome)
        log::warning("lambda", "log lines of " + target.group + " are lost: " + outcome.error().message);
}

}
