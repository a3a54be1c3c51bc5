#include "core/base/text.h"
#include "core/http/client.h"

#include <algorithm>

namespace core::http {

namespace {

Error badUrl(std::string_view text, std::string_view why)
{
    return {ErrorKind::Invalid, "BadUrl", "\"" + std::string(text) + "\" is not a URL: " + std::string(why)};
}

// "host", "host:port", "[::1]:port"
Result<> parseAuthority(std::string_view text, std::string_view authority, Url& url)
{
    if (authority.find('@') != std::string_view::npos)
        return fail(badUrl(text, "a user name in it is not supported"));
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos)
            return fail(badUrl(text, "']' is missing"));
        url.host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
    } else {
        const auto colon = authority.find(':');
        url.host = toLower(authority.substr(0, colon));
        port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
    }
    if (url.host.empty())
        return fail(badUrl(text, "it names no host"));
    if (port.empty() || port == ":")
        return {};
    const auto number = parseInteger(port.substr(1));
    if (port.front() != ':' || !number || *number < 1 || *number > 65535)
        return fail(badUrl(text, "its port is not a number from 1 to 65535"));
    url.port = static_cast<std::uint16_t>(*number);
    return {};
}

}

Result<Url> Url::parse(std::string_view text)
{
    const auto mark = text.find("://");
    if (mark == std::string_view::npos)
        return fail(badUrl(text, "it does not start with http:// or https://"));
    Url url;
    url.scheme = toLower(text.substr(0, mark));
    if (url.scheme != "http" && url.scheme != "https")
        return fail(badUrl(text, "it does not start with http:// or https://"));
    url.port = url.scheme == "https" ? 443 : 80;
    auto rest = text.substr(mark + 3);
    rest = rest.substr(0, rest.find('#'));
    if (std::ranges::any_of(rest, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
        return fail(badUrl(text, "spaces have to be written as %20"));
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    CORE_CHECK(parseAuthority(text, rest.substr(0, end), url));
    url.target = rest.substr(end);
    if (!url.target.starts_with('/'))
        url.target.insert(0, "/");
    return url;
}

}
