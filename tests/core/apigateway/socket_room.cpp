#include "tests/core/apigateway/socket_room.h"

#include "core/aws/log_book.h"
#include "core/aws/metric_book.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;
using namespace core;
namespace v2 = core::apigateway::v2;

namespace {

// What stands between the socket and the service, as the front door does.
class Door : public http::Handler {
public:
    Door(aws::Service& service, trace::Tracer& tracer, WorkPool& pool)
        : m_service(service)
        , m_tracer(tracer)
        , m_pool(pool)
    {
    }
    void handle(http::Request request, http::Responder responder) override
    {
        auto answer = std::make_shared<http::Responder>(std::move(responder));
        m_pool.post([this, answer, wire = std::move(request)]() mutable {
            if (!m_service.claims(wire))
                return answer->send({.status = 404, .headers = {}, .body = "not claimed", .source = {}});
            auto span = m_tracer.open({wire.method, wire.target, "test", "apigateway", wire.target});
            answer->send(m_service.serve(std::move(wire), span));
        });
    }

private:
    aws::Service& m_service;
    trace::Tracer& m_tracer;
    WorkPool& m_pool;
};

aws::RequestContext at(Micros now)
{
    aws::RequestContext context;
    context.now = now;
    return context;
}

http::Request signedRequest(const std::string& host, const std::string& target,
    const std::string& method = "GET", std::string body = {})
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Host", host);
    request.body = std::move(body);
    sign(request);
    return request;
}

}

struct SocketRoom::Parts {
    QTemporaryDir folder;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    WorkPool pool{8, 64};
    http::Server server;
    Publisher<aws::ResourceChanged> changes;
    aws::LogBook logs;
    aws::MetricBook metrics;
    std::unique_ptr<v2::ApiGatewayV2Service> service;
    std::unique_ptr<v2::ManagementService> management;
    std::unique_ptr<Door> door;
    std::unique_ptr<http::Listener> listener;

    Parts(const Clock& clock, aws::Caller& caller)
        : store(*store::Store::open({folder.path().toStdString(), store::Durability::Memory}))
        , blobs(store->folder() / "objects", false)
        , logs(caller)
        , metrics(*store, clock)
    {
    }
};

SocketRoom::SocketRoom()
    : clock({.now = 1'700'000'000 * kSecond, .rate = 1, .paused = true})
    , tracer(clock)
    , m_parts(std::make_unique<Parts>(clock, caller))
{
    auto& parts = *m_parts;
    parts.service = std::make_unique<v2::ApiGatewayV2Service>(
        aws::Host{*parts.store, parts.blobs, clock, tracer, caller, parts.pool, parts.server, parts.changes,
            parts.logs, {}, [] { return "http://127.0.0.1:4566"; }, &parts.metrics});
    parts.management = std::make_unique<v2::ManagementService>(parts.service->sockets().hub());
    parts.door = std::make_unique<Door>(*parts.service, tracer, parts.pool);
    parts.listener = *parts.server.listen("127.0.0.1", 0, *parts.door);
    caller.onCall = [this](const FakeCaller::Asked& asked) { return answer(asked); };
    const auto api = expect("CreateApi",
        {{"name", "chat"}, {"protocolType", "WEBSOCKET"},
            {"routeSelectionExpression", "$request.body.action"}});
    apiId = api["apiId"];
}

aws::MetricBook& SocketRoom::metrics()
{
    return m_parts->metrics;
}

SocketRoom::~SocketRoom()
{
    m_parts->listener.reset();
    m_parts->service->stop();
    m_parts.reset(); // lines of logs are still on their way to this room
}

json SocketRoom::expect(std::string_view action, json input)
{
    auto answered = runAction(*m_parts->service, *m_parts->store, at(clock.now()), action, std::move(input));
    if (!answered)
        qFatal("%s: %s: %s", std::string(action).c_str(), answered.error().code.c_str(),
            answered.error().message.c_str());
    return answered->json();
}

QString SocketRoom::error(std::string_view action, json input)
{
    const auto answered =
        runAction(*m_parts->service, *m_parts->store, at(clock.now()), action, std::move(input));
    return answered ? QString()
                    : QString::fromStdString(answered.error().code + ": " + answered.error().message);
}

Result<aws::Reply> SocketRoom::answer(const FakeCaller::Asked& asked)
{
    constexpr std::string_view kManagement = "apigatewaymanagementapi ";
    if (asked.what.starts_with(kManagement))
        return runAction(*m_parts->management, *m_parts->store, at(clock.now()),
            asked.what.substr(kManagement.size()), asked.input, asked.payload);
    if (asked.what == "logs PutLogEvents") {
        const std::lock_guard guard(m_mutex);
        for (const auto& event : asked.input["logEvents"])
            m_logs[asked.input["logGroupName"]] << QString::fromStdString(event["message"]);
        return aws::Reply{};
    }
    const std::string name = asked.input.at("FunctionName");
    Function function;
    {
        const std::lock_guard guard(m_mutex);
        m_events.push_back(json::parse(asked.payload));
        const auto found = m_functions.find(name.substr(name.rfind(':') + 1));
        function = found == m_functions.end() ? Function() : found->second;
    }
    return function ? function(json::parse(asked.payload)) : proxied(200);
}

void SocketRoom::makeTwoWay(const std::string& routeId)
{
    expect("CreateRouteResponse", {{"apiId", apiId}, {"routeId", routeId}, {"routeResponseKey", "$default"}});
}

void SocketRoom::addRoute(const std::string& key, Function function, json more)
{
    const auto name = "f" + std::to_string(m_functions.size());
    {
        const std::lock_guard guard(m_mutex);
        m_functions[name] = std::move(function);
    }
    const auto integration = expect("CreateIntegration",
        {{"apiId", apiId}, {"integrationType", "AWS_PROXY"},
            {"integrationUri",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                "arn:aws:lambda:us-east-1:000000000000:function:"
                    + name + "/invocations"}});
    json route{{"apiId", apiId}, {"routeKey", key},
        {"target", "integrations/" + integration["integrationId"].get<std::string>()}};
    if (more.is_object())
        route.update(more);
    const auto made = expect("CreateRoute", route);
    if (route.contains("routeResponseSelectionExpression"))
        makeTwoWay(made["routeId"]);
}

void SocketRoom::addMapped(const std::string& key, json integration,
    const std::map<std::string, std::string>& responses, bool twoWay)
{
    integration["apiId"] = apiId;
    const std::string id = expect("CreateIntegration", integration)["integrationId"];
    for (const auto& [responseKey, text] : responses) {
        json response{{"apiId", apiId}, {"integrationId", id}, {"integrationResponseKey", responseKey}};
        if (!text.empty())
            response["responseTemplates"] = {{"$default", text}};
        expect("CreateIntegrationResponse", response);
    }
    json route{{"apiId", apiId}, {"routeKey", key}, {"target", "integrations/" + id}};
    if (twoWay)
        route["routeResponseSelectionExpression"] = "$default";
    const auto made = expect("CreateRoute", route);
    if (twoWay)
        makeTwoWay(made["routeId"]);
}

void SocketRoom::deploy()
{
    const auto deployment = expect("CreateDeployment", {{"apiId", apiId}});
    expect("CreateStage",
        {{"apiId", apiId}, {"stageName", "prod"}, {"deploymentId", deployment["deploymentId"]},
            {"stageVariables", {{"place", "here"}}}});
}

std::unique_ptr<tests::WebSocketClient> SocketRoom::connect(
    const std::string& query, tests::WebSocketClient::Fields fields)
{
    fields.emplace_back("Host", apiId + ".execute-api.localhost:4566");
    return std::make_unique<tests::WebSocketClient>(m_parts->listener->port(), "/prod" + query, fields);
}

http::Response SocketRoom::manage(const std::string& method, const std::string& connectionId,
    std::string body, std::optional<Signer> signer)
{
    http::Request request;
    request.method = method;
    request.target = "/_aws/execute-api/" + apiId + "/prod/@connections/" + connectionId;
    request.body = std::move(body);
    request.headers.add("Host", "localhost:4566");
    if (signer)
        sign(request, *signer);
    trace::SpanScope span = tracer.open({method, request.target, "test", "apigateway", method});
    if (!m_parts->service->claims(request))
        qFatal("@connections is not claimed");
    return m_parts->service->serve(std::move(request), span);
}

void SocketRoom::nameLogRole()
{
    const apigateway::GatewayAccount account{
        .region = "us-east-1", .cloudwatchRoleArn = "arn:aws:iam::000000000000:role/logs"};
    if (!m_parts->service->usage().accounts.put(account))
        qFatal("the account is not kept");
}

void SocketRoom::addKey(const std::string& value, apigateway::UsagePlan plan)
{
    auto& usage = m_parts->service->usage();
    apigateway::ApiKey key;
    key.region = "us-east-1";
    key.id = "key1";
    key.value = value;
    key.enabled = true;
    plan.region = key.region;
    plan.id = "plan1";
    plan.apiStages = {{apiId, "prod", {}}};
    if (!usage.keys.put(key) || !usage.plans.put(plan)
        || !usage.planKeys.put({key.region, plan.id, key.id, "API_KEY"}))
        qFatal("the key is not kept");
}

QStringList SocketRoom::logLines(const std::string& group, qsizetype count)
{
    const auto taken = [&] {
        const std::lock_guard guard(m_mutex);
        return m_logs[group];
    };
    (void)QTest::qWaitFor([&] { return taken().size() >= count; }, tests::kPatience);
    auto lines = taken();
    for (auto& line : lines) {
        if (line.startsWith(QLatin1Char('(')))
            line = line.mid(line.indexOf(QLatin1Char(' ')) + 1);
    }
    return lines;
}

std::unique_ptr<tests::WebSocketClient> SocketRoom::connectTo(
    const std::string& host, const std::string& target)
{
    return std::make_unique<tests::WebSocketClient>(
        m_parts->listener->port(), target, tests::WebSocketClient::Fields{{"Host", host}});
}

http::Response SocketRoom::manageTo(
    const std::string& host, const std::string& target, const std::string& method, std::string body)
{
    auto request = signedRequest(host, target, method, std::move(body));
    trace::SpanScope span = tracer.open({method, target, "test", "apigateway", method});
    return m_parts->service->serve(std::move(request), span);
}

bool SocketRoom::claims(const std::string& host, const std::string& target)
{
    return m_parts->service->claims(signedRequest(host, target));
}

std::vector<json> SocketRoom::events(std::size_t count)
{
    const auto taken = [this] {
        const std::lock_guard guard(m_mutex);
        return m_events;
    };
    (void)QTest::qWaitFor([&] { return taken().size() >= count; }, tests::kPatience);
    return taken();
}

std::string SocketRoom::lastConnection()
{
    const std::lock_guard guard(m_mutex);
    return m_events.back()["requestContext"]["connectionId"];
}

v2::SocketHub& SocketRoom::hub()
{
    return m_parts->service->sockets().hub();
}

aws::Reply proxied(int status, const std::string& body, json headers)
{
    json answer{{"statusCode", status}};
    if (!body.empty())
        answer["body"] = body;
    if (headers.is_object())
        answer["headers"] = std::move(headers);
    return functionAnswer(answer.dump());
}
