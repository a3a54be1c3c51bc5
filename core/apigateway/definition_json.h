#pragma once

#include "core/apigateway/model.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// Models, validators and gateway responses as AWS's JSON, and as members of an API's or a deployment's stored
// form.

nlohmann::json toJson(const Model& model);
nlohmann::json toJson(const RequestValidator& validator);
nlohmann::json toJson(
    const GatewayResponse& response, std::string_view type); // with defaults where it has none
nlohmann::json defaultGatewayResponse(std::string_view type);

void writeDefinition(nlohmann::json& into, const ApiDefinition& definition); // without resources
void readDefinition(const nlohmann::json& from, ApiDefinition& definition);

// The models that every API begins with: Empty and Error.
std::map<std::string, Model> firstModels();

}
