#pragma once

#include "core/apigateway/model.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway::openapi {

struct ExportOptions {
    bool swagger = false; // Swagger 2.0, else OpenAPI 3.0
    bool integrations = false;
    bool authorizers = false;
    bool extensions = false; // all that is API Gateway's own
    bool documentation = false;
    bool exact = false; // models keep their $schema, which AWS leaves out
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
