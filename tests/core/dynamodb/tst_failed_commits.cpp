#include "core/dynamodb/actions.h"
#include "core/dynamodb/retry_moment.h"
#include "core/store/refusal.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/full_disk.h"
#include "tests/core/dynamodb/pending_call.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <future>

using nlohmann::json;
using tests::DynamoDbRoom;
using tests::FullDisk;
using tests::HeldAnswers;
using tests::PendingCall;

namespace {

constexpr int kItems = 1500; // several steps of a filling
const char* const kArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Things";

json plainTable()
{
    return {{"TableName", "Things"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", {{{"AttributeName", "pk"}, {"AttributeType", "S"}}}},
        {"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}},
        {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}}};
}

json item(int number)
{
    return {{"pk", {{"S", std::to_string(number)}}}, {"color", {{"S", std::to_string(number % 7)}}}};
}

core::dynamodb::TablePtr things(core::dynamodb::DynamoDbService& service)
{
    return service.tables().find("us-east-1", "Things");
}

// Holds the committer until it is let go on: what is submitted meanwhile is one group.
class Gate final : public core::store::Write {
public:
    Gate(std::promise<void>& reached, std::future<void> opened)
        : m_reached(reached)
        , m_opened(std::move(opened))
    {
    }
    core::Result<> apply(core::store::Transaction&) override
    {
        m_reached.set_value();
        m_opened.wait();
        return {};
    }
    void done(core::Result<>) override { }

private:
    std::promise<void>& m_reached;
    std::future<void> m_opened;
};

// More than the store keeps in memory: on a full disk it ends the transaction of its whole group.
class Flood final : public core::store::Write {
public:
    explicit Flood(std::promise<bool>& survived)
        : m_survived(survived)
    {
    }
    core::Result<> apply(core::store::Transaction& transaction) override
    {
        transaction.createKeyspace("test/flood");
        const std::string megabyte(1 << 20, 'x');
        for (int i = 0; i < 64; ++i)
            transaction.put("test/flood", std::to_string(i), megabyte);
        m_wasApplied = true;
        return {};
    }
    void done(core::Result<>) override { m_survived.set_value(m_wasApplied); }

private:
    std::promise<bool>& m_survived;
    bool m_wasApplied = false;
};

void settle(DynamoDbRoom& room)
{
    (void)room.store().commit([](core::store::Transaction&) -> core::Result<> { return {}; });
}

// Moves the clock; what becomes due stands behind a write that ends the transaction of their group, and so is
// never applied. Tells whether it went like that.
bool advanceBehindAFlood(DynamoDbRoom& room, core::Micros duration)
{
    std::promise<void> reached;
    std::promise<void> opened;
    std::promise<bool> flooded;
    room.store().submit(std::make_unique<Gate>(reached, opened.get_future()));
    reached.get_future().wait();
    room.store().submit(std::make_unique<Flood>(flooded));
    room.clock().advance(duration);
    bool survived = true;
    {
        const FullDisk full;
        opened.set_value();
        survived = flooded.get_future().get();
    }
    settle(room);
    return !survived;
}

json tagged(const char* tag)
{
    return {{"ResourceArn", kArn}, {"Tags", {{{"Key", tag}, {"Value", "1"}}}}};
}

std::string tags(DynamoDbRoom& room)
{
    std::string all;
    const auto answer = room.call("ListTagsOfResource", {{"ResourceArn", kArn}});
    for (const auto& tag : answer["Tags"])
        all += tag["Key"].get<std::string>();
    return all;
}

}

class TstFailedCommits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepOfAFilling_isTriedAgain();
    void lastStepOfAFilling_isTriedAgain();
    void removalOfATable_isTriedAgain();
    void stepThatWasNeverApplied_isTriedAgain();
    void removalThatWasNeverApplied_isTriedAgain();
    void storeThatRefusesEverything_isNotAskedAgain();
    void deletedTable_keepsItsStream();
    void writeBehindALostChange_followsTheStoredTable();
    void changeBehindALostChange_isKept();
};

void TstFailedCommits::stepOfAFilling_isTriedAgain()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    for (int first = 0; first < kItems; first += 25) {
        json requests = json::array();
        for (int number = first; number < first + 25; ++number)
            requests.push_back({{"PutRequest", {{"Item", item(number)}}}});
        room.call("BatchWriteItem", {{"RequestItems", {{"Things", requests}}}});
    }
    room.service().stop(); // so that the filling waits for the next start
    room.call("UpdateTable",
        {{"TableName", "Things"},
            {"AttributeDefinitions", {{{"AttributeName", "color"}, {"AttributeType", "S"}}}},
            {"GlobalSecondaryIndexUpdates",
                {{{"Create",
                    {{"IndexName", "byColor"},
                        {"KeySchema", {{{"AttributeName", "color"}, {"KeyType", "HASH"}}}},
                        {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}}}}}});
    std::unique_ptr<core::dynamodb::DynamoDbService> next;
    {
        const FullDisk full;
        next = room.afterCrash();
        settle(room);
    }
    QVERIFY(things(*next)->findIndex("byColor")->isFilling());
    room.clock().advance(60 * core::kSecond);
    QTRY_VERIFY(!things(*next)->findIndex("byColor")->isFilling());
    const auto table = things(*next);
    QCOMPARE(room.store().read()->count(table->findIndex("byColor")->keyspace), std::uint64_t{kItems});
    QVERIFY(next->tables().count(table));
    QCOMPARE(table->findIndex("byColor")->counter->items.load(), std::int64_t{kItems});
}

void TstFailedCommits::lastStepOfAFilling_isTriedAgain()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    for (int number = 0; number < 300; ++number)
        room.call("PutItem", {{"TableName", "Things"}, {"Item", item(number)}});
    room.service().stop();
    room.call("UpdateTimeToLive",
        {{"TableName", "Things"},
            {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "color"}}}});
    std::unique_ptr<core::dynamodb::DynamoDbService> next;
    {
        const FullDisk full;
        next = room.afterCrash();
        settle(room);
    }
    QVERIFY(things(*next)->ttl->backfill);
    QVERIFY(!things(*next)->ttl->backfill->done);
    room.clock().advance(60 * core::kSecond);
    QTRY_VERIFY(!things(*next)->ttl->backfill);
}

void TstFailedCommits::removalOfATable_isTriedAgain()
{
    DynamoDbRoom room;
    room.call("PutTransitions", {{"DeleteTable", 5}});
    room.call("CreateTable", plainTable());
    room.call("DeleteTable", {{"TableName", "Things"}});
    QCOMPARE(room.service().reaper().waiting(), std::size_t{1});
    {
        const FullDisk full;
        room.clock().advance(5 * core::kSecond);
        settle(room);
    }
    room.call("CreateTable", plainTable());
    QVERIFY(room.error.starts_with("ResourceInUseException"));
    room.clock().advance(60 * core::kSecond);
    settle(room);
    room.call("CreateTable", plainTable());
    QCOMPARE(room.error, std::string());
    QCOMPARE(room.service().reaper().waiting(), std::size_t{0});
}

void TstFailedCommits::stepThatWasNeverApplied_isTriedAgain()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    for (int number = 0; number < 300; ++number)
        room.call("PutItem", {{"TableName", "Things"}, {"Item", item(number)}});
    room.service().stop(); // so that the filling waits for the next start
    room.call("UpdateTimeToLive",
        {{"TableName", "Things"},
            {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "color"}}}});
    std::unique_ptr<core::dynamodb::DynamoDbService> next;
    {
        const FullDisk full;
        next = room.afterCrash();
        settle(room);
    }
    QVERIFY(advanceBehindAFlood(room, 10 * core::kSecond));
    QVERIFY(things(*next)->ttl->backfill);
    room.clock().advance(10 * core::kSecond);
    QTRY_VERIFY(!things(*next)->ttl->backfill);
}

void TstFailedCommits::removalThatWasNeverApplied_isTriedAgain()
{
    DynamoDbRoom room;
    room.call("PutTransitions", {{"DeleteTable", 5}});
    room.call("CreateTable", plainTable());
    room.call("DeleteTable", {{"TableName", "Things"}});
    QVERIFY(advanceBehindAFlood(room, 5 * core::kSecond));
    room.call("CreateTable", plainTable());
    QVERIFY(room.error.starts_with("ResourceInUseException"));
    room.clock().advance(10 * core::kSecond);
    settle(room);
    room.call("CreateTable", plainTable());
    QCOMPARE(room.error, std::string());
    QCOMPARE(room.service().reaper().waiting(), std::size_t{0});
}

void TstFailedCommits::storeThatRefusesEverything_isNotAskedAgain()
{
    core::Clock clock({.now = core::kSecond, .rate = 1, .paused = true});
    const auto full = core::Error{core::ErrorKind::Io, "InternalServerError", "disk I/O error"};
    QCOMPARE(core::dynamodb::retryMoment(clock, full), std::optional(11 * core::kSecond));
    QVERIFY(!core::dynamodb::retryMoment(clock, core::store::refusal()));
    clock.setRate(100'000);
    QVERIFY(*core::dynamodb::retryMoment(clock, full) >= 50'000 * core::kSecond);
}

void TstFailedCommits::deletedTable_keepsItsStream()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    {
        const FullDisk full;
        room.call("DeleteTable", {{"TableName", "Things"}});
    }
    QVERIFY(!room.error.empty());
    QVERIFY(things(room.service())->stream->isEnabled());
    room.call("DeleteTable", {{"TableName", "Things"}});
    QCOMPARE(room.error, std::string());
    QVERIFY(!room.service().streams().everything().front()->isEnabled());
}

void TstFailedCommits::writeBehindALostChange_followsTheStoredTable()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    PendingCall change(room.service(), "UpdateTable",
        {{"TableName", "Things"}, {"StreamSpecification", {{"StreamEnabled", false}}}});
    PendingCall put(room.service(), "PutItem", {{"TableName", "Things"}, {"Item", item(1)}});
    HeldAnswers held(room.store());
    {
        const FullDisk full;
        room.store().submit(change.submitted());
        tests::waitForCommits(room.store());
    }
    room.store().submit(put.submitted());
    tests::waitForCommits(room.store());
    held.release();
    QCOMPARE(room.store().read()->count(things(room.service())->stream->keyspace()), std::uint64_t{1});
}

void TstFailedCommits::changeBehindALostChange_isKept()
{
    DynamoDbRoom room;
    room.call("CreateTable", plainTable());
    PendingCall lost(room.service(), "TagResource", tagged("a"));
    PendingCall kept(room.service(), "TagResource", tagged("b"));
    HeldAnswers held(room.store());
    {
        const FullDisk full;
        room.store().submit(lost.submitted());
        tests::waitForCommits(room.store());
    }
    room.store().submit(kept.submitted());
    tests::waitForCommits(room.store());
    held.release();
    room.call("TagResource", tagged("c"));
    QCOMPARE(QString::fromStdString(tags(room)), QStringLiteral("bc"));
    room.reopen();
    QCOMPARE(QString::fromStdString(tags(room)), QStringLiteral("bc"));
}

CHAMBER_SUITE(TstFailedCommits, "tst_failed_commits")
#include "tst_failed_commits.moc"
