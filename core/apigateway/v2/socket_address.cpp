#include "core/apigateway/v2/socket_address.h"

#include "core/apigateway/account_records.h"
#include "core/apigateway/addresses.h"
#include "core/apigateway/iam_authorization.h"
#include "core/apigateway/v2/management_service.h"
#include "core/aws/json_text.h"
#include "core/aws/sigv4.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;

constexpr std::string_view kConnections = "/@connections/";

http::Response refusal(int status, std::string_view type, std::string_view message)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", std::string(type));
    response.headers.add("x-amzn-RequestId", newUuid());
    response.body = json{{"message", message}}.dump();
    return response;
}

std::string_view actionOf(const std::string& method)
{
    if (method == "POST")
        return "PostToConnection";
    if (method == "GET")
        return "GetConnection";
    return method == "DELETE" ? "DeleteConnection" : "";
}

bool isSigned(const http::Request& request)
{
    const auto signature = aws::parseSignature(request);
    return signature && signature->form != aws::Signature::Form::None && signature->service == "execute-api";
}

// "/{stage}/@connections/{id}" on the chamber's own host, which a client that connected by a path has in its
// event as the domain: ids are unique in the chamber. Signed, so that no bucket's object is meant.
std::optional<CallAddress> ownHostAddress(const http::Request& head)
{
    const auto path = head.path();
    const auto slash = path.find('/', 1);
    if (slash == path.npos || !path.substr(slash).starts_with(kConnections) || !isSigned(head))
        return std::nullopt;
    CallAddress address{
        .stage = percentDecode(path.substr(1, slash - 1)), .path = std::string(path.substr(slash))};
    return address;
}

std::optional<CallAddress> addressOf(const CustomDomains& domains, const http::Request& head)
{
    if (auto address = parseCallAddress(head))
        return address;
    if (auto address = domains.address(head))
        return address->apiId.empty() ? std::nullopt : std::move(address);
    return ownHostAddress(head);
}

// The API of a call, which the connection names where the address does not; null when nobody knows.
ApiPtr apiOf(
    const SocketEnvironment& environment, const CallAddress& address, const ConnectionPtr& connection)
{
    if (!address.apiId.empty())
        return environment.apis.findById(address.apiId);
    return connection ? environment.apis.findById(connection->apiId) : nullptr;
}

// Whom IAM would not let: in a chamber everybody of another account.
std::string denial(
    const Api& api, const CallAddress& address, const http::Request& request, const Identity& caller)
{
    const auto account =
        std::string(8, '*') + api.account.substr(std::min<std::size_t>(8, api.account.size()));
    return "User: " + caller.userArn
        + " is not authorized to perform: execute-api:ManageConnections on resource: "
        + "arn:aws:execute-api:" + api.region + ":" + account + ":" + api.apiId + "/" + address.stage + "/"
        + request.method + "/@connections/{connectionId}";
}

// AWS's answer to a call that is not signed, or not well.
std::optional<http::Response> refuseCaller(SocketEnvironment& environment, const ApiPtr& api,
    const CallAddress& address, const http::Request& request, trace::SpanScope& span)
{
    const auto caller = verifyCaller(request, api ? api->api.region : "", environment.host.clock.now());
    if (!caller) {
        const auto& failure = caller.error();
        const auto& info = gatewayResponse(failure.type);
        span.step("Refused", failure.reason, trace::Verdict::Fail);
        return refusal(info.status,
            failure.errorType.empty() ? info.errorType : std::string_view(failure.errorType),
            failure.message.empty() ? info.message : std::string_view(failure.message));
    }
    if (api && caller->accountId != api->api.account) {
        span.step("Refused", "The caller is of another account: " + caller->accountId, trace::Verdict::Fail);
        return refusal(403, "AccessDeniedException", denial(api->api, address, request, *caller));
    }
    span.step("Authorize", "Signed by " + caller->accessKey + " of account " + caller->accountId,
        trace::Verdict::Pass);
    return std::nullopt;
}

http::Response manage(SocketEnvironment& environment, const CallAddress& address,
    const http::Request& request, trace::SpanScope& span)
{
    const auto action = actionOf(request.method);
    if (action.empty()) {
        span.step("Refused", "@connections has no " + request.method, trace::Verdict::Fail);
        return refusal(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    const auto id = percentDecode(std::string_view(address.path).substr(kConnections.size()));
    const auto connection = environment.hub.find(id);
    if (auto refused =
            refuseCaller(environment, apiOf(environment, address, connection), address, request, span))
        return *std::move(refused);
    const bool elsewhere = connection
        && ((!address.apiId.empty() && connection->apiId != address.apiId)
            || connection->stage != address.stage);
    span.setName(std::string(action));
    span.setResource(id);
    const json input{{"ConnectionId", id}};
    const aws::CallOptions options{.parent = &span, .from = "apigateway"};
    auto reply = elsewhere
        ? Result<aws::Reply>(fail(goneConnection()))
        : environment.host.caller.call("apigatewaymanagementapi", action, input, options, request.body);
    if (!reply)
        return managementError(reply.error());
    http::Response response;
    response.status = reply->status == 0 ? 200 : reply->status;
    response.headers.add("x-amzn-RequestId", newUuid());
    if (reply->output) {
        response.headers.add("Content-Type", "application/json");
        response.body = aws::writeJson(*reply->output);
    }
    return response;
}

}

bool isSocketCall(SocketRunner& runner, const http::Request& head)
{
    const auto& environment = runner.environment();
    const auto address = addressOf(environment.records.domains, head);
    const auto api = address ? environment.apis.findById(address->apiId) : nullptr;
    return address && (address->apiId.empty() || (api && !api->api.isHttp()));
}

http::Response serveSocketCall(SocketRunner& runner, const http::Request& request, trace::SpanScope& span)
{
    auto& environment = runner.environment();
    const auto address = addressOf(environment.records.domains, request);
    if (address && address->apiId.empty())
        return manage(environment, *address, request, span);
    auto api = address ? environment.apis.findById(address->apiId) : nullptr;
    if (!api || (api->api.disableExecuteApiEndpoint && !address->isCustomDomain)) {
        span.step("Find API",
            api ? "DisableExecuteApiEndpoint is true for " + api->api.name
                : std::string("There is no such API"),
            trace::Verdict::Fail);
        return refusal(403, "ForbiddenException", "Forbidden");
    }
    if (address->path.starts_with(kConnections))
        return manage(environment, *address, request, span);
    if (address->path != "/") {
        span.step("Find stage", "A client connects to the stage itself, not to " + address->path,
            trace::Verdict::Fail);
        return refusal(403, "ForbiddenException", "Forbidden");
    }
    return runner.connect(std::move(api), address->stage, address->domain, request, span);
}

}
