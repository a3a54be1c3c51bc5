#include "core/lambda/environment_output.h"

#include "core/lambda/child_process.h"
#include "core/lambda/log_lines.h"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr std::size_t kReadBytes = 65'536;
// A flood must not keep an invocation from its end; the environment's thread goes on reading.
constexpr std::size_t kMaxDrainReads = 64;

bool hasMore(int pipe)
{
    pollfd more{pipe, POLLIN, 0};
    return poll(&more, 1, 0) > 0;
}

// After a reading that gave nothing.
bool isOpen(ssize_t count)
{
    return count < 0 && (errno == EAGAIN || errno == EINTR);
}

}

EnvironmentOutput::EnvironmentOutput(
    aws::LogBook& logs, aws::LogPlace place, const Clock& clock, TelemetryApi& telemetry)
    : m_logs(logs)
    , m_place(std::move(place))
    , m_clock(clock)
    , m_telemetry(telemetry)
{
}

void EnvironmentOutput::begin()
{
    const std::lock_guard guard(m_mutex);
    m_tail.clear();
}

void EnvironmentOutput::write(std::string line)
{
    if (line.empty())
        return;
    const std::lock_guard guard(m_mutex);
    // The start of the environment is in the log, but not in the tail that a caller gets.
    const bool isStart = line.starts_with(lines::kInitLine) || line.starts_with(lines::kExtensionLine);
    const auto before = isStart ? m_tail : std::string();
    emit({std::move(line)});
    if (isStart)
        m_tail = before;
}

std::string EnvironmentOutput::tail()
{
    const std::lock_guard guard(m_mutex);
    return m_tail;
}

bool EnvironmentOutput::readFunction(const ChildProcess& process)
{
    const std::lock_guard guard(m_mutex);
    return takeFunction(process);
}

bool EnvironmentOutput::readExtensions(const ChildProcess& process, bool& told)
{
    const std::lock_guard guard(m_mutex);
    return takeExtensions(process, told);
}

bool EnvironmentOutput::drain(const ChildProcess& process)
{
    const std::lock_guard guard(m_mutex);
    for (std::size_t reads = 0; reads < kMaxDrainReads && hasMore(process.output()); ++reads) {
        if (!takeFunction(process))
            break;
    }
    take(m_function.flush(), "function");
    bool told = false;
    const auto most = process.extensionOutput() < 0 ? 0 : kMaxDrainReads;
    for (std::size_t reads = 0; reads < most && hasMore(process.extensionOutput()); ++reads) {
        if (!takeExtensions(process, told))
            break;
    }
    return told;
}

void EnvironmentOutput::flush()
{
    const std::lock_guard guard(m_mutex);
    take(m_function.flush(), "function");
    take(m_extensions.flush(), "extension");
}

// Under the mutex.
bool EnvironmentOutput::takeFunction(const ChildProcess& process)
{
    char bytes[kReadBytes];
    const auto count = read(process.output(), bytes, sizeof bytes);
    if (count <= 0)
        return isOpen(count);
    take(m_function.feed({bytes, static_cast<std::size_t>(count)}), "function");
    return true;
}

// Under the mutex.
bool EnvironmentOutput::takeExtensions(const ChildProcess& process, bool& told)
{
    char bytes[kReadBytes];
    const auto count = read(process.extensionOutput(), bytes, sizeof bytes);
    if (count <= 0)
        return isOpen(count);
    // A byte of zero is the launcher's, which has something to tell.
    const auto end = std::remove(bytes, bytes + count, '\0');
    take(m_extensions.feed({bytes, static_cast<std::size_t>(end - bytes)}), "extension");
    told = told || end != bytes + count;
    return true;
}

// Under the mutex.
void EnvironmentOutput::take(std::vector<std::string> messages, std::string_view source)
{
    for (const auto& message : messages)
        m_telemetry.tellLine(source, message);
    emit(std::move(messages));
}

// Under the mutex.
void EnvironmentOutput::emit(std::vector<std::string> messages)
{
    for (const auto& message : messages)
        m_tail += message.ends_with('\n') ? message : message + '\n';
    if (m_tail.size() > kTailBytes)
        m_tail.erase(0, m_tail.size() - kTailBytes);
    const auto now = m_clock.now();
    std::vector<aws::LogLine> lines;
    for (auto& message : messages)
        lines.push_back({now, std::move(message)});
    m_logs.append(m_place, std::move(lines));
}

}
