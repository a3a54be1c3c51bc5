#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway::v2 {

// The nouns as AWS's JSON. merge() takes the members that `input` has and leaves the others as they are, so
// it serves creation, updates and the store alike; toJson() is the answer on the wire.

void merge(Api& api, const nlohmann::json& input);
void merge(Route& route, const nlohmann::json& input);
void merge(RouteResponse& response, const nlohmann::json& input);
void merge(Integration& integration, const nlohmann::json& input);
void merge(IntegrationResponse& response, const nlohmann::json& input);
void merge(Authorizer& authorizer, const nlohmann::json& input);
void merge(Model& model, const nlohmann::json& input);
void merge(Stage& stage, const nlohmann::json& input);

nlohmann::json toJson(const Api& api, const std::string& endpoint);
nlohmann::json toJson(const Route& route);
nlohmann::json toJson(const RouteResponse& response);
nlohmann::json toJson(const Integration& integration);
nlohmann::json toJson(const IntegrationResponse& response);
nlohmann::json toJson(const Authorizer& authorizer);
nlohmann::json toJson(const Model& model);
nlohmann::json toJson(const Stage& stage);
nlohmann::json toJson(const Deployment& deployment);

// "http://{id}.execute-api.{region}.localhost:4566", "ws://…" of WebSocket APIs; `chamber` is the chamber's
// own endpoint.
std::string apiEndpoint(const Api& api, const std::string& chamber);

// Stored forms.
std::string writeApi(const Api& api, const std::map<std::string, Stage>& stages);
std::string writeDeployment(const Deployment& deployment);
Result<ApiState> readApi(std::string_view text); // without deployments
Result<Deployment> readDeployment(std::string_view text);

}
