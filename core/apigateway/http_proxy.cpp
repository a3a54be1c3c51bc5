#include "core/apigateway/mapping.h"
#include "core/apigateway/steps.h"
#include "core/apigateway/timed_call.h"
#include "core/base/text.h"
#include "core/http/client.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

using Fetched = Result<http::Response>;

// Fields that AWS was seen not to pass on to an HTTP endpoint.
bool isDropped(const std::string& name)
{
    static constexpr std::array<std::string_view, 15> kDropped{"Connection", "Content-Length", "Content-MD5",
        "Expect", "Host", "Keep-Alive", "Max-Forwards", "Proxy-Authenticate", "Server", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "WWW-Authenticate"};
    return std::any_of(kDropped.begin(), kDropped.end(),
        [&](std::string_view dropped) { return equalsIgnoreCase(name, dropped); });
}

// The integration's address with the query that passes through.
std::string endpointUrl(const IntegrationRequest& from)
{
    if (from.query.empty())
        return from.uri;
    return from.uri + (from.uri.find('?') == from.uri.npos ? "?" : "&") + http::writeQuery(from.query);
}

http::Request endpointRequest(const CallContext& context)
{
    const auto& from = context.integrationRequest;
    http::Request request;
    request.method = from.httpMethod;
    request.body = from.body;
    request.remoteAddress = context.request.remoteAddress;
    for (const auto& [name, value] : from.headers) {
        if (!isDropped(name))
            request.headers.add(name, value);
    }
    // A mapping may set what is dropped from the client's request.
    for (const auto& [text, expression] : context.method->integration->requestParameters) {
        const auto target = MappingTarget::parseRequest(text);
        if (target && target->place == MappingTarget::Place::Header && isDropped(target->name))
            request.headers.set(target->name, std::string(from.headers.get(target->name)));
    }
    request.headers.set("x-amzn-apigateway-api-id", context.api->api.id);
    return request;
}

StepResult explainFailure(const Error& error, const std::string& uri)
{
    if (error.code == "Timeout")
        return stop(GatewayResponseType::IntegrationTimeout, uri + ": " + error.message);
    return stop(GatewayResponseType::IntegrationFailure, uri + ": " + error.message);
}

StepResult takeAnswer(CallContext& context, http::Response response)
{
    context.answer.status = response.status;
    context.answer.headers = std::move(response.headers);
    context.answer.body = std::move(response.body);
    if (response.source) {
        constexpr std::uint64_t kMaxPayload = 10ULL * 1024 * 1024;
        auto whole = http::readAll(*response.source, kMaxPayload);
        if (!whole)
            return stop(GatewayResponseType::IntegrationFailure, whole.error().message);
        context.answer.body = *std::move(whole);
    }
    return {};
}

}

StepResult callHttpProxy(CallContext& context, CallEnvironment& environment)
{
    const std::string uri = endpointUrl(context.integrationRequest);
    const auto url = http::Url::parse(uri);
    if (!url || context.integrationRequest.uri.find_first_of("{}") != std::string::npos)
        return stop(GatewayResponseType::ApiConfigurationError, "Invalid endpoint address: " + uri);
    auto request = endpointRequest(context);
    context.step("Integrate", request.method + " " + uri);
    context.logLine("Endpoint request URI: " + uri);
    context.logLine("Endpoint request headers: " + logMap(request.headers));
    context.logLine("Endpoint request body after transformations: " + request.body);
    context.logLine("Sending request to " + uri);

    const Micros begin = steadyMicros();
    const Micros patience = context.method->integration->timeoutInMillis * kMillisecond;
    auto span =
        std::make_shared<trace::SpanScope>(context.span.child("apigateway", "integration", url->host));
    auto fetched = waitAtMost<Fetched>(
        environment.integrations, patience,
        [&caller = environment.caller, span, uri, region = context.api->api.region,
            request = std::move(request)]() -> Fetched {
            auto response = caller.fetch(
                uri, request, aws::CallOptions{.parent = span.get(), .region = region, .from = "apigateway"});
            span->end();
            return response;
        },
        fail(ErrorKind::Throttled, "TooManyRequestsException", "Too many integrations run at once"));
    if (!fetched)
        return stop(GatewayResponseType::IntegrationTimeout,
            uri + " has not answered within " + std::to_string(patience / kMillisecond) + " ms");
    if (!*fetched)
        return explainFailure(fetched->error(), uri);
    const auto latency = (steadyMicros() - begin) / kMillisecond;
    context.logLine("Received response. Status: " + std::to_string((*fetched)->status)
        + ", Integration latency: " + std::to_string(latency) + " ms");
    context.logLine("Endpoint response headers: " + logMap((*fetched)->headers));
    return takeAnswer(context, **std::move(fetched));
}

}
