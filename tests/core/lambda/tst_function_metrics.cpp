#include "core/lambda/function_metrics.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace core;
using namespace core::lambda;

namespace {

constexpr Micros kNow = 1'700'000'000 * kSecond;

Function function(std::string name)
{
    Function made;
    made.region = "us-east-1";
    made.name = std::move(name);
    return made;
}

}

class TstFunctionMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runs_areCountedByFunctionResourceAndInAll();
    void extensions_haveTheirTimeAfterTheAnswer();
    void refusals_countWhenTheyAreThrottles();
    void concurrency_isHowManyRun();
    void nobodyCounts_withoutABook();

private:
    // "Errors=1/2": sum and number of samples, or the largest of Duration and ConcurrentExecutions.
    QString shown(std::vector<std::pair<std::string, std::string>> dimensions)
    {
        QStringList texts;
        std::vector<aws::Metric> metrics;
        m_book.each("us-east-1", "AWS/Lambda", [&](const aws::Metric& metric, Micros) {
            if (metric.dimensions == dimensions)
                metrics.push_back(metric);
            return true;
        });
        for (const auto& metric : metrics) {
            const auto points =
                m_book.points(metric, aws::MetricGrain::Minute, kNow - 60 * kSecond, kNow + 60 * kSecond);
            const auto& stats = points.at(0).stats;
            const bool isGauge = metric.name == "Duration" || metric.name == "ConcurrentExecutions";
            texts << QString("%1=%2/%3")
                         .arg(QString::fromStdString(metric.name))
                         .arg(isGauge ? stats.max() : stats.sum())
                         .arg(stats.count());
        }
        return texts.join(' ');
    }

    QTemporaryDir m_folder;
    Clock m_clock{Clock::State{kNow, 1, true}};
    std::unique_ptr<store::Store> m_store =
        *store::Store::open({m_folder.path().toStdString(), store::Durability::Memory});
    aws::MetricBook m_book{*m_store, m_clock};
};

void TstFunctionMetrics::runs_areCountedByFunctionResourceAndInAll()
{
    FunctionMetrics metrics(&m_book, m_clock);
    metrics.ended(function("orders"), "", 12'000, false);
    metrics.ended(function("orders"), ":live", 30'000, true);
    QCOMPARE(shown({{"FunctionName", "orders"}}),
        QString("Duration=30/2 Errors=1/2 Invocations=2/2 Throttles=0/2"));
    QCOMPARE(shown({{"FunctionName", "orders"}, {"Resource", "orders:live"}}),
        QString("Duration=30/1 Errors=1/1 Invocations=1/1 Throttles=0/1"));
    metrics.ended(function("mails"), "", 1'000, false);
    QCOMPARE(shown({}), QString("Duration=30/3 Errors=1/3 Invocations=3/3 Throttles=0/3"));
}

void TstFunctionMetrics::extensions_haveTheirTimeAfterTheAnswer()
{
    FunctionMetrics metrics(&m_book, m_clock);
    metrics.ended(function("watched"), "", 12'000, false, 5'000);
    QCOMPARE(shown({{"FunctionName", "watched"}}),
        QString("Duration=12/1 Errors=0/1 Invocations=1/1 PostRuntimeExtensionsDuration=5/1 Throttles=0/1"));
}

void TstFunctionMetrics::refusals_countWhenTheyAreThrottles()
{
    FunctionMetrics metrics(&m_book, m_clock);
    metrics.refused(function("a"), "", {ErrorKind::Throttled, "TooManyRequestsException", "Rate Exceeded."});
    metrics.refused(function("a"), "", {ErrorKind::Cancelled, "ServiceException", "The chamber is closing"});
    QCOMPARE(shown({{"FunctionName", "a"}}), QString("Throttles=1/1"));
}

void TstFunctionMetrics::concurrency_isHowManyRun()
{
    FunctionMetrics metrics(&m_book, m_clock);
    {
        const auto first = metrics.begin(function("b"), "");
        const auto second = metrics.begin(function("b"), "");
    }
    const auto third = metrics.begin(function("b"), "");
    QCOMPARE(shown({{"FunctionName", "b"}}), QString("ConcurrentExecutions=2/3"));
}

void TstFunctionMetrics::nobodyCounts_withoutABook()
{
    FunctionMetrics metrics(nullptr, m_clock);
    const auto running = metrics.begin(function("c"), "");
    metrics.ended(function("c"), "", 1, true);
    QCOMPARE(shown({{"FunctionName", "c"}}), QString());
}

CHAMBER_SUITE(TstFunctionMetrics, "tst_function_metrics")
#include "tst_function_metrics.moc"
