#include "core/apigateway/usage_meter.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace core::apigateway;

namespace {

Micros noonOf(std::string_view date)
{
    return (*parseDate(date) * 86'400 + 43'200) * kSecond;
}

QString begin(Quota::Period period, int offset, std::string_view day)
{
    return QString::fromStdString(
        dateText(periodBegin({.limit = 1, .offset = offset, .period = period}, *parseDate(day))));
}

UsagePlan planOf(std::int64_t limit, Quota::Period period)
{
    UsagePlan plan;
    plan.region = "us-east-1";
    plan.id = "plan";
    plan.quota = Quota{limit, 0, period};
    return plan;
}

struct Room {
    QTemporaryDir folder;
    std::unique_ptr<store::Store> store =
        *store::Store::open({folder.path().toStdString(), store::Durability::Relaxed});

    // A key counts in the store only while it is in its plan.
    void join(const char* key)
    {
        const auto joined = store->commit([&](store::Transaction& transaction) -> Result<> {
            transaction.createKeyspace("apigateway/usageplankeys");
            transaction.put("apigateway/usageplankeys", std::string("us-east-1/plan/") + key, "{}");
            return {};
        });
        QVERIFY(joined.has_value());
    }

    std::optional<std::string> kept(const char* key) const
    {
        return store->get("apigateway/usage", std::string("us-east-1/plan/") + key);
    }
};

}

class TstUsageMeter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dates_areReadAndWritten();
    void periods_beginWhereTheQuotaSays();
    void quota_endsAndBeginsAnew();
    void monthAndOffset_decideWhenItBegins();
    void planWithoutQuota_countsAndAdmits();
    void remaining_isSetForThePeriod();
    void days_showWhatWasLeft();
    void counts_areThereAfterAStop();
    void counts_areWrittenInTheBackground();
    void keyThatLeft_isNotWritten();
};

void TstUsageMeter::dates_areReadAndWritten()
{
    QCOMPARE(parseDate("1970-01-01"), std::optional<DayNumber>(0));
    QCOMPARE(parseDate("2024-02-29"), std::optional<DayNumber>(19'782));
    QCOMPARE(QString::fromStdString(dateText(19'782)), QStringLiteral("2024-02-29"));
    for (const auto* wrong :
        {"2023-02-29", "2024-13-01", "2024-1-1", "", "2024-00-10", "2024/01/01", "+024-01-01"})
        QVERIFY2(!parseDate(wrong), wrong);
    QCOMPARE(dayOf(86'400 * kSecond - 1), DayNumber{0});
    QCOMPARE(dayOf(-1), DayNumber{-1});
}

void TstUsageMeter::periods_beginWhereTheQuotaSays()
{
    using enum Quota::Period;
    QCOMPARE(begin(Day, 0, "2026-11-23"), QStringLiteral("2026-11-23"));
    // 2026-11-23 is a Monday.
    QCOMPARE(begin(Week, 0, "2026-11-23"), QStringLiteral("2026-11-22"));
    QCOMPARE(begin(Week, 0, "2026-11-22"), QStringLiteral("2026-11-22"));
    QCOMPARE(begin(Week, 1, "2026-11-23"), QStringLiteral("2026-11-23"));
    QCOMPARE(begin(Week, 1, "2026-11-22"), QStringLiteral("2026-11-16"));
    QCOMPARE(begin(Week, 6, "2026-11-23"), QStringLiteral("2026-11-21"));
    QCOMPARE(begin(Month, 0, "2026-11-23"), QStringLiteral("2026-11-01"));
    QCOMPARE(begin(Month, 22, "2026-11-23"), QStringLiteral("2026-11-23"));
    QCOMPARE(begin(Month, 23, "2026-11-23"), QStringLiteral("2026-10-24"));
    QCOMPARE(begin(Month, 27, "2026-01-05"), QStringLiteral("2025-12-28"));
    QCOMPARE(begin(Week, 0, "1969-12-31"), QStringLiteral("1969-12-28"));
}

void TstUsageMeter::quota_endsAndBeginsAnew()
{
    Room room;
    UsageMeter meter(*room.store);
    const auto plan = planOf(2, Quota::Period::Day);
    const auto now = noonOf("2026-11-23");
    QCOMPARE(meter.take(plan, "k", now).left, std::int64_t{1});
    QCOMPARE(meter.take(plan, "k", now).left, std::int64_t{0});
    QVERIFY(!meter.take(plan, "k", now).isAdmitted);
    QVERIFY(meter.take(plan, "other", now).isAdmitted);
    const auto tomorrow = meter.take(plan, "k", noonOf("2026-11-24"));
    QVERIFY(tomorrow.isAdmitted);
    QCOMPARE(tomorrow.left, std::int64_t{1});
}

void TstUsageMeter::monthAndOffset_decideWhenItBegins()
{
    Room room;
    UsageMeter meter(*room.store);
    auto plan = planOf(1, Quota::Period::Month);
    plan.quota->offset = 22; // the 23rd
    QVERIFY(meter.take(plan, "k", noonOf("2026-11-22")).isAdmitted);
    QVERIFY(!meter.take(plan, "k", noonOf("2026-11-22")).isAdmitted);
    QVERIFY(meter.take(plan, "k", noonOf("2026-11-23")).isAdmitted);
    QVERIFY(!meter.take(plan, "k", noonOf("2026-12-22")).isAdmitted);
}

void TstUsageMeter::planWithoutQuota_countsAndAdmits()
{
    Room room;
    UsageMeter meter(*room.store);
    auto plan = planOf(1, Quota::Period::Day);
    plan.quota.reset();
    for (int i = 0; i < 5; ++i)
        QVERIFY(meter.take(plan, "k", noonOf("2026-11-23")).isAdmitted);
    const auto day = *parseDate("2026-11-23");
    QCOMPARE(meter.days(plan, "k", day, day, noonOf("2026-11-23")).at(0).used, std::int64_t{5});
}

void TstUsageMeter::remaining_isSetForThePeriod()
{
    Room room;
    UsageMeter meter(*room.store);
    const auto plan = planOf(1, Quota::Period::Day);
    const auto now = noonOf("2026-11-23");
    QVERIFY(meter.take(plan, "k", now).isAdmitted);
    QVERIFY(!meter.take(plan, "k", now).isAdmitted);
    meter.setRemaining(plan, "k", 2, now);
    QCOMPARE(meter.take(plan, "k", now).left, std::int64_t{1});
    QVERIFY(meter.take(plan, "k", now).isAdmitted);
    QVERIFY(!meter.take(plan, "k", now).isAdmitted);
    // The next day has the plan's quota again.
    QCOMPARE(meter.take(plan, "k", noonOf("2026-11-24")).left, std::int64_t{0});
}

void TstUsageMeter::days_showWhatWasLeft()
{
    Room room;
    UsageMeter meter(*room.store);
    const auto plan = planOf(10, Quota::Period::Week);
    QVERIFY(meter.take(plan, "k", noonOf("2026-11-19")).isAdmitted);
    QVERIFY(meter.take(plan, "k", noonOf("2026-11-19")).isAdmitted);
    QVERIFY(meter.take(plan, "k", noonOf("2026-11-23")).isAdmitted);
    const auto days =
        meter.days(plan, "k", *parseDate("2026-11-20"), *parseDate("2026-11-23"), noonOf("2026-11-23"));
    QCOMPARE(days.size(), std::size_t{4});
    const std::vector<std::pair<int, int>> wanted{{0, 8}, {0, 8}, {0, 10}, {1, 9}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        QCOMPARE(days[i].used, std::int64_t{wanted[i].first});
        QCOMPARE(days[i].remaining, std::int64_t{wanted[i].second});
    }
}

void TstUsageMeter::counts_areThereAfterAStop()
{
    Room room;
    room.join("k");
    const auto plan = planOf(3, Quota::Period::Day);
    const auto now = noonOf("2026-11-23");
    {
        UsageMeter meter(*room.store);
        QVERIFY(meter.take(plan, "k", now).isAdmitted);
        QVERIFY(meter.take(plan, "k", now).isAdmitted);
    }
    UsageMeter meter(*room.store);
    QCOMPARE(meter.take(plan, "k", now).left, std::int64_t{0});
    QVERIFY(!meter.take(plan, "k", now).isAdmitted);
}

void TstUsageMeter::counts_areWrittenInTheBackground()
{
    Room room;
    room.join("k");
    UsageMeter meter(*room.store);
    QVERIFY(meter.take(planOf(3, Quota::Period::Day), "k", noonOf("2026-11-23")).isAdmitted);
    QTRY_VERIFY(room.kept("k").has_value());
}

void TstUsageMeter::keyThatLeft_isNotWritten()
{
    Room room;
    UsageMeter meter(*room.store);
    QVERIFY(meter.take(planOf(3, Quota::Period::Day), "k", noonOf("2026-11-23")).isAdmitted);
    QVERIFY(meter.write().has_value());
    QVERIFY(!room.kept("k").has_value());
}

CHAMBER_SUITE(TstUsageMeter, "tst_usage_meter")
#include "tst_usage_meter.moc"
