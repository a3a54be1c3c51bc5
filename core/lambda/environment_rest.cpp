#include "core/lambda/environment.h"

// What an environment does between two events: it settles, and then it stands still.
namespace core::lambda {

namespace {

// To stop and start its processes takes longer than many a function: the next event of a busy one comes
// before. AWS's environments, too, run on for a moment after their answer.
constexpr Micros kFreezeDelay = 10 * kMillisecond;

}

void Environment::rest()
{
    const std::lock_guard guard(m_restMutex);
    m_resting = !m_parts.debug;
    if (m_resting && m_api.isWaiting())
        freezeSoon();
}

void Environment::settle(bool apart, Settled settled)
{
    {
        const std::lock_guard guard(m_restMutex);
        m_settled = std::move(settled);
        m_settlesApart = apart;
        // What happens from here on looks for who waits.
        const bool runs = m_listener && !m_down && !hasEnded();
        if (runs && !m_api.isWaiting())
            return m_alarm.plan(m_phaseBy);
    }
    settleNow();
}

// Its last request of an invocation; what it still does after its answer is part of it, as on AWS.
void Environment::runtimeWaits()
{
    {
        const std::lock_guard guard(m_restMutex);
        if (!m_api.isWaiting())
            return;
        if (m_resting)
            freezeSoon();
        if (!m_settled)
            return;
        if (m_settlesApart)
            return m_alarm.ring();
    }
    settleNow();
}

// Without `end`: as its programs are now. Whoever was told to end has no fault in that.
void Environment::settleNow(std::optional<RuntimeAnswer> end)
{
    Settled settled;
    {
        const std::lock_guard guard(m_restMutex);
        settled = std::exchange(m_settled, nullptr);
    }
    if (!settled)
        return;
    RuntimeAnswer ready;
    ready.kind = RuntimeAnswer::Kind::Ready;
    {
        const std::lock_guard guard(m_processMutex);
        if (!end && !m_wantedEnd)
            end = m_api.ended();
    }
    settled(end.value_or(std::move(ready)));
}

// Under the mutex of the rest.
void Environment::freezeSoon()
{
    m_freezeAt = steadyMicros() + kFreezeDelay;
    m_alarm.plan(m_freezeAt);
}

// On its thread: does what is due. When to look again, 0 for never.
Micros Environment::lookAtPlans()
{
    bool settles = false;
    bool late = false;
    bool ends = false;
    {
        const std::lock_guard guard(m_restMutex);
        const auto now = steadyMicros();
        if (m_freezeAt != 0 && now >= m_freezeAt) {
            m_freezeAt = 0;
            setFrozen(true);
        }
        if (m_settled) {
            settles = m_down || m_api.isWaiting();
            late = !settles && now >= m_phaseBy;
        }
        ends = m_endBy != 0 && now >= m_endBy;
        if (!settles && !late && !ends) {
            const auto next = earlier(earlier(m_freezeAt, m_settled ? m_phaseBy : 0), m_endBy);
            m_alarm.arm(next);
            return next;
        }
        if (ends)
            m_endBy = 0;
    }
    if (ends)
        end();
    RuntimeAnswer tooLong;
    tooLong.kind = RuntimeAnswer::Kind::TimedOut;
    if (late)
        settleNow(std::move(tooLong));
    else if (settles)
        settleNow();
    return lookAtPlans();
}

void Environment::freeze()
{
    const std::lock_guard guard(m_restMutex);
    m_resting = true;
    setFrozen(true);
}

void Environment::thaw()
{
    const std::lock_guard guard(m_restMutex);
    m_resting = false;
    m_freezeAt = 0;
    setFrozen(false);
}

// Under the mutex of the rest.
void Environment::setFrozen(bool wanted)
{
    const std::lock_guard guard(m_processMutex);
    if (!m_process || m_frozen == wanted)
        return;
    // A delivery to an extension that stands still would seem to be lost: its end asks again.
    if (wanted && !m_telemetry.pause())
        return;
    m_frozen = wanted;
    if (wanted)
        return m_process->freeze();
    m_process->thaw();
    m_telemetry.resume();
}

}
