#include "core/apigateway/head_rules.h"

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::size_t kMostHead = 10'240;
constexpr std::size_t kLongestEdgeUrl = 8'192;
constexpr std::string_view kVersion = " HTTP/1.1";

}

std::optional<HeadRefusal> refusedSize(const http::Request& request, std::string_view target)
{
    const auto line = request.method.size() + 1 + target.size() + kVersion.size();
    if (line > kMostHead)
        return HeadRefusal{414, "An HTTP line is larger than 10240 bytes.",
            "The request line has " + std::to_string(line) + " bytes; API Gateway takes 10,240"};
    auto size = line;
    for (const auto& [name, value] : request.headers)
        size += value.size();
    if (size <= kMostHead)
        return std::nullopt;
    return HeadRefusal{431, "HTTP header is larger than 10240 bytes.",
        "Request line and header values have " + std::to_string(size) + " bytes; API Gateway takes 10,240"};
}

std::optional<HeadRefusal> refusedByRest(std::string_view target, bool isEdge)
{
    if (isEdge && target.size() > kLongestEdgeUrl)
        return HeadRefusal{413, "Request Entity Too Large",
            "The URL has " + std::to_string(target.size()) + " characters; an EDGE API takes 8,192", true};
    const auto query = target.substr(std::min(target.find('?'), target.size()));
    if (const auto at = query.find_first_of("|{}"); at != query.npos)
        return HeadRefusal{400, "Bad Request",
            "The query has a plain " + std::string(1, query[at]) + ", which must be URL-encoded"};
    return std::nullopt;
}

http::Response answerOf(const HeadRefusal& refusal)
{
    http::Response response;
    response.status = refusal.status;
    if (refusal.ofEdge) {
        response.headers.add("Content-Type", "text/html");
        response.body =
            "<html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>"
            + std::to_string(refusal.status) + " ERROR</h1><h2>" + refusal.message + "</h2></body></html>\n";
        return response;
    }
    response.headers.add("Content-Type", "application/json");
    response.body = "{\"message\":\"" + refusal.message + "\"}";
    return response;
}

http::QueryParameters parseRestQuery(std::string_view rawQuery)
{
    if (rawQuery.find(';') == rawQuery.npos)
        return http::parseQuery(rawQuery);
    std::string query(rawQuery);
    std::replace(query.begin(), query.end(), ';', '&');
    return http::parseQuery(query);
}

}
