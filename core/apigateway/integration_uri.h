#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>

namespace core::apigateway {

// The function that an AWS_PROXY uri invokes: the part between "functions/" and "/invocations" of
// arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations. AWS's error for
// anything else.
Result<std::string> lambdaFunctionOf(const std::string& uri);
// The function of arn:aws:apigateway:{region}:lambda:path/2021-11-15/functions/{function ARN}
// /response-streaming-invocations; nullopt for anything else.
std::optional<std::string> streamedFunctionOf(const std::string& uri);
// The region that a function's ARN names, or `otherwise`.
std::string regionOf(const std::string& functionArn, const std::string& otherwise);
// The name alone, for people: "place-order".
std::string functionNameOf(const std::string& functionArn);
// An http or https address, possibly with {variables} and ${stageVariables.…}.
Result<> checkHttpUri(const std::string& uri);

}
