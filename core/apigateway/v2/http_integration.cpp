#include "core/apigateway/account_records.h"
#include "core/apigateway/call_context.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/apigateway/v2/private_integration.h"
#include "core/base/text.h"
#include "core/http/client.h"

#include <array>
#include <utility>

namespace core::apigateway::v2 {

namespace {

constexpr std::uint64_t kMaxPayload = 10ULL * 1024 * 1024;

// The path of a URL replaced, its own query kept.
std::string withPath(const std::string& url, const std::string& path)
{
    const auto host = url.find("://");
    const auto begin = host == url.npos ? url.npos : url.find_first_of("/?", host + 3);
    const auto query = url.find('?');
    return url.substr(0, begin) + (path.starts_with('/') ? "" : "/") + percentEncode(path, true)
        + (query == url.npos ? "" : url.substr(query));
}

StringMap encodedParameters(const Call& call)
{
    StringMap encoded;
    for (const auto& [name, value] : call.pathParameters)
        encoded[name] = percentEncode(value, true);
    return encoded;
}

// Behind its VPC link; the whole path of the call where a listener or a service is the target.
std::string privateAddress(const Call& call, const CallEnvironment& environment)
{
    return privateUrl(
        environment.records.vpcLinks, call.api->api, *call.integration, percentEncode(call.fullPath(), true));
}

// "" for a private integration that leads nowhere.
std::string endpointUrl(const Call& call, const CallEnvironment& environment)
{
    const bool isPrivate = call.integration->connectionType == "VPC_LINK";
    auto url = isPrivate ? privateAddress(call, environment) : call.integration->integrationUri;
    if (url.empty())
        return {};
    url = substituteStageVariables(std::move(url), call.stage->stageVariables);
    url = substitutePath(url, encodedParameters(call));
    if (call.outgoing.path)
        url = withPath(url, *call.outgoing.path);
    if (call.outgoing.query.empty())
        return url;
    return url + (url.find('?') == url.npos ? "?" : "&") + http::writeQuery(call.outgoing.query);
}

// An address as RFC 7239 writes one.
std::string nodeOf(std::string_view address)
{
    return address.find(':') == address.npos ? std::string(address) : "\"[" + std::string(address) + "]\"";
}

// What the client's X-Forwarded-* say, as elements of a Forwarded field; "" without any.
std::string translatedForwarding(const http::Headers& headers)
{
    std::string first;
    if (const auto host = headers.get("X-Forwarded-Host"); !host.empty())
        first += ";host=" + std::string(host);
    if (const auto scheme = headers.get("X-Forwarded-Proto"); !scheme.empty())
        first += ";proto=" + std::string(scheme);
    const auto addresses = headers.joined("X-Forwarded-For");
    if (addresses.empty())
        return first.empty() ? first : first.substr(1) + ", ";
    std::string elements;
    for (const auto address : split(addresses, ',')) {
        elements += "for=" + nodeOf(trimmed(address)) + std::exchange(first, {}) + ", ";
    }
    return elements;
}

void setForwarding(http::Headers& headers, const Call& call)
{
    const auto before = translatedForwarding(headers);
    for (const auto* name : {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto"})
        headers.remove(name);
    headers.add("Forwarded",
        before + "for=" + nodeOf(call.request.remoteAddress) + ";host=" + call.target.domain + ";proto=http");
}

http::Request endpointRequest(const Call& call)
{
    http::Request request;
    const auto& method = call.integration->integrationMethod;
    request.method = method == "ANY" ? call.request.method : method;
    request.headers = call.outgoing.headers;
    request.headers.remove("Host");
    request.headers.remove("Content-Length");
    setForwarding(request.headers, call);
    request.headers.add("Via", "HTTP/1.1 AmazonAPIGateway");
    request.body = call.request.body;
    request.remoteAddress = call.request.remoteAddress;
    return request;
}

StepResult takeAnswer(Call& call, http::Response response)
{
    if (response.source) {
        auto whole = http::readAll(*response.source, kMaxPayload);
        if (!whole)
            return internalError("The endpoint's answer cannot be read: " + whole.error().message);
        response.body = *std::move(whole);
        response.source.reset();
    }
    if (response.body.size() > kMaxPayload)
        return internalError("The endpoint's answer has " + std::to_string(response.body.size())
            + " bytes; API Gateway takes 10,485,760");
    for (const std::string_view name :
        {"Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Trailer"})
        response.headers.remove(name);
    call.integrationStatus = response.status;
    call.integrationRequestId = response.headers.get("x-amzn-RequestId");
    call.response = std::move(response);
    call.step("Integrate",
        "Status " + std::to_string(call.response.status) + " after "
            + std::to_string(call.integrationLatency.value_or(0) / kMillisecond) + " ms, body "
            + shownBody(call.response.body),
        trace::Verdict::Pass);
    return {};
}

}

StepResult callEndpoint(Call& call, CallEnvironment& environment)
{
    const auto url = endpointUrl(call, environment);
    if (url.empty())
        return unavailable(503,
            "The VPC link " + call.integration->connectionId + " leads to " + call.integration->integrationUri
                + ", and the chamber has no load balancers: give the link the tag _custom_target_ with the "
                  "URL of the service");
    const auto parsed = http::Url::parse(url);
    if (!parsed)
        return internalError("Invalid endpoint address: " + url);
    auto request = endpointRequest(call);
    call.step("Integrate", request.method + " " + url + ", body " + shownBody(request.body));

    const Micros begin = steadyMicros();
    const Micros patience = call.integration->timeoutInMillis * kMillisecond;
    auto fetched = fetchInTime(environment.caller, environment.integrations, call.span,
        {url, std::move(request), call.api->api.region, parsed->host, patience});
    call.integrationLatency = steadyMicros() - begin;
    if (!fetched || (!*fetched && fetched->error().code == "Timeout")) {
        call.integrationError = "Timeout waiting for endpoint response";
        return unavailable(
            504, url + " has not answered within " + std::to_string(patience / kMillisecond) + " ms");
    }
    if (!*fetched) {
        call.integrationError = fetched->error().message;
        return unavailable(503, url + ": " + fetched->error().message);
    }
    return takeAnswer(call, **std::move(fetched));
}

}
