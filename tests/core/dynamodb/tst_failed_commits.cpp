#include "core/dynamodb/actions.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/full_disk.h"
#include "tests/core/dynamodb/pending_call.h"
#include "tests/support/suites.h"

#include <QTest>

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

void settle(DynamoDbRoom& room)
{
    (void)room.store().commit([](core::store::Transaction&) -> core::Result<> { return {}; });
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
