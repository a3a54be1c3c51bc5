#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// What AWS::Serverless::Function says beside its events: the members of CreateFunction in SAM's words, and
// what other actions of Lambda set afterwards.

std::span<const std::string_view> functionProperties();

// The input of CreateFunction; `code` is the package.
nlohmann::json functionInput(const nlohmann::json& properties, const std::string& name,
    const std::string& defaultRole, const std::string& code);
// The package: of CodeUri, or a file of InlineCode named as the handler wants it.
Result<std::string> functionCode(const ImportContext& context, const nlohmann::json& properties);
// Reserved and provisioned concurrency, what becomes of events, and the function's URL; of its alias where it
// has one.
Result<> applySettings(
    const ImportContext& context, const std::string& name, const nlohmann::json& properties);
// What of a function is not built or refused here, in words; "" when there is nothing to say.
std::string buildNote(
    const ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);

}
