#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/tables/tables_area.h"

#include <nlohmann/json.hpp>

#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QUndoStack>

using namespace ui::tables;
using nlohmann::json;
using namespace Qt::StringLiterals;
using tests::click;
using tests::named;

// The area over a real chamber: what is clicked is there for every other client.
class TstTablesChamber : public QObject {
    Q_OBJECT

private:
    struct Stage {
        tests::TempChamber temp;
        tests::UiBench bench{ui::bridge::Engine::of(temp.chamber())};
        std::unique_ptr<TablesArea> area;

        json ask(const char* action, const json& input)
        {
            auto reply = temp.caller().call("dynamodb", action, input, {});
            return reply ? reply->json()
                         : json{{"error", reply.error().code}, {"message", reply.error().message}};
        }
        json stored(const char* id)
        {
            return ask("GetItem",
                {{"TableName", "Books"}, {"Key", {{"isbn", {{"S", id}}}}}, {"ConsistentRead", true}})
                .value("Item", json());
        }
        void show()
        {
            ask("CreateTable", createTableInput({u"Books"_s, {u"isbn"_s, Type::S}, {}}));
            ask("PutItem",
                {{"TableName", "Books"},
                    {"Item",
                        json::parse(
                            R"j({"isbn": {"S": "1"}, "price": {"N": "10.5"}, "tags": {"SS": ["a", "b"]},
                        "where": {"M": {"shelf": {"N": "3"}}}})j")}});
            area = std::make_unique<TablesArea>(bench.context);
            area->resize(tests::kLargeScreen);
            area->show();
        }
        ItemGrid* grid() { return named<ItemGrid>(*area, u"itemGrid"_s); }
    };

private Q_SLOTS:
    void editSaveUndoRedo_changeTheChamber()
    {
        Stage stage;
        stage.show();
        QTRY_COMPARE(stage.grid()->items().rowCount(), 1);
        const auto before = stage.stored("1");
        QVERIFY(!before.is_null());
        QTest::mouseClick(stage.grid()->viewport(), Qt::LeftButton, {},
            stage.grid()->visualRect(stage.grid()->model()->index(0, 0)).center());
        auto* document = stage.area->findChild<ItemDocument*>();
        QVERIFY(document && document->isOpen());
        document->setText({u"where"_s, u"shelf"_s}, u"4"_s);
        document->remove({u"tags"_s});
        document->add({}, u"note"_s, Type::S);
        document->setText({u"note"_s}, u"new"_s);
        QVERIFY(click(*stage.area, u"saveItem"_s));
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        auto after = stage.stored("1");
        QVERIFY2(after == json::parse(R"j({"isbn": {"S": "1"}, "price": {"N": "10.5"}, "note": {"S": "new"},
            "where": {"M": {"shelf": {"N": "4"}}}})j"),
            after.dump().c_str());
        stage.bench.undo.undo();
        QTRY_VERIFY(stage.stored("1") == before);
        stage.bench.undo.redo();
        QTRY_VERIFY(stage.stored("1") == after);
    }

    void itemWrittenBySomebodyElse_isNotOverwritten()
    {
        Stage stage;
        stage.show();
        QTRY_COMPARE(stage.grid()->items().rowCount(), 1);
        QTest::mouseClick(stage.grid()->viewport(), Qt::LeftButton, {},
            stage.grid()->visualRect(stage.grid()->model()->index(0, 0)).center());
        auto* document = stage.area->findChild<ItemDocument*>();
        document->setText({u"price"_s}, u"11"_s);
        stage.ask("PutItem",
            {{"TableName", "Books"},
                {"Item", json::parse(R"j({"isbn": {"S": "1"}, "price": {"N": "12"}})j")}});
        QVERIFY(click(*stage.area, u"saveItem"_s));
        QTRY_VERIFY(named(*stage.area, u"itemError"_s)->isVisible());
        QCOMPARE(stage.stored("1")["price"]["N"].get<std::string>(), std::string("12"));
        QCOMPARE(stage.bench.undo.count(), 0);
    }

    void deletedTable_isBackWithItsItemsAfterUndo()
    {
        Stage stage;
        stage.show();
        QTRY_COMPARE(stage.grid()->items().rowCount(), 1);
        const auto before = stage.stored("1");
        QVERIFY(click(*stage.area, u"deleteTable"_s));
        QTRY_COMPARE(stage.ask("ListTables", json::object())["TableNames"].size(), 0U);
        QTRY_COMPARE(stage.bench.undo.count(), 1);
        stage.bench.undo.undo();
        QTRY_VERIFY(stage.stored("1") == before);
    }

    void itemsFromAnSdk_appearByThemselves()
    {
        Stage stage;
        stage.show();
        QTRY_COMPARE(stage.grid()->items().rowCount(), 1);
        stage.ask("PutItem", {{"TableName", "Books"}, {"Item", {{"isbn", {{"S", "2"}}}}}});
        QTRY_COMPARE(stage.grid()->items().rowCount(), 2);
    }
};

CHAMBER_SUITE(TstTablesChamber, "tst_tables_chamber")

#include "tst_tables_chamber.moc"
