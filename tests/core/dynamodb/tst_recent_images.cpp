#include "core/dynamodb/recent_images.h"
#include "tests/support/suites.h"

#include <QTest>

using core::dynamodb::RecentImages;
using core::dynamodb::SharedBudget;
using core::store::Direction;

// What rows were, as reads that lag behind see it: how long it is remembered, and how much of it.
class TstRecentImages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void images_areThoseBeforeTheWindow();
    void images_areForgottenBehindTheWindow();
    void images_keepToTheirLimit();
    void images_areFetchedAFewAtATime();
    void images_keepToTheLimitOfAllTables();
    void withoutDelay_nothingIsKept();
};

void TstRecentImages::images_areThoseBeforeTheWindow()
{
    RecentImages images;
    images.setDelay(100);
    images.remember("t", "k", std::nullopt, 1000);
    images.remember("t", "k", "one", 1050);
    auto found = images.find("t", "k", 1099);
    QVERIFY(found && !found->text); // at 999 there was nothing
    found = images.find("t", "k", 1100);
    QVERIFY(found && found->text);
    QCOMPARE(*found->text, std::string("one"));
    QCOMPARE(found->until, core::Micros(1050));
    QVERIFY(!images.find("t", "k", 1150));
    QVERIFY(!images.find("t", "other", 1100));
}

void TstRecentImages::images_areForgottenBehindTheWindow()
{
    RecentImages images;
    images.setDelay(100);
    for (int i = 0; i < 10; ++i)
        images.remember("t", std::to_string(i), "x", 1000 + i * 10);
    QCOMPARE(images.count(), std::size_t(10));
    const auto all = core::store::Range::all();
    QCOMPARE(images.findFirst("t", all, Direction::Forward, 100, 1145).size(), std::size_t(5));
    QCOMPARE(images.count(), std::size_t(5));
    QCOMPARE(images.findFirst("t", {"6", "8"}, Direction::Forward, 100, 1145).size(), std::size_t(2));
    images.setDelay(0);
    QCOMPARE(images.count(), std::size_t(0));
}

void TstRecentImages::images_keepToTheirLimit()
{
    RecentImages images(10'000);
    images.setDelay(1'000'000);
    const std::string before(1000, 'x');
    for (int i = 0; i < 100; ++i)
        images.remember("t", std::to_string(i), before, i);
    QVERIFY(images.count() < 10);
    QVERIFY(images.count() > 5);
    QVERIFY(images.find("t", "99", 100)); // the newest ones stay
    QVERIFY(!images.find("t", "0", 100));
}

void TstRecentImages::images_areFetchedAFewAtATime()
{
    RecentImages images;
    images.setDelay(100);
    for (const auto* key : {"b", "d", "a", "c"})
        images.remember("t", key, "x", 1000);
    const auto keys = [&](const core::store::Range& range, Direction direction) {
        std::string all;
        for (const auto& [key, image] : images.findFirst("t", range, direction, 2, 1000))
            all += key;
        return all;
    };
    QCOMPARE(keys({}, Direction::Forward), std::string("ab"));
    QCOMPARE(keys({"b", ""}, Direction::Forward), std::string("bc"));
    QCOMPARE(keys({"c", "d"}, Direction::Forward), std::string("c"));
    QCOMPARE(keys({}, Direction::Backward), std::string("dc"));
    QCOMPARE(keys({"", "c"}, Direction::Backward), std::string("ba"));
    QCOMPARE(keys({"b", "c"}, Direction::Backward), std::string("b"));
    QCOMPARE(keys({"c", "b"}, Direction::Forward), std::string());
}

void TstRecentImages::images_keepToTheLimitOfAllTables()
{
    const auto budget = std::make_shared<SharedBudget>(200'000);
    RecentImages idle;
    idle.share(budget);
    idle.setDelay(1'000'000);
    const std::string before(1000, 'x');
    for (int i = 0; i < 100; ++i)
        idle.remember("t", std::to_string(i), before, i);
    QCOMPARE(idle.count(), std::size_t(100));
    {
        RecentImages busy;
        busy.share(budget);
        busy.setDelay(1'000'000);
        for (int i = 0; i < 160; ++i)
            busy.remember("t", std::to_string(i), before, 1000 + i);
        QVERIFY(budget->bytes() <= 200'000);
        QVERIFY(idle.count() < 20); // the oldest ones went
        QCOMPARE(busy.count(), std::size_t(160));
    }
    QVERIFY(budget->bytes() < 20'000);
    idle.setDelay(0);
    QCOMPARE(budget->bytes(), std::size_t(0));
}

void TstRecentImages::withoutDelay_nothingIsKept()
{
    RecentImages images;
    images.remember("t", "k", "x", 1000);
    QCOMPARE(images.count(), std::size_t(0));
    QVERIFY(!images.isOn());
}

CHAMBER_SUITE(TstRecentImages, "tst_recent_images")
#include "tst_recent_images.moc"
