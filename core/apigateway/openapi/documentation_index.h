#pragma once

#include "core/apigateway/documentation.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace core::apigateway::openapi {

// Finds what documentation parts say about one thing. A part whose method or status is "*" or missing speaks
// for all of them; for every method, or about a name, it speaks for the paths below its own too. The nearest
// part counts.
class DocumentationIndex {
public:
    explicit DocumentationIndex(const DocumentationParts* parts); // null for no documentation

    // An object; empty when nothing is said.
    nlohmann::ordered_json find(const DocumentationLocation& wanted) const;

private:
    using About = std::pair<std::string, std::string>; // type and name

    std::map<About, std::vector<const DocumentationPart*>> m_parts;
};

}
