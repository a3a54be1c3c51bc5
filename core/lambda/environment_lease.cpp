#include "core/lambda/environment_pool.h"

namespace core::lambda {

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

}
