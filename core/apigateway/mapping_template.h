#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// Mapping templates as calls render them: $input, $context, $util and $stageVariables (the developer guide's
// "mapping template reference"). What a template sets on $context.requestOverride and
// $context.responseOverride is left in the call's context.

// `body` is the payload that $input stands for.
tl::expected<std::string, GatewayFailure> renderRequestTemplate(
    CallContext& context, CallEnvironment& environment, const std::string& text, const std::string& body);
tl::expected<std::string, GatewayFailure> renderResponseTemplate(
    CallContext& context, CallEnvironment& environment, const std::string& text, const std::string& body);
// Of a gateway response: variables alone, "$context.error.messageString" and the like; anything else stays as
// it is.
std::string substituteContext(const CallContext& context, const std::string& text);

}
