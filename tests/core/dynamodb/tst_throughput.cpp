#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/partition_key.h"
#include "core/dynamodb/partition_meter.h"
#include "core/dynamodb/throughput_plan.h"
#include "core/dynamodb/token_bucket.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::dynamodb;
using core::kSecond;

class TstThroughput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bucket_keepsNoMoreThanItsBurst();
    void plan_countsPartitionsAsAwsDoes();
    void partitions_coverTheHashSpaceInOrder();
    void heat_splitsBetweenKeys();
    void partitionKeys_areReadBackFromRows();
};

void TstThroughput::bucket_keepsNoMoreThanItsBurst()
{
    TokenBucket bucket(10, 300, 0);
    QCOMPARE(bucket.level(), 10.0);
    bucket.refill(1000 * kSecond);
    QCOMPARE(bucket.level(), 3000.0);
    bucket.take(3005);
    QVERIFY(!bucket.admits());
    bucket.refill(1000 * kSecond + kSecond / 2); // five more: exactly nothing left
    QVERIFY(!bucket.admits());
    bucket.refill(1001 * kSecond);
    QCOMPARE(bucket.level(), 5.0);
    bucket.refill(0); // the clock does not go back
    QCOMPARE(bucket.level(), 5.0);
}

void TstThroughput::plan_countsPartitionsAsAwsDoes()
{
    constexpr std::int64_t kGigabyte = 1024 * 1024 * 1024;
    ThroughputPlan plan;
    plan.provisioned = plan.warm = {1500, 500};
    QCOMPARE(plan.partitions({}, 0), std::size_t(1));
    plan.provisioned = plan.warm = {3000, 1000};
    QCOMPARE(plan.partitions({}, 0), std::size_t(2));
    plan.provisioned = plan.warm = {7500, 3000};
    QCOMPARE(plan.partitions({}, 0), std::size_t(6));
    QCOMPARE(plan.partitions({}, 65 * kGigabyte), std::size_t(7));
    plan.onDemand = true;
    plan.warm = {12'000, 4'000};
    QCOMPARE(plan.partitions({}, 0), std::size_t(4));
    QCOMPARE(plan.partitions({0, 5'000}, 0), std::size_t(10));
    QCOMPARE(plan.limit(Axis::Write, 50'000).rate, 40'000.0);
    QVERIFY(plan.limit(Axis::Write, 50'000).kind == LimitKind::Account);
}

void TstThroughput::partitions_coverTheHashSpaceInOrder()
{
    PartitionMeter meter;
    for (const std::size_t count : {3U, 8U, 13U}) {
        meter.grow(count, 0);
        const auto& all = meter.all();
        QCOMPARE(all.size(), count);
        QCOMPARE(all.front().from, std::uint64_t(0));
        QCOMPARE(all.back().to, UINT64_MAX);
        for (std::size_t i = 1; i < all.size(); ++i)
            QCOMPARE(all[i].from, all[i - 1].to + 1);
        for (const auto& partition : all) {
            QCOMPARE(meter.holding(keys::hashBound(partition.from)).number, partition.number);
            QCOMPARE(meter.holding(keys::hashBound(partition.to)).number, partition.number);
        }
    }
    meter.grow(2, 0); // never merged
    QCOMPARE(meter.all().size(), std::size_t(13));
}

void TstThroughput::heat_splitsBetweenKeys()
{
    PartitionMeter meter;
    const auto refuseFor = [&meter](const std::string& row, core::Micros from, core::Micros to) {
        for (auto now = from; now <= to; now += kSecond)
            meter.refuse(meter.holding(row), Axis::Write, row, true, now);
    };
    const auto low = keys::hashBound(1000) + "low" + std::string(2, '\0');
    const auto high = keys::hashBound(2000) + "high" + std::string(2, '\0');
    meter.holding(low).hot.add(low, 500);
    refuseFor(low, kSecond, 400 * kSecond); // one key alone: nothing to divide
    QCOMPARE(meter.all().size(), std::size_t(1));
    meter.holding(high).hot.add(high, 400);
    refuseFor(low, 2000 * kSecond, 2200 * kSecond); // not long enough, counted anew after a pause
    QCOMPARE(meter.all().size(), std::size_t(1));
    refuseFor(low, 2201 * kSecond, 2301 * kSecond);
    QCOMPARE(meter.all().size(), std::size_t(2));
    QCOMPARE(meter.all()[1].from, std::uint64_t(2000));
}

void TstThroughput::partitionKeys_areReadBackFromRows()
{
    const auto same = [](const AttributeValue& value) {
        const auto row = keys::partition(value) + "the sort key behind it";
        return keys::partitionKey(row, value.type()) == value;
    };
    QVERIFY(same(AttributeValue::string("plain")));
    QVERIFY(same(AttributeValue::string(std::string("with\0zero", 9))));
    QVERIFY(same(AttributeValue::binary(std::string("\0\0\xff", 3))));
    for (const auto* number : {"0", "1", "-1", "42", "-100", "0.5", "-12.345", "1E-130", "9.9E125",
             "12345678901234567890123456789012345678", "-12345678901234567890123456789012345678"})
        QVERIFY2(same(AttributeValue::number(*Number::parse(number))), number);
    QVERIFY(!keys::partitionKey("short", AttributeType::S));
}

CHAMBER_SUITE(TstThroughput, "tst_throughput")
#include "tst_throughput.moc"
