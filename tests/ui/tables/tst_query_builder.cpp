#include "tests/support/suites.h"
#include "ui/tables/code_writer.h"
#include "ui/tables/explain.h"
#include "ui/tables/query_builder.h"

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
    return TableSchema::fromJson(json::parse(R"j({
        "TableName": "Orders", "TableStatus": "ACTIVE", "ItemCount": 18432, "TableSizeBytes": 9437184,
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "AttributeDefinitions": [{"AttributeName": "customerId", "AttributeType": "S"},
            {"AttributeName": "orderId", "AttributeType": "S"}, {"AttributeName": "status", "AttributeType": "S"},
            {"AttributeName": "placedAt", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "customerId", "KeyType": "HASH"}, {"AttributeName": "orderId", "KeyType": "RANGE"}],
        "GlobalSecondaryIndexes": [{"IndexName": "byStatus", "Projection": {"ProjectionType": "ALL"}, "KeySchema":
            [{"AttributeName": "status", "KeyType": "HASH"}, {"AttributeName": "placedAt", "KeyType": "RANGE"}]}]})j"));
}

// A table whose index has a key of several attributes of a kind.
TableSchema matches()
{
    return TableSchema::fromJson(json::parse(R"j({
        "TableName": "Matches", "TableStatus": "ACTIVE",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "cup", "AttributeType": "S"}, {"AttributeName": "season", "AttributeType": "N"},
            {"AttributeName": "round", "AttributeType": "S"}, {"AttributeName": "bracket", "AttributeType": "S"},
            {"AttributeName": "match", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [{"IndexName": "byCup", "Projection": {"ProjectionType": "ALL"}, "KeySchema":
            [{"AttributeName": "cup", "KeyType": "HASH"}, {"AttributeName": "season", "KeyType": "HASH"},
             {"AttributeName": "round", "KeyType": "RANGE"}, {"AttributeName": "bracket", "KeyType": "RANGE"},
             {"AttributeName": "match", "KeyType": "RANGE"}]}]})j"));
}

QueryForm semifinals()
{
    QueryForm form;
    form.index = u"byCup"_s;
    form.partition = u"winter"_s;
    form.morePartitions = {u"2024"_s};
    form.sort = Condition{{}, Op::Equal, Type::S, {u"semifinal"_s}};
    form.moreSorts = {{{}, Op::BeginsWith, Type::S, {u"up"_s}}};
    return form;
}

QueryForm paidOrders()
{
    QueryForm form;
    form.index = u"byStatus"_s;
    form.partition = u"PAID"_s;
    form.sort = Condition{{}, Op::Between, Type::S, {u"10"_s, u"20.50"_s}};
    form.filters = {
        {u"total"_s, Op::Greater, Type::N, {u"20"_s}}, {u"tags"_s, Op::Contains, Type::S, {u"gift"_s}}};
    form.newestFirst = true;
    return form;
}

}

class TstQueryBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void query_hasKeyFilterOrderAndPlaceholders()
    {
        const auto request = buildRequest(paidOrders(), orders());
        QVERIFY(request);
        QVERIFY(same(*request, json::parse(R"j({"TableName": "Orders", "IndexName": "byStatus", "Limit": 100,
            "KeyConditionExpression": "#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2",
            "FilterExpression": "#n2 > :v3 AND contains(#n3, :v4)", "ScanIndexForward": false,
            "ExpressionAttributeNames": {"#n0": "status", "#n1": "placedAt", "#n2": "total", "#n3": "tags"},
            "ExpressionAttributeValues": {":v0": {"S": "PAID"}, ":v1": {"N": "10"}, ":v2": {"N": "20.50"},
                ":v3": {"N": "20"}, ":v4": {"S": "gift"}}, "ReturnConsumedCapacity": "INDEXES"
    })j")));
    }

    void scanWithOr_hasNoKeyCondition()
    {
        auto form = paidOrders();
        form.scan = form.any = true;
        form.limit = 0;
        const auto request = buildRequest(form, orders());
        QVERIFY(request);
        QVERIFY(!request->contains("KeyConditionExpression") && !request->contains("Limit"));
        QVERIFY(!request->contains("ScanIndexForward"));
        QVERIFY(same((*request)["FilterExpression"], "#n0 > :v0 OR contains(#n1, :v1)"));
    }

    void filterOperators_areWritten_data()
    {
        QTest::addColumn<int>("op");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QString>("expression");
        const auto row = [](const char* name, Op op, const QStringList& values, const QString& text) {
            QTest::newRow(name) << static_cast<int>(op) << values << text;
        };
        row("not equal", Op::NotEqual, {u"a"_s}, u"#n0[0].#n1 <> :v0"_s);
        row("at most", Op::LessOrEqual, {u"a"_s}, u"#n0[0].#n1 <= :v0"_s);
        row("in", Op::In, {u"a"_s, u"b"_s}, u"#n0[0].#n1 IN (:v0, :v1)"_s);
        row("exists", Op::Exists, {}, u"attribute_exists(#n0[0].#n1)"_s);
        row("not exists", Op::NotExists, {}, u"attribute_not_exists(#n0[0].#n1)"_s);
        row("begins", Op::BeginsWith, {u"a"_s}, u"begins_with(#n0[0].#n1, :v0)"_s);
        row("type", Op::HasType, {u"SS"_s}, u"attribute_type(#n0[0].#n1, :v0)"_s);
    }

    void filterOperators_areWritten()
    {
        QFETCH(int, op);
        QFETCH(QStringList, values);
        QFETCH(QString, expression);
        QueryForm form;
        form.scan = true;
        form.filters = {{u"lines[0].isbn"_s, static_cast<Op>(op), Type::S, values}};
        const auto request = buildRequest(form, orders());
        QVERIFY(request);
        QCOMPARE(QString::fromStdString((*request)["FilterExpression"]), expression);
    }

    void missingOrWrongValues_areErrors()
    {
        auto form = paidOrders();
        form.partition.clear();
        QVERIFY(!buildRequest(form, orders()));
        form = paidOrders();
        form.filters[0].values = {u"twenty"_s};
        QVERIFY(QString::fromStdString(buildRequest(form, orders()).error().message).startsWith(u"total"_s));
        form.filters[0].values.clear();
        QVERIFY(!buildRequest(form, orders()));
    }

    void multiAttributeKey_isAskedForInItsOrder()
    {
        const auto request = buildRequest(semifinals(), matches());
        QVERIFY(request);
        QVERIFY(same(*request, json::parse(R"j({"TableName": "Matches", "IndexName": "byCup", "Limit": 100,
            "KeyConditionExpression": "#n0 = :v0 AND #n1 = :v1 AND #n2 = :v2 AND begins_with(#n3, :v3)",
            "ExpressionAttributeNames": {"#n0": "cup", "#n1": "season", "#n2": "round", "#n3": "bracket"},
            "ExpressionAttributeValues": {":v0": {"S": "winter"}, ":v1": {"N": "2024"}, ":v2": {"S": "semifinal"},
                ":v3": {"S": "up"}}, "ReturnConsumedCapacity": "INDEXES"})j")));
        QCOMPARE(matches().sources[1].names().join(u' '), u"cup season round bracket match"_s);
        const auto code = writeCode(CodeFlavour::Python, semifinals(), matches());
        QVERIFY(code->contains(u"& Key(\"season\").eq(2024)\n        & Key(\"round\").eq(\"semifinal\")\n"
                               "        & Key(\"bracket\").begins_with(\"up\")"_s));
    }

    void everyPartitionAttribute_needsAValue()
    {
        auto form = semifinals();
        form.morePartitions.clear();
        const auto request = buildRequest(form, matches());
        QVERIFY(!request);
        QVERIFY(QString::fromStdString(request.error().message).contains(u"season"_s));
    }

    void sortConditions_endWithTheFirstThatIsNoEquality()
    {
        auto form = semifinals();
        form.setSort(0, Condition{{}, Op::Greater, Type::S, {u"final"_s}});
        QCOMPARE(form.sorts().size(), 1);
        QCOMPARE((*buildRequest(form, matches()))["ExpressionAttributeNames"].size(), 3U);
        form = semifinals();
        form.setSort(1, Condition{{}, Op::Equal, Type::S, {u"upper"_s}});
        form.setSort(2, Condition{{}, Op::Between, Type::N, {u"1"_s, u"4"_s}});
        QCOMPARE(form.sorts().size(), 3);
        form.setSort(0, std::nullopt);
        QCOMPARE(form, [] {
            auto all = semifinals();
            all.sort.reset();
            all.moreSorts.clear();
            return all;
        }());
    }

    void scanThatFixesAMultiAttributeKey_becomesAQuery()
    {
        QueryForm form;
        form.scan = true;
        form.filters = {{u"round"_s, Op::Equal, Type::S, {u"final"_s}},
            {u"season"_s, Op::Equal, Type::N, {u"2024"_s}}, {u"goals"_s, Op::Greater, Type::N, {u"2"_s}}};
        QVERIFY(!rewriteAsQuery(form, matches())); // nothing fixes the cup
        form.filters.append({u"cup"_s, Op::Equal, Type::S, {u"winter"_s}});
        const auto query = rewriteAsQuery(form, matches());
        QVERIFY(query);
        QCOMPARE(query->partition, u"winter"_s);
        QCOMPARE(query->morePartitions, QStringList{u"2024"_s});
        QCOMPARE(query->sort->values, QStringList{u"final"_s});
        QCOMPARE(query->filters.size(), 1);
        form.filters.append({u"match"_s, Op::Equal, Type::N, {u"1"_s}});
        QVERIFY(!rewriteAsQuery(form, matches())); // it cannot be asked for without the bracket
    }

    void strongRead_isRefusedOnGlobalIndexOnly()
    {
        auto form = paidOrders();
        form.strong = true;
        QVERIFY(!strongReadProblem(form, orders()).isEmpty());
        QVERIFY(!buildRequest(form, orders())->contains("ConsistentRead"));
        form.index.clear();
        form.sort.reset();
        QVERIFY(strongReadProblem(form, orders()).isEmpty());
        QVERIFY(same((*buildRequest(form, orders()))["ConsistentRead"], true));
    }

    void scanThatFixesAnIndexKey_becomesAQuery()
    {
        QueryForm form;
        form.scan = true;
        form.filters = {
            {u"status"_s, Op::Equal, Type::S, {u"PAID"_s}}, {u"total"_s, Op::Less, Type::N, {u"9"_s}}};
        const auto query = rewriteAsQuery(form, orders());
        QVERIFY(query);
        QCOMPARE(query->index, u"byStatus"_s);
        QCOMPARE(query->partition, u"PAID"_s);
        QCOMPARE(query->filters.size(), 1);
        form.any = true;
        QVERIFY(!rewriteAsQuery(form, orders()));
    }

    void python_usesConditionsAndExactNumbers()
    {
        const auto code = writeCode(CodeFlavour::Python, paidOrders(), orders());
        QVERIFY(code);
        QCOMPARE(*code,
            u"from decimal import Decimal\n\nimport boto3\nfrom boto3.dynamodb.conditions import Attr, "
            u"Key\n\n"
            "table = boto3.resource(\"dynamodb\").Table(\"Orders\")\n\nresp = table.query(\n"
            "    IndexName=\"byStatus\",\n    KeyConditionExpression=\n        Key(\"status\").eq(\"PAID\")\n"
            "        & Key(\"placedAt\").between(10, Decimal(\"20.50\")),\n    FilterExpression=\n"
            "        Attr(\"total\").gt(20)\n        & Attr(\"tags\").contains(\"gift\"),\n"
            "    ScanIndexForward=False,\n    Limit=100,\n    ReturnConsumedCapacity=\"INDEXES\",\n)\n"
            "items = resp[\"Items\"]\n"_s);
    }

    void cli_quotesForAShell()
    {
        auto form = paidOrders();
        form.partition = u"it's"_s;
        const auto code = writeCode(CodeFlavour::Cli, form, orders());
        QVERIFY(code->startsWith(
            u"aws dynamodb query \\\n    --table-name Orders \\\n    --index-name byStatus"_s));
        QVERIFY(code->contains(u"--no-scan-index-forward"_s));
        QVERIFY(code->contains(u"{\"S\":\"it'\\''s\"}"_s));
    }

    void javaScript_holdsTheRequest()
    {
        auto form = paidOrders();
        form.filters.append({u"receipt"_s, Op::Equal, Type::B, {u"AQI="_s}});
        const auto code = writeCode(CodeFlavour::JavaScript, form, orders());
        QVERIFY(code->contains(u"new QueryCommand({"_s));
        QVERIFY(code->contains(u"ScanIndexForward: false,"_s));
        QVERIFY(code->contains(u"\":v0\": { S: \"PAID\" },"_s));
        QVERIFY(code->contains(u"{ B: Buffer.from(\"AQI=\", \"base64\") }"_s));
    }

    void explanation_comparesWithAScan()
    {
        const auto told = explain(paidOrders(), orders(), {18, 42, 3.0, 1, 6.4, false});
        QVERIFY(told.good);
        QCOMPARE(told.badge, u"Explain: index query, 384 × less than a Scan"_s);
        auto form = paidOrders();
        form.scan = true;
        const auto scan = explain(form, orders(), {18, 18432, 1152, 10, 412, false});
        QVERIFY(!scan.good);
        QVERIFY(scan.summary.startsWith(u"18 of 18 432 items matched. The other 18 414"_s));
    }
};

CHAMBER_SUITE(TstQueryBuilder, "tst_query_builder")

#include "tst_query_builder.moc"
