#include "core/aws/uri_router.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::aws {

namespace {

// "/a/b/" has the segments a and b, as "/a/b": services ignore one slash at the end. Empty segments inside
// stay, because keys of objects may hold them.
std::vector<std::string_view> segmentsOf(std::string_view path, bool keepEmptyEnd)
{
    if (path.starts_with('/'))
        path.remove_prefix(1);
    if (path.empty())
        return {};
    auto parts = split(path, '/');
    if (!keepEmptyEnd && parts.size() > 1 && parts.back().empty())
        parts.pop_back();
    return parts;
}

struct RawQuery {
    std::string_view name;
    std::string_view value;
};

std::vector<RawQuery> rawQueries(std::string_view query)
{
    std::vector<RawQuery> all;
    if (query.empty())
        return all;
    for (const auto pair : split(query, '&')) {
        const auto equals = pair.find('=');
        all.push_back(
            {pair.substr(0, equals), equals == std::string_view::npos ? "" : pair.substr(equals + 1)});
    }
    return all;
}

}

void UriRouter::add(const ActionInfo& action, std::size_t index)
{
    Route route{action.method, {}, {}, action.header, index};
    const auto question = action.uri.find('?');
    for (const auto part : segmentsOf(action.uri.substr(0, question), false)) {
        if (part.starts_with('{') && part.ends_with("+}"))
            route.segments.push_back({Segment::Kind::Greedy, part.substr(1, part.size() - 3)});
        else if (part.starts_with('{'))
            route.segments.push_back({Segment::Kind::Parameter, part.substr(1, part.size() - 2)});
        else
            route.segments.push_back({Segment::Kind::Literal, part});
    }
    if (question != std::string_view::npos) {
        for (const auto part : split(action.uri.substr(question + 1), '&')) {
            const auto equals = part.find('=');
            FixedQuery query{part.substr(0, equals), {}};
            if (equals != std::string_view::npos)
                query.value = part.substr(equals + 1);
            route.queries.push_back(query);
        }
    }
    const auto place = std::upper_bound(m_routes.begin(), m_routes.end(), route, goesBefore);
    m_routes.insert(place, std::move(route));
}

bool UriRouter::goesBefore(const Route& a, const Route& b)
{
    const auto shorter = std::min(a.segments.size(), b.segments.size());
    for (std::size_t i = 0; i < shorter; ++i) {
        if (a.segments[i].kind != b.segments[i].kind)
            return a.segments[i].kind > b.segments[i].kind;
    }
    if (a.segments.size() != b.segments.size())
        return a.segments.size() > b.segments.size();
    if (a.queries.size() != b.queries.size())
        return a.queries.size() > b.queries.size();
    return a.header.size() > b.header.size();
}

bool UriRouter::pathMatches(const Route& route, const std::vector<std::string_view>& parts)
{
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
        const auto& segment = route.segments[i];
        if (i >= parts.size())
            return false;
        if (segment.kind == Segment::Kind::Greedy) {
            const auto after = route.segments.size() - i - 1;
            if (parts.size() < i + 1 + after)
                return false;
            // What follows a greedy segment is matched from the end ("/{Resource+}/policy").
            for (std::size_t k = 0; k < after; ++k) {
                const auto& tail = route.segments[route.segments.size() - 1 - k];
                if (tail.kind == Segment::Kind::Literal && tail.text != parts[parts.size() - 1 - k])
                    return false;
            }
            return !(parts.size() == i + 1 && parts[i].empty());
        }
        if (segment.kind == Segment::Kind::Literal && segment.text != parts[i])
            return false;
        if (segment.kind == Segment::Kind::Parameter && parts[i].empty())
            return false;
    }
    // "/bucket/" is the bucket.
    return parts.size() == route.segments.size()
        || (parts.size() == route.segments.size() + 1 && parts.back().empty());
}

PathParameters UriRouter::parametersOf(const Route& route, const std::vector<std::string_view>& parts)
{
    PathParameters found;
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
        const auto& segment = route.segments[i];
        if (segment.kind == Segment::Kind::Parameter) {
            found.emplace_back(segment.text, percentDecode(parts[i]));
        } else if (segment.kind == Segment::Kind::Greedy) {
            const auto after = route.segments.size() - i - 1;
            const auto* begin = parts[i].data();
            const auto& last = parts[parts.size() - 1 - after];
            const auto* end = last.data() + last.size();
            found.emplace_back(segment.text, percentDecode({begin, static_cast<std::size_t>(end - begin)}));
            break;
        }
    }
    return found;
}

std::optional<UriRouter::Match> UriRouter::match(const http::Request& head) const
{
    const auto parts = segmentsOf(head.path(), true);
    const auto queries = rawQueries(head.rawQuery());
    const auto hasQuery = [&](const FixedQuery& wanted) {
        return std::any_of(queries.begin(), queries.end(), [&](const RawQuery& given) {
            return given.name == wanted.name && (!wanted.value || given.value == *wanted.value);
        });
    };
    for (const auto& route : m_routes) {
        if (route.method != head.method || !pathMatches(route, parts))
            continue;
        if (!route.header.empty() && !head.headers.has(route.header))
            continue;
        if (std::all_of(route.queries.begin(), route.queries.end(), hasQuery))
            return Match{route.action, parametersOf(route, parts)};
    }
    return std::nullopt;
}

bool UriRouter::knowsFirstSegment(std::string_view segment) const
{
    return std::any_of(m_routes.begin(), m_routes.end(), [&](const Route& route) {
        return !route.segments.empty() && route.segments.front().kind == Segment::Kind::Literal
            && route.segments.front().text == segment;
    });
}

}
