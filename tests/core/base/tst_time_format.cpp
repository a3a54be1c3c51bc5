#include "core/base/time_format.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;

class TstTimeFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneMoment_hasAllForms();
    void leapDay_isWritten();
    void iso8601_isRead_data();
    void iso8601_isRead();
    void httpDate_isReadInThreeForms();
    void rfc850Year_isNearToday();
    void brokenDates_areRefused();
    void momentsBefore1970_roundTrip();
};

namespace {

constexpr Micros kMoment = 1'795'356'207LL * kSecond + 418'000; // 2026-11-22T14:03:27.418Z

}

void TstTimeFormat::oneMoment_hasAllForms()
{
    QCOMPARE(iso8601(kMoment), std::string("2026-11-22T14:03:27Z"));
    QCOMPARE(iso8601Millis(kMoment), std::string("2026-11-22T14:03:27.418Z"));
    QCOMPARE(lambdaTime(kMoment), std::string("2026-11-22T14:03:27.418+0000"));
    QCOMPARE(httpDate(kMoment), std::string("Sun, 22 Nov 2026 14:03:27 GMT"));
    QCOMPARE(amzDate(kMoment), std::string("20261122T140327Z"));
    QCOMPARE(clfTime(kMoment), std::string("22/Nov/2026:14:03:27 +0000"));
}

void TstTimeFormat::leapDay_isWritten()
{
    QCOMPARE(iso8601(951'782'400LL * kSecond), std::string("2000-02-29T00:00:00Z"));
}

void TstTimeFormat::iso8601_isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qlonglong>("micros");
    const qlonglong whole = kMoment - 418'000;
    QTest::newRow("plain") << "2026-11-22T14:03:27Z" << whole;
    QTest::newRow("millis") << "2026-11-22T14:03:27.418Z" << qlonglong{kMoment};
    QTest::newRow("nanos") << "2026-11-22T14:03:27.418000999Z" << qlonglong{kMoment};
    QTest::newRow("east") << "2026-11-22T16:33:27+02:30" << whole;
    QTest::newRow("west") << "2026-11-22T09:03:27-05:00" << whole;
    QTest::newRow("next day") << "2026-11-23T00:03:27+10:00" << whole;
}

void TstTimeFormat::iso8601_isRead()
{
    QFETCH(QString, text);
    QFETCH(qlonglong, micros);
    QCOMPARE(parseIso8601(text.toStdString()), std::optional<Micros>(micros));
}

void TstTimeFormat::httpDate_isReadInThreeForms()
{
    const std::optional<Micros> expected = 784'111'777LL * kSecond;
    QCOMPARE(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), expected);
    QCOMPARE(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT"), expected);
    QCOMPARE(parseHttpDate("Sun Nov  6 08:49:37 1994"), expected);
    QCOMPARE(parseAmzDate("19941106T084937Z"), expected);
}

void TstTimeFormat::rfc850Year_isNearToday()
{
    const auto time = parseHttpDate("Sunday, 22-Nov-26 14:03:27 GMT");
    QVERIFY(time.has_value());
    QCOMPARE(iso8601(*time), std::string("2026-11-22T14:03:27Z"));
}

void TstTimeFormat::brokenDates_areRefused()
{
    for (const auto* text : {"", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T14:03:27",
             "2026-11-22", "2026-11-22T14:03:27.Z", "2026-11-22T14:03:27Zx", "2026-13-01T00:00:00Z"})
        QVERIFY2(!parseIso8601(text), text);
    for (const auto* text : {"", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
             "Sun, 31 Feb 1994 08:49:37 GMT"})
        QVERIFY2(!parseHttpDate(text), text);
    QVERIFY(!parseAmzDate("19941106T084937"));
}

void TstTimeFormat::momentsBefore1970_roundTrip()
{
    const auto time = parseIso8601("1969-12-31T23:59:59.500Z");
    QCOMPARE(time, std::optional<Micros>(-500'000));
    QCOMPARE(iso8601Millis(*time), std::string("1969-12-31T23:59:59.500Z"));
}

CHAMBER_SUITE(TstTimeFormat, "tst_time_format")
#include "tst_time_format.moc"
