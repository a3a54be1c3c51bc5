#include "core/cdn/cache_key.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace core::cdn {

namespace {

std::string listed(const std::vector<KeyPart>& parts, bool kept)
{
    std::vector<std::string> texts;
    for (const auto& part : parts) {
        if (part.kept == kept)
            texts.push_back(part.text());
    }
    return join(texts, ", ");
}

void addQueries(const Behavior& behavior, const http::Request& request, std::vector<KeyPart>& parts)
{
    for (const auto& [name, value] : http::parseQuery(request.rawQuery()))
        parts.push_back({KeyPart::Kind::Query, name, value, behavior.keyQueries.takes(name, false)});
}

void addHeaders(const Behavior& behavior, const http::Request& request, std::vector<KeyPart>& parts)
{
    // Headers that no behavior looks at would only hide those that matter.
    static const std::set<std::string, std::less<>> kUninteresting{"host", "accept-encoding", "cookie",
        "connection", "via", "content-length", "user-agent", "accept", "x-chamber-from", "x-amzn-trace-id",
        "x-forwarded-for"};
    std::set<std::string> seen;
    for (const auto& [name, value] : request.headers) {
        const auto lower = toLower(name);
        const bool kept = behavior.keyHeaders.takes(name, true);
        if (!seen.insert(lower).second || (!kept && kUninteresting.contains(lower)))
            continue;
        parts.push_back({KeyPart::Kind::Header, lower, request.headers.joined(name), kept});
    }
    if (behavior.keyEncoding)
        parts.push_back(
            {KeyPart::Kind::Header, "accept-encoding", normalisedEncoding(request.headers), true});
}

void addCookies(const Behavior& behavior, const http::Request& request, std::vector<KeyPart>& parts)
{
    for (auto& [name, value] : cookiesOf(request.headers))
        parts.push_back({KeyPart::Kind::Cookie, name, value, behavior.keyCookies.takes(name, false)});
}

}

std::string KeyPart::text() const
{
    switch (kind) {
    case Kind::Query:
        return name + "=" + value;
    case Kind::Header:
        return name + ": " + value;
    case Kind::Cookie:
        return "cookie " + name + "=" + value;
    }
    return {};
}

std::string CacheKey::keptText() const
{
    return listed(parts, true);
}

std::string CacheKey::droppedText() const
{
    return listed(parts, false);
}

CacheKey makeCacheKey(const Behavior& behavior, const http::Request& request, std::string_view path)
{
    CacheKey key;
    key.path = std::string(path);
    addQueries(behavior, request, key.parts);
    addHeaders(behavior, request, key.parts);
    addCookies(behavior, request, key.parts);
    auto sorted = key.parts;
    std::stable_sort(sorted.begin(), sorted.end(), [](const KeyPart& a, const KeyPart& b) {
        return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
    });
    key.text = key.path;
    for (const auto& part : sorted) {
        if (part.kept)
            key.text += "\n" + part.text();
    }
    key.digest = hex(sha1(key.text)).substr(0, 6);
    return key;
}

std::string normalisedEncoding(const http::Headers& headers)
{
    std::set<std::string> accepted;
    for (const auto value : headers.all("Accept-Encoding")) {
        for (const auto entry : split(value, ',')) {
            const auto parameter = entry.find(';');
            const auto name = toLower(trimmed(entry.substr(0, parameter)));
            const auto weight = parameter == std::string_view::npos
                ? std::string()
                : replaceAll(std::string(entry.substr(parameter)), " ", "");
            if (weight != ";q=0" && weight != ";q=0.0")
                accepted.insert(name);
        }
    }
    return accepted.contains("br") ? "br" : accepted.contains("gzip") ? "gzip" : "identity";
}

std::vector<std::pair<std::string, std::string>> cookiesOf(const http::Headers& headers)
{
    std::vector<std::pair<std::string, std::string>> cookies;
    for (const auto value : headers.all("Cookie")) {
        for (const auto entry : split(value, ';')) {
            const auto text = trimmed(entry);
            const auto equals = text.find('=');
            if (!text.empty())
                cookies.emplace_back(
                    text.substr(0, equals), equals == std::string_view::npos ? "" : text.substr(equals + 1));
        }
    }
    return cookies;
}

}
