#pragma once

#include "core/apigateway/v2/call.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>

namespace core::apigateway::v2 {

// An action of another service of the chamber, as part of a call.
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

// Asks and waits. nullopt: the patience is over, and the action goes on by itself.
std::optional<Result<aws::Reply>> askInTime(Call& call, CallEnvironment& environment, ServiceCall asked);

}
