#pragma once

#include "core/apigateway/model.h"

#include <string_view>

namespace core::apigateway {

// Finds the resource and method of a path. Precedence segment by segment: a fixed name, then {variable}, then
// {greedy+}; a method of its own before ANY. A resource without a method for the request does not match, so
// that a less specific one may. One trailing slash is ignored; values of variables stay percent-encoded, as
// Lambda functions get them. Immutable: any thread.
class Router {
public:
    struct Match {
        std::string resourceId;
        std::string method; // key in Resource::methods: the request's method or "ANY"
        StringMap pathParameters;
    };

    explicit Router(const Resources& resources);
    std::optional<Match> match(std::string_view method, std::string_view path) const;
    // The values that `path` gives to the variables of one resource's path template; nullopt when it does not
    // fit.
    static std::optional<StringMap> parameters(std::string_view pathTemplate, std::string_view path);

private:
    struct Node {
        std::map<std::string, std::size_t, std::less<>> fixed;
        std::optional<std::size_t> variable;
        std::optional<std::size_t> greedy;
        std::string name; // of the variable, without braces and plus
        std::string resourceId;
        std::vector<std::string> methods;
    };

    std::size_t nodeOf(const std::string& pathPart, std::size_t parent);
    bool matchFrom(std::size_t node, const std::vector<std::string_view>& segments, std::size_t index,
        std::string_view method, Match& match) const;
    bool matchHere(std::size_t node, std::string_view method, Match& match) const;

    std::vector<Node> m_nodes;
};

}
