#pragma once

#include "core/base/clock.h"
#include "core/lambda/attachments.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

inline constexpr std::string_view kLatest = "$LATEST";

// A function as it is configured now ($LATEST), or one of its published versions, which nothing changes any
// more. A plain value: services and environments keep copies of a moment.
struct Function {
    std::string region;
    std::string account;
    std::string name;
    std::string version{kLatest}; // or "1", "2"…
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
    bool jsonLogs = false;
    std::string applicationLevel = "INFO"; // of JSON logs: TRACE to FATAL
    std::string systemLevel = "INFO"; // of JSON logs: DEBUG, INFO, WARN
    bool hasEnvironment = false;
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> tags;
    std::vector<std::string> layers; // ARNs of layer versions, in order
    std::vector<std::uint64_t> layerSizes; // of their packages
    std::string snapStart = "None";
    std::string deadLetter; // ARN of the queue for events that failed, "" for none
    std::string runtimeUpdates =
        "Auto"; // when another runtime version is taken: or "FunctionUpdate", "Manual"
    std::string runtimeVersion; // the ARN chosen by hand
    Attachments attachments;

    std::string folder; // its name below the chamber's functions/, of a version: below versions/
    std::string codeSha256; // base64, of the package
    std::uint64_t codeSize = 0; // of the package
    std::string digest; // of the folder when codeSha256 was taken
    std::string revision;
    Micros modified = 0;
    // Grows with every change of code or configuration: environments of an older one take no further event.
    std::uint64_t generation = 1;

    std::string policy; // the resource policy's statements as a JSON array, "" for none
    std::string policyRevision;

    // Of $LATEST alone.
    std::uint64_t lastVersion = 0; // the number given last
    std::string publishedPrint; // fingerprint() of what was published last
    int reserved = -1; // concurrent executions; -1: none are reserved
    std::string recursiveLoop = "Terminate";
    std::string codeSigningConfig; // an ARN, "" for none

    bool isLatest() const { return version == kLatest; }
    std::string arn() const; // without a qualifier
    std::string key() const { return region + '/' + name; } // in stores and pools: one for all versions
    // Below the chamber's folder.
    std::string codeFolder() const { return (isLatest() ? "functions/" : "versions/") + folder; }
};

// "us-east-1/name/00000012": versions in order of their numbers.
std::string versionKey(const std::string& functionKey, std::string_view version);
// The same for the same code and configuration: a version is published only when it has changed.
std::string fingerprint(const Function& function);

// How the record is kept in the store.
nlohmann::json toRecord(const Function& function);
Function functionFrom(std::string_view record);
std::string recordKey(const Function& version); // of a published one
std::string encode(const Function& function);
bool decode(std::string_view record, Function& function);

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
