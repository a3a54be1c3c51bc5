#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace core::lambda {

struct FileSystem {
    std::string accessPoint; // ARN
    std::string mountPath; // "/mnt/…"
};

// What a function is attached to on AWS: a network, keys, a file system. Kept and shown here; functions run
// in this computer's network, unencrypted, and see no such file system. A plain value.
struct Attachments {
    bool hasNetwork = false; // was ever given one: AWS shows what is left of it
    std::vector<std::string> subnets;
    std::vector<std::string> securityGroups;
    bool dualStack = false;
    std::string key; // of the variables, an ARN or ""
    std::string codeKey; // of the package
    std::vector<FileSystem> fileSystems;

    bool isEmpty() const;
};

// How it is kept in the store.
nlohmann::json toRecord(const Attachments& attachments);
Attachments attachmentsFrom(const nlohmann::json& record);

// Takes over VpcConfig, KMSKeyArn and FileSystemConfigs where they are given. Errors:
// InvalidParameterValueException.
Result<> applyAttachments(Attachments& attachments, const nlohmann::json& input);
// Adds them to a function's configuration.
void showAttachments(const Attachments& attachments, const std::string& region, const std::string& account,
    nlohmann::json& output);

}
