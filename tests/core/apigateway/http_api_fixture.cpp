#include "tests/core/apigateway/http_api_fixture.h"

using nlohmann::json;
using namespace core;

HttpApiFixture::HttpApiFixture(std::filesystem::path folder)
    : ServiceFixture(folder, folder.empty() ? store::Durability::Memory : store::Durability::Full)
    , m_service(host())
{
}

void HttpApiFixture::makeApi(json extra)
{
    json input{{"name", "Bookshop"}, {"protocolType", "HTTP"}, {"tags", {{"_custom_id_", "books"}}}};
    input.update(extra);
    expect("CreateApi", input);
    expect("CreateStage", {{"apiId", "books"}, {"stageName", "$default"}, {"autoDeploy", true}});
}

void HttpApiFixture::addRoute(const std::string& key, json integration, json route)
{
    integration["apiId"] = "books";
    route["apiId"] = "books";
    route["routeKey"] = key;
    route["target"] =
        "integrations/" + expect("CreateIntegration", integration).at("integrationId").get<std::string>();
    expect("CreateRoute", route);
}

http::Response HttpApiFixture::send(http::Request request)
{
    if (!request.headers.has("Host"))
        request.headers.add("Host", "books.execute-api.localhost:4566");
    return ServiceFixture::send(std::move(request));
}

http::Response HttpApiFixture::get(const std::string& path, http::Headers headers)
{
    http::Request request;
    request.target = path;
    request.headers = std::move(headers);
    return send(std::move(request));
}

json functionIntegration(const std::string& version)
{
    return {{"integrationType", "AWS_PROXY"}, {"payloadFormatVersion", version},
        {"integrationUri", "arn:aws:lambda:us-east-1:000000000000:function:books"}};
}

json endpointIntegration(const std::string& url)
{
    return {{"integrationType", "HTTP_PROXY"}, {"payloadFormatVersion", "1.0"}, {"integrationMethod", "ANY"},
        {"integrationUri", url}};
}

QString messageOf(const http::Response& response)
{
    return QString::fromStdString(response.body);
}
