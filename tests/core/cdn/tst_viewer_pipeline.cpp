#include "core/aws/log_book.h"
#include "core/cdn/service.h"
#include "core/cdn/viewer_pipeline.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using nlohmann::json;
using namespace core;
using namespace core::cdn;

namespace {

// Stands for every origin: answers what the test says and counts.
class FakeOrigin : public aws::Caller {
public:
    http::Response answer;
    std::atomic<int> asked = 0;
    http::Request lastRequest;
    std::string lastUrl;
    bool fails = false;
    std::function<void()> onFetch;

    Result<aws::Reply> call(
        std::string_view, std::string_view, const json&, const aws::CallOptions&, std::string) override
    {
        return aws::Reply{};
    }
    Result<http::Response> fetch(
        std::string_view url, http::Request request, const aws::CallOptions&) override
    {
        ++asked;
        lastUrl = url;
        lastRequest = request;
        if (onFetch)
            onFetch();
        if (fails)
            return fail(ErrorKind::Io, "ConnectFailed", "connection refused");
        const auto etag = answer.headers.get("ETag");
        if (!etag.empty() && request.headers.get("If-None-Match") == etag) {
            http::Response notModified;
            notModified.status = 304;
            return notModified;
        }
        return answer;
    }
};

json behaviorConfig(const char* origin)
{
    return {{"TargetOriginId", origin}, {"ViewerProtocolPolicy", "allow-all"},
        {"ForwardedValues",
            {{"QueryString", true}, {"Cookies", {{"Forward", "none"}}},
                {"QueryStringCacheKeys", {{"Quantity", 1}, {"Items", {"author"}}}}}},
        {"MinTTL", 0}, {"DefaultTTL", 60}, {"MaxTTL", 3600}};
}

json distributionConfig()
{
    auto orders = behaviorConfig("api");
    orders["PathPattern"] = "/orders*";
    orders.erase("ForwardedValues");
    orders["CachePolicyId"] = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    orders["AllowedMethods"] = {
        {"Quantity", 7}, {"Items", {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}}};
    return {{"CallerReference", "1"}, {"Comment", "shop-cdn"}, {"Enabled", true},
        {"Origins",
            {{"Quantity", 1},
                {"Items",
                    json::array({{{"Id", "api"}, {"DomainName", "origin.example"}, {"OriginPath", "/dev"},
                        {"CustomOriginConfig",
                            {{"HTTPPort", 80}, {"HTTPSPort", 443},
                                {"OriginProtocolPolicy", "https-only"}}}}})}}},
        {"DefaultCacheBehavior", behaviorConfig("api")},
        {"CacheBehaviors", {{"Quantity", 1}, {"Items", json::array({orders})}}}};
}

}

class TstViewerPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void firstRequest_missesThenHits();
    void edges_haveCachesOfTheirOwn();
    void staleEntry_isRevalidated();
    void staleEntryWithoutValidator_isFetchedAgain();
    void failingOrigin_servesTheExpiredAnswer();
    void failingOriginWithNothingStored_is502();
    void errors_areKeptForAWhile();
    void postToCachedBehavior_isForbidden();
    void disabledCaching_alwaysAsksTheOrigin();
    void conditionalViewer_gets304();
    void range_isCutFromTheStoredBody();
    void originGetsOnlyWhatTheRulesSend();
    void miss_saysWhatDiffersFromTheStoredKey();
    void invalidation_removesFromEveryEdge();
    void concurrentMisses_askTheOriginOnce();
    void configuration_survivesRestart();
    void badConfigurations_areRefused_data();
    void badConfigurations_areRefused();

private:
    http::Response view(const std::string& target, const std::string& from = "Tokyo",
        http::Headers headers = {}, const std::string& method = "GET");
    std::vector<std::string> lastTitles() const;
    void open();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<trace::Tracer> m_tracer;
    std::unique_ptr<store::BlobStore> m_blobs;
    std::unique_ptr<WorkPool> m_pool;
    std::unique_ptr<http::Server> m_server;
    Publisher<aws::ResourceChanged> m_changes;
    FakeOrigin m_origin;
    aws::LogBook m_logs{m_origin};
    std::unique_ptr<aws::Host> m_host;
    std::unique_ptr<CdnService> m_service;
    std::string m_id;
};

void TstViewerPipeline::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<Clock>(Clock::State{1'795'356'000 * kSecond, 1, true});
    m_tracer = std::make_unique<trace::Tracer>(*m_clock);
    m_pool = std::make_unique<WorkPool>(2, 10);
    m_server = std::make_unique<http::Server>(http::ServerOptions{.threads = 1});
    open();
    const auto record = m_service->distributions.create(distributionConfig(), "us-east-1");
    QVERIFY2(record.has_value(), record ? "" : record.error().message.c_str());
    m_id = (*record)["Id"];
    m_origin.answer = {};
    m_origin.answer.body = "books";
    m_origin.answer.headers = {{"Content-Type", "text/plain"}, {"Cache-Control", "max-age=100"}};
    m_origin.asked = 0;
    m_origin.fails = false;
    m_origin.onFetch = nullptr;
}

void TstViewerPipeline::open()
{
    auto store = store::Store::open({m_folder->path().toStdString(), store::Durability::Memory});
    QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
    m_store = *std::move(store);
    m_blobs = std::make_unique<store::BlobStore>(
        m_folder->filePath(QStringLiteral("objects")).toStdString(), false);
    m_host = std::make_unique<aws::Host>(aws::Host{*m_store, *m_blobs, *m_clock, *m_tracer, m_origin, *m_pool,
        *m_server, m_changes, m_logs, m_folder->path().toStdString(), [] { return std::string(); }});
    m_service = std::make_unique<CdnService>(*m_host);
}

void TstViewerPipeline::cleanup()
{
    m_service.reset();
    m_host.reset();
    m_server.reset();
    m_pool.reset();
    m_blobs.reset();
    m_store.reset();
    m_tracer.reset();
}

http::Response TstViewerPipeline::view(
    const std::string& target, const std::string& from, http::Headers headers, const std::string& method)
{
    http::Request request;
    request.method = method;
    request.target = "/_aws/cloudfront/" + m_id + target;
    request.headers = std::move(headers);
    request.headers.set("X-Chamber-From", from);
    auto span = m_tracer->open({method, target, "tests", "cdn", "viewer"});
    return m_service->serve(std::move(request), span);
}

std::vector<std::string> TstViewerPipeline::lastTitles() const
{
    std::vector<std::string> titles;
    const auto tracks = m_tracer->latest(1);
    for (const auto& step : tracks.front().spans.front().steps)
        titles.push_back(step.title + " | " + step.detail);
    return titles;
}

void TstViewerPipeline::firstRequest_missesThenHits()
{
    const auto miss = view("/books?author=verne");
    QCOMPARE(miss.headers.get("X-Cache"), std::string_view("Miss from cloudfront"));
    QCOMPARE(miss.headers.get("X-Amz-Cf-Pop"), std::string_view("NRT1-C1"));
    QVERIFY(!miss.headers.has("Age"));
    QCOMPARE(m_origin.lastUrl, std::string("https://origin.example/dev/books?author=verne"));
    m_clock->advance(42 * kSecond);
    const auto hit = view("/books?author=verne&utm=mail");
    QCOMPARE(hit.headers.get("X-Cache"), std::string_view("Hit from cloudfront"));
    QCOMPARE(hit.headers.get("Age"), std::string_view("42"));
    QCOMPARE(hit.body, std::string("books"));
    QCOMPARE(m_origin.asked.load(), 1);
    QCOMPARE(lastTitles().back(), std::string("Fresh, so HIT | The origin was not asked."));
}

void TstViewerPipeline::edges_haveCachesOfTheirOwn()
{
    view("/books");
    QCOMPARE(view("/books", "London").headers.get("X-Cache"), std::string_view("Miss from cloudfront"));
    QCOMPARE(view("/books", "lhr").headers.get("X-Cache"), std::string_view("Hit from cloudfront"));
    QCOMPARE(view("/books", "Atlantis").status, 400);
}

void TstViewerPipeline::staleEntry_isRevalidated()
{
    m_origin.answer.headers.set("ETag", "\"v1\"");
    view("/books");
    m_clock->advance(101 * kSecond);
    const auto refreshed = view("/books");
    QCOMPARE(refreshed.headers.get("X-Cache"), std::string_view("RefreshHit from cloudfront"));
    QCOMPARE(refreshed.body, std::string("books"));
    QCOMPARE(refreshed.headers.get("Age"), std::string_view("0"));
    m_clock->advance(99 * kSecond);
    QCOMPARE(view("/books").headers.get("X-Cache"), std::string_view("Hit from cloudfront"));
    QCOMPARE(m_origin.asked.load(), 2);
}

void TstViewerPipeline::staleEntryWithoutValidator_isFetchedAgain()
{
    view("/books");
    m_clock->advance(100 * kSecond);
    m_origin.answer.body = "new";
    const auto second = view("/books");
    QCOMPARE(second.headers.get("X-Cache"), std::string_view("Miss from cloudfront"));
    QCOMPARE(second.body, std::string("new"));
}

void TstViewerPipeline::failingOrigin_servesTheExpiredAnswer()
{
    view("/books");
    m_clock->advance(200 * kSecond);
    m_origin.fails = true;
    const auto stale = view("/books");
    QCOMPARE(stale.status, 200);
    QCOMPARE(stale.body, std::string("books"));
    QCOMPARE(stale.headers.get("Age"), std::string_view("200"));
}

void TstViewerPipeline::failingOriginWithNothingStored_is502()
{
    m_origin.fails = true;
    const auto answer = view("/books");
    QCOMPARE(answer.status, 502);
    QCOMPARE(answer.headers.get("X-Cache"), std::string_view("Error from cloudfront"));
}

void TstViewerPipeline::errors_areKeptForAWhile()
{
    m_origin.answer.status = 404;
    m_origin.answer.headers.remove("Cache-Control");
    QCOMPARE(view("/nothing").headers.get("X-Cache"), std::string_view("Error from cloudfront"));
    m_clock->advance(9 * kSecond);
    view("/nothing");
    QCOMPARE(m_origin.asked.load(), 1);
    m_clock->advance(2 * kSecond);
    view("/nothing");
    QCOMPARE(m_origin.asked.load(), 2);
}

void TstViewerPipeline::postToCachedBehavior_isForbidden()
{
    QCOMPARE(view("/books", "Tokyo", {}, "POST").status, 403);
    QCOMPARE(m_origin.asked.load(), 0);
}

void TstViewerPipeline::disabledCaching_alwaysAsksTheOrigin()
{
    view("/orders", "Tokyo", {}, "POST");
    view("/orders");
    view("/orders");
    QCOMPARE(m_origin.asked.load(), 3);
    QCOMPARE(view("/orders").headers.get("X-Cache"), std::string_view("Miss from cloudfront"));
}

void TstViewerPipeline::conditionalViewer_gets304()
{
    m_origin.answer.headers.set("ETag", "\"v1\"");
    view("/books");
    const auto answer = view("/books", "Tokyo", {{"If-None-Match", "W/\"v1\""}});
    QCOMPARE(answer.status, 304);
    QVERIFY(answer.body.empty());
}

void TstViewerPipeline::range_isCutFromTheStoredBody()
{
    const auto part = view("/books", "Tokyo", {{"Range", "bytes=1-3"}});
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, std::string("ook"));
    QCOMPARE(part.headers.get("Content-Range"), std::string_view("bytes 1-3/5"));
    QCOMPARE(view("/books", "Tokyo", {{"Range", "bytes=-2"}}).body, std::string("ks"));
    QCOMPARE(view("/books", "Tokyo", {{"Range", "bytes=9-"}}).status, 416);
    QCOMPARE(m_origin.asked.load(), 1);
}

void TstViewerPipeline::originGetsOnlyWhatTheRulesSend()
{
    view("/books?author=verne", "Tokyo",
        {{"Cookie", "sid=1"}, {"X-Secret", "1"}, {"Authorization", "Bearer x"}});
    QCOMPARE(m_origin.lastRequest.headers.get("Host"), std::string_view("origin.example"));
    QCOMPARE(m_origin.lastRequest.headers.get("User-Agent"), std::string_view("Amazon CloudFront"));
    QVERIFY(!m_origin.lastRequest.headers.has("Cookie"));
    QVERIFY(!m_origin.lastRequest.headers.has("X-Secret"));
    QVERIFY(!m_origin.lastRequest.headers.has("Authorization"));
    QVERIFY(!m_origin.lastRequest.headers.has("X-Chamber-From"));
}

void TstViewerPipeline::miss_saysWhatDiffersFromTheStoredKey()
{
    view("/books?author=verne");
    view("/books?author=wells");
    const auto titles = lastTitles();
    QVERIFY2(std::find(titles.begin(), titles.end(),
                 "Not in NRT | 1 other key of this path: author is wells, stored is verne.")
            != titles.end(),
        titles.at(3).c_str());
}

void TstViewerPipeline::invalidation_removesFromEveryEdge()
{
    view("/books/1");
    view("/books/1", "London");
    view("/other");
    const auto live = m_service->distributions.live(m_id);
    std::size_t removed = 0;
    for (auto& [edge, cache] : *live->caches)
        removed += cache.removeMatching("/books/*");
    QCOMPARE(removed, std::size_t(2));
    QCOMPARE(view("/books/1").headers.get("X-Cache"), std::string_view("Miss from cloudfront"));
    QCOMPARE(view("/other").headers.get("X-Cache"), std::string_view("Hit from cloudfront"));
}

void TstViewerPipeline::concurrentMisses_askTheOriginOnce()
{
    std::atomic<int> started = 0;
    // The origin answers only once every other viewer is on its way.
    m_origin.onFetch = [&] {
        while (started < 4)
            std::this_thread::yield();
    };
    std::vector<std::thread> viewers;
    std::atomic<int> good = 0;
    for (int i = 0; i < 4; ++i) {
        viewers.emplace_back([&] {
            ++started;
            if (view("/collapsed").body == "books")
                ++good;
        });
    }
    for (auto& viewer : viewers)
        viewer.join();
    QCOMPARE(good.load(), 4);
    QCOMPARE(m_origin.asked.load(), 1);
}

void TstViewerPipeline::configuration_survivesRestart()
{
    m_service.reset();
    m_host.reset();
    m_blobs.reset();
    m_store.reset();
    open();
    QCOMPARE(view("/books").status, 200);
    const auto record = m_service->distributions.record(m_id);
    QCOMPARE((*record)["Config"]["Comment"].get<std::string>(), std::string("shop-cdn"));
}

void TstViewerPipeline::badConfigurations_areRefused_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("unknown origin") << QByteArray("/DefaultCacheBehavior/TargetOriginId")
                                    << QByteArray("\"no\"") << QByteArray("NoSuchOrigin");
    QTest::newRow("wrong quantity") << QByteArray("/Origins/Quantity") << QByteArray("2")
                                    << QByteArray("InconsistentQuantities");
    QTest::newRow("unknown policy") << QByteArray("/CacheBehaviors/Items/0/CachePolicyId")
                                    << QByteArray("\"x\"") << QByteArray("NoSuchCachePolicy");
    QTest::newRow("ttl order") << QByteArray("/DefaultCacheBehavior/MinTTL") << QByteArray("9999")
                               << QByteArray("InvalidTTLOrder");
    QTest::newRow("aliases") << QByteArray("/Aliases")
                             << QByteArray(R"({"Quantity":1,"Items":["a.example"]})")
                             << QByteArray("InvalidArgument");
    QTest::newRow("origin path") << QByteArray("/Origins/Items/0/OriginPath") << QByteArray("\"dev\"")
                                 << QByteArray("InvalidArgument");
}

void TstViewerPipeline::badConfigurations_areRefused()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    auto config = distributionConfig();
    config[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
    const auto result = readDistribution(config);
    QVERIFY(!result.has_value());
    QCOMPARE(QByteArray::fromStdString(result.error().code), code);
}

CHAMBER_SUITE(TstViewerPipeline, "tst_viewer_pipeline")
#include "tst_viewer_pipeline.moc"
