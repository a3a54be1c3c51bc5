#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/cloudwatch/actions.h"
#include "core/cloudwatch/errors.h"
#include "core/cloudwatch/statistic.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace core::cloudwatch {

using nlohmann::json;

namespace {

constexpr std::size_t kPage = 500;
constexpr Micros kHour = 3600 * kSecond;
constexpr Micros kListed = 14 * 24 * kHour; // since when a metric has to have had a value

// In the order of what AWS does not say; a metric in two units is one.
using Found = std::map<std::string, json>;

bool hasDimensions(const aws::Metric& metric, const json& filters)
{
    return std::ranges::all_of(filters, [&](const json& filter) {
        return std::ranges::any_of(metric.dimensions, [&](const auto& dimension) {
            return dimension.first == filter["Name"].get_ref<const std::string&>()
                && (!filter.contains("Value") || filter["Value"] == dimension.second);
        });
    });
}

Found find(CloudWatchService& service, const aws::RequestContext& context, const json& input)
{
    const auto since = context.now - (input.contains("RecentlyActive") ? 3 * kHour : kListed);
    const auto name = input.value("MetricName", "");
    const auto filters = input.value("Dimensions", json::array());
    Found found;
    service.metrics().each(
        context.region, input.value("Namespace", ""), [&](const aws::Metric& metric, Micros latest) {
            if (latest >= since && (name.empty() || metric.name == name) && hasDimensions(metric, filters)) {
                auto shown = metricJson(metric);
                auto key = shown.dump();
                found.emplace(std::move(key), std::move(shown));
            }
            return true;
        });
    return found;
}

}

Result<aws::Outcome> listMetrics(
    CloudWatchService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    auto found = find(service, context, input);
    auto next = found.begin();
    if (input.contains("NextToken")) {
        const auto last = unbase64(input["NextToken"].get_ref<const std::string&>());
        if (!last || !json::accept(*last))
            return fail(errors::badToken());
        next = found.upper_bound(*last);
    }
    json metrics = json::array();
    json output = json::object();
    for (; next != found.end(); ++next) {
        if (metrics.size() == kPage) {
            output["NextToken"] = base64(std::prev(next)->first);
            break;
        }
        metrics.push_back(next->second);
    }
    output["Metrics"] = std::move(metrics);
    return aws::Reply::of(std::move(output));
}

}
