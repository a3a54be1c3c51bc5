#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// The nouns as AWS's JSON. The `to…` of one noun is both its answer on the wire and, with the parts that AWS
// keeps apart (resources of an API, snapshot of a deployment), its value in the store.

nlohmann::json toJson(const MethodResponse& response);
nlohmann::json toJson(const IntegrationResponse& response);
nlohmann::json toJson(const Integration& integration);
nlohmann::json toJson(const Method& method);
nlohmann::json toJson(const Resource& resource, bool embedMethods);
nlohmann::json toJson(const RestApi& api); // without its resources
nlohmann::json toJson(const Deployment& deployment, bool embedSummary);
nlohmann::json toJson(const Stage& stage);

std::string_view wireName(IntegrationType type);

// Stored forms.
std::string writeApi(const RestApi& api);
std::string writeDeployment(const Deployment& deployment);
std::string writeStage(const Stage& stage);
Result<RestApi> readApi(std::string_view text);
Result<Deployment> readDeployment(std::string_view text);
Result<Stage> readStage(std::string_view text);

// From the wire or the store.
IntegrationResponse integrationResponse(const nlohmann::json& from);

// Members of a request that are maps and lists of text.
StringMap stringMap(const nlohmann::json& input, std::string_view name);
std::map<std::string, bool> flagMap(const nlohmann::json& input, std::string_view name);
std::vector<std::string> stringList(const nlohmann::json& input, std::string_view name);
std::string text(const nlohmann::json& input, std::string_view name);
bool flag(const nlohmann::json& input, std::string_view name);
// Of an integration's tlsConfig; nullopt when it says nothing of that.
std::optional<bool> skipsVerification(const nlohmann::json& integration);

}
