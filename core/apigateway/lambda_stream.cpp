#include "core/apigateway/function_permission.h"
#include "core/apigateway/function_stream.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/lambda_call.h"
#include "core/apigateway/proxy_event.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/steps.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

namespace {

constexpr Micros kIdle = 300 * kSecond;
constexpr Micros kIdleOfEdge = 30 * kSecond;

StepResult malformed(const std::string& name, const std::string& why)
{
    return stop(GatewayResponseType::MalformedProxyResponse,
        "Malformed Lambda proxy response: " + name
            + " does not stream as a proxy integration wants it: " + why);
}

// {"statusCode": 200, "headers": {…}, "multiValueHeaders": {…}, "cookies": […]}
tl::expected<IntegrationAnswer, std::string> parseHead(const std::string& text)
{
    auto head = aws::parseJson(text);
    if (!head || !head->is_object())
        return tl::unexpected(std::string("its head is not a JSON object"));
    const auto cookies = head->value("cookies", nlohmann::json::array());
    if (!cookies.is_array())
        return tl::unexpected(std::string("its cookies are no list"));
    head->erase("cookies");
    auto answer = parseProxyAnswer(head->dump(), false);
    if (!answer)
        return answer;
    for (const auto& cookie : cookies) {
        if (!cookie.is_string())
            return tl::unexpected(std::string("a cookie is no text"));
        answer->headers.add("Set-Cookie", cookie.get<std::string>());
    }
    return answer;
}

StepResult takeHead(CallContext& context, const std::string& name, const Result<std::string>& head,
    std::shared_ptr<FunctionStream> stream)
{
    if (!head && head.error().code == "Timeout")
        return functionTooSlow(name, context.method->integration->timeoutInMillis);
    if (!head && head.error().code == "Malformed")
        return malformed(name, head.error().message);
    if (!head)
        return stop(GatewayResponseType::MalformedProxyResponse,
            "Lambda execution failed with status 200 due to customer function error (" + head.error().code
                + "): " + head.error().message.substr(0, 1024));
    auto answer = parseHead(*head);
    if (!answer)
        return malformed(name, answer.error());
    context.answer = *std::move(answer);
    context.answer.source = std::move(stream);
    context.answer.sourceLength = http::kUnknownLength;
    return {};
}

}

StepResult callLambdaStream(CallContext& context, CallEnvironment& environment)
{
    const auto function = streamedFunctionOf(context.integrationRequest.uri);
    if (!function)
        return stop(GatewayResponseType::ApiConfigurationError,
            "The integration's URI names no function to be streamed: " + context.integrationRequest.uri);
    const auto name = functionNameOf(*function);
    const auto region = regionOf(*function, context.api->api.region);
    const auto& integration = *context.method->integration;
    const Micros patience = integration.timeoutInMillis * kMillisecond;
    std::string event = aws::writeJson(proxyEvent(context));
    context.step("Integrate", "Lambda function " + name + ", streamed, payload format 1.0");
    logFunctionRequest(
        context, "/2021-11-15/functions/" + *function + "/response-streaming-invocations", region, event);

    const Micros begin = steadyMicros();
    nlohmann::json input{{"FunctionName", *function}};
    nameInvoker(input, integration.credentials, methodArn(context));
    auto invoked = askInTime(environment.caller, environment.integrations, context.span,
        {"lambda", "InvokeWithResponseStream", std::make_shared<const nlohmann::json>(std::move(input)),
            std::move(event), region, "integration", name, patience});
    if (!invoked)
        return functionTooSlow(name, integration.timeoutInMillis);
    if (!*invoked)
        return functionNotRun(invoked->error(), name);
    if (!(*invoked)->source)
        return malformed(name, "there is no stream");
    const bool isEdge = context.api->api.endpointType == "EDGE";
    auto stream = std::make_shared<FunctionStream>(std::move((*invoked)->source), environment.clock,
        StreamLimits{isEdge ? kIdleOfEdge : kIdle, patience});
    const auto head = stream->awaitHead(patience - (steadyMicros() - begin));
    const auto latency = (steadyMicros() - begin) / kMillisecond;
    context.measures.endpointStatus = 200;
    context.measures.endpointRequestId = (*invoked)->headers.get("x-amzn-RequestId");
    context.logLine(
        "Received response. Status: 200, Integration latency: " + std::to_string(latency) + " ms");
    context.logData("Endpoint response body before transformations: " + head.value_or(std::string()));
    return takeHead(context, name, head, std::move(stream));
}

}
