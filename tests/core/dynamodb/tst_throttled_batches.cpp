#include "tests/core/dynamodb/throttled_table.h"
#include "tests/support/suites.h"

#include <QTest>

using core::kSecond;
using nlohmann::json;
using tests::DynamoDbRoom;
using namespace tests::throttled;

// Requests of several items: what they leave undone, and what they say of it.
class TstThrottledBatches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void batchWrite_leavesWhatIsThrottled();
    void batchWriteOfNothing_isTheException();
    void batchGet_leavesWhatIsThrottled();
    void transaction_isCancelledWithReasons();
    void transaction_isCancelledByAnIndex();
    void transactGet_isCancelledWithReasons();
    void partiql_isThrottledToo();
};

void TstThrottledBatches::batchWrite_leavesWhatIsThrottled()
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

void TstThrottledBatches::batchWriteOfNothing_isTheException()
{
    DynamoDbRoom room;
    createEnforced(room, 5, 1);
    QVERIFY(put(room, "a"));
    const json one = {{"PutRequest", {{"Item", {{"id", text("b")}}}}}};
    room.call("BatchWriteItem", {{"RequestItems", {{"Stock", json::array({one})}}}});
    QCOMPARE(room.error, std::string(kTableExceeded));
}

void TstThrottledBatches::batchGet_leavesWhatIsThrottled()
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

void TstThrottledBatches::transaction_isCancelledWithReasons()
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

void TstThrottledBatches::transaction_isCancelledByAnIndex()
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

void TstThrottledBatches::transactGet_isCancelledWithReasons()
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

void TstThrottledBatches::partiql_isThrottledToo()
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

CHAMBER_SUITE(TstThrottledBatches, "tst_throttled_batches")
#include "tst_throttled_batches.moc"
