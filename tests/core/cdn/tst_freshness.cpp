#include "core/base/time_format.h"
#include "core/cdn/freshness.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::cdn;

class TstFreshness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lifetime_followsOriginAndBounds_data();
    void lifetime_followsOriginAndBounds();
    void expires_countsFromTheDateHeader();
    void reason_namesRuleAndValue();
    void age_comesFromEarlierCaches();
};

void TstFreshness::lifetime_followsOriginAndBounds_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("cacheControl");
    QTest::addColumn<int>("min");
    QTest::addColumn<int>("normal");
    QTest::addColumn<int>("max");
    QTest::addColumn<int>("expected"); // -1: not stored

    QTest::newRow("max-age within bounds") << 200 << QByteArray("max-age=60") << 0 << 10 << 3600 << 60;
    QTest::newRow("s-maxage before max-age")
        << 200 << QByteArray("max-age=60, s-maxage=30") << 0 << 10 << 3600 << 30;
    QTest::newRow("raised to the minimum") << 200 << QByteArray("max-age=5") << 20 << 30 << 3600 << 20;
    QTest::newRow("lowered to the maximum") << 200 << QByteArray("max-age=9999") << 0 << 10 << 100 << 100;
    QTest::newRow("silent origin: default") << 200 << QByteArray() << 0 << 86400 << 31536000 << 86400;
    QTest::newRow("silent origin: minimum above default") << 200 << QByteArray() << 50 << 10 << 100 << 50;
    QTest::newRow("silent origin, default 0") << 200 << QByteArray() << 0 << 0 << 100 << -1;
    QTest::newRow("no-store, minimum 0") << 200 << QByteArray("no-store") << 0 << 10 << 100 << -1;
    QTest::newRow("no-cache, minimum 0") << 200 << QByteArray("no-cache") << 0 << 10 << 100 << -1;
    QTest::newRow("private, minimum 7 wins")
        << 200 << QByteArray("private, max-age=60") << 7 << 10 << 100 << 7;
    QTest::newRow("caching disabled") << 200 << QByteArray("max-age=60") << 0 << 0 << 0 << -1;
    QTest::newRow("max-age=0") << 200 << QByteArray("max-age=0") << 0 << 10 << 100 << -1;
    QTest::newRow("negative max-age is 0") << 200 << QByteArray("max-age=-5") << 0 << 10 << 100 << -1;
    QTest::newRow("quoted and upper case") << 200 << QByteArray("MAX-AGE=\"60\"") << 0 << 10 << 100 << 60;
    QTest::newRow("404 always for a while") << 404 << QByteArray() << 0 << 3600 << 86400 << 10;
    QTest::newRow("404 longer when told") << 404 << QByteArray("max-age=300") << 0 << 3600 << 86400 << 300;
    QTest::newRow("403 only when told") << 403 << QByteArray() << 0 << 3600 << 86400 << -1;
    QTest::newRow("403 when told") << 403 << QByteArray("max-age=60") << 0 << 3600 << 86400 << 60;
    QTest::newRow("401 never") << 401 << QByteArray("max-age=60") << 0 << 3600 << 86400 << -1;
    QTest::newRow("503 for a while") << 503 << QByteArray() << 0 << 3600 << 86400 << 10;
}

void TstFreshness::lifetime_followsOriginAndBounds()
{
    QFETCH(int, status);
    QFETCH(QByteArray, cacheControl);
    QFETCH(int, min);
    QFETCH(int, normal);
    QFETCH(int, max);
    QFETCH(int, expected);
    http::Headers headers;
    if (!cacheControl.isEmpty())
        headers.set("Cache-Control", cacheControl.toStdString());
    const auto lifetime = lifetimeOf(status, headers, {min, normal, max}, 10, 0);
    QCOMPARE(lifetime.store, expected >= 0);
    if (expected >= 0)
        QCOMPARE(lifetime.seconds, std::int64_t(expected));
    QVERIFY(!lifetime.reason.empty());
}

void TstFreshness::expires_countsFromTheDateHeader()
{
    const auto now = *parseIso8601("2026-11-22T14:00:00Z");
    const http::Headers headers{
        {"Date", httpDate(now - 100 * kSecond)}, {"Expires", httpDate(now + 20 * kSecond)}};
    QCOMPARE(lifetimeOf(200, headers, {0, 10, 3600}, 10, now).seconds, std::int64_t(120));
    const http::Headers broken{{"Expires", "0"}};
    QVERIFY(!lifetimeOf(200, broken, {0, 10, 3600}, 10, now).store);
}

void TstFreshness::reason_namesRuleAndValue()
{
    const http::Headers headers{{"Cache-Control", "max-age=60"}};
    const auto lifetime = lifetimeOf(200, headers, {0, 10, 86400}, 10, 0);
    QCOMPARE(lifetime.title, std::string("Kept for 60 s"));
    QCOMPARE(lifetime.reason, std::string("The origin says max-age=60; the behavior allows 0 s to 24 h."));
}

void TstFreshness::age_comesFromEarlierCaches()
{
    QCOMPARE(initialAge({{"Age", "12"}}), 12 * kSecond);
    QCOMPARE(initialAge({{"Age", "-3"}}), Micros(0));
    QCOMPARE(initialAge({}), Micros(0));
}

CHAMBER_SUITE(TstFreshness, "tst_freshness")
#include "tst_freshness.moc"
