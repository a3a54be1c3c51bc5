#include "core/apigateway/integration_uri.h"

#include "core/apigateway/errors.h"
#include "core/base/arn.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kFunctions = "path/2015-03-31/functions/";
constexpr std::string_view kInvocations = "/invocations";
constexpr std::string_view kStreamedFunctions = "path/2021-11-15/functions/";
constexpr std::string_view kStreamedInvocations = "/response-streaming-invocations";

}

Result<std::string> lambdaFunctionOf(const std::string& uri)
{
    const auto parts = split(uri, ':');
    if (parts.size() < 6 || parts[0] != "arn" || parts[2] != "apigateway")
        return fail(errors::badRequest(parts.size() >= 6 && parts[0] == "arn"
                ? "AWS ARN for integration must contain path or action"
                : "Invalid ARN specified in the request"));
    const std::string_view rest =
        std::string_view(uri).substr(static_cast<std::size_t>(parts[5].data() - uri.data()));
    if (!rest.starts_with("path/") && !rest.starts_with("action/"))
        return fail(errors::badRequest("AWS ARN for integration must contain path or action"));
    if (parts[4] == "firehose" && rest.starts_with("action/PutRecord"))
        return fail(errors::unsupported("AWS_PROXY to Firehose"));
    if (parts[4] != "lambda" || !rest.starts_with(kFunctions) || !rest.ends_with(kInvocations)
        || rest.size() <= kFunctions.size() + kInvocations.size())
        return fail(
            errors::badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and "
                               "Firehose stream invocations."));
    // Mapped path values are escaped, and a function's ARN has colons.
    return percentDecode(
        rest.substr(kFunctions.size(), rest.size() - kFunctions.size() - kInvocations.size()));
}

std::optional<std::string> streamedFunctionOf(const std::string& uri)
{
    const auto parts = split(uri, ':');
    if (parts.size() < 6 || parts[0] != "arn" || parts[2] != "apigateway" || parts[4] != "lambda")
        return std::nullopt;
    const std::string_view rest =
        std::string_view(uri).substr(static_cast<std::size_t>(parts[5].data() - uri.data()));
    if (!rest.starts_with(kStreamedFunctions) || !rest.ends_with(kStreamedInvocations)
        || rest.size() <= kStreamedFunctions.size() + kStreamedInvocations.size())
        return std::nullopt;
    return std::string(rest.substr(
        kStreamedFunctions.size(), rest.size() - kStreamedFunctions.size() - kStreamedInvocations.size()));
}

std::string regionOf(const std::string& functionArn, const std::string& otherwise)
{
    const auto arn = Arn::parse(functionArn);
    return arn && !arn->region.empty() ? arn->region : otherwise;
}

std::string functionNameOf(const std::string& functionArn)
{
    const auto arn = Arn::parse(functionArn);
    if (!arn || !arn->resource.starts_with("function:"))
        return functionArn;
    return arn->resource.substr(std::string_view("function:").size());
}

Result<> checkHttpUri(const std::string& uri)
{
    const std::string_view view = uri;
    const auto scheme = view.starts_with("http://") ? 7U : view.starts_with("https://") ? 8U : 0U;
    // A stage variable may stand for the whole host.
    const bool fromVariable = view.starts_with("${stageVariables.");
    if (!fromVariable && (scheme == 0 || view.size() == scheme || view[scheme] == '/'))
        return fail(errors::badRequest("Invalid HTTP endpoint specified for URI"));
    return {};
}

}
