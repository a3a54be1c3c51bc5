#include "core/apigateway/api_key_file.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

constexpr const char* kValue = "abcdefghijklmnopqrstuvwxyz";

// An API whose method wants a key, and a plan with one.
struct GuardedApi {
    ApiFixture gateway;
    ApiFixture::Route route;
    std::string keyId;
    std::string planId;

    explicit GuardedApi(json plan = json::object(), std::filesystem::path folder = {},
        store::Durability durability = store::Durability::Memory)
        : gateway(std::move(folder), durability)
        , route(gateway.makeApi())
    {
        gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
        gateway.expect("UpdateMethod",
            {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "GET"},
                {"patchOperations", {{{"op", "replace"}, {"path", "/apiKeyRequired"}, {"value", "true"}}}}});
        gateway.deploy(route.apiId, "prod");
        keyId =
            gateway.expect("CreateApiKey", {{"value", kValue}, {"name", "reader"}, {"enabled", true}})["id"];
        json input{{"name", "free"}, {"apiStages", {{{"apiId", route.apiId}, {"stage", "prod"}}}}};
        input.update(plan);
        planId = gateway.expect("CreateUsagePlan", input)["id"];
        gateway.expect(
            "CreateUsagePlanKey", {{"usagePlanId", planId}, {"keyId", keyId}, {"keyType", "API_KEY"}});
    }

    int get(const char* key = kValue) { return send(gateway, route.apiId, key); }

    static int send(ApiFixture& at, const std::string& apiId, const char* key)
    {
        http::Request request;
        request.target = "/prod";
        request.headers.add("Host", apiId + ".execute-api.localhost:4566");
        if (key)
            request.headers.add("X-API-Key", key);
        return at.send(std::move(request)).status;
    }

    QString steps() const { return stepsOf(gateway.lastTrack()); }
};

}

class TstApiKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void key_passesAndReachesTheFunction();
    void missingKey_saysWhy();
    void keyIsNotShownInTheTrack();
    void deletedKey_isForbidden();
    void planOfAnotherStage_isForbidden();
    void authorizerAsSource_takesNoHeader();
    void methodThrottle_goesBeforeThePlans();
    void accountThrottle_holdsForAll();
    void steps_sayWhatIsLeft();
    void usage_survivesARestart();
    void secondPlanForAStage_isRefused();
    void keyFiles_data();
    void keyFiles();
};

void TstApiKeys::key_passesAndReachesTheFunction()
{
    GuardedApi api;
    QCOMPARE(api.get(), 200);
    const auto event = json::parse(api.gateway.caller.last().payload);
    QCOMPARE(jsonText(event["requestContext"]["identity"]["apiKey"]), jsonText(kValue));
    QCOMPARE(jsonText(event["requestContext"]["identity"]["apiKeyId"]), jsonText(api.keyId));
}

void TstApiKeys::missingKey_saysWhy()
{
    GuardedApi api;
    QCOMPARE(api.get(nullptr), 403);
    QVERIFY(api.steps().contains(
        "API key: The method requires an API key and the request has no x-api-key header"));
    QCOMPARE(api.gateway.caller.count(), 0);
}

void TstApiKeys::keyIsNotShownInTheTrack()
{
    GuardedApi api;
    QCOMPARE(api.get("wrong-key-wrong-key-wrong"), 403);
    QVERIFY2(api.steps().contains("No API key has the value …rong"), qPrintable(api.steps()));
    QVERIFY(!api.steps().contains("wrong-key-wrong"));
}

void TstApiKeys::deletedKey_isForbidden()
{
    GuardedApi api;
    api.gateway.expect("DeleteApiKey", {{"apiKey", api.keyId}});
    QCOMPARE(api.get(), 403);
    QCOMPARE(
        api.gateway.expect("GetUsagePlanKeys", {{"usagePlanId", api.planId}})["item"].size(), std::size_t{0});
}

void TstApiKeys::planOfAnotherStage_isForbidden()
{
    GuardedApi api;
    api.gateway.deploy(api.route.apiId, "test");
    api.gateway.expect("UpdateUsagePlan",
        {{"usagePlanId", api.planId},
            {"patchOperations",
                {{{"op", "add"}, {"path", "/apiStages"}, {"value", api.route.apiId + ":test"}},
                    {{"op", "remove"}, {"path", "/apiStages"}, {"value", api.route.apiId + ":prod"}}}}});
    QCOMPARE(api.get(), 403);
    QVERIFY(api.steps().contains("is in no usage plan that has stage"));
}

void TstApiKeys::authorizerAsSource_takesNoHeader()
{
    GuardedApi api;
    api.gateway.expect("UpdateRestApi",
        {{"restApiId", api.route.apiId},
            {"patchOperations", {{{"op", "replace"}, {"path", "/apiKeySource"}, {"value", "AUTHORIZER"}}}}});
    QCOMPARE(api.get(), 403);
    QVERIFY(api.steps().contains("apiKeySource is AUTHORIZER"));
}

void TstApiKeys::methodThrottle_goesBeforeThePlans()
{
    GuardedApi api(json{{"throttle", {{"rateLimit", 1}, {"burstLimit", 1}}}});
    QCOMPARE(api.get(), 200);
    QCOMPARE(api.get(), 429);
    const auto path = "/apiStages/" + api.route.apiId + ":prod/throttle/~1/GET/burstLimit";
    api.gateway.expect("UpdateUsagePlan",
        {{"usagePlanId", api.planId},
            {"patchOperations", {{{"op", "replace"}, {"path", path}, {"value", "3"}}}}});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(api.get(), 200);
    QCOMPARE(api.get(), 429);
    QVERIFY2(api.steps().contains(
                 "Throttle: Less than one token left for usage plan free for //GET: 0.0 of 3 tokens"),
        qPrintable(api.steps()));
}

void TstApiKeys::accountThrottle_holdsForAll()
{
    GuardedApi api;
    api.gateway.expect("PutAccountThrottle", {{"rateLimit", 2}, {"burstLimit", 2}});
    QCOMPARE(api.get(), 200);
    QCOMPARE(api.get(), 200);
    QCOMPARE(api.get(), 429);
    api.gateway.clock.advance(kSecond / 2);
    QCOMPARE(api.get(), 200);
    QCOMPARE(api.get(), 429);
}

void TstApiKeys::steps_sayWhatIsLeft()
{
    GuardedApi api(json{{"throttle", {{"rateLimit", 5}, {"burstLimit", 10}}},
        {"quota", {{"limit", 100}, {"period", "MONTH"}}}});
    QCOMPARE(api.get(), 200);
    const auto steps = api.steps();
    QVERIFY2(
        steps.contains("usage plan free: 9.0 of 10 tokens, 5 a second; account in us-east-1: 4999.0 of 5000 "
                       "tokens, 10000 a second"),
        qPrintable(steps));
    QVERIFY2(
        steps.contains("Quota of usage plan free: 99 requests left of 100 a MONTH, counted since 2023-11-01"),
        qPrintable(steps));
}

void TstApiKeys::usage_survivesARestart()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    std::string apiId;
    {
        GuardedApi api({{"quota", {{"limit", 2}, {"period", "DAY"}}}}, path, store::Durability::Relaxed);
        apiId = api.route.apiId;
        QCOMPARE(api.get(), 200);
        QCOMPARE(api.get(), 200);
    }
    ApiFixture again(path, store::Durability::Relaxed);
    QCOMPARE(GuardedApi::send(again, apiId, kValue), 429);
    again.clock.advance(86'400 * kSecond);
    QCOMPARE(GuardedApi::send(again, apiId, kValue), 200);
}

void TstApiKeys::secondPlanForAStage_isRefused()
{
    GuardedApi api;
    const auto other = api.gateway.expect("CreateUsagePlan",
        {{"name", "paid"}, {"apiStages", {{{"apiId", api.route.apiId}, {"stage", "prod"}}}}});
    QVERIFY(api.gateway
                .error("CreateUsagePlanKey",
                    {{"usagePlanId", other["id"]}, {"keyId", api.keyId}, {"keyType", "API_KEY"}})
                .startsWith("ConflictException: "));
}

void TstApiKeys::keyFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("wanted");
    const QString key = kValue;
    const QByteArray raw = kValue;
    QTest::newRow("columns in any order and case") << "KEY,x,name\n" + raw + ",1,a\n"
                                                   << "a|" + key + "||1|";
    QTest::newRow("quotes, commas, CRLF") << "Name,Key,Description,Enabled,UsagePlanIds\r\n\"a,\"\"b\"\"\","
            + raw + ",'c d',false,\"p1, p2\"\r\n"
                                          << "a,\"b\"|" + key + "|c d|0|p1 p2";
    QTest::newRow("blank lines and a byte order mark")
        << "\xEF\xBB\xBFName,Key\n\n ,\na," + raw << "no: API Key value should be at least 20 characters";
    QTest::newRow("no last line break") << "Name,Key\na," + raw << "a|" + key + "||1|";
    QTest::newRow("empty") << QByteArray() << "no: Invalid API key file: it is empty";
    QTest::newRow("no key column") << QByteArray("Name\na\n")
                                   << "no: Invalid API key file: it must have the columns Name and Key";
    QTest::newRow("open quote") << QByteArray("Name,Key\n\"a,b\n")
                                << "no: Invalid API key file: a quoted value does not end";
}

void TstApiKeys::keyFiles()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, wanted);
    const auto keys = apigateway::parseApiKeyFile(file.toStdString());
    QString shown = keys ? QString() : "no: " + QString::fromStdString(keys.error().message);
    for (const auto& key : keys.value_or(std::vector<apigateway::ImportedKey>{})) {
        QStringList plans;
        for (const auto& plan : key.planIds)
            plans += QString::fromStdString(plan);
        shown += QString::fromStdString(key.name + "|" + key.value + "|" + key.description + "|")
            + (key.enabled ? "1|" : "0|") + plans.join(' ');
    }
    QCOMPARE(shown, wanted);
}

CHAMBER_SUITE(TstApiKeys, "tst_api_keys")
#include "tst_api_keys.moc"
