#pragma once

#include "core/aws/service.h"
#include "core/lambda/concurrency_book.h"
#include "core/lambda/environment.h"
#include "core/trace/tracer.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace core::lambda {

// AWS scales a function by up to 1,000 environments; one computer has ten, and what is provisioned. The
// other synchronous invocations that AWS admits wait for one of them.
inline constexpr int kMaxEnvironments = 10;
// Idle environments are reclaimed after this time on the chamber's clock.
inline constexpr Micros kIdleLifetime = 10 * 60 * kSecond;

class EnvironmentPool;

// How far the provisioned environments of a version are.
struct ProvisionedView {
    int allocated = 0;
    int available = 0; // not busy
    int starting = 0;
    std::string failure; // of the latest start, "" when it went well
};

// An environment on loan to one invocation; goes back to its pool when this dies, which gives it to others
// when the event is done with.
class EnvironmentLease {
public:
    EnvironmentLease(EnvironmentPool& pool, std::shared_ptr<Environment> environment, bool cold,
        ConcurrencyBook::Ticket ticket = {})
        : m_pool(&pool)
        , m_environment(std::move(environment))
        , m_cold(cold)
        , m_ticket(std::move(ticket))
    {
    }
    ~EnvironmentLease();
    EnvironmentLease(EnvironmentLease&& other) noexcept = default;
    EnvironmentLease& operator=(EnvironmentLease&&) = delete;

    Environment& operator*() const { return *m_environment; }
    Environment* operator->() const { return m_environment.get(); }
    bool isCold() const { return m_cold; } // to be launched first
    Result<> launch();
    // Called with how the event was done with, before others get the environment: on its own thread when it
    // is told `apart`, where it may wait.
    void whenSettled(bool apart, Environment::Settled finish);
    // A new environment, not launched, in the place of this one, which is ended; its extensions hear why.
    void replace(std::string_view reason);

private:
    EnvironmentPool* m_pool;
    std::shared_ptr<Environment> m_environment;
    bool m_cold;
    ConcurrencyBook::Ticket m_ticket;
    bool m_settlesApart = false;
    Environment::Settled m_finish;
};

// All execution environments of all functions. An invocation that the book of concurrency admits takes the
// idle environment of its version that was used last, else a new one, else waits in line, where AWS would
// start one more, for at most the function's time-out; an asynchronous one, which comes again, is throttled.
// Environments of an older generation of $LATEST are ended as soon as they are free; provisioned ones stay.
// Any thread.
//
// environment_pool.cpp has their lives, environment_choice.cpp which one an invocation gets,
// provisioned_environments.cpp those that no idle time ends.
class EnvironmentPool {
public:
    EnvironmentPool(const aws::Host& host, ConcurrencyBook& concurrency, std::filesystem::path runtimes);
    ~EnvironmentPool();

    // Ends all of them at once, also in the middle of an invocation, and waits for their threads; starts no
    // more.
    void close();

    // Says in steps what it chose and why.
    Result<EnvironmentLease> acquire(
        std::shared_ptr<const Function> function, trace::SpanScope& span, bool synchronous);

    // A new provisioned environment of a version, to be warmed up; nothing when there are `wanted` already.
    std::optional<EnvironmentLease> addProvisioned(std::shared_ptr<const Function> version, int wanted);
    // Ends those beyond `wanted`: idle ones at once, busy ones afterwards.
    void trimProvisioned(const std::string& functionKey, const std::string& version, int wanted);
    ProvisionedView provisioned(const std::string& functionKey, const std::string& version) const;
    void setProvisionFailure(const std::string& functionKey, const std::string& version, std::string failure);
    DebugBook& debugging() { return m_debugging; }
    // Called, from any thread, when a provisioned environment has ended by itself.
    void onLost(std::function<void(const std::string& functionKey)> lost);

    // Ends those that are idle, and those that are busy after their invocation; of all generations, and of
    // all versions when `version` is empty. Returns how many were idle.
    int endIdle(const std::string& functionKey, std::string_view version = {});
    // The same without waiting, and new ones may start.
    void endAll();
    std::vector<EnvironmentView> list(const std::string& functionKey) const;
    std::map<std::string, std::vector<EnvironmentView>> listAll() const; // by the functions' keys
    int waiting(const std::string& functionKey) const; // invocations in line
    std::shared_ptr<Environment> find(const std::string& functionKey, std::string_view id) const;
    // Ends one, a busy one after its invocation. False when there is no such.
    bool reclaimOne(const std::string& functionKey, const std::string& id);

private:
    friend class EnvironmentLease;
    using Environments = std::vector<std::shared_ptr<Environment>>;

    // What there is for an invocation; without an environment, why not.
    struct Choice {
        std::shared_ptr<Environment> environment;
        bool warm = false;
        bool debugged = false;
        bool full = false; // all that this computer has are busy
        bool soon = false; // there is one that settles
        std::size_t count = 0;
    };
    struct Waiter {
        Micros since = 0;
        std::condition_variable turn;
    };
    // Invocations of one function that wait.
    struct Queue {
        std::deque<Waiter*> line; // for one that is freed; the first is told
        std::condition_variable settled;
        int hoping = 0; // for one that settles

        void callFirst();
        bool isOverdue() const;
    };

    Choice choose(
        const std::shared_ptr<const Function>& function, Environments& outdated, bool hopes = false);
    bool mayHope(const Environments& environments, const Function& function) const;
    Choice hope(const std::shared_ptr<const Function>& function, Environments& outdated,
        std::unique_lock<std::mutex>& lock);
    Choice await(const std::shared_ptr<const Function>& function, Environments& outdated,
        std::unique_lock<std::mutex>& lock);
    void noteChoice(const Choice& choice, trace::SpanScope& span) const;
    std::shared_ptr<Environment> create(std::shared_ptr<const Function> function, bool provisioned) const;
    std::shared_ptr<Environment> takeIdle(const Environments& environments, const Function& function);
    bool makeRoom(Environments& environments, Environments& outdated);
    Result<> launch(const std::shared_ptr<Environment>& environment);
    void release(
        const std::shared_ptr<Environment>& environment, bool apart, const Environment::Settled& finish);
    void putBack(const std::shared_ptr<Environment>& environment);
    bool forget(const std::string& functionKey, const std::string& id);
    void scheduleReclaim(Micros lastUsed);
    void reclaim();

    const aws::Host& m_host;
    ConcurrencyBook& m_concurrency;
    const std::filesystem::path m_runtimes;
    const ControlGroups m_groups;
    DebugBook m_debugging;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Environments> m_environments;
    std::map<std::string, Queue> m_queues; // by the functions' keys, as the environments
    std::set<std::string> m_retired; // busy, to be ended afterwards
    std::map<std::string, std::string> m_provisionFailures; // by function and version
    std::function<void(const std::string&)> m_lost;
    int m_running = 0; // launched and not ended: their threads use the pool
    bool m_closing = false;
    bool m_reclaimPlanned = false;
    std::unique_ptr<ClockTimer> m_reclaim;
};

}
