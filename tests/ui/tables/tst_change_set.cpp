#include "tests/support/suites.h"
#include "ui/tables/change_set.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace ui::tables;
using nlohmann::json;
using namespace Qt::StringLiterals;

namespace {

// QCOMPARE does not take json; this shows both when they differ.
bool same(const json& actual, const json& expected)
{
    if (actual == expected)
        return true;
    qWarning("is %s\nnot %s", actual.dump().c_str(), expected.dump().c_str());
    return false;
}

TableSchema orders()
{
    return TableSchema::fromJson(json::parse(R"j({"TableName": "Orders",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6, "NumberOfDecreasesToday": 0}})j"));
}

Item order()
{
    return itemFromJson(json::parse(R"j({"id": {"S": "7"}, "total": {"N": "64.10"}, "express": {"BOOL": true},
        "lines": {"L": [{"M": {"qty": {"N": "1"}}}]}, "ship": {"M": {"city": {"S": "Tokyo"}}}, "tags": {"SS": ["a", "b"]},
        "receipt": {"B": "AQI="}, "gone": {"NULL": true}})j"));
}

}

class TstChangeSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void item_roundTripsWithExactNumbers()
    {
        const auto text =
            R"j({"n": {"N": "1.2300000000000000000000000000000000001E-7"}, "l": {"L": [{"NS": ["1.0"]}]}})j"_ba;
        const auto item = parseItem(QString::fromUtf8(text));
        QVERIFY(item);
        QVERIFY(same(itemToJson(*item), json::parse(text.toStdString())));
        QVERIFY(same(itemToJson(order()), itemToJson(itemFromJson(itemToJson(order())))));
    }

    void editedCopy_leavesTheOriginal()
    {
        const auto before = order();
        auto after = before;
        QVERIFY(setTextAt(after, {u"ship"_s, u"city"_s}, u"Oslo"_s));
        QCOMPARE(valueAt(before, {u"ship"_s, u"city"_s})->text, u"Tokyo"_s);
        QCOMPARE(valueAt(after, {u"ship"_s, u"city"_s})->text, u"Oslo"_s);
    }

    void badItems_sayWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("no json") << u"{\n\"a\": "_s << u"Line 2"_s;
        QTest::newRow("no type") << uR"j({"a": 1})j"_s << u"a"_s;
        QTest::newRow("unknown type") << uR"j({"a": {"X": 1}})j"_s << u"a"_s;
        QTest::newRow("number in a list") << uR"j({"a": {"L": [{"N": "x"}]}})j"_s << u"a[0]"_s;
        QTest::newRow("number as a number") << uR"j({"a": {"N": 1}})j"_s << u"a"_s;
        QTest::newRow("empty set") << uR"j({"a": {"M": {"b": {"SS": []}}}})j"_s << u"a.b"_s;
        QTest::newRow("twice in a set") << uR"j({"a": {"SS": ["x", "x"]}})j"_s << u"a"_s;
        QTest::newRow("39 digits") << uR"j({"a": {"N": "123456789012345678901234567890123456789"}})j"_s
                                   << u"a"_s;
    }

    void badItems_sayWhere()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto item = parseItem(text);
        QVERIFY(!item);
        QVERIFY2(QString::fromStdString(item.error().message).startsWith(part), item.error().message.c_str());
    }

    void update_setsRemovesAndComparesWithWhatWasRead()
    {
        auto after = order();
        after.setMember(u"total"_s, Value::number(u"59"_s));
        after.removeMember(u"gone"_s);
        after.setMember(u"note"_s, Value::string(u"new"_s));
        QVERIFY(setTextAt(after, {u"lines"_s, u"0"_s, u"qty"_s}, u"2"_s));
        QVERIFY(setTextAt(after, {u"ship"_s, u"city"_s}, u"Oslo"_s));
        const auto input = updateInput(order(), after, orders());
        QVERIFY(same(input["Key"], json::parse(R"j({"id": {"S": "7"}})j")));
        QCOMPARE(QString::fromStdString(input["UpdateExpression"]),
            u"SET #n0[0].#n1 = :v0, #n2.#n3 = :v2, #n4 = :v4, #n5 = :v6 REMOVE #n6"_s);
        QCOMPARE(QString::fromStdString(input["ConditionExpression"]),
            u"#n0[0].#n1 = :v1 AND #n2.#n3 = :v3 AND #n4 = :v5 AND attribute_not_exists(#n5) AND #n6 = :v7 AND attribute_exists(#n7)"_s);
        QVERIFY(same(input["ExpressionAttributeValues"][":v4"], json::parse(R"j({"N": "59"})j")));
        QVERIFY(same(input["ExpressionAttributeValues"][":v5"], json::parse(R"j({"N": "64.10"})j")));
    }

    void inverse_exchangesBeforeAndAfter()
    {
        auto after = order();
        after.removeMember(u"total"_s);
        const auto back = updateInput(after, order(), orders());
        QCOMPARE(QString::fromStdString(back["UpdateExpression"]), u"SET #n0 = :v0"_s);
        QCOMPARE(QString::fromStdString(back["ConditionExpression"]),
            u"attribute_not_exists(#n0) AND attribute_exists(#n1)"_s);
    }

    void orderOfASet_isNoChange()
    {
        auto after = order();
        after.setMember(u"tags"_s, {Type::SS, {}, {u"b"_s, u"a"_s}, {}});
        QVERIFY(changesBetween(order(), after, orders()).isEmpty());
        after.setMember(u"tags"_s, {Type::SS, {}, {u"b"_s}, {}});
        QCOMPARE(changesBetween(order(), after, orders()).size(), 1);
    }

    void listOfOtherLength_isReplacedWhole()
    {
        auto after = order();
        QVERIFY(removeAt(after, {u"lines"_s, u"0"_s}));
        const auto changes = changesBetween(order(), after, orders());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0].path, Path{u"lines"_s});
    }

    void lines_readAsTheExpression()
    {
        auto after = order();
        after.setMember(u"total"_s, Value::number(u"59"_s));
        after.removeMember(u"express"_s);
        const QList<ChangeLine> expected{{u"SET"_s, u"total"_s, u"59"_s, Type::N},
            {u"REMOVE"_s, u"express"_s, {}, Type::Bool}, {u"IF"_s, u"total"_s, u"64.10"_s, Type::N},
            {u"IF"_s, u"express"_s, u"true"_s, Type::Bool}};
        QCOMPARE(changeLines(order(), after, orders()), expected);
    }

    void putAndDelete_areConditional()
    {
        QVERIFY(same(putInput(order(), orders())["ConditionExpression"], "attribute_not_exists(#n0)"));
        const auto input = deleteInput(order(), orders());
        QVERIFY(
            QString::fromStdString(input["ConditionExpression"]).startsWith(u"attribute_exists(#n0) AND "_s));
        QCOMPARE(input["ExpressionAttributeValues"].size(), 7U);
    }

    void recreatedTable_keepsWhatDefinesIt()
    {
        const auto input =
            recreateTableInput(json::parse(R"j({"TableName": "T", "TableStatus": "ACTIVE", "ItemCount": 3,
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "TableArn": "arn:x",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6, "NumberOfDecreasesToday": 0},
            "GlobalSecondaryIndexes": [{"IndexName": "i", "IndexStatus": "ACTIVE", "Projection": {"ProjectionType": "ALL"},
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 2}}]})j"));
        QVERIFY(same(input, json::parse(R"j({"TableName": "T", "BillingMode": "PROVISIONED",
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
            "GlobalSecondaryIndexes": [{"IndexName": "i", "Projection": {"ProjectionType": "ALL"},
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 2}}]})j")));
    }
};

CHAMBER_SUITE(TstChangeSet, "tst_change_set")

#include "tst_change_set.moc"
