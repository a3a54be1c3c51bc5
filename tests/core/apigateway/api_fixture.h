#pragma once

#include "core/apigateway/service.h"
#include "tests/support/service_fixture.h"

// REST APIs of API Gateway.
class ApiFixture : public ServiceFixture {
public:
    explicit ApiFixture(std::filesystem::path folder = {},
        core::store::Durability durability = core::store::Durability::Memory);

    // An API with a resource tree and one method of the given integration at `path`, deployed to `stage`.
    struct Route {
        std::string apiId;
        std::string rootId;
        std::string resourceId;
    };
    Route makeApi(nlohmann::json extra = nlohmann::json::object());
    std::string addPath(const std::string& apiId, const std::string& rootId, const std::string& path);
    void addMethod(const std::string& apiId, const std::string& resourceId, const std::string& method,
        nlohmann::json integration);
    void deploy(const std::string& apiId, const std::string& stage,
        nlohmann::json variables = nlohmann::json::object());

    core::http::Response get(const std::string& apiId, const std::string& path);
    void setChance(std::function<double()> chance); // which calls a canary takes

protected:
    core::aws::Service& service() override { return m_service; }

private:
    core::apigateway::ApiGatewayService m_service;
};

nlohmann::json lambdaIntegration(const std::string& function = "books");
nlohmann::json mockIntegration(int status = 200);
// JSON as Qt Test compares and shows it.
inline QString jsonText(const nlohmann::json& value)
{
    return QString::fromStdString(value.dump());
}
// "step title: detail" lines of a track's root span.
QString stepsOf(const core::trace::Track& track);
