#pragma once

#include "core/lambda/environment.h"
#include "core/trace/tracer.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace core::lambda {

// AWS scales a function by up to 1,000 environments; one computer has ten.
inline constexpr int kMaxEnvironments = 10;
// Idle environments are reclaimed after this time on the chamber's clock.
inline constexpr Micros kIdleLifetime = 10 * 60 * kSecond;

class EnvironmentPool;

// An environment on loan to one invocation; goes back to its pool when this dies.
class EnvironmentLease {
public:
    EnvironmentLease(EnvironmentPool& pool, std::shared_ptr<Environment> environment, bool cold)
        : m_pool(&pool)
        , m_environment(std::move(environment))
        , m_cold(cold)
    {
    }
    ~EnvironmentLease();
    EnvironmentLease(EnvironmentLease&& other) noexcept = default;
    EnvironmentLease& operator=(EnvironmentLease&&) = delete;

    Environment& operator*() const { return *m_environment; }
    Environment* operator->() const { return m_environment.get(); }
    bool isCold() const { return m_cold; } // to be launched first
    Result<> launch();
    // A new environment, not launched, in the place of this one, which is ended.
    void replace();

private:
    EnvironmentPool* m_pool;
    std::shared_ptr<Environment> m_environment;
    bool m_cold;
};

// All execution environments of all functions. An invocation takes the idle environment that was used last,
// else a new one, else it is throttled. Environments of an older generation of their function are ended as
// soon as they are free. Any thread.
class EnvironmentPool {
public:
    EnvironmentPool(const aws::Host& host, LogWriter& logs, std::filesystem::path runtimes);
    ~EnvironmentPool();

    // Ends all of them at once, also in the middle of an invocation, and waits for their threads; starts no
    // more.
    void close();

    // Says in steps what it chose and why.
    Result<EnvironmentLease> acquire(std::shared_ptr<const Function> function, trace::SpanScope& span);

    // Ends those that are idle, and those that are busy after their invocation; of all generations. Returns
    // how many were idle.
    int endIdle(const std::string& functionKey);
    // The same without waiting, and new ones may start.
    void endAll();
    std::vector<EnvironmentView> list(const std::string& functionKey) const;

private:
    friend class EnvironmentLease;
    using Environments = std::vector<std::shared_ptr<Environment>>;

    std::shared_ptr<Environment> create(std::shared_ptr<const Function> function) const;
    std::shared_ptr<Environment> takeIdle(Environments& environments, std::uint64_t generation);
    Result<> launch(const std::shared_ptr<Environment>& environment);
    void release(const std::shared_ptr<Environment>& environment);
    void forget(const std::string& functionKey, const std::string& id);
    void scheduleReclaim();
    void reclaim();

    const aws::Host& m_host;
    LogWriter& m_logs;
    const std::filesystem::path m_runtimes;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Environments> m_environments;
    std::set<std::string> m_retired; // busy, to be ended afterwards
    int m_running = 0; // launched and not ended: their threads use the pool
    bool m_closing = false;
    bool m_reclaimPlanned = false;
    std::unique_ptr<ClockTimer> m_reclaim;
};

}
