#pragma once

#include "core/lambda/service.h"

#include <optional>
#include <string>

namespace core::lambda {

struct PublishOrder {
    std::optional<std::string> description; // instead of the function's
    std::string codeSha256; // "" for whichever
    std::string revision;
};

// Publishes $LATEST as a version: copies its code and its configuration, neither of which changes any more.
// When nothing has changed since the last version, that one is the answer. The caller holds changing().
Result<std::shared_ptr<const Function>> publishVersion(
    LambdaService& service, const std::string& functionKey, const PublishOrder& order);

}
