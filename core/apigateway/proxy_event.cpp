#include "core/apigateway/proxy_event.h"

#include "core/apigateway/request_values.h"
#include "core/apigateway/vpc_endpoint.h"
#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::apigateway {

using nlohmann::json;

namespace {

struct Values {
    json single = json(nullptr);
    json multi = json(nullptr);

    void add(const std::string& name, const std::string& value)
    {
        single[name] = value; // AWS keeps the last of several
        multi[name].push_back(value);
    }
};

// As AWS was seen to write them, whatever the client wrote.
std::string headerName(const std::string& name)
{
    for (const std::string_view known : {"Authorization", "Host", "User-Agent"}) {
        if (equalsIgnoreCase(name, known))
            return std::string(known);
    }
    return name;
}

Values headerValues(const http::Headers& headers)
{
    Values values;
    StringMap spelling; // the first spelling of a name stands for all of its fields
    for (const auto& [name, value] : headers) {
        if (equalsIgnoreCase(name, "Content-Length") || equalsIgnoreCase(name, "Connection"))
            continue;
        const auto& spelled = spelling.try_emplace(toLower(name), headerName(name)).first->second;
        values.add(spelled, value);
    }
    return values;
}

Values queryValues(const http::QueryParameters& query)
{
    Values values;
    for (const auto& [name, value] : query)
        values.add(name, value);
    return values;
}

json textMap(const StringMap& map)
{
    return map.empty() ? json(nullptr) : json(map);
}

json orNull(std::string_view text)
{
    return text.empty() ? json(nullptr) : json(text);
}

json identity(const CallContext& context)
{
    const auto& known = context.identity;
    json who{{"accessKey", orNull(known.accessKey)}, {"accountId", orNull(known.accountId)},
        {"caller", orNull(known.caller)},
        {"cognitoAuthenticationProvider", orNull(known.cognitoAuthenticationProvider)},
        {"cognitoAuthenticationType", orNull(known.cognitoAuthenticationType)},
        {"cognitoIdentityId", orNull(known.cognitoIdentityId)},
        {"cognitoIdentityPoolId", orNull(known.cognitoIdentityPoolId)},
        {"principalOrgId", orNull(known.principalOrgId)}, {"sourceIp", context.request.remoteAddress},
        {"user", orNull(known.user)}, {"userAgent", orNull(context.request.headers.get("User-Agent"))},
        {"userArn", orNull(known.userArn)}};
    if (const auto endpoint = VpcEndpoint::of(context.request); !endpoint.id.empty())
        who["vpceId"] = endpoint.id;
    if (!known.apiKey.empty())
        who["apiKey"] = known.apiKey;
    if (!known.apiKeyId.empty())
        who["apiKeyId"] = known.apiKeyId;
    if (context.isTest) {
        who["sourceIp"] = "test-invoke-source-ip";
        who["apiKey"] = "test-invoke-api-key";
        who["apiKeyId"] = "test-invoke-api-key-id";
    }
    return who;
}

// The values of a context are texts here, whatever the function gave.
json authorizerJson(const AuthorizerAnswer& answer)
{
    json out = json::object();
    for (const auto& [name, value] : answer.values)
        out[name] = value.text;
    if (!answer.principalId.empty())
        out["principalId"] = answer.principalId;
    if (answer.integrationLatency)
        out["integrationLatency"] = *answer.integrationLatency;
    if (answer.claims)
        out["claims"] = *answer.claims;
    return out;
}

json requestContext(const CallContext& context)
{
    const auto& api = context.api->api;
    json out{{"accountId", api.account}, {"apiId", api.id}, {"domainName", context.address.domain},
        {"domainPrefix",
            context.isTest ? "testPrefix" : contextVariable(context, "domainPrefix").value_or(api.id)},
        {"extendedRequestId", context.extendedRequestId}, {"httpMethod", context.request.method},
        {"identity", identity(context)}, {"path", context.fullPath()}, {"protocol", "HTTP/1.1"},
        {"requestId", context.requestId}, {"requestTime", clfTime(context.now)},
        {"requestTimeEpoch", context.now / kMillisecond}, {"resourceId", context.resource->id},
        {"resourcePath", context.resource->path}, {"stage", context.address.stage}};
    if (!context.deployment->id.empty())
        out["deploymentId"] = context.deployment->id;
    if (context.authorizer)
        out["authorizer"] = authorizerJson(*context.authorizer);
    return out;
}

json bodyOf(const IntegrationRequest& request)
{
    if (request.body.empty())
        return nullptr;
    return request.bodyIsBase64 ? base64(request.body) : request.body;
}

using Parsed = tl::expected<void, std::string>;

Parsed readStatus(const json& from, IntegrationAnswer& answer)
{
    const auto found = from.find("statusCode");
    if (found == from.end() || found->is_null())
        return {};
    const auto written = found->is_number_integer() ? std::optional(found->get<std::int64_t>())
        : found->is_string()                        ? parseInteger(found->get<std::string>())
                                                    : std::nullopt;
    if (!written || *written < 100 || *written > 599)
        return tl::unexpected("statusCode " + found->dump() + " is not an HTTP status");
    answer.status = static_cast<int>(*written);
    return {};
}

Parsed readHeaders(const json& from, IntegrationAnswer& answer)
{
    if (const auto found = from.find("headers"); found != from.end() && !found->is_null()) {
        if (!found->is_object())
            return tl::unexpected(std::string("headers is not an object"));
        for (const auto& [name, value] : found->items()) {
            const auto text = answeredText(value);
            if (!text)
                return tl::unexpected("header " + name + " is not a string, number or boolean");
            answer.headers.add(name, *text);
        }
    }
    return {};
}

Parsed readMultiHeaders(const json& from, IntegrationAnswer& answer)
{
    const auto found = from.find("multiValueHeaders");
    if (found == from.end() || found->is_null())
        return {};
    if (!found->is_object())
        return tl::unexpected(std::string("multiValueHeaders is not an object"));
    for (const auto& [name, list] : found->items()) {
        if (!list.is_array())
            return tl::unexpected("multiValueHeaders." + name + " is not a list");
        // A value of the same name in "headers" joins the list after it, under the list's spelling.
        const std::string solo{answer.headers.get(name)};
        const bool hadSolo = answer.headers.has(name);
        answer.headers.remove(name);
        bool repeated = false;
        for (const auto& value : list) {
            const auto text = answeredText(value);
            if (!text)
                return tl::unexpected(
                    "multiValueHeaders." + name + " holds what is no string, number or boolean");
            repeated = repeated || *text == solo;
            answer.headers.add(name, *text);
        }
        if (hadSolo && !repeated)
            answer.headers.add(name, solo);
    }
    return {};
}

Parsed readBody(const json& from, bool clientTakesBinary, IntegrationAnswer& answer)
{
    if (const auto found = from.find("body"); found != from.end() && !found->is_null()) {
        auto text = answeredText(*found);
        if (!text)
            return tl::unexpected(std::string("body is not a string"));
        answer.body = *std::move(text);
    }
    const auto encoded = from.find("isBase64Encoded");
    if (encoded == from.end() || encoded->is_null())
        return {};
    if (!encoded->is_boolean())
        return tl::unexpected(std::string("isBase64Encoded is not a boolean"));
    if (encoded->get<bool>() && clientTakesBinary) {
        auto bytes = unbase64(answer.body);
        if (!bytes)
            return tl::unexpected(std::string("body is not base64 although isBase64Encoded is true"));
        answer.body = *std::move(bytes);
    }
    return {};
}

}

json requestEvent(const CallContext& context, const http::Headers& fields)
{
    const auto headers = headerValues(fields);
    const auto query = queryValues(context.query);
    return {{"resource", context.resource->path},
        {"path", context.address.isCustomDomain ? context.fullPath() : context.path()},
        {"httpMethod", context.request.method}, {"headers", headers.single},
        {"multiValueHeaders", headers.multi}, {"queryStringParameters", query.single},
        {"multiValueQueryStringParameters", query.multi}, {"pathParameters", textMap(context.pathParameters)},
        {"stageVariables", textMap(context.stageVariables)}, {"requestContext", requestContext(context)}};
}

json proxyEvent(const CallContext& context)
{
    auto event = requestEvent(context, context.integrationRequest.headers);
    event["body"] = bodyOf(context.integrationRequest);
    event["isBase64Encoded"] = context.integrationRequest.bodyIsBase64;
    return event;
}

std::optional<std::string> answeredText(const json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    return std::nullopt;
}

tl::expected<IntegrationAnswer, std::string> parseProxyAnswer(
    const std::string& payload, bool clientTakesBinary)
{
    const auto parsed = aws::parseJson(payload);
    if (!parsed || !parsed->is_object())
        return tl::unexpected(std::string("it is not a JSON object"));
    const auto& from = *parsed;
    constexpr std::array kMembers{"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"};
    for (const auto& [name, value] : from.items()) {
        if (std::find(kMembers.begin(), kMembers.end(), std::string_view(name)) == kMembers.end())
            return tl::unexpected("it has a member \"" + name + "\" that AWS does not know");
    }
    IntegrationAnswer answer;
    for (const auto& read : {readStatus(from, answer), readHeaders(from, answer),
             readMultiHeaders(from, answer), readBody(from, clientTakesBinary, answer)}) {
        if (!read)
            return tl::unexpected(read.error());
    }
    return answer;
}

}
