#include "core/dynamodb/replica.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/full_disk.h"
#include "tests/core/dynamodb/pending_call.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <atomic>
#include <map>
#include <random>

using core::kMillisecond;
using core::kSecond;
using core::Micros;
using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

const std::string kVirginia = "us-east-1";
const std::string kIreland = "eu-west-1";
const std::string kTokyo = "ap-northeast-1";

json table(const std::string& name = "Orders")
{
    return {{"TableName", name}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", {{{"AttributeName", "pk"}, {"AttributeType", "S"}}}},
        {"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}};
}

json replicaUpdate(const char* action, const std::string& region)
{
    return {{"TableName", "Orders"}, {"ReplicaUpdates", {{{action, {{"RegionName", region}}}}}}};
}

json key(const std::string& name)
{
    return {{"pk", {{"S", name}}}};
}

void put(DynamoDbRoom& room, const std::string& region, const std::string& name, const std::string& value)
{
    auto item = key(name);
    item["value"] = {{"S", value}};
    room.callIn(region, "PutItem", {{"TableName", "Orders"}, {"Item", item}});
}

void erase(DynamoDbRoom& room, const std::string& region, const std::string& name)
{
    room.callIn(region, "DeleteItem", {{"TableName", "Orders"}, {"Key", key(name)}});
}

// "" when there is no such item.
std::string value(DynamoDbRoom& room, const std::string& region, const std::string& name)
{
    const auto answer = room.callIn(region, "GetItem", {{"TableName", "Orders"}, {"Key", key(name)}});
    return answer.contains("Item") ? answer["Item"]["value"]["S"].get<std::string>() : "";
}

json described(DynamoDbRoom& room, const std::string& region)
{
    return room.callIn(region, "DescribeTable", {{"TableName", "Orders"}})["Table"];
}

Micros delay(const std::string& from, const std::string& to)
{
    return core::dynamodb::replicationDelay(from, to);
}

std::size_t pending(DynamoDbRoom& room)
{
    std::size_t all = 0;
    const auto report = room.call("GetReplication", json::object());
    for (const auto& link : report["Replication"])
        all += link["Pending"].get<std::size_t>();
    return all;
}

// A table of two regions.
void makeGlobal(DynamoDbRoom& room)
{
    room.call("CreateTable", table());
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
}

// What was submitted to the store has been done, and told of.
void waitForStore(DynamoDbRoom& room)
{
    (void)room.store().commit([](core::store::Transaction&) -> core::Result<> { return {}; });
}

// Everything that is on its way arrives.
void settle(DynamoDbRoom& room)
{
    room.clock().advance(kSecond);
    QTRY_COMPARE(pending(room), 0U);
    waitForStore(room);
}

}

namespace {

constexpr int kItems = 1200; // several steps of a copy

void putItems(DynamoDbRoom& room, const std::string& region)
{
    for (int first = 0; first < kItems; first += 25) {
        json requests = json::array();
        for (int number = first; number < first + 25; ++number) {
            auto item = key(std::to_string(number));
            item["value"] = {{"S", "from the start"}};
            requests.push_back({{"PutRequest", {{"Item", item}}}});
        }
        room.callIn(region, "BatchWriteItem", {{"RequestItems", {{"Orders", requests}}}});
    }
}

void fill(DynamoDbRoom& room)
{
    room.call("CreateTable", table());
    putItems(room, kVirginia);
}

std::uint64_t stored(DynamoDbRoom& room, const std::string& region)
{
    const auto found = room.service().tables().find(region, "Orders");
    return found ? room.store().read()->count(found->keyspace) : 0;
}

std::map<std::string, std::string> items(DynamoDbRoom& room, const std::string& region)
{
    std::map<std::string, std::string> found;
    json request = {{"TableName", "Orders"}};
    for (;;) {
        const auto page = room.callIn(region, "Scan", request);
        for (const auto& row : page["Items"])
            found[row["pk"]["S"]] = row["value"]["S"];
        if (!page.contains("LastEvaluatedKey"))
            return found;
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
}

}

class TstReplication : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void write_arrivesAfterTheWayThere();
    void write_goesBothWaysWithoutEcho();
    void conflict_lastWriterWinsEverywhere();
    void lateWrite_doesNotUndoADelete();
    void everyKindOfWrite_arrives();
    void existingItems_areCopied();
    void copyClosedMeanwhile_goesOn();
    void writesDuringACopy_areNotLost();
    void thirdReplica_getsWhatIsOnItsWay();
    void chamberClosed_writesArriveAfterwards();
    void crash_writesArriveAfterwards();
    void randomWrites_convergeToTheLast();
    void replicaOnAFullDisk_isNotHalfMade();
    void arrivalOnAFullDisk_isTriedAgain();
    void streams_haveTheirOwnRecords();
    void expiredItem_isDeletedByOneRegion();
    void indexes_areTheSameEverywhere();
    void timeToLive_isTheSameEverywhere();
    void ownSettings_stayInTheirRegion();
    void deletedReplica_handsOverWhatItHad();
    void deletedReplica_handsOverInSteps();
    void handingOverClosedMeanwhile_goesOn();
    void handingOverOnAFullDisk_isTriedAgain();
    void tableDeletedInItsRegion_leavesTheOthers();
    void source_staysForADay();
    void statuses_passOnTheClock();
    void oldDeletes_areForgotten();
    void track_tellsWhatArrived();
};

void TstReplication::write_arrivesAfterTheWayThere()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    QCOMPARE(pending(room), 1U);
    room.clock().advance(delay(kVirginia, kIreland) - kMillisecond);
    put(room, kIreland, "other", "1");
    waitForStore(room);
    QCOMPARE(value(room, kIreland, "a"), std::string());
    room.clock().advance(2 * kMillisecond);
    waitForStore(room);
    QCOMPARE(value(room, kIreland, "a"), std::string("1"));
    const auto links = room.call("GetReplication", json::object())["Replication"];
    QCOMPARE(links.size(), 2U);
    for (const auto& link : links) {
        const bool outwards = link["From"] == kVirginia;
        QCOMPARE(link["Pending"].get<int>(), outwards ? 0 : 1);
        QCOMPARE(link["Applied"].get<int>(), outwards ? 1 : 0);
        QCOMPARE(link["DelayMilliseconds"].get<Micros>(), delay(kVirginia, kIreland) / kMillisecond);
        QCOMPARE(link["LagMilliseconds"].get<int>(), outwards ? 0 : 2);
    }
}

void TstReplication::write_goesBothWaysWithoutEcho()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kIreland, "a", "1");
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string("1"));
    room.clock().advance(kSecond);
    QCOMPARE(pending(room), 0U);
    QCOMPARE(room.streamRecords(kVirginia, "Orders").size(), 1U);
    QCOMPARE(room.streamRecords(kIreland, "Orders").size(), 1U);
}

void TstReplication::conflict_lastWriterWinsEverywhere()
{
    DynamoDbRoom room;
    makeGlobal(room);
    // At one moment of the clock: the order in which the chamber accepted them counts.
    put(room, kVirginia, "a", "first");
    put(room, kVirginia, "a", "second");
    put(room, kIreland, "a", "third");
    put(room, kIreland, "b", "first");
    put(room, kVirginia, "b", "second");
    settle(room);
    for (const auto& region : {kVirginia, kIreland}) {
        QCOMPARE(value(room, region, "a"), std::string("third"));
        QCOMPARE(value(room, region, "b"), std::string("second"));
    }
}

void TstReplication::lateWrite_doesNotUndoADelete()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "old");
    settle(room);
    put(room, kIreland, "a", "late");
    room.clock().advance(kMillisecond);
    erase(room, kVirginia, "a");
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string());
    QCOMPARE(value(room, kIreland, "a"), std::string());
    // A write after the delete stands.
    erase(room, kVirginia, "a");
    put(room, kIreland, "a", "new");
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string("new"));
}

void TstReplication::everyKindOfWrite_arrives()
{
    DynamoDbRoom room;
    makeGlobal(room);
    const auto item = [](const char* name, const char* text) {
        auto all = key(name);
        all["value"] = {{"S", text}};
        return all;
    };
    room.call("UpdateItem",
        {{"TableName", "Orders"}, {"Key", key("update")}, {"UpdateExpression", "SET #v = :v"},
            {"ExpressionAttributeNames", {{"#v", "value"}}},
            {"ExpressionAttributeValues", {{":v", {{"S", "1"}}}}}});
    room.call("BatchWriteItem",
        {{"RequestItems", {{"Orders", {{{"PutRequest", {{"Item", item("batch", "2")}}}}}}}}});
    room.call("TransactWriteItems",
        {{"TransactItems", {{{"Put", {{"TableName", "Orders"}, {"Item", item("transaction", "3")}}}}}}});
    room.call("ExecuteStatement",
        {{"Statement", "INSERT INTO \"Orders\" VALUE {'pk': 'statement', 'value': '4'}"}});
    settle(room);
    QCOMPARE(value(room, kIreland, "update"), std::string("1"));
    QCOMPARE(value(room, kIreland, "batch"), std::string("2"));
    QCOMPARE(value(room, kIreland, "transaction"), std::string("3"));
    QCOMPARE(value(room, kIreland, "statement"), std::string("4"));
    // A write that changes nothing goes nowhere.
    put(room, kVirginia, "batch", "2");
    QCOMPARE(pending(room), 0U);
}

void TstReplication::existingItems_areCopied()
{
    DynamoDbRoom room;
    fill(room);
    const auto answer = room.call("UpdateTable", replicaUpdate("Create", kIreland))["TableDescription"];
    QVERIFY(answer["TableStatus"] == "UPDATING");
    QVERIFY(answer["Replicas"].empty());
    QVERIFY(answer["GlobalTableVersion"] == "2019.11.21");
    QVERIFY(answer["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES");
    QTRY_VERIFY(described(room, kIreland)["TableStatus"] == "ACTIVE");
    QVERIFY(described(room, kVirginia)["TableStatus"] == "ACTIVE");
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "ACTIVE");
    QCOMPARE(items(room, kIreland).size(), std::size_t{kItems});
    QVERIFY(items(room, kIreland) == items(room, kVirginia));
    QCOMPARE(described(room, kIreland)["ItemCount"].get<int>(), kItems);
    QVERIFY(room.streamRecords(kIreland, "Orders").empty());
}

void TstReplication::copyClosedMeanwhile_goesOn()
{
    DynamoDbRoom room;
    fill(room);
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    room.reopen();
    QTRY_VERIFY(described(room, kIreland)["TableStatus"] == "ACTIVE");
    QVERIFY(items(room, kIreland) == items(room, kVirginia));
    QCOMPARE(items(room, kIreland).size(), std::size_t{kItems});
    put(room, kIreland, "new", "1");
    settle(room);
    QCOMPARE(value(room, kVirginia, "new"), std::string("1"));
}

void TstReplication::writesDuringACopy_areNotLost()
{
    DynamoDbRoom room;
    fill(room);
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    for (int number = 0; number < kItems; number += 7) {
        if (number % 2 == 0)
            put(room, kVirginia, std::to_string(number), "changed");
        else
            erase(room, kVirginia, std::to_string(number));
        room.clock().advance(5 * kMillisecond);
    }
    QTRY_VERIFY(described(room, kIreland)["TableStatus"] == "ACTIVE");
    settle(room);
    QVERIFY(items(room, kIreland) == items(room, kVirginia));
}

void TstReplication::thirdReplica_getsWhatIsOnItsWay()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "deleted", "1");
    settle(room);
    // Neither has reached Virginia when Tokyo joins there.
    put(room, kIreland, "a", "from Ireland");
    put(room, kIreland, "deleted", "late");
    room.clock().advance(kMillisecond);
    erase(room, kVirginia, "deleted");
    room.call("UpdateTable", replicaUpdate("Create", kTokyo));
    QCOMPARE(room.error, std::string());
    QCOMPARE(described(room, kTokyo)["Replicas"].size(), 2U);
    QVERIFY(described(room, kIreland)["Replicas"][1]["RegionName"] == kTokyo);
    settle(room);
    for (const auto& region : {kVirginia, kIreland, kTokyo}) {
        QCOMPARE(value(room, region, "a"), std::string("from Ireland"));
        QCOMPARE(value(room, region, "deleted"), std::string());
    }
    put(room, kTokyo, "b", "from Tokyo");
    settle(room);
    QCOMPARE(value(room, kIreland, "b"), std::string("from Tokyo"));
}

void TstReplication::chamberClosed_writesArriveAfterwards()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    room.reopen();
    QCOMPARE(value(room, kIreland, "a"), std::string());
    QCOMPARE(pending(room), 1U);
    // Its moment is after those of the first run, although the clock stands still.
    put(room, kIreland, "a", "2");
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string("2"));
    QCOMPARE(value(room, kIreland, "a"), std::string("2"));
}

void TstReplication::crash_writesArriveAfterwards()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    const auto second = room.afterCrash();
    room.clock().advance(kSecond);
    QTRY_COMPARE(pending(room), 0U);
    // Both services have delivered it; it was written once.
    QCOMPARE(value(room, kIreland, "a"), std::string("1"));
    QCOMPARE(room.streamRecords(kIreland, "Orders").size(), 1U);
}

// Writes in three regions while the clock moves by less than the ways take, and the chamber is closed now and
// then. A delete of what a region does not have yet deletes nothing.
void TstReplication::randomWrites_convergeToTheLast()
{
    const auto seed = std::random_device{}();
    qDebug() << "seed" << seed;
    std::mt19937 random(seed);
    const std::vector<std::string> regions{kVirginia, kIreland, kTokyo};
    DynamoDbRoom room;
    makeGlobal(room);
    room.callIn(kIreland, "UpdateTable", replicaUpdate("Create", kTokyo));
    std::map<std::string, std::string> last;
    for (int i = 0; i < 600; ++i) {
        const auto& region = regions[random() % regions.size()];
        const auto name = std::to_string(random() % 8);
        if (random() % 4 != 0) {
            last[name] = std::to_string(i);
            put(room, region, name, last[name]);
        } else if (!value(room, region, name).empty()) {
            last.erase(name);
            erase(room, region, name);
        }
        room.clock().advance(static_cast<Micros>(random() % 30) * kMillisecond);
        waitForStore(room); // what was due has arrived
        if (i % 150 == 149)
            room.reopen();
    }
    settle(room);
    for (const auto& region : regions) {
        QVERIFY(items(room, region) == last);
        QCOMPARE(described(room, region)["ItemCount"].get<std::size_t>(), last.size());
    }
}

void TstReplication::replicaOnAFullDisk_isNotHalfMade()
{
    DynamoDbRoom room;
    room.call("CreateTable", table());
    put(room, kVirginia, "a", "1");
    {
        const tests::FullDisk full;
        room.call("UpdateTable", replicaUpdate("Create", kIreland));
        QVERIFY(!room.error.empty());
    }
    QVERIFY(described(room, kIreland).is_null());
    const auto here = described(room, kVirginia);
    QVERIFY(!here.contains("Replicas"));
    QVERIFY(!here.contains("StreamSpecification"));
    QVERIFY(here["TableStatus"] == "ACTIVE");
    put(room, kVirginia, "b", "2");
    QCOMPARE(room.error, std::string());
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    QCOMPARE(room.error, std::string());
    QVERIFY(items(room, kIreland) == items(room, kVirginia));
}

void TstReplication::arrivalOnAFullDisk_isTriedAgain()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    {
        const tests::FullDisk full;
        room.clock().advance(kSecond);
        put(room, kVirginia, "b", "2"); // whatever had been begun has failed too
        QVERIFY(!room.error.empty());
    }
    QCOMPARE(value(room, kIreland, "a"), std::string());
    room.clock().advance(60 * kSecond);
    QTRY_COMPARE(value(room, kIreland, "a"), std::string("1"));
    QCOMPARE(value(room, kVirginia, "b"), std::string());
}

void TstReplication::streams_haveTheirOwnRecords()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    put(room, kVirginia, "a", "2");
    erase(room, kVirginia, "a");
    settle(room);
    const auto here = room.streamRecords(kVirginia, "Orders");
    const auto there = room.streamRecords(kIreland, "Orders");
    QCOMPARE(here.size(), 3U);
    QCOMPARE(there.size(), 3U);
    for (std::size_t i = 0; i < here.size(); ++i) {
        QVERIFY(there[i]["awsRegion"] == kIreland);
        QVERIFY(there[i]["eventID"] != here[i]["eventID"]);
        QVERIFY(there[i]["eventName"] == here[i]["eventName"]);
        QVERIFY(there[i]["dynamodb"]["Keys"] == key("a"));
        QVERIFY(
            there[i]["dynamodb"].value("NewImage", json()) == here[i]["dynamodb"].value("NewImage", json()));
        QVERIFY(
            there[i]["dynamodb"].value("OldImage", json()) == here[i]["dynamodb"].value("OldImage", json()));
    }
}

void TstReplication::expiredItem_isDeletedByOneRegion()
{
    DynamoDbRoom room;
    makeGlobal(room);
    room.call("UpdateTimeToLive",
        {{"TableName", "Orders"},
            {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "until"}}}});
    auto item = key("a");
    item["value"] = {{"S", "1"}};
    item["until"] = {{"N", std::to_string(room.clock().nowSeconds() + 10)}};
    room.call("PutItem", {{"TableName", "Orders"}, {"Item", item}});
    settle(room);
    QCOMPARE(value(room, kIreland, "a"), std::string("1"));
    room.clock().advance(120 * kSecond);
    QTRY_COMPARE(value(room, kIreland, "a"), std::string());
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string());
    // Ireland comes first in the order of regions. The others get a delete as any other.
    QVERIFY(room.streamRecords(kIreland, "Orders").back().contains("userIdentity"));
    QVERIFY(room.streamRecords(kVirginia, "Orders").back()["eventName"] == "REMOVE");
    QVERIFY(!room.streamRecords(kVirginia, "Orders").back().contains("userIdentity"));
}

void TstReplication::indexes_areTheSameEverywhere()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    settle(room);
    room.callIn(kIreland, "UpdateTable",
        {{"TableName", "Orders"},
            {"AttributeDefinitions", {{{"AttributeName", "value"}, {"AttributeType", "S"}}}},
            {"GlobalSecondaryIndexUpdates",
                {{{"Create",
                    {{"IndexName", "byValue"},
                        {"KeySchema", {{{"AttributeName", "value"}, {"KeyType", "HASH"}}}},
                        {"Projection", {{"ProjectionType", "ALL"}}}}}}}}});
    QCOMPARE(room.error, std::string());
    put(room, kIreland, "b", "1");
    settle(room);
    for (const auto& region : {kVirginia, kIreland}) {
        const auto found = room.callIn(region, "Query",
            {{"TableName", "Orders"}, {"IndexName", "byValue"}, {"KeyConditionExpression", "#v = :v"},
                {"ExpressionAttributeNames", {{"#v", "value"}}},
                {"ExpressionAttributeValues", {{":v", {{"S", "1"}}}}}});
        QCOMPARE(found["Count"].get<int>(), 2);
        QVERIFY(
            described(room, region)["Replicas"][0]["GlobalSecondaryIndexes"][0]["IndexName"] == "byValue");
    }
    room.call("UpdateTable",
        {{"TableName", "Orders"},
            {"GlobalSecondaryIndexUpdates", {{{"Delete", {{"IndexName", "byValue"}}}}}}});
    QVERIFY(!described(room, kVirginia).contains("GlobalSecondaryIndexes"));
    QVERIFY(!described(room, kIreland).contains("GlobalSecondaryIndexes"));
}

void TstReplication::timeToLive_isTheSameEverywhere()
{
    DynamoDbRoom room;
    makeGlobal(room);
    const auto set = [&](const std::string& region, bool enabled) {
        room.callIn(region, "UpdateTimeToLive",
            {{"TableName", "Orders"},
                {"TimeToLiveSpecification", {{"Enabled", enabled}, {"AttributeName", "until"}}}});
    };
    const auto status = [&](const std::string& region) {
        return room.callIn(region, "DescribeTimeToLive",
            {{"TableName", "Orders"}})["TimeToLiveDescription"]["TimeToLiveStatus"];
    };
    set(kIreland, true);
    QVERIFY(status(kVirginia) == "ENABLED");
    QVERIFY(status(kIreland) == "ENABLED");
    // A new replica has it too.
    room.call("UpdateTable", replicaUpdate("Create", kTokyo));
    QVERIFY(status(kTokyo) == "ENABLED");
    room.clock().advance(3600 * kSecond);
    set(kTokyo, false);
    QCOMPARE(room.error, std::string());
    QVERIFY(status(kVirginia) == "DISABLED");
    QVERIFY(status(kIreland) == "DISABLED");
}

void TstReplication::ownSettings_stayInTheirRegion()
{
    DynamoDbRoom room;
    auto input = table();
    input["Tags"] = {{{"Key", "owner"}, {"Value", "shop"}}};
    input["DeletionProtectionEnabled"] = true;
    room.call("CreateTable", input);
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    QCOMPARE(room.error, std::string());
    const auto there = described(room, kIreland);
    QVERIFY(there["DeletionProtectionEnabled"] == false);
    QVERIFY(there["TableArn"] == "arn:aws:dynamodb:eu-west-1:000000000000:table/Orders");
    QVERIFY(there["TableId"] != described(room, kVirginia)["TableId"]);
    const auto tags = room.callIn(kIreland, "ListTagsOfResource", {{"ResourceArn", there["TableArn"]}});
    QVERIFY(tags["Tags"].empty());
    room.callIn(kIreland, "UpdateTable", {{"TableName", "Orders"}, {"DeletionProtectionEnabled", true}});
    room.call("UpdateTable", {{"TableName", "Orders"}, {"DeletionProtectionEnabled", false}});
    QVERIFY(described(room, kIreland)["DeletionProtectionEnabled"] == true);
    room.call("UpdateTable", replicaUpdate("Delete", kIreland));
    QCOMPARE(room.error,
        std::string("ValidationException: Resource cannot be deleted as it is currently protected against "
                    "deletion. Disable deletion protection first."));
}

void TstReplication::deletedReplica_handsOverWhatItHad()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kIreland, "a", "accepted there");
    room.call("UpdateTable", replicaUpdate("Delete", kIreland));
    QCOMPARE(room.error, std::string());
    QCOMPARE(value(room, kVirginia, "a"), std::string("accepted there"));
    QVERIFY(described(room, kIreland).is_null());
    const auto here = described(room, kVirginia);
    QVERIFY(!here.contains("Replicas"));
    QVERIFY(!here.contains("GlobalTableVersion"));
    QVERIFY(here["StreamSpecification"]["StreamEnabled"] == true);
    // A table of one region again, which may be global again.
    put(room, kVirginia, "a", "alone");
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    QCOMPARE(value(room, kIreland, "a"), std::string("alone"));
    put(room, kIreland, "a", "together");
    settle(room);
    QCOMPARE(value(room, kVirginia, "a"), std::string("together"));
}

void TstReplication::deletedReplica_handsOverInSteps()
{
    DynamoDbRoom room;
    makeGlobal(room);
    putItems(room, kIreland);
    std::atomic<int> arrivals = 0;
    const auto subscription = room.changes().subscribe([&](const core::aws::ResourceChanged& change) {
        if (change.action == "Replication" && change.region == kVirginia && change.data)
            ++arrivals;
    });
    tests::PendingCall deletion(room.service(), "UpdateTable", replicaUpdate("Delete", kIreland));
    tests::HeldAnswers held(room.store());
    room.store().submit(deletion.submitted());
    tests::waitForCommits(room.store());
    const auto first = stored(room, kVirginia);
    QVERIFY(first > 0 && first < kItems / 2);
    held.release();
    QTRY_VERIFY(described(room, kIreland).is_null());
    QCOMPARE(stored(room, kVirginia), std::uint64_t{kItems});
    QVERIFY(!described(room, kVirginia).contains("Replicas"));
    QCOMPARE(described(room, kVirginia)["ItemCount"].get<int>(), kItems);
    waitForStore(room);
    QVERIFY(arrivals >= 4); // one for each step, so that the workbench shows them
}

void TstReplication::handingOverClosedMeanwhile_goesOn()
{
    DynamoDbRoom room;
    makeGlobal(room);
    putItems(room, kIreland);
    room.service().stop(); // the rest waits for the next start
    room.call("UpdateTable", replicaUpdate("Delete", kIreland));
    QCOMPARE(room.error, std::string());
    QVERIFY(described(room, kIreland)["TableStatus"] == "DELETING");
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "DELETING");
    put(room, kIreland, "late", "1");
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
    room.callIn(kIreland, "DeleteTable", {{"TableName", "Orders"}});
    QVERIFY(room.error.starts_with("ResourceInUseException"));
    const auto next = room.afterCrash();
    QTRY_VERIFY(!next->tables().find(kIreland, "Orders"));
    QVERIFY(next->tables().find(kVirginia, "Orders")->replicas.empty());
    QCOMPARE(stored(room, kVirginia), std::uint64_t{kItems});
}

void TstReplication::handingOverOnAFullDisk_isTriedAgain()
{
    DynamoDbRoom room;
    makeGlobal(room);
    putItems(room, kIreland);
    tests::PendingCall deletion(room.service(), "UpdateTable", replicaUpdate("Delete", kIreland));
    tests::HeldAnswers held(room.store());
    room.store().submit(deletion.submitted());
    tests::waitForCommits(room.store());
    {
        const tests::FullDisk full;
        held.release();
        waitForStore(room);
    }
    QVERIFY(described(room, kIreland)["TableStatus"] == "DELETING");
    room.clock().advance(10 * kSecond);
    QTRY_VERIFY(described(room, kIreland).is_null());
    QCOMPARE(stored(room, kVirginia), std::uint64_t{kItems});
}

void TstReplication::tableDeletedInItsRegion_leavesTheOthers()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kIreland, "a", "1");
    room.callIn(kIreland, "DeleteTable", {{"TableName", "Orders"}});
    QCOMPARE(room.error, std::string());
    QVERIFY(!described(room, kVirginia).contains("Replicas"));
    QCOMPARE(value(room, kVirginia, "a"), std::string("1"));
    room.call("DeleteTable", {{"TableName", "Orders"}});
    QCOMPARE(room.error, std::string());
    for (const auto& keyspace : room.store().read()->keyspaces("dynamodb/replica-")) {
        if (keyspace != "dynamodb/replica-cursors" && keyspace != "dynamodb/replica-copies")
            QFAIL(keyspace.c_str());
    }
}

void TstReplication::source_staysForADay()
{
    DynamoDbRoom room;
    makeGlobal(room);
    const std::string refused =
        "ValidationException: Replica cannot be deleted because it has acted as a source "
        "region for new replica(s) being added to the table in the last 24 hours.";
    room.call("DeleteTable", {{"TableName", "Orders"}});
    QCOMPARE(room.error, refused);
    room.callIn(kIreland, "UpdateTable", replicaUpdate("Delete", kVirginia));
    QCOMPARE(room.error, refused);
    room.clock().advance(25 * 3600 * kSecond);
    room.callIn(kIreland, "UpdateTable", replicaUpdate("Delete", kVirginia));
    QCOMPARE(room.error, std::string());
    QVERIFY(described(room, kVirginia).is_null());
    QVERIFY(!described(room, kIreland).contains("Replicas"));
}

void TstReplication::statuses_passOnTheClock()
{
    DynamoDbRoom room;
    room.call("CreateTable", table());
    room.call("PutTransitions", {{"CreateTable", 20}, {"DeleteTable", 30}, {"UpdateTable", 10}});
    room.call("UpdateTable", replicaUpdate("Create", kIreland));
    QVERIFY(described(room, kVirginia)["TableStatus"] == "UPDATING");
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "CREATING");
    QVERIFY(described(room, kIreland)["TableStatus"] == "CREATING");
    QVERIFY(described(room, kIreland)["Replicas"][0]["ReplicaStatus"] == "ACTIVE");
    room.callIn(kIreland, "GetItem", {{"TableName", "Orders"}, {"Key", key("a")}});
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
    room.call("UpdateTable", replicaUpdate("Create", kTokyo));
    QCOMPARE(room.error,
        std::string("ResourceInUseException: The resource which you are attempting to change is in use."));
    room.call("UpdateTable", {{"TableName", "Orders"}, {"DeletionProtectionEnabled", true}});
    QVERIFY(room.error.starts_with("ResourceInUseException: The resource which you are attempting"));
    put(room, kVirginia, "a", "1"); // the source goes on
    QCOMPARE(room.error, std::string());
    room.clock().advance(20 * kSecond);
    QVERIFY(described(room, kVirginia)["TableStatus"] == "ACTIVE");
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "ACTIVE");
    QTRY_COMPARE(value(room, kIreland, "a"), std::string("1"));

    room.call("UpdateTable",
        {{"TableName", "Orders"},
            {"ReplicaUpdates",
                {{{"Update",
                    {{"RegionName", kIreland}, {"TableClassOverride", "STANDARD_INFREQUENT_ACCESS"}}}}}}});
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "UPDATING");
    room.clock().advance(10 * kSecond);
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaTableClassSummary"]["TableClass"]
        == "STANDARD_INFREQUENT_ACCESS");
    QVERIFY(described(room, kIreland)["TableClassSummary"]["TableClass"] == "STANDARD_INFREQUENT_ACCESS");

    room.call("UpdateTable", replicaUpdate("Delete", kIreland));
    QVERIFY(described(room, kVirginia)["Replicas"][0]["ReplicaStatus"] == "DELETING");
    QVERIFY(described(room, kIreland)["TableStatus"] == "DELETING");
    room.clock().advance(30 * kSecond);
    QVERIFY(!described(room, kVirginia).contains("Replicas"));
    QVERIFY(described(room, kIreland).is_null());
}

void TstReplication::oldDeletes_areForgotten()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    put(room, kVirginia, "b", "1");
    settle(room);
    erase(room, kVirginia, "a");
    settle(room);
    const auto stamps = [&] {
        std::size_t all = 0;
        const auto reader = room.store().read();
        for (const auto& keyspace : reader->keyspaces("dynamodb/replica-stamps/"))
            all += reader->count(keyspace);
        return all;
    };
    QCOMPARE(stamps(), 4U);
    room.clock().advance(26 * 3600 * kSecond);
    QTRY_COMPARE(stamps(), 2U); // of the item that is there, in two regions
}

void TstReplication::track_tellsWhatArrived()
{
    DynamoDbRoom room;
    makeGlobal(room);
    put(room, kVirginia, "a", "1");
    QCOMPARE(room.steps().back(),
        std::string("replicates to eu-west-1 | arrives after ")
            + std::to_string(delay(kVirginia, kIreland) / kMillisecond)
            + " ms of the chamber's clock; there the last writer wins");
    put(room, kIreland, "a", "2");
    settle(room);
    const auto stepsOf = [&](const std::string& path) {
        std::vector<std::string> found;
        for (const auto& track : room.tracer().latest(20)) {
            if (track.path != path)
                continue;
            for (const auto& step : track.spans.front().steps)
                found.push_back(step.title + " | " + step.detail);
        }
        return found;
    };
    const auto there = stepsOf("Replication Orders us-east-1 → eu-west-1");
    QCOMPARE(there.size(), 2U);
    QVERIFY(there[0].starts_with("1 write of us-east-1 arrived in eu-west-1 | "));
    QVERIFY(there[0].ends_with("after the first was accepted; the way takes 44 ms"));
    QVERIFY(there[1].starts_with("left 1 write out: the last writer wins | "));
    const auto here = stepsOf("Replication Orders eu-west-1 → us-east-1");
    QVERIFY(here[1].starts_with("applied 1 write | "));
}

CHAMBER_SUITE(TstReplication, "tst_replication")
#include "tst_replication.moc"
