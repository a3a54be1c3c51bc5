#pragma once

#include "core/apigateway/v2/model.h"

#include <string_view>

namespace core::apigateway::v2 {

// A route key of an HTTP API taken apart: "GET /books/{id}" or "$default".
struct RouteKey {
    struct Segment {
        enum class Kind { Literal, Variable, Greedy };
        Kind kind = Kind::Literal;
        std::string text; // of a variable its name
    };
    std::string method; // "ANY" too; "" for $default
    std::string path;
    std::vector<Segment> segments;

    bool isDefault() const { return method.empty(); }
    bool isGreedy() const { return !segments.empty() && segments.back().kind == Segment::Kind::Greedy; }
    // nullopt for text that is no route key of an HTTP API.
    static std::optional<RouteKey> parse(std::string_view text);
};

// Finds the route of a request by AWS's precedence: paths that match whole, then those that end in {greedy+},
// then $default; among them a fixed segment before {variable}, a method of its own before ANY. A trailing
// slash counts. Immutable: any thread.
class RouteTable {
public:
    struct Match {
        std::string routeId;
        StringMap pathParameters; // decoded
    };

    explicit RouteTable(const std::map<std::string, Route>& routes);
    std::optional<Match> match(std::string_view method, std::string_view path) const;

private:
    struct Entry {
        RouteKey key;
        std::string routeId;
    };

    static bool goesBefore(const Entry& a, const Entry& b);
    static bool matches(const Entry& entry, const std::vector<std::string_view>& parts, Match& match);

    std::vector<Entry> m_entries; // in order of precedence
    std::string m_defaultRouteId;
};

}
