#include "core/apigateway/lambda_call.h"

namespace core::apigateway {

void logFunctionRequest(
    CallContext& context, const std::string& target, const std::string& region, const std::string& event)
{
    if (!context.log)
        return;
    context.logData("Endpoint request URI: https://lambda." + region + ".amazonaws.com" + target);
    context.logData("Endpoint request headers: {x-amzn-lambda-integration-tag=" + context.requestId
        + ", x-amzn-apigateway-api-id=" + context.api->api.id
        + ", Accept=application/json, User-Agent=AmazonAPIGateway_" + context.api->api.id
        + ", Content-Type=application/json}");
    context.logData("Endpoint request body after transformations: " + event);
    context.logLine("Sending request to https://lambda." + region + ".amazonaws.com" + target);
}

tl::unexpected<GatewayFailure> functionNotRun(const Error& error, const std::string& name)
{
    // A function that cannot be reached is a matter of the API's configuration; any other failure is the
    // function's.
    const bool missing = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Denied;
    return stop(
        missing ? GatewayResponseType::ApiConfigurationError : GatewayResponseType::MalformedProxyResponse,
        "Lambda did not run " + name + ": " + error.code + ": " + error.message);
}

tl::unexpected<GatewayFailure> functionTooSlow(const std::string& name, int timeoutInMillis)
{
    return stop(GatewayResponseType::IntegrationTimeout,
        name + " has not answered within " + std::to_string(timeoutInMillis) + " ms");
}

}
