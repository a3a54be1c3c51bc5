#pragma once

#include "core/cdn/distribution.h"
#include "core/http/message.h"

#include <string>
#include <vector>

namespace core::cdn {

// One part of a request, and whether the behavior's rules let it into the cache key.
struct KeyPart {
    enum class Kind { Query, Header, Cookie };
    Kind kind;
    std::string name;
    std::string value;
    bool kept;

    std::string text() const; // "author=verne", "accept-language: pt", "cookie sid"
};

// What CloudFront compares to find an answer: the path, and the listed query parameters, headers and cookies
// in the order of their names. The host is not part of it (one distribution, one host), nor is the method.
struct CacheKey {
    std::string text; // canonical: equal texts, equal keys
    std::string digest; // 6 hex digits for people
    std::string path; // without the query
    std::vector<KeyPart> parts;

    std::string keptText() const; // "author=verne, accept-language: pt"
    std::string droppedText() const; // "utm=mail, cookie sid"
};

CacheKey makeCacheKey(const Behavior& behavior, const http::Request& request, std::string_view path);

// "br", "gzip" or "identity": Accept-Encoding as CloudFront normalises it.
std::string normalisedEncoding(const http::Headers& headers);

// Cookies of a request in order.
std::vector<std::pair<std::string, std::string>> cookiesOf(const http::Headers& headers);

}
