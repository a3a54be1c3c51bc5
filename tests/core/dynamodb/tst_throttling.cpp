#include "tests/core/dynamodb/throttled_table.h"
#include "tests/support/suites.h"

#include <QTest>

using core::kSecond;
using nlohmann::json;
using tests::DynamoDbRoom;
using namespace tests::throttled;

// Provisioned throughput: of a table, its indexes and its partitions; where it is enforced.
class TstThrottling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byDefault_nothingIsThrottled();
    void newTable_hasOneSecondsWorth();
    void burst_isFiveMinutesOfUnusedWrites();
    void usedUpBurst_refillsWithTheClock();
    void largeWrite_borrowsFromTheFuture();
    void reads_haveABucketOfTheirOwn();
    void failedCondition_costsAsAWrite();
    void refusal_saysWhy();
    void globalIndex_pushesBack();
    void globalIndex_throttlesItsOwnReads();
    void hotPartition_isRefusedWhileTheTableHasMore();
    void adaptiveCapacity_lendsWhatOthersLeave();
    void scan_paysInEachPartition();
    void updateTable_movesTheLimit();
    void mode_outlivesARestart();
    void chambersDefault_holdsForOtherTables();
    void deletedTable_takesItsModeAlong();
    void ignoredTable_showsLimitsAlone();
};

void TstThrottling::byDefault_nothingIsThrottled()
{
    DynamoDbRoom room;
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(1, 1);
    room.call("CreateTable", input);
    for (int i = 0; i < 400; ++i)
        QVERIFY(put(room, "a"));
    QCOMPARE(dumped(throughput(room)["Mode"]), dumped(json("ignore")));
}

void TstThrottling::newTable_hasOneSecondsWorth()
{
    DynamoDbRoom room;
    createEnforced(room, 5, 5);
    for (int i = 0; i < 5; ++i)
        QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottling::burst_isFiveMinutesOfUnusedWrites()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    room.clock().advance(3600 * kSecond);
    for (int i = 0; i < 300; ++i)
        QVERIFY2(put(room, "a"), std::to_string(i).c_str());
    QVERIFY(!put(room, "a"));
    QCOMPARE(room.error, std::string(kTableExceeded));
    const auto write = throughput(room)["Table"]["Write"];
    QCOMPARE(dumped(write["BurstUnits"]), dumped(json(300.0)));
    QCOMPARE(dumped(write["AvailableUnits"]), dumped(json(0.0)));
    QCOMPARE(dumped(write["LastSecond"]), dumped(json(300.0)));
    QCOMPARE(dumped(write["Total"]), dumped(json(300.0)));
    QCOMPARE(dumped(write["Throttled"]), dumped(json(1)));
}

void TstThrottling::usedUpBurst_refillsWithTheClock()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 2);
    QVERIFY(put(room, "a"));
    QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    QVERIFY(!put(room, "a")); // a clock that stands still fills nothing
    room.clock().advance(kSecond);
    QVERIFY(put(room, "a"));
    QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    room.clock().advance(59 * kSecond);
    const auto write = throughput(room)["Table"]["Write"];
    QCOMPARE(dumped(write["LastSecond"]), dumped(json(0.0)));
    QCOMPARE(dumped(write["LastMinute"]), dumped(json(2.0)));
    QCOMPARE(dumped(write["Total"]), dumped(json(4.0)));
    QCOMPARE(dumped(write["AvailableUnits"]), dumped(json(118.0)));
}

void TstThrottling::largeWrite_borrowsFromTheFuture()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    QVERIFY(put(room, "a", 10)); // one unit is there, ten are taken
    room.clock().advance(9 * kSecond);
    QVERIFY(!put(room, "a"));
    room.clock().advance(kSecond);
    QVERIFY(put(room, "a"));
}

void TstThrottling::reads_haveABucketOfTheirOwn()
{
    DynamoDbRoom room;
    createEnforced(room, 2, 1);
    QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    QVERIFY(get(room, "a"));
    QVERIFY(get(room, "none")); // an item that is not there costs a unit too
    QVERIFY(!get(room, "a"));
    QCOMPARE(room.error, std::string(kTableExceeded));
    room.clock().advance(kSecond);
    const json query = {{"TableName", "Stock"}, {"KeyConditionExpression", "id = :id"},
        {"ExpressionAttributeValues", {{":id", text("a")}}}};
    for (int i = 0; i < 4; ++i) // half a unit each
        QCOMPARE(dumped(room.call("Query", query)["Count"]), dumped(json(1)));
    room.call("Query", query);
    QCOMPARE(room.error, std::string(kTableExceeded));
    room.call("Scan", {{"TableName", "Stock"}});
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottling::failedCondition_costsAsAWrite()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 2);
    QVERIFY(put(room, "a"));
    room.call("PutItem",
        {{"TableName", "Stock"}, {"Item", item("a")}, {"ConditionExpression", "attribute_not_exists(id)"}});
    QVERIFY(room.error.starts_with("ConditionalCheckFailedException"));
    QVERIFY(!put(room, "b"));
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottling::refusal_saysWhy()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    QVERIFY(put(room, "a", 3));
    const auto refused = room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", item("a")}});
    QCOMPARE(dumped(json::parse(refused.members)),
        dumped(json({{"ThrottlingReasons",
            json::array({{{"reason", "TableWriteProvisionedThroughputExceeded"},
                {"resource", "arn:aws:dynamodb:us-east-1:000000000000:table/Stock"}}})}})));
    const auto step = throttleStep(room);
    QVERIFY2(
        step.starts_with("throttled: write throughput of table Stock is used up | 1.0 units a second are "
                         "provisioned and five minutes' worth is kept; -2.0 are left, more than nothing "
                         "again in 2.0 s; partition p-0 (hash 0000000000000000 to ffffffffffffffff), "
                         "key id = {\"S\":\"a\"} (hash "),
        step.c_str());
}

void TstThrottling::globalIndex_pushesBack()
{
    DynamoDbRoom room;
    createIndexed(room, 100, 100, 1);
    const auto write = [&room](const char* id, const json& more) {
        json item = {{"id", text(id)}};
        item.update(more);
        const json input = {{"TableName", "Stock"}, {"Item", item}};
        room.call("PutItem", input);
        return room.error;
    };
    QCOMPARE(write("a", {{"kind", text("x")}}), std::string());
    QCOMPARE(write("b", {{"kind", text("x")}}), std::string(kIndexExceeded));
    QVERIFY(throttleStep(room).starts_with("throttled: write throughput of index ByKind is used up"));
    // What leaves the index alone goes on.
    QCOMPARE(write("c", json::object()), std::string());
    QCOMPARE(write("a", {{"kind", text("x")}, {"color", text("red")}}), std::string());
    const auto refused =
        room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", {{"id", text("d")}, {"kind", text("x")}}}});
    QCOMPARE(dumped(json::parse(refused.members)["ThrottlingReasons"][0]),
        dumped(json({{"reason", "IndexWriteProvisionedThroughputExceeded"},
            {"resource", "arn:aws:dynamodb:us-east-1:000000000000:table/Stock/index/ByKind"}})));
    QCOMPARE(dumped(room.call("Scan", {{"TableName", "Stock"}})["Count"]), dumped(json(2)));
    const auto index = throughput(room)["GlobalSecondaryIndexes"]["ByKind"];
    QCOMPARE(dumped(index["Write"]["Throttled"]), dumped(json(2)));
    QCOMPARE(dumped(index["Write"]["Total"]), dumped(json(1.0)));
    QCOMPARE(dumped(index["Partitions"][0]["HotKeys"][0]["Key"]), dumped(json({{"kind", text("x")}})));
    room.clock().advance(kSecond);
    QCOMPARE(write("b", {{"kind", text("x")}}), std::string());
}

void TstThrottling::globalIndex_throttlesItsOwnReads()
{
    DynamoDbRoom room;
    createIndexed(room, 100, 1, 100);
    const json query = {{"TableName", "Stock"}, {"IndexName", "ByKind"},
        {"KeyConditionExpression", "kind = :k"}, {"ExpressionAttributeValues", {{":k", text("x")}}}};
    room.call("Query", query);
    room.call("Query", query);
    QCOMPARE(room.error, std::string());
    room.call("Query", query);
    QCOMPARE(room.error, std::string(kIndexExceeded));
    QVERIFY(get(room, "a")); // the table has its own
}

void TstThrottling::hotPartition_isRefusedWhileTheTableHasMore()
{
    DynamoDbRoom room;
    createEnforced(room, 3000, 3000); // four partitions
    const auto partitions = throughput(room)["Table"]["Partitions"];
    QCOMPARE(partitions.size(), std::size_t(4));
    QCOMPARE(dumped(partitions[1]["HashFrom"]), dumped(json("3fffffffffffffff")));
    const auto quarter = UINT64_MAX / 4;
    const auto ids = idsBetween(0, quarter - 1, 6);
    for (int i = 0; i < 5; ++i)
        QVERIFY(put(room, ids[static_cast<std::size_t>(i)], 200));
    QVERIFY(!put(room, ids[5]));
    QCOMPARE(room.error, std::string(kTableExceeded));
    QVERIFY(throttleStep(room).starts_with("throttled: write throughput of partition p-"));
    const auto refused = room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", item(ids[5])}});
    QCOMPARE(dumped(json::parse(refused.members)["ThrottlingReasons"]),
        dumped(json::array({{{"reason", "TableWriteKeyRangeThroughputExceeded"},
            {"resource", "arn:aws:dynamodb:us-east-1:000000000000:table/Stock"}}})));
    QVERIFY(put(room, idsBetween(2 * quarter, 3 * quarter, 1)[0])); // elsewhere there is room
    const auto shown = throughput(room)["Table"];
    QCOMPARE(dumped(shown["Write"]["AvailableUnits"]), dumped(json(1999.0)));
    QCOMPARE(dumped(shown["Partitions"][0]["Write"]["AvailableUnits"]), dumped(json(0.0)));
    QCOMPARE(dumped(shown["Partitions"][0]["Write"]["Throttled"]), dumped(json(2)));
    QCOMPARE(dumped(shown["Partitions"][0]["ItemCount"]), dumped(json(5)));
    QCOMPARE(dumped(shown["Partitions"][2]["ItemCount"]), dumped(json(1)));
    QCOMPARE(dumped(shown["Partitions"][3]["ItemCount"]), dumped(json(0)));
}

void TstThrottling::adaptiveCapacity_lendsWhatOthersLeave()
{
    DynamoDbRoom room;
    createEnforced(room, 3000, 900); // two partitions: 450 each, were they bound to their share
    const auto ids = idsBetween(0, UINT64_MAX / 2 - 1, 1);
    QVERIFY(put(room, ids[0], 300));
    QVERIFY(put(room, ids[0], 300));
    QVERIFY(put(room, ids[0], 300));
    const auto write = throughput(room)["Table"]["Partitions"][0]["Write"];
    QCOMPARE(dumped(write["EvenShare"]), dumped(json(450.0)));
    QCOMPARE(dumped(write["LastSecond"]), dumped(json(900.0)));
    QCOMPARE(dumped(write["AboveShare"]), dumped(json(true)));
    QVERIFY(!put(room, ids[0])); // the table itself is used up
    QVERIFY(throttleStep(room).starts_with("throttled: write throughput of table Stock"));
}

void TstThrottling::scan_paysInEachPartition()
{
    DynamoDbRoom room;
    createEnforced(room, 3000, 1000); // two partitions
    const auto half = UINT64_MAX / 2;
    QVERIFY(put(room, idsBetween(0, half - 1, 1)[0], 40));
    QVERIFY(put(room, idsBetween(half + 1, UINT64_MAX, 1)[0], 120));
    room.call("Scan", {{"TableName", "Stock"}, {"ConsistentRead", true}});
    const auto shown = throughput(room)["Table"];
    QCOMPARE(dumped(shown["Read"]["Total"]), dumped(json(40.0)));
    QCOMPARE(dumped(shown["Partitions"][0]["Read"]["Total"]), dumped(json(10.0)));
    QCOMPARE(dumped(shown["Partitions"][1]["Read"]["Total"]), dumped(json(30.0)));
}

void TstThrottling::updateTable_movesTheLimit()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    room.call("UpdateTable", {{"TableName", "Stock"}, {"ProvisionedThroughput", units(1, 50)}});
    QCOMPARE(room.error, std::string());
    room.clock().advance(kSecond);
    for (int i = 0; i < 50; ++i)
        QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
}

void TstThrottling::mode_outlivesARestart()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    room.reopen();
    QCOMPARE(dumped(throughput(room)["Mode"]), dumped(json("enforce")));
    room.clock().advance(kSecond);
    for (int i = 0; i < 3; ++i)
        put(room, "a", 300);
    QCOMPARE(room.error, std::string(kTableExceeded));
    const json expected = {{"Default", "ignore"},
        {"Tables", json::array({{{"Region", "us-east-1"}, {"TableName", "Stock"}, {"Mode", "enforce"}}})}};
    QCOMPARE(dumped(room.call("GetThrottling", json::object())), dumped(expected));
    setMode(room, "Stock", "ignore");
    QVERIFY(put(room, "a"));
    room.reopen();
    QVERIFY(put(room, "a", 300));
    QVERIFY(put(room, "a", 300));
}

void TstThrottling::chambersDefault_holdsForOtherTables()
{
    DynamoDbRoom room;
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(1, 1);
    room.call("CreateTable", input);
    room.call("PutThrottling", {{"Mode", "enforce"}});
    QVERIFY(put(room, "a"));
    QVERIFY(!put(room, "a"));
    input["TableName"] = "Later";
    room.call("CreateTable", input);
    room.call("PutItem", {{"TableName", "Later"}, {"Item", item("a", 3)}});
    room.call("PutItem", {{"TableName", "Later"}, {"Item", item("a")}});
    QCOMPARE(room.error, std::string(kTableExceeded));
    setMode(room, "Stock", "ignore"); // its own goes before
    QVERIFY(put(room, "a"));
    setMode(room, "Stock", "default");
    QVERIFY(!put(room, "a")); // what is used up stays so
    room.reopen();
    QCOMPARE(dumped(room.call("GetThrottling", json::object())["Default"]), dumped(json("enforce")));
    room.call("PutThrottling", {{"TableName", "Absent"}, {"Mode", "enforce"}});
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
    room.call("PutThrottling", {{"Mode", "sometimes"}});
    QVERIFY(room.error.starts_with("ValidationException"));
}

void TstThrottling::deletedTable_takesItsModeAlong()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    room.call("DeleteTable", {{"TableName", "Stock"}});
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(1, 1);
    room.call("CreateTable", input);
    QCOMPARE(dumped(throughput(room)["Mode"]), dumped(json("ignore")));
    room.reopen();
    QCOMPARE(dumped(throughput(room)["Mode"]), dumped(json("ignore")));
}

void TstThrottling::ignoredTable_showsLimitsAlone()
{
    DynamoDbRoom room;
    createEnforced(room, 6000, 1000);
    setMode(room, "Stock", "ignore");
    QVERIFY(put(room, "a"));
    const auto shown = throughput(room);
    QCOMPARE(dumped(shown["Table"]["Write"]),
        dumped(json({{"Limit", "Provisioned"}, {"UnitsPerSecond", 1000.0}, {"BurstUnits", 300'000.0}})));
    QCOMPARE(shown["Table"]["Partitions"].size(), std::size_t(3));
    QVERIFY(!shown["Table"]["Partitions"][0].contains("HotKeys"));
    room.call("GetThroughput", {{"TableName", "Absent"}});
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
}

CHAMBER_SUITE(TstThrottling, "tst_throttling")
#include "tst_throttling.moc"
