#include "core/apigateway/router.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::apigateway {

namespace {

bool isVariable(std::string_view part)
{
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

bool isGreedy(std::string_view part)
{
    return isVariable(part) && part[part.size() - 2] == '+';
}

std::string variableName(std::string_view part)
{
    return std::string(part.substr(1, part.size() - (isGreedy(part) ? 3 : 2)));
}

std::vector<std::string_view> segmentsOf(std::string_view path)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    if (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    if (path.empty())
        return {};
    return split(path, '/');
}

std::string restOf(const std::vector<std::string_view>& segments, std::size_t index)
{
    const char* begin = segments[index].data();
    const auto& last = segments.back();
    return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

}

Router::Router(const Resources& resources)
    : m_nodes(1)
{
    std::vector<const Resource*> ordered;
    for (const auto& [id, resource] : resources)
        ordered.push_back(&resource);
    std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->path < b->path; });
    for (const Resource* resource : ordered) {
        std::size_t node = 0;
        for (const auto part : segmentsOf(resource->path))
            node = nodeOf(std::string(part), node);
        m_nodes[node].resourceId = resource->id;
        for (const auto& [name, method] : resource->methods)
            m_nodes[node].methods.push_back(name);
    }
}

std::size_t Router::nodeOf(const std::string& pathPart, std::size_t parent)
{
    const std::size_t next = m_nodes.size();
    const auto known = [&]() -> std::optional<std::size_t> {
        if (isGreedy(pathPart))
            return m_nodes[parent].greedy;
        if (isVariable(pathPart))
            return m_nodes[parent].variable;
        const auto found = m_nodes[parent].fixed.find(pathPart);
        return found == m_nodes[parent].fixed.end() ? std::nullopt : std::optional(found->second);
    }();
    if (known)
        return *known;
    m_nodes.emplace_back();
    if (isGreedy(pathPart))
        m_nodes[parent].greedy = next;
    else if (isVariable(pathPart))
        m_nodes[parent].variable = next;
    else
        m_nodes[parent].fixed.emplace(pathPart, next);
    if (isVariable(pathPart))
        m_nodes[next].name = variableName(pathPart);
    return next;
}

std::optional<Router::Match> Router::match(std::string_view method, std::string_view path) const
{
    Match match;
    if (!matchFrom(0, segmentsOf(path), 0, method, match))
        return std::nullopt;
    return match;
}

bool Router::matchFrom(std::size_t node, const std::vector<std::string_view>& segments, std::size_t index,
    std::string_view method, Match& match) const
{
    if (index == segments.size())
        return matchHere(node, method, match);
    const Node& here = m_nodes[node];
    const auto segment = segments[index];
    const auto fixed =
        here.fixed.find(segment.find('%') == segment.npos ? std::string(segment) : percentDecode(segment));
    if (fixed != here.fixed.end() && matchFrom(fixed->second, segments, index + 1, method, match))
        return true;
    if (here.variable && !segment.empty() && matchFrom(*here.variable, segments, index + 1, method, match)) {
        match.pathParameters[m_nodes[*here.variable].name] = std::string(segment);
        return true;
    }
    if (here.greedy && matchHere(*here.greedy, method, match)) {
        match.pathParameters[m_nodes[*here.greedy].name] = restOf(segments, index);
        return true;
    }
    return false;
}

bool Router::matchHere(std::size_t node, std::string_view method, Match& match) const
{
    const auto& methods = m_nodes[node].methods;
    auto found = std::find(methods.begin(), methods.end(), method);
    if (found == methods.end())
        found = std::find(methods.begin(), methods.end(), "ANY");
    if (found == methods.end())
        return false;
    match.resourceId = m_nodes[node].resourceId;
    match.method = *found;
    return true;
}

std::optional<StringMap> Router::parameters(std::string_view pathTemplate, std::string_view path)
{
    const auto parts = segmentsOf(pathTemplate);
    const auto segments = segmentsOf(path);
    StringMap values;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i >= segments.size())
            return std::nullopt;
        if (isGreedy(parts[i])) {
            values[variableName(parts[i])] = restOf(segments, i);
            return values;
        }
        if (isVariable(parts[i]))
            values[variableName(parts[i])] = std::string(segments[i]);
        else if (percentDecode(segments[i]) != parts[i])
            return std::nullopt;
    }
    if (parts.size() != segments.size())
        return std::nullopt;
    return values;
}

}
