#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QTest>

#include <nlohmann/json.hpp>

using nlohmann::json;
using tests::TempChamber;

class TstLocalPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void health_namesServices();
    void clock_isReadAndMoved();
    void clock_pausesResumesAndChangesRate();
    void badClockInput_isNamed_data();
    void badClockInput_isNamed();
    void tracks_areListedAndShown();
    void badTrackQueries_areNamed_data();
    void badTrackQueries_areNamed();
    void reset_emptiesTheChamber();
    void otherAddressesAndMethods_areRefused_data();
    void otherAddressesAndMethods_areRefused();

private:
    static json get(const TempChamber& chamber, const std::string& target)
    {
        return json::parse(chamber.get(target).body);
    }
};

void TstLocalPages::health_namesServices()
{
    TempChamber chamber;
    for (const auto* target : {"/_chamber/health", "/_localstack/health"}) {
        const auto health = get(chamber, target);
        QCOMPARE(health["status"].get<std::string>(), std::string("running"));
        QCOMPARE(health["services"]["logs"].get<std::string>(), std::string("running"));
        QCOMPARE(health["endpoint"].get<std::string>(), chamber.endpoint());
        QVERIFY(!health["version"].get<std::string>().empty());
    }
}

void TstLocalPages::clock_isReadAndMoved()
{
    TempChamber chamber;
    QCOMPARE(get(chamber, "/_chamber/clock").dump(),
        std::string(
            R"({"now":"2023-11-14T22:13:20.000Z","nowMicros":1700000000000000,"paused":true,"rate":1.0})"));
    const std::pair<const char*, std::int64_t> moves[]{{R"({"advance":60})", 60},
        {R"({"advance":"60s"})", 120}, {R"({"advance":"1m"})", 180}, {R"({"advance":"1h"})", 3780},
        {R"({"advance":"1d"})", 90'180}};
    for (const auto& [body, seconds] : moves) {
        QCOMPARE(chamber.post("/_chamber/clock", body).status, 200);
        QCOMPARE(chamber->clock().nowSeconds(), 1'700'000'000 + seconds);
    }
}

void TstLocalPages::clock_pausesResumesAndChangesRate()
{
    TempChamber chamber;
    QCOMPARE(chamber.post("/_chamber/clock", R"({"resume":true,"rate":60})").status, 200);
    QVERIFY(!chamber->clock().state().paused);
    QCOMPARE(chamber->clock().state().rate, 60.0);
    QCOMPARE(chamber.post("/_chamber/clock", R"({"pause":true})").status, 200);
    QVERIFY(chamber->clock().state().paused);
}

void TstLocalPages::badClockInput_isNamed_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("named");
    QTest::newRow("no JSON") << "{"
                             << "no JSON";
    QTest::newRow("empty") << ""
                           << "no JSON";
    QTest::newRow("no object") << "[]"
                               << "must be an object";
    QTest::newRow("empty object") << "{}"
                                  << "must be an object";
    QTest::newRow("unknown") << R"({"hurry":1})"
                             << "'hurry'";
    QTest::newRow("text rate") << R"({"rate":"fast"})"
                               << "'rate'";
    QTest::newRow("zero rate") << R"({"rate":0})"
                               << "'rate'";
    QTest::newRow("huge rate") << R"({"rate":1e9})"
                               << "'rate'";
    QTest::newRow("negative advance") << R"({"advance":-1})"
                                      << "'advance'";
    QTest::newRow("huge advance") << R"({"advance":1e300})"
                                  << "'advance'";
    QTest::newRow("text advance") << R"({"advance":"soon"})"
                                  << "'advance'";
    QTest::newRow("unit only") << R"({"advance":"s"})"
                               << "'advance'";
    QTest::newRow("pause is no flag") << R"({"pause":1})"
                                      << "'pause'";
    QTest::newRow("both") << R"({"pause":true,"resume":true})"
                          << "exclude";
    QTest::newRow("good and bad change nothing") << R"({"advance":60,"rate":-1})"
                                                 << "'rate'";
}

void TstLocalPages::badClockInput_isNamed()
{
    QFETCH(QString, body);
    QFETCH(QString, named);
    TempChamber chamber;
    const auto answer = chamber.post("/_chamber/clock", body.toStdString());
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.find(named.toStdString()) != std::string::npos, answer.body.c_str());
    QCOMPARE(chamber->clock().nowSeconds(), 1'700'000'000);
}

void TstLocalPages::tracks_areListedAndShown()
{
    TempChamber chamber;
    for (const auto* name : {"a", "b", "b"})
        (void)chamber->caller().call("logs", "CreateLogGroup", {{"logGroupName", name}}, {});
    const auto page = get(chamber, "/_chamber/tracks?limit=2");
    QCOMPARE(page["total"].get<int>(), 3);
    QCOMPARE(page["tracks"].size(), 2u);
    const auto& newest = page["tracks"][0];
    QCOMPARE(newest["path"].get<std::string>(), std::string("CreateLogGroup b"));
    QCOMPARE(newest["note"].get<std::string>(), std::string("ResourceAlreadyExistsException"));
    const auto before = newest["sequence"].get<int>();
    QCOMPARE(get(chamber, "/_chamber/tracks?before=" + std::to_string(before))["tracks"].size(), 2u);
    const auto whole = get(chamber, "/_chamber/tracks/" + newest["id"].get<std::string>());
    const auto& span = whole["spans"][0];
    QCOMPARE(span["service"].get<std::string>() + span["error"].get<std::string>(),
        std::string("logsResourceAlreadyExistsException"));
    QCOMPARE(span["steps"].back()["verdict"].get<std::string>(), std::string("fail"));
    QCOMPARE(chamber.get("/_chamber/tracks/nope").status, 404);
}

void TstLocalPages::badTrackQueries_areNamed_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("limit=0") << "limit=0";
    QTest::newRow("limit=1001") << "limit=1001";
    QTest::newRow("limit=x") << "limit=x";
    QTest::newRow("before=x") << "before=x";
    QTest::newRow("colour=x") << "colour=x";
}

void TstLocalPages::badTrackQueries_areNamed()
{
    QFETCH(QString, query);
    TempChamber chamber;
    const auto answer = chamber.get("/_chamber/tracks?" + query.toStdString());
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.find('\'' + query.section('=', 0, 0).toStdString() + '\'') != std::string::npos);
}

void TstLocalPages::reset_emptiesTheChamber()
{
    TempChamber chamber;
    QVERIFY(chamber->caller().call("logs", "CreateLogGroup", {{"logGroupName", "g"}}, {}).has_value());
    QCOMPARE(chamber.post("/_chamber/reset", "").status, 200);
    QCOMPARE(get(chamber, "/_chamber/tracks")["tracks"].size(), 0u);
    QVERIFY(chamber->caller().call("logs", "CreateLogGroup", {{"logGroupName", "g"}}, {}).has_value());
}

void TstLocalPages::otherAddressesAndMethods_areRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown page") << "GET"
                                  << "/_chamber/nope" << 404;
    QTest::newRow("unknown alias") << "GET"
                                   << "/_localstack/init" << 404;
    QTest::newRow("reset by GET") << "GET"
                                  << "/_chamber/reset" << 405;
    QTest::newRow("clock by DELETE") << "DELETE"
                                     << "/_chamber/clock" << 405;
    QTest::newRow("health by POST") << "POST"
                                    << "/_chamber/health" << 405;
}

void TstLocalPages::otherAddressesAndMethods_areRefused()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(int, status);
    TempChamber chamber;
    core::http::Request request;
    request.method = method.toStdString();
    request.target = target.toStdString();
    QCOMPARE(chamber.send(request).status, status);
}

CHAMBER_SUITE(TstLocalPages, "tst_local_pages")
#include "tst_local_pages.moc"
