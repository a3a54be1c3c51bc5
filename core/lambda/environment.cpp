#include "core/lambda/environment.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/resource_roots.h"
#include "core/base/time_format.h"
#include "core/lambda/errors.h"
#include "core/lambda/layer_folder.h"

#include <cerrno>
#include <cstdlib>
#include <thread>

#include <poll.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr std::size_t kTailBytes = 4096;
// A flood must not keep an invocation from its end; the environment's thread goes on reading.
constexpr std::size_t kMaxDrainBytes = 4 * 1024 * 1024;

// "2026/11/22/[$LATEST]<32 hex digits>", "2026/11/22/[3]…" for a version
std::string streamName(const Clock& clock, const std::string& version, const std::string& id)
{
    auto day = iso8601(clock.now()).substr(0, 10);
    day[4] = day[7] = '/';
    return day + "/[" + version + "]" + id;
}

// On AWS the Node.js runtimes bring the SDK along.
std::string sharedNodeModules()
{
    if (const char* folders = std::getenv("CHAMBER_NODE_MODULES"))
        return folders;
    return findResource("runtimes/nodejs/node_modules").string();
}

}

Environment::Environment(const EnvironmentParts& parts, std::shared_ptr<const Function> function)
    : m_parts(parts)
    , m_function(std::move(function))
    , m_id(hex(randomBytes(16)))
    , m_target{m_function->region, m_function->logGroup, streamName(parts.clock, m_function->version, m_id)}
    , m_started(parts.clock.now())
{
    lastUsed = m_started;
}

Environment::~Environment() = default;

Result<> Environment::launch(std::function<void()> ended)
{
    m_ended = std::move(ended);
    const auto* runtime = findRuntime(m_function->runtime);
    auto prepared = [&]() -> Result<> {
        CORE_TRY(m_listener, m_parts.server.listen("127.0.0.1", 0, m_api, 1));
        if (!runtime)
            return fail(ErrorKind::NotFound, "Runtime.InvalidRuntime",
                "The runtime " + m_function->runtime + " does not run in this chamber");
        EnvironmentPlace place{m_parts.chamber / m_function->codeFolder(), m_parts.runtimes,
            "127.0.0.1:" + std::to_string(m_listener->port()), m_parts.endpoint, m_target.stream,
            sharedNodeModules()};
        CORE_TRY(place.layers, mergedLayers(m_parts.chamber, m_function->layers));
        place.provisioned = m_parts.provisioned;
        CORE_TRY(m_command, commandFor(*m_function, *runtime, place));
        return {};
    }();
    if (!prepared) {
        if (m_listener)
            m_listener->close();
        {
            const std::lock_guard guard(m_processMutex);
            m_hasEnded = true;
        }
        std::exchange(m_ended, nullptr)();
        return prepared;
    }
    std::thread([self = shared_from_this()]() mutable {
        self->run();
        auto last = std::move(self->m_ended);
        self.reset();
        last();
    }).detach();
    return {};
}

void Environment::run()
{
    auto started = ChildProcess::start(m_command);
    int status = 127 << 8;
    if (started) {
        bool unwanted = false;
        {
            const std::lock_guard guard(m_processMutex);
            m_process = *std::move(started);
            m_pid = m_process->pid();
            unwanted = m_wantedEnd;
        }
        if (unwanted)
            m_process->kill();
        watch();
        status = m_process->reap();
        drainOutput();
        const std::lock_guard guard(m_outputMutex);
        emit(m_splitter.flush());
    } else {
        log::warning("lambda", started.error().message);
        writeLog(started.error().message + "\n");
    }
    m_api.processEnded(status);
    m_listener->close();
    const std::lock_guard guard(m_processMutex);
    m_hasEnded = true;
    m_process.reset();
}

// Reads the output until the process has ended; what it left behind may hold the pipe open for longer.
void Environment::watch()
{
    pollfd waits[2] = {{m_process->exitSignal(), POLLIN, 0}, {m_process->output(), POLLIN, 0}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            return;
        if (waits[1].revents != 0) {
            const std::lock_guard guard(m_outputMutex);
            // The function may close its output and run on.
            if (!readSome())
                waits[1].fd = -1;
        }
        if (waits[0].revents != 0)
            return;
    }
}

// Under the output mutex. False at the pipe's end.
bool Environment::readSome()
{
    char bytes[65536];
    const auto count = read(m_process->output(), bytes, sizeof bytes);
    if (count <= 0)
        return count < 0 && (errno == EAGAIN || errno == EINTR);
    emit(m_splitter.feed({bytes, static_cast<std::size_t>(count)}));
    return true;
}

void Environment::drainOutput()
{
    const std::lock_guard guard(m_outputMutex);
    const std::lock_guard process(m_processMutex);
    if (!m_process)
        return;
    char bytes[65536];
    for (std::size_t taken = 0; taken < kMaxDrainBytes;) {
        const auto count = read(m_process->output(), bytes, sizeof bytes);
        if (count <= 0)
            break;
        taken += static_cast<std::size_t>(count);
        emit(m_splitter.feed({bytes, static_cast<std::size_t>(count)}));
    }
    emit(m_splitter.flush());
}

// Under the output mutex.
void Environment::emit(std::vector<std::string> messages)
{
    for (const auto& message : messages)
        m_tail += message.ends_with('\n') ? message : message + '\n';
    if (m_tail.size() > kTailBytes)
        m_tail.erase(0, m_tail.size() - kTailBytes);
    m_parts.logs.append(m_target, messages);
}

void Environment::beginLog()
{
    const std::lock_guard guard(m_outputMutex);
    m_tail.clear();
}

void Environment::writeLog(std::string line)
{
    const std::lock_guard guard(m_outputMutex);
    emit({std::move(line)});
}

std::string Environment::tail()
{
    const std::lock_guard guard(m_outputMutex);
    return m_tail;
}

RuntimeAnswer Environment::awaitInit(Micros patience)
{
    auto answer = m_api.awaitInit(patience);
    drainOutput();
    return answer;
}

RuntimeAnswer Environment::serve(const Event& event, Micros patience)
{
    return m_api.serve(event, patience);
}

void Environment::end()
{
    const std::lock_guard guard(m_processMutex);
    m_wantedEnd = true;
    if (m_process)
        m_process->kill();
}

int Environment::peakMegabytes() const
{
    const std::lock_guard guard(m_processMutex);
    return m_process ? m_process->peakMegabytes() : 0;
}

bool Environment::hasEnded() const
{
    const std::lock_guard guard(m_processMutex);
    return m_hasEnded || m_wantedEnd;
}

EnvironmentView Environment::view() const
{
    const std::lock_guard guard(m_processMutex);
    return {m_id, m_hasEnded || m_wantedEnd ? EnvironmentState::Ended : state, invocations, m_started,
        lastUsed, m_init, m_pid, m_target.stream, m_function->version, m_parts.provisioned};
}

}
