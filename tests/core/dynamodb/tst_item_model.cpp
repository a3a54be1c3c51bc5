#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/item_model.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <set>

using nlohmann::json;
using tests::DynamoDbRoom;
using tests::ItemModel;
using tests::ModelCondition;
using tests::ModelIndex;
using tests::ModelRandom;

namespace {

constexpr auto kConditionFailed = "ConditionalCheckFailedException: The conditional request failed";

int numberFrom(const char* variable, int otherwise)
{
    return qEnvironmentVariableIsSet(variable) ? qEnvironmentVariableIntValue(variable) : otherwise;
}

std::multiset<std::string> dumped(const std::vector<json>& items)
{
    std::multiset<std::string> texts;
    for (const auto& item : items)
        texts.insert(item.dump());
    return texts;
}

int intOf(const json& item, const char* name)
{
    return std::stoi(item[name]["N"].get<std::string>());
}

// The engine and the model side by side: each function does one random thing to both and says what differs.
class SideBySide {
public:
    explicit SideBySide(unsigned seed)
        : m_random(seed)
    {
        m_room.call("CreateTable", tests::modelTable());
    }

    std::string change()
    {
        switch (m_random.upTo(10)) {
        case 0:
            return remove();
        case 1:
        case 2:
            return update();
        case 3:
            return legacyUpdate();
        case 4:
            return batch();
        case 5:
        case 6:
            return transaction();
        default:
            return put();
        }
    }

    std::string read()
    {
        for (const auto& check : {&SideBySide::getSome, &SideBySide::queryTable, &SideBySide::queryIndex,
                 &SideBySide::scanInSegments, &SideBySide::describe}) {
            if (auto problem = (this->*check)(); !problem.empty())
                return problem;
        }
        return {};
    }

    void reopen() { m_room.reopen(); }

private:
    json call(const char* action, const json& request)
    {
        m_last = std::string(action) + " " + request.dump();
        return m_room.call(action, request);
    }

    std::string differs(const std::string& what) const
    {
        return what + "\n  in " + m_last + "\n  error " + m_room.error;
    }

    json request(const ItemModel::Key& key, const char* returnValues) const
    {
        return {{"TableName", "Model"}, {"Key", ItemModel::keyJson(key)}, {"ReturnValues", returnValues}};
    }

    // Ends a write of one item: what it answers, and what becomes of the model.
    std::string finish(
        const json& answer, bool holds, const ItemModel::Key& key, const json& after, const json& attributes)
    {
        if (!holds)
            return m_room.error == kConditionFailed ? "" : differs("the condition should have failed");
        if (answer.is_null())
            return differs("it should have succeeded");
        if (answer.value("Attributes", json()) != attributes)
            return differs("Attributes are not " + attributes.dump() + " but " + answer.dump());
        m_model.store(key, after);
        return {};
    }

    std::string put()
    {
        const auto key = m_random.key();
        const auto item = m_random.item(key);
        const auto before = m_model.find(key);
        json input = {{"TableName", "Model"}, {"Item", item}, {"ReturnValues", "ALL_OLD"}};
        bool holds = true;
        if (m_random.oneIn(3)) {
            const auto condition = m_random.condition();
            condition.addTo(input);
            holds = condition.holds(before);
        }
        return finish(call("PutItem", input), holds, key, item, before);
    }

    std::string remove()
    {
        const auto key = m_random.key();
        const auto before = m_model.find(key);
        auto input = request(key, "ALL_OLD");
        bool holds = true;
        if (m_random.oneIn(3)) {
            const auto condition = m_random.condition();
            condition.addTo(input);
            holds = condition.holds(before);
        }
        return finish(call("DeleteItem", input), holds, key, nullptr, before);
    }

    std::string update()
    {
        const auto key = m_random.key();
        const auto before = m_model.find(key);
        auto input = request(key, "ALL_NEW");
        bool holds = true;
        const auto update = m_random.update();
        update.addTo(input);
        if (m_random.oneIn(3)) {
            const auto condition = m_random.condition();
            condition.addTo(input);
            holds = condition.holds(before);
        }
        const auto after = update.applied(before, ItemModel::keyJson(key));
        return finish(call("UpdateItem", input), holds, key, after, after);
    }

    std::string legacyUpdate()
    {
        const auto key = m_random.key();
        const auto before = m_model.find(key);
        tests::ModelUpdate update;
        update.add = m_random.upTo(9);
        update.removeFlag = true;
        auto input = request(key, "ALL_NEW");
        input["AttributeUpdates"] = {{"n", {{"Action", "ADD"}, {"Value", tests::number(*update.add)}}},
            {"flag", {{"Action", "DELETE"}}}};
        const ModelCondition condition{1, m_random.upTo(12)};
        input["Expected"] = {
            {"n", {{"ComparisonOperator", "GE"}, {"AttributeValueList", {tests::number(condition.value)}}}}};
        const auto after = update.applied(before, ItemModel::keyJson(key));
        return finish(call("UpdateItem", input), condition.holds(before), key, after, after);
    }

    std::string batch()
    {
        std::map<ItemModel::Key, json> wanted;
        for (int i = m_random.upTo(8); i >= 0; --i) {
            const auto key = m_random.key();
            wanted[key] = m_random.oneIn(3) ? json() : m_random.item(key);
        }
        json writes = json::array();
        for (const auto& [key, item] : wanted) {
            if (item.is_null())
                writes.push_back({{"DeleteRequest", {{"Key", ItemModel::keyJson(key)}}}});
            else
                writes.push_back({{"PutRequest", {{"Item", item}}}});
        }
        if (call("BatchWriteItem", {{"RequestItems", {{"Model", writes}}}}).is_null())
            return differs("the batch failed");
        for (const auto& [key, item] : wanted)
            m_model.store(key, item);
        return {};
    }

    // One action on `key`; what becomes of the item, and whether its condition holds.
    json action(const ItemModel::Key& key, json& after, bool& holds)
    {
        const auto before = m_model.find(key);
        json input = {{"TableName", "Model"}};
        const int kind = m_random.upTo(4);
        after = before;
        if (kind == 0) {
            after = m_random.item(key);
            input["Item"] = after;
        } else {
            input["Key"] = ItemModel::keyJson(key);
        }
        if (kind == 1) {
            const auto update = m_random.update();
            update.addTo(input);
            after = update.applied(before, input["Key"]);
        } else if (kind == 2) {
            after = nullptr;
        }
        holds = true;
        if (kind == 3 || m_random.oneIn(6)) {
            const auto condition = m_random.condition();
            condition.addTo(input);
            holds = condition.holds(before);
        }
        constexpr const char* kKinds[] = {"Put", "Update", "Delete", "ConditionCheck"};
        return {{kKinds[kind], input}};
    }

    std::string transaction()
    {
        std::map<ItemModel::Key, json> after;
        json actions = json::array();
        std::string codes;
        bool allHold = true;
        for (int i = m_random.upTo(5); i >= 0; --i) {
            const auto key = m_random.key();
            if (after.contains(key))
                continue;
            bool holds = true;
            actions.push_back(action(key, after[key], holds));
            allHold = allHold && holds;
            codes += (codes.empty() ? "" : ", ") + std::string(holds ? "None" : "ConditionalCheckFailed");
        }
        const auto answer = call("TransactWriteItems", {{"TransactItems", actions}});
        if (!allHold) {
            return m_room.error
                    == "TransactionCanceledException: Transaction cancelled, please refer cancellation "
                       "reasons "
                       "for specific reasons ["
                        + codes + "]"
                ? ""
                : differs("it should have been cancelled by " + codes);
        }
        if (answer.is_null())
            return differs("the transaction should have succeeded");
        for (const auto& [key, item] : after)
            m_model.store(key, item);
        return {};
    }

    std::string getSome()
    {
        json gets = json::array();
        std::vector<json> wanted;
        std::set<ItemModel::Key> keys;
        for (int i = 0; i < 10; ++i)
            keys.insert(m_random.key());
        for (const auto& key : keys) {
            const json get = {{"TableName", "Model"}, {"Key", ItemModel::keyJson(key)}};
            gets.push_back({{"Get", get}});
            wanted.push_back(m_model.find(key));
            if (call("GetItem", get).value("Item", json()) != wanted.back())
                return differs("GetItem does not give " + wanted.back().dump());
        }
        const auto found = call("TransactGetItems", {{"TransactItems", gets}});
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (found["Responses"][i].value("Item", json()) != wanted[i])
                return differs("TransactGetItems does not give " + wanted[i].dump());
        }
        return {};
    }

    // All pages of a random size.
    std::vector<json> allPages(const char* action, json input)
    {
        input["Limit"] = 1 + m_random.upTo(12);
        std::vector<json> items;
        for (;;) {
            const auto page = call(action, input);
            if (page.is_null())
                return {{{"error", m_room.error}}};
            items.insert(items.end(), page["Items"].begin(), page["Items"].end());
            if (!page.contains("LastEvaluatedKey"))
                return items;
            input["ExclusiveStartKey"] = page["LastEvaluatedKey"];
        }
    }

    std::string queryTable()
    {
        const auto pk = m_random.key().first;
        const int from = m_random.upTo(25) - 10;
        const int to = from + m_random.upTo(10);
        const int least = m_random.upTo(400) - 200;
        const bool forward = m_random.oneIn(2);
        std::vector<json> wanted;
        for (const auto& [key, item] : m_model.items()) {
            if (key.first == pk && key.second >= from && key.second <= to && item.contains("n")
                && intOf(item, "n") > least)
                wanted.push_back(item);
        }
        if (!forward)
            std::reverse(wanted.begin(), wanted.end());
        const auto found = allPages("Query",
            {{"TableName", "Model"}, {"KeyConditionExpression", "pk = :p AND sk BETWEEN :a AND :b"},
                {"FilterExpression", "n > :n"}, {"ScanIndexForward", forward},
                {"ExpressionAttributeValues",
                    {{":p", tests::text(pk)}, {":a", tests::number(from)}, {":b", tests::number(to)},
                        {":n", tests::number(least)}}}});
        return found == wanted ? "" : differs("the table's query gives " + json(found).dump());
    }

    std::string queryIndex()
    {
        for (const ModelIndex& index : tests::modelIndexes()) {
            const auto all = m_model.inIndex(index);
            const auto scanned = allPages("Scan", {{"TableName", "Model"}, {"IndexName", index.name}});
            if (dumped(scanned) != dumped(all))
                return differs(std::string("the scan of ") + index.name + " gives " + json(scanned).dump());
            if (all.empty())
                continue;
            const auto hash =
                all[static_cast<std::size_t>(m_random.upTo(static_cast<int>(all.size())))][index.hash];
            std::vector<json> wanted;
            std::copy_if(all.begin(), all.end(), std::back_inserter(wanted),
                [&](const json& item) { return item[index.hash] == hash; });
            const auto found = allPages("Query",
                {{"TableName", "Model"}, {"IndexName", index.name}, {"KeyConditionExpression", "#h = :h"},
                    {"ExpressionAttributeNames", {{"#h", index.hash}}},
                    {"ExpressionAttributeValues", {{":h", hash}}}});
            if (dumped(found) != dumped(wanted))
                return differs(std::string("the query of ") + index.name + " gives " + json(found).dump());
            if (!inOrder(found, index.range))
                return differs(std::string(index.name) + " is out of order");
        }
        return {};
    }

    static bool inOrder(const std::vector<json>& items, const std::string& range)
    {
        return range.empty() || std::is_sorted(items.begin(), items.end(), [&](const json& a, const json& b) {
            return range == "rank" ? intOf(a, "rank") < intOf(b, "rank") : a[range]["S"] < b[range]["S"];
        });
    }

    std::string scanInSegments()
    {
        const int total = 1 + m_random.upTo(5);
        std::vector<json> found;
        for (int segment = 0; segment < total; ++segment) {
            const auto part =
                allPages("Scan", {{"TableName", "Model"}, {"Segment", segment}, {"TotalSegments", total}});
            found.insert(found.end(), part.begin(), part.end());
        }
        std::vector<json> wanted;
        for (const auto& [key, item] : m_model.items())
            wanted.push_back(item);
        return dumped(found) == dumped(wanted) ? "" : differs("the scan gives " + json(found).dump());
    }

    static std::string countDiffers(const json& described, const std::vector<json>& items, const char* size)
    {
        std::size_t bytes = 0;
        for (const auto& item : items)
            bytes += ItemModel::sizeOf(item);
        if (described["ItemCount"] == items.size() && described[size] == bytes)
            return {};
        return described.dump() + " should count " + std::to_string(items.size()) + " items and "
            + std::to_string(bytes) + " bytes";
    }

    std::string describe()
    {
        const auto table = call("DescribeTable", {{"TableName", "Model"}})["Table"];
        std::vector<json> items;
        for (const auto& [key, item] : m_model.items())
            items.push_back(item);
        if (auto problem = countDiffers(table, items, "TableSizeBytes"); !problem.empty())
            return problem;
        for (const ModelIndex& index : tests::modelIndexes()) {
            for (const auto& described :
                table[index.global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"]) {
                if (described["IndexName"] != index.name)
                    continue;
                if (auto problem = countDiffers(described, m_model.inIndex(index), "IndexSizeBytes");
                    !problem.empty())
                    return problem;
            }
        }
        return {};
    }

    ModelRandom m_random;
    DynamoDbRoom m_room;
    ItemModel m_model;
    std::string m_last; // the latest request
};

}

// CHAMBER_MODEL_OPERATIONS=100000 makes it long, CHAMBER_MODEL_SEED=… repeats a run.
class TstItemModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomOperations_agreeWithTheModel();
};

void TstItemModel::randomOperations_agreeWithTheModel()
{
    const auto seed = numberFrom("CHAMBER_MODEL_SEED", static_cast<int>(std::random_device{}() >> 1));
    const int operations = numberFrom("CHAMBER_MODEL_OPERATIONS", 10'000);
    qInfo("CHAMBER_MODEL_SEED=%d", seed);
    SideBySide both(static_cast<unsigned>(seed));
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int i = 0; i < operations; ++i) {
        auto problem = both.change();
        if (problem.empty() && random() % 200 == 0)
            problem = both.read();
        if (random() % 800 == 0)
            both.reopen();
        QVERIFY2(problem.empty(), ("operation " + std::to_string(i) + ": " + problem).c_str());
    }
    const auto problem = both.read();
    QVERIFY2(problem.empty(), problem.c_str());
}

CHAMBER_SUITE(TstItemModel, "tst_item_model")
#include "tst_item_model.moc"
