#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/cloudwatch/actions.h"
#include "core/cloudwatch/errors.h"
#include "core/cloudwatch/metric_math.h"
#include "core/cloudwatch/statistic.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace core::cloudwatch {

using nlohmann::json;

namespace {

constexpr std::size_t kMostQueries = 500;
constexpr std::int64_t kMostPoints = 100'800;

struct Query {
    std::string id;
    std::string label;
    bool isReturned = true;
    std::string expression; // or:
    aws::Metric metric;
    std::string unit;
    Statistic statistic;
    Window window;
};

bool isId(std::string_view id)
{
    if (id.empty() || id[0] < 'a' || id[0] > 'z')
        return false;
    return std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Result<Query> queryOf(
    const json& input, const json& given, const std::string& where, const std::string& region)
{
    Query query;
    query.id = given["Id"];
    if (!isId(query.id))
        return fail(errors::validation("The value " + query.id + " for parameter " + where
            + ".Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$."));
    query.isReturned = given.value("ReturnData", true);
    if (given.contains("MetricStat") == given.contains("Expression"))
        return fail(errors::validation("Exactly one of the parameters " + where + ".MetricStat and " + where
            + ".Expression must be specified."));
    if (given.contains("Expression")) {
        query.expression = given["Expression"];
        query.label = given.value("Label", query.id);
        return query;
    }
    const auto& stat = given["MetricStat"];
    query.metric = metricOf(region, stat["Metric"]);
    if (query.metric.space.empty())
        return fail(errors::missing(where + ".MetricStat.Metric.Namespace"));
    if (query.metric.name.empty())
        return fail(errors::missing(where + ".MetricStat.Metric.MetricName"));
    query.label = given.value("Label", query.metric.name);
    query.unit = stat.value("Unit", "");
    CORE_TRY(query.statistic, Statistic::parse(stat["Stat"], where + ".MetricStat.Stat"));
    CORE_TRY(query.window, windowOf(input, stat["Period"].get<std::int64_t>()));
    if (query.window.from >= query.window.to)
        return fail(errors::validation("The parameter StartTime must be less than the parameter EndTime."));
    query.window.alignsToPeriod = true;
    query.window.from -= query.window.from % query.window.period;
    return query;
}

Result<std::vector<Query>> queriesOf(const json& input, const std::string& region)
{
    const auto& given = input["MetricDataQueries"];
    if (given.empty())
        return fail(errors::missing("MetricDataQueries"));
    if (given.size() > kMostQueries)
        return fail(
            errors::validation("The collection MetricDataQueries must not have a size greater than 500."));
    std::vector<Query> queries;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto where = "MetricDataQueries.member." + std::to_string(i + 1);
        CORE_TRY(auto query, queryOf(input, given[i], where, region));
        if (!ids.insert(query.id).second)
            return fail(
                errors::validation("The values for parameter id in MetricDataQueries are not unique."));
        queries.push_back(std::move(query));
    }
    return queries;
}

// The queries' values, each read or reckoned once.
class Values {
public:
    Values(CloudWatchService& service, const std::vector<Query>& queries, Micros now)
        : m_service(service)
        , m_queries(queries)
        , m_now(now)
    {
    }

    Result<Series> of(const std::string& id)
    {
        if (const auto known = m_values.find(id); known != m_values.end())
            return known->second;
        const auto query = std::ranges::find(m_queries, id, &Query::id);
        if (query == m_queries.end())
            return fail(errors::validation("Error in expression: no query has the id " + id));
        if (!m_begun.insert(id).second)
            return fail(errors::validation("Error in expression: " + id + " is reckoned out of itself"));
        Series values;
        if (query->expression.empty()) {
            values = read(*query);
        } else {
            CORE_TRY(values, evaluate(query->expression, scope()));
        }
        return m_values[id] = std::move(values);
    }

private:
    // All units together, as AWS does where none is asked for.
    Series read(const Query& query) const
    {
        std::vector<aws::MetricPoint> all;
        for (auto& [unit, points] :
            readMetric(m_service.metrics(), query.metric, query.unit, query.window, m_now))
            std::ranges::move(points, std::back_inserter(all));
        std::ranges::stable_sort(all, {}, &aws::MetricPoint::at);
        Series values;
        for (const auto& period : byPeriod(all, query.window)) {
            if (const auto value = query.statistic.of(period.stats))
                values.emplace_back(period.at, *value);
        }
        return values;
    }

    MathScope scope()
    {
        MathScope scope;
        scope.series = [this](const std::string& id) { return of(id); };
        scope.metrics = [this]() -> Result<std::vector<Series>> {
            std::vector<Series> all;
            for (const auto& query : m_queries) {
                if (!query.expression.empty())
                    continue;
                CORE_TRY(auto values, of(query.id));
                all.push_back(std::move(values));
            }
            return all;
        };
        // The periods of the first metric: AWS wants those of an expression to be the same.
        const auto first = std::ranges::find(m_queries, std::string(), &Query::expression);
        if (first != m_queries.end()) {
            const auto& window = first->window;
            for (auto at = window.from; at < window.to && scope.moments.size() < kMostPoints;
                 at += window.period)
                scope.moments.push_back(at);
        }
        return scope;
    }

    CloudWatchService& m_service;
    const std::vector<Query>& m_queries;
    const Micros m_now;
    std::map<std::string, Series> m_values;
    std::set<std::string> m_begun;
};

// A page goes over the queries' points as if they were one list: the token is how many went before.
std::optional<std::size_t> offsetOf(const json& input)
{
    if (!input.contains("NextToken"))
        return 0;
    const auto text = unbase64(input["NextToken"].get_ref<const std::string&>());
    const auto number = text ? parseInteger(*text) : std::nullopt;
    return number && *number >= 0 ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

class Page {
public:
    Page(std::size_t skip, std::size_t most)
        : m_skip(skip)
        , m_left(most)
        , m_next(skip)
    {
    }

    void add(const Query& query, const Series& values)
    {
        const auto skipped = std::min(m_skip, values.size());
        m_skip -= skipped;
        const auto taken = std::min(m_left, values.size() - skipped);
        const bool whole = skipped + taken == values.size();
        m_isCut = m_isCut || !whole;
        if (skipped > 0 && taken == 0 && whole)
            return; // it was on an earlier page
        json times = json::array();
        json numbers = json::array();
        for (std::size_t i = skipped; i < skipped + taken; ++i) {
            times.push_back(static_cast<double>(values[i].first) / 1e6);
            numbers.push_back(values[i].second);
        }
        m_left -= taken;
        m_next += taken;
        m_results.push_back({{"Id", query.id}, {"Label", query.label}, {"Timestamps", std::move(times)},
            {"Values", std::move(numbers)}, {"StatusCode", whole ? "Complete" : "PartialData"}});
    }

    json shown() &&
    {
        json shown{{"MetricDataResults", std::move(m_results)}, {"Messages", json::array()}};
        if (m_isCut)
            shown["NextToken"] = base64(std::to_string(m_next));
        return shown;
    }

private:
    std::size_t m_skip;
    std::size_t m_left;
    std::size_t m_next;
    bool m_isCut = false;
    json m_results = json::array();
};

}

Result<aws::Outcome> getMetricData(
    CloudWatchService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto queries, queriesOf(input, context.region));
    const auto most = input.value("MaxDatapoints", kMostPoints);
    if (most < 1 || most > kMostPoints)
        return fail(errors::validation("The parameter MaxDatapoints must be between 1 and 100800."));
    const auto offset = offsetOf(input);
    if (!offset)
        return fail(errors::badToken());
    const bool newestFirst = input.value("ScanBy", "TimestampDescending") == "TimestampDescending";
    Page page(*offset, static_cast<std::size_t>(most));
    Values values(service, queries, context.now);
    for (const auto& query : queries) {
        if (query.expression.empty())
            context.touch(query.metric.space + " " + query.metric.name);
        if (!query.isReturned)
            continue;
        CORE_TRY(auto found, values.of(query.id));
        if (newestFirst)
            std::ranges::reverse(found);
        page.add(query, found);
    }
    return aws::Reply::of(std::move(page).shown());
}

}
