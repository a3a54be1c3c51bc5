#include "core/lambda/environment.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/resource_roots.h"
#include "core/base/time_format.h"
#include "core/lambda/errors.h"
#include "core/lambda/layer_folder.h"
#include "core/lambda/sandbox_hosts.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr std::size_t kTailBytes = 4096;
constexpr Micros kRestPatience = 3 * kSecond;
// A flood must not keep an invocation from its end; the environment's thread goes on reading.
constexpr std::size_t kMaxDrainBytes = 4 * 1024 * 1024;

// To stop and start its processes takes longer than many a function: the next event of a busy one comes
// before. AWS's environments, too, run on for a moment after their answer.
constexpr Micros kFreezeDelay = 10 * kMillisecond;

// "2026/11/22/[$LATEST]<32 hex digits>", "2026/11/22/[3]…" for a version
std::string streamName(const Clock& clock, const std::string& version, const std::string& id)
{
    auto day = iso8601(clock.now()).substr(0, 10);
    day[4] = day[7] = '/';
    return day + "/[" + version + "]" + id;
}

// As Go, in which AWS's side of this is written, words it.
std::string execFault(int number)
{
    std::string text = std::strerror(number);
    for (auto& c : text)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return "fork/exec /var/task/bootstrap: " + text;
}

// A function's share of the processor is its part of the 1,769 MB that stand for one. Nobody is kept from a
// processor that nobody else wants, and small functions do not starve beside the user's own programs: the
// square root of the proportion, five steps of about a quarter at most.
int niceFor(int memory)
{
    constexpr double kMegabytesPerProcessor = 1769;
    const double steps = std::log(kMegabytesPerProcessor / memory) / std::log(1.25) / 2;
    return static_cast<int>(std::clamp(std::round(steps), 0.0, 5.0));
}

// The programs in the layers' folder extensions/, in order of their names.
std::vector<std::string> extensionsOf(const std::filesystem::path& layers)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(layers / "extensions", failed)) {
        if (entry.is_regular_file(failed) && access(entry.path().c_str(), X_OK) == 0)
            names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

// Of two moments; 0 is never.
Micros earlier(Micros one, Micros other)
{
    return one == 0 || other == 0 ? one + other : std::min(one, other);
}

// As poll() wants it: rounded up, -1 for never.
int millisUntil(Micros moment)
{
    if (moment == 0)
        return -1;
    return static_cast<int>(std::max<Micros>(moment - steadyMicros(), 0) / kMillisecond + 1);
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
    , m_logPlace(parts.logs.place({.from = "lambda",
          .region = m_function->region,
          .group = m_function->logGroup,
          .stream = streamName(parts.clock, m_function->version, m_id),
          .makesGroup = true}))
    , m_started(parts.clock.now())
    , m_telemetry(parts.clock, m_function->jsonLogs, [this] { runtimeWaits(); })
    , m_api(
          {m_function->name, m_function->version, m_function->handler, m_function->account}, m_telemetry,
          [this] { runtimeWaits(); }, [this] { extensionsRegistered(); })
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    lastUsed = m_started;
}

Environment::~Environment()
{
    // Its threads ask whether all stand still.
    m_telemetry.close();
    m_telemetry.reset();
    std::error_code failed;
    if (!m_hosts.empty())
        std::filesystem::remove(m_hosts, failed);
    close(m_wake);
}

Result<> Environment::launch(std::function<void()> ended)
{
    m_ended = std::move(ended);
    const auto* runtime = findRuntime(m_function->runtime);
    auto prepared = [&]() -> Result<> {
        CORE_TRY(m_listener, m_parts.server.listen("127.0.0.1", 0, m_api, 1));
        if (!runtime)
            return fail(ErrorKind::NotFound, "Runtime.InvalidRuntime", foreignRuntime(m_function->runtime));
        m_telemetry.setHost(sandboxAddress(m_listener->port()));
        EnvironmentPlace place{m_parts.chamber / m_function->codeFolder(), m_parts.runtimes,
            "127.0.0.1:" + std::to_string(m_listener->port()), m_parts.endpoint, m_logPlace.stream,
            sharedNodeModules()};
        CORE_TRY(place.layers, mergedLayers(m_parts.chamber, m_function->layers));
        place.provisioned = m_parts.provisioned;
        place.chamber = m_parts.chamber;
        place.bubblewrap = findBubblewrap();
        place.debug = m_parts.debug;
        if (m_parts.traceDaemon && m_function->tracing == "Active")
            place.traceDaemon = m_parts.traceDaemon();
        place.extensions = extensionsOf(place.layers);
        if (place.bubblewrap)
            place.hosts = m_hosts = hostsFile(m_parts.chamber, m_id, m_listener->port());
        m_api.extensions().expect(place.extensions);
        CORE_TRY(auto start, startFor(*m_function, *runtime, place));
        m_command = std::move(start.command);
        m_program = std::move(start.program);
        m_isolation = std::move(start.isolation);
        enterGroup();
        return {};
    }();
    if (!prepared) {
        if (m_listener)
            m_listener->close();
        {
            const std::lock_guard guard(m_processMutex);
            m_hasEnded = true;
            m_group.reset();
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

// Files in a sandbox's /tmp are memory, but not the function's.
void Environment::enterGroup()
{
    if (m_parts.debug || !m_parts.groups)
        return;
    const bool enclosed = m_command.depth > 1;
    m_group = m_parts.groups->make(m_id, {m_function->memory, enclosed ? m_function->ephemeral : 0});
    if (m_group) {
        m_command.groups = m_group->folders();
        m_command.unified = m_group->isUnified();
    }
    m_isolation += m_group ? ". " + m_group->description()
                           : ". No control group, but a nice value: " + m_parts.groups->why();
}

void Environment::run()
{
    auto started = ChildProcess::start(m_command);
    RuntimeAnswer answer;
    answer.kind = RuntimeAnswer::Kind::Exited;
    answer.exitStatus = 127 << 8;
    if (started) {
        bool unwanted = false;
        {
            const std::lock_guard guard(m_processMutex);
            m_process = *std::move(started);
            unwanted = m_wantedEnd;
            if (m_api.extensions().areRegistered())
                m_process->letStart();
        }
        if (unwanted)
            m_process->kill();
        watch();
        answer.exitStatus = m_process->reap();
        answer.cause = m_process->cause();
        if (const int number = m_process->execError(); number != 0)
            answer.unstarted = execFault(number);
        if (const int extension = m_process->extensionStatus(); extension != -1) {
            answer.extension = true;
            answer.exitStatus = extension;
        }
        drainOutput();
        const std::lock_guard guard(m_outputMutex);
        take(m_splitter.flush(), "function");
        take(m_extensionSplitter.flush(), "extension");
    } else {
        log::warning("lambda", started.error().message);
        writeLog(started.error().message + "\n");
    }
    {
        const std::lock_guard guard(m_processMutex);
        if (m_process)
            m_peak = m_process->peakMegabytes();
        if (answer.cause == KeeperCause::Memory)
            m_peak = m_function->memory;
        m_hasEnded = true;
        m_process.reset();
        m_group.reset();
    }
    m_telemetry.close();
    m_api.processEnded(std::move(answer));
    m_listener->close();
}

// Reads the output until the process has ended; what it left behind may hold the pipe open for longer.
void Environment::watch()
{
    pollfd waits[4] = {{m_process->exitSignal(), POLLIN, 0}, {m_process->output(), POLLIN, 0},
        {m_wake, POLLIN, 0}, {m_process->extensionOutput(), POLLIN, 0}};
    for (;;) {
        const Micros by = m_endBy;
        const int ready = poll(waits, 4, millisUntil(earlier(by, freezeWhenDue())));
        if (ready < 0 && errno != EINTR)
            return;
        if (by != 0 && steadyMicros() >= by)
            end();
        std::uint64_t count = 0;
        if (waits[2].revents != 0 && read(m_wake, &count, sizeof count) < 0)
            waits[2].fd = -1;
        if (waits[1].revents != 0) {
            const std::lock_guard guard(m_outputMutex);
            // The function may close its output and run on.
            if (!readSome())
                waits[1].fd = -1;
        }
        if (waits[3].revents != 0) {
            const std::lock_guard guard(m_outputMutex);
            if (!readExtensions())
                waits[3].fd = -1;
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
    take(m_splitter.feed({bytes, static_cast<std::size_t>(count)}), "function");
    return true;
}

// Under the output mutex. False at the pipe's end.
bool Environment::readExtensions()
{
    char bytes[65536];
    const auto count = read(m_process->extensionOutput(), bytes, sizeof bytes);
    if (count <= 0)
        return count < 0 && (errno == EAGAIN || errno == EINTR);
    // A byte of zero is the launcher's, which has more to tell.
    const auto end = std::remove(bytes, bytes + count, '\0');
    take(m_extensionSplitter.feed({bytes, static_cast<std::size_t>(end - bytes)}), "extension");
    if (end != bytes + count)
        noteProgramEnd();
    return true;
}

// Under the output mutex. One that was wanted is known.
void Environment::noteProgramEnd()
{
    if (!m_process->hasProgramEnded() || m_down.exchange(true))
        return;
    // Another one takes its place at once.
    if (m_parts.provisioned)
        return m_process->kill();
    RuntimeAnswer answer;
    answer.kind = RuntimeAnswer::Kind::Exited;
    answer.exitStatus = m_process->programStatus();
    if (const int number = m_process->execError(); number != 0)
        answer.unstarted = execFault(number);
    m_api.programEnded(std::move(answer));
}

bool Environment::reset(std::string_view reason)
{
    thaw();
    const std::lock_guard guard(m_processMutex);
    if (!m_process || !m_process->mayBeRenewed() || m_parts.provisioned || m_wantedEnd || m_hasEnded)
        return false;
    const bool hasEnded = m_process->hasProgramEnded();
    if (!hasEnded && m_process->pid() <= 0)
        return false; // it waits for its extensions still: there is nothing to start anew from
    m_down = true;
    if (!hasEnded)
        m_process->killProgram();
    auto& extensions = m_api.extensions();
    m_telemetry.flush();
    extensions.tellShutdown(reason, (realMicros() + extensions.shutdownTime()) / kMillisecond);
    return true;
}

// Extensions have two seconds to end, most take less.
bool Environment::awaitRest()
{
    const auto until = steadyMicros() + kRestPatience;
    while (steadyMicros() < until) {
        {
            const std::lock_guard guard(m_processMutex);
            if (!m_process || m_process->isResting())
                return true;
        }
        poll(nullptr, 0, 1);
    }
    return false;
}

RuntimeAnswer Environment::restart(Micros patience)
{
    // Its end may have been told just before it was stopped.
    thaw();
    if (!awaitRest()) {
        end();
        return awaitInit(patience);
    }
    m_telemetry.reset();
    {
        // One that has ended meanwhile says so, and is not to be asked to forget it.
        const std::lock_guard guard(m_processMutex);
        if (m_process) {
            m_api.reset();
            m_down = false;
            m_process->renew();
            if (m_api.extensions().areRegistered())
                m_process->letStart();
        }
    }
    return awaitInit(patience);
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
        take(m_splitter.feed({bytes, static_cast<std::size_t>(count)}), "function");
    }
    take(m_splitter.flush(), "function");
    // A reading takes as much at most; its own thread goes on with the rest.
    const auto most = m_process->extensionOutput() < 0 ? 0 : kMaxDrainBytes / sizeof bytes;
    for (std::size_t readings = 0; readings < most && readExtensions(); ++readings) {
        pollfd more{m_process->extensionOutput(), POLLIN, 0};
        if (poll(&more, 1, 0) <= 0)
            break;
    }
}

// Under the output mutex.
void Environment::take(std::vector<std::string> messages, std::string_view source)
{
    for (const auto& message : messages)
        m_telemetry.tellLine(source, message);
    emit(std::move(messages));
}

// Under the output mutex.
void Environment::emit(std::vector<std::string> messages)
{
    for (const auto& message : messages)
        m_tail += message.ends_with('\n') ? message : message + '\n';
    if (m_tail.size() > kTailBytes)
        m_tail.erase(0, m_tail.size() - kTailBytes);
    const auto now = m_parts.clock.now();
    std::vector<aws::LogLine> lines;
    for (auto& message : messages)
        lines.push_back({now, std::move(message)});
    m_parts.logs.append(m_logPlace, std::move(lines));
}

void Environment::beginLog()
{
    const std::lock_guard guard(m_outputMutex);
    m_tail.clear();
}

void Environment::writeLog(std::string line)
{
    if (line.empty())
        return;
    const std::lock_guard guard(m_outputMutex);
    // The start of the environment is in the log, but not in the tail that a caller gets.
    const bool isStart = line.starts_with("INIT_START ");
    const auto before = isStart ? m_tail : std::string();
    emit({std::move(line)});
    if (isStart)
        m_tail = before;
}

void Environment::writeLog(PlatformEvent event)
{
    writeLog(std::move(event.line));
    if (!event.type.empty())
        m_telemetry.tell(event.type, event.record);
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
    for (const auto& record : m_api.extensions().records())
        m_telemetry.tell("platform.extension", record);
    m_telemetry.endSubscriptions();
    // A start gets the whole processor, as on AWS.
    const std::lock_guard guard(m_processMutex);
    if (m_process && !(m_group && m_group->holdProcessor()))
        m_process->setNice(niceFor(m_function->memory));
    return answer;
}

RuntimeAnswer Environment::serve(const Event& event, Micros patience)
{
    thaw();
    return m_api.serve(event, patience);
}

void Environment::rest()
{
    const std::lock_guard guard(m_freezeMutex);
    m_resting = !m_parts.debug;
    if (m_resting && m_api.isWaiting())
        freezeSoon();
}

// Its last request of an invocation; what it still does after its answer is part of it, as on AWS.
void Environment::runtimeWaits()
{
    const std::lock_guard guard(m_freezeMutex);
    if (m_resting && m_api.isWaiting())
        freezeSoon();
}

// Its thread looks at the moments that were set. A full eventfd is one that wakes it too.
void Environment::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
}

// Under the freezing's mutex. Of many events that follow each other its thread hears once.
void Environment::freezeSoon()
{
    m_freezeAt = steadyMicros() + kFreezeDelay;
    if (!std::exchange(m_freezePlanned, true))
        wake();
}

// On its thread. When to look again, 0 for never.
Micros Environment::freezeWhenDue()
{
    const std::lock_guard guard(m_freezeMutex);
    if (m_freezeAt != 0 && steadyMicros() >= m_freezeAt) {
        m_freezeAt = 0;
        setFrozen(true);
    }
    m_freezePlanned = m_freezeAt != 0;
    return m_freezeAt;
}

// Not before its process is known here: they answered it.
void Environment::extensionsRegistered()
{
    const std::lock_guard guard(m_processMutex);
    if (m_process)
        m_process->letStart();
}

void Environment::freeze()
{
    const std::lock_guard guard(m_freezeMutex);
    m_resting = true;
    setFrozen(true);
}

void Environment::thaw()
{
    const std::lock_guard guard(m_freezeMutex);
    m_resting = false;
    m_freezeAt = 0;
    setFrozen(false);
}

// Under the freezing's mutex.
void Environment::setFrozen(bool wanted)
{
    const std::lock_guard guard(m_processMutex);
    if (!m_process || m_frozen == wanted)
        return;
    // A delivery to an extension that stands still would seem to be lost: its end asks again.
    if (wanted && !m_telemetry.pause())
        return;
    m_frozen = wanted;
    if (wanted)
        return m_process->freeze();
    m_process->thaw();
    m_telemetry.resume();
}

void Environment::end()
{
    const std::lock_guard guard(m_processMutex);
    m_wantedEnd = true;
    if (m_process)
        m_process->kill();
}

void Environment::spinDown(std::string_view reason)
{
    const auto time = m_api.extensions().shutdownTime();
    if (time == 0 || m_down)
        return end();
    thaw();
    m_telemetry.flush();
    m_api.extensions().tellShutdown(reason, (realMicros() + time) / kMillisecond);
    const std::lock_guard guard(m_processMutex);
    m_wantedEnd = true;
    if (m_process)
        m_process->terminate();
    m_endBy = steadyMicros() + time;
    wake();
}

int Environment::peakMegabytes() const
{
    const std::lock_guard guard(m_processMutex);
    return m_process ? m_process->peakMegabytes() : m_peak;
}

bool Environment::hasEnded() const
{
    const std::lock_guard guard(m_processMutex);
    return m_hasEnded || m_wantedEnd;
}

EnvironmentView Environment::view() const
{
    const std::lock_guard guard(m_processMutex);
    const bool over = m_hasEnded || m_wantedEnd;
    const auto shown = over                                       ? EnvironmentState::Ended
        : (m_frozen || m_down) && state == EnvironmentState::Idle ? EnvironmentState::Frozen
                                                                  : state;
    return {m_id, shown, invocations, m_started, lastUsed, m_init, m_process ? m_process->pid() : 0,
        m_logPlace.stream, m_function->version, m_parts.provisioned, m_frozen, m_command.depth > 1};
}

}
