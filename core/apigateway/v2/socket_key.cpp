#include "core/apigateway/usage_control.h"
#include "core/apigateway/v2/socket_call.h"

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kUsualExpression = "$request.header.x-api-key";
constexpr std::string_view kAuthorizerExpression = "$context.authorizer.usageIdentifierKey";

tl::unexpected<SocketFailure> forbidden(std::string reason)
{
    return socketRefusal(403, "Forbidden", std::move(reason), "INVALID_API_KEY");
}

// What the API's ApiKeySelectionExpression says of the request to connect.
std::string sentKey(const SocketCall& call, std::string_view expression)
{
    return evaluateSelection(expression, [&call](std::string_view name) -> std::optional<std::string> {
        constexpr std::string_view kHeader = "request.header.";
        if (name == kAuthorizerExpression.substr(1))
            return call.authorizer.usageIdentifierKey;
        if (name.starts_with(kHeader) && call.request)
            return std::string(call.request->headers.get(name.substr(kHeader.size())));
        return std::nullopt;
    }).value_or("");
}

std::shared_ptr<const ApiKey> keyOf(const SocketCall& call, std::string_view expression)
{
    const auto& usage = call.environment.usage;
    const auto& region = call.api->api.region;
    if (call.event == SocketEvent::Connect)
        return usage.keyOfValue(region, sentKey(call, expression));
    return call.connection->apiKeyId.empty() ? nullptr
                                             : usage.keys.find(region + "/" + call.connection->apiKeyId);
}

}

SocketResult<void> checkSocketKey(SocketCall& call)
{
    if (!call.route->apiKeyRequired)
        return {};
    const auto& own = call.deployment->apiKeySelectionExpression;
    const auto expression = own.empty() ? kUsualExpression : std::string_view(own);
    const auto key = keyOf(call, expression);
    if (!key)
        return forbidden(call.event == SocketEvent::Connect
                ? "The request has no API key that anybody knows in " + std::string(expression)
                : "The client connected without an API key, which route " + call.routeKey + " wants");
    const auto named = (key->name.empty() ? key->id : key->name) + " (" + key->id + ")";
    if (!key->enabled)
        return forbidden("The API key " + named + " is not enabled");
    call.usagePlan = call.environment.usage.planOf(*key, call.api->api.apiId, call.stage->stageName);
    if (!call.usagePlan)
        return forbidden("The API key " + named + " is in no usage plan that has stage " + call.api->api.apiId
            + ":" + call.stage->stageName);
    call.identity.apiKey = key->value;
    call.identity.apiKeyId = key->id;
    call.step("API key", named + " is in usage plan " + call.usagePlan->name, trace::Verdict::Pass);
    return {};
}

}
