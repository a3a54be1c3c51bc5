#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

#include <span>
#include <string_view>

namespace core::apigateway::v2 {

// An action of an AWS service that an HTTP API calls by IntegrationSubtype.
struct Subtype {
    std::string_view name; // "EventBridge-PutEvents"
    std::string_view service; // the chamber's, "" where it has none
    std::string_view action;
    std::span<const std::string_view> required = {}; // parameters
    std::span<const std::string_view> optional = {};
};

const Subtype* findSubtype(std::string_view name);
// AWS's error for a subtype that is none, for one that the chamber does not have, and for its parameters.
Result<> checkSubtype(const Integration& integration);

}
