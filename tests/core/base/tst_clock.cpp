#include "core/base/clock.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using namespace core;

class TstClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pausedClock_standsStill();
    void freshClock_followsRealTime();
    void advance_runsDueTimersInOrder();
    void timerThatSchedulesAgain_seesItsOwnMoment();
    void momentInThePast_runsAtOnce();
    void destroyedTimer_doesNotRun();
    void destroyedTimer_waitsForRunningCall();
    void timerDestroyedInsideItsCall_isFine();
    void fastClock_reachesTimerSoon();
    void changedRate_neverGoesBack();
    void advanceInsideCall_runsLaterTimers();
    void throwingCall_leavesTheClockRunning();
    void concurrentAdvances_addUp();
    void timerOutlivesClock_isHarmless();
};

namespace {

constexpr Clock::State kPaused{1'000 * kSecond, 1, true};

}

void TstClock::pausedClock_standsStill()
{
    Clock clock(kPaused);
    QCOMPARE(clock.now(), 1'000 * kSecond);
    QVERIFY(clock.state().paused);
    clock.advance(90 * kSecond);
    QCOMPARE(clock.nowSeconds(), 1'090);
}

void TstClock::freshClock_followsRealTime()
{
    const auto before = realMicros();
    Clock clock;
    const auto now = clock.now();
    QVERIFY(now >= before && now <= realMicros() + kSecond);
    QTRY_VERIFY(clock.now() > now);
}

void TstClock::advance_runsDueTimersInOrder()
{
    Clock clock(kPaused);
    std::vector<int> order;
    const auto c = clock.after(30 * kSecond, [&] { order.push_back(3); });
    const auto a = clock.after(10 * kSecond, [&] { order.push_back(1); });
    const auto b = clock.after(10 * kSecond, [&] { order.push_back(2); });
    const auto d = clock.after(31 * kSecond, [&] { order.push_back(4); });
    clock.advance(30 * kSecond);
    QCOMPARE(order, (std::vector<int>{1, 2, 3}));
    clock.advance(kSecond);
    QCOMPARE(order.size(), 4u);
}

void TstClock::timerThatSchedulesAgain_seesItsOwnMoment()
{
    Clock clock(kPaused);
    std::vector<std::int64_t> moments;
    std::unique_ptr<ClockTimer> timer;
    std::function<void()> tick = [&] {
        moments.push_back(clock.nowSeconds());
        timer = clock.after(kSecond, tick);
    };
    timer = clock.after(kSecond, tick);
    clock.advance(4 * kSecond);
    QCOMPARE(moments, (std::vector<std::int64_t>{1'001, 1'002, 1'003, 1'004}));
}

void TstClock::momentInThePast_runsAtOnce()
{
    Clock clock(kPaused);
    std::atomic<bool> ran = false;
    const auto timer = clock.at(5, [&] { ran = true; });
    clock.advance(0);
    QVERIFY(ran);
    QCOMPARE(clock.now(), 1'000 * kSecond);
}

void TstClock::destroyedTimer_doesNotRun()
{
    Clock clock(kPaused);
    bool ran = false;
    auto timer = clock.after(kSecond, [&] { ran = true; });
    timer.reset();
    clock.advance(2 * kSecond);
    QVERIFY(!ran);
}

void TstClock::destroyedTimer_waitsForRunningCall()
{
    Clock clock(kPaused);
    std::promise<void> started;
    std::promise<void> release;
    std::atomic<bool> ended = false;
    auto timer = clock.at(0, [&] {
        started.set_value();
        release.get_future().wait();
        ended = true;
    });
    started.get_future().wait();
    std::thread releaser([&] { release.set_value(); });
    timer.reset();
    QVERIFY(ended);
    releaser.join();
}

void TstClock::timerDestroyedInsideItsCall_isFine()
{
    Clock clock(kPaused);
    std::unique_ptr<ClockTimer> timer;
    std::atomic<int> runs = 0;
    timer = clock.after(kSecond, [&] {
        timer.reset();
        ++runs;
    });
    clock.advance(kSecond);
    QCOMPARE(runs.load(), 1);
}

void TstClock::fastClock_reachesTimerSoon()
{
    Clock clock(kPaused);
    std::atomic<bool> ran = false;
    const auto timer = clock.after(1'000 * kSecond, [&] { ran = true; });
    clock.setRate(100'000);
    QVERIFY(!ran);
    clock.resume();
    QTRY_VERIFY(ran);
    QVERIFY(clock.now() >= 2'000 * kSecond);
    QCOMPARE(clock.state().rate, 100'000.0);
}

void TstClock::changedRate_neverGoesBack()
{
    Clock clock;
    std::atomic<bool> stop = false;
    std::atomic<int> steps = 0;
    std::thread changer([&] {
        for (int i = 0; i < 2'000; ++i) {
            clock.setRate(i % 2 == 0 ? 1'000 : 0.5);
            if (i % 10 == 0)
                clock.advance(kSecond);
            ++steps;
        }
        stop = true;
    });
    Micros last = clock.now();
    bool monotonic = true;
    while (!stop) {
        const auto now = clock.now();
        monotonic = monotonic && now >= last;
        last = now;
    }
    changer.join();
    QVERIFY(monotonic);
    QCOMPARE(steps.load(), 2'000);
    QVERIFY_EXCEPTION_THROWN(clock.setRate(0), std::invalid_argument);
    QVERIFY_EXCEPTION_THROWN(clock.advance(-1), std::invalid_argument);
}

void TstClock::advanceInsideCall_runsLaterTimers()
{
    Clock clock(kPaused);
    std::atomic<bool> later = false;
    const auto second = clock.after(60 * kSecond, [&] { later = true; });
    const auto first = clock.after(kSecond, [&] { clock.advance(100 * kSecond); });
    clock.advance(kSecond);
    QVERIFY(later);
    QCOMPARE(clock.nowSeconds(), 1'101);
}

void TstClock::throwingCall_leavesTheClockRunning()
{
    Clock clock(kPaused);
    bool ran = false;
    const auto bad = clock.after(1, [] { throw std::runtime_error("a timer that throws, on purpose"); });
    const auto good = clock.after(2, [&] { ran = true; });
    clock.advance(2);
    QVERIFY(ran);
}

void TstClock::concurrentAdvances_addUp()
{
    Clock clock(kPaused);
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 50; ++k)
                clock.advance(kSecond);
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(clock.nowSeconds(), 1'400);
}

void TstClock::timerOutlivesClock_isHarmless()
{
    auto clock = std::make_unique<Clock>(kPaused);
    bool ran = false;
    auto timer = clock->after(kSecond, [&] { ran = true; });
    clock.reset();
    timer.reset();
    QVERIFY(!ran);
}

CHAMBER_SUITE(TstClock, "tst_clock")
#include "tst_clock.moc"
