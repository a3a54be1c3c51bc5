#include "core/lambda/environment_pool.h"

#include "core/lambda/errors.h"
#include "core/lambda/log_lines.h"

#include <algorithm>
#include <chrono>

// The pool's part in which environment an invocation gets.
namespace core::lambda {

namespace {

// The next event of one caller comes sooner here than anybody's over a network: what AWS would find idle has
// answered a moment ago, and is about to ask for its next event.
constexpr auto kSettlePatience = std::chrono::seconds(1);

// Who comes when an environment is free takes it at once, which is quicker than waking another thread; but
// not when the first in line has waited for so long.
constexpr Micros kOvertaking = 10'000;

bool canServe(const Environment& environment, const Function& function)
{
    const auto& its = *environment.function();
    return its.version == function.version && its.generation == function.generation
        && !environment.hasEnded();
}

}

void EnvironmentPool::Queue::callFirst()
{
    if (!line.empty())
        line.front()->turn.notify_one();
}

bool EnvironmentPool::Queue::isOverdue() const
{
    return !line.empty() && steadyMicros() - line.front()->since > kOvertaking;
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
        if (environment->state == EnvironmentState::Idle && canServe(*environment, function)
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
            return environment->state == EnvironmentState::Settling && canServe(*environment, function)
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
    auto ticket = m_concurrency.admit(*function, synchronous);
    if (!ticket) {
        span.step("Throttled", "Concurrency: " + ticket.error().members, trace::Verdict::Fail);
        return fail(std::move(ticket).error());
    }
    Environments outdated;
    std::unique_lock lock(m_mutex);
    Choice choice;
    choice.full = synchronous && m_queues[function->key()].isOverdue();
    if (!choice.full)
        choice = choose(function, outdated, true);
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
    Waiter self;
    self.since = steadyMicros();
    queue.line.push_back(&self);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(function->timeout);
    for (bool inTime = true; choice.full && inTime && !m_closing;) {
        inTime = self.turn.wait_until(lock, until) == std::cv_status::no_timeout;
        // Also in its last moment: nobody else was told of what is free then.
        if (queue.line.front() == &self)
            choice = choose(function, outdated);
    }
    std::erase(queue.line, &self);
    // Another was freed before this one had woken.
    if (takeIdle(m_environments[function->key()], *function))
        queue.callFirst();
    return choice;
}

int EnvironmentPool::waiting(const std::string& functionKey) const
{
    const std::lock_guard guard(m_mutex);
    const auto queue = m_queues.find(functionKey);
    return queue == m_queues.end() ? 0 : static_cast<int>(queue->second.line.size());
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

}
