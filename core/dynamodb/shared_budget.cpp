#include "core/dynamodb/shared_budget.h"

#include <algorithm>
#include <limits>

namespace core::dynamodb {

void SharedBudget::join(Holder& holder)
{
    std::lock_guard guard(m_mutex);
    m_holders.insert(&holder);
}

void SharedBudget::leave(Holder& holder)
{
    std::lock_guard guard(m_mutex);
    m_holders.erase(&holder);
}

void SharedBudget::forgetOldest()
{
    std::lock_guard guard(m_mutex);
    while (m_bytes > m_maxBytes) {
        Holder* oldest = nullptr;
        auto least = std::numeric_limits<std::int64_t>::max();
        for (auto* holder : m_holders) {
            if (const auto moment = holder->oldest(); moment < least) {
                least = moment;
                oldest = holder;
            }
        }
        if (!oldest)
            return;
        oldest->forgetSome();
    }
}

}
