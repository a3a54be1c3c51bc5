#include "core/cloudwatch/metric_math.h"

#include "core/base/text.h"
#include "core/cloudwatch/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <variant>

namespace core::cloudwatch {

namespace {

constexpr int kDeepest = 50;

using List = std::vector<Series>;
using Value = std::variant<double, Series, List>;

Error malformed(const std::string& why)
{
    return errors::validation("Error in expression: " + why);
}

double apply(char sign, double a, double b)
{
    switch (sign) {
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        return b == 0 ? std::nan("") : a / b;
    }
}

Series joined(const Series& a, const Series& b, const std::function<double(double, double)>& join)
{
    Series result;
    auto other = b.begin();
    for (const auto& [at, value] : a) {
        while (other != b.end() && other->first < at)
            ++other;
        if (other != b.end() && other->first == at)
            result.emplace_back(at, join(value, other->second));
    }
    return result;
}

Series mapped(Series series, const std::function<double(double)>& change)
{
    for (auto& [at, value] : series)
        value = change(value);
    return series;
}

void dropWhatIsNoNumber(Series& series)
{
    std::erase_if(series, [](const auto& point) { return !std::isfinite(point.second); });
}

double reduce(const std::string& name, const std::vector<double>& values)
{
    if (values.empty())
        return std::nan("");
    if (name == "MIN")
        return *std::ranges::min_element(values);
    if (name == "MAX")
        return *std::ranges::max_element(values);
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    return name == "SUM" ? sum : sum / static_cast<double>(values.size());
}

// Of several series at each moment that any of them has.
Series reduce(const std::string& name, const List& list)
{
    std::map<Micros, std::vector<double>> values;
    for (const auto& series : list) {
        for (const auto& [at, value] : series)
            values[at].push_back(value);
    }
    Series result;
    for (const auto& [at, all] : values)
        result.emplace_back(at, reduce(name, all));
    return result;
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Reads and reckons in one go: expressions are short.
class Reckoner {
public:
    Reckoner(std::string_view text, const MathScope& scope)
        : m_rest(text)
        , m_scope(scope)
    {
    }

    Result<Value> whole()
    {
        CORE_TRY(auto value, sum());
        skip();
        if (!m_rest.empty())
            return fail(malformed("'" + std::string(m_rest.substr(0, 20)) + "' is not expected"));
        return value;
    }

private:
    void skip() { m_rest = trimmed(m_rest); }
    bool take(char sign)
    {
        skip();
        if (!m_rest.starts_with(sign))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    Result<> want(char sign)
    {
        if (take(sign))
            return {};
        return fail(malformed(std::string("'") + sign + "' is missing"));
    }

    static Result<Value> combine(char sign, Value a, Value b)
    {
        if (std::holds_alternative<List>(a) || std::holds_alternative<List>(b))
            return fail(malformed("several series are taken by SUM, AVG, MIN and MAX alone"));
        const auto* x = std::get_if<double>(&a);
        const auto* y = std::get_if<double>(&b);
        if (x && y)
            return apply(sign, *x, *y);
        if (x)
            return mapped(
                std::get<Series>(std::move(b)), [&](double value) { return apply(sign, *x, value); });
        if (y)
            return mapped(
                std::get<Series>(std::move(a)), [&](double value) { return apply(sign, value, *y); });
        return joined(std::get<Series>(a), std::get<Series>(b),
            [&](double one, double other) { return apply(sign, one, other); });
    }

    Result<Value> sum()
    {
        CORE_TRY(auto left, product());
        for (;;) {
            const char sign = take('+') ? '+' : take('-') ? '-' : '\0';
            if (sign == '\0')
                return left;
            CORE_TRY(auto right, product());
            CORE_TRY(left, combine(sign, std::move(left), std::move(right)));
        }
    }

    Result<Value> product()
    {
        CORE_TRY(auto left, factor());
        for (;;) {
            const char sign = take('*') ? '*' : take('/') ? '/' : '\0';
            if (sign == '\0')
                return left;
            CORE_TRY(auto right, factor());
            CORE_TRY(left, combine(sign, std::move(left), std::move(right)));
        }
    }

    Result<Value> factor()
    {
        if (++m_depth > kDeepest)
            return fail(malformed("it nests deeper than 50 levels"));
        auto value = plainFactor();
        --m_depth;
        return value;
    }

    Result<Value> plainFactor()
    {
        if (take('-')) {
            CORE_TRY(auto value, factor());
            return combine('*', -1.0, std::move(value));
        }
        if (take('(')) {
            CORE_TRY(auto value, sum());
            CORE_CHECK(want(')'));
            return value;
        }
        if (take('['))
            return list();
        skip();
        if (m_rest.empty())
            return fail(malformed("it ends too early"));
        if ((m_rest[0] >= '0' && m_rest[0] <= '9') || m_rest[0] == '.')
            return number();
        const auto end = std::ranges::find_if_not(m_rest, isNameCharacter);
        const std::string name(m_rest.begin(), end);
        if (name.empty())
            return fail(errors::unsupported("'" + std::string(m_rest.substr(0, 1)) + "' in metric math"));
        m_rest.remove_prefix(name.size());
        if (take('('))
            return function(toUpper(name));
        CORE_TRY(auto series, m_scope.series(name));
        return Value(std::move(series));
    }

    Result<Value> number()
    {
        double value = 0;
        const auto [end, problem] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (problem != std::errc())
            return fail(malformed("'" + std::string(m_rest.substr(0, 20)) + "' is no number"));
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }

    Result<Value> list()
    {
        List all;
        do {
            CORE_TRY(auto value, sum());
            if (!std::holds_alternative<Series>(value))
                return fail(malformed("a list is of series"));
            all.push_back(std::get<Series>(std::move(value)));
        } while (take(','));
        CORE_CHECK(want(']'));
        return Value(std::move(all));
    }

    Result<Value> function(const std::string& name)
    {
        constexpr std::array<std::string_view, 9> known{
            "ABS", "CEIL", "FLOOR", "FILL", "SUM", "AVG", "MIN", "MAX", "METRICS"};
        if (std::ranges::find(known, name) == known.end())
            return fail(errors::unsupported("the function " + name + " of metric math"));
        if (name == "METRICS") {
            if (!take(')'))
                return fail(errors::unsupported("METRICS() with a filter"));
            CORE_TRY(auto metrics, m_scope.metrics());
            return Value(std::move(metrics));
        }
        CORE_TRY(auto argument, sum());
        if (name == "FILL") {
            CORE_CHECK(want(','));
            CORE_TRY(auto filling, sum());
            CORE_CHECK(want(')'));
            return fill(std::move(argument), filling);
        }
        CORE_CHECK(want(')'));
        if (name == "ABS" || name == "CEIL" || name == "FLOOR")
            return each(name, std::move(argument));
        return reduced(name, argument);
    }

    Result<Value> fill(Value series, const Value& filling) const
    {
        const auto* value = std::get_if<double>(&filling);
        const auto* known = std::get_if<Series>(&series);
        if (!value || !known)
            return fail(errors::unsupported("FILL but of a series with a number"));
        Series filled;
        auto next = known->begin();
        for (const auto at : m_scope.moments) {
            while (next != known->end() && next->first < at)
                ++next;
            filled.emplace_back(at, next != known->end() && next->first == at ? next->second : *value);
        }
        return Value(std::move(filled));
    }

    static Result<Value> each(const std::string& name, Value argument)
    {
        const auto change = [&](double value) {
            return name == "ABS" ? std::fabs(value) : name == "CEIL" ? std::ceil(value) : std::floor(value);
        };
        if (const auto* value = std::get_if<double>(&argument))
            return change(*value);
        if (auto* series = std::get_if<Series>(&argument))
            return mapped(std::move(*series), change);
        return fail(malformed(name + " takes one series"));
    }

    static Result<Value> reduced(const std::string& name, const Value& argument)
    {
        if (const auto* all = std::get_if<List>(&argument))
            return Value(reduce(name, *all));
        if (const auto* value = std::get_if<double>(&argument))
            return *value;
        std::vector<double> values;
        for (const auto& [at, value] : std::get<Series>(argument))
            values.push_back(value);
        return reduce(name, values);
    }

    std::string_view m_rest;
    const MathScope& m_scope;
    int m_depth = 0;
};

}

Result<Series> evaluate(std::string_view expression, const MathScope& scope)
{
    CORE_TRY(auto value, Reckoner(expression, scope).whole());
    auto* series = std::get_if<Series>(&value);
    if (!series)
        return fail(malformed("its value is no time series"));
    dropWhatIsNoNumber(*series);
    return std::move(*series);
}

}
