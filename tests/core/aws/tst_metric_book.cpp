#include "core/aws/metric_book.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <thread>

using namespace core;
using namespace core::aws;

namespace {

constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kDay = 24 * 60 * kMinute;
constexpr Micros kStart = 1'800'000'000 * kSecond; // a full hour

Metric latency(std::string unit = "Milliseconds")
{
    return {"us-east-1", "AWS/ApiGateway", "Latency", {{"ApiName", "books"}}, std::move(unit)};
}

}

class TstMetricBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void stats_areWhatWasAdded();
    void stats_percentilesAreRightToOnePerCent();
    void stats_mergeIsAsIfAddedTogether();
    void stats_setsHaveNoPercentilesUnlessAllAreOne();
    void stats_comeBackFromTheirBytes();
    void stats_histogramIsBounded();
    void points_comeByTheirMinutes();
    void points_ofSeveralThreadsAreAllCounted();
    void grains_addUpTheSameValues();
    void grains_areForgottenAfterTheirTime();
    void metrics_areListedByRegionAndSpaceWithTheirLatest();
    void dimensions_areInTheOrderOfTheirNames();
    void whatWasCounted_isThereAfterReopening();
    void reset_forgetsAll();

private:
    void count(double value, Micros at)
    {
        m_book->add("us-east-1", "AWS/ApiGateway", {{"ApiName", "books"}},
            {{"Latency", value, "Milliseconds"}, {"Count", 1}}, at);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<MetricBook> m_book;
};

void TstMetricBook::init()
{
    m_clock = std::make_unique<Clock>(Clock::State{kStart, 1, true});
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = *store::Store::open({m_folder->path().toStdString(), store::Durability::Memory});
    m_book = std::make_unique<MetricBook>(*m_store, *m_clock);
}

void TstMetricBook::cleanup()
{
    m_book.reset();
    m_store.reset();
}

void TstMetricBook::stats_areWhatWasAdded()
{
    MetricStats stats;
    stats.add(4);
    stats.add(-2, 3);
    QCOMPARE(stats.count(), 4.0);
    QCOMPARE(stats.sum(), -2.0);
    QCOMPARE(stats.min(), -2.0);
    QCOMPARE(stats.max(), 4.0);
    QCOMPARE(stats.average(), -0.5);
    QCOMPARE(*stats.percentile(50), -2.0);
    QVERIFY(!MetricStats().percentile(50));
}

void TstMetricBook::stats_percentilesAreRightToOnePerCent()
{
    MetricStats stats;
    for (int i = 1; i <= 1000; ++i)
        stats.add(i * 0.7);
    for (const double percent : {1.0, 50.0, 90.0, 99.0, 99.9}) {
        const double exact = std::ceil(percent * 10) * 0.7;
        QVERIFY2(std::fabs(*stats.percentile(percent) - exact) <= exact * 0.0101,
            qPrintable(QString::number(percent)));
    }
    QCOMPARE(*stats.percentile(0), 0.7);
    QCOMPARE(*stats.percentile(100), 700.0);
}

void TstMetricBook::stats_mergeIsAsIfAddedTogether()
{
    MetricStats together;
    MetricStats one;
    MetricStats other;
    for (int i = 0; i < 100; ++i) {
        together.add(i % 7);
        (i % 2 ? one : other).add(i % 7);
    }
    one.merge(other);
    QCOMPARE(one.bytes(), together.bytes());
    MetricStats empty;
    empty.merge(together);
    empty.merge(MetricStats());
    QCOMPARE(empty.bytes(), together.bytes());
}

void TstMetricBook::stats_setsHaveNoPercentilesUnlessAllAreOne()
{
    MetricStats same;
    same.addSet(5, 10, 2, 2);
    QCOMPARE(*same.percentile(90), 2.0);
    MetricStats set;
    set.addSet(5, 20, 1, 9);
    set.add(30);
    QVERIFY(!set.percentile(90));
    QCOMPARE(set.count(), 6.0);
    QCOMPARE(set.sum(), 50.0);
    QCOMPARE(set.max(), 30.0);
    same.merge(set);
    QVERIFY(!same.percentile(50));
    QCOMPARE(same.min(), 1.0);
}

void TstMetricBook::stats_comeBackFromTheirBytes()
{
    MetricStats stats;
    stats.add(0);
    stats.add(12.5, 3);
    stats.add(-1e9);
    const auto back = MetricStats::parse(stats.bytes());
    QVERIFY(back);
    QCOMPARE(back->bytes(), stats.bytes());
    QCOMPARE(*back->percentile(10), -1e9);
    QVERIFY(!MetricStats::parse("short"));
    QVERIFY(!MetricStats::parse(stats.bytes() + "x"));
}

void TstMetricBook::stats_histogramIsBounded()
{
    MetricStats stats;
    for (int i = 0; i < 5000; ++i)
        stats.add(std::pow(1.05, i % 3000));
    QVERIFY(stats.bytes().size() < 6'000);
    QCOMPARE(stats.count(), 5000.0);
}

void TstMetricBook::points_comeByTheirMinutes()
{
    count(10, kStart);
    count(30, kStart + 59 * kSecond);
    count(7, kStart + kMinute);
    const auto points = m_book->points(latency(), MetricGrain::Minute, kStart, kStart + 2 * kMinute);
    QCOMPARE(points.size(), 2u);
    QCOMPARE(points[0].at, kStart);
    QCOMPARE(points[0].stats.sum(), 40.0);
    QCOMPARE(points[0].stats.max(), 30.0);
    QCOMPARE(points[1].stats.count(), 1.0);
    // What comes later to a minute that is already kept joins it.
    count(20, kStart + 30 * kSecond);
    QCOMPARE(m_book->points(latency(), MetricGrain::Minute, kStart, kStart + kMinute)[0].stats.count(), 3.0);
    QVERIFY(m_book->points(latency("Seconds"), MetricGrain::Minute, kStart, kStart + kDay).empty());
    QVERIFY(m_book->points(latency(), MetricGrain::Minute, kStart + kDay, kStart).empty());
}

void TstMetricBook::points_ofSeveralThreadsAreAllCounted()
{
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([this] {
            for (int n = 0; n < 5000; ++n)
                count(n, kStart);
        });
    while (m_book->points(latency(), MetricGrain::Minute, kStart, kStart + kMinute).empty())
        std::this_thread::yield();
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(
        m_book->points(latency(), MetricGrain::Minute, kStart, kStart + kMinute)[0].stats.count(), 20'000.0);
}

void TstMetricBook::grains_addUpTheSameValues()
{
    for (int minute = 0; minute < 61; ++minute)
        count(1, kStart + minute * kMinute);
    const auto fives = m_book->points(latency(), MetricGrain::FiveMinutes, kStart, kStart + kDay);
    QCOMPARE(fives.size(), 13u);
    QCOMPARE(fives[0].stats.count(), 5.0);
    const auto hours = m_book->points(latency(), MetricGrain::Hour, kStart, kStart + kDay);
    QCOMPARE(hours.size(), 2u);
    QCOMPARE(hours[0].stats.count(), 60.0);
}

void TstMetricBook::grains_areForgottenAfterTheirTime()
{
    count(1, kStart);
    QVERIFY(m_book->keep());
    const auto rows = [this] { return m_store->read()->count("monitoring/points"); };
    QCOMPARE(rows(), 6u); // two metrics, three grains
    const auto after = [&](Micros time) {
        m_clock->advance(time);
        QVERIFY(m_book->keep());
    };
    after(16 * kDay);
    QCOMPARE(rows(), 4u);
    after(50 * kDay);
    QCOMPARE(rows(), 2u);
    QCOMPARE(m_book->points(latency(), MetricGrain::Hour, kStart, kStart + kDay).size(), 1u);
    after(400 * kDay);
    QCOMPARE(rows(), 0u);
    QCOMPARE(m_store->read()->count("monitoring/metrics"), 0u);
}

void TstMetricBook::metrics_areListedByRegionAndSpaceWithTheirLatest()
{
    count(1, kStart);
    count(1, kStart + 5 * kMinute);
    m_book->add("eu-west-1", "AWS/Lambda", {}, {{"Errors"}}, kStart);
    std::vector<std::string> names;
    m_book->each("us-east-1", "", [&](const Metric& metric, Micros latest) {
        names.push_back(metric.space + '/' + metric.name + '/' + metric.unit);
        return latest == kStart + 5 * kMinute;
    });
    QCOMPARE(names,
        (std::vector<std::string>{"AWS/ApiGateway/Count/Count", "AWS/ApiGateway/Latency/Milliseconds"}));
    names.clear();
    m_book->each("eu-west-1", "AWS/Lambda", [&](const Metric& metric, Micros) {
        names.push_back(metric.name + std::to_string(metric.dimensions.size()));
        return true;
    });
    QCOMPARE(names, (std::vector<std::string>{"Errors0"}));
    m_book->each("us-east-1", "AWS", [](const Metric&, Micros) {
        QTest::qFail("the beginning of a name space is none", __FILE__, __LINE__);
        return false;
    });
}

void TstMetricBook::dimensions_areInTheOrderOfTheirNames()
{
    m_book->add("us-east-1", "Shop", {{"Stage", "dev"}, {"Api", "books"}}, {{"Count"}}, kStart);
    m_book->add("us-east-1", "Shop", {{"Api", "books"}, {"Stage", "dev"}}, {{"Count"}}, kStart);
    const Metric metric{"us-east-1", "Shop", "Count", {{"Api", "books"}, {"Stage", "dev"}}, "Count"};
    const auto points = m_book->points(metric, MetricGrain::Minute, kStart, kStart + kMinute);
    QCOMPARE(points.size(), 1u);
    QCOMPARE(points[0].stats.count(), 2.0);
}

void TstMetricBook::whatWasCounted_isThereAfterReopening()
{
    count(5, kStart);
    m_book = nullptr;
    m_book = std::make_unique<MetricBook>(*m_store, *m_clock);
    count(6, kStart);
    const auto points = m_book->points(latency(), MetricGrain::Minute, kStart, kStart + kMinute);
    QCOMPARE(points.size(), 1u);
    QCOMPARE(points[0].stats.sum(), 11.0);
}

void TstMetricBook::reset_forgetsAll()
{
    count(5, kStart);
    QVERIFY(m_book->keep());
    count(5, kStart);
    QVERIFY(m_store->commit([](store::Transaction& transaction) -> Result<> {
        transaction.dropKeyspace("monitoring/metrics");
        transaction.dropKeyspace("monitoring/points");
        return {};
    }));
    m_book->reset();
    QVERIFY(m_book->points(latency(), MetricGrain::Minute, kStart, kStart + kMinute).empty());
    bool any = false;
    m_book->each("us-east-1", "", [&](const Metric&, Micros) { return any = true; });
    QVERIFY(!any);
}

CHAMBER_SUITE(TstMetricBook, "tst_metric_book")
#include "tst_metric_book.moc"
