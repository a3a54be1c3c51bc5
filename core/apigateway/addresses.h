#pragma once

#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// Which API and stage a request calls, read from its head alone.
struct CallAddress {
    std::string apiId = {};
    std::string region = {}; // "" when the address does not name one
    std::string stage = {}; // "" when the path has none
    std::string path = {}; // below the stage, still encoded, without the query; "/" at least
    std::string domain = {}; // the host that named the API, "" when the path did
    bool isCustomDomain = false; // by a domain name of the user's own
    std::string basePath = {}; // of its mapping, "" for "(none)"
    std::string_view rule = {}; // which form of address this is, for the track
};

// All forms of address of an API call: host names {api}.execute-api.localhost,
// {api}.execute-api.{region}.amazonaws.com, and the paths /restapis/{api}/{stage}/_user_request_/… and
// /_aws/execute-api/{api}/{stage}/…
std::optional<CallAddress> parseCallAddress(const http::Request& head);

}
