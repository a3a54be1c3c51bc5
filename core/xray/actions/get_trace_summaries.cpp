#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/xray/actions.h"
#include "core/xray/errors.h"
#include "core/xray/filter_expression.h"
#include "core/xray/time_range.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::size_t kPage = 100;
constexpr std::size_t kStride = 500; // tracks that are copied at once

json serviceJson(const Node& node, const std::string& account)
{
    return {{"Name", node.name}, {"Names", {node.name}}, {"AccountId", account}, {"Type", node.type}};
}

json summaryJson(const JoinedTrace& trace, const TraceFacts& facts, const std::string& account)
{
    json services = json::array();
    for (const auto& node : facts.nodes)
        services.push_back(serviceJson(node, account));
    json summary{{"Id", trace.id}, {"StartTime", trace.start()}, {"Duration", facts.duration},
        {"ResponseTime", facts.responseTime}, {"HasFault", facts.verdicts.fault},
        {"HasError", facts.verdicts.error}, {"HasThrottle", facts.verdicts.throttle},
        {"IsPartial", facts.isPartial}, {"Annotations", trace.annotations()}, {"Users", trace.users()},
        {"ServiceIds", std::move(services)}, {"ResourceARNs", json::array()}, {"InstanceIds", json::array()},
        {"AvailabilityZones", json::array()}, {"Revision", 1}};
    if (!facts.nodes.empty())
        summary["EntryPoint"] = serviceJson(facts.nodes.front(), account);
    auto& http = summary["Http"] = {{"HttpURL", facts.url}, {"HttpMethod", facts.method}};
    if (facts.status != 0)
        http["HttpStatus"] = facts.status;
    return summary;
}

// The sequence before which the page begins.
Result<std::uint64_t> beginOf(const json& input)
{
    if (!input.contains("NextToken"))
        return UINT64_MAX;
    const auto text = unbase64(input["NextToken"].get_ref<const std::string&>());
    const auto number = text ? parseInteger(*text) : std::nullopt;
    if (!number || *number < 0)
        return fail(errors::invalid("NextToken is not valid"));
    return static_cast<std::uint64_t>(*number);
}

}

Result<aws::Outcome> getTraceSummaries(
    XRayService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto range, rangeOf(input));
    CORE_TRY(const auto filter, FilterExpression::parse(input.value("FilterExpression", "")));
    CORE_TRY(auto before, beginOf(input));
    json summaries = json::array();
    std::int64_t processed = 0;
    std::optional<std::uint64_t> next;
    // Those that the chamber did not see are few: they come before the first page's others.
    if (!input.contains("NextToken")) {
        for (const auto& trace : toldTraces(service, range)) {
            ++processed;
            if (const auto facts = trace.facts(); filter.matches(facts))
                summaries.push_back(summaryJson(trace, facts, context.principal.account));
        }
    }
    for (bool more = true; more && !next;) {
        const auto tracks = service.host().tracer.latest(kStride, before);
        more = tracks.size() == kStride;
        for (const auto& track : tracks) {
            before = track.sequence;
            if (!range.holds(track))
                continue;
            ++processed;
            const JoinedTrace trace{track.id, track, service.book().documentsOf(track.id)};
            const auto facts = trace.facts();
            if (!filter.matches(facts))
                continue;
            if (summaries.size() >= kPage) {
                next = track.sequence + 1;
                break;
            }
            summaries.push_back(summaryJson(trace, facts, context.principal.account));
        }
    }
    context.span.step("Traces read", std::to_string(summaries.size()) + " of " + std::to_string(processed));
    json output{{"TraceSummaries", std::move(summaries)}, {"TracesProcessedCount", processed},
        {"ApproximateTime", static_cast<double>(context.now) / 1e6}};
    if (next)
        output["NextToken"] = base64(std::to_string(*next));
    return aws::Reply::of(std::move(output));
}

}
