#include "core/base/work_pool.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace core;

class TstWorkPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void work_runs();
    void busyPool_growsUntilItsLimit();
    void fullQueue_refusesWork();
    void stoppedPool_refusesWork();
    void destructor_waitsForRunningWorkAndDropsQueued();
    void throwingWork_leavesThePoolWorking();
    void taskMayStopItsOwnPool();
};

void TstWorkPool::work_runs()
{
    WorkPool pool(4, 1'000);
    std::atomic<int> count = 0;
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(pool.post([&] { ++count; }));
    QTRY_COMPARE(count.load(), 1'000);
}

void TstWorkPool::busyPool_growsUntilItsLimit()
{
    WorkPool pool(3, 10);
    std::promise<void> release;
    const auto gate = release.get_future().share();
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    std::atomic<int> ended = 0;
    for (int i = 0; i < 6; ++i) {
        pool.post([&] {
            const int now = ++running;
            for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) { }
            gate.wait();
            --running;
            ++ended;
        });
    }
    QTRY_COMPARE(running.load(), 3);
    release.set_value();
    QTRY_COMPARE(ended.load(), 6);
    QCOMPARE(most.load(), 3);
}

void TstWorkPool::fullQueue_refusesWork()
{
    std::promise<void> release;
    const auto gate = release.get_future().share();
    std::atomic<int> ended = 0;
    WorkPool pool(2, 3);
    int taken = 0;
    for (int i = 0; i < 10; ++i)
        taken += pool.post([&, gate] {
            gate.wait();
            ++ended;
        })
            ? 1
            : 0;
    QCOMPARE(taken, 5);
    release.set_value();
    QTRY_COMPARE(ended.load(), 5);
    QVERIFY(pool.post([&] { ++ended; }));
    QTRY_COMPARE(ended.load(), 6);
}

void TstWorkPool::stoppedPool_refusesWork()
{
    WorkPool pool(2, 3);
    pool.stop();
    QVERIFY(!pool.post([] {}));
}

void TstWorkPool::destructor_waitsForRunningWorkAndDropsQueued()
{
    std::atomic<bool> ended = false;
    std::atomic<bool> queuedRan = false;
    std::promise<void> started;
    std::promise<void> release;
    auto pool = std::make_unique<WorkPool>(1, 1);
    pool->post([&] {
        started.set_value();
        release.get_future().wait();
        ended = true;
    });
    started.get_future().wait();
    auto token = std::make_shared<int>(1);
    pool->post([&, token] { queuedRan = true; });
    std::weak_ptr<int> watch = std::exchange(token, nullptr);
    std::thread releaser([&] {
        while (!watch.expired() && pool->post([] {}))
            std::this_thread::yield();
        release.set_value();
    });
    pool->stop();
    releaser.join();
    pool.reset();
    QVERIFY(ended);
    QVERIFY(!queuedRan);
    QVERIFY(watch.expired());
}

void TstWorkPool::throwingWork_leavesThePoolWorking()
{
    WorkPool pool(1, 5);
    std::atomic<bool> ran = false;
    pool.post([] { throw std::runtime_error("a task that throws, on purpose"); });
    pool.post([&] { ran = true; });
    QTRY_VERIFY(ran);
}

void TstWorkPool::taskMayStopItsOwnPool()
{
    WorkPool pool(2, 5);
    std::atomic<bool> stopped = false;
    pool.post([&] {
        pool.stop();
        stopped = true;
    });
    QTRY_VERIFY(stopped);
    QVERIFY(!pool.post([] {}));
}

CHAMBER_SUITE(TstWorkPool, "tst_work_pool")
#include "tst_work_pool.moc"
