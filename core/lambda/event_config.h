#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::lambda {

// How asynchronous events of a function, version or alias are retried, and who hears of their end. A plain
// value.
struct EventConfig {
    std::string region;
    std::string account;
    std::string function;
    std::string qualifier; // "$LATEST" when none was named
    int maxAge = -1; // seconds; -1: AWS's six hours
    int maxRetries = -1; // -1: AWS's two
    std::string onSuccess; // ARNs, "" for none
    std::string onFailure;
    Micros modified = 0;

    std::string arn() const;
};

std::string recordKey(const EventConfig& config); // "region/function/qualifier"
std::string encode(const EventConfig& config);
bool decode(std::string_view record, EventConfig& config);

// FunctionEventInvokeConfig as on the wire.
nlohmann::json describe(const EventConfig& config);

}
