#include "core/apigateway/openapi/documentation_index.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::openapi {

namespace {

bool isAny(const std::string& text)
{
    return text.empty() || text == "*";
}

// How near a part is to what is wanted; negative when it is about something else.
int nearness(const DocumentationLocation& part, const DocumentationLocation& wanted)
{
    if (!isAny(part.method) && part.method != wanted.method)
        return -1;
    if (!isAny(part.statusCode) && part.statusCode != wanted.statusCode)
        return -1;
    int score = isAny(part.method) ? 0 : 2;
    score += isAny(part.statusCode) ? 0 : 1;
    if (part.path == wanted.path)
        return score + 4 * (static_cast<int>(wanted.path.size()) + 1);
    const auto below = part.path == "/" || part.path.empty() ? part.path : part.path + "/";
    // What has a name means the same thing below; another path's method is another method.
    const bool inherits = part.type != "RESOURCE" && (isAny(part.method) || !part.name.empty())
        && wanted.path.starts_with(below);
    return inherits ? score + 4 * static_cast<int>(part.path.size()) : -1;
}

}

DocumentationIndex::DocumentationIndex(const DocumentationParts* parts)
{
    if (!parts)
        return;
    for (const auto& [id, part] : *parts)
        m_parts[{part.location.type, part.location.name}].push_back(&part);
}

nlohmann::ordered_json DocumentationIndex::find(const DocumentationLocation& wanted) const
{
    auto found = nlohmann::ordered_json::object();
    const auto about = m_parts.find({wanted.type, wanted.name});
    if (about == m_parts.end())
        return found;
    const DocumentationPart* best = nullptr;
    int bestScore = -1;
    for (const auto* part : about->second) {
        if (const int score = nearness(part->location, wanted); score > bestScore) {
            best = part;
            bestScore = score;
        }
    }
    if (!best)
        return found;
    auto properties = nlohmann::ordered_json::parse(best->properties, nullptr, false);
    return properties.is_object() ? properties : found;
}

}
