#pragma once

#include "core/aws/record_store.h"
#include "core/http/message.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// A header field that a request must have: the value may begin and end with "*".
struct HeaderMatch {
    std::string header;
    std::string valueGlob;
};

// One of the two holds: one of the base paths begins the request's path, or one of the headers is there.
struct RoutingCondition {
    std::vector<std::string> basePaths;
    std::vector<HeaderMatch> headers;
};

// Which API and stage answer what all conditions of the rule take. Rules of a domain are asked by priority.
struct RoutingRule {
    std::string region;
    std::string domainName;
    std::string id;
    int priority = 0; // 1 comes first
    std::vector<RoutingCondition> conditions; // none: takes every request
    std::string apiId;
    std::string stage;
    bool stripBasePath = false;

    // The base path that is to be stripped, "" for none; nullopt when the rule does not take the request.
    std::optional<std::string> take(const http::Request& head) const;
};

using RoutingRules = aws::RecordStore<RoutingRule>;

std::string recordKey(const RoutingRule& rule); // "<region>/<domain>/<id>"
std::string encode(const RoutingRule& rule);
bool decode(std::string_view text, RoutingRule& rule);
nlohmann::json toJson(const RoutingRule& rule);
// The members of a request: actions, conditions and priority.
Result<> readRule(const nlohmann::json& input, RoutingRule& rule);

}
