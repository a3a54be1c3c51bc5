#include "core/lambda/environment_pool.h"

#include <algorithm>

// The pool's part in provisioned concurrency: environments that no idle time ends.
namespace core::lambda {

std::optional<EnvironmentLease> EnvironmentPool::addProvisioned(
    std::shared_ptr<const Function> version, int wanted)
{
    const std::lock_guard guard(m_mutex);
    if (m_closing)
        return std::nullopt;
    auto& environments = m_environments[version->key()];
    const auto count = std::count_if(environments.begin(), environments.end(), [&](const auto& environment) {
        return environment->isProvisioned() && environment->function()->version == version->version
            && !environment->hasEnded() && !m_retired.contains(environment->id());
    });
    if (count >= wanted)
        return std::nullopt;
    auto fresh = create(std::move(version), true);
    fresh->state = EnvironmentState::Starting;
    fresh->served = false;
    environments.push_back(fresh);
    return EnvironmentLease(*this, std::move(fresh), true);
}

void EnvironmentPool::trimProvisioned(const std::string& functionKey, const std::string& version, int wanted)
{
    Environments surplus;
    {
        const std::lock_guard guard(m_mutex);
        m_provisionFailures.erase(functionKey + ':' + version);
        const auto place = m_environments.find(functionKey);
        if (place == m_environments.end())
            return;
        int kept = 0;
        std::erase_if(place->second, [&](const auto& environment) {
            if (!environment->isProvisioned() || environment->function()->version != version
                || m_retired.contains(environment->id()) || ++kept <= wanted)
                return false;
            if (environment->state != EnvironmentState::Idle) {
                m_retired.insert(environment->id());
                return false;
            }
            surplus.push_back(environment);
            return true;
        });
    }
    for (const auto& environment : surplus)
        environment->end();
}

ProvisionedView EnvironmentPool::provisioned(const std::string& functionKey, const std::string& version) const
{
    ProvisionedView view;
    const std::lock_guard guard(m_mutex);
    if (const auto failed = m_provisionFailures.find(functionKey + ':' + version);
        failed != m_provisionFailures.end())
        view.failure = failed->second;
    const auto place = m_environments.find(functionKey);
    if (place == m_environments.end())
        return view;
    for (const auto& environment : place->second) {
        if (!environment->isProvisioned() || environment->function()->version != version
            || environment->hasEnded() || m_retired.contains(environment->id()))
            continue;
        view.starting += environment->state == EnvironmentState::Starting ? 1 : 0;
        view.allocated += environment->state == EnvironmentState::Starting ? 0 : 1;
        view.available += environment->state == EnvironmentState::Idle ? 1 : 0;
    }
    return view;
}

void EnvironmentPool::setProvisionFailure(
    const std::string& functionKey, const std::string& version, std::string failure)
{
    const std::lock_guard guard(m_mutex);
    m_provisionFailures[functionKey + ':' + version] = std::move(failure);
}

void EnvironmentPool::onLost(std::function<void(const std::string&)> lost)
{
    const std::lock_guard guard(m_mutex);
    m_lost = std::move(lost);
}

}
