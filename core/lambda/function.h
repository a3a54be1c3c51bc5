#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace core::lambda {

// A function as it is configured now ($LATEST). A plain value: services and environments keep copies of a
// moment.
struct Function {
    std::string region;
    std::string account;
    std::string name;
    std::string runtime;
    std::string role;
    std::string handler;
    std::string description;
    int timeout = 3; // seconds
    int memory = 128; // MB
    int ephemeral = 512; // MB
    std::string architecture = "x86_64";
    std::string tracing = "PassThrough";
    std::string logGroup; // "/aws/lambda/<name>" unless the user chose another
    bool hasEnvironment = false;
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> tags;

    std::string folder; // its name below the chamber's functions/
    std::string codeSha256; // base64, of the package
    std::uint64_t codeSize = 0; // of the package
    std::string digest; // of the folder when codeSha256 was taken
    std::string revision;
    Micros modified = 0;
    // Grows with every change of code or configuration: environments of an older one take no further event.
    std::uint64_t generation = 1;

    std::string policy; // the resource policy's statements as a JSON array, "" for none
    std::string policyRevision;

    std::string arn() const;
    std::string key() const { return region + '/' + name; } // in stores and pools
};

// How the record is kept in the store.
nlohmann::json toRecord(const Function& function);
Function functionFrom(std::string_view record);

// When a configuration is shown: it differs in the members about states.
enum class Moment {
    Created, // CreateFunction: Pending
    Updated, // Update…: InProgress
    Settled, // Get…
    Listed, // ListFunctions: no states
};

// FunctionConfiguration as on the wire. `arnSuffix` as ":$LATEST" where the caller named a qualifier.
nlohmann::json configuration(const Function& function, Moment moment, std::string_view arnSuffix = {});

}
