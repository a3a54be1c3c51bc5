#include "core/xray/segments.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/trace/trace_header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace core::xray {

using nlohmann::json;
using trace::Span;
using trace::Track;

namespace {

constexpr std::string_view kStageType = "AWS::ApiGateway::Stage";
constexpr std::string_view kLambdaType = "AWS::Lambda";
constexpr std::string_view kFunctionType = "AWS::Lambda::Function";

struct ServiceName {
    std::string_view id;
    std::string_view name; // as SDKs name their subsegments
    std::string_view type;
};
constexpr std::array<ServiceName, 7> kServices{{{"dynamodb", "DynamoDB", "AWS::DynamoDB::Table"},
    {"s3", "S3", "AWS::S3::Bucket"}, {"lambda", "Lambda", kLambdaType},
    {"logs", "CloudWatchLogs", "AWS::logs"}, {"events", "EventBridge", "AWS::Events"},
    {"sqs", "SQS", "AWS::SQS::Queue"}, {"monitoring", "CloudWatch", "AWS::monitoring"}}};

const ServiceName* serviceOf(const Span& span)
{
    const auto found = std::ranges::find(kServices, span.service, &ServiceName::id);
    return found == kServices.end() ? nullptr : &*found;
}

std::string nameOf(const Span& span)
{
    if (const auto* service = serviceOf(span))
        return std::string(service->name);
    if (span.service == "client" && !span.resource.empty())
        return span.resource;
    return span.service;
}

bool isStage(const Span& span)
{
    return span.service == "apigateway" && span.resource.find('/') != std::string::npos;
}

void addTimes(json& part, const Track& track, const Span& span)
{
    const double start = static_cast<double>(track.startedAt + span.start) / 1e6;
    part["start_time"] = start;
    if (span.duration >= 0)
        part["end_time"] = start + static_cast<double>(span.duration) / 1e6;
    else
        part["in_progress"] = true;
}

void addVerdicts(json& part, const Span& span)
{
    const auto verdicts = verdictsOf(span);
    for (const auto& [name, holds] : {std::pair{"fault", verdicts.fault}, std::pair{"error", verdicts.error},
             std::pair{"throttle", verdicts.throttle}}) {
        if (holds)
            part[name] = true;
    }
    if (span.error.empty())
        return;
    std::string message;
    for (const auto& step : span.steps) {
        if (step.verdict == trace::Verdict::Fail)
            message = step.detail;
    }
    part["cause"] = {{"exceptions", {{{"type", span.error}, {"message", message}}}}};
}

class Builder {
public:
    explicit Builder(const Track& track)
        : m_track(track)
    {
        for (const auto& span : track.spans)
            m_children[span.parent].push_back(&span);
    }

    std::vector<json> build() &&
    {
        for (const auto* root : m_children[0])
            visit(*root, {});
        return std::move(m_segments);
    }

    bool isFunction(const Span& span) const { return span.service == "lambda" && part(span, "invoke"); }
    std::string idOf(const Span& span) const { return trace::parentIdFor(m_track.id, span.id); }

private:
    // Of what a track has as one span and X-Ray as two.
    std::string furtherId(const Span& span, std::string_view what) const
    {
        const auto number = stableHash(m_track.id + '/' + std::to_string(span.id) + '/' + std::string(what));
        std::string bytes;
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
        return hex(bytes);
    }

    const Span* part(const Span& span, std::string_view name) const
    {
        const auto children = m_children.find(span.id);
        if (children == m_children.end())
            return nullptr;
        for (const auto* child : children->second) {
            if (child->service == "lambda" && child->name == name)
                return child;
        }
        return nullptr;
    }

    json newSegment(const Span& span, std::string id, const std::string& name, std::string_view origin,
        const std::string& parent) const
    {
        json segment{{"id", std::move(id)}, {"name", name}, {"trace_id", m_track.id}};
        if (!origin.empty())
            segment["origin"] = origin;
        if (!parent.empty())
            segment["parent_id"] = parent;
        addTimes(segment, m_track, span);
        addVerdicts(segment, span);
        return segment;
    }

    void addHttp(json& part, const Span& span) const
    {
        if (span.id == 1)
            part["http"]["request"] = {{"method", m_track.method}, {"url", m_track.path}};
        else if (const auto space = span.name.find(" /"); space != std::string::npos)
            part["http"]["request"] = {
                {"method", span.name.substr(0, space)}, {"url", span.name.substr(space + 1)}};
        if (span.status != 0)
            part["http"]["response"] = {{"status", span.status}};
    }

    // Segments go into the list; what is a part of the one around it is given back.
    std::optional<json> visit(const Span& span, const std::string& parent)
    {
        if (isStage(span))
            return visitStage(span, parent);
        if (isFunction(span))
            return visitFunction(span, parent);
        if (parent.empty()) {
            auto segment = newSegment(span, idOf(span), nameOf(span), {}, parent);
            addHttp(segment, span);
            addParts(segment, span, idOf(span));
            m_segments.push_back(std::move(segment));
            return std::nullopt;
        }
        return subsegment(span);
    }

    std::optional<json> visitStage(const Span& span, const std::string& parent)
    {
        auto segment = newSegment(span, idOf(span), span.resource, kStageType, parent);
        addHttp(segment, span);
        segment["aws"]["api_gateway"]["stage"] = span.resource.substr(span.resource.rfind('/') + 1);
        const auto place = m_segments.size();
        m_segments.emplace_back(); // before those that it leads to
        addParts(segment, span, idOf(span));
        m_segments[place] = std::move(segment);
        return std::nullopt;
    }

    // The caller's subsegment, the service's segment and the function's.
    std::optional<json> visitFunction(const Span& span, const std::string& parent)
    {
        std::optional<json> call;
        auto above = parent;
        if (!parent.empty()) {
            call = bare(span, idOf(span), "Lambda");
            (*call)["namespace"] = "aws";
            (*call)["aws"] = {{"operation", span.name}, {"function_name", span.resource}};
            above = idOf(span);
        }
        auto service = newSegment(span, furtherId(span, "service"), span.resource, kLambdaType, above);
        if (span.status != 0)
            service["http"]["response"] = {{"status", span.status}};
        const auto* invocation = part(span, "invoke");
        auto function =
            newSegment(*invocation, furtherId(span, "function"), span.resource, kFunctionType, service["id"]);
        addVerdicts(function, span);
        m_segments.push_back(std::move(service));
        const auto place = m_segments.size();
        m_segments.emplace_back();
        json parts = json::array();
        const std::string own = function["id"];
        for (const auto* child : m_children[span.id]) {
            const bool starts = child->service == "lambda" && child->name == "init";
            if (!starts && child != invocation) {
                if (auto other = visit(*child, own))
                    parts.push_back(*std::move(other));
                continue;
            }
            auto shown = bare(*child, idOf(*child), starts ? "Initialization" : "Invocation");
            addParts(shown, *child, idOf(*child));
            parts.push_back(std::move(shown));
        }
        function["subsegments"] = std::move(parts);
        m_segments[place] = std::move(function);
        return call;
    }

    json bare(const Span& span, std::string id, std::string_view name) const
    {
        json part{{"id", std::move(id)}, {"name", name}};
        addTimes(part, m_track, span);
        addVerdicts(part, span);
        return part;
    }

    json subsegment(const Span& span)
    {
        auto part = bare(span, idOf(span), nameOf(span));
        if (serviceOf(span)) {
            part["namespace"] = "aws";
            part["aws"] = {{"operation", span.name}};
            if (span.service == "dynamodb" && !span.resource.empty())
                part["aws"]["table_name"] = span.resource;
            else if (!span.resource.empty())
                part["aws"]["resource_names"] = {span.resource};
        } else if (span.service == "client") {
            part["namespace"] = "remote";
        }
        addHttp(part, span);
        addParts(part, span, idOf(span));
        return part;
    }

    void addParts(json& around, const Span& span, const std::string& id)
    {
        const auto children = m_children.find(span.id);
        if (children == m_children.end())
            return;
        for (const auto* child : children->second) {
            if (auto part = visit(*child, id))
                around["subsegments"].push_back(*std::move(part));
        }
    }

    const Track& m_track;
    std::map<std::uint32_t, std::vector<const Span*>> m_children;
    std::vector<json> m_segments;
};

void join(std::vector<Node>& nodes, Node node)
{
    const auto known = std::ranges::find(nodes, node);
    if (known == nodes.end()) {
        nodes.push_back(std::move(node));
        return;
    }
    known->verdicts.fault = known->verdicts.fault || node.verdicts.fault;
    known->verdicts.error = known->verdicts.error || node.verdicts.error;
    known->verdicts.throttle = known->verdicts.throttle || node.verdicts.throttle;
    known->responseTime = std::max(known->responseTime, node.responseTime);
}

}

Verdicts verdictsOf(const Span& span)
{
    Verdicts verdicts;
    if (span.status >= 500)
        verdicts.fault = true;
    else if (span.status >= 400)
        verdicts.error = true;
    else if (!span.error.empty()) // a function that failed is answered with 200
        verdicts.fault = true;
    verdicts.throttle = span.status == 429;
    return verdicts;
}

std::vector<json> segmentsOf(const Track& track)
{
    return Builder(track).build();
}

std::string typeOfService(std::string_view name)
{
    const auto known = std::ranges::find_if(
        kServices, [&](const ServiceName& service) { return equalsIgnoreCase(service.name, name); });
    return known == kServices.end() ? "AWS::" + std::string(name) : std::string(known->type);
}

Visits visitsOf(const Track& track)
{
    const Builder builder(track);
    Visits found;
    auto& visits = found.list;
    std::map<std::uint32_t, std::size_t> places; // of a span: the visit that its children are called by
    for (const auto& span : track.spans) {
        const auto above = places.find(span.parent);
        Visit visit;
        if (above != places.end())
            visit.caller = above->second;
        visit.start = static_cast<double>(track.startedAt + span.start) / 1e6;
        auto& node = visit.node;
        node.name = span.resource;
        node.verdicts = verdictsOf(span);
        node.responseTime = static_cast<double>(std::max<Micros>(span.duration, 0)) / 1e6;
        if (isStage(span)) {
            node.type = kStageType;
        } else if (builder.isFunction(span)) {
            node.type = kLambdaType;
            visits.push_back(visit);
            visit.caller = visits.size() - 1;
            node.type = kFunctionType;
        } else if (span.service == "lambda" && visit.caller) {
            places[span.id] = *visit.caller; // a function's start and invocation are parts of it
            found.byId[builder.idOf(span)] = *visit.caller;
            continue;
        } else {
            const auto* service = serviceOf(span);
            node.type = service ? service->type : span.service == "client" ? "remote" : "";
            node.name = span.resource.empty() ? nameOf(span) : span.resource;
        }
        places[span.id] = visits.size();
        found.byId[builder.idOf(span)] = visits.size();
        visits.push_back(std::move(visit));
    }
    return found;
}

std::vector<Node> nodesOf(std::vector<Visit> visits)
{
    std::vector<Node> nodes;
    for (auto& visit : visits)
        join(nodes, std::move(visit.node));
    return nodes;
}

}
