#include "core/apigateway/integration_rules.h"

#include "core/apigateway/aws_service.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/method_rules.h"
#include "core/apigateway/model_json.h"
#include "core/apigateway/vtl/java_text.h"
#include "core/base/arn.h"

#include <algorithm>

namespace core::apigateway {

namespace {

using Source = MappingExpression::Source;

Result<> checkUri(const Integration& integration)
{
    if (integration.type == IntegrationType::Mock)
        return {};
    if (integration.type == IntegrationType::HttpProxy || integration.type == IntegrationType::Http)
        return checkHttpUri(integration.uri);
    if (integration.type == IntegrationType::Aws) {
        CORE_CHECK(AwsTarget::parse(integration.uri));
        return {};
    }
    if (integration.streams())
        return {}; // checkTransferMode has read it
    CORE_CHECK(lambdaFunctionOf(integration.uri));
    return {};
}

// AWS's words for BUFFERED are known; those for STREAM are after them.
Result<> checkTransferMode(const Integration& integration)
{
    const auto cannot = [](const std::string& what) {
        return fail(
            errors::badRequest("Invalid ResponseTransferMode. Cannot use ResponseTransferMode " + what));
    };
    const auto type = integration.type;
    const bool ofStream = type == IntegrationType::AwsProxy && streamedFunctionOf(integration.uri);
    const auto& mode = integration.responseTransferMode;
    if (!mode.empty() && mode != "BUFFERED" && mode != "STREAM")
        return fail(errors::badRequest(
            "Invalid ResponseTransferMode " + mode + ". Must be one of: [BUFFERED, STREAM]"));
    if (!integration.streams())
        return ofStream ? cannot("BUFFERED for Lambda functions invoked by InvokeWithResponseStream for "
                                 "AWS_PROXY integrations.")
                        : Result<>();
    if (type != IntegrationType::AwsProxy && type != IntegrationType::HttpProxy)
        return cannot("STREAM for " + std::string(wireName(type)) + " integrations.");
    if (type == IntegrationType::AwsProxy && !ofStream)
        return cannot("STREAM for Lambda functions invoked by Invoke for AWS_PROXY integrations.");
    return {};
}

Result<> checkTimeout(const Integration& integration)
{
    const int longest = integration.streams() ? 900'000 : 29'000;
    if (integration.timeoutInMillis < 50 || integration.timeoutInMillis > longest)
        return fail(
            errors::badRequest("Timeout should be between 50 ms and " + std::to_string(longest) + " ms"));
    return {};
}

// Of calls over HTTP alone; a load balancer stands behind a VPC link.
Result<> checkConnectionMembers(const Integration& integration)
{
    const bool overHttp =
        integration.type == IntegrationType::Http || integration.type == IntegrationType::HttpProxy;
    if (integration.insecureSkipVerification && !overHttp)
        return fail(errors::badRequest("TlsConfig is only supported for HTTP and HTTP_PROXY integrations"));
    const auto& target = integration.integrationTarget;
    if (target.empty())
        return {};
    if (!overHttp || integration.connectionType != "VPC_LINK")
        return fail(errors::badRequest("IntegrationTarget is only supported for VPC_LINK HTTP and HTTP_PROXY "
                                       "integrations"));
    const auto arn = Arn::parse(target);
    if (!arn || arn->service != "elasticloadbalancing")
        return fail(errors::badRequest("Invalid integration target specified: " + target));
    return {};
}

bool readsRequest(Source source)
{
    return source == Source::RequestPath || source == Source::RequestQuery
        || source == Source::RequestMultiQuery || source == Source::RequestHeader
        || source == Source::RequestMultiHeader;
}

// A mapping may only read parameters that the method declares.
Result<> checkRequestMapping(const Method& method, const std::string& target, const std::string& expression)
{
    if (!MappingTarget::parseRequest(target))
        return fail(errors::invalidMappingParameter(target));
    CORE_TRY(const auto parsed, MappingExpression::parse(expression));
    if (parsed.source == Source::ResponseHeader || parsed.source == Source::ResponseMultiHeader
        || parsed.source == Source::ResponseBody)
        return fail(errors::invalidMapping(expression));
    if (readsRequest(parsed.source) && !method.requestParameters.contains(expression))
        return fail(errors::invalidMappingParameter(expression));
    return {};
}

// A key of the stage's cache is a parameter of the request that the method declares, or one that the
// integration maps.
Result<> checkCacheKey(const Method& method, const Integration& integration, const std::string& key)
{
    if (MappingTarget::parseRequest(key))
        return integration.requestParameters.contains(key) ? Result<>()
                                                           : fail(errors::invalidMappingParameter(key));
    CORE_TRY(const auto parsed, MappingExpression::parse(key));
    if (!readsRequest(parsed.source))
        return fail(errors::invalidMapping(key));
    if (!method.requestParameters.contains(key))
        return fail(errors::invalidMappingParameter(key));
    return {};
}

Result<> checkPassthrough(const std::string& behavior)
{
    if (behavior != "WHEN_NO_MATCH" && behavior != "WHEN_NO_TEMPLATES" && behavior != "NEVER")
        return fail(errors::badRequest("Invalid passthrough behavior specified. Valid options are "
                                       "WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER"));
    return {};
}

Result<> checkTemplateSize(const std::string& text)
{
    constexpr std::size_t kMost = 300 * 1024;
    if (text.size() > kMost)
        return fail(errors::badRequest("Mapping template size exceeds the limit of 300 KB"));
    return {};
}

Result<> checkContentType(const std::string& type)
{
    if (type.find('/') == type.npos)
        return fail(errors::badRequest(
            "Validation Result: warnings : [], errors : [Invalid content type specified: " + type + "]"));
    return {};
}

}

Result<IntegrationType> parseIntegrationType(const std::string& name)
{
    if (name == "AWS_PROXY")
        return IntegrationType::AwsProxy;
    if (name == "HTTP_PROXY")
        return IntegrationType::HttpProxy;
    if (name == "AWS")
        return IntegrationType::Aws;
    if (name == "HTTP")
        return IntegrationType::Http;
    if (name == "MOCK")
        return IntegrationType::Mock;
    return fail(errors::unsupported("integrations of type " + name));
}

Result<> checkIntegration(const Method& method, const Integration& integration)
{
    if (integration.type != IntegrationType::Mock && integration.httpMethod.empty())
        return fail(errors::badRequest("Enumeration value for HttpMethod must be non-empty"));
    if (!integration.httpMethod.empty())
        CORE_CHECK(checkHttpMethod(integration.httpMethod));
    CORE_CHECK(checkTransferMode(integration));
    CORE_CHECK(checkUri(integration));
    CORE_CHECK(checkConnectionMembers(integration));
    CORE_CHECK(checkPassthrough(integration.passthroughBehavior));
    CORE_CHECK(checkTimeout(integration));
    for (const auto& [target, expression] : integration.requestParameters)
        CORE_CHECK(checkRequestMapping(method, target, expression));
    for (const auto& key : integration.cacheKeyParameters)
        CORE_CHECK(checkCacheKey(method, integration, key));
    for (const auto& [type, value] : integration.requestTemplates) {
        CORE_CHECK(checkContentType(type));
        CORE_CHECK(checkTemplateSize(value));
    }
    return {};
}

namespace {

// A status that the method does not declare is a fault of calls alone; its headers are any declared ones.
bool declares(const Method& method, const std::string& status, const std::string& header)
{
    const auto& all = method.methodResponses;
    if (const auto own = all.find(status); own != all.end())
        return own->second.responseParameters.contains(header);
    return std::any_of(all.begin(), all.end(),
        [&](const auto& entry) { return entry.second.responseParameters.contains(header); });
}

}

Result<> checkIntegrationResponse(const Method& method, const IntegrationResponse& response)
{
    if (response.selectionPattern) {
        if (!vtl::checkRegex(*response.selectionPattern))
            return fail(
                errors::badRequest("Invalid selection pattern specified: " + *response.selectionPattern));
    }
    for (const auto& [target, expression] : response.responseParameters) {
        if (!MappingTarget::parseResponse(target) || !declares(method, response.statusCode, target))
            return fail(errors::invalidMappingParameter(target));
        CORE_CHECK(MappingExpression::parse(expression));
    }
    for (const auto& [type, value] : response.responseTemplates) {
        CORE_CHECK(checkContentType(type));
        CORE_CHECK(checkTemplateSize(value.value_or("")));
    }
    return {};
}

}
