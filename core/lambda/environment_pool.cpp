#include "core/lambda/environment_pool.h"

#include "core/lambda/sandbox_hosts.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

namespace {

// "" where there is no X-Ray.
std::string traceDaemonOf(aws::Caller& caller)
{
    const auto reply = caller.call("xray", "DescribeDaemon", nlohmann::json::object(), {.quiet = true});
    return reply ? reply->json().value("Address", "") : std::string();
}

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
            for (auto* waiter : queue.line)
                waiter->turn.notify_one();
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
    queue.callFirst();
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
        queue.callFirst();
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
