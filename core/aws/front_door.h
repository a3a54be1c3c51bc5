#pragma once

#include "core/aws/service.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <span>

namespace core::aws {

// Requests to our own addresses (/_chamber/…) and answers that no service claims.
class LocalPages {
public:
    virtual ~LocalPages() = default;
    // Runs on the pool.
    virtual http::Response serve(const http::Request& request) = 0;
};

struct FrontDoorOptions {
    std::string defaultRegion = "us-east-1";
    bool verifySignatures = false; // presigned URLs are always verified
    std::vector<std::string> hosts = {}; // further Host names that are accepted, such as the bound one
    std::function<std::string()> endpoint =
        {}; // "http://127.0.0.1:4566" once serving: fetch() of it stays in process
};

// Turns an HTTP request into (service, action), opens its track, runs it in its lane and writes the answer in
// the service's protocol. Order of recognition: X-Amz-Target, SigV4 scope, host name, path (DESIGN §6).
class FrontDoor : public http::Handler, public Caller {
public:
    // `host.caller` may be this object. Services are added before the first request.
    FrontDoor(store::Store& store, Clock& clock, trace::Tracer& tracer, WorkPool& pool,
        Publisher<ResourceChanged>& changes, FrontDoorOptions options);
    ~FrontDoor() override;
    void add(Service& service);
    void setLocalPages(LocalPages* pages);
    std::vector<Service*> services() const;

    http::BodyPlan planBody(const http::Request& head) override;
    void handle(http::Request request, http::Responder responder) override;

    Result<Reply> call(std::string_view service, std::string_view action, const nlohmann::json& input,
        const CallOptions& options, std::string payload = {}) override;
    Result<http::Response> fetch(
        std::string_view url, http::Request request, const CallOptions& options) override;

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

}
