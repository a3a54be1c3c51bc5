#include "core/apigateway/documentation.h"

#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using nlohmann::json;

namespace {

json locationJson(const DocumentationLocation& location)
{
    json out{{"type", location.type}};
    const std::pair<const char*, const std::string&> members[] = {{"path", location.path},
        {"method", location.method}, {"statusCode", location.statusCode}, {"name", location.name}};
    for (const auto& [name, value] : members) {
        if (!value.empty())
            out[name] = value;
    }
    return out;
}

json partsJson(const DocumentationParts& parts)
{
    json list = json::array();
    for (const auto& [id, part] : parts)
        list.push_back(toJson(part));
    return list;
}

DocumentationParts partsOf(const json& from)
{
    DocumentationParts parts;
    for (const auto& entry : from.value("parts", json::array())) {
        const auto location = entry.value("location", json::object());
        DocumentationPart part{text(entry, "id"),
            {text(location, "type"), text(location, "path"), text(location, "method"),
                text(location, "statusCode"), text(location, "name")},
            text(entry, "properties")};
        const auto id = part.id;
        parts[id] = std::move(part);
    }
    return parts;
}

}

std::vector<const DocumentationPart*> byPlace(const DocumentationParts& parts)
{
    std::vector<const DocumentationPart*> ordered;
    for (const auto& [id, part] : parts)
        ordered.push_back(&part);
    std::sort(ordered.begin(), ordered.end(),
        [](const auto* one, const auto* other) { return one->location < other->location; });
    return ordered;
}

json toJson(const DocumentationPart& part)
{
    return {{"id", part.id}, {"location", locationJson(part.location)}, {"properties", part.properties}};
}

json toJson(const DocumentationVersion& version)
{
    json out{{"version", version.version}, {"createdDate", version.createdDate / kSecond}};
    if (!version.description.empty())
        out["description"] = version.description;
    return out;
}

void writeDocumentation(json& into, const Documentation& documentation)
{
    if (documentation.parts.empty() && documentation.versions.empty())
        return;
    auto& out = into["documentation"];
    out["parts"] = partsJson(documentation.parts);
    out["versions"] = json::array();
    for (const auto& [name, version] : documentation.versions) {
        auto entry = toJson(version);
        entry["createdDate"] = version.createdDate;
        entry["parts"] = partsJson(version.parts);
        out["versions"].push_back(std::move(entry));
    }
}

Documentation readDocumentation(const json& from)
{
    Documentation documentation;
    const auto stored = from.value("documentation", json::object());
    documentation.parts = partsOf(stored);
    for (const auto& entry : stored.value("versions", json::array())) {
        DocumentationVersion version{text(entry, "version"), text(entry, "description"),
            entry.value("createdDate", Micros{0}), partsOf(entry)};
        const auto name = version.version;
        documentation.versions[name] = std::move(version);
    }
    return documentation;
}

}
