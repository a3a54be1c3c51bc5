#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/api/api_area_test.h"
#include "ui/api/pipeline_view.h"
#include "ui/api/route_tree.h"
#include "ui/code/code_editor.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeView>

using namespace Qt::StringLiterals;
using nlohmann::json;
using namespace ui::api;

class TstApiArea : public ApiAreaTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void routeModel_isAModel();
    void noApi_canBeCreatedAndUndone();
    void addRoute_makesThePathAndUndoTakesItAway();
    void badPath_keepsTheInputAndSaysWhy();
    void deleteResource_comesBackWhole();
    void rename_movesWhatIsBelow();
    void integration_changesAndComesBack();
    void deploy_pointsTheStageAndUndoPointsItBack();
    void send_showsStatusStepsAndBoxes();
    void draft_runsWhatIsNotDeployed();
    void missingParameter_isAskedFor();
    void arrows_walkAlongThePipeline();
    void wholePipeline_isInViewInAUsualWindow();
    void mappedIntegration_isShownForWhatItIs();
    void change_byAnSdkShowsAtOnce();
    void screens();

private:
    // Of the API that is open.
    json call(const char* action, json input = json::object());
    json method(const char* path, const char* name);
    void select(const Route& route);
    void waitForRoute(const Route& route);
    void addMock(const QString& path);
    void undo();
    void redo();
};

json TstApiArea::call(const char* action, json input)
{
    if (!m_apiId.empty())
        input["restApiId"] = m_apiId;
    return ApiAreaTest::call(action, input);
}

json TstApiArea::method(const char* path, const char* name)
{
    const auto resources = call("GetResources", {{"embed", {"methods"}}, {"limit", 500}});
    for (const auto& each : resources.value("item", json::array())) {
        if (each["path"] == path)
            return each.value("resourceMethods", json::object()).value(name, json());
    }
    return {};
}

void TstApiArea::select(const Route& route)
{
    m_area->document()->select(route);
}

void TstApiArea::waitForRoute(const Route& route)
{
    QTRY_COMPARE(m_area->document()->route(), route);
}

void TstApiArea::addMock(const QString& path)
{
    QVERIFY(tests::click(*m_area, u"apiAddRoute"_s));
    tests::named<QLineEdit>(*m_area, u"apiNewPath"_s)->setText(path);
    QVERIFY(tests::click(*m_area, u"apiNewRouteOk"_s));
}

void TstApiArea::undo()
{
    QVERIFY(m_bench->undo.canUndo());
    m_bench->undo.undo();
}

void TstApiArea::redo()
{
    QVERIFY(m_bench->undo.canRedo());
    m_bench->undo.redo();
}

void TstApiArea::routeModel_isAModel()
{
    auto* model = makeRouteModel(this);
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    MethodValue get;
    get.httpMethod = u"GET"_s;
    get.integration.kind = IntegrationKind::Lambda;
    get.integration.function = u"list-books"_s;
    QList<ResourceValue> resources{
        {u"a"_s, {}, u"/"_s, {}, {}}, {u"b"_s, u"a"_s, u"/books"_s, u"books"_s, {get}}};
    model->setTree(routeTree(resources));
    const auto row = model->find({u"/"_s, u"/books"_s, u"GET"_s});
    QVERIFY(row.isValid());
    QCOMPARE(row.data(Qt::AccessibleTextRole).toString(), u"GET /books, answered by list-books"_s);
    resources.append({u"c"_s, u"b"_s, u"/books/{isbn}"_s, u"{isbn}"_s, {}});
    resources[1].methods.clear();
    model->setTree(routeTree(resources));
    QVERIFY(!model->find({u"/"_s, u"/books"_s, u"GET"_s}).isValid());
    QVERIFY(model->find({u"/"_s, u"/books"_s, u"/books/{isbn}"_s}).isValid());
    model->setTree({});
    QCOMPARE(model->rowCount(), 0);
    delete model;
}

void TstApiArea::noApi_canBeCreatedAndUndone()
{
    openArea();
    QVERIFY(tests::named<QWidget>(*m_area, u"apiCreate"_s)->isVisible());
    tests::writeScreenshots(*m_area, u"api-empty"_s);
    QVERIFY(tests::click(*m_area, u"apiCreate"_s));
    tests::named<QLineEdit>(*m_area, u"apiName"_s)->setText(u"orders-api"_s);
    QVERIFY(tests::click(*m_area, u"apiNameOk"_s));
    QTRY_VERIFY(m_area->document()->api());
    const auto id = m_area->document()->api()->id;
    QVERIFY(call("GetRestApis")["item"][0]["name"] == "orders-api");
    undo();
    QTRY_VERIFY(!m_area->document()->api());
    QVERIFY(call("GetRestApis")["item"].empty());
    redo();
    QTRY_VERIFY(m_area->document()->api());
    QCOMPARE(m_area->document()->api()->id, id);
}

void TstApiArea::addRoute_makesThePathAndUndoTakesItAway()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    addMock(u"/reviews/{isbn}"_s);
    waitForRoute({u"/reviews/{isbn}"_s, u"GET"_s});
    QVERIFY(method("/reviews/{isbn}", "GET")["methodIntegration"]["type"] == "MOCK");
    undo();
    QTRY_VERIFY(!m_area->document()->findResource(u"/reviews"_s));
    QVERIFY(method("/reviews/{isbn}", "GET").is_null());
    redo();
    waitForRoute({u"/reviews/{isbn}"_s, u"GET"_s});
    QCOMPARE(method("/reviews/{isbn}", "GET")["methodIntegration"]["integrationResponses"].size(), 1u);
}

void TstApiArea::badPath_keepsTheInputAndSaysWhy()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto before = m_bench->undo.count();
    addMock(u"/a b"_s);
    QTRY_VERIFY(tests::named<QWidget>(*m_area, u"apiPopoverError"_s)->isVisible());
    QCOMPARE(tests::named<QLineEdit>(*m_area, u"apiNewPath"_s)->text(), u"/a b"_s);
    QCOMPARE(m_bench->undo.count(), before);
}

void TstApiArea::deleteResource_comesBackWhole()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto before = method("/books/{isbn}", "GET");
    QVERIFY(!before.is_null());
    select({u"/books"_s, {}});
    auto* view = tests::named<QTreeView>(*m_area, u"apiRouteTree"_s);
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_VERIFY(!m_area->document()->findResource(u"/books"_s));
    QVERIFY(method("/books", "GET").is_null());
    undo();
    QTRY_VERIFY(m_area->document()->findMethod({u"/books/{isbn}"_s, u"GET"_s}));
    auto after = method("/books/{isbn}", "GET");
    // The only thing that changes is the id of the resource, which AWS uses as the cache's name.
    after["methodIntegration"].erase("cacheNamespace");
    auto wanted = before;
    wanted["methodIntegration"].erase("cacheNamespace");
    QCOMPARE(after.dump(), wanted.dump());
    redo();
    QTRY_VERIFY(!m_area->document()->findResource(u"/books"_s));
}

void TstApiArea::rename_movesWhatIsBelow()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books"_s, u"GET"_s});
    QTest::keyClick(tests::named<QTreeView>(*m_area, u"apiRouteTree"_s), Qt::Key_F2);
    auto* field = tests::named<QLineEdit>(*m_area, u"apiRename"_s);
    QCOMPARE(field->text(), u"books"_s);
    field->setText(u"volumes"_s);
    QVERIFY(tests::click(*m_area, u"apiRenameOk"_s));
    waitForRoute({u"/volumes"_s, u"GET"_s});
    QVERIFY(!method("/volumes/{isbn}", "GET").is_null());
    undo();
    waitForRoute({u"/books"_s, u"GET"_s});
    QVERIFY(!method("/books/{isbn}", "GET").is_null());
}

void TstApiArea::integration_changesAndComesBack()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto before = method("/books", "GET");
    select({u"/books"_s, u"GET"_s});
    auto* apply = tests::named<QPushButton>(*m_area, u"apiApplyIntegration"_s);
    QVERIFY(!apply->isEnabled());
    QVERIFY(tests::click(*m_area, u"apiKindHttp"_s));
    QVERIFY(apply->isEnabled());
    QVERIFY(tests::click(*m_area, u"apiApplyIntegration"_s));
    QCOMPARE(m_bench->undo.count(), 0); // no address yet
    tests::named<QLineEdit>(*m_area, u"apiUri"_s)->setText(u"http://example.com/books"_s);
    QVERIFY(tests::click(*m_area, u"apiApplyIntegration"_s));
    QTRY_COMPARE(m_bench->undo.count(), 1);
    QVERIFY(method("/books", "GET")["methodIntegration"]["type"] == "HTTP_PROXY");
    QVERIFY(method("/books", "GET")["methodIntegration"]["uri"] == "http://example.com/books");
    QTRY_VERIFY(!apply->isEnabled());
    QVERIFY(tests::click(*m_area, u"apiKindMock"_s));
    tests::named<QSpinBox>(*m_area, u"apiMockStatus"_s)->setValue(204);
    QVERIFY(tests::click(*m_area, u"apiApplyIntegration"_s));
    QTRY_COMPARE(m_bench->undo.count(), 2);
    QVERIFY(method("/books", "GET")["methodIntegration"]["integrationResponses"].contains("204"));
    undo();
    undo();
    QTRY_COMPARE(method("/books", "GET").dump(), before.dump());
}

void TstApiArea::deploy_pointsTheStageAndUndoPointsItBack()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto first = call("GetStages")["item"][0]["deploymentId"];
    addMock(u"/health"_s);
    waitForRoute({u"/health"_s, u"GET"_s});
    QTRY_VERIFY(tests::named<QLabel>(*m_area, u"apiState"_s)->text().endsWith(u"not as in dev"_s));
    // The route is there before its integration's answer is: what comes after a deployment is an edit.
    QTRY_COMPARE(m_bench->undo.count(), 1);
    QVERIFY(tests::click(*m_area, u"apiDeploy"_s));
    QTRY_COMPARE(m_bench->undo.count(), 2);
    QVERIFY(call("GetStages")["item"][0]["deploymentId"] != first);
    QTRY_VERIFY(tests::named<QLabel>(*m_area, u"apiState"_s)->text().startsWith(u"dev deployed"_s));
    undo();
    QTRY_COMPARE(call("GetStages")["item"][0]["deploymentId"].dump(), first.dump());
}

void TstApiArea::send_showsStatusStepsAndBoxes()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books/{isbn}"_s, u"GET"_s});
    tests::named<QLineEdit>(*m_area, u"apiTestParameterValue0"_s)->setText(u"9781400000012"_s);
    QCOMPARE(tests::named<QLineEdit>(*m_area, u"apiTestPath"_s)->text(), u"/books/9781400000012"_s);
    QVERIFY(tests::click(*m_area, u"apiSend"_s));
    auto* status = tests::named<QLabel>(*m_area, u"apiTestStatus"_s);
    QTRY_COMPARE(status->text(), u"200"_s);
    QVERIFY(tests::named<ui::code::CodeEditor>(*m_area, u"apiResponseBody"_s)
                ->text()
                .contains("9781400000012"_L1));
    QTRY_VERIFY(tests::named<QWidget>(*m_area, u"apiLastRun"_s)->isVisible());
    QVERIFY(
        tests::named<QWidget>(*m_area, u"apiStageIntegrate"_s)->accessibleName().contains("passed in"_L1));
    QVERIFY(!m_bench->navigator.track.isEmpty());
    QVERIFY(tests::click(*m_area, u"apiTestTrack"_s));
    QCOMPARE(m_bench->navigator.opened.back().kind, u"track"_s);
    QCOMPARE(m_bench->navigator.opened.back().name, m_bench->navigator.track);
}

void TstApiArea::draft_runsWhatIsNotDeployed()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    addMock(u"/health"_s);
    waitForRoute({u"/health"_s, u"GET"_s});
    auto* status = tests::named<QLabel>(*m_area, u"apiTestStatus"_s);
    QVERIFY(tests::click(*m_area, u"apiSend"_s));
    QTRY_COMPARE(status->text(), u"403"_s);
    QVERIFY(tests::click(*m_area, u"apiTestDraft"_s));
    QVERIFY(tests::click(*m_area, u"apiSend"_s));
    QTRY_COMPARE(status->text(), u"200"_s);
    QVERIFY(
        tests::named<QWidget>(*m_area, u"apiStageIntegrate"_s)->accessibleName().contains("passed in"_L1));
}

void TstApiArea::missingParameter_isAskedFor()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books/{isbn}"_s, u"GET"_s});
    QVERIFY(tests::click(*m_area, u"apiSend"_s));
    QCOMPARE(tests::named<QLabel>(*m_area, u"apiTestProblem"_s)->text(), u"Give a value for isbn"_s);
    QVERIFY(tests::named<QLabel>(*m_area, u"apiTestStatus"_s)->text().isEmpty());
}

void TstApiArea::arrows_walkAlongThePipeline()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books"_s, u"GET"_s});
    auto* title = tests::named<QLabel>(*m_area, u"apiStageTitle"_s);
    auto* first = tests::named<QWidget>(*m_area, u"apiStageMatchroute"_s);
    first->setFocus();
    auto* at = first;
    for (const auto& next : {u"Authorize"_s, u"API key"_s, u"Throttle"_s, u"Validate"_s, u"Cache"_s,
             u"Map request"_s, u"Integrate"_s}) {
        QTest::keyClick(at, Qt::Key_Right);
        QCOMPARE(title->text(), next);
        at = QApplication::focusWidget();
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_bench->navigator.opened.back().name, u"list-books"_s);
}

void TstApiArea::wholePipeline_isInViewInAUsualWindow()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books"_s, u"GET"_s});
    m_area->resize(tests::kLargeScreen);
    auto* last = tests::named<QWidget>(*m_area, u"apiStageIntegrate"_s);
    QTRY_COMPARE(last->visibleRegion().boundingRect(), last->rect());
}

void TstApiArea::mappedIntegration_isShownForWhatItIs()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto root = call("GetRestApi")["rootResourceId"];
    const json at{{"resourceId", root}, {"httpMethod", "PATCH"}};
    auto method = at;
    method["authorizationType"] = "NONE";
    QVERIFY(!call("PutMethod", method).contains("error"));
    auto integration = at;
    integration.update({{"type", "AWS"}, {"integrationHttpMethod", "POST"},
        {"uri", "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem"}});
    QVERIFY(!call("PutIntegration", integration).contains("error"));
    const auto shown = [this] {
        const auto* resource = m_area->document()->findResource(u"/"_s);
        for (const auto& each : resource ? resource->methods : QList<ui::api::MethodValue>()) {
            if (each.httpMethod == "PATCH"_L1)
                return each.integration.target;
        }
        return QString();
    };
    QTRY_COMPARE(shown(), u"dynamodb"_s);
    select({u"/"_s, u"PATCH"_s});
    QVERIFY(tests::click(*m_area, u"apiStageIntegrate"_s));
    QVERIFY(tests::named<QWidget>(*m_area, u"apiStageIntegrate"_s)->accessibleName().contains("dynamodb"_L1));
    QVERIFY(!tests::named<QWidget>(*m_area, u"apiTimeout"_s)->isVisible());
}

void TstApiArea::change_byAnSdkShowsAtOnce()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    const auto root = call("GetRestApi")["rootResourceId"];
    QVERIFY(!call("CreateResource", {{"parentId", root}, {"pathPart", "sdk"}}).contains("error"));
    QTRY_VERIFY(m_area->document()->findResource(u"/sdk"_s));
}

void TstApiArea::screens()
{
    openShop();
    if (QTest::currentTestFailed())
        return;
    select({u"/books/{isbn}"_s, u"GET"_s});
    tests::named<QLineEdit>(*m_area, u"apiTestParameterValue0"_s)->setText(u"9781400000012"_s);
    QVERIFY(tests::click(*m_area, u"apiSend"_s));
    QTRY_COMPARE(tests::named<QLabel>(*m_area, u"apiTestStatus"_s)->text(), u"200"_s);
    QTRY_VERIFY(tests::named<QWidget>(*m_area, u"apiLastRun"_s)->isVisible());
    tests::writeScreenshots(*m_area, u"api"_s);
    tests::writeScreenshots(*m_area, u"api-small"_s, tests::kSmallScreen);
    QVERIFY(tests::click(*m_area, u"apiAddRoute"_s));
    tests::writeScreenshots(*m_area, u"api-add"_s);
}

CHAMBER_SUITE(TstApiArea, "tst_api_area")
#include "tst_api_area.moc"
