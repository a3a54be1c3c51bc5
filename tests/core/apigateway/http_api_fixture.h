#pragma once

#include "core/apigateway/v2/service.h"
#include "tests/core/apigateway/api_fixture.h"

// The service of HTTP and WebSocket APIs with everything a chamber gives it, but a FakeCaller for the rest of
// the chamber. Its clock stands at 1700000000.
class HttpApiFixture {
public:
    // In memory, or kept in a folder.
    explicit HttpApiFixture(std::filesystem::path folder = {});
    ~HttpApiFixture();

    // Runs an action as the front door does: shape, run, commit, answer.
    core::Result<nlohmann::json> call(std::string_view action, nlohmann::json input);
    // The answer, or the test fails with the error.
    nlohmann::json expect(std::string_view action, nlohmann::json input);
    // "NotFoundException: Invalid …" or "" when the action succeeded.
    QString error(std::string_view action, nlohmann::json input);

    // The API "books" with a stage $default that deploys itself.
    void makeApi(nlohmann::json extra = nlohmann::json::object());
    // An integration and a route to it; `route` has more members of the route.
    void addRoute(
        const std::string& key, nlohmann::json integration, nlohmann::json route = nlohmann::json::object());

    core::http::Response send(core::http::Request request);
    core::http::Response get(const std::string& path, core::http::Headers headers = {});
    core::trace::Track lastTrack() const;

    FakeCaller caller;
    core::Clock clock;
    core::trace::Tracer tracer;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

nlohmann::json functionIntegration(const std::string& version = "2.0");
nlohmann::json endpointIntegration(const std::string& url = "https://backend.example/books");
// {"message": …} of an answer that the gateway gave itself.
QString messageOf(const core::http::Response& response);
