#pragma once

#include "core/trace/track.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::xray {

// What a status and an error say of a segment.
struct Verdicts {
    bool fault = false;
    bool error = false;
    bool throttle = false;
};
Verdicts verdictsOf(const trace::Span& span);

// A track as X-Ray has it. Stages and functions have segments of their own, a function two: one for the
// service (AWS::Lambda) and one for its code (AWS::Lambda::Function), with its start and its invocation; what
// they call is a subsegment. Pure.
std::vector<nlohmann::json> segmentsOf(const trace::Track& track);

// A service in a trace: "books/prod", "AWS::ApiGateway::Stage".
struct Node {
    std::string name;
    std::string type;
    Verdicts verdicts;
    double responseTime = 0;

    bool operator==(const Node& other) const { return name == other.name && type == other.type; }
};
// One service's part in a trace, and who called it: its place in the list, nobody for the entry point.
struct Visit {
    Node node;
    std::optional<std::size_t> caller;
    double start = 0; // seconds since 1970
};
// In the order in which they began, and which of them an id of a segment or subsegment belongs to.
struct Visits {
    std::vector<Visit> list;
    std::map<std::string, std::size_t> byId;
};
Visits visitsOf(const trace::Track& track);
// The type of a service that an SDK's subsegment names: "DynamoDB" is AWS::DynamoDB::Table.
std::string typeOfService(std::string_view name);
// Each service once, the entry point first; verdicts and the longest time of its visits together.
std::vector<Node> nodesOf(std::vector<Visit> visits);

}
