#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <map>
#include <random>

using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

constexpr int kItems = 1500; // several steps

json plainTable()
{
    return {{"TableName", "Things"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", {{{"AttributeName", "pk"}, {"AttributeType", "S"}}}},
        {"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}};
}

json newIndex()
{
    return {{"TableName", "Things"},
        {"AttributeDefinitions", {{{"AttributeName", "color"}, {"AttributeType", "S"}}}},
        {"GlobalSecondaryIndexUpdates",
            {{{"Create",
                {{"IndexName", "byColor"}, {"KeySchema", {{{"AttributeName", "color"}, {"KeyType", "HASH"}}}},
                    {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}}}}}};
}

json item(int number, int color)
{
    return {{"pk", {{"S", std::to_string(number)}}}, {"color", {{"S", std::to_string(color)}}},
        {"rest", {{"S", std::string(50, 'x')}}}};
}

void put(DynamoDbRoom& room, int number, int color)
{
    room.call("PutItem", {{"TableName", "Things"}, {"Item", item(number, color)}});
}

void fill(DynamoDbRoom& room)
{
    room.call("CreateTable", plainTable());
    for (int first = 0; first < kItems; first += 25) {
        json requests = json::array();
        for (int number = first; number < first + 25; ++number)
            requests.push_back({{"PutRequest", {{"Item", item(number, number % 7)}}}});
        room.call("BatchWriteItem", {{"RequestItems", {{"Things", requests}}}});
    }
}

json index(DynamoDbRoom& room)
{
    return room.call("DescribeTable", {{"TableName", "Things"}})["Table"]["GlobalSecondaryIndexes"][0];
}

// pk to color, of the table or of the index.
std::map<std::string, std::string> colors(DynamoDbRoom& room, bool ofIndex)
{
    std::map<std::string, std::string> found;
    json request = {{"TableName", "Things"}};
    if (ofIndex)
        request["IndexName"] = "byColor";
    for (;;) {
        const auto page = room.call("Scan", request);
        for (const auto& row : page["Items"])
            found[row["pk"]["S"]] = row["color"]["S"];
        if (!page.contains("LastEvaluatedKey"))
            return found;
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
}

void checkIndex(DynamoDbRoom& room)
{
    QTRY_VERIFY(index(room)["IndexStatus"] == "ACTIVE");
    const auto table = colors(room, false);
    QVERIFY(colors(room, true) == table);
    QCOMPARE(index(room)["ItemCount"].get<std::size_t>(), table.size());
}

}

class TstIndexFiller : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesMeanwhile_areInTheIndexOnce();
    void chamberClosedMeanwhile_goesOn();
    void indexMadeAgain_isComplete();
};

void TstIndexFiller::writesMeanwhile_areInTheIndexOnce()
{
    DynamoDbRoom room;
    fill(room);
    const auto answer = room.call("UpdateTable", newIndex());
    QVERIFY(answer["TableDescription"]["GlobalSecondaryIndexes"][0]["Backfilling"] == true);
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        const auto number = static_cast<int>(random() % (kItems + 100));
        if (random() % 3 == 0)
            room.call(
                "DeleteItem", {{"TableName", "Things"}, {"Key", {{"pk", {{"S", std::to_string(number)}}}}}});
        else
            put(room, number, static_cast<int>(random() % 9));
    }
    checkIndex(room);
}

void TstIndexFiller::chamberClosedMeanwhile_goesOn()
{
    DynamoDbRoom room;
    fill(room);
    room.call("UpdateTable", newIndex());
    room.reopen();
    put(room, kItems + 1, 3);
    checkIndex(room);
}

void TstIndexFiller::indexMadeAgain_isComplete()
{
    DynamoDbRoom room;
    fill(room);
    room.call("UpdateTable", newIndex());
    checkIndex(room);
    room.call("UpdateTable",
        {{"TableName", "Things"},
            {"GlobalSecondaryIndexUpdates", {{{"Delete", {{"IndexName", "byColor"}}}}}}});
    QVERIFY(index(room).is_null());
    room.call("UpdateTable", newIndex());
    checkIndex(room);
}

CHAMBER_SUITE(TstIndexFiller, "tst_index_filler")
#include "tst_index_filler.moc"
