#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/filter_pages.h"
#include "core/logs/filter_pattern.h"
#include "core/logs/filter_store.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr int kMostMetricFilters = 100; // of a group

Result<> checkTransformation(const json& wanted)
{
    if (wanted.contains("dimensions") && wanted.contains("defaultValue"))
        return fail(errors::invalidParameter("Invalid metric transformation: dimensions and default value "
                                             "are mutually exclusive properties."));
    if (wanted.at("metricNamespace").get_ref<const std::string&>().starts_with("AWS/"))
        return fail(
            errors::invalidParameter("Invalid metric transformation: namespace must not start with AWS/."));
    return {};
}

bool isOfMetric(const json& filter, const json& input)
{
    const auto& wanted = filter.at("metricTransformations").at(0);
    return (!input.contains("metricName") || wanted.at("metricName") == input.at("metricName"))
        && (!input.contains("metricNamespace")
            || wanted.at("metricNamespace") == input.at("metricNamespace"));
}

// A page of several groups goes on after "<group>:<filter>"; neither name has a colon.
Result<std::pair<std::string, std::string>> namedPair(const json& input)
{
    CORE_TRY(const auto name, namedByToken(input));
    const auto colon = name.find(':');
    if (colon == std::string::npos)
        return std::pair(std::string(), std::string());
    return std::pair(name.substr(0, colon), name.substr(colon + 1));
}

}

Result<Outcome> putMetricFilter(LogsService&, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    context.touch(ref.group);
    CORE_CHECK(FilterPattern::parse(input.at("filterPattern").get_ref<const std::string&>()));
    CORE_CHECK(checkTransformation(input.at("metricTransformations").at(0)));
    const json record = {{"filterName", input.at("filterName")}, {"logGroupName", ref.group},
        {"filterPattern", input.at("filterPattern")},
        {"metricTransformations", input.at("metricTransformations")}, {"creationTime", millis(context.now)}};
    return std::make_unique<LogWrite>([ref, record](store::Transaction& transaction) {
        return putFilter(transaction, kMetricFilters, ref, record, kMostMetricFilters);
    });
}

Result<Outcome> deleteMetricFilter(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    return std::make_unique<LogWrite>(
        [ref, name = request.input().at("filterName").get<std::string>()](
            store::Transaction& transaction) { return eraseFilter(transaction, kMetricFilters, ref, name); });
}

Result<Outcome> describeMetricFilters(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto after, namedPair(input));
    const auto reader = service.readSettled();
    FilterPage page("metricFilters", input);
    const auto describe = [&](const GroupRef& ref) {
        bool more = true;
        scanFilters(*reader, kMetricFilters, ref, page.prefix(),
            ref.group == after.first ? after.second : std::string(), [&](const json& filter) {
                if (isOfMetric(filter, input))
                    more = page.take(filter, ref.group + ':' + filter.at("filterName").get<std::string>());
                return more;
            });
        return more;
    };
    if (input.contains("logGroupName")) {
        CORE_TRY(const auto ref, groupOf(context, input));
        if (!readGroup(*reader, ref))
            return fail(errors::groupNotFound());
        describe(ref);
        return aws::Reply::of(page.output());
    }
    scanGroups(*reader, context.region, {}, {}, [&](const LogGroup& group) {
        return group.metricFilters == 0 || group.name < after.first || describe({context.region, group.name});
    });
    return aws::Reply::of(page.output());
}

}
