#pragma once

#include "core/logs/json_pattern.h"

#include <string>
#include <string_view>
#include <vector>

namespace core::logs {

// A CloudWatch Logs filter pattern of terms: `a b` (both), `"a b"` (the phrase), `?a ?b` (any), `-a`
// (without); or one over JSON members, in braces. An empty pattern matches every message. Terms are
// case-sensitive. Patterns over columns are refused.
class FilterPattern {
public:
    static Result<FilterPattern> parse(std::string_view text);
    bool matches(std::string_view message) const;

private:
    std::vector<std::string> m_all;
    std::vector<std::string> m_any;
    std::vector<std::string> m_none;
    std::optional<JsonPattern> m_json;
};

}
