#pragma once

#include "core/apigateway/documentation.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway::openapi {

// Finds what documentation parts say about one thing. A part whose method or status is "*" or missing speaks
// for all of them, and with that for the paths below its own too; the nearest part counts.
class DocumentationIndex {
public:
    explicit DocumentationIndex(const DocumentationParts* parts) // null for no documentation
        : m_parts(parts)
    {
    }

    // An object; empty when nothing is said.
    nlohmann::ordered_json find(const DocumentationLocation& wanted) const;

private:
    const DocumentationParts* m_parts;
};

}
