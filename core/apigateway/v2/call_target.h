#pragma once

#include "core/apigateway/v2/model.h"
#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway::v2 {

// Which API a request calls, read from its head alone; which stage, only the API knows.
struct CallTarget {
    std::string apiId = {};
    std::string region = {}; // "" when the address does not name one
    std::string path = "/"; // behind the part that names the API, still encoded, without the query
    std::string domain = {}; // the host that named the API, "" when the path did
    std::string_view rule = {}; // which form of address this is, for the track
};

// {api}.execute-api[.{region}].localhost, {api}.execute-api.{region}.amazonaws.com and
// /_aws/execute-api/{api}/…
std::optional<CallTarget> parseCallTarget(const http::Request& head);

// A stage and the path below it. The first segment of the path names a stage; else $default has the whole
// path.
struct StagePath {
    const Stage* stage = nullptr; // null: no such stage, and no $default
    std::string path = "/";
};

StagePath stageOf(const ApiState& state, const std::string& path);

}
