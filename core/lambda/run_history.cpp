#include "core/lambda/run_history.h"

namespace core::lambda {

namespace {

constexpr std::size_t kMaxRuns = 50;

}

void RunHistory::add(const std::string& functionKey, Run run)
{
    const std::lock_guard guard(m_mutex);
    auto& runs = m_runs[functionKey];
    runs.push_front(std::move(run));
    if (runs.size() > kMaxRuns)
        runs.pop_back();
}

std::vector<Run> RunHistory::list(const std::string& functionKey) const
{
    const std::lock_guard guard(m_mutex);
    const auto place = m_runs.find(functionKey);
    return place == m_runs.end() ? std::vector<Run>{}
                                 : std::vector<Run>(place->second.begin(), place->second.end());
}

void RunHistory::forget(const std::string& functionKey)
{
    const std::lock_guard guard(m_mutex);
    m_runs.erase(functionKey);
}

void RunHistory::clear()
{
    const std::lock_guard guard(m_mutex);
    m_runs.clear();
}

}
