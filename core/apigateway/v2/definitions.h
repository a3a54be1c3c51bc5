#pragma once

#include "core/apigateway/openapi/definition.h"
#include "core/apigateway/v2/model.h"

namespace core::apigateway::v2 {

// HTTP APIs from OpenAPI definitions and back.

struct ImportOptions {
    bool failOnWarnings = false;
    std::string basePath = "ignore"; // "prepend", "split"
};

struct ImportNotes {
    std::vector<std::string> info; // what OpenAPI has and HTTP APIs have not
    std::vector<std::string> warnings;
};

// Routes, integrations, authorizers and CORS become those of the definition; name, version and description
// too. After an error the API is half changed and to be thrown away.
Result<ImportNotes> importDefinition(
    Api& api, const openapi::Definition& definition, const ImportOptions& options);

struct ExportOptions {
    bool extensions = true;
    std::string stage; // "" for none
};

nlohmann::ordered_json exportDefinition(
    const Api& api, const Definition& definition, const ExportOptions& options);

}
