#include "tests/core/apigateway/guarded_api.h"

using nlohmann::json;
using namespace core;

namespace {

constexpr const char* kGuard = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                               "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations";

}

GuardedApi::GuardedApi(json authorizer, json extra, json method)
    : answer([](const json&) { return functionAnswer(verdict().dump()); })
{
    const auto route = gateway.makeApi(extra.is_null() ? json::object() : extra);
    api = route.apiId;
    if (!authorizer.is_null()) {
        authorizer.update({{"restApiId", api}, {"name", "guard"}});
        method["authorizerId"] = gateway.expect("CreateAuthorizer", authorizer)["id"];
        authorizerId = method["authorizerId"];
    }
    for (const auto* path : {"/books", "/books/{id}"}) {
        const auto resource = gateway.addPath(api, route.rootId, path);
        json at{{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"}};
        at.update(method);
        gateway.expect("PutMethod", at);
        auto integration = lambdaIntegration("books");
        integration.update({{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"}});
        gateway.expect("PutIntegration", integration);
    }
    gateway.deploy(api, "prod", {{"shelf", "top"}});
    gateway.caller.onCall = [this](const FakeCaller::Asked& asked) {
        if (asked.input["FunctionName"].get<std::string>().ends_with("guard")) {
            events.push_back(json::parse(asked.payload));
            return answer(events.back());
        }
        proxied = json::parse(asked.payload);
        return functionAnswer(R"({"statusCode":200,"body":"books"})");
    };
}

http::Response GuardedApi::get(const std::string& path, http::Headers headers)
{
    http::Request request;
    request.target = "/prod" + path;
    request.headers = std::move(headers);
    request.headers.add("Host", api + ".execute-api.localhost:4566");
    return gateway.send(std::move(request));
}

http::Response GuardedApi::getSigned(const std::string& path, const Signer& signer)
{
    http::Request request;
    request.target = "/prod" + path;
    request.headers = {{"Host", api + ".execute-api.us-east-1.amazonaws.com"}};
    sign(request, signer);
    return gateway.send(std::move(request));
}

json verdict(const std::string& effect, const json& resource)
{
    return {{"principalId", "momo"}, {"policyDocument", policy(effect, resource)}};
}

json policy(const std::string& effect, const json& resource)
{
    return {{"Version", "2012-10-17"},
        {"Statement", {{{"Effect", effect}, {"Action", "execute-api:Invoke"}, {"Resource", resource}}}}};
}

json tokenAuthorizer(json extra)
{
    json authorizer{{"type", "TOKEN"}, {"authorizerUri", kGuard},
        {"identitySource", "method.request.header.Authorization"}};
    authorizer.update(extra);
    return authorizer;
}

json requestAuthorizer(const std::string& sources, json extra)
{
    json authorizer{{"type", "REQUEST"}, {"authorizerUri", kGuard}, {"identitySource", sources}};
    authorizer.update(extra);
    return authorizer;
}

http::Headers bearing(const std::string& token)
{
    return {{"Authorization", token}};
}

json resourcePolicy(const json& statements)
{
    return {{"policy", json{{"Version", "2012-10-17"}, {"Statement", statements}}.dump()}};
}

QString shown(const http::Response& response)
{
    return QString::number(response.status) + " " + QString::fromStdString(response.body);
}

QByteArray errorType(const http::Response& response)
{
    const auto value = response.headers.get("x-amzn-ErrorType");
    return {value.data(), static_cast<qsizetype>(value.size())};
}
