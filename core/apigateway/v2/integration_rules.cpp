#include "core/apigateway/v2/integration_rules.h"

#include "core/apigateway/integration_uri.h"
#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/parameter_mapping.h"
#include "core/apigateway/v2/subtypes.h"
#include "core/base/arn.h"

namespace core::apigateway::v2 {

namespace {

constexpr int kWebSocketTimeout = 29'000;

// A function is named by its own ARN or by the one of its invocation.
bool namesFunction(const std::string& uri)
{
    if (lambdaFunctionOf(uri))
        return true;
    const auto arn = Arn::parse(uri);
    return arn && arn->service == "lambda" && arn->resource.starts_with("function:");
}

Result<> completeHttp(Integration& integration)
{
    const auto& type = integration.integrationType;
    if (type != "AWS_PROXY" && type != "HTTP_PROXY")
        return fail(errors::onlyProxies());
    if (integration.payloadFormatVersion.empty())
        return fail(errors::badRequest("PayloadFormatVersion is a required parameter for integration"));
    if (!integration.integrationSubtype.empty())
        return checkSubtype(integration);
    const bool isFunction = type == "AWS_PROXY";
    const auto& version = integration.payloadFormatVersion;
    if (version != "1.0" && !(isFunction && version == "2.0"))
        return fail(errors::badRequest(
            "PayloadFormatVersion " + version + " is not supported for integration of type " + type));
    if (isFunction) {
        if (!namesFunction(integration.integrationUri))
            return fail(errors::badRequest("Invalid ARN specified in the request: the IntegrationUri of "
                                           "AWS_PROXY must name a Lambda function"));
        integration.integrationMethod = "POST";
    }
    if (type == "HTTP_PROXY") {
        // Behind a VPC link it is a listener's or a service's ARN on AWS.
        if (integration.connectionType != "VPC_LINK" || !Arn::parse(integration.integrationUri))
            CORE_CHECK(checkHttpUri(integration.integrationUri));
        if (integration.integrationMethod.empty())
            return fail(errors::badRequest("IntegrationMethod is a required parameter for integration"));
    }
    CORE_CHECK(checkRequestMappings(integration.requestParameters.value_or(StringMap{})));
    if (integration.responseParameters)
        return checkResponseMappings(*integration.responseParameters);
    return {};
}

Result<> completeWebSocket(Integration& integration)
{
    if (!integration.integrationSubtype.empty())
        return fail(errors::badRequest("IntegrationSubtype is only supported for HTTP APIs"));
    if (integration.payloadFormatVersion.empty())
        integration.payloadFormatVersion = "1.0";
    if (integration.payloadFormatVersion != "1.0")
        return fail(errors::badRequest("PayloadFormatVersion " + integration.payloadFormatVersion
            + " is not supported for integration of type " + integration.integrationType));
    if (integration.timeoutInMillis > kWebSocketTimeout)
        return fail(errors::badRequest("Timeout should be between 50 ms and 29000 ms"));
    if (integration.passthroughBehavior.empty())
        integration.passthroughBehavior = "WHEN_NO_MATCH";
    integration.integrationResponseSelectionExpression = "${integration.response.statuscode}";
    if (integration.integrationType == "AWS_PROXY") {
        if (!namesFunction(integration.integrationUri))
            return fail(errors::badRequest("Invalid ARN specified in the request: the IntegrationUri of "
                                           "AWS_PROXY must name a Lambda function"));
        integration.integrationMethod = "POST";
    } else if (integration.integrationType == "HTTP" || integration.integrationType == "HTTP_PROXY") {
        CORE_CHECK(checkHttpUri(integration.integrationUri));
    }
    return {};
}

}

Result<> completeIntegration(const Api& api, Integration& integration)
{
    return api.isHttp() ? completeHttp(integration) : completeWebSocket(integration);
}

Integration quickIntegration(const std::string& target)
{
    Integration integration;
    integration.apiGatewayManaged = true;
    integration.integrationUri = target;
    const bool isUrl = target.starts_with("http://") || target.starts_with("https://");
    integration.integrationType = isUrl ? "HTTP_PROXY" : "AWS_PROXY";
    integration.integrationMethod = isUrl ? "ANY" : "POST";
    integration.payloadFormatVersion = isUrl ? "1.0" : "2.0";
    return integration;
}

}
