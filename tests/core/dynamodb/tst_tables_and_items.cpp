#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/key_encoding.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

json text(const std::string& value)
{
    return {{"S", value}};
}

json number(int value)
{
    return {{"N", std::to_string(value)}};
}

json keySchema(const char* hash, const char* range)
{
    return json::array(
        {{{"AttributeName", hash}, {"KeyType", "HASH"}}, {{"AttributeName", range}, {"KeyType", "RANGE"}}});
}

// pk/sk with a global index on color/sk and a local one on size.
json thingsTable()
{
    json definitions = json::array();
    for (const auto& [name, type] :
        std::map<std::string, std::string>{{"pk", "S"}, {"sk", "N"}, {"color", "S"}, {"weight", "N"}})
        definitions.push_back({{"AttributeName", name}, {"AttributeType", type}});
    return {{"TableName", "Things"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", definitions}, {"KeySchema", keySchema("pk", "sk")},
        {"GlobalSecondaryIndexes",
            {{{"IndexName", "byColor"}, {"KeySchema", keySchema("color", "sk")},
                {"Projection", {{"ProjectionType", "ALL"}}}}}},
        {"LocalSecondaryIndexes",
            {{{"IndexName", "byWeight"}, {"KeySchema", keySchema("pk", "weight")},
                {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}}}};
}

json put(const json& item)
{
    return {{"TableName", "Things"}, {"Item", item}};
}

json partition(const char* name, const json& more = json::object())
{
    json query = {{"TableName", "Things"}, {"KeyConditionExpression", "pk = :p"},
        {"ExpressionAttributeValues", {{":p", text(name)}}}};
    query.update(more);
    return query;
}

// All items of a paged action.
std::vector<json> allPages(
    DynamoDbRoom& room, const char* action, json input, std::vector<std::size_t>* sizes = nullptr)
{
    std::vector<json> items;
    for (;;) {
        const auto page = room.call(action, input);
        if (page.is_null())
            return {{{"error", room.error}}};
        if (sizes)
            sizes->push_back(page["Items"].size());
        items.insert(items.end(), page["Items"].begin(), page["Items"].end());
        if (!page.contains("LastEvaluatedKey"))
            return items;
        input["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
}

// What the store should hold, kept the simple way.
struct Model {
    std::map<std::pair<std::string, int>, json> items;

    std::vector<json> inIndex(const char* hash, const std::string& value, const char* range) const
    {
        std::vector<std::pair<std::pair<int, std::pair<std::string, int>>, json>> found;
        for (const auto& [key, item] : items) {
            if (item.contains(hash) && item[hash]["S"] == value && item.contains(range))
                found.push_back({{std::stoi(item[range]["N"].get<std::string>()), key}, item});
        }
        std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first.first < b.first.first; });
        std::vector<json> result;
        for (auto& [key, item] : found)
            result.push_back(item);
        return result;
    }
};

bool hasStep(DynamoDbRoom& room, const char* step)
{
    const auto steps = room.steps();
    return std::find(steps.begin(), steps.end(), step) != steps.end();
}

std::set<std::string> dumped(const std::vector<json>& items)
{
    std::set<std::string> texts;
    for (const auto& item : items)
        texts.insert(item.dump());
    return texts;
}

}

class TstTablesAndItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void item_mayHave400Kilobytes();
    void page_endsAtOneMegabyte();
    void segments_shareTheTableOut();
    void counters_surviveRestartAndCrash();
    void tables_surviveRestart();
    void regions_areApart();
    void droppedTable_failsTheWriteThatWaits();
    void randomOperations_agreeWithAModel();
    void keys_keepTheOrderOfStrings();
    void steps_sayWhatWasDecided();
    void batchRead_leavesWhatDoesNotFit();
};

void TstTablesAndItems::item_mayHave400Kilobytes()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    // pk 2+1, sk 2+2, v 1
    const std::size_t room400 = 400 * 1024 - 3 - 4 - 1;
    QVERIFY(!room.call("PutItem",
                     put({{"pk", text("a")}, {"sk", number(1)}, {"v", text(std::string(room400, 'x'))}}))
                 .is_null());
    room.call(
        "PutItem", put({{"pk", text("a")}, {"sk", number(1)}, {"v", text(std::string(room400 + 1, 'x'))}}));
    QCOMPARE(room.error, std::string("ValidationException: Item size has exceeded the maximum allowed size"));
    room.call("UpdateItem",
        {{"TableName", "Things"}, {"Key", {{"pk", text("a")}, {"sk", number(1)}}},
            {"UpdateExpression", "SET w = :w"}, {"ExpressionAttributeValues", {{":w", text("y")}}}});
    QCOMPARE(room.error,
        std::string("ValidationException: Item size to update has exceeded the maximum allowed size"));
}

void TstTablesAndItems::page_endsAtOneMegabyte()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    for (int i = 0; i < 40; ++i)
        room.call(
            "PutItem", put({{"pk", text("p")}, {"sk", number(i)}, {"v", text(std::string(60'000, 'x'))}}));
    std::vector<std::size_t> sizes;
    const auto copied = allPages(room, "Query", partition("p"), &sizes);
    // 18 of 60,010 bytes are the first to reach 1,048,576.
    QCOMPARE(sizes, (std::vector<std::size_t>{18, 18, 4}));
    QCOMPARE(copied.size(), std::size_t{40});
    QCOMPARE(copied.back()["sk"]["N"].get<std::string>(), std::string("39"));
    sizes.clear();
    const auto filtered =
        allPages(room, "Query", partition("p", {{"FilterExpression", "attribute_exists(v)"}}), &sizes);
    QCOMPARE(sizes, (std::vector<std::size_t>{18, 18, 4}));
    QVERIFY(filtered == copied);
    const auto page =
        room.call("Query", partition("p", {{"ReturnConsumedCapacity", "TOTAL"}, {"Select", "COUNT"}}));
    QCOMPARE(page["Count"].get<int>(), 18);
    QCOMPARE(page["ConsumedCapacity"]["CapacityUnits"].get<double>(), 132.0);
    const auto backward = allPages(room, "Query", partition("p", {{"ScanIndexForward", false}}));
    QVERIFY(std::equal(backward.begin(), backward.end(), copied.rbegin(), copied.rend()));
}

void TstTablesAndItems::segments_shareTheTableOut()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    for (int i = 0; i < 200; ++i)
        room.call("PutItem", put({{"pk", text("p" + std::to_string(i))}, {"sk", number(i)}}));
    for (const int total : {1, 3, 7, 1000}) {
        std::vector<json> items;
        for (int segment = 0; segment < total; ++segment) {
            const auto part = allPages(room, "Scan",
                {{"TableName", "Things"}, {"Segment", segment}, {"TotalSegments", total}, {"Limit", 17}});
            items.insert(items.end(), part.begin(), part.end());
        }
        QCOMPARE(items.size(), std::size_t{200});
        QCOMPARE(dumped(items).size(), std::size_t{200});
    }
}

void TstTablesAndItems::counters_surviveRestartAndCrash()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    for (int i = 0; i < 10; ++i)
        room.call("PutItem", put({{"pk", text("p")}, {"sk", number(i)}, {"color", text("red")}}));
    const auto before = room.call("DescribeTable", {{"TableName", "Things"}});
    QCOMPARE(before["Table"]["ItemCount"].get<int>(), 10);
    QCOMPARE(before["Table"]["GlobalSecondaryIndexes"][0]["ItemCount"].get<int>(), 10);
    room.reopen();
    QVERIFY(room.call("DescribeTable", {{"TableName", "Things"}}) == before);

    room.call("DeleteItem", {{"TableName", "Things"}, {"Key", {{"pk", text("p")}, {"sk", number(0)}}}});
    const auto now = room.call("DescribeTable", {{"TableName", "Things"}});
    // The first service has written since it opened, so that its stored counters no longer count.
    const auto second = room.afterCrash();
    const auto table = second->tables().find("us-east-1", "Things");
    QVERIFY(!table->state->counted);
    QVERIFY(second->tables().count(table));
    QCOMPARE(table->state->table.items.load(), std::int64_t{9});
    QCOMPARE(table->state->table.bytes.load(), now["Table"]["TableSizeBytes"].get<std::int64_t>());
    QCOMPARE(table->indexes[1].counter->items.load(), std::int64_t{9});
}

void TstTablesAndItems::tables_surviveRestart()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    const json item = {{"pk", text("p")}, {"sk", number(1)}, {"color", text("red")}, {"weight", number(5)}};
    room.call("PutItem", put(item));
    room.reopen();
    QVERIFY(allPages(room, "Query", partition("p")) == std::vector<json>{item});
    QVERIFY(allPages(room, "Query", partition("p", {{"IndexName", "byWeight"}, {"Select", "ALL_ATTRIBUTES"}}))
        == std::vector<json>{item});
    room.call("CreateTable", thingsTable());
    QCOMPARE(room.error, std::string("ResourceInUseException: Table already exists: Things"));
}

void TstTablesAndItems::regions_areApart()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    const auto second = room.afterCrash();
    QVERIFY(second->tables().find("us-east-1", "Things"));
    QVERIFY(!second->tables().find("eu-west-1", "Things"));
}

void TstTablesAndItems::droppedTable_failsTheWriteThatWaits()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    const auto service = room.afterCrash();
    core::aws::RequestContext context;
    core::aws::Request request;
    request.body = put({{"pk", text("a")}, {"sk", number(1)}}).dump();
    std::size_t index = 0;
    while (service->action(index).name != "PutItem")
        ++index;
    QVERIFY(service->prepare(service->action(index), request));
    auto outcome = service->run(index, context, request);
    QVERIFY(outcome);
    service->tables().find("us-east-1", "Things")->state->dropped = true;
    auto& write = *std::get<std::unique_ptr<core::aws::PendingWrite>>(*outcome);
    const auto applied =
        room.store().commit([&](core::store::Transaction& transaction) { return write.apply(transaction); });
    QVERIFY(!applied);
    QCOMPARE(applied.error().message, std::string("Requested resource not found"));
}

void TstTablesAndItems::randomOperations_agreeWithAModel()
{
    const auto seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const auto upTo = [&random](
                          int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const std::vector<std::string> colors{"red", "green", "blue"};
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    Model model;
    for (int i = 0; i < 3000; ++i) {
        const std::pair<std::string, int> key{"p" + std::to_string(upTo(5)), upTo(20) - 10};
        const json keys = {{"pk", text(key.first)}, {"sk", number(key.second)}};
        switch (upTo(4)) {
        case 0:
            room.call("DeleteItem", {{"TableName", "Things"}, {"Key", keys}});
            model.items.erase(key);
            break;
        case 1: {
            room.call("UpdateItem",
                {{"TableName", "Things"}, {"Key", keys}, {"UpdateExpression", "SET weight = :w REMOVE color"},
                    {"ExpressionAttributeValues", {{":w", number(i)}}}});
            auto& item = model.items.try_emplace(key, keys).first->second;
            item["weight"] = number(i);
            item.erase("color");
            break;
        }
        default: {
            auto item = keys;
            if (upTo(3) > 0)
                item["color"] = text(colors[static_cast<std::size_t>(upTo(3))]);
            if (upTo(3) > 0)
                item["weight"] = number(i);
            room.call("PutItem", put(item));
            model.items[key] = item;
        }
        }
        QCOMPARE(room.error, std::string());
        if (i % 1000 == 500)
            room.reopen();
    }
    std::vector<json> expected;
    for (const auto& [key, item] : model.items)
        expected.push_back(item);
    QVERIFY(dumped(allPages(room, "Scan", {{"TableName", "Things"}, {"Limit", 7}})) == dumped(expected));
    for (const auto& color : colors) {
        const auto found = allPages(room, "Query",
            {{"TableName", "Things"}, {"IndexName", "byColor"}, {"KeyConditionExpression", "color = :c"},
                {"Limit", 3}, {"ExpressionAttributeValues", {{":c", text(color)}}}});
        const auto wanted = model.inIndex("color", color, "sk");
        QVERIFY(dumped(found) == dumped(wanted));
        QVERIFY(std::is_sorted(found.begin(), found.end(), [](const json& a, const json& b) {
            return std::stoi(a["sk"]["N"].get<std::string>()) < std::stoi(b["sk"]["N"].get<std::string>());
        }));
    }
    const auto byWeight = allPages(room, "Query",
        partition("p1", {{"IndexName", "byWeight"}, {"Select", "ALL_ATTRIBUTES"}, {"Limit", 2}}));
    QVERIFY(byWeight == model.inIndex("pk", "p1", "weight"));
    const auto described = room.call("DescribeTable", {{"TableName", "Things"}})["Table"];
    QCOMPARE(described["ItemCount"].get<std::size_t>(), model.items.size());
}

void TstTablesAndItems::keys_keepTheOrderOfStrings()
{
    using core::dynamodb::AttributeValue;
    std::mt19937 random(1);
    const auto randomBytes = [&random] {
        std::string bytes;
        for (auto count = random() % 6; count > 0; --count)
            bytes += "\0\x01\x02\xFE\xFF"
                     "a"[random() % 6];
        return bytes;
    };
    const auto encoded = [](const std::string& bytes, const std::string& behind) {
        std::string key;
        core::dynamodb::keys::append(key, AttributeValue::binary(bytes));
        return key + behind; // as in an index, where the table's key follows
    };
    for (int i = 0; i < 20'000; ++i) {
        const auto a = randomBytes();
        const auto b = randomBytes();
        if (a == b)
            continue;
        QCOMPARE(encoded(a, randomBytes()) < encoded(b, randomBytes()), a < b);
    }
}

void TstTablesAndItems::steps_sayWhatWasDecided()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    const json item = {{"pk", text("p")}, {"sk", number(1)}, {"color", text("red")}};
    room.call("PutItem", put(item));
    QVERIFY(hasStep(room, "put a new item | 2.0 WCU, 1 index changed"));
    auto guarded = put(item);
    guarded["ConditionExpression"] = "attribute_not_exists(pk)";
    room.call("PutItem", guarded);
    QVERIFY(hasStep(room, "condition failed | attribute_not_exists(pk)"));
    room.call("GetItem", {{"TableName", "Things"}, {"Key", {{"pk", text("p")}, {"sk", number(1)}}}});
    QVERIFY(hasStep(room, "found by primary key | pk = p, sk = 1"));
    room.call("Query", partition("p", {{"FilterExpression", "attribute_exists(nope)"}}));
    QVERIFY(hasStep(room, "read 1 item | kept 0 by filter, 0.5 RCU"));
}

void TstTablesAndItems::batchRead_leavesWhatDoesNotFit()
{
    DynamoDbRoom room;
    room.call("CreateTable", thingsTable());
    json keys = json::array();
    for (int i = 0; i < 50; ++i) {
        const json key = {{"pk", text("p")}, {"sk", number(i)}};
        auto item = key;
        item["v"] = text(std::string(390'000, 'x'));
        room.call("PutItem", put(item));
        keys.push_back(key);
    }
    const auto first = room.call("BatchGetItem", {{"RequestItems", {{"Things", {{"Keys", keys}}}}}});
    QCOMPARE(first["Responses"]["Things"].size(), std::size_t{43}); // the most below 16 MiB
    QCOMPARE(first["UnprocessedKeys"]["Things"]["Keys"].size(), std::size_t{7});
    const auto rest = room.call("BatchGetItem", {{"RequestItems", first["UnprocessedKeys"]}});
    QCOMPARE(rest["Responses"]["Things"].size(), std::size_t{7});
    QVERIFY(rest["UnprocessedKeys"].empty());
}

CHAMBER_SUITE(TstTablesAndItems, "tst_tables_and_items")
#include "tst_tables_and_items.moc"
