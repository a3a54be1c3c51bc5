#pragma once

#include "core/base/result.h"

#include <string_view>

namespace core::events::errors {

// Each error of EventBridge that this service gives, in AWS's words.
Error validation(std::string message);
Error noBus(std::string_view name);
Error noRule(std::string_view rule, std::string_view bus);
Error busExists(std::string_view name);
Error badPattern(std::string_view reason);
Error tooMany();
Error noResource(std::string_view arn);

}
