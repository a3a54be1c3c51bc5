#include "tests/core/apigateway/http_api_fixture.h"

#include <QTemporaryDir>

using nlohmann::json;
using namespace core;

struct HttpApiFixture::Parts {
    QTemporaryDir temporary;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    WorkPool pool{4, 64};
    http::Server server;
    Publisher<aws::ResourceChanged> changes;
    std::unique_ptr<apigateway::v2::ApiGatewayV2Service> service;

    explicit Parts(const std::filesystem::path& folder)
        : store(opened(folder))
        , blobs(store->folder() / "objects", false)
    {
    }

    std::unique_ptr<store::Store> opened(const std::filesystem::path& folder) const
    {
        auto made = folder.empty()
            ? store::Store::open({temporary.path().toStdString(), store::Durability::Memory})
            : store::Store::open({folder, store::Durability::Full});
        if (!made)
            qFatal("the store does not open: %s", made.error().message.c_str());
        return *std::move(made);
    }
};

HttpApiFixture::HttpApiFixture(std::filesystem::path folder)
    : clock({.now = 1'700'000'000 * kSecond, .rate = 1, .paused = true})
    , tracer(clock)
    , m_parts(std::make_unique<Parts>(folder))
{
    m_parts->service = std::make_unique<apigateway::v2::ApiGatewayV2Service>(
        aws::Host{*m_parts->store, m_parts->blobs, clock, tracer, caller, m_parts->pool, m_parts->server,
            m_parts->changes, {}, [] { return "http://127.0.0.1:4566"; }});
}

HttpApiFixture::~HttpApiFixture() = default;

Result<json> HttpApiFixture::call(std::string_view action, json input)
{
    auto& service = *m_parts->service;
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        if (service.action(i).name != action)
            continue;
        aws::RequestContext context;
        context.now = clock.now();
        aws::Request request;
        request.setInput(std::move(input));
        CORE_CHECK(service.prepare(service.action(i), request));
        CORE_TRY(auto outcome, service.run(i, context, request));
        if (auto* reply = std::get_if<aws::Reply>(&outcome))
            return reply->json();
        auto& write = *std::get<std::unique_ptr<aws::PendingWrite>>(outcome);
        CORE_CHECK(m_parts->store->commit(
            [&](store::Transaction& transaction) { return write.apply(transaction); }));
        CORE_TRY(auto reply, write.answer());
        return reply.json();
    }
    return fail(ErrorKind::Invalid, "UnknownAction", std::string(action));
}

json HttpApiFixture::expect(std::string_view action, json input)
{
    auto answer = call(action, std::move(input));
    if (!answer)
        qFatal("%s: %s: %s", std::string(action).c_str(), answer.error().code.c_str(),
            answer.error().message.c_str());
    return *std::move(answer);
}

QString HttpApiFixture::error(std::string_view action, json input)
{
    const auto answer = call(action, std::move(input));
    return answer ? QString() : QString::fromStdString(answer.error().code + ": " + answer.error().message);
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
    if (!m_parts->service->claims(request))
        qFatal("no call of an API: %s", request.target.c_str());
    auto span = tracer.open({request.method, request.target, "test", "apigatewayv2", request.target});
    return m_parts->service->serve(std::move(request), span);
}

http::Response HttpApiFixture::get(const std::string& path, http::Headers headers)
{
    http::Request request;
    request.target = path;
    request.headers = std::move(headers);
    return send(std::move(request));
}

trace::Track HttpApiFixture::lastTrack() const
{
    const auto latest = tracer.latest(1);
    return latest.empty() ? trace::Track{} : latest.front();
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
