#pragma once

#include "core/aws/service.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <filesystem>
#include <mutex>

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

// Runs an action as the front door does: shape, run, commit, answer.
core::Result<core::aws::Reply> runAction(core::aws::Service& service, core::store::Store& store,
    core::aws::RequestContext context, std::string_view action, nlohmann::json input, std::string body = {});

// One service with everything a chamber gives it, but a FakeCaller for the rest of the chamber. Its clock
// stands at 1700000000. Who derives makes the service out of host().
class ServiceFixture {
public:
    // In memory when the folder is empty.
    ServiceFixture(std::filesystem::path folder, core::store::Durability durability);
    virtual ~ServiceFixture();

    core::Result<nlohmann::json> call(std::string_view action, nlohmann::json input);
    // The answer, or the test fails with the error.
    nlohmann::json expect(std::string_view action, nlohmann::json input);
    // "NotFoundException: Invalid …" or "" when the action succeeded.
    QString error(std::string_view action, nlohmann::json input);

    core::http::Response send(core::http::Request request);
    core::http::Response send(core::http::Request request, core::trace::SpanScope& span);
    core::trace::Track lastTrack() const;
    void reset(); // as /_chamber/reset does
    core::aws::MetricBook& metrics(); // what the service counted
    std::size_t kept(std::string_view keyspace) const; // rows of the store

    FakeCaller caller;
    core::Clock clock;
    core::trace::Tracer tracer;

protected:
    core::aws::Host host();
    virtual core::aws::Service& service() = 0;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};
