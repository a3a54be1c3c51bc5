#include "core/lambda/batch_filter.h"

#include <algorithm>

namespace core::lambda {

Result<BatchFilter> BatchFilter::of(const EventSourceMapping& mapping)
{
    BatchFilter filter;
    for (const auto& text : mapping.filters) {
        CORE_TRY(auto pattern, aws::EventPattern::parse(text));
        filter.m_patterns.push_back(std::move(pattern));
    }
    return filter;
}

bool BatchFilter::passes(const nlohmann::json& record) const
{
    return m_patterns.empty()
        || std::any_of(m_patterns.begin(), m_patterns.end(),
            [&](const aws::EventPattern& pattern) { return pattern.matches(record); });
}

}
