#include "core/lambda/environment_pool.h"

#include "core/lambda/errors.h"

#include <algorithm>

namespace core::lambda {

EnvironmentLease::~EnvironmentLease()
{
    if (m_environment)
        m_pool->release(m_environment);
}

Result<> EnvironmentLease::launch()
{
    return m_pool->launch(m_environment);
}

void EnvironmentLease::replace()
{
    auto fresh = m_pool->create(m_environment->function());
    const auto old = m_environment;
    {
        const std::lock_guard guard(m_pool->m_mutex);
        fresh->state = EnvironmentState::Busy;
        m_pool->m_environments[fresh->function()->key()].push_back(fresh);
        m_environment = std::move(fresh);
    }
    old->end();
    m_pool->forget(old->function()->key(), old->id());
}

EnvironmentPool::EnvironmentPool(const aws::Host& host, LogWriter& logs, std::filesystem::path runtimes)
    : m_host(host)
    , m_logs(logs)
    , m_runtimes(std::move(runtimes))
{
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
    }
    timer.reset();
    endAll();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_running == 0; });
}

std::shared_ptr<Environment> EnvironmentPool::create(std::shared_ptr<const Function> function) const
{
    const EnvironmentParts parts{m_host.server, m_host.clock, m_logs,
        m_host.folder / "functions" / function->folder, m_runtimes, m_host.endpoint()};
    return std::make_shared<Environment>(parts, std::move(function));
}

// Under the mutex.
std::shared_ptr<Environment> EnvironmentPool::takeIdle(Environments& environments, std::uint64_t generation)
{
    std::shared_ptr<Environment> best;
    for (const auto& environment : environments) {
        if (environment->state == EnvironmentState::Idle && environment->function()->generation == generation
            && !environment->hasEnded() && (!best || environment->lastUsed > best->lastUsed))
            best = environment;
    }
    return best;
}

Result<EnvironmentLease> EnvironmentPool::acquire(
    std::shared_ptr<const Function> function, trace::SpanScope& span)
{
    auto fresh = std::shared_ptr<Environment>();
    Environments outdated;
    std::unique_lock lock(m_mutex);
    if (m_closing)
        return fail(ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
    auto& environments = m_environments[function->key()];
    std::erase_if(environments, [&](const auto& environment) {
        const bool old = environment->state == EnvironmentState::Idle
            && (environment->function()->generation < function->generation || environment->hasEnded());
        if (old)
            outdated.push_back(environment);
        return old;
    });
    if (const auto idle = takeIdle(environments, function->generation)) {
        idle->state = EnvironmentState::Busy;
        lock.unlock();
        span.step("Warm environment " + idle->id().substr(0, 8),
            "It is idle and was used " + std::to_string(idle->invocations)
                + (idle->invocations == 1 ? " time" : " times"),
            trace::Verdict::Pass);
        return EnvironmentLease(*this, idle, false);
    }
    const auto count = static_cast<int>(environments.size());
    if (count >= kMaxEnvironments) {
        lock.unlock();
        span.step("Throttled",
            std::to_string(count) + " environments are busy and a function has at most "
                + std::to_string(kMaxEnvironments),
            trace::Verdict::Fail);
        return fail(errors::tooManyRequests());
    }
    fresh = create(function);
    fresh->state = EnvironmentState::Busy;
    environments.push_back(fresh);
    lock.unlock();
    for (const auto& environment : outdated)
        environment->end();
    if (!outdated.empty())
        span.step("Ends " + std::to_string(outdated.size()) + " idle environments",
            "They were started with older code or configuration");
    span.step("Cold start",
        "There is no idle environment: starts one (" + std::to_string(count + 1) + " of "
            + std::to_string(kMaxEnvironments) + ")");
    return EnvironmentLease(*this, std::move(fresh), true);
}

Result<> EnvironmentPool::launch(const std::shared_ptr<Environment>& environment)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_closing)
            return fail(ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
        ++m_running;
    }
    return environment->launch([this, key = environment->function()->key(), id = environment->id()] {
        forget(key, id);
        // Under the mutex: whoever waits for the last one may destroy the pool as soon as it is let go.
        const std::lock_guard guard(m_mutex);
        --m_running;
        m_changed.notify_all();
    });
}

void EnvironmentPool::forget(const std::string& functionKey, const std::string& id)
{
    const std::lock_guard guard(m_mutex);
    m_retired.erase(id);
    const auto place = m_environments.find(functionKey);
    if (place == m_environments.end())
        return;
    std::erase_if(place->second, [&id](const auto& known) { return known->id() == id; });
    if (place->second.empty())
        m_environments.erase(place);
}

void EnvironmentPool::release(const std::shared_ptr<Environment>& environment)
{
    bool over = false;
    {
        const std::lock_guard guard(m_mutex);
        over = m_closing || m_retired.contains(environment->id()) || environment->hasEnded();
        environment->state = over ? EnvironmentState::Ended : EnvironmentState::Idle;
        environment->lastUsed = m_host.clock.now();
        ++environment->invocations;
    }
    if (over) {
        environment->end();
        forget(environment->function()->key(), environment->id());
        return;
    }
    scheduleReclaim();
}

int EnvironmentPool::endIdle(const std::string& functionKey)
{
    Environments idle;
    {
        const std::lock_guard guard(m_mutex);
        const auto place = m_environments.find(functionKey);
        if (place == m_environments.end())
            return 0;
        for (const auto& environment : place->second) {
            if (environment->state == EnvironmentState::Idle)
                idle.push_back(environment);
            else
                m_retired.insert(environment->id());
        }
        std::erase_if(
            place->second, [](const auto& known) { return known->state == EnvironmentState::Idle; });
    }
    for (const auto& environment : idle)
        environment->end();
    return static_cast<int>(idle.size());
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

void EnvironmentPool::scheduleReclaim()
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_reclaimPlanned || m_closing)
            return;
        m_reclaimPlanned = true;
    }
    // Outside the mutex: the clock calls back from its own thread, and taking its lock here could cross it.
    auto timer = m_host.clock.after(kIdleLifetime, [this] { reclaim(); });
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
                const bool idle = environment->state == EnvironmentState::Idle;
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
        environment->end();
    if (next == 0)
        return;
    auto timer = m_host.clock.at(next + kIdleLifetime, [this] { reclaim(); });
    std::unique_ptr<ClockTimer> old;
    const std::lock_guard guard(m_mutex);
    if (!m_closing)
        old = std::exchange(m_reclaim, std::move(timer));
}

}
