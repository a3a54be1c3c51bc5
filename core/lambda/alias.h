#pragma once

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <string_view>

namespace core::lambda {

// A name for a version of a function, or for two with the share of the calls that goes to the other one. A
// plain value.
struct Alias {
    std::string region;
    std::string account;
    std::string function;
    std::string name;
    std::string version;
    std::string description;
    std::map<std::string, double> weights; // of further versions: at most one
    std::string revision;
    std::string policy; // as Function's
    std::string policyRevision;

    std::string arn() const;
    std::string functionKey() const { return region + '/' + function; }
    // The version for one call; `draw` is random, from 0 to below 1.
    const std::string& versionFor(double draw) const;
};

std::string recordKey(const Alias& alias); // "region/function/alias"
std::string encode(const Alias& alias);
bool decode(std::string_view record, Alias& alias);

// AliasConfiguration as on the wire.
nlohmann::json describe(const Alias& alias);

}
