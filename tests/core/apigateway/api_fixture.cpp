#include "tests/core/apigateway/api_fixture.h"

#include "core/base/text.h"

using nlohmann::json;
using namespace core;

ApiFixture::ApiFixture(std::filesystem::path folder, store::Durability durability)
    : ServiceFixture(std::move(folder), durability)
    , m_service(host())
{
}

ApiFixture::Route ApiFixture::makeApi(json extra)
{
    json input{{"name", "Bookshop"}};
    input.update(extra);
    const auto api = expect("CreateRestApi", input);
    return {api["id"], api["rootResourceId"], api["rootResourceId"]};
}

std::string ApiFixture::addPath(const std::string& apiId, const std::string& rootId, const std::string& path)
{
    std::string parent = rootId;
    std::string at;
    for (const auto part : split(std::string_view(path).substr(1), '/')) {
        at += "/" + std::string(part);
        std::string next;
        const auto listed = expect("GetResources", {{"restApiId", apiId}, {"limit", 500}});
        for (const auto& resource : listed.at("item")) {
            if (resource["path"] == at)
                next = resource["id"];
        }
        if (next.empty())
            next = expect(
                "CreateResource", {{"restApiId", apiId}, {"parentId", parent}, {"pathPart", part}})["id"];
        parent = next;
    }
    return parent;
}

void ApiFixture::addMethod(
    const std::string& apiId, const std::string& resourceId, const std::string& method, json integration)
{
    json at{{"restApiId", apiId}, {"resourceId", resourceId}, {"httpMethod", method}};
    json put = at;
    put["authorizationType"] = "NONE";
    const auto declare = [&put](const std::string& source) {
        if (source.starts_with("method.request.") && !source.starts_with("method.request.body"))
            put["requestParameters"][source] = false;
    };
    const auto parameters = integration.value("requestParameters", json::object());
    for (const auto& [target, expression] : parameters.items())
        declare(expression.get<std::string>());
    const auto keys = integration.value("cacheKeyParameters", json::array());
    for (const auto& key : keys)
        declare(key.get<std::string>());
    expect("PutMethod", put);
    integration.update(at);
    expect("PutIntegration", integration);
}

void ApiFixture::deploy(const std::string& apiId, const std::string& stage, json variables)
{
    expect("CreateDeployment",
        {{"restApiId", apiId}, {"stageName", stage}, {"variables", std::move(variables)}});
}

http::Response ApiFixture::get(const std::string& apiId, const std::string& path)
{
    http::Request request;
    request.target = path;
    request.headers.add("Host", apiId + ".execute-api.localhost:4566");
    return send(std::move(request));
}

void ApiFixture::setChance(std::function<double()> chance)
{
    m_service.setChance(std::move(chance));
}

json lambdaIntegration(const std::string& function)
{
    return {{"type", "AWS_PROXY"}, {"integrationHttpMethod", "POST"},
        {"uri",
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:"
                + function + "/invocations"}};
}

json mockIntegration(int status)
{
    return {{"type", "MOCK"},
        {"requestTemplates", {{"application/json", "{\"statusCode\": " + std::to_string(status) + "}"}}}};
}

QString stepsOf(const trace::Track& track)
{
    QString text;
    for (const auto& step : track.spans.at(0).steps)
        text += QString::fromStdString(step.title + ": " + step.detail + "\n");
    return text;
}
