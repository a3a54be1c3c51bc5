#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/openapi/definition.h"

namespace core::apigateway::openapi {

struct ImportOptions {
    bool merge = false; // into what the API has; else the definition is all there is
    bool failOnWarnings = false;
    bool documentation = true;
    std::string basePath = "ignore"; // "prepend", "split"
    std::string endpointType; // "" for what the definition or the API says
};

// Makes an API what a definition says and gives the warnings; all errors are told at once, in AWS's words.
// After an error the API is half changed and to be thrown away.
Result<std::vector<std::string>> importDefinition(
    RestApi& api, const Definition& definition, const ImportOptions& options);

// An API with a root and nothing else.
Result<RestApi> emptyApi(const Definition& definition, std::string region, std::string account, Micros now);

// The parts of "x-amazon-apigateway-documentation", or of a document that is nothing else.
Result<std::vector<DocumentationPart>> documentationParts(const Node& extension);

}
