#pragma once

#include "core/aws/protocol.h"
#include "core/aws/service.h"

#include <optional>
#include <string_view>
#include <vector>

namespace core::aws {

// Finds the action of a REST service by method, path template, fixed query names and header. Where several
// rows match: a literal segment goes before {x}, {x} before {x+}; then more fixed queries, then a fixed
// header. Built once; any thread reads.
class UriRouter {
public:
    struct Match {
        std::size_t action;
        PathParameters parameters;
    };

    void add(const ActionInfo& action, std::size_t index);
    // `head.target` in path style.
    std::optional<Match> match(const http::Request& head) const;
    // Whether some template begins with this literal segment ("restapis").
    bool knowsFirstSegment(std::string_view segment) const;
    bool empty() const { return m_routes.empty(); }

private:
    struct Segment {
        enum class Kind { Greedy, Parameter, Literal };
        Kind kind;
        std::string_view text;
    };
    struct FixedQuery {
        std::string_view name;
        std::optional<std::string_view> value;
    };
    struct Route {
        std::string_view method;
        std::vector<Segment> segments;
        std::vector<FixedQuery> queries;
        std::string_view header;
        std::size_t action;
    };

    static bool pathMatches(const Route& route, const std::vector<std::string_view>& parts);
    static bool goesBefore(const Route& a, const Route& b);
    static PathParameters parametersOf(const Route& route, const std::vector<std::string_view>& parts);

    std::vector<Route> m_routes; // in order of precedence
};

}
