#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace core::lambda::errors {

// Each error of Lambda that this service gives, in AWS's words.
Error functionNotFound(std::string_view arn);
Error regionNotReachable(std::string_view wanted, std::string_view here);
Error functionExists(std::string_view name);
Error qualifierMismatch();
Error aliasesNotDeleted();
Error aliasExists(std::string_view arn);
Error aliasNotFound(std::string_view arn);
Error aliasMissing(std::string_view arn);
Error versionHasAliases(std::string_view arn, std::string_view alias);
Error codeDiffers(std::string_view given, std::string_view current);
Error functionMissing();
Error unqualifiedOnly();
Error noEventConfig(std::string_view arn);
Error eventFunctionMissing();
Error noProvisionedConfig();
Error reservedTooLow(int wanted, int provisioned);
Error mappingExists(std::string_view source, std::string_view function, std::string_view id);
Error queueMappingExists(std::string_view source, std::string_view function, std::string_view id);
Error unsupportedForSource(std::string_view member);
Error urlExists(std::string_view arn);
Error layerVersionNotFound(std::string_view arn);
Error layerVersionUnknown(std::string_view arn);
Error codeStorageExceeded();
Error codeSigningMissing(std::string_view arn); // asked for by itself
Error codeSigningNotFound(std::string_view arn); // named by a function
Error codeSigningInUse();
Error invalidParameter(std::string_view message);
Error recursiveInvocation();
Error badZip();
Error emptyZip();
Error unzippedTooLarge();
Error packageTooLarge(std::string_view action);
Error payloadTooLarge(std::string_view type, std::uint64_t size, std::uint64_t limit);
Error badPayload(std::string_view why);
Error unknownRuntime(std::string_view runtime, std::string_view known);
Error retiredRuntime(std::string_view runtime);
Error reservedVariables(std::string_view names);
Error variablesTooLarge(std::string_view measured);
Error staleRevision(std::string_view source);
Error tooManyRequests(std::string_view reason);
Error statementExists(std::string_view id);
Error statementNotFound(std::string_view id);
Error noPolicy();
Error noPolicyFor(std::string_view arn);
Error resourceNotFound();
Error fileNotFound(std::string_view path);
Error unsafePath(std::string_view path);
Error io(std::string_view what);

// The HTTP status that AWS documents for the error's code.
std::optional<int> documentedStatus(const Error& error);

}
