#include "core/apigateway/endpoint_call.h"

#include "core/apigateway/service_call.h"
#include "core/aws/host_rules.h"
#include "core/base/time_format.h"
#include "core/http/client.h"

namespace core::apigateway {

namespace {

StepResult explainFailure(const Error& error, const std::string& uri)
{
    if (error.code == "Timeout")
        return stop(GatewayResponseType::IntegrationTimeout, uri + ": " + error.message);
    return stop(GatewayResponseType::IntegrationFailure, uri + ": " + error.message);
}

// Names of AWS's and of this computer are the chamber's own, where there is nothing to verify.
bool skipsVerification(const CallContext& context, const http::Url& url)
{
    return context.method->integration->insecureSkipVerification.value_or(false) && url.scheme == "https"
        && !aws::isAmazonHost(url.host) && !url.host.ends_with(".localhost");
}

StepResult tooLong(std::uint64_t size)
{
    return stop(GatewayResponseType::ApiConfigurationError,
        "Integration response of reported length " + std::to_string(size)
            + " is larger than allowed maximum of 10485760 bytes.");
}

StepResult takeAnswer(CallContext& context, http::Response response)
{
    constexpr std::uint64_t kMaxPayload = 10ULL * 1024 * 1024;
    context.answer.status = response.status;
    context.answer.headers = std::move(response.headers);
    context.answer.body = std::move(response.body);
    if (context.method->integration->streams()) {
        context.answer.source = std::move(response.source);
        context.answer.sourceLength = response.sourceLength;
        return {};
    }
    if (context.answer.body.size() > kMaxPayload)
        return tooLong(context.answer.body.size());
    if (response.source) {
        auto whole = http::readAll(*response.source, kMaxPayload);
        if (!whole && whole.error().kind == ErrorKind::TooLarge)
            return tooLong(response.sourceLength);
        if (!whole)
            return stop(GatewayResponseType::IntegrationFailure, whole.error().message);
        context.answer.body = *std::move(whole);
    }
    return {};
}

}

StepResult callEndpoint(
    CallContext& context, IntegrationEnvironment& environment, const std::string& uri, http::Request request)
{
    const auto url = http::Url::parse(uri);
    if (!url)
        return stop(GatewayResponseType::ApiConfigurationError, "Invalid endpoint address: " + uri);
    context.logData("Endpoint request URI: " + uri);
    context.logData("Endpoint request headers: " + logMap(request.headers));
    context.logData("Endpoint request body after transformations: " + request.body);
    context.logLine("Sending request to " + uri);

    const Micros begin = steadyMicros();
    const Micros patience = context.method->integration->timeoutInMillis * kMillisecond;
    auto fetched = fetchInTime(environment.caller, environment.integrations, context.span,
        {uri, std::move(request), context.api->api.region, url->host, patience,
            skipsVerification(context, *url)});
    if (!fetched)
        return stop(GatewayResponseType::IntegrationTimeout,
            uri + " has not answered within " + std::to_string(patience / kMillisecond) + " ms");
    if (!*fetched)
        return explainFailure(fetched->error(), uri);
    // A service of the chamber's own has not been on the wire, where every answer gets its date.
    auto& headers = (*fetched)->headers;
    if (context.method->integration->type == IntegrationType::Aws && headers.get("Date").empty())
        headers.set("Date", httpDate(context.now));
    const auto latency = (steadyMicros() - begin) / kMillisecond;
    context.measures.endpointStatus = (*fetched)->status;
    context.measures.endpointRequestId = (*fetched)->headers.get("x-amzn-RequestId");
    context.logLine("Received response. Status: " + std::to_string((*fetched)->status)
        + ", Integration latency: " + std::to_string(latency) + " ms");
    context.logData("Endpoint response headers: " + logMap((*fetched)->headers));
    if (const auto taken = takeAnswer(context, **std::move(fetched)); !taken)
        return taken;
    context.logData("Endpoint response body before transformations: " + context.answer.body);
    context.step("Integrate",
        "Status " + std::to_string(context.answer.status) + " after " + std::to_string(latency) + " ms, body "
            + shownBody(context.answer.body));
    return {};
}

}
