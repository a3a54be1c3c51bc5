#pragma once

#include "core/apigateway/service.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <filesystem>

// Stands for the other services and the network: answers what the test says and remembers what it was asked.
class FakeCaller : public core::aws::Caller {
public:
    struct Asked {
        std::string what; // "lambda Invoke" or a URL
        nlohmann::json input;
        std::string payload;
        core::http::Request wire;
    };

    core::Result<core::aws::Reply> call(std::string_view service, std::string_view action,
        const nlohmann::json& input, const core::aws::CallOptions& options, std::string payload) override;
    core::Result<core::http::Response> fetch(
        std::string_view url, core::http::Request request, const core::aws::CallOptions& options) override;

    Asked last() const;
    int count() const;

    std::function<core::Result<core::aws::Reply>(const Asked&)> onCall;
    std::function<core::Result<core::http::Response>(const Asked&)> onFetch;

private:
    mutable std::mutex m_mutex;
    std::vector<Asked> m_asked;
};

// A function's answer, as Lambda's Invoke gives it.
core::aws::Reply functionAnswer(std::string payload, std::string functionError = {});

// An API Gateway with everything a chamber gives it, but a FakeCaller for the rest of the chamber.
class ApiFixture {
public:
    explicit ApiFixture(std::filesystem::path folder = {},
        core::store::Durability durability = core::store::Durability::Memory);
    ~ApiFixture();

    // Runs an action as the front door does: shape, run, commit, answer.
    core::Result<nlohmann::json> call(std::string_view action, nlohmann::json input);
    // The answer, or the test fails with the error.
    nlohmann::json expect(std::string_view action, nlohmann::json input);
    // "NotFoundException: Invalid …" or "" when the action succeeded.
    QString error(std::string_view action, nlohmann::json input);

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

    core::http::Response send(core::http::Request request);
    core::http::Response send(core::http::Request request, core::trace::SpanScope& span);
    core::http::Response get(const std::string& apiId, const std::string& path);
    core::trace::Track lastTrack() const;
    void reset(); // as /_chamber/reset does
    void setChance(std::function<double()> chance); // which calls a canary takes

    FakeCaller caller;
    core::Clock clock;
    core::trace::Tracer tracer;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
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
