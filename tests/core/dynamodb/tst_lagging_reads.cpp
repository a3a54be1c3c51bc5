#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

constexpr auto kMs = core::kMillisecond;

json text(const std::string& value)
{
    return {{"S", value}};
}

// For QCOMPARE, which knows no JSON.
std::string shown(const json& value)
{
    return value.dump();
}

json number(int value)
{
    return {{"N", std::to_string(value)}};
}

void createTable(DynamoDbRoom& room, const char* name)
{
    room.call("CreateTable",
        {{"TableName", name}, {"BillingMode", "PAY_PER_REQUEST"},
            {"AttributeDefinitions",
                {{{"AttributeName", "pk"}, {"AttributeType", "S"}},
                    {{"AttributeName", "sk"}, {"AttributeType", "N"}},
                    {{"AttributeName", "rank"}, {"AttributeType", "N"}}}},
            {"KeySchema",
                {{{"AttributeName", "pk"}, {"KeyType", "HASH"}},
                    {{"AttributeName", "sk"}, {"KeyType", "RANGE"}}}},
            {"LocalSecondaryIndexes",
                {{{"IndexName", "local"},
                    {"KeySchema",
                        {{{"AttributeName", "pk"}, {"KeyType", "HASH"}},
                            {{"AttributeName", "rank"}, {"KeyType", "RANGE"}}}},
                    {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}}},
            {"GlobalSecondaryIndexes",
                {{{"IndexName", "global"},
                    {"KeySchema",
                        {{{"AttributeName", "rank"}, {"KeyType", "HASH"}},
                            {{"AttributeName", "sk"}, {"KeyType", "RANGE"}}}},
                    {"Projection", {{"ProjectionType", "ALL"}}}}}}});
}

json key(int sk)
{
    return {{"pk", text("a")}, {"sk", number(sk)}};
}

void put(DynamoDbRoom& room, int sk, int rank, const char* table = "Stock")
{
    auto item = key(sk);
    item["rank"] = number(rank);
    item["note"] = text("n" + std::to_string(rank));
    room.call("PutItem", {{"TableName", table}, {"Item", item}});
}

std::string get(DynamoDbRoom& room, int sk, bool consistent = false, const char* table = "Stock")
{
    const auto answer =
        room.call("GetItem", {{"TableName", table}, {"Key", key(sk)}, {"ConsistentRead", consistent}});
    return answer.contains("Item") ? answer["Item"]["rank"]["N"].get<std::string>() : std::string("none");
}

void setDelay(DynamoDbRoom& room, int millis)
{
    room.call("PutReplicaDelay", {{"DelayMillis", millis}});
}

std::vector<int> sortKeys(const json& answer)
{
    std::vector<int> found;
    for (const auto& item : answer["Items"])
        found.push_back(std::stoi(item["sk"]["N"].get<std::string>()));
    return found;
}

json query(const char* names, const json& values)
{
    return {{"TableName", "Stock"}, {"KeyConditionExpression", names}, {"ExpressionAttributeValues", values}};
}

// Every page of it.
json allPages(DynamoDbRoom& room, const char* action, json request, int limit)
{
    auto items = json::array();
    request["Limit"] = limit;
    for (;;) {
        const auto page = room.call(action, request);
        for (const auto& item : page["Items"])
            items.push_back(item);
        if (!page.contains("LastEvaluatedKey"))
            return items;
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
}

bool anyStep(DynamoDbRoom& room, const std::string& part)
{
    const auto steps = room.steps();
    return std::any_of(steps.begin(), steps.end(),
        [&](const std::string& step) { return step.find(part) != std::string::npos; });
}

}

class TstLaggingReads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idleTable_forgetsItsImages();
    void manyChangedRows_areSeenInOrder();
    void eventualGet_seesTheItemAsItWas();
    void deletedItem_isStillThere();
    void batchGet_lagsATableAtATime();
    void transactGetAndConditions_neverLag();
    void query_putsBackAndHides();
    void indexes_lag();
    void localIndex_fetchesFromTheLaggingTable();
    void partiQl_lags();
    void ownDelay_goesBeforeTheUsualOne();
    void delay_survivesAReopen();
    void deletedTable_takesItsDelayAlong();
    void wrongDelay_isRefused();
    void randomChanges_areSeenAsTheyWere();
};

void TstLaggingReads::idleTable_forgetsItsImages()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    setDelay(room, 500);
    put(room, 1, 10);
    const auto table = room.service().tables().find("us-east-1", "Stock");
    QVERIFY(table->state->recent.count() > 0);
    room.clock().advance(60 * core::kSecond);
    QCOMPARE(table->state->recent.count(), std::size_t(0));
}

void TstLaggingReads::manyChangedRows_areSeenInOrder()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    for (int sk = 0; sk < 1000; ++sk)
        put(room, sk, 1);
    setDelay(room, 500);
    for (int sk = 0; sk < 1000; ++sk) { // more than are fetched at a time
        if (sk % 3 == 0)
            room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(sk)}});
        else
            put(room, sk, 2);
    }
    for (const bool forward : {true, false}) {
        const auto page = room.call("Query",
            {{"TableName", "Stock"}, {"KeyConditionExpression", "pk = :p"}, {"ScanIndexForward", forward},
                {"ExpressionAttributeValues", {{":p", key(0)["pk"]}}}});
        QCOMPARE(page["Count"].get<int>(), 1000);
        for (int i = 0; i < 1000; ++i) {
            const auto& item = page["Items"][static_cast<std::size_t>(i)];
            QCOMPARE(shown(item["sk"]), shown(number(forward ? i : 999 - i)));
            QCOMPARE(shown(item["rank"]), shown(number(1)));
        }
    }
}

void TstLaggingReads::eventualGet_seesTheItemAsItWas()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    put(room, 1, 10);
    setDelay(room, 500);
    put(room, 1, 20);
    room.clock().advance(200 * kMs);
    QCOMPARE(get(room, 1), std::string("10"));
    QVERIFY(anyStep(room,
        "stale read | 1 row as before a change 200 ms ago: the replica lags 500 ms behind; "
        "ConsistentRead would show what is there now"));
    QCOMPARE(get(room, 1, true), std::string("20"));
    QVERIFY(!anyStep(room, "stale read"));
    room.clock().advance(299 * kMs);
    QCOMPARE(get(room, 1), std::string("10"));
    room.clock().advance(1 * kMs);
    QCOMPARE(get(room, 1), std::string("20"));
    QVERIFY(!anyStep(room, "stale read"));
}

void TstLaggingReads::deletedItem_isStillThere()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    put(room, 1, 10);
    setDelay(room, 500);
    room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(1)}});
    put(room, 2, 20);
    QCOMPARE(get(room, 1), std::string("10"));
    QCOMPARE(get(room, 2), std::string("none"));
    room.clock().advance(500 * kMs);
    QCOMPARE(get(room, 1), std::string("none"));
    QCOMPARE(get(room, 2), std::string("20"));
}

void TstLaggingReads::batchGet_lagsATableAtATime()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    createTable(room, "Fresh");
    room.call("PutTableReplicaDelay", {{"TableName", "Stock"}, {"DelayMillis", 500}});
    put(room, 1, 10);
    put(room, 1, 10, "Fresh");
    auto wanted = json{{"Stock", {{"Keys", {key(1)}}}}, {"Fresh", {{"Keys", {key(1)}}}}};
    auto answer = room.call("BatchGetItem", {{"RequestItems", wanted}});
    QCOMPARE(answer["Responses"]["Stock"].size(), std::size_t(0));
    QCOMPARE(answer["Responses"]["Fresh"].size(), std::size_t(1));
    wanted["Stock"]["ConsistentRead"] = true;
    answer = room.call("BatchGetItem", {{"RequestItems", wanted}});
    QCOMPARE(answer["Responses"]["Stock"].size(), std::size_t(1));
}

void TstLaggingReads::transactGetAndConditions_neverLag()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    setDelay(room, 500);
    put(room, 1, 10);
    const auto answer = room.call(
        "TransactGetItems", {{"TransactItems", {{{"Get", {{"TableName", "Stock"}, {"Key", key(1)}}}}}}});
    QCOMPARE(shown(answer["Responses"][0]["Item"]["rank"]), shown(number(10)));
    room.call("PutItem",
        {{"TableName", "Stock"}, {"Item", key(1)}, {"ConditionExpression", "attribute_not_exists(pk)"}});
    QCOMPARE(room.error.substr(0, 31), std::string("ConditionalCheckFailedException"));
    QCOMPARE(shown(room.call("UpdateItem",
                 {{"TableName", "Stock"}, {"Key", key(1)}, {"UpdateExpression", "ADD #r :one"},
                     {"ExpressionAttributeNames", {{"#r", "rank"}}},
                     {"ExpressionAttributeValues", {{":one", number(1)}}},
                     {"ReturnValues", "UPDATED_NEW"}})["Attributes"]["rank"]),
        shown(number(11)));
}

void TstLaggingReads::query_putsBackAndHides()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    for (const int sk : {1, 3, 5, 7})
        put(room, sk, 10);
    setDelay(room, 500);
    room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(1)}});
    room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(5)}});
    room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(7)}});
    put(room, 0, 10);
    put(room, 4, 10);
    put(room, 9, 10);
    put(room, 3, 33);
    const auto request = query("pk = :a", {{":a", text("a")}});
    QCOMPARE(sortKeys(room.call("Query", request)), (std::vector{1, 3, 5, 7}));
    QVERIFY(anyStep(room, "stale read | 7 rows as before a change of up to"));
    auto backward = request;
    backward["ScanIndexForward"] = false;
    QCOMPARE(sortKeys(room.call("Query", backward)), (std::vector{7, 5, 3, 1}));
    auto strong = request;
    strong["ConsistentRead"] = true;
    QCOMPARE(sortKeys(room.call("Query", strong)), (std::vector{0, 3, 4, 9}));
    QCOMPARE(sortKeys({{"Items", allPages(room, "Query", request, 1)}}), (std::vector{1, 3, 5, 7}));
    QCOMPARE(sortKeys({{"Items", allPages(room, "Query", backward, 3)}}), (std::vector{7, 5, 3, 1}));
    const auto between =
        query("pk = :a AND sk BETWEEN :x AND :y", {{":a", text("a")}, {":x", number(2)}, {":y", number(5)}});
    QCOMPARE(sortKeys(room.call("Query", between)), (std::vector{3, 5}));
    auto filtered = request;
    filtered["FilterExpression"] = "#r = :old";
    filtered["ExpressionAttributeNames"] = {{"#r", "rank"}};
    filtered["ExpressionAttributeValues"][":old"] = number(10);
    QCOMPARE(shown(room.call("Query", filtered)["Count"]), shown(json(4)));
    QCOMPARE(shown(room.call("Scan", {{"TableName", "Stock"}})["Count"]), shown(json(4)));
    room.clock().advance(500 * kMs);
    QCOMPARE(sortKeys(room.call("Query", request)), (std::vector{0, 3, 4, 9}));
}

void TstLaggingReads::indexes_lag()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    put(room, 1, 10);
    put(room, 2, 10);
    setDelay(room, 500);
    put(room, 1, 11);
    auto global = query("#r = :r", {{":r", number(10)}});
    global["IndexName"] = "global";
    global["ExpressionAttributeNames"] = {{"#r", "rank"}};
    QCOMPARE(sortKeys(room.call("Query", global)), (std::vector{1, 2}));
    auto moved = global;
    moved["ExpressionAttributeValues"][":r"] = number(11);
    QCOMPARE(sortKeys(room.call("Query", moved)), std::vector<int>{});
    room.clock().advance(500 * kMs);
    QCOMPARE(sortKeys(room.call("Query", global)), (std::vector{2}));
    QCOMPARE(sortKeys(room.call("Query", moved)), (std::vector{1}));
}

void TstLaggingReads::localIndex_fetchesFromTheLaggingTable()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    put(room, 1, 10);
    setDelay(room, 500);
    auto changed = key(1);
    changed["rank"] = number(10);
    changed["note"] = text("new");
    room.call("PutItem", {{"TableName", "Stock"}, {"Item", changed}});
    auto request = query("pk = :a", {{":a", text("a")}});
    request["IndexName"] = "local";
    request["Select"] = "ALL_ATTRIBUTES";
    QCOMPARE(shown(room.call("Query", request)["Items"][0]["note"]), shown(text("n10")));
    request["ConsistentRead"] = true;
    QCOMPARE(shown(room.call("Query", request)["Items"][0]["note"]), shown(text("new")));
}

void TstLaggingReads::partiQl_lags()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    put(room, 1, 10);
    setDelay(room, 500);
    put(room, 1, 20);
    put(room, 2, 20);
    const json one = {{"Statement", "SELECT * FROM Stock WHERE pk = 'a' AND sk = 1"}};
    const auto rankOf = [](const json& answer) { return answer["Items"][0]["rank"]; };
    QCOMPARE(shown(rankOf(room.call("ExecuteStatement", one))), shown(number(10)));
    auto strong = one;
    strong["ConsistentRead"] = true;
    QCOMPARE(shown(rankOf(room.call("ExecuteStatement", strong))), shown(number(20)));
    const auto batch = room.call("BatchExecuteStatement", {{"Statements", {one, strong}}});
    QCOMPARE(shown(batch["Responses"][0]["Item"]["rank"]), shown(number(10)));
    QCOMPARE(shown(batch["Responses"][1]["Item"]["rank"]), shown(number(20)));
    QCOMPARE(
        room.call("ExecuteStatement", {{"Statement", "SELECT * FROM Stock WHERE pk = 'a'"}})["Items"].size(),
        std::size_t(1));
    const auto transaction = room.call("ExecuteTransaction", {{"TransactStatements", {one}}});
    QCOMPARE(shown(transaction["Responses"][0]["Item"]["rank"]), shown(number(20)));
}

void TstLaggingReads::ownDelay_goesBeforeTheUsualOne()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    setDelay(room, 500);
    room.call("PutTableReplicaDelay", {{"TableName", "Stock"}, {"DelayMillis", 0}});
    createTable(room, "Other"); // takes the usual one
    put(room, 1, 10);
    put(room, 1, 10, "Other");
    QCOMPARE(get(room, 1), std::string("10"));
    QCOMPARE(get(room, 1, false, "Other"), std::string("none"));
    const auto settings = room.call("GetReplicaDelay", json::object());
    QCOMPARE(shown(settings),
        shown((json{{"DelayMillis", 500.0},
            {"Tables", {{{"TableName", "Stock"}, {"Region", "us-east-1"}, {"DelayMillis", 0.0}}}}})));
    room.call("DeleteTableReplicaDelay", {{"TableName", "Stock"}});
    put(room, 2, 10);
    QCOMPARE(get(room, 2), std::string("none"));
    room.call("PutTableReplicaDelay", {{"TableName", "Nope"}, {"DelayMillis", 1}});
    QCOMPARE(room.error, std::string("ResourceNotFoundException: Requested resource not found"));
}

void TstLaggingReads::delay_survivesAReopen()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    createTable(room, "Other");
    setDelay(room, 500);
    room.call("PutTableReplicaDelay", {{"TableName", "Other"}, {"DelayMillis", 100}});
    room.reopen();
    put(room, 1, 10);
    put(room, 1, 10, "Other");
    room.clock().advance(100 * kMs);
    QCOMPARE(get(room, 1), std::string("none"));
    QCOMPARE(get(room, 1, false, "Other"), std::string("10"));
}

void TstLaggingReads::deletedTable_takesItsDelayAlong()
{
    DynamoDbRoom room;
    createTable(room, "Stock");
    room.call("PutTableReplicaDelay", {{"TableName", "Stock"}, {"DelayMillis", 100}});
    room.call("DeleteTable", {{"TableName", "Stock"}});
    createTable(room, "Stock");
    QCOMPARE(shown(room.call("GetReplicaDelay", json::object())["Tables"]), shown(json::array()));
    put(room, 1, 10);
    QCOMPARE(get(room, 1), std::string("10"));
    QVERIFY(room.store().read()->count("dynamodb/replica-delays") == 0);
}

void TstLaggingReads::wrongDelay_isRefused()
{
    DynamoDbRoom room;
    setDelay(room, -1);
    QVERIFY(room.error.starts_with("ValidationException: "));
    setDelay(room, 3'600'001);
    QVERIFY(room.error.starts_with("ValidationException: "));
    room.call("PutReplicaDelay", json::object());
    QVERIFY(room.error.starts_with("ValidationException: "));
    QCOMPARE(shown(room.call("GetReplicaDelay", json::object())["DelayMillis"]), shown(json(0.0)));
}

// Beside a model that keeps every state.
void TstLaggingReads::randomChanges_areSeenAsTheyWere()
{
    constexpr unsigned kSeed = 4711;
    constexpr core::Micros kDelay = 35 * kMs;
    qInfo("seed %u", kSeed);
    std::mt19937 random(kSeed);
    const auto upTo = [&random](
                          int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    DynamoDbRoom room;
    createTable(room, "Stock");
    setDelay(room, 35);
    using State = std::map<int, int>; // rank by sort key
    std::map<core::Micros, State> states{{0, {}}};
    State state;
    const auto request = query("pk = :a", {{":a", text("a")}});
    for (int i = 0; i < 1500; ++i) {
        const int sk = upTo(12);
        if (upTo(3) == 0) {
            room.call("DeleteItem", {{"TableName", "Stock"}, {"Key", key(sk)}});
            state.erase(sk);
        } else {
            state[sk] = upTo(4);
            put(room, sk, state[sk]);
        }
        states[room.clock().now()] = state;
        room.clock().advance(upTo(10) * kMs);

        const auto& then = std::prev(states.upper_bound(room.clock().now() - kDelay))->second;
        std::vector<int> expected;
        std::vector<int> ofRank;
        const int rank = upTo(4);
        for (const auto& [at, value] : then) {
            expected.push_back(at);
            if (value == rank)
                ofRank.push_back(at);
        }
        auto page = request;
        page["ScanIndexForward"] = upTo(2) == 0;
        if (!page["ScanIndexForward"].get<bool>())
            std::reverse(expected.begin(), expected.end());
        QCOMPARE(sortKeys({{"Items", allPages(room, "Query", page, 1 + upTo(5))}}), expected);
        auto indexed = query("#r = :r", {{":r", number(rank)}});
        indexed["IndexName"] = "global";
        indexed["ExpressionAttributeNames"] = {{"#r", "rank"}};
        QCOMPARE(sortKeys({{"Items", allPages(room, "Query", indexed, 1 + upTo(3))}}), ofRank);
        const int wanted = upTo(12);
        const auto found = then.find(wanted);
        QCOMPARE(
            get(room, wanted), found == then.end() ? std::string("none") : std::to_string(found->second));
    }
}

CHAMBER_SUITE(TstLaggingReads, "tst_lagging_reads")
#include "tst_lagging_reads.moc"
