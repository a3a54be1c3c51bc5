#include "core/apigateway/v2/route_table.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

namespace {

using Segment = RouteKey::Segment;

constexpr std::string_view kDefault = "$default";

bool isMethod(std::string_view text)
{
    constexpr std::array<std::string_view, 8> kMethods{
        "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};
    return std::find(kMethods.begin(), kMethods.end(), text) != kMethods.end();
}

// "/" is one empty segment, "/a/" has an empty one at its end.
std::vector<std::string_view> partsOf(std::string_view path)
{
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    return split(path, '/');
}

std::optional<Segment> segmentOf(std::string_view part, bool isLast)
{
    if (part.find_first_of("{}") == part.npos)
        return Segment{Segment::Kind::Literal, std::string(part)};
    if (!part.starts_with('{') || !part.ends_with('}'))
        return std::nullopt;
    part = part.substr(1, part.size() - 2);
    const bool greedy = part.ends_with('+');
    part.remove_suffix(greedy ? 1 : 0);
    if (part.empty() || part.find_first_of("{}+") != part.npos || (greedy && !isLast))
        return std::nullopt;
    return Segment{greedy ? Segment::Kind::Greedy : Segment::Kind::Variable, std::string(part)};
}

}

std::optional<RouteKey> RouteKey::parse(std::string_view text)
{
    if (text == kDefault)
        return RouteKey{};
    const auto space = text.find(' ');
    if (space == text.npos || !isMethod(text.substr(0, space)))
        return std::nullopt;
    RouteKey key;
    key.method = text.substr(0, space);
    key.path = text.substr(space + 1);
    if (!key.path.starts_with('/') || key.path.find_first_of(" \t?#") != key.path.npos)
        return std::nullopt;
    const auto parts = partsOf(key.path);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto segment = segmentOf(parts[i], i + 1 == parts.size());
        if (!segment)
            return std::nullopt;
        key.segments.push_back(*std::move(segment));
    }
    return key;
}

RouteTable::RouteTable(const std::map<std::string, Route>& routes)
{
    for (const auto& [id, route] : routes) {
        auto key = RouteKey::parse(route.routeKey);
        if (!key)
            continue; // a WebSocket API's
        if (key->isDefault())
            m_defaultRouteId = id;
        else
            m_entries.push_back({*std::move(key), id});
    }
    std::stable_sort(m_entries.begin(), m_entries.end(), goesBefore);
}

bool RouteTable::goesBefore(const Entry& a, const Entry& b)
{
    if (a.key.isGreedy() != b.key.isGreedy())
        return b.key.isGreedy();
    const auto shorter = std::min(a.key.segments.size(), b.key.segments.size());
    for (std::size_t i = 0; i < shorter; ++i) {
        if (a.key.segments[i].kind != b.key.segments[i].kind)
            return a.key.segments[i].kind < b.key.segments[i].kind;
    }
    if (a.key.segments.size() != b.key.segments.size())
        return a.key.segments.size() > b.key.segments.size();
    return a.key.method != "ANY" && b.key.method == "ANY";
}

bool RouteTable::matches(const Entry& entry, const std::vector<std::string_view>& parts, Match& match)
{
    const auto& segments = entry.key.segments;
    const bool fits =
        entry.key.isGreedy() ? parts.size() >= segments.size() : parts.size() == segments.size();
    if (!fits)
        return false;
    match.pathParameters.clear();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto& segment = segments[i];
        if (segment.kind == Segment::Kind::Literal) {
            if (percentDecode(parts[i]) != segment.text)
                return false;
        } else if (segment.kind == Segment::Kind::Variable) {
            if (parts[i].empty())
                return false;
            match.pathParameters[segment.text] = percentDecode(parts[i]);
        } else {
            const auto* begin = parts[i].data();
            const auto* end = parts.back().data() + parts.back().size();
            if (begin == end)
                return false;
            match.pathParameters[segment.text] =
                percentDecode({begin, static_cast<std::size_t>(end - begin)});
        }
    }
    match.routeId = entry.routeId;
    return true;
}

std::optional<RouteTable::Match> RouteTable::match(std::string_view method, std::string_view path) const
{
    const auto parts = partsOf(path);
    Match found;
    for (const auto& entry : m_entries) {
        if ((entry.key.method == method || entry.key.method == "ANY") && matches(entry, parts, found))
            return found;
    }
    if (m_defaultRouteId.empty())
        return std::nullopt;
    return Match{m_defaultRouteId, {}};
}

}
