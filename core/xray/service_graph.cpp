#include "core/xray/service_graph.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::string_view kClient = "client";

json histogramJson(const GraphStatistics& statistics)
{
    json entries = json::array();
    for (const auto& [value, count] : statistics.histogram)
        entries.push_back({{"Value", value}, {"Count", count}});
    return entries;
}

json summaryJson(const GraphStatistics& statistics)
{
    return {{"OkCount", statistics.ok},
        {"ErrorStatistics",
            {{"ThrottleCount", statistics.throttles}, {"OtherCount", statistics.errors},
                {"TotalCount", statistics.throttles + statistics.errors}}},
        {"FaultStatistics", {{"OtherCount", statistics.faults}, {"TotalCount", statistics.faults}}},
        {"TotalCount", statistics.total()}, {"TotalResponseTime", statistics.time}};
}

void addMeasures(json& into, const GraphStatistics& statistics)
{
    into["StartTime"] = statistics.first;
    into["EndTime"] = statistics.last;
    into["SummaryStatistics"] = summaryJson(statistics);
    into["ResponseTimeHistogram"] = histogramJson(statistics);
}

}

void GraphStatistics::add(const Visit& visit)
{
    const auto& verdicts = visit.node.verdicts;
    if (verdicts.throttle)
        ++throttles;
    else if (verdicts.fault)
        ++faults;
    else if (verdicts.error)
        ++errors;
    else
        ++ok;
    const double length = visit.node.responseTime;
    time += length;
    ++histogram[std::round(length * 1000) / 1000];
    first = total() == 1 ? visit.start : std::min(first, visit.start);
    last = std::max(last, visit.start + length);
}

std::size_t ServiceGraph::placeOf(const Key& key)
{
    const auto known = std::ranges::find(m_keys, key);
    if (known != m_keys.end())
        return static_cast<std::size_t>(known - m_keys.begin());
    m_keys.push_back(key);
    m_services.emplace_back();
    return m_keys.size() - 1;
}

void ServiceGraph::add(const std::vector<Visit>& visits)
{
    std::vector<std::size_t> places;
    for (const auto& visit : visits) {
        const auto place = placeOf({visit.node.name, visit.node.type});
        places.push_back(place);
        m_services[place].statistics.add(visit);
        if (visit.caller) {
            m_services[places[*visit.caller]].edges[place].add(visit);
            continue;
        }
        m_services[place].isRoot = true;
        const auto client = placeOf({std::string(), std::string(kClient)});
        m_services[client].statistics.add(visit);
        m_services[client].edges[place].add(visit);
    }
}

json ServiceGraph::shown(const std::string& account) const
{
    auto services = json::array();
    for (std::size_t place = 0; place < m_keys.size(); ++place) {
        const auto& [name, type] = m_keys[place];
        const auto& service = m_services[place];
        auto edges = json::array();
        for (const auto& [other, statistics] : service.edges) {
            json edge{{"ReferenceId", other}, {"Aliases", json::array()}};
            addMeasures(edge, statistics);
            edges.push_back(std::move(edge));
        }
        // What has no segments of its own is known from its callers alone.
        const bool isInferred = !type.starts_with("AWS::Lambda") && type != "AWS::ApiGateway::Stage";
        json whole{{"ReferenceId", place}, {"Type", type}, {"AccountId", account},
            {"State", isInferred ? "unknown" : "active"}, {"Root", service.isRoot},
            {"Edges", std::move(edges)}, {"DurationHistogram", histogramJson(service.statistics)}};
        if (!name.empty()) {
            whole["Name"] = name;
            whole["Names"] = json::array({name});
        }
        addMeasures(whole, service.statistics);
        services.push_back(std::move(whole));
    }
    return services;
}

}
