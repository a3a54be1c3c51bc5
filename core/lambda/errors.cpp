#include "core/lambda/errors.h"

#include <map>

namespace core::lambda::errors {

namespace {

Error notFound(std::string message)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", std::move(message)};
}

Error conflict(std::string message)
{
    return {ErrorKind::Conflict, "ResourceConflictException", std::move(message)};
}

std::string text(std::string_view a, std::string_view b, std::string_view c = {})
{
    return std::string(a).append(b).append(c);
}

}

Error functionNotFound(std::string_view arn)
{
    return notFound(text("Function not found: ", arn));
}

Error regionNotReachable(std::string_view wanted, std::string_view here)
{
    return notFound(
        text("Functions from '", wanted, "' are not reachable in this region ('") + std::string(here) + "')");
}

Error functionExists(std::string_view name)
{
    return conflict(text("Function already exist: ", name));
}

Error qualifierMismatch()
{
    return invalidParameter(
        "The derived qualifier from the function name does not match the specified qualifier.");
}

Error aliasesNotDeleted()
{
    return invalidParameter("Deletion of aliases is not currently supported.");
}

Error aliasExists(std::string_view arn)
{
    return conflict(text("Alias already exists: ", arn));
}

Error aliasNotFound(std::string_view arn)
{
    return notFound(text("Cannot find alias arn: ", arn));
}

// What UpdateAlias says of it.
Error aliasMissing(std::string_view arn)
{
    return notFound(text("Alias not found: ", arn));
}

Error versionHasAliases(std::string_view arn, std::string_view alias)
{
    return conflict(text("Version ", arn, text(" cannot be deleted: the alias ", alias, " points to it.")));
}

Error codeDiffers(std::string_view given, std::string_view current)
{
    return invalidParameter(
        text(text("CodeSHA256 (", given, ") is different from current CodeSHA256 in $LATEST ("), current,
            "). Please try again with the CodeSHA256 in $LATEST."));
}

Error functionMissing()
{
    return notFound("Function does not exist");
}

Error unqualifiedOnly()
{
    return invalidParameter(
        "This operation is permitted on Lambda functions only. Aliases and versions do not support this "
        "operation. Please specify either a function name or an unqualified function ARN.");
}

Error noEventConfig(std::string_view arn)
{
    return notFound(text("The function ", arn, " doesn't have an EventInvokeConfig"));
}

Error eventFunctionMissing()
{
    return notFound("The function doesn't exist.");
}

Error noProvisionedConfig()
{
    return {ErrorKind::NotFound, "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function"};
}

// AWS gives this one without a type.
Error reservedTooLow(int wanted, int provisioned)
{
    auto error = invalidParameter(" ReservedConcurrentExecutions  " + std::to_string(wanted)
        + " should not be lower than function's total provisioned concurrency [" + std::to_string(provisioned)
        + "].");
    error.members = R"({"Type":null})";
    return error;
}

Error mappingExists(std::string_view source, std::string_view function, std::string_view id)
{
    return conflict(text("The event source arn (\" ", source,
                        text(" \") and function (\" ", function,
                            " \") provided mapping already exists. Please update or delete the existing "
                            "mapping with UUID "))
        + std::string(id));
}

Error queueMappingExists(std::string_view source, std::string_view function, std::string_view id)
{
    return conflict(text("An event source mapping with SQS arn (\" ", source,
                        text(" \") and function (\" ", function,
                            " \") already exists. Please update or delete the existing mapping with UUID "))
        + std::string(id));
}

Error unsupportedForSource(std::string_view member)
{
    return invalidParameter(text("Unsupported ", member, " parameter for given event source mapping type."));
}

Error urlExists(std::string_view arn)
{
    return conflict(text("Failed to create function url config for [functionArn = ", arn,
        "]. Error message:  FunctionUrlConfig exists for this Lambda function"));
}

Error layerVersionNotFound(std::string_view arn)
{
    return notFound(text("Layer version ", arn, " does not exist."));
}

Error layerVersionUnknown(std::string_view arn)
{
    return invalidParameter(text("Layer version ", arn, " does not exist."));
}

Error codeSigningMissing(std::string_view arn)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        text("The Lambda code signing configuration ", arn, " can not be found."), R"({"Type":null})"};
}

Error codeSigningNotFound(std::string_view arn)
{
    return {ErrorKind::NotFound, "CodeSigningConfigNotFoundException",
        text("The code signing configuration cannot be found. Check that the provided configuration is not "
             "deleted: ",
            arn, ".")};
}

// AWS's own words were not seen.
Error codeSigningInUse()
{
    return conflict("The code signing configuration is in use by functions and cannot be deleted.");
}

Error codeStorageExceeded()
{
    return {ErrorKind::Invalid, "CodeStorageExceededException", "Code storage limit exceeded."};
}

Error invalidParameter(std::string_view message)
{
    return {ErrorKind::Invalid, "InvalidParameterValueException", std::string(message)};
}

Error badZip()
{
    return invalidParameter(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
}

Error emptyZip()
{
    return invalidParameter("Uploaded file must be a non-empty zip");
}

Error unzippedTooLarge()
{
    return invalidParameter("Unzipped size must be smaller than 262144000 bytes");
}

Error packageTooLarge(std::string_view action)
{
    return {ErrorKind::TooLarge, "RequestEntityTooLargeException",
        text("Request must be smaller than 70167211 bytes for the ", action, " operation"),
        R"({"Type":null})"};
}

Error payloadTooLarge(std::string_view type, std::uint64_t size, std::uint64_t limit)
{
    return {ErrorKind::TooLarge, "RequestTooLargeException",
        std::to_string(size) + text(" byte payload is too large for the ", type, " invocation type (limit ")
            + std::to_string(limit) + " bytes)"};
}

Error badPayload(std::string_view why)
{
    return {ErrorKind::Invalid, "InvalidRequestContentException",
        text("Could not parse request body into json: Could not parse payload into json: ", why)};
}

Error unknownRuntime(std::string_view runtime, std::string_view known)
{
    return invalidParameter(text("Value ", runtime,
        text(" at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [", known,
            "] or be a valid ARN")));
}

Error retiredRuntime(std::string_view runtime)
{
    return invalidParameter(text("The runtime parameter of ", runtime,
        " is no longer supported for creating or updating AWS Lambda functions. We recommend you use a "
        "supported "
        "runtime while creating or updating functions."));
}

Error reservedVariables(std::string_view names)
{
    return invalidParameter(text("Lambda was unable to configure your environment variables because the "
                                 "environment variables you have "
                                 "provided contains reserved keys that are currently not supported for "
                                 "modification. Reserved keys used "
                                 "in this request: ",
        names));
}

Error variablesTooLarge(std::string_view measured)
{
    return invalidParameter(text("Lambda was unable to configure your environment variables because the "
                                 "environment variables you have "
                                 "provided exceeded the 4KB limit. String measured: ",
        measured));
}

Error staleRevision(std::string_view source)
{
    return {ErrorKind::Conflict, "PreconditionFailedException",
        text("The Revision Id provided does not match the latest Revision Id. Call the ", source,
            " API to retrieve the latest Revision Id")};
}

Error tooManyRequests(std::string_view reason)
{
    return {ErrorKind::Throttled, "TooManyRequestsException", "Rate Exceeded.",
        text(R"({"Reason":")", reason, R"("})")};
}

// The text is that of the API reference: what AWS writes is nowhere shown.
Error recursiveInvocation()
{
    return {ErrorKind::Invalid, "RecursiveInvocationException",
        "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services "
        "resources and stopped your function's invocation."};
}

Error statementExists(std::string_view id)
{
    return conflict(text("The statement id (", id,
        ") provided already exists. Please provide a new statement id, or remove the existing statement."));
}

Error statementNotFound(std::string_view id)
{
    return notFound(text("Statement ", id, " is not found in resource policy."));
}

Error noPolicy()
{
    return notFound("No policy is associated with the given resource.");
}

Error noPolicyFor(std::string_view arn)
{
    return notFound(text("No policy found for: ", arn));
}

Error resourceNotFound()
{
    return notFound("The resource you requested does not exist.");
}

Error fileNotFound(std::string_view path)
{
    return notFound(text("The function has no file ", path));
}

Error unsafePath(std::string_view path)
{
    return invalidParameter(text("The path ", path, " does not lie inside the function's folder"));
}

Error io(std::string_view what)
{
    return {ErrorKind::Io, "ServiceException", std::string(what)};
}

std::optional<int> documentedStatus(const Error& error)
{
    static const std::map<std::string_view, int> kStatuses = {
        {"ResourceNotFoundException", 404},
        {"ResourceConflictException", 409},
        {"PreconditionFailedException", 412},
        {"RequestEntityTooLargeException", 413},
        {"RequestTooLargeException", 413},
        {"UnsupportedMediaTypeException", 415},
        {"TooManyRequestsException", 429},
        {"ServiceException", 500},
        {"InternalFailure", 500},
    };
    if (const auto found = kStatuses.find(error.code); found != kStatuses.end())
        return found->second;
    return std::nullopt;
}

}
