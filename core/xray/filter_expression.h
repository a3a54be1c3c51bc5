#pragma once

#include "core/base/result.h"
#include "core/xray/segments.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace core::xray {

// What a filter expression is asked about.
struct TraceFacts {
    double responseTime = 0; // of the entry point
    double duration = 0; // from its first to its last moment
    int status = 0;
    std::string method;
    std::string url;
    Verdicts verdicts;
    bool isPartial = false;
    std::vector<Node> nodes;
};

// X-Ray's filter expressions: comparisons of responsetime, duration, http.status, http.method, http.url, of
// ok, error, fault, throttle and partial (alone, too), and service("name") or service(id(name: "…", type:
// "…")), with a condition on that service in braces; joined by AND, OR, NOT or "!", and brackets. What else
// AWS has is refused by name, anything else as no expression. Pure; a parsed expression may be asked by any
// thread.
class FilterExpression {
public:
    static Result<FilterExpression> parse(std::string_view text);
    bool matches(const TraceFacts& facts) const { return m_test(facts); }

    using Test = std::function<bool(const TraceFacts&)>;

private:
    explicit FilterExpression(Test test)
        : m_test(std::move(test))
    {
    }

    Test m_test;
};

}
