#pragma once

#include "tests/core/apigateway/api_fixture.h"
#include "tests/core/apigateway/signed_request.h"

#include <functional>
#include <string>
#include <vector>

// A REST API with GET /books and GET /books/{id}, behind an authorizer or another kind of authorization.
class GuardedApi {
public:
    // `authorizer` is CreateAuthorizer's input, null for none; `extra` CreateRestApi's; `method` PutMethod's.
    explicit GuardedApi(nlohmann::json authorizer, nlohmann::json extra = nlohmann::json::object(),
        nlohmann::json method = {{"authorizationType", "CUSTOM"}});

    core::http::Response get(const std::string& path, core::http::Headers headers = {});
    core::http::Response getSigned(const std::string& path, const Signer& signer = {});

    ApiFixture gateway;
    std::string api;
    std::string authorizerId;
    std::vector<nlohmann::json> events; // that the authorizer's function got
    nlohmann::json proxied; // what the integration's function got last
    std::function<core::aws::Reply(const nlohmann::json&)> answer; // of the authorizer's function
};

// What an authorizer's function answers, and its policy.
nlohmann::json verdict(const std::string& effect = "Allow", const nlohmann::json& resource = "*");
nlohmann::json policy(const std::string& effect, const nlohmann::json& resource);

nlohmann::json tokenAuthorizer(nlohmann::json extra = nlohmann::json::object());
nlohmann::json requestAuthorizer(const std::string& sources, nlohmann::json extra = nlohmann::json::object());

core::http::Headers bearing(const std::string& token);
// The API's own policy, of these statements.
nlohmann::json resourcePolicy(const nlohmann::json& statements);
QString shown(const core::http::Response& response); // "200 books"
QByteArray errorType(const core::http::Response& response);
