#pragma once

#include "core/apigateway/call_context.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>

namespace core::apigateway {

// What calls of APIs ask of the rest of the chamber: waited for with patience, each a span below the call's.
// nullopt: the patience is over, and what was asked goes on by itself. When too much of it runs at once it is
// refused as Throttled.

// An action of another service.
struct ServiceCall {
    std::string service; // "lambda"
    std::string action;
    std::shared_ptr<const nlohmann::json> input;
    std::string payload;
    std::string region;
    std::string role; // what the span shows: "integration", "authorizer"
    std::string name; // whom: "books"
    Micros patience = 0;
};
std::optional<Result<aws::Reply>> askInTime(
    aws::Caller& caller, WorkPool& pool, trace::SpanScope& parent, ServiceCall asked);

// A request to an endpoint of the integration.
struct EndpointCall {
    std::string url;
    http::Request request;
    std::string region;
    std::string name; // whom the span shows: the host
    Micros patience = 0;
    // Asked over the network by ourselves: a certificate need not come from a known authority.
    bool skipsVerification = false;
};
std::optional<Result<http::Response>> fetchInTime(
    aws::Caller& caller, WorkPool& pool, trace::SpanScope& parent, EndpointCall asked);

}
