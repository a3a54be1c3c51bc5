#include "core/apigateway/rate_buckets.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using apigateway::RateBuckets;

namespace {

constexpr Micros kBegin = 1'700'000'000 * kSecond;

RateBuckets::Decision takeOne(RateBuckets& buckets, const char* name, double rate, double burst, Micros now)
{
    const RateBuckets::Wanted wanted[] = {{name, {rate, burst}}};
    return buckets.take(wanted, now);
}

}

class TstRateBuckets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newBucket_isFull();
    void tokens_flowInAtTheRate();
    void level_neverPassesTheBurst();
    void oneEmptyBucket_takesFromNone();
    void limitsThatChange_holdAtOnce();
    void limitOfNothing_admitsNothing();
    void fullBuckets_areForgottenWhenThereAreMany();
};

void TstRateBuckets::newBucket_isFull()
{
    RateBuckets buckets;
    for (int i = 0; i < 3; ++i)
        QVERIFY(takeOne(buckets, "a", 1, 3, kBegin).isAdmitted);
    const auto decision = takeOne(buckets, "a", 1, 3, kBegin);
    QVERIFY(!decision.isAdmitted);
    QCOMPARE(decision.levels.at(0), 0.0);
    QVERIFY(takeOne(buckets, "b", 1, 3, kBegin).isAdmitted);
}

void TstRateBuckets::tokens_flowInAtTheRate()
{
    RateBuckets buckets;
    QVERIFY(takeOne(buckets, "a", 2, 1, kBegin).isAdmitted);
    QVERIFY(!takeOne(buckets, "a", 2, 1, kBegin + 400 * kMillisecond).isAdmitted);
    QVERIFY(takeOne(buckets, "a", 2, 1, kBegin + 500 * kMillisecond).isAdmitted);
}

void TstRateBuckets::level_neverPassesTheBurst()
{
    RateBuckets buckets;
    QVERIFY(takeOne(buckets, "a", 100, 2, kBegin).isAdmitted);
    const auto later = kBegin + 3600 * kSecond;
    QCOMPARE(takeOne(buckets, "a", 100, 2, later).levels.at(0), 1.0);
    QVERIFY(takeOne(buckets, "a", 100, 2, later).isAdmitted);
    QVERIFY(!takeOne(buckets, "a", 100, 2, later).isAdmitted);
}

void TstRateBuckets::oneEmptyBucket_takesFromNone()
{
    RateBuckets buckets;
    const RateBuckets::Wanted both[] = {{"wide", {1, 10}}, {"narrow", {1, 1}}};
    QVERIFY(buckets.take(both, kBegin).isAdmitted);
    const auto decision = buckets.take(both, kBegin);
    QVERIFY(!decision.isAdmitted);
    QCOMPARE(decision.emptyOne, std::size_t{1});
    QCOMPARE(decision.levels.at(0), 9.0);
    QCOMPARE(takeOne(buckets, "wide", 1, 10, kBegin).levels.at(0), 8.0);
}

void TstRateBuckets::limitsThatChange_holdAtOnce()
{
    RateBuckets buckets;
    QVERIFY(takeOne(buckets, "a", 1, 100, kBegin).isAdmitted);
    QCOMPARE(takeOne(buckets, "a", 1, 2, kBegin).levels.at(0), 1.0);
    QVERIFY(takeOne(buckets, "a", 1, 2, kBegin).isAdmitted);
    QVERIFY(!takeOne(buckets, "a", 1, 2, kBegin).isAdmitted);
}

void TstRateBuckets::limitOfNothing_admitsNothing()
{
    RateBuckets buckets;
    QVERIFY(!takeOne(buckets, "a", 0, 0, kBegin).isAdmitted);
    QVERIFY(!takeOne(buckets, "a", 0, 0, kBegin + 3600 * kSecond).isAdmitted);
}

void TstRateBuckets::fullBuckets_areForgottenWhenThereAreMany()
{
    RateBuckets buckets;
    constexpr int kMany = 12'000;
    for (int i = 0; i < kMany; ++i) {
        const auto name = std::to_string(i);
        QVERIFY(takeOne(buckets, name.c_str(), 1, 5, kBegin + i * kSecond).isAdmitted);
    }
    QVERIFY2(buckets.size() < 10'100, qPrintable(QString::number(buckets.size())));
}

CHAMBER_SUITE(TstRateBuckets, "tst_rate_buckets")
#include "tst_rate_buckets.moc"
