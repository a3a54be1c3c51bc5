#include "tests/core/dynamodb/throttled_table.h"
#include "tests/support/suites.h"

#include <QTest>

using core::kSecond;
using nlohmann::json;
using tests::DynamoDbRoom;
using namespace tests::throttled;

// Throughput of tables that are paid for by the request.
class TstOnDemand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onDemand_hasItsInitialThroughput();
    void onDemand_doublesItsPeakAfterHalfAnHour();
    void onDemandMaximum_isTheTablesOwn();
    void onDemandIndex_hasHotKeysOfItsOwn();
    void accountQuota_boundsWarmTables();
};

void TstOnDemand::onDemand_hasItsInitialThroughput()
{
    DynamoDbRoom room;
    createOnDemand(room);
    const auto shown = throughput(room)["Table"];
    QCOMPARE(shown["Partitions"].size(), std::size_t(4));
    QCOMPARE(dumped(shown["Read"]["UnitsPerSecond"]), dumped(json(12'000.0)));
    QCOMPARE(dumped(shown["Write"]["UnitsPerSecond"]), dumped(json(4'000.0)));
    const auto quarter = UINT64_MAX / 4;
    for (std::uint64_t i = 0; i < 4; ++i) {
        const auto ids = idsBetween(quarter * i, quarter * (i + 1) - 1, 3);
        for (const auto& id : ids)
            QVERIFY(put(room, id, 350)); // the third one borrows
    }
    QVERIFY(!put(room, "a"));
    QCOMPARE(room.error, std::string(kStillScaling));
    const auto refused = room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", item("a")}});
    const auto reasons = json::parse(refused.members)["throttlingReasons"];
    QCOMPARE(dumped(reasons[0]["reason"]), dumped(json("TableWriteKeyRangeThroughputExceeded")));
}

void TstOnDemand::onDemand_doublesItsPeakAfterHalfAnHour()
{
    DynamoDbRoom room;
    createOnDemand(room);
    const auto quarter = UINT64_MAX / 4;
    for (std::uint64_t i = 0; i < 4; ++i) {
        for (const auto& id : idsBetween(quarter * i, quarter * (i + 1) - 1, 3))
            QVERIFY(put(room, id, 300));
    }
    room.clock().advance(29 * 60 * kSecond);
    QCOMPARE(dumped(throughput(room)["Table"]["Write"]["UnitsPerSecond"]), dumped(json(4'000.0)));
    room.clock().advance(60 * kSecond);
    const auto shown = throughput(room)["Table"];
    QCOMPARE(
        dumped(shown["Write"]["UnitsPerSecond"]), dumped(json(7'200.0))); // 3,600 were used in one second
    QCOMPARE(shown["Partitions"].size(), std::size_t(8));
}

void TstOnDemand::onDemandMaximum_isTheTablesOwn()
{
    DynamoDbRoom room;
    createOnDemand(
        room, {{"OnDemandThroughput", {{"MaxReadRequestUnits", -1}, {"MaxWriteRequestUnits", 3}}}});
    QVERIFY(put(room, "a", 3));
    const auto refused = room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", item("a")}});
    QCOMPARE(refused.code, std::string("ThrottlingException"));
    QCOMPARE(refused.message,
        std::string("Throughput exceeds the maximum OnDemandThroughput configured on table or index"));
    QCOMPARE(dumped(json::parse(refused.members)["throttlingReasons"][0]["reason"]),
        dumped(json("TableWriteMaxOnDemandThroughputExceeded")));
    QVERIFY(get(room, "a"));
    room.clock().advance(100 * kSecond); // nothing is kept from before
    QCOMPARE(dumped(throughput(room)["Table"]["Write"]["AvailableUnits"]), dumped(json(3.0)));
}

// A key that is hot in the index alone.
void TstOnDemand::onDemandIndex_hasHotKeysOfItsOwn()
{
    DynamoDbRoom room;
    const auto key = json::array({{{"AttributeName", "kind"}, {"KeyType", "HASH"}}});
    const json index = {
        {"IndexName", "ByKind"}, {"KeySchema", key}, {"Projection", {{"ProjectionType", "ALL"}}}};
    auto attributes = definition("Stock")["AttributeDefinitions"];
    attributes.push_back({{"AttributeName", "kind"}, {"AttributeType", "S"}});
    createOnDemand(
        room, {{"AttributeDefinitions", attributes}, {"GlobalSecondaryIndexes", json::array({index})}});
    const auto quarter = UINT64_MAX / 4;
    const auto put = [&room, quarter](std::uint64_t partition, const char* kind) {
        const auto ids = idsBetween(quarter * partition, quarter * (partition + 1) - 1, 1);
        auto one = item(ids[0], 300);
        one["kind"] = text(kind);
        room.call("PutItem", {{"TableName", "Stock"}, {"Item", one}});
        return room.error;
    };
    for (std::uint64_t i = 0; i < 4; ++i)
        QCOMPARE(put(i, "x"), std::string());
    QCOMPARE(put(0, "x"), std::string()); // the entry is as it was
    QCOMPARE(put(0, "y"),
        std::string("ThrottlingException: Throughput exceeds the current capacity for one or more global "
                    "secondary indexes. DynamoDB is automatically scaling your index so please try again "
                    "shortly."));
}

void TstOnDemand::accountQuota_boundsWarmTables()
{
    DynamoDbRoom room;
    createOnDemand(
        room, {{"WarmThroughput", {{"ReadUnitsPerSecond", 12'000}, {"WriteUnitsPerSecond", 40'000}}}});
    const auto partitions = throughput(room)["Table"]["Partitions"];
    QCOMPARE(partitions.size(), std::size_t(40));
    const auto hash = [](const json& text) { return std::stoull(text.get<std::string>(), nullptr, 16); };
    for (const auto& partition : partitions) {
        for (const auto& id : idsBetween(hash(partition["HashFrom"]), hash(partition["HashTo"]), 3))
            QVERIFY(put(room, id, 334)); // 40,080 in all
    }
    const auto refused = room.refuse("PutItem", {{"TableName", "Stock"}, {"Item", item("a")}});
    QCOMPARE(refused.code, std::string("RequestLimitExceeded"));
    QCOMPARE(json::parse(refused.members)["ThrottlingReasons"][0]["reason"].get<std::string>(),
        std::string("TableWriteAccountLimitExceeded"));
}

CHAMBER_SUITE(TstOnDemand, "tst_on_demand")
#include "tst_on_demand.moc"
