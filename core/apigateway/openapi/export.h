#pragma once

#include "core/apigateway/model.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway::openapi {

// A member of exact definitions. AWS leaves out what begins with x- and is not its own.
inline constexpr const char* kExactExtension = "x-chamber-exact";

struct ExportOptions {
    bool swagger = false; // Swagger 2.0, else OpenAPI 3.0
    bool integrations = false;
    bool authorizers = false;
    bool validators = false;
    bool extensions = false; // all that is API Gateway's own
    bool documentation = false;
    // For giving an API back as it was: models keep their $schema, which AWS leaves out, and an import adds
    // nothing to what the definition says.
    bool exact = false;
};

// What an export is made of: a deployment's snapshot, or the API itself, and what is not in snapshots.
struct ExportSource {
    const ApiDefinition& definition;
    const RestApi& api;
    std::string stage; // "" for none
    const DocumentationParts* documentation = nullptr;
    std::string documentationVersion;
};

// The definition in the form and the order that AWS exports.
nlohmann::ordered_json exportDefinition(const ExportSource& source, const ExportOptions& options);
// info.version, which the file's name has too.
std::string exportedVersion(const RestApi& api);

}
