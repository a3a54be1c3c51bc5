#include "core/xray/joined_trace.h"

#include "core/xray/segment_document.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>

namespace core::xray {

using nlohmann::json;

namespace {

// How far the two sides' clocks may tell the same call apart.
constexpr double kLeeway = 0.05; // seconds

json partOf(const json& document, const char* name)
{
    const auto found = document.find(name);
    return found != document.end() && found->is_object() ? *found : json::object();
}

bool isTrue(const json& document, const char* name)
{
    const auto found = document.find(name);
    return found != document.end() && *found == true;
}

// Programs write what they like below their segments.
double timeIn(const json& segment, const char* name)
{
    const auto found = segment.find(name);
    return found != segment.end() && found->is_number() ? found->get<double>() : 0.0;
}

double beginOf(const json& segment)
{
    return timeIn(segment, "start_time");
}

double endOf(const json& segment)
{
    return std::max(beginOf(segment), timeIn(segment, "end_time"));
}

bool isCall(const json& part)
{
    return textIn(part, "namespace") == "aws";
}

template <typename Visit> void eachPart(json& segment, const Visit& visit)
{
    const auto parts = segment.find("subsegments");
    if (parts == segment.end() || !parts->is_array())
        return;
    for (auto& part : *parts) {
        visit(part);
        eachPart(part, visit);
    }
}

// A call of a service that a document tells, while it has not been found on the other side.
struct ToldCall {
    std::string id;
    std::string operation;
    double begin = 0;
    double end = 0;
    bool found = false;
};

// Takes out of the chamber's segments the calls that documents tell as well. What hung below such a call
// hangs below the document's then.
class Deduplication {
public:
    explicit Deduplication(std::vector<json> documents)
    {
        for (auto& document : documents) {
            take(document);
            eachPart(document, [this](const json& part) { take(part); });
        }
    }

    void apply(std::vector<json>& segments)
    {
        for (auto& segment : segments)
            prune(segment);
        for (auto& segment : segments) {
            const auto other = m_replaced.find(textIn(segment, "parent_id"));
            if (other != m_replaced.end())
                segment["parent_id"] = other->second;
        }
    }

private:
    void take(const json& part)
    {
        if (isCall(part))
            m_told.push_back({textIn(part, "id"), textIn(partOf(part, "aws"), "operation"),
                beginOf(part) - kLeeway, endOf(part) + kLeeway});
    }

    bool isTold(const json& part)
    {
        if (!isCall(part))
            return false;
        const auto operation = textIn(partOf(part, "aws"), "operation");
        const auto told = std::ranges::find_if(m_told, [&](const ToldCall& call) {
            return !call.found && call.operation == operation && call.begin <= beginOf(part)
                && beginOf(part) <= call.end;
        });
        if (told == m_told.end())
            return false;
        told->found = true;
        m_replaced[textIn(part, "id")] = told->id;
        return true;
    }

    void prune(json& segment)
    {
        const auto parts = segment.find("subsegments");
        if (parts == segment.end())
            return;
        json kept = json::array();
        for (auto& part : *parts) {
            if (isTold(part))
                continue;
            prune(part);
            kept.push_back(std::move(part));
        }
        *parts = std::move(kept);
    }

    std::vector<ToldCall> m_told;
    std::map<std::string, std::string> m_replaced;
};

// The part with this id, in or below a segment.
json* findPart(json& segment, const std::string& id)
{
    if (textIn(segment, "id") == id)
        return &segment;
    json* found = nullptr;
    eachPart(segment, [&](json& part) {
        if (textIn(part, "id") == id)
            found = &part;
    });
    return found;
}

bool attach(std::vector<json>& segments, const json& part)
{
    const auto parent = textIn(part, "parent_id");
    for (auto& segment : segments) {
        if (auto* place = findPart(segment, parent)) {
            auto& parts = (*place)["subsegments"];
            if (!parts.is_array())
                parts = json::array();
            parts.push_back(part);
            return true;
        }
    }
    return false;
}

Verdicts verdictsIn(const json& document)
{
    return {isTrue(document, "fault"), isTrue(document, "error"), isTrue(document, "throttle")};
}

// What an SDK's subsegment names of an AWS service.
std::string resourceOf(const json& part)
{
    const auto about = partOf(part, "aws");
    for (const char* name : {"table_name", "bucket_name", "function_name", "queue_url", "topic_arn"}) {
        if (const auto resource = textIn(about, name); !resource.empty())
            return resource.substr(resource.rfind('/') + 1);
    }
    return textIn(part, "name");
}

// Adds what documents tell to the visits of a track.
class VisitJoiner {
public:
    explicit VisitJoiner(Visits visits)
        : m_visits(std::move(visits))
        , m_seen(m_visits.list.size())
    {
    }

    // Again and again, as parents may come after their children.
    std::vector<Visit> join(const std::vector<json>& documents) &&
    {
        std::vector<const json*> left;
        for (const auto& document : documents)
            left.push_back(&document);
        for (bool known = true; known && !left.empty();) {
            const auto before = left.size();
            std::erase_if(left, [this](const json* document) {
                const auto parent = textIn(*document, "parent_id");
                if (!parent.empty() && !m_visits.byId.contains(parent))
                    return false;
                add(*document, callerOf(parent));
                return true;
            });
            known = left.size() < before;
        }
        for (const auto* orphan : left)
            add(*orphan, std::nullopt);
        return std::move(m_visits.list);
    }

private:
    std::optional<std::size_t> callerOf(const std::string& parent) const
    {
        const auto found = m_visits.byId.find(parent);
        return found == m_visits.byId.end() ? std::nullopt : std::optional(found->second);
    }

    // The chamber's own visit of the same call.
    std::optional<std::size_t> seen(const Node& node, const json& part) const
    {
        for (std::size_t place = 0; place < m_seen; ++place) {
            const auto& visit = m_visits.list[place];
            if (visit.node.type == node.type && visit.start >= beginOf(part) - kLeeway
                && visit.start <= endOf(part) + kLeeway)
                return place;
        }
        return std::nullopt;
    }

    void add(const json& part, std::optional<std::size_t> caller)
    {
        const auto space = textIn(part, "namespace");
        const bool isPart = textIn(part, "type") == "subsegment" || !part.contains("trace_id");
        if (isPart && space.empty() && caller)
            return addParts(part, caller); // work inside its service
        Visit visit;
        visit.caller = caller;
        visit.start = beginOf(part);
        visit.node.name = isCall(part) ? resourceOf(part) : textIn(part, "name");
        visit.node.type = isCall(part) ? typeOfService(textIn(part, "name"))
            : space == "remote"        ? "remote"
                                       : textIn(part, "origin");
        visit.node.verdicts = verdictsIn(part);
        visit.node.responseTime = endOf(part) - beginOf(part);
        if (const auto known = isCall(part) ? seen(visit.node, part) : std::nullopt)
            return addParts(part, known);
        m_visits.list.push_back(std::move(visit));
        addParts(part, m_visits.list.size() - 1);
    }

    void addParts(const json& part, std::optional<std::size_t> place)
    {
        m_visits.byId[textIn(part, "id")] = *place;
        const auto parts = part.find("subsegments");
        if (parts == part.end() || !parts->is_array())
            return;
        for (const auto& inner : *parts)
            add(inner, place);
    }

    Visits m_visits;
    std::size_t m_seen; // so many are the chamber's own
};

void addTrackFacts(const trace::Track& track, TraceFacts& facts)
{
    const auto& root = track.spans.front();
    facts.responseTime = static_cast<double>(std::max<Micros>(root.duration, 0)) / 1e6;
    facts.status = root.status;
    facts.method = track.method;
    facts.url = track.path;
    Micros end = std::max<Micros>(track.duration, 0);
    for (const auto& span : track.spans) {
        end = std::max(end, span.start + std::max<Micros>(span.duration, 0));
        facts.isPartial = facts.isPartial || span.duration < 0;
    }
    facts.duration = static_cast<double>(end) / 1e6;
}

// Of a trace that the chamber did not see: its first segment is the entry point.
void addDocumentFacts(const std::vector<json>& documents, TraceFacts& facts)
{
    const auto& root = documents.front();
    double end = 0;
    for (const auto& document : documents) {
        end = std::max(end, endOf(document));
        facts.isPartial = facts.isPartial || isTrue(document, "in_progress");
    }
    facts.responseTime = endOf(root) - beginOf(root);
    facts.duration = end - beginOf(root);
    const auto http = partOf(root, "http");
    const auto request = partOf(http, "request");
    facts.method = textIn(request, "method");
    facts.url = textIn(request, "url");
    const auto status = partOf(http, "response").value("status", json());
    facts.status = status.is_number_integer() ? status.get<int>() : 0;
}

json annotationValue(const json& value)
{
    if (value.is_boolean())
        return {{"BooleanValue", value}};
    if (value.is_number())
        return {{"NumberValue", value}};
    return {{"StringValue", value.is_string() ? value : json(value.dump())}};
}

void addAnnotations(const json& part, json& into)
{
    const auto annotations = partOf(part, "annotations");
    for (const auto& [name, value] : annotations.items())
        into[name].push_back({{"AnnotationValue", annotationValue(value)}, {"ServiceIds", json::array()}});
}

}

std::vector<json> JoinedTrace::segments() const
{
    auto segments = track ? segmentsOf(*track) : std::vector<json>();
    Deduplication(documents).apply(segments);
    std::vector<json> left;
    for (const auto& document : documents) {
        if (textIn(document, "type") == "subsegment")
            left.push_back(document);
        else
            segments.push_back(document);
    }
    for (bool attached = true; attached && !left.empty();)
        attached = std::erase_if(left, [&](const json& part) { return attach(segments, part); }) > 0;
    segments.insert(segments.end(), left.begin(), left.end());
    return segments;
}

std::vector<Visit> JoinedTrace::visits() const
{
    return VisitJoiner(track ? visitsOf(*track) : Visits()).join(documents);
}

TraceFacts JoinedTrace::facts() const
{
    TraceFacts facts;
    if (track)
        addTrackFacts(*track, facts);
    else
        addDocumentFacts(documents, facts);
    facts.nodes = nodesOf(visits());
    for (const auto& node : facts.nodes) {
        facts.verdicts.fault = facts.verdicts.fault || node.verdicts.fault;
        facts.verdicts.error = facts.verdicts.error || node.verdicts.error;
        facts.verdicts.throttle = facts.verdicts.throttle || node.verdicts.throttle;
    }
    return facts;
}

double JoinedTrace::start() const
{
    return track ? static_cast<double>(track->startedAt) / 1e6 : beginOf(documents.front());
}

json JoinedTrace::annotations() const
{
    auto found = json::object();
    auto copies = documents;
    for (auto& document : copies) {
        addAnnotations(document, found);
        eachPart(document, [&found](const json& part) { addAnnotations(part, found); });
    }
    return found;
}

json JoinedTrace::users() const
{
    auto users = json::array();
    for (const auto& document : documents) {
        if (const auto user = textIn(document, "user"); !user.empty())
            users.push_back({{"UserName", user}, {"ServiceIds", json::array()}});
    }
    return users;
}

}
