#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// A row of an API key file (CSV): Name and Key, and where they are, Description, Enabled, UsagePlanIds.
struct ImportedKey {
    std::string name = {};
    std::string value = {};
    std::string description = {};
    bool enabled = true;
    std::vector<std::string> planIds = {};
};

// Header names in any order and case; other columns are skipped. Quotes are double or single.
Result<std::vector<ImportedKey>> parseApiKeyFile(std::string_view text);

}
