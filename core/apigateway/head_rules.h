#pragma once

#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// Why AWS's front ends do not take a call's head; they have not looked for its API yet, so that no gateway
// response changes the answer.
struct HeadRefusal {
    int status = 400;
    std::string message;
    std::string reason; // for the track
    bool ofEdge = false; // CloudFront says it, which stands before EDGE APIs
};

// Request line and values of the header fields have 10,240 bytes together, for every kind of API. `target` is
// path and query as AWS sees them: without what names the API in a path of the chamber's.
std::optional<HeadRefusal> refusedSize(const http::Request& request, std::string_view target);
// Of REST APIs alone: the URL of an EDGE API, and characters that a query has to encode.
std::optional<HeadRefusal> refusedByRest(std::string_view target, bool isEdge);
http::Response answerOf(const HeadRefusal& refusal);

// A query of a REST API: semicolons part its parameters as well.
http::QueryParameters parseRestQuery(std::string_view rawQuery);

}
