#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/kit/controls.h"
#include "ui/kit/decision_trace.h"
#include "ui/tracks/span_delegate.h"
#include "ui/tracks/track_view.h"
#include "ui/tracks/tracks_area.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui::tracks;
using core::trace::SpanKind;

namespace {

// A request as the sample makes it: CDN, API, cold function, two table calls.
void placeOrder(core::trace::Tracer& tracer, int status)
{
    auto root = tracer.open({"POST", "/orders", "New York", "cdn", "viewer request"});
    root.setResource("shop-cdn");
    root.step("Behavior *", "Default behavior, origin api");
    auto api = root.child("apigateway", "POST /orders", "shop-api");
    auto function = api.child("lambda", "Invoke", "place-order");
    const auto start = function.elapsed();
    auto init = function.child("lambda", "init", "place-order", SpanKind::ColdStart);
    init.setTiming(start, 148'000);
    init.step("No idle environment", "Starts a new one, 1 of 10");
    init.end();
    auto handler = function.child("lambda", "invoke", "place-order");
    auto get = handler.child("dynamodb", "GetItem", "Books");
    get.setTiming(start + 150'000, 9'200);
    get.end();
    handler.setTiming(start + 149'000, 41'800);
    handler.end();
    function.setTiming(start, 191'500);
    function.end();
    api.setTiming(start, 199'000);
    api.end();
    root.setStatus(status);
    root.setTrackNote("Cold start");
    root.setTiming(0, 214'000);
    root.end();
}

}

class TstTracksArea : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_sumTheTimeOfEachService();
    void filter_understandsItsWords_data();
    void filter_understandsItsWords();
    void models_areModels();
    void ruler_hasRoundSteps();
    void newTrack_showsAtOnce();
    void selectingATrack_showsWaterfallAndSteps();
    void kindsAndFilter_limitTheList();
    void hold_keepsTheList();
    void clear_forgetsTracks();
    void screens();
};

void TstTracksArea::rows_sumTheTimeOfEachService()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    const auto row = ui::bridge::trackRow(bench.tracer.latest(1).front());
    QVERIFY(row.cold);
    QCOMPARE(row.method, u"POST"_s);
    QVERIFY(row.services.contains(u"dynamodb"_s));
    double cold = 0;
    double tables = 0;
    for (const auto& part : row.parts) {
        cold += part.cold ? part.share : 0;
        tables += part.hue == ui::kit::Hue::Tbl ? part.share : 0;
    }
    QCOMPARE(cold, 148'000.0);
    QCOMPARE(tables, 9'200.0);
}

void TstTracksArea::filter_understandsItsWords_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("expected");
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("status class") << u"status:5xx"_s << true;
    QTest::newRow("other class") << u"status:2xx"_s << false;
    QTest::newRow("path") << u"path:/ORD"_s << true;
    QTest::newRow("slower") << u"slower:100ms"_s << true;
    QTest::newRow("not so slow") << u"slower:300ms"_s << false;
    QTest::newRow("from and word") << u"from:york post"_s << true;
    QTest::newRow("one of two") << u"post tokyo"_s << false;
}

void TstTracksArea::filter_understandsItsWords()
{
    QFETCH(QString, filter);
    QFETCH(bool, expected);
    ui::bridge::TrackRow row;
    row.method = u"POST"_s;
    row.path = u"/orders"_s;
    row.status = 502;
    row.duration = 214'000;
    row.from = u"New York"_s;
    QCOMPARE(ui::bridge::fits(row, filter), expected);
}

void TstTracksArea::models_areModels()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    const auto track = bench.tracer.latest(1).front();
    auto* spans = makeSpanModel(this);
    QAbstractItemModelTester spanTester(spans, QAbstractItemModelTester::FailureReportingMode::QtTest);
    spans->setTree(spanTree(track));
    QCOMPARE(spans->rowCount(), 1);
    auto* tracks = makeTrackModel(this);
    QAbstractItemModelTester trackTester(tracks, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tracks->setRows({ui::bridge::trackRow(track)});
    QCOMPARE(tracks->index(0, 0).data(Qt::AccessibleTextRole).toString(),
        u"POST /orders, 201, 214 ms, cold start"_s);
}

void TstTracksArea::ruler_hasRoundSteps()
{
    QCOMPARE(rulerStep(214'000), qint64(50'000));
    QCOMPARE(rulerStep(900), qint64(200));
    QVERIFY(214'000 / rulerStep(214'000) < 7);
}

void TstTracksArea::newTrack_showsAtOnce()
{
    tests::UiBench bench;
    TracksArea area(bench.context);
    area.resize(tests::kLargeScreen);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QCOMPARE(list->model()->rowCount(), 0);
    placeOrder(bench.tracer, 201);
    QTRY_COMPARE(list->model()->rowCount(), 1);
}

void TstTracksArea::selectingATrack_showsWaterfallAndSteps()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    TracksArea area(bench.context);
    area.resize(tests::kLargeScreen);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::mouseClick(
        list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    auto* path = tests::named<QLabel>(area, u"trackPath"_s);
    QTRY_COMPARE(path->text(), u"/orders"_s);
    QVERIFY(!bench.navigator.track.isEmpty());
    QCOMPARE(tests::named<QLabel>(area, u"trackWarm"_s)->text(), u"66 ms"_s);
    auto* tree = tests::named<QTreeView>(area, u"trackWaterfall"_s);
    QCOMPARE(tests::named<QLabel>(area, u"trackSpanTitle"_s)->text(), u"viewer request shop-cdn"_s);
    tree->setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(tree, Qt::Key_Down);
    QCOMPARE(tests::named<QLabel>(area, u"trackSpanTitle"_s)->text(), u"Init (cold start)"_s);
    QVERIFY(tests::named<ui::kit::DecisionTrace>(area, u"trackSteps"_s)->isVisible());
}

void TstTracksArea::kindsAndFilter_limitTheList()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    placeOrder(bench.tracer, 502);
    TracksArea area(bench.context);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 2);
    auto* kinds = area.findChild<ui::kit::Segments*>(u"trackKinds"_s);
    QTest::mouseClick(kinds->segment(2), Qt::LeftButton);
    QCOMPARE(list->model()->rowCount(), 1);
    QTest::mouseClick(kinds->segment(0), Qt::LeftButton);
    QTest::keyClicks(tests::named<QLineEdit>(area, u"trackFilter"_s), u"status:2xx"_s);
    QCOMPARE(list->model()->rowCount(), 1);
}

void TstTracksArea::hold_keepsTheList()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    TracksArea area(bench.context);
    area.resize(tests::kLargeScreen);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(tests::click(area, u"trackHold"_s));
    placeOrder(bench.tracer, 201);
    QSignalSpy seen(&bench.events, &ui::bridge::EventBridge::tracksChanged);
    QTRY_VERIFY(!seen.isEmpty() || bench.tracer.total() == 2);
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(tests::click(area, u"trackHold"_s));
    QTRY_COMPARE(list->model()->rowCount(), 2);
}

void TstTracksArea::clear_forgetsTracks()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    TracksArea area(bench.context);
    area.resize(tests::kLargeScreen);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(tests::click(area, u"trackClear"_s));
    QTRY_COMPARE(list->model()->rowCount(), 0);
    QCOMPARE(bench.tracer.latest(10).size(), std::size_t(0));
}

void TstTracksArea::screens()
{
    tests::UiBench bench;
    for (int i = 0; i < 14; ++i)
        placeOrder(bench.tracer, i % 5 == 4 ? 500 : i % 3 == 2 ? 404 : 201);
    TracksArea area(bench.context);
    area.resize(tests::kLargeScreen);
    area.show();
    auto* list = tests::named<QListView>(area, u"trackList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 14);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTRY_COMPARE(tests::named<QLabel>(area, u"trackPath"_s)->text(), u"/orders"_s);
    tests::writeScreenshots(area, u"tracks"_s);
    tests::writeScreenshots(area, u"tracks-small"_s, tests::kSmallScreen);
}

CHAMBER_SUITE(TstTracksArea, "tst_tracks_area")
#include "tst_tracks_area.moc"
