#pragma once

#include "core/aws/event_pattern.h"
#include "core/lambda/event_source_mapping.h"

namespace core::lambda {

// The patterns of a mapping's FilterCriteria: a record passes when one of them matches, or there are none.
// Immutable; any thread.
class BatchFilter {
public:
    // Error: a pattern that is none, which the mapping's rules do not let in.
    static Result<BatchFilter> of(const EventSourceMapping& mapping);
    bool passes(const nlohmann::json& record) const;
    bool isEmpty() const { return m_patterns.empty(); }

private:
    std::vector<aws::EventPattern> m_patterns;
};

}
