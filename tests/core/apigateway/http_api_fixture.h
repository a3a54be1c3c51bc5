#pragma once

#include "core/apigateway/v2/service.h"
#include "tests/core/apigateway/api_fixture.h"

// HTTP and WebSocket APIs of API Gateway.
class HttpApiFixture : public ServiceFixture {
public:
    // In memory, or kept in a folder.
    explicit HttpApiFixture(std::filesystem::path folder = {});

    // The API "books" with a stage $default that deploys itself.
    void makeApi(nlohmann::json extra = nlohmann::json::object());
    // An integration and a route to it; `route` has more members of the route.
    void addRoute(
        const std::string& key, nlohmann::json integration, nlohmann::json route = nlohmann::json::object());

    // To "books" when the request names no host.
    core::http::Response send(core::http::Request request);
    core::http::Response get(const std::string& path, core::http::Headers headers = {});

protected:
    core::aws::Service& service() override { return m_service; }

private:
    core::apigateway::v2::ApiGatewayV2Service m_service;
};

nlohmann::json functionIntegration(const std::string& version = "2.0");
nlohmann::json endpointIntegration(const std::string& url = "https://backend.example/books");
// {"message": …} of an answer that the gateway gave itself.
QString messageOf(const core::http::Response& response);
