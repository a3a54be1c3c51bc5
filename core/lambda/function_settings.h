#pragma once

#include "core/lambda/service.h"

#include <nlohmann/json_fwd.hpp>

namespace core::lambda {

// Takes over the members that CreateFunction and UpdateFunctionConfiguration share, and checks what their
// shapes cannot.
Result<> applySettings(Function& function, const nlohmann::json& input);

// DeadLetterConfig: asks for the queue, which waits.
Result<> applyDeadLetter(LambdaService& service, Function& function, const nlohmann::json& input);

// The package that a request brings: ZipFile, or an object of a bucket. `code` is the structure that holds
// them.
Result<std::string> packageOf(
    LambdaService& service, aws::RequestContext& context, const nlohmann::json& code);

}
