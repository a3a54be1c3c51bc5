#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::cloudwatch {

using Series = std::vector<std::pair<Micros, double>>; // in the order of time

// What an expression is over: the series of the other queries by their ids, those of METRICS(), and the
// moments that FILL fills.
struct MathScope {
    std::function<Result<Series>(const std::string& id)> series;
    std::function<Result<std::vector<Series>>()> metrics;
    std::vector<Micros> moments;
};

// CloudWatch's metric math: numbers, ids, + - * / and brackets; ABS, CEIL, FLOOR, FILL; SUM, AVG, MIN and MAX
// of a series or of several ([a, b], METRICS()). What else AWS has is refused by name. Where series are
// joined, a moment that one of them has not is left out, and so is a division by zero. Errors are AWS's
// ValidationError.
Result<Series> evaluate(std::string_view expression, const MathScope& scope);

}
