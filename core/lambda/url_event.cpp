#include "core/lambda/url_event.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/response_stream.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::string_view kPreludeType = "application/vnd.awslambda.http-integration-response";
constexpr std::size_t kPreludeEnd = 8; // bytes of zero

bool isText(std::string_view contentType)
{
    const auto lower = toLower(contentType);
    for (const std::string_view word : {"text/", "json", "xml", "javascript"}) {
        if (lower.find(word) != lower.npos)
            return true;
    }
    return false;
}

json headersOf(const http::Request& request, json& cookies)
{
    auto headers = json::object();
    for (const auto& [given, value] : request.headers) {
        const auto name = toLower(given);
        if (name == "cookie") {
            for (const auto cookie : split(value, ';'))
                cookies.push_back(trimmed(cookie));
            continue;
        }
        if (name == "connection" || name == "transfer-encoding" || name == "expect")
            continue;
        auto& place = headers[name];
        place = place.is_null() ? value : place.get<std::string>() + ',' + value;
    }
    return headers;
}

json queryOf(const http::Request& request)
{
    auto query = json::object();
    for (const auto& [name, value] : http::parseQuery(request.rawQuery())) {
        auto& place = query[name];
        place = place.is_null() ? value : place.get<std::string>() + ',' + value;
    }
    return query;
}

json contextOf(const http::Request& request, const UrlAddress& address, const UrlCaller& caller,
    const std::string& requestId, Micros now)
{
    json context = {{"accountId", caller.account.empty() ? "anonymous" : caller.account},
        {"apiId", address.id}, {"domainName", address.domain}, {"domainPrefix", address.id},
        {"http",
            {{"method", request.method}, {"path", request.path()}, {"protocol", "HTTP/1.1"},
                {"sourceIp", request.remoteAddress}, {"userAgent", request.headers.get("User-Agent")}}},
        {"requestId", requestId}, {"routeKey", "$default"}, {"stage", "$default"}, {"time", clfTime(now)},
        {"timeEpoch", now / kMillisecond}};
    if (!caller.account.empty())
        context["authorizer"]["iam"] = {{"accessKey", caller.accessKey}, {"accountId", caller.account},
            {"callerId", caller.userId}, {"cognitoIdentity", nullptr}, {"principalOrgId", nullptr},
            {"userArn", caller.arn}, {"userId", caller.userId}};
    return context;
}

http::Response plain(int status, std::string contentType, std::string body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(contentType));
    response.body = std::move(body);
    return response;
}

http::Response brokenAnswer()
{
    return plain(502, "application/json", "Internal Server Error");
}

std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : aws::writeJson(value);
}

// {"statusCode": …, "headers": …, "cookies": […]} of a buffered answer, or before a streamed body.
http::Response headOf(const json& answer, std::string_view defaultType)
{
    http::Response response;
    const auto status = answer.find("statusCode");
    if (status != answer.end() && status->is_number_integer())
        response.status = status->get<int>();
    if (status != answer.end() && status->is_string())
        response.status = static_cast<int>(parseInteger(status->get_ref<const std::string&>()).value_or(0));
    if (response.status < 100 || response.status > 599)
        return brokenAnswer();
    if (const auto headers = answer.find("headers"); headers != answer.end() && headers->is_object()) {
        for (const auto& [name, value] : headers->items()) {
            // The server's own.
            if (!equalsIgnoreCase(name, "content-length") && !equalsIgnoreCase(name, "transfer-encoding")
                && !equalsIgnoreCase(name, "connection"))
                response.headers.add(name, textOf(value));
        }
    }
    if (const auto cookies = answer.find("cookies"); cookies != answer.end() && cookies->is_array()) {
        for (const auto& cookie : *cookies)
            response.headers.add("Set-Cookie", textOf(cookie));
    }
    if (!response.headers.has("Content-Type"))
        response.headers.add("Content-Type", std::string(defaultType));
    return response;
}

// A streaming handler's answer: what it set as the head, eight zeros, and the body.
http::Response streamedResponse(const InvocationOutcome& outcome)
{
    if (outcome.contentType != kPreludeType)
        return plain(200, outcome.contentType.empty() ? "application/octet-stream" : outcome.contentType,
            outcome.payload);
    const auto end = outcome.payload.find(std::string(kPreludeEnd, '\0'));
    const auto head = aws::parseJson(std::string_view(outcome.payload).substr(0, end));
    if (end == std::string::npos || !head || !head->is_object())
        return brokenAnswer();
    auto response = headOf(*head, "application/octet-stream");
    response.body = outcome.payload.substr(end + kPreludeEnd);
    return response;
}

}

std::string urlEvent(const http::Request& request, const UrlAddress& address, const UrlCaller& caller,
    const std::string& requestId, Micros now)
{
    auto cookies = json::array();
    auto headers = headersOf(request, cookies);
    headers["x-forwarded-for"] = request.remoteAddress;
    headers["x-forwarded-proto"] = "http";
    if (const auto colon = address.domain.rfind(':'); colon != std::string::npos)
        headers["x-forwarded-port"] = address.domain.substr(colon + 1);
    // Paths stay as they were sent, other than those of HTTP APIs.
    json event = {{"version", "2.0"}, {"routeKey", "$default"}, {"rawPath", request.path()},
        {"rawQueryString", request.rawQuery()}, {"headers", std::move(headers)},
        {"requestContext", contextOf(request, address, caller, requestId, now)}, {"isBase64Encoded", false}};
    if (!cookies.empty())
        event["cookies"] = std::move(cookies);
    if (auto query = queryOf(request); !query.empty())
        event["queryStringParameters"] = std::move(query);
    if (!request.body.empty()) {
        const bool text = isText(request.headers.get("Content-Type")) && isUtf8(request.body);
        event["body"] = text ? request.body : base64(request.body);
        event["isBase64Encoded"] = !text;
    }
    return aws::writeJson(event);
}

http::Response urlStream(std::shared_ptr<ResponseStream> stream)
{
    if (!stream->begun())
        return urlResponse(stream->outcome());
    http::Response response;
    const auto type = stream->contentType();
    if (type == kPreludeType) {
        const auto text = stream->awaitHead(std::string_view("\0\0\0\0\0\0\0\0", kPreludeEnd));
        const auto head = aws::parseJson(text.value_or(std::string()));
        if (!text || !head || !head->is_object())
            return brokenAnswer();
        response = headOf(*head, "application/octet-stream");
    } else {
        response = plain(200, type.empty() ? "application/octet-stream" : type, {});
    }
    response.source = std::make_shared<StreamBytes>(std::move(stream));
    response.sourceLength = http::kUnknownLength;
    return response;
}

http::Response urlResponse(const InvocationOutcome& outcome)
{
    if (!outcome.functionError.empty() && !outcome.streamed)
        return brokenAnswer();
    if (outcome.streamed)
        return streamedResponse(outcome);
    const auto parsed = aws::parseJson(outcome.payload);
    if (!parsed)
        return brokenAnswer();
    const auto& answer = *parsed;
    if (!answer.is_object() || !answer.contains("statusCode"))
        return plain(200, "application/json", textOf(answer));
    auto response = headOf(answer, "application/json");
    const auto body = answer.find("body");
    if (body == answer.end() || body->is_null())
        return response;
    response.body = textOf(*body);
    if (const auto encoded = answer.find("isBase64Encoded"); encoded != answer.end() && *encoded == true) {
        auto bytes = unbase64(response.body);
        if (!bytes)
            return brokenAnswer();
        response.body = *std::move(bytes);
    }
    return response;
}

}
