#include "core/apigateway/stage_cache.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;
using namespace core::apigateway;

namespace {

constexpr Micros kBegin = 1'700'000'000 * kSecond;

CachePlace place(std::string key, std::size_t budget = 1024 * 1024, std::string stage = "api/prod@1")
{
    return {std::move(stage), std::move(key), 60 * kSecond, budget};
}

http::Response answer(std::size_t bytes)
{
    http::Response response;
    response.body = std::string(bytes, 'x');
    return response;
}

// An API whose function answers "1", "2", … and whose stage `prod` has a cache of a minute.
struct CachedApi {
    ApiFixture gateway;
    ApiFixture::Route route = gateway.makeApi();
    int asked = 0;

    explicit CachedApi(json integration = json::object(), const char* path = "/books")
    {
        gateway.caller.onCall = [this](const FakeCaller::Asked&) {
            return functionAnswer(R"({"statusCode":)" + std::to_string(status) + R"(,"body":")"
                + std::to_string(++asked) + "\"}");
        };
        const auto resource = gateway.addPath(route.apiId, route.rootId, path);
        auto put = lambdaIntegration();
        put.update(integration);
        for (const auto* method : {"GET", "POST"})
            gateway.addMethod(route.apiId, resource, method, put);
        gateway.deploy(route.apiId, "prod");
        patch({{"/cacheClusterEnabled", "true"}, {"/*/*/caching/enabled", "true"},
            {"/*/*/caching/ttlInSeconds", "60"}});
    }

    int status = 200;

    void patch(const std::vector<std::pair<const char*, const char*>>& values)
    {
        json operations = json::array();
        for (const auto& [at, value] : values)
            operations.push_back({{"op", "replace"}, {"path", at}, {"value", value}});
        gateway.expect("UpdateStage",
            {{"restApiId", route.apiId}, {"stageName", "prod"}, {"patchOperations", operations}});
    }

    QString get(const char* path, const char* method = "GET", http::Headers headers = {})
    {
        http::Request request;
        request.method = method;
        request.target = std::string("/prod") + path;
        request.headers = std::move(headers);
        request.headers.add("Host", route.apiId + ".execute-api.localhost:4566");
        return QString::fromStdString(gateway.send(std::move(request)).body);
    }
};

}

class TstStageCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answer_isThereUntilItExpires();
    void fullCache_forgetsWhatWasUsedLongestAgo();
    void flush_takesTheCanarysToo();
    void largeAnswer_isNotKept();
    void clusterSize_decidesTheBudget();

    void call_isAnsweredFromTheCacheUntilItsTtl();
    void parameters_countWhenTheyAreKeys();
    void mappedParameters_countByTheirSource();
    void pathParameters_countWhenTheyAreKeys();
    void otherMethods_areCachedBySettingsOfTheirOwn();
    void failedAnswer_isNotKept();
    void invalidation_asksAnew();
    void flushedStage_asksAnew();
    void canary_hasACacheOfItsOwn();
};

void TstStageCache::answer_isThereUntilItExpires()
{
    StageCache cache;
    QVERIFY(!cache.find(place("a"), kBegin));
    QVERIFY(cache.put(place("a"), answer(3), kBegin));
    QVERIFY(cache.find(place("a"), kBegin + 60 * kSecond - 1));
    QVERIFY(!cache.find(place("b"), kBegin));
    QVERIFY(!cache.find(place("a", 1024, "api/other@1"), kBegin));
    QVERIFY(!cache.find(place("a"), kBegin + 60 * kSecond));
}

void TstStageCache::fullCache_forgetsWhatWasUsedLongestAgo()
{
    StageCache cache;
    constexpr std::size_t kBudget = 3000;
    for (const auto* key : {"a", "b"})
        QVERIFY(cache.put(place(key, kBudget), answer(1000), kBegin));
    QVERIFY(cache.find(place("a", kBudget), kBegin));
    QVERIFY(cache.put(place("c", kBudget), answer(1000), kBegin));
    QVERIFY(cache.find(place("a", kBudget), kBegin));
    QVERIFY(!cache.find(place("b", kBudget), kBegin));
    QVERIFY(cache.find(place("c", kBudget), kBegin));
}

void TstStageCache::flush_takesTheCanarysToo()
{
    StageCache cache;
    QVERIFY(cache.put(place("a"), answer(1), kBegin));
    QVERIFY(cache.put(place("a", 4096, "api/prod@1/canary"), answer(1), kBegin));
    QVERIFY(cache.put(place("a", 4096, "api/test@1"), answer(1), kBegin));
    QCOMPARE(cache.flush("api/prod@1"), std::size_t{2});
    QVERIFY(!cache.find(place("a"), kBegin));
    QVERIFY(cache.find(place("a", 4096, "api/test@1"), kBegin));
}

void TstStageCache::largeAnswer_isNotKept()
{
    StageCache cache;
    QVERIFY(!cache.put(place("a", 64 * 1024 * 1024), answer(1024 * 1024 + 1), kBegin));
    QVERIFY(cache.put(place("b"), answer(1), kBegin));
    QVERIFY(!cache.put(place("b", 2000), answer(5000), kBegin));
    QVERIFY(!cache.find(place("b"), kBegin));
}

void TstStageCache::clusterSize_decidesTheBudget()
{
    QCOMPARE(cacheBudget("0.5"), std::size_t{8 * 1024 * 1024});
    QCOMPARE(cacheBudget(""), std::size_t{8 * 1024 * 1024});
    QCOMPARE(cacheBudget("237"), std::size_t{64 * 1024 * 1024});
}

void TstStageCache::call_isAnsweredFromTheCacheUntilItsTtl()
{
    CachedApi api;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    QVERIFY(
        stepsOf(api.gateway.lastTrack()).contains("Cache: Hit: GET /books, kept 0 s ago, fresh for 60 s"));
    api.gateway.clock.advance(59 * kSecond);
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    api.gateway.clock.advance(kSecond);
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
    const auto steps = stepsOf(api.gateway.lastTrack());
    QVERIFY2(steps.contains("Cache: Miss: no fresh answer for GET /books"), qPrintable(steps));
    QVERIFY2(steps.contains("Keep in cache: Kept for 60 s"), qPrintable(steps));
}

void TstStageCache::parameters_countWhenTheyAreKeys()
{
    CachedApi plain;
    QCOMPARE(plain.get("/books?genre=a"), QStringLiteral("1"));
    QCOMPARE(plain.get("/books?genre=b"), QStringLiteral("1"));

    CachedApi keyed(json{{"cacheKeyParameters",
        json::array({"method.request.querystring.genre", "method.request.header.X-Kind"})}});
    QCOMPARE(keyed.get("/books?genre=a"), QStringLiteral("1"));
    QCOMPARE(keyed.get("/books?genre=b"), QStringLiteral("2"));
    QCOMPARE(keyed.get("/books?genre=a&genre=b"), QStringLiteral("3"));
    QCOMPARE(keyed.get("/books?genre=a", "GET", {{"X-Kind", "k"}}), QStringLiteral("4"));
    QCOMPARE(keyed.get("/books?genre=a&page=2"), QStringLiteral("1"));
}

void TstStageCache::mappedParameters_countByTheirSource()
{
    CachedApi api(
        {{"requestParameters", {{"integration.request.querystring.g", "method.request.querystring.genre"}}},
            {"cacheKeyParameters", {"integration.request.querystring.g"}}});
    QCOMPARE(api.get("/books?genre=a"), QStringLiteral("1"));
    QCOMPARE(api.get("/books?genre=b"), QStringLiteral("2"));
    QCOMPARE(api.get("/books?genre=a"), QStringLiteral("1"));
}

void TstStageCache::pathParameters_countWhenTheyAreKeys()
{
    CachedApi plain(json::object(), "/books/{id}");
    QCOMPARE(plain.get("/books/1"), QStringLiteral("1"));
    QCOMPARE(plain.get("/books/2"), QStringLiteral("1"));
    CachedApi keyed({{"cacheKeyParameters", {"method.request.path.id"}}}, "/books/{id}");
    QCOMPARE(keyed.get("/books/1"), QStringLiteral("1"));
    QCOMPARE(keyed.get("/books/2"), QStringLiteral("2"));
}

void TstStageCache::otherMethods_areCachedBySettingsOfTheirOwn()
{
    CachedApi api;
    QCOMPARE(api.get("/books", "POST"), QStringLiteral("1"));
    QCOMPARE(api.get("/books", "POST"), QStringLiteral("2"));
    api.patch({{"/~1books/POST/caching/enabled", "true"}});
    QCOMPARE(api.get("/books", "POST"), QStringLiteral("3"));
    QCOMPARE(api.get("/books", "POST"), QStringLiteral("3"));
    api.patch({{"/~1books/POST/caching/ttlInSeconds", "0"}});
    QCOMPARE(api.get("/books", "POST"), QStringLiteral("4"));
}

void TstStageCache::failedAnswer_isNotKept()
{
    CachedApi api;
    api.status = 500;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    api.status = 200;
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
}

void TstStageCache::invalidation_asksAnew()
{
    CachedApi api;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    QCOMPARE(api.get("/books", "GET", {{"Cache-Control", "max-age=0"}}), QStringLiteral("1"));
    api.patch({{"/*/*/caching/requireAuthorizationForCacheControl", "false"}});
    QCOMPARE(api.get("/books", "GET", {{"Cache-Control", "max-age=0"}}), QStringLiteral("2"));
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
}

void TstStageCache::flushedStage_asksAnew()
{
    CachedApi api;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    api.gateway.expect("FlushStageCache", {{"restApiId", api.route.apiId}, {"stageName", "prod"}});
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
}

void TstStageCache::canary_hasACacheOfItsOwn()
{
    CachedApi api;
    double chance = 0.9;
    api.gateway.setChance([&] { return chance; });
    api.gateway.expect("CreateDeployment",
        {{"restApiId", api.route.apiId}, {"stageName", "prod"},
            {"canarySettings", {{"percentTraffic", 50}}}});
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    chance = 0.49;
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
    QVERIFY(stepsOf(api.gateway.lastTrack()).contains("of the canary, which takes 50 % of the calls"));
    QCOMPARE(api.get("/books"), QStringLiteral("2"));
    chance = 0.5;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
    api.patch({{"/canarySettings/useStageCache", "true"}});
    chance = 0;
    QCOMPARE(api.get("/books"), QStringLiteral("1"));
}

CHAMBER_SUITE(TstStageCache, "tst_stage_cache")
#include "tst_stage_cache.moc"
