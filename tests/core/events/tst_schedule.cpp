#include "core/base/time_format.h"
#include "core/events/schedule.h"
#include "tests/support/suites.h"

#include <QTest>

using core::events::Schedule;

// Expressions of schedules: AWS's dialect of cron, and rates.
class TstSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cron_hasItsNextMoments_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("moments");
        const auto row = [](const char* expression, const char* after, const QStringList& moments) {
            QTest::newRow(expression) << QString(expression) << QString(after) << moments;
        };
        row("cron(0 10 * * ? *)", "2026-11-22T10:00:00Z", {"2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z"});
        row("cron(15 12 * * ? *)", "2026-11-22T10:00:00Z", {"2026-11-22T12:15:00Z"});
        row("cron(0 18 ? * MON-FRI *)", "2026-11-20T18:00:00Z", {"2026-11-23T18:00:00Z"});
        row("cron(0 8 1 * ? *)", "2026-11-22T10:00:00Z", {"2026-12-01T08:00:00Z", "2027-01-01T08:00:00Z"});
        row("cron(0/15 * * * ? *)", "2026-11-22T10:07:30Z", {"2026-11-22T10:15:00Z", "2026-11-22T10:30:00Z"});
        row("cron(0/10 * ? * MON-FRI *)", "2026-11-20T23:50:00Z", {"2026-11-23T00:00:00Z"});
        row("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-20T17:55:00Z", {"2026-11-23T08:00:00Z"});
        row("cron(0 9 ? * 2#1 *)", "2026-11-22T10:00:00Z", {"2026-12-07T09:00:00Z"});
        row("cron(0 9 ? * 6L *)", "2026-11-22T10:00:00Z", {"2026-11-27T09:00:00Z", "2026-12-25T09:00:00Z"});
        row("cron(0 9 ? * L *)", "2026-11-22T10:00:00Z", {"2026-11-28T09:00:00Z"});
        row("cron(0 0 L * ? *)", "2027-02-01T00:00:00Z", {"2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z"});
        row("cron(0 0 LW 1 ? 2027)", "2026-11-22T10:00:00Z", {"2027-01-29T00:00:00Z"});
        row("cron(0 0 15W * ? *)", "2026-11-01T00:00:00Z", {"2026-11-16T00:00:00Z", "2026-12-15T00:00:00Z"});
        row("cron(0 0 1W 8 ? 2026)", "2026-07-22T10:00:00Z", {"2026-08-03T00:00:00Z"});
        row("cron(0 0 29 2 ? *)", "2026-11-22T10:00:00Z", {"2028-02-29T00:00:00Z"});
        row("cron(30 6 1,15 JAN,JUL ? 2027-2029/2)", "2026-11-22T10:00:00Z",
            {"2027-01-01T06:30:00Z", "2027-01-15T06:30:00Z", "2027-07-01T06:30:00Z", "2027-07-15T06:30:00Z",
                "2029-01-01T06:30:00Z"});
        row("cron(0 22-2 * * ? *)", "2026-11-22T22:00:00Z", {"2026-11-22T23:00:00Z", "2026-11-23T00:00:00Z"});
        row("cron(0 0 ? * FRI-MON *)", "2026-11-23T00:00:00Z", {"2026-11-27T00:00:00Z"});
        row("cron(59 23 31 12 ? 2199)", "2026-11-22T10:00:00Z", {"2199-12-31T23:59:00Z", ""});
        row("cron(0 0 31 2 ? *)", "2026-11-22T10:00:00Z", {""});
        row("cron(0 0 1 1 ? 2020)", "2026-11-22T10:00:00Z", {""});
    }
    void cron_hasItsNextMoments()
    {
        QFETCH(QString, expression);
        QFETCH(QString, after);
        QFETCH(QStringList, moments);
        const auto schedule = Schedule::parse(expression.toStdString());
        QVERIFY(schedule.has_value());
        auto moment = *core::parseIso8601(after.toStdString());
        for (const auto& wanted : moments) {
            const auto next = schedule->next(moment, 0);
            QCOMPARE(next ? QString::fromStdString(core::iso8601(*next)) : QString(), wanted);
            moment = next.value_or(moment);
        }
    }

    void rate_countsFromItsAnchor()
    {
        const auto schedule = Schedule::parse("rate(5 minutes)");
        QVERIFY(schedule.has_value());
        const auto minute = 60 * core::kSecond;
        QCOMPARE(*schedule->next(1000, 1000), 1000 + 5 * minute);
        QCOMPARE(*schedule->next(1000 + 5 * minute, 1000), 1000 + 10 * minute);
        QCOMPARE(*schedule->next(1000 + 12 * minute, 1000), 1000 + 15 * minute);
        QCOMPARE(*Schedule::parse("rate(1 day)")->next(0, 0), 24 * 60 * minute);
        QVERIFY(!Schedule::parse("rate(99999999 days)")->next(1000, 1000));
    }

    void badExpression_isRefused_data()
    {
        QTest::addColumn<QString>("expression");
        for (const auto* text :
            {"", "rate()", "rate(5 minute)", "rate(1 minutes)", "rate(0 minutes)", "rate(-1 minutes)",
                "rate(10 MINUTES)", "rate( 10 minutes )", " rate(10 minutes)", "rate(10minutes)",
                "rate(5 seconds)", "cron()", "cron(0 10 * * * *)", "cron(0 10 ? * ? *)", "cron(0 10 * * ?)",
                "cron(60 10 * * ? *)", "cron(0 24 * * ? *)", "cron(0 10 0 * ? *)", "cron(0 10 32 * ? *)",
                "cron(0 10 * 13 ? *)", "cron(0 10 ? * 8 *)", "cron(0 10 ? * MON#6 *)",
                "cron(0 10 * * ? 1969)", "cron(a 10 * * ? *)", "cron(0 10 * FOO ? *)", "cron(0/0 10 * * ? *)",
                "cron(0 10 W * ? *)", "cron(0 10  * ? *)", "cron(0#1 10 * * ? *)", "every(5 minutes)"})
            QTest::newRow(text) << QString(text);
    }
    void badExpression_isRefused()
    {
        QFETCH(QString, expression);
        QVERIFY(!Schedule::parse(expression.toStdString()));
    }
};

CHAMBER_SUITE(TstSchedule, "tst_schedule")
#include "tst_schedule.moc"
