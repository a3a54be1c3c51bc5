#include "core/http/server.h"
#include "core/project/sam_import.h"
#include "tests/support/patience.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/cdn/cdn_area.h"
#include "ui/cdn/entries_panel.h"
#include "ui/cdn/world_map.h"
#include "ui/kit/decision_trace.h"

#include <nlohmann/json.hpp>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using nlohmann::json;
using namespace ui::cdn;

class TstCdnArea : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void projection_putsCitiesWhereTheLandIs();
    void entryModel_isAModel();
    void noDistribution_saysWhatToDo();
    void send_missesThenHitsAndExplains();
    void later_agesTheEntry();
    void invalidate_countsFirstThenRemoves();
    void filters_limitTheEntries();
    void change_byAnSdkShowsAtOnce();
    void screens();

private:
    void openSample();
    void send(const QString& path);
    QString served() const;

    std::unique_ptr<tests::TempChamber> m_chamber;
    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<CdnArea> m_area;
};

void TstCdnArea::init()
{
    m_chamber = std::make_unique<tests::TempChamber>(false);
    m_bench = std::make_unique<tests::UiBench>(ui::bridge::Engine::of(m_chamber->chamber()));
}

void TstCdnArea::cleanup()
{
    m_area.reset();
    m_bench.reset();
    m_chamber.reset();
}

void TstCdnArea::openSample()
{
    const auto report = core::project::openSample(
        places::source("resources/samples/corner-bookshop"), m_chamber->chamber().caller(), "us-east-1");
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    m_area = std::make_unique<CdnArea>(m_bench->context);
    m_area->resize(tests::kLargeScreen);
    m_area->show();
    QTRY_VERIFY(tests::named<QPushButton>(*m_area, u"cdnSend"_s)->isVisible());
}

void TstCdnArea::send(const QString& path)
{
    tests::named<QLineEdit>(*m_area, u"cdnPath"_s)->setText(path);
    QVERIFY(tests::click(*m_area, u"cdnSend"_s));
    auto* button = tests::named<QPushButton>(*m_area, u"cdnSend"_s);
    QTRY_VERIFY(button->isEnabled());
}

QString TstCdnArea::served() const
{
    return tests::named<QLabel>(*m_area, u"cdnServed"_s)->text();
}

void TstCdnArea::projection_putsCitiesWhereTheLandIs()
{
    QCOMPARE(projected(77, -180), QPointF(0, 0));
    const auto south = projected(-56, 180);
    QCOMPARE(south.x(), 1000.0);
    QVERIFY(std::abs(south.y() - 425.1) < 0.5);
}

void TstCdnArea::entryModel_isAModel()
{
    auto* model = makeEntryModel(this);
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    EntryRow row{.edge = u"GRU"_s,
        .path = u"/books"_s,
        .key = u"7f3a91"_s,
        .variant = u"author=verne"_s,
        .state = u"fresh"_s,
        .reason = u"max-age=60"_s,
        .age = 42,
        .lifetime = 60,
        .size = 2100,
        .hits = 31};
    model->setRows({row});
    QCOMPARE(model->index(0, 2).data().toString(), u"Fresh"_s);
    QCOMPARE(model->index(0, 3).data(Qt::AccessibleTextRole).toString(), u"42 s of 60 s"_s);
    row.age = 70;
    row.state = u"stale"_s;
    auto other = row;
    other.edge = u"FRA"_s;
    model->setRows({other, row});
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->index(1, 2).data().toString(), u"Stale"_s);
    delete model;
}

void TstCdnArea::noDistribution_saysWhatToDo()
{
    m_area = std::make_unique<CdnArea>(m_bench->context);
    m_area->resize(tests::kLargeScreen);
    m_area->show();
    QVERIFY(tests::named<QWidget>(*m_area, u"cdnCopyCommand"_s)->isVisible());
    tests::writeScreenshots(*m_area, u"cdn-empty"_s);
}

void TstCdnArea::send_missesThenHitsAndExplains()
{
    openSample();
    send(u"/covers/9781400000012.svg"_s);
    QCOMPARE(served(), u"Served by edge GRU"_s);
    auto* table = tests::named<QTableView>(*m_area, u"cdnEntryTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"GRU"_s);
    send(u"/covers/9781400000012.svg"_s);
    QTRY_COMPARE(table->model()->index(0, 5).data().toString(), u"1"_s);
    QTRY_COMPARE(tests::named<QLabel>(*m_area, u"cdnRequests"_s)->text(), u"2"_s);
    QCOMPARE(tests::named<QLabel>(*m_area, u"cdnHitRatio"_s)->text(), u"50.0 %"_s);
    QVERIFY(!m_bench->navigator.track.isEmpty());
    QVERIFY(tests::click(*m_area, u"cdnTrack"_s));
    QCOMPARE(m_bench->navigator.opened.back().kind, u"track"_s);
}

void TstCdnArea::later_agesTheEntry()
{
    openSample();
    m_chamber->chamber().clock().pause();
    send(u"/covers/9781400000012.svg"_s);
    QVERIFY(tests::click(*m_area, u"cdnLater"_s));
    auto* table = tests::named<QTableView>(*m_area, u"cdnEntryTable"_s);
    QTRY_COMPARE(table->model()->index(0, 3).data(Qt::AccessibleTextRole).toString(), u"20 s of 24 h"_s);
}

void TstCdnArea::invalidate_countsFirstThenRemoves()
{
    openSample();
    send(u"/covers/9781400000012.svg"_s);
    send(u"/covers/9781400000043.svg"_s);
    auto* table = tests::named<QTableView>(*m_area, u"cdnEntryTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    auto* button = tests::named<QPushButton>(*m_area, u"cdnInvalidate"_s);
    tests::named<QLineEdit>(*m_area, u"cdnPattern"_s)->setText(u"/covers/*43.svg"_s);
    QVERIFY(!button->isEnabled());
    tests::named<QLineEdit>(*m_area, u"cdnPattern"_s)->setText(u"/covers/978140000004*"_s);
    QCOMPARE(button->text(), u"Invalidate 1"_s);
    QVERIFY(tests::click(*m_area, u"cdnInvalidate"_s));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QVERIFY(tests::click(*m_area, u"cdnEmpty"_s));
    QTRY_COMPARE(table->model()->rowCount(), 0);
}

void TstCdnArea::filters_limitTheEntries()
{
    openSample();
    send(u"/covers/9781400000012.svg"_s);
    send(u"/covers/nothing.svg"_s);
    auto* table = tests::named<QTableView>(*m_area, u"cdnEntryTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    tests::named<QLineEdit>(*m_area, u"cdnEntrySearch"_s)->setText(u"nothing"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 2).data().toString(), u"404 cached"_s);
    tests::named<QLineEdit>(*m_area, u"cdnEntrySearch"_s)->clear();
    auto* map = m_area->findChild<WorldMap*>();
    QTest::keyClick(map, Qt::Key_Right);
    QCOMPARE(table->model()->rowCount(), map->selectedEdge() == "GRU"_L1 ? 2 : 0);
    QTest::keyClick(map, Qt::Key_Escape);
    QCOMPARE(table->model()->rowCount(), 2);
}

void TstCdnArea::change_byAnSdkShowsAtOnce()
{
    openSample();
    auto& caller = m_chamber->chamber().caller();
    const auto listed = caller.call("cdn", "ListDistributions", json::object(), {});
    const auto id = listed->json()["DistributionList"]["Items"][0]["Id"];
    const auto found = caller.call("cdn", "GetDistributionConfig", {{"Id", id}}, {});
    auto config = found->json()["DistributionConfig"];
    config["CallerReference"] = "another";
    config["Comment"] = "second";
    QVERIFY(caller.call("cdn", "CreateDistribution", {{"DistributionConfig", config}}, {}).has_value());
    QTRY_COMPARE(tests::named<QComboBox>(*m_area, u"cdnDistribution"_s)->count(), 2);
}

void TstCdnArea::screens()
{
    openSample();
    tests::named<QWidget>(*m_area, u"cdnEveryCity"_s)->setProperty("checked", true);
    send(u"/covers/9781400000012.svg"_s);
    send(u"/covers/9781400000012.svg"_s);
    send(u"/covers/9781400000043.svg"_s);
    tests::named<QWidget>(*m_area, u"cdnEveryCity"_s)->setProperty("checked", false);
    send(u"/covers/nothing.svg"_s);
    send(u"/covers/9781400000012.svg?utm=mail"_s);
    tests::named<QLineEdit>(*m_area, u"cdnPattern"_s)->setText(u"/covers/*"_s);
    QTRY_VERIFY(tests::named<QTableView>(*m_area, u"cdnEntryTable"_s)->model()->rowCount() > 20);
    tests::writeScreenshots(*m_area, u"cdn"_s);
    tests::writeScreenshots(*m_area, u"cdn-small"_s, tests::kSmallScreen);
}

CHAMBER_SUITE(TstCdnArea, "tst_cdn_area")
#include "tst_cdn_area.moc"
