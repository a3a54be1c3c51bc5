#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::lambda {

// A function's (or an alias's) own HTTP endpoint. A plain value.
struct UrlConfig {
    std::string region;
    std::string account;
    std::string function;
    std::string qualifier; // an alias, "" for $LATEST
    std::string id; // the first part of its host name
    std::string authType; // "NONE", "AWS_IAM"
    std::string invokeMode = "BUFFERED"; // or "RESPONSE_STREAM"
    std::string cors; // the Cors structure as JSON text, "" for none
    Micros created = 0;
    Micros modified = 0;

    std::string arn() const;
    bool streams() const { return invokeMode == "RESPONSE_STREAM"; }
};

std::string recordKey(const UrlConfig& config); // "region/function/qualifier"
std::string encode(const UrlConfig& config);
bool decode(std::string_view record, UrlConfig& config);

// FunctionUrlConfig as on the wire. `endpoint`: the chamber's, whose port the URL has.
nlohmann::json describe(const UrlConfig& config, std::string_view endpoint);

}
