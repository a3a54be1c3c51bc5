#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/openapi/export.h"
#include "core/apigateway/openapi/import.h"

#include <QString>

#include <string>
#include <vector>

// Imports and exports without a service around them.
struct Imported {
    core::apigateway::RestApi api;
    std::vector<std::string> warnings;
    std::string error; // "" when it succeeded
};

Imported imported(const std::string& text, const core::apigateway::openapi::ImportOptions& options = {});
// Everything of the API, with documentation.
std::string exported(const core::apigateway::RestApi& api, bool swagger, bool yaml);

// All that an API is, ids left out: two are equal when these are.
QString imageOf(const core::apigateway::RestApi& api);

std::string dataFile(const std::string& name);
// A shop of many resources with models, validators, authorizers, gateway responses and documentation.
std::string largeDocument(int collections);
// The same sort of thing as YAML with anchors and merge-free aliases.
std::string largeYaml(int collections);
