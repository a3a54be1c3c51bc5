#include "core/lambda/environment.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/resource_roots.h"
#include "core/base/time_format.h"
#include "core/lambda/errors.h"
#include "core/lambda/layer_folder.h"
#include "core/lambda/runtime_exit.h"
#include "core/lambda/sandbox_hosts.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <thread>

#include <poll.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr const char* kBootstrap = "/var/task/bootstrap";
// Extensions are killed after two seconds; the rest is for a computer that is busy.
constexpr Micros kRestPatience = 10 * kSecond;

// "2026/11/22/[$LATEST]<32 hex digits>", "2026/11/22/[3]…" for a version
std::string streamName(const Clock& clock, const std::string& version, const std::string& id)
{
    auto day = iso8601(clock.now()).substr(0, 10);
    day[4] = day[7] = '/';
    return day + "/[" + version + "]" + id;
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
    , m_output(parts.logs, m_logPlace, parts.clock, m_telemetry)
    , m_api(
          {m_function->name, m_function->version, m_function->handler, m_function->account}, m_telemetry,
          [this] { runtimeWaits(); }, [this] { extensionsRegistered(); })
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
}

Result<> Environment::launch(std::function<void()> ended)
{
    m_ended = std::move(ended);
    auto launched = prepare();
    if (launched)
        launched = startThread();
    if (launched)
        return {};
    if (m_listener)
        m_listener->close();
    {
        const std::lock_guard guard(m_processMutex);
        m_hasEnded = true;
        m_group.reset();
    }
    std::exchange(m_ended, nullptr)();
    return launched;
}

Result<> Environment::startThread()
{
    try {
        std::thread([self = shared_from_this()]() mutable {
            self->run();
            auto last = std::move(self->m_ended);
            self.reset();
            last();
        }).detach();
        return {};
    } catch (const std::system_error& exception) {
        return fail(errors::io(std::string("no thread for an environment: ") + exception.what()));
    }
}

// Its listener, and what is to be started.
Result<> Environment::prepare()
{
    const auto* runtime = findRuntime(m_function->runtime);
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
    auto answer = runProcess();
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
    settleNow();
}

// How it ended.
RuntimeAnswer Environment::runProcess()
{
    RuntimeAnswer answer;
    answer.kind = RuntimeAnswer::Kind::Exited;
    auto started = ChildProcess::start(m_command);
    if (!started) {
        log::warning("lambda", started.error().message);
        writeLog(started.error().message + "\n");
        answer.exitStatus = 127 << 8;
        return answer;
    }
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
        answer.unstarted = unstartedText(kBootstrap, number);
    if (const int extension = m_process->extensionStatus(); extension != -1) {
        answer.extension = true;
        answer.exitStatus = extension;
        answer.errorType = m_api.extensions().failure();
        if (const int number = m_process->extensionError(); number != 0)
            answer.unstarted = unstartedText(
                "/opt/extensions/" + m_api.extensions().expected(m_process->extensionNumber()), number);
    }
    drainOutput();
    m_output.flush();
    return answer;
}

// Reads the output until the process has ended; what it left behind may hold the pipe open for longer.
void Environment::watch()
{
    pollfd waits[4] = {{m_process->exitSignal(), POLLIN, 0}, {m_process->output(), POLLIN, 0},
        {m_alarm.descriptor(), POLLIN, 0}, {m_process->extensionOutput(), POLLIN, 0}};
    while (waits[0].revents == 0) {
        const int ready = poll(waits, 4, millisUntil(lookAtPlans()));
        if (ready < 0 && errno != EINTR)
            return;
        if (ready <= 0)
            continue;
        if (waits[2].revents != 0)
            m_alarm.silence();
        // The function may close its output and run on.
        if (waits[1].revents != 0 && !m_output.readFunction(*m_process))
            waits[1].fd = -1;
        bool told = false;
        if (waits[3].revents != 0 && !m_output.readExtensions(*m_process, told))
            waits[3].fd = -1;
        if (told)
            noteProgramEnd();
    }
}

// Its process is held meanwhile. An end that was wanted is known.
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
        answer.unstarted = unstartedText(kBootstrap, number);
    m_api.programEnded(std::move(answer));
}

bool Environment::reset(std::string_view reason)
{
    thaw();
    const std::lock_guard guard(m_processMutex);
    if (!m_process || !m_process->mayBeRenewed() || m_parts.provisioned || m_wantedEnd || m_hasEnded)
        return false;
    const bool hasEnded = m_process->hasProgramEnded();
    m_down = true;
    if (!hasEnded)
        m_process->killProgram();
    auto& extensions = m_api.extensions();
    m_telemetry.flush();
    extensions.tellShutdown(reason, (realMicros() + extensions.shutdownTime()) / kMillisecond);
    return true;
}

bool Environment::awaitRest()
{
    // Its end may have been told just before it was stopped.
    thaw();
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
    const std::lock_guard guard(m_processMutex);
    if (m_process && m_output.drain(*m_process))
        noteProgramEnd();
}

void Environment::writeLog(PlatformEvent event)
{
    writeLog(std::move(event.line));
    if (!event.type.empty())
        m_telemetry.tell(event.type, event.record);
}

RuntimeAnswer Environment::awaitInit(Micros patience)
{
    auto answer = m_api.awaitInit(patience);
    drainOutput();
    const PlatformLog platform(*m_function, m_parts.clock, m_parts.provisioned, isHeard());
    for (const auto& extension : m_api.extensions().views())
        writeLog(platform.extension(extension.name, extension.state, extension.events));
    m_telemetry.endSubscriptions();
    // A start gets the whole processor, as on AWS.
    const std::lock_guard guard(m_processMutex);
    if (m_process && !(m_group && m_group->holdProcessor()))
        m_process->setNice(niceFor(m_function->memory));
    return answer;
}

bool Environment::hasRuntimeEnded() const
{
    const std::lock_guard guard(m_processMutex);
    return m_process && m_process->hasRuntimeEnded();
}

RuntimeAnswer Environment::serve(const Event& event, Micros patience)
{
    thaw();
    if (hasRuntimeEnded())
        m_api.runtimeLost();
    {
        const std::lock_guard guard(m_restMutex);
        m_phaseBy = steadyMicros() + patience;
    }
    return m_api.serve(event, patience);
}

// Not before its process is known here: they answered it.
void Environment::extensionsRegistered()
{
    const std::lock_guard guard(m_processMutex);
    if (m_process)
        m_process->letStart();
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
    {
        const std::lock_guard guard(m_processMutex);
        m_wantedEnd = true;
        if (m_process)
            m_process->terminate();
    }
    const std::lock_guard guard(m_restMutex);
    m_endBy = steadyMicros() + time;
    m_alarm.plan(m_endBy);
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
