#include "core/http/message.h"
#include "core/http/server.h"
#include "core/project/sam_import.h"
#include "tests/support/patience.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/kit/controls.h"
#include "ui/map/latest_tracks.h"
#include "ui/map/map_area.h"
#include "ui/map/map_canvas.h"
#include "ui/map/map_inspector.h"

#include <nlohmann/json.hpp>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui::map;
using nlohmann::json;
using ui::bridge::Resource;

namespace {

const QList<Resource> kResources{
    {u"api"_s, u"abc123"_s, u"shop-api"_s, u"REST API"_s, u"apigateway"_s},
    {u"bucket"_s, u"covers"_s, u"covers"_s, u"Bucket"_s, u"s3"_s},
    {u"distribution"_s, u"E1"_s, u"shop-cdn"_s, u"Distribution E1"_s, u"cdn"_s},
    {u"function"_s, u"place-order"_s, u"place-order"_s, u"Function"_s, u"lambda"_s},
    {u"table"_s, u"Books"_s, u"Books"_s, u"Table"_s, u"dynamodb"_s},
};

// As the sample's: CDN, API, function with a handler, one call of a table.
void placeOrder(core::trace::Tracer& tracer, int status)
{
    auto root = tracer.open({"POST", "/orders", "New York", "cdn", "viewer request"});
    root.setResource("shop-cdn");
    auto api = root.child("apigateway", "POST /orders", "shop-api/dev");
    auto integration = api.child("apigateway", "integration", "place-order");
    auto function = integration.child("lambda", "Invoke", "place-order");
    auto handler = function.child("lambda", "invoke", "place-order");
    auto put = handler.child("dynamodb", "PutItem", "Books");
    put.end();
    handler.end();
    function.setTiming(0, 40'000);
    function.setStatus(status);
    function.end();
    integration.end();
    api.end();
    root.setStatus(status);
    root.end();
}

const Edge kToTable{u"function/place-order"_s, u"table/Books"_s};

}

class TstMapArea : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void targets_areReadFromDomainsAndUris();
    void graph_joinsWhatExists();
    void positions_doNotOverlap();
    void traffic_followsSpansBelowSpans();
    void management_isNoTraffic();
    void models_areModels();
    void emptyChamber_offersTheEndpoint();
    void sample_showsWhatIsConfigured();
    void request_joinsFunctionAndTable();
    void click_selectsAndLightsConnections();
    void keys_walkAndOpen();
    void list_showsTheSame();
    void track_lightsItsWay();
    void zoom_changesTheScale();
    void droplets_restWhenHidden();
    void screens();

private:
    void openSample();
    int fetchBook(const std::string& path);
    MapCanvas* canvas() const { return tests::named<MapCanvas>(*m_area, u"mapCanvas"_s); }
    QTableView* table(const QString& name) const { return tests::named<QTableView>(*m_area, name); }
    QString keyOfTitle(const QString& title) const;
    void clickNode(const QString& title);

    std::unique_ptr<tests::TempChamber> m_chamber;
    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<MapArea> m_area;
};

void TstMapArea::init()
{
    m_chamber = std::make_unique<tests::TempChamber>(false);
    m_bench = std::make_unique<tests::UiBench>(ui::bridge::Engine::of(m_chamber->chamber()));
}

void TstMapArea::cleanup()
{
    m_area.reset();
    m_bench.reset();
    m_chamber.reset();
}

void TstMapArea::openSample()
{
    const auto report = core::project::openSample(
        places::source("resources/samples/corner-bookshop"), m_chamber->chamber().caller(), "us-east-1");
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    m_area = std::make_unique<MapArea>(m_bench->context);
    m_area->resize(tests::kLargeScreen);
    m_area->show();
    auto* list = table(u"mapList"_s);
    // Visitors, the CDN, the API, a bucket, four functions, two tables.
    QTRY_COMPARE(list->model()->rowCount(), 10);
    const auto called = [list](const QString& by) {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 5).data().toString() == by)
                return true;
        }
        return false;
    };
    QTRY_VERIFY(called(u"shop-api"_s) && called(u"shop-cdn"_s));
}

int TstMapArea::fetchBook(const std::string& path)
{
    const auto listed = m_chamber->caller().call("cdn", "ListDistributions", json::object(), {});
    const auto domain = listed->json()["DistributionList"]["Items"][0]["DomainName"].get<std::string>();
    core::http::Request request;
    request.method = "GET";
    request.target = path;
    core::aws::CallOptions options;
    options.from = "New York";
    const auto answer = m_chamber->caller().fetch("https://" + domain + path, request, options);
    return answer ? answer->status : 0;
}

QString TstMapArea::keyOfTitle(const QString& title) const
{
    const auto* model = table(u"mapList"_s)->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == title)
            return model->index(row, 0).data(ui::kit::KeyRole).toString();
    }
    return {};
}

void TstMapArea::clickNode(const QString& title)
{
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, canvas()->centreOf(keyOfTitle(title)));
}

void TstMapArea::targets_areReadFromDomainsAndUris()
{
    QCOMPARE(originTarget(u"abc123.execute-api.us-east-1.amazonaws.com"_s), u"api/abc123"_s);
    QCOMPARE(originTarget(u"my.covers.s3.eu-west-1.amazonaws.com"_s), u"bucket/my.covers"_s);
    QCOMPARE(originTarget(u"example.com"_s), QString());
    const auto head =
        u"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:"_s;
    QCOMPARE(integrationTarget(head + u"function:place-order/invocations"_s), u"function/place-order"_s);
    QCOMPARE(integrationTarget(head + u"function:place-order:live/invocations"_s), u"function/place-order"_s);
    QCOMPARE(integrationTarget(u"https://example.com/{proxy}"_s), QString());
}

void TstMapArea::graph_joinsWhatExists()
{
    const Facts facts{{u"distribution/E1"_s, {u"api/abc123"_s, u"bucket/gone"_s}},
        {u"api/abc123"_s, {u"function/place-order"_s}}};
    const auto graph = buildGraph(kResources, facts, {kToTable});
    QCOMPARE(graph.nodes.size(), 6);
    QVERIFY(graph.edges.contains(Edge(visitorsKey(), u"distribution/E1"_s)));
    QVERIFY(!graph.edges.contains(Edge(visitorsKey(), u"api/abc123"_s)));
    QVERIFY(graph.edges.contains(kToTable));
    QCOMPARE(graph.edges.size(), 4);
    QCOMPARE(buildGraph({kResources.last()}, {}, {}).nodes.size(), 1);
}

void TstMapArea::positions_doNotOverlap()
{
    auto resources = kResources;
    for (int i = 0; i < 8; ++i) {
        const auto name = u"extra-%1"_s.arg(i);
        resources.append({u"function"_s, name, name, {}, u"lambda"_s});
    }
    const auto graph = buildGraph(resources, {}, {});
    const auto places = positions(graph);
    const auto cardOf = [&](const Node& node) {
        const auto width = node.lane == Lane::Visitors ? kVisitorsWidth : kNodeSize.width();
        return QRectF(places[node.key], QSizeF(width, kNodeSize.height()));
    };
    for (const auto& a : graph.nodes) {
        for (const auto& b : graph.nodes)
            QVERIFY(a.key == b.key || !cardOf(a).intersects(cardOf(b)));
    }
}

void TstMapArea::traffic_followsSpansBelowSpans()
{
    tests::UiBench bench;
    placeOrder(bench.tracer, 201);
    placeOrder(bench.tracer, 502);
    const auto traffic = readTraffic(bench.tracer.latest(10), kResources, bench.clock.now());
    const auto function = traffic.nodes.value(u"function/place-order"_s);
    QCOMPARE(function.requests, 2);
    QCOMPARE(function.errors, 1);
    QCOMPARE(function.p50, qint64(40'000));
    QCOMPARE(rateText(function.rate), u"0.03/s"_s);
    QCOMPARE(traffic.paths.first().hops.size(), 4);
    QCOMPARE(traffic.paths.first().hops.last(), kToTable);
    QCOMPARE(traffic.places, QStringList{u"New York"_s});
    bench.clock.advance(400 * core::kSecond);
    const auto later = readTraffic(bench.tracer.latest(10), kResources, bench.clock.now());
    QVERIFY(later.nodes.isEmpty());
    QVERIFY(later.observed.contains(kToTable));
}

void TstMapArea::management_isNoTraffic()
{
    tests::UiBench bench;
    auto root = bench.tracer.open({"AWS", "CreateTable Books", "sdk", "dynamodb", "CreateTable"});
    root.setResource("Books");
    root.end();
    const auto traffic = readTraffic(bench.tracer.latest(10), kResources, bench.clock.now());
    QVERIFY(traffic.nodes.isEmpty());
    QVERIFY(traffic.observed.isEmpty());
}

void TstMapArea::models_areModels()
{
    const auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
    auto* connections = makeConnectionModel(this);
    auto* runs = makeRunModel(this);
    auto* latest = makeLatestModel(this);
    auto* list = makeListModel(this);
    const QAbstractItemModelTester first(connections, mode);
    const QAbstractItemModelTester second(runs, mode);
    const QAbstractItemModelTester third(latest, mode);
    const QAbstractItemModelTester fourth(list, mode);
    const auto graph = buildGraph(kResources, {}, {});
    connections->setRows({{graph.nodes.last(), true, 0.4}});
    QCOMPARE(connections->index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Calls Books"_s);
    runs->setRows({{u"1-a"_s, u"14:03:26.418"_s, 214'000, true, false}});
    QCOMPARE(runs->index(0, 1).data().toString(), u"Cold start"_s);
    LatestRow row;
    row.track.id = u"1-a"_s;
    row.track.status = 201;
    latest->setRows({row});
    QCOMPARE(latest->index(0, 3).data().toString(), u"201"_s);
    list->setRows({{graph.nodes.last(), {}, u"place-order"_s, {}}});
    list->setRows({{graph.nodes.first(), {}, {}, {}}, {graph.nodes.last(), {}, {}, {}}});
    QCOMPARE(list->rowCount(), 2);
}

void TstMapArea::emptyChamber_offersTheEndpoint()
{
    m_area = std::make_unique<MapArea>(m_bench->context);
    m_area->resize(tests::kLargeScreen);
    m_area->show();
    auto* copy = tests::named<QPushButton>(*m_area, u"mapCopyEndpoint"_s);
    QTRY_VERIFY(copy->isVisible());
    QVERIFY(tests::click(*m_area, u"mapCopyEndpoint"_s));
    QCOMPARE(QApplication::clipboard()->text(), m_bench->client.endpoint());
    QVERIFY(!m_bench->client.endpoint().isEmpty());
    tests::writeScreenshots(*m_area, u"map-empty"_s);
    const auto made = m_chamber->caller().call("s3", "CreateBucket", {{"Bucket", "first-bucket"}}, {});
    QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
    QTRY_VERIFY(canvas()->isVisible());
}

void TstMapArea::sample_showsWhatIsConfigured()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    const auto* model = table(u"mapList"_s)->model();
    QStringList byApi;
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 5).data().toString() == u"shop-api"_s)
            byApi.append(model->index(row, 0).data().toString());
    }
    byApi.sort();
    QCOMPARE(byApi, (QStringList{u"get-book"_s, u"list-books"_s, u"place-order"_s, u"put-book"_s}));
}

void TstMapArea::request_joinsFunctionAndTable()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(fetchBook("/books/9781400000012"), 200);
    clickNode(u"get-book"_s);
    auto* connections = table(u"mapConnections"_s);
    QTRY_COMPARE(connections->model()->rowCount(), 2);
    QCOMPARE(connections->model()->index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Calls Books"_s);
    QCOMPARE(tests::named<QLabel>(*m_area, u"mapRate"_s)->text(), u"0.02/s"_s);
    QCOMPARE(tests::named<QLabel>(*m_area, u"mapErrors"_s)->text(), u"0 %"_s);
    QCOMPARE(table(u"mapRuns"_s)->model()->rowCount(), 1);
    QVERIFY(
        m_chamber->caller().call("lambda", "DeleteFunction", {{"FunctionName", "get-book"}}, {}).has_value());
    QTRY_COMPARE(table(u"mapList"_s)->model()->rowCount(), 9);
}

void TstMapArea::click_selectsAndLightsConnections()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    clickNode(u"shop-api"_s);
    QCOMPARE(tests::named<QLabel>(*m_area, u"mapInspectorTitle"_s)->text(), u"shop-api"_s);
    QCOMPARE(canvas()->litEdges().size(), 5);
    auto* connections = table(u"mapConnections"_s);
    QCOMPARE(connections->model()->rowCount(), 5);
    QVERIFY(tests::click(*m_area, u"mapOpen"_s));
    QCOMPARE(m_bench->navigator.opened.back().kind, u"api"_s);
    connections->setFocus();
    connections->setCurrentIndex(connections->model()->index(0, 0));
    QTest::keyClick(connections, Qt::Key_Return);
    QCOMPARE(canvas()->selected(), keyOfTitle(u"shop-cdn"_s));
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(canvas()->litEdges().isEmpty());
}

void TstMapArea::keys_walkAndOpen()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Right);
    QCOMPARE(canvas()->selected(), visitorsKey());
    QTest::keyClick(canvas(), Qt::Key_Return);
    QVERIFY(m_bench->navigator.opened.empty());
    QTest::keyClick(canvas(), Qt::Key_Right);
    QCOMPARE(canvas()->selected(), keyOfTitle(u"shop-cdn"_s));
    QTest::keyClick(canvas(), Qt::Key_Return);
    QCOMPARE(m_bench->navigator.opened.back().kind, u"distribution"_s);
    clickNode(u"put-book"_s);
    const auto before = canvas()->selected();
    QTest::keyClick(canvas(), Qt::Key_Up);
    QTest::keyClick(canvas(), Qt::Key_Down);
    QTest::keyClick(canvas(), Qt::Key_Down);
    QTest::keyClick(canvas(), Qt::Key_Down);
    QVERIFY(canvas()->selected().startsWith(u"function/"_s));
    QTest::keyClick(canvas(), Qt::Key_Left);
    QVERIFY(canvas()->selected() != before);
}

void TstMapArea::list_showsTheSame()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    auto* list = table(u"mapList"_s);
    QVERIFY(!list->isVisible());
    auto* segments = m_area->findChild<ui::kit::Segments*>(u"mapView"_s);
    QTest::mouseClick(segments->segment(1), Qt::LeftButton);
    QVERIFY(list->isVisible());
    list->setCurrentIndex(list->model()->index(2, 0));
    QCOMPARE(canvas()->selected(), list->model()->index(2, 0).data(ui::kit::KeyRole).toString());
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_bench->navigator.opened.size(), std::size_t(1));
    QTest::keyClick(m_area.get(), Qt::Key_L);
    QTRY_VERIFY(canvas()->isVisible());
}

void TstMapArea::track_lightsItsWay()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(fetchBook("/books/9781400000012"), 200);
    auto* filter = tests::named<QLineEdit>(*m_area, u"mapTrackFilter"_s);
    QTest::keyClicks(filter, u"path:/books"_s);
    auto* tracks = table(u"mapTracks"_s);
    QTRY_COMPARE(tracks->model()->rowCount(), 1);
    QCOMPARE(tracks->model()->index(0, 2).data().toString(), u"/books/9781400000012"_s);
    QTest::mouseClick(
        tracks->viewport(), Qt::LeftButton, {}, tracks->visualRect(tracks->model()->index(0, 2)).center());
    const auto id = tracks->model()->index(0, 0).data(ui::kit::KeyRole).toString();
    QCOMPARE(m_bench->navigator.track, id);
    QTRY_COMPARE(canvas()->litEdges().size(), 4);
    clickNode(u"shop-cdn"_s);
    QVERIFY(m_bench->navigator.track.isEmpty());
    m_area->trackSelected(id);
    QCOMPARE(canvas()->litEdges().size(), 4);
    QCOMPARE(tracks->currentIndex().row(), 0);
    tracks->setFocus();
    QTest::keyClick(tracks, Qt::Key_Return);
    QCOMPARE(m_bench->navigator.opened.back(), (ui::shell::ObjectRef{u"track"_s, u"us-east-1"_s, id}));
}

void TstMapArea::zoom_changesTheScale()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    auto* percent = tests::named<QLabel>(*m_area, u"mapZoom"_s);
    const auto before = percent->text();
    QVERIFY(tests::click(*m_area, u"mapZoomIn"_s));
    QVERIFY(percent->text() != before);
    QVERIFY(tests::click(*m_area, u"mapZoomOut"_s));
    QCOMPARE(percent->text(), before);
    QVERIFY(tests::click(*m_area, u"mapZoomOut"_s));
    QVERIFY(tests::click(*m_area, u"mapFit"_s));
    QCOMPARE(percent->text(), before);
}

void TstMapArea::droplets_restWhenHidden()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY(!canvas()->moving());
    QCOMPARE(fetchBook("/covers/9781400000012.svg"), 200);
    QTRY_VERIFY(canvas()->moving());
    m_area->hide();
    QVERIFY(!canvas()->moving());
    m_area->show();
    QCOMPARE(fetchBook("/covers/9781400000012.svg"), 200);
    QTRY_VERIFY(canvas()->moving());
    QTRY_VERIFY(!canvas()->moving());
}

void TstMapArea::screens()
{
    openSample();
    if (QTest::currentTestFailed())
        return;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fetchBook("/books/978140000001" + std::to_string(2 + i) + "?n=1"), i == 0 ? 200 : 404);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(fetchBook("/covers/9781400000012.svg"), 200);
    auto* tracks = table(u"mapTracks"_s);
    QTRY_COMPARE(tracks->model()->index(0, 2).data().toString(), u"/covers/9781400000012.svg"_s);
    clickNode(u"get-book"_s);
    QTRY_COMPARE(table(u"mapConnections"_s)->model()->rowCount(), 2);
    QCOMPARE(tracks->indexAt({4, 4}).row(), 0);
    tests::writeScreenshots(*m_area, u"map"_s);
    tests::writeScreenshots(*m_area, u"map-small"_s, tests::kSmallScreen);
}

CHAMBER_SUITE(TstMapArea, "tst_map_area")
#include "tst_map_area.moc"
