#pragma once

#include "core/apigateway/openapi/import.h"

#include <map>

namespace core::apigateway::openapi {

// What the steps of an import share. Problems are gathered, so that one import tells all of them.
struct ImportState {
    RestApi& api;
    const Definition& definition;
    const ImportOptions& options;
    bool exact; // a definition that gives an API back as it was: nothing is added
    std::vector<std::string> errors;
    std::vector<std::string> warnings;
    std::map<std::string, std::string> idsByPath; // of resources before; an overwritten API keeps them
    std::map<std::string, std::string> resourceByPath; // now
    std::map<std::string, std::string> validatorByName;
    std::map<std::string, std::string> authorizerByName;

    void fault(std::string what) { errors.push_back(std::move(what)); }
    void warn(std::string what) { warnings.push_back(std::move(what)); }
};

// The steps, in the order of their names in import.cpp.
void importModels(ImportState& state);
void importSecurity(ImportState& state); // authorizers and the resource policy
void importPaths(ImportState& state);
void importDocumentation(ImportState& state);

// The model that stands for a schema, made where the schema has no name; "" where there is none. `where` is
// how a warning names the place.
std::string modelFor(ImportState& state, const Node& schema, const std::string& where);

// nullopt where the operation has none, or a wrong one.
std::optional<Integration> importIntegration(
    ImportState& state, const DefinedOperation& operation, const Resource& resource, const Method& method);

// Who may call an operation.
void addSecurity(ImportState& state, const DefinedOperation& operation, Method& method);

StringMap textMap(const Node* object);
std::string pathInApi(const ImportState& state, const std::string& path);

}
