#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>

namespace core::dynamodb {

// A bound on the memory that several holders have together, each of which has its own bound too: beyond it
// what is oldest goes first, whoever holds it. Holders join, and leave before they end. Any thread.
class SharedBudget {
public:
    // Somebody who remembers things. Its members are called without any lock but the budget's; a holder calls
    // join, leave and enforce without its own.
    class Holder {
    public:
        virtual ~Holder() = default;
        // When the oldest thing was made or used, in a measure that all holders share; the largest value when
        // there is nothing.
        virtual std::int64_t oldest() const = 0;
        virtual void forgetSome() = 0; // a few of the oldest, at least one
    };

    explicit SharedBudget(std::size_t maxBytes)
        : m_maxBytes(maxBytes)
    {
    }

    void join(Holder& holder);
    void leave(Holder& holder);

    void add(std::size_t bytes) { m_bytes += bytes; }
    void remove(std::size_t bytes) { m_bytes -= bytes; }
    // After add.
    void enforce()
    {
        if (m_bytes > m_maxBytes)
            forgetOldest();
    }

    std::size_t bytes() const { return m_bytes; }
    // A measure for holders without one of their own: each use is later than all before.
    std::int64_t nextUse() { return ++m_uses; }

private:
    void forgetOldest();

    const std::size_t m_maxBytes;
    std::atomic<std::size_t> m_bytes = 0;
    std::atomic<std::int64_t> m_uses = 0;
    std::mutex m_mutex;
    std::set<Holder*> m_holders;
};

}
