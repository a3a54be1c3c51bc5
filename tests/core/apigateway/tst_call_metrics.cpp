#include "core/aws/metric_book.h"
#include "core/aws/sampled_trace.h"
#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/core/apigateway/socket_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>

using nlohmann::json;
using namespace core;

namespace {

constexpr Micros kNow = 1'700'000'000 * kSecond;

// "Count=2/2 4XXError=1/2 …": sum and number of samples of each metric with these dimensions, without the
// times that change from run to run, of which the number alone is shown.
QString shown(aws::MetricBook& book, std::vector<std::pair<std::string, std::string>> dimensions)
{
    std::ranges::sort(dimensions);
    std::vector<aws::Metric> metrics;
    book.each("us-east-1", "AWS/ApiGateway", [&](const aws::Metric& metric, Micros) {
        if (metric.dimensions == dimensions)
            metrics.push_back(metric);
        return true;
    });
    QStringList texts;
    for (const auto& metric : metrics) {
        aws::MetricStats stats;
        for (const auto& point :
            book.points(metric, aws::MetricGrain::Minute, kNow - 60 * kSecond, kNow + 60 * kSecond))
            stats.merge(point.stats);
        const auto name = QString::fromStdString(metric.name);
        texts << (metric.unit == "Count" ? QString("%1=%2/%3").arg(name).arg(stats.sum()).arg(stats.count())
                                         : QString("%1/%2").arg(name).arg(stats.count()));
    }
    return texts.join(' ');
}

http::Response answered(int status)
{
    http::Response response;
    response.status = status;
    return response;
}

}

class TstCallMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void restCalls_areCountedByApiAndStage();
    void restMethods_areCountedWhereTheStageSaysSo();
    void cachedAnswers_areHits();
    void testInvokes_areNotCounted();
    void stagesWithTracing_makeTraces();
    void httpCalls_areCountedByApiAndStage();
    void httpRoutes_areCountedWhereTheStageSaysSo();
    void sockets_areCountedByEvent();
};

void TstCallMetrics::restCalls_areCountedByApiAndStage()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"name", "shop"}});
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books");
    gateway.addMethod(route.apiId, resource, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.get(route.apiId, "/prod/books");
    gateway.get(route.apiId, "/prod/nothing");
    gateway.caller.onCall = [](const FakeCaller::Asked&) { return functionAnswer("garbage"); };
    gateway.get(route.apiId, "/prod/books");
    gateway.get(route.apiId, "/other/books"); // no stage: nothing to count for
    const QString wanted("4XXError=1/3 5XXError=1/3 Count=3/3 IntegrationLatency/2 Latency/3");
    QCOMPARE(shown(gateway.metrics(), {{"ApiName", "shop"}}), wanted);
    QCOMPARE(shown(gateway.metrics(), {{"ApiName", "shop"}, {"Stage", "prod"}}), wanted);
    QCOMPARE(shown(gateway.metrics(), {{"ApiName", "shop"}, {"Stage", "other"}}), QString());
    QCOMPARE(shown(gateway.metrics(),
                 {{"ApiName", "shop"}, {"Stage", "prod"}, {"Method", "GET"}, {"Resource", "/books"}}),
        QString());
}

void TstCallMetrics::restMethods_areCountedWhereTheStageSaysSo()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"name", "shop"}});
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books");
    gateway.addMethod(route.apiId, resource, "GET", lambdaIntegration());
    gateway.addMethod(route.apiId, resource, "POST", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.expect("UpdateStage",
        {{"restApiId", route.apiId}, {"stageName", "prod"},
            {"patchOperations",
                json::array(
                    {{{"op", "replace"}, {"path", "/~1books/GET/metrics/enabled"}, {"value", "true"}}})}});
    gateway.get(route.apiId, "/prod/books");
    http::Request post;
    post.method = "POST";
    post.target = "/prod/books";
    post.headers.add("Host", route.apiId + ".execute-api.localhost:4566");
    gateway.send(std::move(post));
    const auto of = [&](const char* method) {
        return shown(gateway.metrics(),
            {{"ApiName", "shop"}, {"Stage", "prod"}, {"Method", method}, {"Resource", "/books"}});
    };
    QCOMPARE(of("GET"), QString("4XXError=0/1 5XXError=0/1 Count=1/1 IntegrationLatency/1 Latency/1"));
    QCOMPARE(of("POST"), QString());
}

void TstCallMetrics::cachedAnswers_areHits()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"name", "shop"}});
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books");
    gateway.addMethod(route.apiId, resource, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    json operations = json::array();
    for (const auto* path : {"/cacheClusterEnabled", "/*/*/caching/enabled"})
        operations.push_back({{"op", "replace"}, {"path", path}, {"value", "true"}});
    gateway.expect(
        "UpdateStage", {{"restApiId", route.apiId}, {"stageName", "prod"}, {"patchOperations", operations}});
    for (int i = 0; i < 3; ++i)
        gateway.get(route.apiId, "/prod/books");
    QCOMPARE(shown(gateway.metrics(), {{"ApiName", "shop"}}),
        QString(
            "4XXError=0/3 5XXError=0/3 CacheHitCount=2/2 CacheMissCount=1/1 Count=3/3 IntegrationLatency/1 "
            "Latency/3"));
}

void TstCallMetrics::testInvokes_areNotCounted()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"name", "shop"}});
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books");
    gateway.addMethod(route.apiId, resource, "GET", mockIntegration());
    gateway.expect(
        "TestInvokeMethod", {{"restApiId", route.apiId}, {"resourceId", resource}, {"httpMethod", "GET"}});
    QCOMPARE(shown(gateway.metrics(), {{"ApiName", "shop"}}), QString());
}

void TstCallMetrics::stagesWithTracing_makeTraces()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books");
    gateway.addMethod(route.apiId, resource, "GET", mockIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.get(route.apiId, "/prod/books");
    QVERIFY(!aws::isSampled(gateway.lastTrack()));
    gateway.expect("UpdateStage",
        {{"restApiId", route.apiId}, {"stageName", "prod"},
            {"patchOperations",
                json::array({{{"op", "replace"}, {"path", "/tracingEnabled"}, {"value", "true"}}})}});
    gateway.get(route.apiId, "/prod/books");
    QVERIFY(aws::isSampled(gateway.lastTrack()));
}

void TstCallMetrics::httpCalls_areCountedByApiAndStage()
{
    HttpApiFixture gateway;
    gateway.makeApi();
    gateway.addRoute("GET /books", endpointIntegration());
    gateway.caller.onFetch = [](const FakeCaller::Asked&) { return answered(200); };
    gateway.get("/books");
    gateway.get("/nothing");
    gateway.caller.onFetch = [](const FakeCaller::Asked&) { return answered(500); };
    gateway.get("/books");
    const std::string api = gateway.expect("GetApis", json::object())["items"][0]["apiId"];
    const QString wanted("4xx=1/3 5xx=1/3 Count=3/3 DataProcessed/3 IntegrationLatency/2 Latency/3");
    QCOMPARE(shown(gateway.metrics(), {{"ApiId", api}}), wanted);
    QCOMPARE(shown(gateway.metrics(), {{"ApiId", api}, {"Stage", "$default"}}), wanted);
}

void TstCallMetrics::httpRoutes_areCountedWhereTheStageSaysSo()
{
    HttpApiFixture gateway;
    gateway.makeApi();
    gateway.addRoute("GET /books", endpointIntegration());
    const std::string api = gateway.expect("GetApis", json::object())["items"][0]["apiId"];
    gateway.expect("UpdateStage",
        {{"apiId", api}, {"stageName", "$default"},
            {"defaultRouteSettings", {{"detailedMetricsEnabled", true}}}});
    gateway.get("/books");
    QCOMPARE(shown(gateway.metrics(),
                 {{"ApiId", api}, {"Stage", "$default"}, {"Method", "GET"}, {"Resource", "/books"}}),
        QString("4xx=0/1 5xx=0/1 Count=1/1 DataProcessed/1 IntegrationLatency/1 Latency/1"));
}

void TstCallMetrics::sockets_areCountedByEvent()
{
    SocketRoom room;
    room.addRoute("$connect");
    room.addRoute("join", [](const json&) { return proxied(500); });
    room.addRoute("say", [](const json&) { return proxied(200); });
    room.deploy();
    const auto client = room.connect();
    client->sendText(R"({"action":"join"})");
    client->sendText(R"({"action":"say"})");
    client->sendText(R"({"action":"nobody knows"})");
    room.events(3);
    const auto count = [&] { return shown(room.metrics(), {{"ApiId", room.apiId}}); };
    QTRY_COMPARE(count(),
        QString(
            "ClientError=1/4 ConnectCount=1/1 ExecutionError=0/4 IntegrationError=1/4 IntegrationLatency/3 "
            "MessageCount=3/3"));
    QCOMPARE(shown(room.metrics(), {{"ApiId", room.apiId}, {"Stage", "prod"}}), count());
}

CHAMBER_SUITE(TstCallMetrics, "tst_call_metrics")
#include "tst_call_metrics.moc"
