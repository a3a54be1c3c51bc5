#include "tests/core/apigateway/api_fixture.h"

#include "core/base/text.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;
using namespace core;

Result<aws::Reply> FakeCaller::call(std::string_view service, std::string_view action, const json& input,
    const aws::CallOptions&, std::string payload)
{
    Asked asked{std::string(service) + " " + std::string(action), input, std::move(payload), {}};
    {
        std::lock_guard guard(m_mutex);
        m_asked.push_back(asked);
    }
    return onCall ? onCall(asked) : functionAnswer(R"({"statusCode":200})");
}

Result<http::Response> FakeCaller::fetch(std::string_view url, http::Request request, const aws::CallOptions&)
{
    Asked asked{std::string(url), {}, {}, std::move(request)};
    {
        std::lock_guard guard(m_mutex);
        m_asked.push_back(asked);
    }
    return onFetch ? onFetch(asked) : http::Response{};
}

FakeCaller::Asked FakeCaller::last() const
{
    std::lock_guard guard(m_mutex);
    return m_asked.empty() ? Asked{} : m_asked.back();
}

int FakeCaller::count() const
{
    std::lock_guard guard(m_mutex);
    return static_cast<int>(m_asked.size());
}

aws::Reply functionAnswer(std::string payload, std::string functionError)
{
    auto reply = aws::Reply::bytes(std::move(payload), "application/json");
    if (!functionError.empty())
        reply.headers.add("X-Amz-Function-Error", std::move(functionError));
    return reply;
}

struct ApiFixture::Parts {
    std::unique_ptr<QTemporaryDir> temporary;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    WorkPool pool{4, 64};
    http::Server server;
    Publisher<aws::ResourceChanged> changes;
    std::unique_ptr<apigateway::ApiGatewayService> service;

    Parts(std::unique_ptr<QTemporaryDir> folder, std::unique_ptr<store::Store> opened)
        : temporary(std::move(folder))
        , store(std::move(opened))
        , blobs(store->folder() / "objects", false)
    {
    }
};

ApiFixture::ApiFixture(std::filesystem::path folder, store::Durability durability)
    : clock({.now = 1'700'000'000 * kSecond, .rate = 1, .paused = true})
    , tracer(clock)
{
    auto temporary = std::make_unique<QTemporaryDir>();
    if (folder.empty())
        folder = temporary->path().toStdString();
    auto opened = store::Store::open({folder, durability});
    if (!opened)
        qFatal("the store does not open: %s", opened.error().message.c_str());
    m_parts = std::make_unique<Parts>(std::move(temporary), *std::move(opened));
    m_parts->service = std::make_unique<apigateway::ApiGatewayService>(
        aws::Host{*m_parts->store, m_parts->blobs, clock, tracer, caller, m_parts->pool, m_parts->server,
            m_parts->changes, {}, [] { return "http://127.0.0.1:4566"; }});
}

ApiFixture::~ApiFixture() = default;

Result<json> ApiFixture::call(std::string_view action, json input)
{
    auto& service = *m_parts->service;
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        if (service.action(i).name != action)
            continue;
        aws::RequestContext context;
        context.now = clock.now();
        context.span = tracer.open({"AWS", std::string(action), "test", "apigateway", std::string(action)});
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

json ApiFixture::expect(std::string_view action, json input)
{
    auto answer = call(action, std::move(input));
    if (!answer)
        qFatal("%s: %s: %s", std::string(action).c_str(), answer.error().code.c_str(),
            answer.error().message.c_str());
    return *std::move(answer);
}

QString ApiFixture::error(std::string_view action, json input)
{
    const auto answer = call(action, std::move(input));
    return answer ? QString() : QString::fromStdString(answer.error().code + ": " + answer.error().message);
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
    const auto parameters = integration.value("requestParameters", json::object());
    for (const auto& [target, expression] : parameters.items()) {
        if (expression.get<std::string>().starts_with("method.request."))
            put["requestParameters"][expression.get<std::string>()] = false;
    }
    expect("PutMethod", put);
    integration.update(at);
    expect("PutIntegration", integration);
}

void ApiFixture::deploy(const std::string& apiId, const std::string& stage, json variables)
{
    expect("CreateDeployment",
        {{"restApiId", apiId}, {"stageName", stage}, {"variables", std::move(variables)}});
}

http::Response ApiFixture::send(http::Request request)
{
    auto span = tracer.open({request.method, request.target, "test", "apigateway", request.target});
    return send(std::move(request), span);
}

http::Response ApiFixture::send(http::Request request, trace::SpanScope& span)
{
    if (!m_parts->service->claims(request))
        qFatal("no call of an API: %s", request.target.c_str());
    return m_parts->service->serve(std::move(request), span);
}

http::Response ApiFixture::get(const std::string& apiId, const std::string& path)
{
    http::Request request;
    request.target = path;
    request.headers.add("Host", apiId + ".execute-api.localhost:4566");
    return send(std::move(request));
}

trace::Track ApiFixture::lastTrack() const
{
    const auto latest = tracer.latest(1);
    return latest.empty() ? trace::Track{} : latest.front();
}

void ApiFixture::reset()
{
    const auto dropped = m_parts->store->commit([](store::Transaction& transaction) -> Result<> {
        for (const auto& keyspace : transaction.keyspaces({}))
            transaction.dropKeyspace(keyspace);
        return {};
    });
    if (!dropped)
        qFatal("reset: %s", dropped.error().message.c_str());
    m_parts->service->reset();
}

void ApiFixture::setChance(std::function<double()> chance)
{
    m_parts->service->setChance(std::move(chance));
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
