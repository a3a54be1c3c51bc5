#include "core/dynamodb/key_encoding.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::dynamodb;
using core::kSecond;
using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

constexpr const char* kTableExceeded =
    "ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table "
    "was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
constexpr const char* kIndexExceeded =
    "ProvisionedThroughputExceededException: The level of configured provisioned throughput for one or more "
    "global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the "
    "under-provisioned global secondary indexes with the UpdateTable API";
constexpr const char* kStillScaling =
    "ThrottlingException: Throughput exceeds the current capacity of your table or index. DynamoDB is "
    "automatically scaling your table or index so please try again shortly. If exceptions persist, check if "
    "you have a hot key: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

json text(const std::string& value)
{
    return {{"S", value}};
}

// QCOMPARE takes JSON for a number of any kind.
std::string dumped(const json& value)
{
    return value.dump();
}

json units(int reads, int writes)
{
    return {{"ReadCapacityUnits", reads}, {"WriteCapacityUnits", writes}};
}

json definition(const char* name)
{
    return {{"TableName", name},
        {"AttributeDefinitions", json::array({{{"AttributeName", "id"}, {"AttributeType", "S"}}})},
        {"KeySchema", json::array({{{"AttributeName", "id"}, {"KeyType", "HASH"}}})}};
}

void setMode(DynamoDbRoom& room, const char* table, const char* mode)
{
    room.call("PutThrottling", {{"TableName", table}, {"Mode", mode}});
    QCOMPARE(room.error, std::string());
}

void createEnforced(DynamoDbRoom& room, int reads, int writes)
{
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(reads, writes);
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

// With an index on "kind" that has throughput of its own.
void createIndexed(DynamoDbRoom& room, int tableWrites, int indexReads, int indexWrites)
{
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(100, tableWrites);
    input["AttributeDefinitions"].push_back({{"AttributeName", "kind"}, {"AttributeType", "S"}});
    input["GlobalSecondaryIndexes"] = json::array({{{"IndexName", "ByKind"},
        {"KeySchema", json::array({{{"AttributeName", "kind"}, {"KeyType", "HASH"}}})},
        {"Projection", {{"ProjectionType", "KEYS_ONLY"}}},
        {"ProvisionedThroughput", units(indexReads, indexWrites)}}});
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

void createOnDemand(DynamoDbRoom& room, const json& more = json::object())
{
    auto input = definition("Stock");
    input["BillingMode"] = "PAY_PER_REQUEST";
    input.update(more);
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

// An item of that many kilobytes: as many write units.
json item(const std::string& id, std::size_t kilobytes = 1)
{
    json item = {{"id", text(id)}};
    const auto rest = kilobytes * 1024 - 2 - id.size() - 1;
    item["p"] = text(std::string(rest, 'x'));
    return item;
}

bool put(DynamoDbRoom& room, const std::string& id, std::size_t kilobytes = 1)
{
    room.call("PutItem", {{"TableName", "Stock"}, {"Item", item(id, kilobytes)}});
    return room.error.empty();
}

bool get(DynamoDbRoom& room, const std::string& id)
{
    room.call("GetItem", {{"TableName", "Stock"}, {"Key", {{"id", text(id)}}}, {"ConsistentRead", true}});
    return room.error.empty();
}

json throughput(DynamoDbRoom& room)
{
    return room.call("GetThroughput", {{"TableName", "Stock"}});
}

std::uint64_t hashOf(const std::string& id)
{
    return keys::hashOf(AttributeValue::string(id));
}

// Ids of items whose hashes lie between two.
std::vector<std::string> idsBetween(std::uint64_t from, std::uint64_t to, std::size_t count)
{
    std::vector<std::string> ids;
    for (int i = 0; ids.size() < count; ++i) {
        auto id = "id" + std::to_string(i);
        if (const auto hash = hashOf(id); hash >= from && hash <= to)
            ids.push_back(std::move(id));
    }
    return ids;
}

std::string throttleStep(DynamoDbRoom& room)
{
    for (const auto& step : room.steps()) {
        if (step.starts_with("throttled"))
            return step;
    }
    return {};
}

}

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
    void batchWrite_leavesWhatIsThrottled();
    void batchWriteOfNothing_isTheException();
    void batchGet_leavesWhatIsThrottled();
    void transaction_isCancelledWithReasons();
    void transactGet_isCancelledWithReasons();
    void partiql_isThrottledToo();
    void onDemand_hasItsInitialThroughput();
    void onDemand_doublesItsPeakAfterHalfAnHour();
    void onDemandMaximum_isTheTablesOwn();
    void onDemandIndex_hasHotKeysOfItsOwn();
    void accountQuota_boundsWarmTables();
    void transaction_isCancelledByAnIndex();
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

void TstThrottling::batchWrite_leavesWhatIsThrottled()
{
    DynamoDbRoom room;
    createEnforced(room, 5, 2);
    json requests = json::array();
    for (const auto* id : {"a", "b", "c"})
        requests.push_back({{"PutRequest", {{"Item", {{"id", text(id)}, {"n", {{"N", "1"}}}}}}}});
    requests.push_back({{"DeleteRequest", {{"Key", {{"id", text("d")}}}}}});
    const auto answer = room.call("BatchWriteItem", {{"RequestItems", {{"Stock", requests}}}});
    QCOMPARE(room.error, std::string());
    QCOMPARE(dumped(answer["UnprocessedItems"]),
        dumped(json({{"Stock", json::array({requests[2], requests[3]})}})));
    QCOMPARE(dumped(throughput(room)["Table"]["Partitions"][0]["ItemCount"]), dumped(json(2)));
    room.clock().advance(kSecond);
    const auto rest = room.call("BatchWriteItem", {{"RequestItems", answer["UnprocessedItems"]}});
    QCOMPARE(dumped(rest["UnprocessedItems"]), dumped(json::object()));
}

void TstThrottling::batchWriteOfNothing_isTheException()
{
    DynamoDbRoom room;
    createEnforced(room, 5, 1);
    QVERIFY(put(room, "a"));
    const json one = {{"PutRequest", {{"Item", {{"id", text("b")}}}}}};
    room.call("BatchWriteItem", {{"RequestItems", {{"Stock", json::array({one})}}}});
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottling::batchGet_leavesWhatIsThrottled()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 5);
    QVERIFY(put(room, "a"));
    const auto keys = json::array({{{"id", text("a")}}, {{"id", text("b")}}, {{"id", text("c")}}});
    const json request = {{"RequestItems", {{"Stock", {{"Keys", keys}, {"ProjectionExpression", "id"}}}}}};
    const auto answer = room.call("BatchGetItem", request); // half a unit each
    QCOMPARE(dumped(answer["Responses"]["Stock"]), dumped(json::array({{{"id", text("a")}}})));
    QCOMPARE(dumped(answer["UnprocessedKeys"]["Stock"]),
        dumped(json({{"Keys", json::array({keys[2]})}, {"ProjectionExpression", "id"}})));
    room.call("BatchGetItem", request);
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottling::transaction_isCancelledWithReasons()
{
    DynamoDbRoom room;
    createEnforced(room, 5, 1);
    auto other = definition("Other");
    other["BillingMode"] = "PAY_PER_REQUEST";
    room.call("CreateTable", other);
    QVERIFY(put(room, "a"));
    const auto entry = [](const char* table) {
        return json{{"Put", {{"TableName", table}, {"Item", {{"id", text("x")}}}}}};
    };
    const json input = {{"TransactItems", json::array({entry("Other"), entry("Stock")})}};
    const auto refused = room.refuse("TransactWriteItems", input);
    QCOMPARE(refused.code, std::string("TransactionCanceledException"));
    QCOMPARE(refused.message,
        std::string("Transaction cancelled, please refer cancellation reasons for specific reasons "
                    "[None, ProvisionedThroughputExceeded]"));
    const auto reasons = json::parse(refused.members)["CancellationReasons"];
    QCOMPARE(dumped(reasons[0]), dumped(json({{"Code", "None"}})));
    QCOMPARE(dumped(reasons[1]["Code"]), dumped(json("ProvisionedThroughputExceeded")));
    QVERIFY(std::string(kTableExceeded).ends_with(reasons[1]["Message"].get<std::string>()));
    QCOMPARE(dumped(room.call("Scan", {{"TableName", "Other"}})["Count"]), dumped(json(0)));
    room.clock().advance(kSecond);
    room.call("TransactWriteItems", input);
    QCOMPARE(room.error, std::string());
    QCOMPARE(dumped(throughput(room)["Table"]["Write"]["LastSecond"]),
        dumped(json(2.0))); // prepared and committed
}

void TstThrottling::transactGet_isCancelledWithReasons()
{
    DynamoDbRoom room;
    createOnDemand(room, {{"OnDemandThroughput", {{"MaxReadRequestUnits", 1}}}});
    const json gets = json::array({{{"Get", {{"TableName", "Stock"}, {"Key", {{"id", text("a")}}}}}}});
    room.call("TransactGetItems", {{"TransactItems", gets}});
    QCOMPARE(room.error, std::string());
    const auto refused = room.refuse("TransactGetItems", {{"TransactItems", gets}});
    const auto reason = json::parse(refused.members)["CancellationReasons"][0];
    QCOMPARE(dumped(reason["Code"]), dumped(json("ThrottlingError")));
    QCOMPARE(dumped(reason["Message"]),
        dumped(json("Throughput exceeds the maximum OnDemandThroughput configured on table or index")));
    const json select = {{"Statement", "SELECT * FROM Stock WHERE id = 'a'"}};
    const auto statements =
        room.refuse("ExecuteTransaction", {{"TransactStatements", json::array({select})}});
    QVERIFY(statements.message.ends_with("[ThrottlingError]"));
}

void TstThrottling::partiql_isThrottledToo()
{
    DynamoDbRoom room;
    createEnforced(room, 1, 1);
    const json insert = {{"Statement", "INSERT INTO Stock VALUE {'id': 'a'}"}};
    const json select = {{"Statement", "SELECT * FROM Stock WHERE id = 'a'"}, {"ConsistentRead", true}};
    room.call("ExecuteStatement", insert);
    QCOMPARE(room.error, std::string());
    room.call("ExecuteStatement", {{"Statement", "DELETE FROM Stock WHERE id = 'a'"}});
    QCOMPARE(room.error, std::string(kTableExceeded));
    const auto batch = room.call("BatchExecuteStatement", {{"Statements", json::array({insert})}});
    const auto error = batch["Responses"][0]["Error"];
    QCOMPARE(dumped(error["Code"]), dumped(json("ProvisionedThroughputExceeded")));
    QCOMPARE(error.size(), std::size_t(2));
    room.call("ExecuteStatement", select);
    QCOMPARE(room.error, std::string());
    room.call("ExecuteStatement", select);
    QCOMPARE(room.error, std::string(kTableExceeded));
    const auto reads = room.call("BatchExecuteStatement", {{"Statements", json::array({select})}});
    QCOMPARE(dumped(reads["Responses"][0]["Error"]["Code"]), dumped(json("ProvisionedThroughputExceeded")));
}

void TstThrottling::onDemand_hasItsInitialThroughput()
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

void TstThrottling::onDemand_doublesItsPeakAfterHalfAnHour()
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

void TstThrottling::onDemandMaximum_isTheTablesOwn()
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
void TstThrottling::onDemandIndex_hasHotKeysOfItsOwn()
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

void TstThrottling::accountQuota_boundsWarmTables()
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

void TstThrottling::transaction_isCancelledByAnIndex()
{
    DynamoDbRoom room;
    createIndexed(room, 100, 100, 1);
    const auto entry = [](const char* id) {
        return json{{"Put", {{"TableName", "Stock"}, {"Item", {{"id", text(id)}, {"kind", text("x")}}}}}};
    };
    const auto transact = [&room, entry](const char* id) {
        return room.refuse("TransactWriteItems", {{"TransactItems", json::array({entry(id)})}});
    };
    QCOMPARE(transact("a").code, std::string());
    const auto reason = json::parse(transact("b").members)["CancellationReasons"][0];
    QCOMPARE(reason["Code"].get<std::string>(), std::string("ProvisionedThroughputExceeded"));
    QVERIFY(std::string(kIndexExceeded).ends_with(reason["Message"].get<std::string>()));
    QCOMPARE(dumped(room.call("Scan", {{"TableName", "Stock"}})["Count"]), dumped(1));
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
