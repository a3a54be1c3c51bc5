#include "core/apigateway/account_records.h"
#include "core/apigateway/endpoint_call.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/private_integration.h"
#include "core/apigateway/steps.h"
#include "core/base/text.h"
#include "core/http/client.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

// Fields that AWS was seen not to pass on to an HTTP endpoint.
bool isDropped(const std::string& name)
{
    static constexpr std::array<std::string_view, 15> kDropped{"Connection", "Content-Length", "Content-MD5",
        "Expect", "Host", "Keep-Alive", "Max-Forwards", "Proxy-Authenticate", "Server", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "WWW-Authenticate"};
    return std::any_of(kDropped.begin(), kDropped.end(),
        [&](std::string_view dropped) { return equalsIgnoreCase(name, dropped); });
}

// Nor those that a mapping gives it.
bool isNeverPassed(const std::string& name)
{
    static constexpr std::array<std::string_view, 4> kNever{"Connection", "Proxy-Authenticate", "TE", "Via"};
    return std::any_of(
        kNever.begin(), kNever.end(), [&](std::string_view never) { return equalsIgnoreCase(name, never); });
}

// The integration's address with the query that passes through.
std::string withQuery(const std::string& uri, const http::QueryParameters& query)
{
    if (query.empty())
        return uri;
    return uri + (uri.find('?') == uri.npos ? "?" : "&") + http::writeQuery(query);
}

// A private integration's address behind its VPC link; nullopt when there is no such link.
std::optional<std::string> privateUri(const CallContext& context, const IntegrationEnvironment& environment)
{
    const auto id =
        substituteStageVariables(context.method->integration->connectionId, context.stageVariables);
    const auto link = findLink(
        environment.records.vpcLinks, context.api->api.region, id, linkVersion(*context.method->integration));
    return link ? std::optional(link->lead(context.integrationRequest.uri, {})) : std::nullopt;
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
    // How nothing is encoded is not passed on, but where a mapping says so.
    const auto& client = context.request.headers;
    if (request.body.empty() && from.headers.get("Content-Encoding") == client.get("Content-Encoding"))
        request.headers.remove("Content-Encoding");
    // A mapping may set what is dropped from the client's request.
    for (const auto& [text, expression] : context.method->integration->requestParameters) {
        const auto target = MappingTarget::parseRequest(text);
        if (target && target->place == MappingTarget::Place::Header && isDropped(target->name)
            && !isNeverPassed(target->name))
            request.headers.set(target->name, std::string(from.headers.get(target->name)));
    }
    request.headers.set("x-amzn-apigateway-api-id", context.api->api.id);
    return request;
}

}

StepResult callHttp(CallContext& context, IntegrationEnvironment& environment)
{
    auto& requested = context.integrationRequest;
    if (context.method->integration->connectionType == "VPC_LINK") {
        auto behindLink = privateUri(context, environment);
        if (!behindLink)
            return stop(
                GatewayResponseType::ApiConfigurationError, "The VPC link of the method is not there");
        requested.uri = *std::move(behindLink);
    }
    const std::string uri = withQuery(requested.uri, requested.query);
    if (!http::Url::parse(uri) || requested.uri.find_first_of("{}") != std::string::npos)
        return stop(GatewayResponseType::ApiConfigurationError, "Invalid endpoint address: " + uri);
    auto request = endpointRequest(context);
    context.step("Integrate", request.method + " " + uri);
    return callEndpoint(context, environment, uri, std::move(request));
}

}
