#include "core/lambda/environment_pool.h"

#include "core/lambda/errors.h"
#include "core/lambda/log_lines.h"
#include "core/lambda/sandbox_hosts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace core::lambda {

namespace {

// The next event of one caller comes sooner here than anybody's over a network: what AWS would find idle has
// answered a moment ago, and is about to ask for its next event.
constexpr auto kSettlePatience = std::chrono::seconds(1);

// "" where there is no X-Ray.
std::string traceDaemonOf(aws::Caller& caller)
{
    const auto reply = caller.call("xray", "DescribeDaemon", nlohmann::json::object(), {.quiet = true});
    return reply ? reply->json().value("Address", "") : std::string();
}

}

EnvironmentLease::~EnvironmentLease()
{
    if (m_environment)
        m_pool->release(m_environment, m_settlesApart, m_finish);
}

void EnvironmentLease::whenSettled(bool apart, Environment::Settled finish)
{
    m_settlesApart = apart;
    m_finish = std::move(finish);
}

Result<> EnvironmentLease::launch()
{
    return m_pool->launch(m_environment);
}

void EnvironmentLease::replace(std::string_view reason)
{
    auto fresh = m_pool->create(m_environment->function(), m_environment->isProvisioned());
    const auto old = m_environment;
    {
        const std::lock_guard guard(m_pool->m_mutex);
        fresh->state = EnvironmentState::Busy;
        fresh->served = old->served;
        auto& environments = m_pool->m_environments[fresh->function()->key()];
        // Its end is no loss.
        std::erase(environments, old);
        environments.push_back(fresh);
        // Its end was asked for meanwhile: that holds for what comes in its place.
        if (m_pool->m_retired.contains(old->id()))
            m_pool->m_retired.insert(fresh->id());
        m_environment = std::move(fresh);
    }
    old->spinDown(reason);
    m_pool->forget(old->function()->key(), old->id());
}

EnvironmentPool::EnvironmentPool(
    const aws::Host& host, ConcurrencyBook& concurrency, std::filesystem::path runtimes)
    : m_host(host)
    , m_concurrency(concurrency)
    , m_runtimes(std::move(runtimes))
{
    sweepHostsFiles(m_host.folder);
}

EnvironmentPool::~EnvironmentPool()
{
    close();
}

void EnvironmentPool::close()
{
    // The timer's call takes the mutex: it must be over before the mutex is held here.
    std::unique_ptr<ClockTimer> timer;
    {
        const std::lock_guard guard(m_mutex);
        m_closing = true;
        timer = std::move(m_reclaim);
        for (auto& [key, queue] : m_queues) {
            queue.freed.notify_all();
            queue.settled.notify_all();
        }
    }
    timer.reset();
    endAll();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_running == 0; });
}

std::shared_ptr<Environment> EnvironmentPool::create(
    std::shared_ptr<const Function> function, bool provisioned) const
{
    EnvironmentParts parts{
        m_host.server, m_host.clock, m_host.logs, m_host.folder, m_runtimes, m_host.endpoint(), provisioned};
    parts.groups = &m_groups;
    if (function->isLatest())
        parts.debug = m_debugging.find(function->key());
    parts.traceDaemon = [&caller = m_host.caller] { return traceDaemonOf(caller); };
    return std::make_shared<Environment>(parts, std::move(function));
}

// Under the mutex.
std::shared_ptr<Environment> EnvironmentPool::takeIdle(
    const Environments& environments, const Function& function)
{
    // Provisioned ones first: the others may be reclaimed meanwhile.
    const auto rank = [](const Environment& environment) {
        return std::pair(environment.isProvisioned(), environment.lastUsed);
    };
    std::shared_ptr<Environment> best;
    for (const auto& environment : environments) {
        const auto& its = *environment->function();
        if (environment->state == EnvironmentState::Idle && its.version == function.version
            && its.generation == function.generation && !environment->hasEnded()
            && (!best || rank(*environment) > rank(*best)))
            best = environment;
    }
    return best;
}

// Under the mutex. As many may hope as there are environments that settle.
bool EnvironmentPool::mayHope(const Environments& environments, const Function& function) const
{
    const auto settling =
        std::count_if(environments.begin(), environments.end(), [&](const auto& environment) {
            const auto& its = *environment->function();
            return environment->state == EnvironmentState::Settling && its.version == function.version
                && its.generation == function.generation && !environment->hasEnded()
                && !m_retired.contains(environment->id());
        });
    const auto queue = m_queues.find(function.key());
    return settling > (queue == m_queues.end() ? 0 : queue->second.hoping);
}

// Under the mutex: ends what another version of the function left idle when there are too many.
bool EnvironmentPool::makeRoom(Environments& environments, Environments& outdated)
{
    const auto count = std::count_if(environments.begin(), environments.end(),
        [](const auto& environment) { return !environment->isProvisioned(); });
    if (count < kMaxEnvironments)
        return true;
    const auto idle = std::find_if(environments.begin(), environments.end(), [](const auto& environment) {
        return environment->state == EnvironmentState::Idle && !environment->isProvisioned();
    });
    if (idle == environments.end())
        return false;
    outdated.push_back(*idle);
    environments.erase(idle);
    return true;
}

Result<EnvironmentLease> EnvironmentPool::acquire(
    std::shared_ptr<const Function> function, trace::SpanScope& span, bool synchronous)
{
    auto ticket = m_concurrency.admit(*function, synchronous, m_host.clock.now());
    if (!ticket) {
        span.step("Throttled", "Concurrency: " + ticket.error().members, trace::Verdict::Fail);
        return fail(std::move(ticket).error());
    }
    Environments outdated;
    std::unique_lock lock(m_mutex);
    auto choice = choose(function, outdated, true);
    if (choice.soon)
        choice = hope(function, outdated, lock);
    const auto asked = steadyMicros();
    const bool waits = choice.full && synchronous;
    if (waits)
        choice = await(function, outdated, lock);
    const bool closing = m_closing;
    lock.unlock();
    for (const auto& environment : outdated)
        environment->spinDown();
    if (closing)
        return fail(ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
    if (!outdated.empty())
        span.step("Ends " + std::to_string(outdated.size()) + " idle environments",
            "They were started with older code or configuration, or for another version");
    if (waits)
        span.step("Waited for an environment",
            millis(steadyMicros() - asked) + " ms, while all " + std::to_string(kMaxEnvironments)
                + " were busy: AWS would have started another one",
            trace::Verdict::Warn);
    noteChoice(choice, span);
    if (!choice.environment)
        return fail(errors::tooManyRequests("ConcurrentInvocationLimitExceeded"));
    return EnvironmentLease(*this, std::move(choice.environment), !choice.warm, *std::move(ticket));
}

// Under the mutex. What it gives is taken. Who hopes gets no new one while one settles.
EnvironmentPool::Choice EnvironmentPool::choose(
    const std::shared_ptr<const Function>& function, Environments& outdated, bool hopes)
{
    if (m_closing)
        return {};
    auto& environments = m_environments[function->key()];
    std::erase_if(environments, [&](const auto& environment) {
        const auto& its = *environment->function();
        const bool old = environment->state == EnvironmentState::Idle
            && ((its.version == function->version && its.generation < function->generation)
                || environment->hasEnded());
        if (old)
            outdated.push_back(environment);
        return old;
    });
    Choice choice;
    choice.environment = takeIdle(environments, *function);
    choice.warm = choice.environment != nullptr;
    choice.soon = hopes && !choice.warm && mayHope(environments, *function);
    if (choice.soon)
        return choice;
    // One debugger, one port.
    choice.debugged = std::any_of(environments.begin(), environments.end(),
        [](const auto& environment) { return environment->debug() && !environment->hasEnded(); });
    choice.full = !choice.warm && !choice.debugged && !makeRoom(environments, outdated);
    // Starts take real time: a clock that stands still does not stop them.
    const bool mayStart = !choice.warm && !choice.debugged && !choice.full
        && m_concurrency.mayStart(function->key(), steadyMicros());
    if (mayStart)
        choice.environment = environments.emplace_back(create(function, false));
    if (choice.environment) {
        choice.environment->state = EnvironmentState::Busy;
        choice.environment->served = true;
    }
    choice.count = environments.size();
    return choice;
}

// Under the mutex, which is let go of meanwhile.
EnvironmentPool::Choice EnvironmentPool::hope(const std::shared_ptr<const Function>& function,
    Environments& outdated, std::unique_lock<std::mutex>& lock)
{
    Choice choice;
    auto& queue = m_queues[function->key()];
    const auto until = std::chrono::steady_clock::now() + kSettlePatience;
    do {
        ++queue.hoping;
        const bool inTime = queue.settled.wait_until(lock, until) == std::cv_status::no_timeout;
        --queue.hoping;
        choice = choose(function, outdated, inTime);
    } while (choice.soon);
    return choice;
}

// Under the mutex, which is let go of meanwhile. The environments are those of this computer, so this is no
// limit of AWS's that a caller would have to meet.
EnvironmentPool::Choice EnvironmentPool::await(const std::shared_ptr<const Function>& function,
    Environments& outdated, std::unique_lock<std::mutex>& lock)
{
    Choice choice;
    choice.full = true;
    auto& queue = m_queues[function->key()];
    if (queue.waiting >= kMaxWaiting)
        return choice;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(function->timeout);
    ++queue.waiting;
    while (choice.full && queue.freed.wait_until(lock, until) == std::cv_status::no_timeout)
        choice = choose(function, outdated);
    --queue.waiting;
    return choice;
}

void EnvironmentPool::noteChoice(const Choice& choice, trace::SpanScope& span) const
{
    if (!choice.environment)
        span.step("Throttled",
            choice.debugged   ? std::string("Its only environment is being debugged")
                : choice.full ? "All environments are busy and a function has at most "
                    + std::to_string(kMaxEnvironments) + " here"
                              : std::to_string(kBurst) + " environments were started within ten seconds",
            trace::Verdict::Fail);
    else if (choice.environment->isDown())
        span.step("Environment " + choice.environment->id().substr(0, 8),
            "It was reset after its last invocation, and starts its programs anew");
    else if (choice.warm)
        span.step("Warm environment " + choice.environment->id().substr(0, 8),
            "It is idle and was used " + std::to_string(choice.environment->invocations)
                + (choice.environment->invocations == 1 ? " time" : " times")
                + (choice.environment->isFrozen() ? "; it stood still since then and goes on" : "")
                + (choice.environment->isProvisioned() ? "; provisioned concurrency keeps it" : ""),
            trace::Verdict::Pass);
    else
        span.step("Cold start",
            "There is no idle environment: starts one (" + std::to_string(choice.count) + " of "
                + std::to_string(kMaxEnvironments) + ")");
}

Result<> EnvironmentPool::launch(const std::shared_ptr<Environment>& environment)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_closing)
            return fail(ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
        ++m_running;
    }
    return environment->launch([this, key = environment->function()->key(), id = environment->id(),
                                   kept = environment->isProvisioned()] {
        // One that the pool ended was forgotten before.
        if (forget(key, id) && kept && m_lost)
            m_lost(key);
        // Under the mutex: whoever waits for the last one may destroy the pool as soon as it is let go.
        const std::lock_guard guard(m_mutex);
        --m_running;
        m_changed.notify_all();
    });
}

// True when it was known and wanted.
bool EnvironmentPool::forget(const std::string& functionKey, const std::string& id)
{
    const std::lock_guard guard(m_mutex);
    const bool retired = m_retired.erase(id) > 0;
    const auto place = m_environments.find(functionKey);
    if (place == m_environments.end())
        return false;
    const bool wanted = !retired && !m_closing;
    const auto erased = std::erase_if(place->second, [&](const auto& known) {
        if (known->id() != id)
            return false;
        // The next one would end as this one did, and so on for ever.
        if (wanted && known->isProvisioned() && !known->served)
            m_provisionFailures[functionKey + ':' + known->function()->version] =
                "FUNCTION_ERROR_INIT_FAILURE";
        return true;
    });
    if (place->second.empty())
        m_environments.erase(place);
    auto& queue = m_queues[functionKey];
    queue.freed.notify_one();
    queue.settled.notify_all();
    return erased > 0 && wanted;
}

void EnvironmentPool::release(
    const std::shared_ptr<Environment>& environment, bool apart, const Environment::Settled& finish)
{
    {
        const std::lock_guard guard(m_mutex);
        environment->state = EnvironmentState::Settling;
        environment->lastUsed = m_host.clock.now();
        // A provisioned one comes here first after its start.
        if (environment->served)
            ++environment->invocations;
    }
    // Before anyone else can take it.
    environment->rest();
    environment->settle(apart, [this, environment, finish](const RuntimeAnswer& end) {
        if (finish)
            finish(end);
        putBack(environment);
    });
}

void EnvironmentPool::putBack(const std::shared_ptr<Environment>& environment)
{
    bool over = false;
    bool closing = false;
    Micros lastUsed = 0;
    {
        const std::lock_guard guard(m_mutex);
        closing = m_closing;
        over = closing || m_retired.contains(environment->id()) || environment->hasEnded();
        environment->state = over ? EnvironmentState::Ended : EnvironmentState::Idle;
        lastUsed = environment->lastUsed;
        auto& queue = m_queues[environment->function()->key()];
        queue.freed.notify_one();
        queue.settled.notify_all();
    }
    if (over) {
        if (closing)
            environment->end();
        else if (!environment->hasEnded()) // one that is wanted to end does so in its shutdown phase
            environment->spinDown();
        if (forget(environment->function()->key(), environment->id()) && environment->isProvisioned()
            && m_lost)
            m_lost(environment->function()->key());
        return;
    }
    scheduleReclaim(lastUsed);
}

int EnvironmentPool::endIdle(const std::string& functionKey, std::string_view version)
{
    Environments idle;
    int settling = 0; // end in a moment
    {
        const std::lock_guard guard(m_mutex);
        const auto place = m_environments.find(functionKey);
        if (place == m_environments.end())
            return 0;
        std::erase_if(place->second, [&](const auto& environment) {
            if (!version.empty() && environment->function()->version != version)
                return false;
            if (environment->state != EnvironmentState::Idle) {
                m_retired.insert(environment->id());
                settling += environment->state == EnvironmentState::Settling ? 1 : 0;
                return false;
            }
            idle.push_back(environment);
            return true;
        });
    }
    for (const auto& environment : idle)
        environment->spinDown();
    return static_cast<int>(idle.size()) + settling;
}

void EnvironmentPool::endAll()
{
    Environments all;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, environments] : m_environments) {
            all.insert(all.end(), environments.begin(), environments.end());
            for (const auto& environment : environments)
                m_retired.insert(environment->id());
        }
    }
    for (const auto& environment : all)
        environment->end();
}

std::vector<EnvironmentView> EnvironmentPool::list(const std::string& functionKey) const
{
    const std::lock_guard guard(m_mutex);
    std::vector<EnvironmentView> views;
    if (const auto place = m_environments.find(functionKey); place != m_environments.end()) {
        for (const auto& environment : place->second)
            views.push_back(environment->view());
    }
    return views;
}

std::map<std::string, std::vector<EnvironmentView>> EnvironmentPool::listAll() const
{
    const std::lock_guard guard(m_mutex);
    std::map<std::string, std::vector<EnvironmentView>> views;
    for (const auto& [key, environments] : m_environments) {
        for (const auto& environment : environments)
            views[key].push_back(environment->view());
    }
    return views;
}

std::shared_ptr<Environment> EnvironmentPool::find(const std::string& functionKey, std::string_view id) const
{
    const std::lock_guard guard(m_mutex);
    const auto place = m_environments.find(functionKey);
    if (place == m_environments.end())
        return nullptr;
    const auto found = std::find_if(place->second.begin(), place->second.end(),
        [id](const auto& environment) { return environment->id() == id; });
    return found == place->second.end() ? nullptr : *found;
}

bool EnvironmentPool::reclaimOne(const std::string& functionKey, const std::string& id)
{
    const auto environment = find(functionKey, id);
    if (!environment)
        return false;
    {
        const std::lock_guard guard(m_mutex);
        if (environment->state != EnvironmentState::Idle) {
            m_retired.insert(id);
            return true;
        }
        std::erase(m_environments[functionKey], environment);
    }
    environment->spinDown();
    if (environment->isProvisioned() && m_lost)
        m_lost(functionKey);
    return true;
}

void EnvironmentPool::scheduleReclaim(Micros lastUsed)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_reclaimPlanned || m_closing)
            return;
        m_reclaimPlanned = true;
    }
    // Outside the mutex: the clock calls back from its own thread, and taking its lock here could cross it.
    auto timer = m_host.clock.at(lastUsed + kIdleLifetime, [this] { reclaim(); });
    std::unique_ptr<ClockTimer> old;
    const std::lock_guard guard(m_mutex);
    if (!m_closing)
        old = std::exchange(m_reclaim, std::move(timer));
}

// On the clock's thread: ends what has been idle for long enough and comes back when the next one will have
// been.
void EnvironmentPool::reclaim()
{
    Environments due;
    Micros next = 0;
    {
        const std::lock_guard guard(m_mutex);
        m_reclaimPlanned = false;
        if (m_closing)
            return;
        const auto limit = m_host.clock.now() - kIdleLifetime;
        for (auto& [key, environments] : m_environments) {
            std::erase_if(environments, [&](const auto& environment) {
                const bool idle =
                    environment->state == EnvironmentState::Idle && !environment->isProvisioned();
                if (idle && environment->lastUsed <= limit)
                    due.push_back(environment);
                else if (idle && (next == 0 || environment->lastUsed < next))
                    next = environment->lastUsed;
                return idle && environment->lastUsed <= limit;
            });
        }
        m_reclaimPlanned = next != 0;
    }
    for (const auto& environment : due)
        environment->spinDown();
    if (next == 0)
        return;
    auto timer = m_host.clock.at(next + kIdleLifetime, [this] { reclaim(); });
    std::unique_ptr<ClockTimer> old;
    const std::lock_guard guard(m_mutex);
    if (!m_closing)
        old = std::exchange(m_reclaim, std::move(timer));
}

}
