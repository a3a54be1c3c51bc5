#pragma once

#include "core/apigateway/v2/model.h"
#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

class CustomDomains;

}

namespace core::apigateway::v2 {

// Which API a request calls, read from its head alone; which stage, only the API knows.
struct CallTarget {
    std::string apiId = {};
    std::string region = {}; // "" when the address does not name one
    std::string path = "/"; // behind the part that names the API, still encoded, without the query
    std::string domain = {}; // the host that named the API, "" when the path did
    bool isCustomDomain = false; // by a domain name of the user's own
    std::string stage = {}; // of a custom domain's mapping
    std::string stagePath = {}; // of a custom domain: below the base path of its mapping
    std::string_view rule = {}; // which form of address this is, for the track
};

// {api}.execute-api[.{region}].localhost, {api}.execute-api.{region}.amazonaws.com,
// /_aws/execute-api/{api}/… and custom domains.
std::optional<CallTarget> parseCallTarget(const http::Request& head, const CustomDomains& domains);

// A stage and the path below it. The first segment of the path names a stage; else $default has the whole
// path. A custom domain's mapping names the stage instead.
struct StagePath {
    const Stage* stage = nullptr; // null: no such stage, and no $default
    std::string path = "/";
};

StagePath stageOf(const ApiState& state, const CallTarget& target);

}
