#pragma once

#include "core/apigateway/vtl/level.h"
#include "core/apigateway/vtl/renderer.h"

#include <chrono>
#include <type_traits>

namespace core::apigateway::vtl {

// What a rendering has used of its limits. One a rendering; each error it gives ends that.
class RenderBudget {
public:
    RenderBudget(const Limits& limits, const Heap& heap)
        : m_limits(limits)
        , m_heap(heap)
    {
    }

    const Limits& limits() const { return m_limits; }

    // One node or operation more.
    Result<> step()
    {
        if (++m_steps > m_limits.steps)
            return fail(ErrorKind::TooLarge, "TemplateTooLong", "A template ran through too many steps");
        if (m_heap.isFull())
            return fail(tooLarge());
        return m_steps % kTimedEvery == 1 ? checkTime() : Result<>();
    }

    Result<> checkTime() const
    {
        if (std::chrono::steady_clock::now() >= m_limits.deadline)
            return fail(tooLong());
        return {};
    }

    // Runs what a macro, a #define or an #evaluate leads to.
    template <typename Work> std::invoke_result_t<Work> called(Work work)
    {
        if (m_calls >= m_limits.depth)
            return fail(ErrorKind::TooLarge, "TemplateTooDeep",
                "Macros, #define and #evaluate call each other too deeply");
        const Level level(m_calls);
        return work();
    }

    // Expressions that are being evaluated stand within each other, across macros and strings.
    Level nest() { return Level(m_nesting); }
    Result<> checkNesting() const
    {
        if (m_nesting > kMaxNesting)
            return fail(ErrorKind::TooLarge, "TemplateTooDeep", "Expressions hold each other too deeply");
        return {};
    }

private:
    static constexpr int kMaxNesting = 2000; // on the thread's stack
    static constexpr std::int64_t kTimedEvery = 16;

    const Limits& m_limits;
    const Heap& m_heap;
    std::int64_t m_steps = 0;
    int m_calls = 0;
    int m_nesting = 0;
};

}
