#include "core/apigateway/function_permission.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/lambda_call.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/proxy_event.h"
#include "core/apigateway/request_values.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/steps.h"
#include "core/aws/json_text.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

namespace {

// Only the first type of Accept decides whether the answer may be binary.
bool takesBinary(const CallContext& context)
{
    const auto accept = context.request.headers.get("Accept");
    return isBinaryType(context.deployment->binaryMediaTypes, accept.substr(0, accept.find(',')));
}

// As the integration's mappings say: a client's own header of that name is the function's to read.
std::string invocationType(const CallContext& context)
{
    std::string asked;
    for (const auto& [targetText, expressionText] : context.method->integration->requestParameters) {
        const auto target = MappingTarget::parseRequest(targetText);
        const auto expression = MappingExpression::parse(expressionText);
        if (target && expression && target->place == MappingTarget::Place::Header
            && equalsIgnoreCase(target->name, "X-Amz-Invocation-Type"))
            asked = join(requestValues(context, *expression), ",");
    }
    return asked == "Event" || asked == "'Event'" ? "Event" : "RequestResponse";
}

// In the words of AWS's execution log.
std::string functionFailure(const aws::Reply& reply)
{
    const auto error = aws::parseJson(reply.body);
    const bool hasMessage = error && error->is_object() && error->contains("errorMessage")
        && (*error)["errorMessage"].is_string();
    std::string text(kFunctionFailed);
    text += hasMessage ? (*error)["errorMessage"].get<std::string>() : reply.body.substr(0, 1024);
    if (const auto id = reply.headers.get("x-amzn-RequestId"); !id.empty())
        text += ". Lambda request id: " + std::string(id);
    return text;
}

StepResult takeAnswer(CallContext& context, const std::string& name, const aws::Reply& reply)
{
    if (!reply.headers.get("X-Amz-Function-Error").empty())
        return stop(GatewayResponseType::MalformedProxyResponse, functionFailure(reply));
    auto answer = parseProxyAnswer(reply.body, takesBinary(context));
    if (!answer)
        return stop(GatewayResponseType::MalformedProxyResponse,
            "Malformed Lambda proxy response: " + answer.error() + ". " + name + " answered "
                + reply.body.substr(0, 1024));
    context.answer = *std::move(answer);
    return {};
}

}

StepResult callLambdaProxy(CallContext& context, CallEnvironment& environment)
{
    const auto function = lambdaFunctionOf(context.integrationRequest.uri);
    if (!function)
        return stop(GatewayResponseType::ApiConfigurationError, function.error().message);
    const auto name = functionNameOf(*function);
    const auto region = regionOf(*function, context.api->api.region);
    const auto type = invocationType(context);
    // What is no UTF-8 in paths, headers or bodies is replaced, as on AWS.
    std::string event = aws::writeJson(proxyEvent(context));
    context.step("Integrate",
        "Lambda function " + name + ", " + type + ", payload format 1.0, event " + shownBody(event));
    logFunctionRequest(context, "/2015-03-31/functions/" + *function + "/invocations", region, event);

    const Micros begin = steadyMicros();
    nlohmann::json input{{"FunctionName", *function}, {"InvocationType", type}};
    nameInvoker(input, context.method->integration->credentials, methodArn(context));
    const auto invoked = askInTime(environment.caller, environment.integrations, context.span,
        {"lambda", "Invoke", std::make_shared<const nlohmann::json>(std::move(input)), std::move(event),
            region, "integration", name, context.method->integration->timeoutInMillis * kMillisecond});
    if (!invoked)
        return functionTooSlow(name, context.method->integration->timeoutInMillis);
    if (!*invoked)
        return functionNotRun(invoked->error(), name);
    const auto latency = (steadyMicros() - begin) / kMillisecond;
    context.measures.endpointStatus = (*invoked)->status == 0 ? 200 : (*invoked)->status;
    context.measures.endpointRequestId = (*invoked)->headers.get("x-amzn-RequestId");
    context.logLine(
        "Received response. Status: 200, Integration latency: " + std::to_string(latency) + " ms");
    context.logData("Endpoint response headers: " + logMap((*invoked)->headers));
    context.logData("Endpoint response body before transformations: " + (*invoked)->body);
    context.step("Integrate",
        name + " answered after " + std::to_string(latency) + " ms: " + shownBody((*invoked)->body));
    if (type == "Event") {
        context.answer = {};
        return {};
    }
    return takeAnswer(context, name, **invoked);
}

}
