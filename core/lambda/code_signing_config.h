#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// Whose signatures the packages of functions must bear. A plain value, kept by region and id. Signatures are
// not looked at here: packages are taken under both policies.
struct CodeSigningConfig {
    std::string region;
    std::string account;
    std::string id; // "csc-" and 17 letters or digits
    std::string description;
    std::vector<std::string> publishers; // ARNs of signing profiles
    std::string policy = "Warn"; // or "Enforce"
    std::map<std::string, std::string> tags;
    Micros modified = 0;

    std::string arn() const;
};

std::string recordKey(const CodeSigningConfig& config); // "region/id"
std::string encode(const CodeSigningConfig& config);
bool decode(std::string_view record, CodeSigningConfig& config);

// CodeSigningConfig as on the wire.
nlohmann::json describe(const CodeSigningConfig& config);

}
