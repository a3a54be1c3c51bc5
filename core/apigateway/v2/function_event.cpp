#include "core/apigateway/v2/function_event.h"

#include "core/apigateway/call_context.h"
#include "core/apigateway/proxy_event.h"
#include "core/aws/host_rules.h"
#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

constexpr std::string_view kDefaultType = "text/plain;charset=UTF-8";

struct Body {
    json text = nullptr;
    bool isBase64 = false;
};

Body bodyOf(const Call& call)
{
    const auto& body = call.request.body;
    if (body.empty())
        return {};
    const bool text = isTextType(call.request.headers.get("Content-Type")) && isUtf8(body);
    return {text ? body : base64(body), !text};
}

// What the gateway tells of the connection.
http::Headers withForwarding(const Call& call)
{
    auto headers = call.outgoing.headers;
    headers.set("Content-Length", std::to_string(call.request.body.size()));
    headers.set("X-Amzn-Trace-Id", call.span.traceHeader());
    const auto before = headers.joined("X-Forwarded-For");
    headers.set("X-Forwarded-For", (before.empty() ? "" : before + ", ") + call.request.remoteAddress);
    const auto port = aws::portOfHost(call.target.domain);
    headers.set("X-Forwarded-Port", port.empty() ? "80" : std::string(port));
    headers.set("X-Forwarded-Proto", "http");
    return headers;
}

std::string rawPath(const Call& call)
{
    return call.outgoing.path.value_or(call.fullPath());
}

std::string rawQuery(const Call& call)
{
    return call.outgoing.query == call.query ? std::string(call.request.rawQuery())
                                             : http::writeQuery(call.outgoing.query);
}

std::string domainPrefix(const Call& call)
{
    return call.target.domain.substr(0, call.target.domain.find('.'));
}

void joinValue(json& into, const std::string& name, const std::string& value)
{
    auto& place = into[name];
    place = place.is_null() ? value : place.get<std::string>() + "," + value;
}

json context2(const Call& call)
{
    json context{{"accountId", call.api->api.account}, {"apiId", call.api->api.apiId},
        {"domainName", call.target.domain}, {"domainPrefix", domainPrefix(call)},
        {"http",
            {{"method", call.request.method}, {"path", call.fullPath()}, {"protocol", "HTTP/1.1"},
                {"sourceIp", call.request.remoteAddress},
                {"userAgent", call.request.headers.get("User-Agent")}}},
        {"requestId", call.requestId}, {"routeKey", call.route->routeKey}, {"stage", call.stage->stageName},
        {"time", clfTime(call.now)}, {"timeEpoch", call.now / kMillisecond}};
    if (!call.authorization.json.empty())
        context["authorizer"] = json::parse(call.authorization.json);
    return context;
}

json event2(const Call& call)
{
    json event{{"version", "2.0"}, {"routeKey", call.route->routeKey}, {"rawPath", rawPath(call)},
        {"rawQueryString", rawQuery(call)}, {"headers", json::object()}, {"requestContext", context2(call)}};
    for (const auto& [name, value] : withForwarding(call)) {
        if (!equalsIgnoreCase(name, "Cookie")) {
            joinValue(event["headers"], toLower(name), value);
            continue;
        }
        for (const auto cookie : split(value, ';'))
            event["cookies"].push_back(trimmed(cookie));
    }
    for (const auto& [name, value] : call.outgoing.query)
        joinValue(event["queryStringParameters"], name, value);
    if (!call.pathParameters.empty())
        event["pathParameters"] = call.pathParameters;
    if (!call.stage->stageVariables.empty())
        event["stageVariables"] = call.stage->stageVariables;
    const auto body = bodyOf(call);
    if (!body.text.is_null())
        event["body"] = body.text;
    event["isBase64Encoded"] = body.isBase64;
    return event;
}

// As a REST API's authorizer member: what a function of this API answered, or the claims of a token.
json authorizer1(const Call& call)
{
    if (call.authorization.json.empty())
        return nullptr;
    const auto all = json::parse(call.authorization.json);
    if (const auto jwt = all.find("jwt"); jwt != all.end())
        return *jwt;
    if (const auto lambda = all.find("lambda"); lambda != all.end() && lambda->is_object()) {
        auto values = *lambda;
        if (!call.authorization.principalId.empty())
            values["principalId"] = call.authorization.principalId;
        return values;
    }
    return nullptr;
}

json context1(const Call& call)
{
    json identity{{"accessKey", nullptr}, {"accountId", nullptr}, {"caller", nullptr},
        {"cognitoAuthenticationProvider", nullptr}, {"cognitoAuthenticationType", nullptr},
        {"cognitoIdentityId", nullptr}, {"cognitoIdentityPoolId", nullptr}, {"principalOrgId", nullptr},
        {"sourceIp", call.request.remoteAddress}, {"user", nullptr},
        {"userAgent", call.request.headers.get("User-Agent")}, {"userArn", nullptr}};
    json context{{"accountId", call.api->api.account}, {"apiId", call.api->api.apiId},
        {"domainName", call.target.domain}, {"domainPrefix", domainPrefix(call)},
        {"extendedRequestId", call.requestId}, {"httpMethod", call.request.method},
        {"identity", std::move(identity)}, {"path", call.fullPath()}, {"protocol", "HTTP/1.1"},
        {"requestId", call.requestId}, {"requestTime", clfTime(call.now)},
        {"requestTimeEpoch", call.now / kMillisecond}, {"resourceId", call.route->routeKey},
        {"resourcePath", call.route->routeKey.substr(call.route->routeKey.find(' ') + 1)},
        {"stage", call.stage->stageName}};
    if (auto authorizer = authorizer1(call); !authorizer.is_null())
        context["authorizer"] = std::move(authorizer);
    return context;
}

json event1(const Call& call)
{
    json event{{"version", "1.0"},
        {"resource", call.route->routeKey.substr(call.route->routeKey.find(' ') + 1)},
        {"path", rawPath(call)}, {"httpMethod", call.request.method}, {"headers", json::object()},
        {"multiValueHeaders", json::object()}, {"queryStringParameters", nullptr},
        {"multiValueQueryStringParameters", nullptr}, {"requestContext", context1(call)},
        {"pathParameters", nullptr}, {"stageVariables", nullptr}};
    StringMap spelling; // the first spelling of a name stands for all of its fields
    for (const auto& [name, value] : withForwarding(call)) {
        const auto& spelled = spelling.try_emplace(toLower(name), name).first->second;
        event["headers"][spelled] = value;
        event["multiValueHeaders"][spelled].push_back(value);
    }
    for (const auto& [name, value] : call.outgoing.query) {
        event["queryStringParameters"][name] = value;
        event["multiValueQueryStringParameters"][name].push_back(value);
    }
    if (!call.pathParameters.empty())
        event["pathParameters"] = call.pathParameters;
    if (!call.stage->stageVariables.empty())
        event["stageVariables"] = call.stage->stageVariables;
    const auto body = bodyOf(call);
    event["body"] = body.text;
    event["isBase64Encoded"] = body.isBase64;
    return event;
}

using Parsed = tl::expected<void, std::string>;

Parsed readStatus(const json& answer, http::Response& response)
{
    const auto& given = answer.at("statusCode");
    const auto status = given.is_number_integer() ? std::optional(given.get<std::int64_t>())
        : given.is_string()                       ? parseInteger(given.get<std::string>())
                                                  : std::nullopt;
    if (!status || *status < 100 || *status > 599)
        return tl::unexpected("statusCode " + given.dump() + " is not an HTTP status");
    response.status = static_cast<int>(*status);
    return {};
}

Parsed readHeaders(const json& answer, http::Response& response)
{
    const auto headers = answer.find("headers");
    if (headers != answer.end() && !headers->is_null()) {
        if (!headers->is_object())
            return tl::unexpected(std::string("headers is not an object"));
        for (const auto& [name, value] : headers->items()) {
            const auto text = answeredText(value);
            if (!text)
                return tl::unexpected("header " + name + " is not a string, number or boolean");
            response.headers.add(name, *text);
        }
    }
    const auto cookies = answer.find("cookies");
    if (cookies == answer.end() || cookies->is_null())
        return {};
    for (const auto& cookie : *cookies) {
        if (!cookies->is_array() || !cookie.is_string())
            return tl::unexpected(std::string("cookies is not a list of strings"));
        response.headers.add("Set-Cookie", cookie.get<std::string>());
    }
    return {};
}

Parsed readBody(const json& answer, http::Response& response)
{
    const auto body = answer.find("body");
    if (body == answer.end() || body->is_null())
        return {};
    auto text = answeredText(*body);
    if (!text)
        return tl::unexpected(std::string("body is not a string"));
    response.body = *std::move(text);
    const auto encoded = answer.find("isBase64Encoded");
    if (encoded == answer.end() || *encoded != true)
        return {};
    auto bytes = unbase64(response.body);
    if (!bytes)
        return tl::unexpected(std::string("body is not base64 although isBase64Encoded is true"));
    response.body = *std::move(bytes);
    return {};
}

// Fields that are the server's own go, and a type comes where there is none.
http::Response completed(http::Response response)
{
    for (const std::string_view name : {"Content-Length", "Transfer-Encoding", "Connection"})
        response.headers.remove(name);
    if (!response.headers.has("Content-Type") && response.status != 204 && response.status != 304)
        response.headers.add("Content-Type", std::string(kDefaultType));
    return response;
}

tl::expected<http::Response, std::string> response2(const std::string& payload, const json& answer)
{
    http::Response response;
    if (!answer.is_object() || !answer.contains("statusCode")) {
        // The whole answer is the body.
        response.headers.add("Content-Type", "application/json");
        response.body = answer.is_string() ? answer.get<std::string>() : payload;
        return response;
    }
    for (const auto read : {readStatus, readHeaders, readBody}) {
        if (const auto done = read(answer, response); !done)
            return tl::unexpected(done.error());
    }
    return completed(std::move(response));
}

}

bool isTextType(std::string_view contentType)
{
    const auto type = toLower(trimmed(contentType.substr(0, contentType.find(';'))));
    return type.starts_with("text/") || type == "application/json" || type == "application/javascript"
        || type == "application/xml" || type.ends_with("+json") || type.ends_with("+xml");
}

std::string authorizerEvent(
    const Call& call, const std::string& version, const Strings& identity, const std::string& routeArn)
{
    auto event = version == "1.0" ? event1(call) : event2(call);
    event.erase("body");
    event.erase("isBase64Encoded");
    event["type"] = "REQUEST";
    if (version == "1.0") {
        event["methodArn"] = routeArn;
        event["identitySource"] = join(identity, ",");
        event["authorizationToken"] = join(identity, ",");
    } else {
        event["routeArn"] = routeArn;
        event["identitySource"] = identity.empty() ? json(nullptr) : json(identity);
    }
    return aws::writeJson(event);
}

std::string functionEvent(const Call& call, const std::string& version)
{
    // What is no UTF-8 in paths and headers is replaced, as on AWS.
    return aws::writeJson(version == "1.0" ? event1(call) : event2(call));
}

tl::expected<http::Response, std::string> functionResponse(
    const std::string& payload, const std::string& version)
{
    const auto answer = aws::parseJson(payload);
    if (!answer)
        return tl::unexpected(std::string("it is not JSON"));
    if (version == "2.0")
        return response2(payload, *answer);
    if (!answer->is_object() || !answer->contains("statusCode"))
        return tl::unexpected(std::string("payload format 1.0 wants a statusCode"));
    auto proxied = parseProxyAnswer(payload, true);
    if (!proxied)
        return tl::unexpected(proxied.error());
    http::Response response;
    response.status = proxied->status;
    response.headers = std::move(proxied->headers);
    response.body = std::move(proxied->body);
    return completed(std::move(response));
}

}
