#pragma once

#include "core/apigateway/openapi/documentation_index.h"
#include "core/apigateway/openapi/export.h"

namespace core::apigateway::openapi {

using Node = nlohmann::ordered_json;

// What the parts of an export share.
struct ExportState {
    const ExportSource& source;
    const ExportOptions& options;
    DocumentationIndex documentation;

    bool integrations() const { return options.integrations || options.extensions; }
    bool authorizers() const { return options.authorizers || options.extensions; }
    bool validators() const { return options.validators || options.extensions; }
};

Node exportedPaths(const ExportState& state);
Node exportedIntegration(const ExportState& state, const Resource& resource, const Integration& integration);
// The schemes that securitySchemes has: authorizers, API keys and signatures.
Node exportedSecuritySchemes(const ExportState& state);
// What an operation asks of its caller; null for nothing.
Node exportedSecurity(const ExportState& state, const Method& method);
Node exportedModels(const ExportState& state); // by name
Node modelReference(const ExportState& state, const std::string& model); // {"$ref": …}

// Adds what documentation says, without touching what the element says itself. `schema` and `content` of
// parameters and bodies are written as the dialect has them.
void document(const ExportState& state, Node& element, const DocumentationLocation& location);
// The same for a parameter or a header.
void documentValue(const ExportState& state, Node& element, const DocumentationLocation& location);
// Whether documentation may say this of any element.
bool isProse(const std::string& name);
// Schemas inside documentation name models as OpenAPI 3.0 does.
Node inDialect(const ExportState& state, const Node& node);

}
