#include "tests/support/patience.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/tables/query_panel.h"
#include "ui/tables/tables_area.h"

#include <nlohmann/json.hpp>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace ui::tables;
using nlohmann::json;
using namespace Qt::StringLiterals;
using tests::named;

namespace {

// QCOMPARE does not take json; this shows both when they differ.
bool same(const json& actual, const json& expected)
{
    if (actual == expected)
        return true;
    qWarning("is %s\nnot %s", actual.dump().c_str(), expected.dump().c_str());
    return false;
}

const auto kDescription = json::parse(R"j({"Table": {
    "TableName": "Orders", "TableStatus": "ACTIVE", "ItemCount": 60, "TableSizeBytes": 31400,
    "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
    "AttributeDefinitions": [{"AttributeName": "customerId", "AttributeType": "S"},
        {"AttributeName": "orderId", "AttributeType": "S"}, {"AttributeName": "status", "AttributeType": "S"},
        {"AttributeName": "placedAt", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "customerId", "KeyType": "HASH"}, {"AttributeName": "orderId", "KeyType": "RANGE"}],
    "GlobalSecondaryIndexes": [{"IndexName": "byStatus", "Projection": {"ProjectionType": "ALL"}, "KeySchema":
        [{"AttributeName": "status", "KeyType": "HASH"}, {"AttributeName": "placedAt", "KeyType": "RANGE"}]}]}})j");

json seed()
{
    QFile file(
        QString::fromStdString(places::source("resources/samples/corner-bookshop/seed/tables/Orders.json")));
    if (!file.open(QIODevice::ReadOnly))
        return json::array();
    auto items = json::parse(file.readAll().toStdString())["Orders"];
    items.erase(items.begin() + 60, items.end());
    return items;
}

// A table of the sample behind a caller that remembers; items as in the sample's seed.
class Bench : public tests::UiBench {
public:
    Bench()
    {
        caller.answer("ListTables", json{{"TableNames", {"Orders"}}});
        caller.answer("DescribeTable", kDescription);
        caller.answer("Scan", [this](const json& input) { return page(input, "Scan"); });
        caller.answer("Query", [this](const json& input) { return page(input, "Query"); });
        caller.answer("GetItem", [this](const json& input) -> json {
            for (const auto& item : items) {
                if (item["orderId"] == input["Key"]["orderId"])
                    return {{"Item", item}};
            }
            return json::object();
        });
        for (const auto* action :
            {"UpdateItem", "PutItem", "DeleteItem", "DeleteTable", "CreateTable", "BatchWriteItem"})
            caller.answer(action, json::object());
    }

    core::Result<json> page(const json& input, const std::string& action)
    {
        const auto limit = input.value("Limit", 1000U);
        std::size_t from = 0;
        if (input.contains("ExclusiveStartKey"))
            from = std::stoul(input["ExclusiveStartKey"]["at"]["N"].get<std::string>());
        json found = json::array();
        auto at = from;
        for (; at < std::min<std::size_t>(items.size(), from + limit); ++at)
            found.push_back(items[at]);
        json answer{{"Items", found}, {"Count", found.size()},
            {"ScannedCount", action == "Scan" ? found.size() : found.size() + 2},
            {"ConsumedCapacity", {{"CapacityUnits", action == "Scan" ? 4.0 : 0.5}}}};
        if (at < items.size())
            answer["LastEvaluatedKey"] = {{"at", {{"N", std::to_string(at)}}}};
        return answer;
    }

    json last(const std::string& action) const
    {
        const auto all = caller.asked(action);
        return all.empty() ? json() : json::parse(all.back().input);
    }

    json items = seed();
};

// A popover's former content dies later; without that it would be found by name.
bool click(QWidget& root, const QString& objectName)
{
    const bool clicked = tests::click(root, objectName);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return clicked;
}

void fill(QWidget& root, const QString& name, const QString& text)
{
    auto* field = named<QLineEdit>(root, name);
    QVERIFY(field);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
}

QString text(QWidget& root, const QString& label)
{
    auto* found = named<QLabel>(root, label);
    return found ? found->text() : QString();
}

}

class TstTablesArea : public QObject {
    Q_OBJECT

private:
    // An area that shows the Orders table and its first page.
    struct Stage {
        Bench bench;
        std::unique_ptr<TablesArea> area;
        ItemGrid* grid = nullptr;

        bool open(int rows)
        {
            area = std::make_unique<TablesArea>(bench.context);
            area->resize(tests::kLargeScreen);
            area->show();
            grid = named<ItemGrid>(*area, u"itemGrid"_s);
            return grid
                && QTest::qWaitFor([&] { return grid->items().rowCount() == rows; }, tests::kPatience);
        }
        void select(int row)
        {
            const auto rect = grid->visualRect(grid->model()->index(row, 0));
            QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, rect.center());
        }
        void edit(const Path& path, const QString& text)
        {
            auto* form = named<ItemForm>(*area, u"itemForm"_s);
            const auto index = static_cast<ItemTreeModel*>(form->model())->find(path).siblingAtColumn(1);
            form->setCurrentIndex(index);
            QTest::keyClick(form, Qt::Key_F2);
            auto* editor = form->findChild<QLineEdit*>(u"valueEditor"_s);
            QVERIFY(editor);
            editor->selectAll();
            QTest::keyClicks(editor, text);
            QTest::keyClick(editor, Qt::Key_Return);
            QTRY_VERIFY(!form->findChild<QLineEdit*>(u"valueEditor"_s));
        }
    };

private Q_SLOTS:
    void opening_scansTheFirstTable()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        const QAbstractItemModelTester gridTester(stage.grid->model());
        const QAbstractItemModelTester listTester(named<QTreeView>(*stage.area, u"tableTree"_s)->model());
        QVERIFY(same(stage.bench.last("Scan"),
            json::parse(R"j({"TableName": "Orders", "Limit": 100, "ReturnConsumedCapacity": "INDEXES"})j")));
        const auto& columns = stage.grid->items().attributes();
        QCOMPARE(columns[0].name, u"customerId"_s);
        QCOMPARE(columns[1].name, u"orderId"_s);
        QVERIFY(text(*stage.area, u"resultCounts"_s).contains(u">60<"_s));
    }

    void builder_runsAQueryOnAnIndex()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        auto* source = named<QComboBox>(area, u"querySource"_s);
        source->setCurrentIndex(1);
        QVERIFY(click(area, u"modeQuery"_s));
        QVERIFY(!named(area, u"strongRead"_s)->isEnabled());
        QVERIFY(click(area, u"runQuery"_s));
        QVERIFY(!text(area, u"queryProblem"_s).isEmpty());
        QVERIFY(click(area, u"partitionChip"_s));
        fill(area, u"conditionValue"_s, u"PAID"_s);
        QVERIFY(click(area, u"conditionApply"_s));
        QVERIFY(click(area, u"addFilter"_s));
        named<QComboBox>(area, u"conditionAttribute"_s)->setCurrentText(u"total"_s);
        named<QComboBox>(area, u"conditionOperator"_s)->setCurrentText(u">"_s);
        fill(area, u"conditionValue"_s, u"20"_s);
        QTest::keyClick(named(area, u"conditionValue"_s), Qt::Key_Return);
        QVERIFY(click(area, u"orderNewest"_s));
        QTest::keyClick(&area, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(stage.bench.caller.asked("Query").size(), 1U);
        QVERIFY(same(stage.bench.last("Query"),
            json::parse(R"j({"TableName": "Orders", "IndexName": "byStatus", "Limit": 100,
            "KeyConditionExpression": "#n0 = :v0", "FilterExpression": "#n1 > :v1", "ScanIndexForward": false,
            "ExpressionAttributeNames": {"#n0": "status", "#n1": "total"},
            "ExpressionAttributeValues": {":v0": {"S": "PAID"}, ":v1": {"N": "20"}},
            "ReturnConsumedCapacity": "INDEXES"})j")));
        QTRY_VERIFY(named<QPushButton>(area, u"explainQuery"_s)->text().contains(u"index query, 8 ×"_s));
        QVERIFY(click(area, u"showCode"_s));
        QVERIFY(named<ui::code::CodeEditor>(area, u"requestCode"_s)
                    ->text()
                    .contains(u"Key(\"status\").eq(\"PAID\")"_s));
        tests::writeScreenshots(area, u"tables-query"_s);
    }

    void builder_asksForAMultiAttributeKey()
    {
        Stage stage;
        auto description = kDescription;
        auto& keys = description["Table"]["GlobalSecondaryIndexes"][0]["KeySchema"];
        keys = json::parse(R"j([{"AttributeName": "status", "KeyType": "HASH"},
            {"AttributeName": "customerId", "KeyType": "HASH"}, {"AttributeName": "placedAt", "KeyType": "RANGE"},
            {"AttributeName": "orderId", "KeyType": "RANGE"}])j");
        stage.bench.caller.answer("DescribeTable", description);
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        const auto give = [&](const QString& chip, const QString& op, const QString& value) {
            QVERIFY(click(area, chip));
            if (!op.isEmpty())
                named<QComboBox>(area, u"conditionOperator"_s)->setCurrentText(op);
            fill(area, u"conditionValue"_s, value);
            QVERIFY(click(area, u"conditionApply"_s));
        };
        QVERIFY(named(area, u"strongRead"_s)->isEnabled());
        named<QComboBox>(area, u"querySource"_s)->setCurrentIndex(1);
        QVERIFY(click(area, u"modeQuery"_s));
        QVERIFY(!named(area, u"strongRead"_s)->isEnabled());
        QVERIFY(named(area, u"strongRead"_s)->toolTip().contains(u"global secondary index"_s));
        QVERIFY(!named(area, u"partitionChip3"_s)->isVisible());
        QVERIFY(!named(area, u"sortChip2"_s)->isVisible()); // the first one is not fixed yet
        give(u"partitionChip"_s, {}, u"PAID"_s);
        QVERIFY(click(area, u"runQuery"_s));
        QVERIFY(text(area, u"queryProblem"_s).contains(u"customerId"_s));
        give(u"partitionChip2"_s, {}, u"theo"_s);
        give(u"sortChip"_s, u"="_s, u"2026-10-01"_s);
        give(u"sortChip2"_s, u"begins with"_s, u"ORD-10"_s);
        QVERIFY(click(area, u"runQuery"_s));
        QTRY_COMPARE(stage.bench.caller.asked("Query").size(), 1U);
        QVERIFY(same(stage.bench.last("Query"),
            json::parse(R"j({"TableName": "Orders", "IndexName": "byStatus", "Limit": 100,
            "KeyConditionExpression": "#n0 = :v0 AND #n1 = :v1 AND #n2 = :v2 AND begins_with(#n3, :v3)",
            "ExpressionAttributeNames": {"#n0": "status", "#n1": "customerId", "#n2": "placedAt", "#n3": "orderId"},
            "ExpressionAttributeValues": {":v0": {"S": "PAID"}, ":v1": {"S": "theo"}, ":v2": {"S": "2026-10-01"},
                ":v3": {"S": "ORD-10"}}, "ReturnConsumedCapacity": "INDEXES"})j")));
        tests::writeScreenshots(area, u"tables-multi-attribute-key"_s);
        give(u"sortChip"_s, u">"_s, u"2026-10-01"_s);
        QVERIFY(!named(area, u"sortChip2"_s)->isVisible());
        QCOMPARE(named<QueryPanel>(area, u"queryPanel"_s)->form().sorts().size(), 1);
    }

    void strongRead_isAskedForOnTheTable()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        QVERIFY(click(*stage.area, u"strongRead"_s));
        QVERIFY(click(*stage.area, u"runQuery"_s));
        QTRY_COMPARE(stage.bench.caller.asked("Scan").size(), 2U);
        QVERIFY(same(stage.bench.last("Scan")["ConsistentRead"], true));
    }

    void grid_pagesOverTheLastKey()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        named<QSpinBox>(area, u"queryLimit"_s)->setValue(40);
        QVERIFY(click(area, u"runQuery"_s));
        QTRY_COMPARE(stage.grid->items().rowCount(), 40);
        QTRY_VERIFY(named(area, u"nextPage"_s)->isEnabled());
        QVERIFY(click(area, u"nextPage"_s));
        QTRY_COMPARE(stage.grid->items().rowCount(), 60);
        QVERIFY(same(stage.bench.last("Scan")["ExclusiveStartKey"]["at"]["N"], "40"));
        QVERIFY(text(area, u"resultCounts"_s).contains(u">2<"_s));
    }

    void editedItem_isSavedAsAConditionalUpdateAndUndone()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        stage.select(0);
        const auto before = stage.bench.items[0]["total"]["N"].get<std::string>();
        QTRY_VERIFY(named(area, u"itemForm"_s)->isVisible());
        const QAbstractItemModelTester formTester(named<ItemForm>(area, u"itemForm"_s)->model());
        stage.edit({u"total"_s}, u"59.00"_s);
        QVERIFY(text(area, u"changeLines"_s).contains(u"59.00"_s));
        QVERIFY(text(area, u"changeLines"_s).contains(QString::fromStdString(before)));
        tests::writeScreenshots(area, u"tables"_s);
        tests::writeScreenshots(area, u"tables-small"_s, tests::kSmallScreen);
        QVERIFY(click(area, u"saveItem"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        const auto sent = stage.bench.last("UpdateItem");
        QVERIFY(same(sent["UpdateExpression"], "SET #n0 = :v0"));
        QVERIFY(same(sent["ConditionExpression"], "#n0 = :v1 AND attribute_exists(#n1)"));
        QVERIFY(same(sent["ExpressionAttributeValues"][":v0"]["N"], "59.00"));
        QVERIFY(same(sent["ExpressionAttributeValues"][":v1"]["N"], before));
        stage.bench.undo.undo();
        QTRY_COMPARE(stage.bench.caller.asked("UpdateItem").size(), 2U);
        QVERIFY(same(stage.bench.last("UpdateItem")["ExpressionAttributeValues"][":v0"]["N"], before));
        stage.bench.undo.redo();
        QTRY_COMPARE(stage.bench.caller.asked("UpdateItem").size(), 3U);
        QVERIFY(same(stage.bench.last("UpdateItem"), sent));
    }

    void itemChangedByOthers_showsTheConflictAndKeepsTheEdit()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        stage.select(0);
        stage.edit({u"total"_s}, u"59"_s);
        stage.bench.caller.answer("UpdateItem", [](const json&) -> core::Result<json> {
            return core::fail(core::ErrorKind::Invalid, "ConditionalCheckFailedException",
                "The conditional request failed");
        });
        stage.bench.items[0]["total"]["N"] = "12.5";
        QVERIFY(click(area, u"saveItem"_s));
        QTRY_VERIFY(named(area, u"itemError"_s)->isVisible());
        QCOMPARE(stage.bench.undo.count(), 0);
        QVERIFY(text(area, u"changeLines"_s).contains(u"59"_s));
        QVERIFY(click(area, u"compareItem"_s));
        QTRY_VERIFY(text(area, u"itemDifference"_s).contains(u"12.5"_s));
        tests::writeScreenshots(area, u"tables-conflict"_s);
        QVERIFY(click(area, u"reloadKeepItem"_s));
        QTRY_VERIFY(text(area, u"changeLines"_s).contains(u"12.5"_s));
        QVERIFY(text(area, u"changeLines"_s).contains(u"59"_s));
    }

    void badNumber_cannotBeSaved()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        stage.select(0);
        stage.edit({u"total"_s}, u"many"_s);
        QVERIFY(!text(*stage.area, u"itemProblem"_s).isEmpty());
        QVERIFY(!named(*stage.area, u"saveItem"_s)->isEnabled());
        QVERIFY(click(*stage.area, u"discardItem"_s));
        QVERIFY(!named(*stage.area, u"changeLines"_s)->isVisible());
    }

    void newItem_isPutUnlessThereIsOne()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        QVERIFY(click(area, u"newItem"_s));
        QVERIFY(!named(area, u"saveItem"_s)->isEnabled());
        stage.edit({u"customerId"_s}, u"mina"_s);
        stage.edit({u"orderId"_s}, u"ORD-9"_s);
        QVERIFY(click(area, u"addAttribute"_s));
        fill(area, u"attributeName"_s, u"gift"_s);
        named<QComboBox>(area, u"attributeType"_s)->setCurrentText(u"BOOL"_s);
        QVERIFY(click(area, u"attributeAdd"_s));
        QVERIFY(click(area, u"saveItem"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        const auto sent = stage.bench.last("PutItem");
        QVERIFY(same(sent["Item"],
            json::parse(
                R"j({"customerId": {"S": "mina"}, "orderId": {"S": "ORD-9"}, "gift": {"BOOL": false}})j")));
        QVERIFY(same(sent["ConditionExpression"], "attribute_not_exists(#n0)"));
        stage.bench.undo.undo();
        QTRY_VERIFY(same(stage.bench.last("DeleteItem")["Key"]["orderId"]["S"], "ORD-9"));
    }

    void deletedItem_comesBackByUndo()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        stage.select(2);
        QVERIFY(click(*stage.area, u"deleteItem"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        stage.bench.undo.undo();
        QTRY_VERIFY(same(stage.bench.last("PutItem")["Item"], stage.bench.items[2]));
    }

    void jsonWithAnError_saysWhereAndIsNotSaved()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        stage.select(0);
        QVERIFY(click(area, u"itemAsJson"_s));
        auto* editor = named<ui::code::CodeEditor>(area, u"itemJson"_s);
        editor->replaceText(u"{\n  \"total\": 12\n}"_s);
        QTRY_VERIFY(named(area, u"itemJsonError"_s)->isVisible());
        QVERIFY(text(area, u"itemJsonError"_s).startsWith(u"total"_s));
        editor->replaceText(u"{\n  \"total\": {\"N\": \"12\"}\n}"_s);
        QTRY_VERIFY(!named(area, u"itemJsonError"_s)->isVisible());
        QVERIFY(text(area, u"changeLines"_s).contains(u"REMOVE"_s));
        QVERIFY(text(area, u"changeLines"_s).contains(u"12"_s));
    }

    void newTable_isCreatedAndUndone()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        QVERIFY(click(area, u"addTable"_s));
        QVERIFY(click(area, u"createTable"_s));
        QVERIFY(stage.bench.caller.asked("CreateTable").empty());
        fill(area, u"newTableName"_s, u"Reviews"_s);
        fill(area, u"newTablePartition"_s, u"isbn"_s);
        fill(area, u"newTableSort"_s, u"at"_s);
        named<QComboBox>(area, u"newTableSortType"_s)->setCurrentIndex(1);
        QVERIFY(click(area, u"createTable"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        QVERIFY(same(stage.bench.last("CreateTable"),
            json::parse(R"j({"TableName": "Reviews", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "isbn", "AttributeType": "S"}, {"AttributeName": "at", "AttributeType": "N"}],
            "KeySchema": [{"AttributeName": "isbn", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}]})j")));
        stage.bench.undo.undo();
        QTRY_VERIFY(same(stage.bench.last("DeleteTable"), json::parse(R"j({"TableName": "Reviews"})j")));
    }

    void deletedTable_comesBackWithItsItems()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        QVERIFY(click(*stage.area, u"deleteTable"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        QVERIFY(same(stage.bench.last("DeleteTable"), json::parse(R"j({"TableName": "Orders"})j")));
        stage.bench.undo.undo();
        QTRY_COMPARE(stage.bench.caller.asked("BatchWriteItem").size(), 3U);
        QCOMPARE(stage.bench.last("CreateTable")["GlobalSecondaryIndexes"].size(), 1U);
        QCOMPARE(stage.bench.last("BatchWriteItem")["RequestItems"]["Orders"].size(), 10U);
    }

    void scanThatCouldBeAQuery_isRewritten()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        auto& area = *stage.area;
        QVERIFY(click(area, u"addFilter"_s));
        named<QComboBox>(area, u"conditionAttribute"_s)->setCurrentText(u"status"_s);
        fill(area, u"conditionValue"_s, u"PAID"_s);
        QVERIFY(click(area, u"conditionApply"_s));
        QVERIFY(click(area, u"runQuery"_s));
        QTRY_COMPARE(stage.bench.caller.asked("Scan").size(), 2U);
        QTRY_VERIFY(named(area, u"explainQuery"_s)->isVisible());
        QVERIFY(click(area, u"explainQuery"_s));
        tests::writeScreenshots(area, u"tables-scan-explain"_s);
        QVERIFY(click(area, u"rewriteAsQuery"_s));
        QTRY_VERIFY(same(stage.bench.last("Query")["IndexName"], "byStatus"));
    }

    void writeByAnSdk_showsWithoutARefreshButton()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        stage.select(1);
        const auto key = stage.grid->currentKey();
        auto fresh = stage.bench.items[0];
        fresh["orderId"]["S"] = "ORD-NEW";
        stage.bench.items.insert(stage.bench.items.begin(), fresh);
        stage.bench.changes.publish({"dynamodb", "PutItem", "us-east-1", "Orders", true});
        QTRY_COMPARE(stage.grid->items().rowCount(), 61);
        QCOMPARE(stage.grid->currentKey(), key);
        QVERIFY(stage.bench.caller.asked("Scan").back().quiet);
    }

    void failedRun_showsTheErrorAndKeepsTheForm()
    {
        Stage stage;
        QVERIFY(stage.open(60));
        stage.bench.caller.answer("Scan", [](const json&) -> core::Result<json> {
            return core::fail(
                core::ErrorKind::Throttled, "ProvisionedThroughputExceededException", "Too fast");
        });
        QVERIFY(click(*stage.area, u"runQuery"_s));
        QTRY_VERIFY(named(*stage.area, u"tablesError"_s)->isVisible());
        QVERIFY(named(*stage.area, u"runQuery"_s)->isEnabled());
    }
};

CHAMBER_SUITE(TstTablesArea, "tst_tables_area")

#include "tst_tables_area.moc"
