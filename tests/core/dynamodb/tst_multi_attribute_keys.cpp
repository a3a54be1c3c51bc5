#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <tuple>

using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

// One item's key in an index of two partition and three sort attributes, the last one a number.
struct Entry {
    std::string tenant;
    std::string region;
    std::string bracket;
    std::string round;
    int score = 0;
    std::string pk;

    auto partition() const { return std::tie(tenant, region); }
    auto order() const { return std::tie(bracket, round, score); }
};

json attribute(const char* name, const char* type)
{
    return {{"AttributeName", name}, {"AttributeType", type}};
}

json key(const char* name, const char* type)
{
    return {{"AttributeName", name}, {"KeyType", type}};
}

void makeTable(DynamoDbRoom& room)
{
    room.call("CreateTable",
        {{"TableName", "Matches"}, {"BillingMode", "PAY_PER_REQUEST"},
            {"AttributeDefinitions",
                {attribute("pk", "S"), attribute("tenant", "S"), attribute("region", "S"),
                    attribute("bracket", "S"), attribute("round", "S"), attribute("score", "N")}},
            {"KeySchema", {key("pk", "HASH")}},
            {"GlobalSecondaryIndexes",
                {{{"IndexName", "byPlace"},
                    {"KeySchema",
                        {key("tenant", "HASH"), key("region", "HASH"), key("bracket", "RANGE"),
                            key("round", "RANGE"), key("score", "RANGE")}},
                    {"Projection", {{"ProjectionType", "ALL"}}}}}}});
}

// Short texts with zero bytes and common beginnings, so that attributes could run into one another.
std::string randomText(std::mt19937& random)
{
    static const std::string kTexts[] = {"a", "ab", "abc", "b", std::string("a\0", 2), std::string("a\0b", 3),
        std::string("\0", 1), "a#b", "\xC3\xBC"};
    return kTexts[random() % std::size(kTexts)];
}

std::vector<Entry> fill(DynamoDbRoom& room, std::mt19937& random, int count)
{
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) {
        Entry entry{randomText(random), randomText(random), randomText(random), randomText(random),
            static_cast<int>(random() % 30) - 15, std::to_string(i)};
        room.call("PutItem",
            {{"TableName", "Matches"},
                {"Item",
                    {{"pk", {{"S", entry.pk}}}, {"tenant", {{"S", entry.tenant}}},
                        {"region", {{"S", entry.region}}}, {"bracket", {{"S", entry.bracket}}},
                        {"round", {{"S", entry.round}}}, {"score", {{"N", std::to_string(entry.score)}}}}}});
        entries.push_back(std::move(entry));
    }
    return entries;
}

json query(const Entry& like, const std::string& sort)
{
    const std::string condition = "tenant = :t AND #g = :g" + (sort.empty() ? sort : " AND " + sort);
    json values = {{":t", {{"S", like.tenant}}}, {":g", {{"S", like.region}}}};
    const auto add = [&](const char* name, json value) {
        if (condition.find(name) != std::string::npos)
            values[name] = std::move(value);
    };
    add(":b", {{"S", like.bracket}});
    add(":r", {{"S", like.round}});
    add(":s", {{"N", std::to_string(like.score)}});
    json names = {{"#g", "region"}};
    if (condition.find("#r") != std::string::npos)
        names["#r"] = "round";
    return {{"TableName", "Matches"}, {"IndexName", "byPlace"}, {"KeyConditionExpression", condition},
        {"ExpressionAttributeNames", names}, {"ExpressionAttributeValues", values}};
}

// Reads it in small pages.
std::vector<std::string> found(DynamoDbRoom& room, json input)
{
    std::vector<std::string> keys;
    input["Limit"] = 3;
    for (;;) {
        const auto page = room.call("Query", input);
        for (const auto& item : page["Items"])
            keys.push_back(item["pk"]["S"]);
        if (!page.contains("LastEvaluatedKey"))
            return keys;
        input["ExclusiveStartKey"] = page["LastEvaluatedKey"];
    }
}

// What a naive model finds; equal sort keys stand in any order, so that they are compared by their order.
template <typename Passes>
std::vector<const Entry*> expected(const std::vector<Entry>& entries, const Entry& like, Passes passes)
{
    std::vector<const Entry*> result;
    for (const auto& entry : entries) {
        if (entry.partition() == like.partition() && passes(entry))
            result.push_back(&entry);
    }
    std::stable_sort(
        result.begin(), result.end(), [](const Entry* a, const Entry* b) { return a->order() < b->order(); });
    return result;
}

}

class TstMultiAttributeKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyCondition_findsWhatANaiveModelFinds();
    void textsThatRunTogether_areTwoPartitions();
};

void TstMultiAttributeKeys::everyKeyCondition_findsWhatANaiveModelFinds()
{
    using Check = std::function<bool(const Entry&, const Entry&)>;
    const std::vector<std::pair<std::string, Check>> conditions = {
        {"", [](const Entry&, const Entry&) { return true; }},
        {"bracket = :b", [](const Entry& e, const Entry& l) { return e.bracket == l.bracket; }},
        {"bracket > :b", [](const Entry& e, const Entry& l) { return e.bracket > l.bracket; }},
        {"bracket <= :b", [](const Entry& e, const Entry& l) { return e.bracket <= l.bracket; }},
        {"begins_with(bracket, :b)",
            [](const Entry& e, const Entry& l) { return e.bracket.starts_with(l.bracket); }},
        {"bracket = :b AND #r = :r",
            [](const Entry& e, const Entry& l) { return e.bracket == l.bracket && e.round == l.round; }},
        {"bracket = :b AND #r < :r",
            [](const Entry& e, const Entry& l) { return e.bracket == l.bracket && e.round < l.round; }},
        {"bracket = :b AND begins_with(#r, :r)",
            [](const Entry& e, const Entry& l) {
                return e.bracket == l.bracket && e.round.starts_with(l.round);
            }},
        {"score >= :s AND bracket = :b AND #r = :r",
            [](const Entry& e, const Entry& l) {
                return e.bracket == l.bracket && e.round == l.round && e.score >= l.score;
            }},
        {"bracket = :b AND #r = :r AND score BETWEEN :s AND :s", [](const Entry& e, const Entry& l) {
             return e.bracket == l.bracket && e.round == l.round && e.score == l.score;
         }}};
    const auto seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    DynamoDbRoom room;
    makeTable(room);
    const auto entries = fill(room, random, 1200);
    for (int round = 0; round < 60; ++round) {
        const auto& like = entries[random() % entries.size()];
        const auto& [text, passes] = conditions[static_cast<std::size_t>(round) % conditions.size()];
        auto input = query(like, text);
        const bool backward = random() % 2 == 0;
        input["ScanIndexForward"] = !backward;
        const auto keys = found(room, input);
        auto wanted = expected(entries, like, [&](const Entry& entry) { return passes(entry, like); });
        if (backward)
            std::reverse(wanted.begin(), wanted.end());
        QVERIFY2(keys.size() == wanted.size(), text.c_str());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto& entry = entries[std::stoul(keys[i])];
            QVERIFY2(entry.order() == wanted[i]->order(), text.c_str());
            QVERIFY(entry.partition() == like.partition());
        }
    }
}

void TstMultiAttributeKeys::textsThatRunTogether_areTwoPartitions()
{
    DynamoDbRoom room;
    makeTable(room);
    const Entry first{"ab", "c", "x", "x", 1, "1"};
    const Entry second{"a", "bc", "x", "x", 1, "2"};
    for (const auto& entry : {first, second}) {
        room.call("PutItem",
            {{"TableName", "Matches"},
                {"Item",
                    {{"pk", {{"S", entry.pk}}}, {"tenant", {{"S", entry.tenant}}},
                        {"region", {{"S", entry.region}}}, {"bracket", {{"S", entry.bracket}}},
                        {"round", {{"S", entry.round}}}, {"score", {{"N", "1"}}}}}});
    }
    QCOMPARE(found(room, query(first, "")), std::vector<std::string>{"1"});
    QCOMPARE(found(room, query(second, "")), std::vector<std::string>{"2"});
    QCOMPARE(room.error, std::string{});
}

CHAMBER_SUITE(TstMultiAttributeKeys, "tst_multi_attribute_keys")
#include "tst_multi_attribute_keys.moc"
