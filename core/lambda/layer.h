#pragma once

#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// One published version of a layer. A plain value. A deleted one is kept, as on AWS, while functions use it;
// its number is never given again.
struct LayerVersion {
    std::string region;
    std::string account;
    std::string name;
    std::int64_t version = 0;
    std::string description;
    std::string license;
    std::vector<std::string> runtimes;
    std::vector<std::string> architectures;
    Micros created = 0;
    std::string codeSha256;
    std::uint64_t codeSize = 0;
    std::uint64_t unpackedSize = 0;
    std::string policy; // as Function's
    std::string policyRevision;
    bool deleted = false;

    std::string layerArn() const;
    std::string arn() const;
};

std::string recordKey(const LayerVersion& layer); // "region/name/00000003"
std::string encode(const LayerVersion& layer);
bool decode(std::string_view record, LayerVersion& layer);

// LayerVersionsListItem as on the wire; with the package's place it is what GetLayerVersion answers.
nlohmann::json describe(const LayerVersion& layer);
nlohmann::json describe(const LayerVersion& layer, const std::string& location);

}
