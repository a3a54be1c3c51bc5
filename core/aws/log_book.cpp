#include "core/aws/log_book.h"

#include "core/aws/json_text.h"
#include "core/aws/service.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>

namespace core::aws {

using nlohmann::json;

namespace {

constexpr std::size_t kMostQueuedBytes = 32 * 1024 * 1024;
// PutLogEvents takes 1 MB, 10,000 events and 24 hours at once, each event counted with 26 bytes beside its
// text.
constexpr std::size_t kMostBatchBytes = 1'000'000;
constexpr std::size_t kMostBatchEvents = 10'000;
constexpr Micros kLongestBatch = 24 * 3600 * kSecond;
constexpr std::size_t kEventBytes = 26;
// A busy function has some lines each millisecond, and each write of some is a commit. AWS takes seconds.
constexpr auto kGathering = std::chrono::milliseconds(20);

std::size_t sizeOf(const LogLine& line)
{
    return line.text.size() + kEventBytes;
}

std::string loggable(std::string text)
{
    return isUtf8(text) ? std::move(text) : json::parse(writeJson(json(text))).get<std::string>();
}

Result<> put(Caller& caller, const LogPlace& place, const json& events)
{
    const CallOptions options{.region = place.region, .from = place.from, .quiet = true};
    const json stream{{"logGroupName", place.group}, {"logStreamName", place.stream}};
    auto input = stream;
    input["logEvents"] = events;
    auto done = caller.call("logs", "PutLogEvents", input, options);
    if (!done && done.error().kind == ErrorKind::NotFound) {
        // The first lines of a stream; somebody else may have made either meanwhile: only the last answer
        // counts.
        if (place.makesGroup)
            (void)caller.call("logs", "CreateLogGroup", {{"logGroupName", place.group}}, options);
        (void)caller.call("logs", "CreateLogStream", stream, options);
        done = caller.call("logs", "PutLogEvents", input, options);
    }
    CORE_CHECK(std::move(done));
    return {};
}

void write(Caller& caller, const LogPlace& place, std::vector<LogLine> lines)
{
    // Of calls that ran at once.
    std::ranges::stable_sort(lines, {}, &LogLine::time);
    for (std::size_t at = 0; at < lines.size();) {
        json events = json::array();
        const auto latest = lines[at].time + kLongestBatch;
        std::size_t bytes = 0;
        for (; at < lines.size() && events.size() < kMostBatchEvents && lines[at].time < latest; ++at) {
            bytes += sizeOf(lines[at]);
            if (bytes > kMostBatchBytes && !events.empty())
                break;
            events.push_back({{"timestamp", lines[at].time / kMillisecond},
                {"message", loggable(std::move(lines[at].text))}});
        }
        if (const auto done = put(caller, place, events); !done)
            log::warning(place.from,
                std::to_string(events.size()) + " lines for log group " + place.group
                    + " were not written: " + done.error().message);
    }
}

}

LogBook::LogBook(Caller& caller)
    : m_caller(caller)
    , m_thread([this] { run(); })
{
}

LogBook::~LogBook()
{
    close();
}

void LogBook::close()
{
    {
        const std::lock_guard guard(m_mutex);
        if (std::exchange(m_stopping, true))
            return;
    }
    m_changed.notify_all();
    m_thread.join();
}

LogPlace LogBook::place(LogPlace where) const
{
    const std::lock_guard guard(m_mutex);
    where.era = m_era;
    return where;
}

void LogBook::append(const LogPlace& place, std::vector<LogLine> lines)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_queuedBytes < kMostQueuedBytes || m_stopping; });
    take(place, std::move(lines));
}

bool LogBook::offer(const LogPlace& place, std::vector<LogLine> lines)
{
    const std::lock_guard guard(m_mutex);
    if (m_queuedBytes >= kMostQueuedBytes)
        return false;
    take(place, std::move(lines));
    return true;
}

// Under the mutex.
void LogBook::take(const LogPlace& place, std::vector<LogLine> lines)
{
    if (lines.empty() || m_stopping || place.era != m_era)
        return;
    const bool awaited = m_queue.empty();
    m_taken += lines.size();
    for (auto& line : lines) {
        m_queuedBytes += sizeOf(line);
        m_queue.push_back({place, std::move(line)});
    }
    if (awaited || m_queuedBytes >= kMostBatchBytes)
        m_changed.notify_all();
}

void LogBook::flush()
{
    std::unique_lock lock(m_mutex);
    const auto wanted = m_taken;
    ++m_flushes;
    m_changed.notify_all();
    m_changed.wait(lock, [this, wanted] { return m_settled >= wanted; });
    --m_flushes;
}

void LogBook::forget()
{
    std::unique_lock lock(m_mutex);
    ++m_era;
    m_settled += m_queue.size();
    m_queue.clear();
    m_queuedBytes = 0;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_writing; });
}

void LogBook::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return !m_queue.empty() || m_stopping; });
        if (m_queue.empty())
            return;
        m_changed.wait_for(lock, kGathering,
            [this] { return m_stopping || m_flushes > 0 || m_queuedBytes >= kMostBatchBytes; });
        auto entries = std::exchange(m_queue, {});
        m_queuedBytes = 0;
        m_writing = true;
        m_changed.notify_all();
        lock.unlock();
        std::map<LogPlace, std::vector<LogLine>> byPlace;
        for (auto& entry : entries)
            byPlace[std::move(entry.place)].push_back(std::move(entry.line));
        for (auto& [place, lines] : byPlace)
            write(m_caller, place, std::move(lines));
        lock.lock();
        m_settled += entries.size();
        m_writing = false;
        m_changed.notify_all();
    }
}

}
