#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace core::apigateway {

// What a documentation part is about. "" stands for a member that was never set: the part then counts for
// what lies below it, as AWS's inheritance of documentation has it.
struct DocumentationLocation {
    std::string type; // "API", "METHOD", "MODEL" …
    std::string path;
    std::string method;
    std::string statusCode;
    std::string name;

    auto operator<=>(const DocumentationLocation&) const = default;
};

struct DocumentationPart {
    std::string id;
    DocumentationLocation location;
    std::string properties; // text of a JSON object
};

using DocumentationParts = std::map<std::string, DocumentationPart>; // by id

// By what they are about: ids are random, and a list is the same each time.
std::vector<const DocumentationPart*> byPlace(const DocumentationParts& parts);

// The parts as they were when the version was made; never changes but for its description.
struct DocumentationVersion {
    std::string version;
    std::string description;
    Micros createdDate = 0;
    DocumentationParts parts;
};

struct Documentation {
    DocumentationParts parts;
    std::map<std::string, DocumentationVersion> versions; // by version
};

// Adds parts, or makes them all there are; one about the same thing is replaced under its id. Gives their
// ids.
std::vector<std::string> putDocumentationParts(
    Documentation& documentation, const std::vector<DocumentationPart>& parts, bool merge);

// Answers on the wire.
nlohmann::json toJson(const DocumentationPart& part);
nlohmann::json toJson(const DocumentationVersion& version); // without its parts

// As a member of an API's stored form.
void writeDocumentation(nlohmann::json& into, const Documentation& documentation);
Documentation readDocumentation(const nlohmann::json& from);

}
