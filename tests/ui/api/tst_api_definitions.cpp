#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/api/api_area_test.h"
#include "ui/api/definition_forms.h"
#include "ui/api/reference_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;
using nlohmann::json;
using namespace ui::api;

// Definitions of APIs in the API area: import, export, the reference.
class TstApiDefinitions : public ApiAreaTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void importedFile_isANewApiThatUndoTakesAway();
    void mergedFile_changesTheApiAndUndoRestoresIt();
    void badFile_keepsTheInputAndSaysWhy();
    void warnings_areTold();
    void exportedFile_canBeImportedAgain();
    void reference_showsDraftAndStage();
    void reference_isSavedAndLinked();
    void screens();

private:
    json resources(const std::string& apiId);
    QString file(const QString& name, const QString& text);
    void choose(const QString& action);
    void answerSaveDialog(const QString& path);
    QString lastToast() const;

    QTemporaryDir m_folder;
};

namespace {

const QString kPets = uR"(openapi: 3.0.1
info: {title: Pets, version: '1'}
paths:
  /pets/{petId}:
    get:
      summary: Finds a <b>pet</b>
      parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: The pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
)"_s;

}

json TstApiDefinitions::resources(const std::string& apiId)
{
    json paths = json::object();
    const auto answer = call("GetResources", {{"restApiId", apiId}, {"limit", 500}, {"embed", {"methods"}}});
    for (const auto& each : answer.value("item", json::array()))
        paths[each["path"].get<std::string>()] = each.value("resourceMethods", json::object());
    return paths;
}

QString TstApiDefinitions::file(const QString& name, const QString& text)
{
    QFile target(m_folder.filePath(name));
    if (!target.open(QIODevice::WriteOnly) || target.write(text.toUtf8()) < 0)
        qFatal("the file cannot be written");
    return target.fileName();
}

void TstApiDefinitions::choose(const QString& action)
{
    const auto actions = m_area->areaActions();
    const auto found = std::find_if(
        actions.begin(), actions.end(), [&](const QAction* each) { return each->objectName() == action; });
    QVERIFY(found != actions.end());
    QVERIFY((*found)->isEnabled());
    (*found)->trigger();
}

void TstApiDefinitions::answerSaveDialog(const QString& path)
{
    QTRY_VERIFY(m_area->window()->findChild<QFileDialog*>(u"apiSaveDialog"_s));
    auto* dialog = m_area->window()->findChild<QFileDialog*>(u"apiSaveDialog"_s);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    dialog->setDirectory(m_folder.path());
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(QFile::exists(path));
}

QString TstApiDefinitions::lastToast() const
{
    const auto& toasts = m_bench->navigator.toasts;
    return toasts.isEmpty() ? QString() : toasts.last();
}

void TstApiDefinitions::importedFile_isANewApiThatUndoTakesAway()
{
    openArea();
    QVERIFY(tests::click(*m_area, u"apiImportHere"_s));
    tests::named<QLineEdit>(*m_area, u"apiImportFile"_s)->setText(file(u"pets.yaml"_s, kPets));
    QCOMPARE(tests::named<QComboBox>(*m_area, u"apiImportInto"_s)->count(), 1);
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s));
    QTRY_VERIFY(m_area->document()->api());
    QTRY_VERIFY(!m_area->findChild<QLineEdit*>(u"apiImportFile"_s));
    const auto* api = m_area->document()->api();
    QCOMPARE(api->name, u"Pets"_s);
    const auto id = api->id.toStdString();
    QVERIFY(resources(id)["/pets/{petId}"].contains("GET"));
    QTRY_COMPARE(lastToast(), u"Definition imported"_s);

    m_bench->undo.undo();
    QTRY_VERIFY(!m_area->document()->api());
    QCOMPARE(
        QString::fromStdString(call("GetRestApi", {{"restApiId", id}})["error"]), u"NotFoundException"_s);
    m_bench->undo.redo();
    QTRY_VERIFY(m_area->document()->api());
    QCOMPARE(m_area->document()->api()->id.toStdString(), id);
    QVERIFY(resources(id)["/pets/{petId}"].contains("GET"));
    QCOMPARE(QString::fromStdString(call("GetRestApi", {{"restApiId", id}})["name"]), u"Pets"_s);
}

void TstApiDefinitions::mergedFile_changesTheApiAndUndoRestoresIt()
{
    openShop();
    const auto before = resources(m_apiId);
    const auto name = call("GetRestApi", {{"restApiId", m_apiId}})["name"];
    choose(u"api.import"_s);
    tests::named<QLineEdit>(*m_area, u"apiImportFile"_s)->setText(file(u"pets.yaml"_s, kPets));
    tests::named<QComboBox>(*m_area, u"apiImportInto"_s)->setCurrentIndex(1);
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s));
    QTRY_VERIFY(m_area->document()->findResource(u"/pets/{petId}"_s));
    QVERIFY(resources(m_apiId).size() > before.size());

    m_bench->undo.undo();
    QTRY_VERIFY(!m_area->document()->findResource(u"/pets/{petId}"_s));
    QCOMPARE(QString::fromStdString(resources(m_apiId).dump(1)), QString::fromStdString(before.dump(1)));
    QVERIFY(call("GetRestApi", {{"restApiId", m_apiId}})["name"] == name);
    m_bench->undo.redo();
    QTRY_VERIFY(m_area->document()->findResource(u"/pets/{petId}"_s));
}

void TstApiDefinitions::badFile_keepsTheInputAndSaysWhy()
{
    openShop();
    choose(u"api.import"_s);
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s)); // no file yet
    auto* field = tests::named<QLineEdit>(*m_area, u"apiImportFile"_s);
    const auto bad = file(u"bad.yaml"_s, u"openapi: [3"_s);
    field->setText(bad);
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s));
    auto* error = tests::named(*m_area, u"apiPopoverError"_s);
    QTRY_VERIFY(error->isVisible());
    QCOMPARE(field->text(), bad);
    bool said = false;
    for (const auto* label : error->findChildren<QLabel*>())
        said = said || label->text().contains("Invalid OpenAPI input"_L1);
    QVERIFY(said);
    QVERIFY(!m_bench->undo.canUndo());
    field->setText(m_folder.filePath(u"nowhere.yaml"_s));
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s));
    QTRY_VERIFY(tests::named<QPushButton>(*m_area, u"apiImportOk"_s)->isEnabled());
    QVERIFY(!m_bench->undo.canUndo());
}

void TstApiDefinitions::warnings_areTold()
{
    openArea();
    auto text = kPets;
    text.replace(u"#/components/schemas/Pet"_s, u"#/components/schemas/Gone"_s);
    QVERIFY(tests::click(*m_area, u"apiImportHere"_s));
    tests::named<QLineEdit>(*m_area, u"apiImportFile"_s)->setText(file(u"warn.yaml"_s, text));
    QVERIFY(tests::click(*m_area, u"apiImportOk"_s));
    QTRY_COMPARE(m_bench->navigator.toasts.size(), 1);
    QCOMPARE(lastToast(), u"Definition imported with 1 warning"_s);
}

void TstApiDefinitions::exportedFile_canBeImportedAgain()
{
    openShop();
    const auto before = resources(m_apiId);
    auto* menu = m_area->findChild<QMenu*>(u"apiMoreMenu"_s);
    QVERIFY(menu && menu->actions().size() == 2);
    choose(u"api.export"_s);
    tests::named<QComboBox>(*m_area, u"apiExportNotation"_s)->setCurrentIndex(1);
    QVERIFY(tests::click(*m_area, u"apiExportOk"_s));
    const auto path = m_folder.filePath(u"shop.yaml"_s);
    answerSaveDialog(path);
    QFile exported(path);
    QVERIFY(exported.open(QIODevice::ReadOnly));
    const auto text = exported.readAll();
    QVERIFY(text.contains("openapi: \"3.0.1\""));
    const auto again = call("ImportRestApi", {{"body", text.toStdString()}});
    const auto paths = resources(again["id"]);
    QCOMPARE(QString::fromStdString(json(paths).dump()).count(u"uri"_s),
        QString::fromStdString(before.dump()).count(u"uri"_s));
    QCOMPARE(paths.size(), before.size());
    QTRY_COMPARE(lastToast(), u"Definition exported"_s);
    QVERIFY(!m_bench->undo.canUndo());
}

void TstApiDefinitions::reference_showsDraftAndStage()
{
    openShop();
    QVERIFY(tests::click(*m_area, u"apiReferenceButton"_s));
    auto* browser = tests::named<QTextBrowser>(*m_area, u"apiReferenceText"_s);
    QTRY_VERIFY(browser->toPlainText().contains("Needs nothing"_L1));
    QVERIFY(browser->isVisible());
    auto* stage = tests::named<QComboBox>(*m_area, u"apiReferenceStage"_s);
    QVERIFY(stage->count() >= 2);
    QVERIFY(!stage->currentData().toString().isEmpty());
    QTRY_VERIFY(browser->toPlainText().contains("curl "_L1));
    // What an SDK adds to the draft shows at once, and in the draft alone.
    stage->setCurrentIndex(0);
    Q_EMIT stage->activated(0);
    QTRY_VERIFY(browser->toPlainText().contains("As it is edited"_L1));
    call("PutRestApi", {{"restApiId", m_apiId}, {"mode", "merge"}, {"body", kPets.toStdString()}});
    QTRY_VERIFY(browser->toPlainText().contains("Finds a <b>pet</b>"_L1));
    stage->setCurrentIndex(1);
    Q_EMIT stage->activated(1);
    QTRY_VERIFY(!browser->toPlainText().contains("Finds a"_L1));
    QVERIFY(tests::click(*m_area, u"apiReferenceButton"_s));
    QVERIFY(!browser->isVisible());
}

void TstApiDefinitions::reference_isSavedAndLinked()
{
    openShop();
    QVERIFY(tests::click(*m_area, u"apiReferenceButton"_s));
    QVERIFY(tests::click(*m_area, u"apiReferenceCopy"_s));
    QVERIFY(QApplication::clipboard()->text().contains(
        u"/_chamber/apigateway/restapis/%1/reference?stage="_s.arg(QString::fromStdString(m_apiId))));
    QVERIFY(tests::click(*m_area, u"apiReferenceSave"_s));
    const auto path = m_folder.filePath(u"shop.html"_s);
    answerSaveDialog(path);
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const auto html = saved.readAll();
    QVERIFY(html.startsWith("<!DOCTYPE html>"));
    QVERIFY(html.contains("prefers-color-scheme:dark"));
    QTRY_COMPARE(lastToast(), u"Reference saved"_s);
}

void TstApiDefinitions::screens()
{
    openShop();
    call("PutRestApi", {{"restApiId", m_apiId}, {"mode", "merge"}, {"body", kPets.toStdString()}});
    QVERIFY(tests::click(*m_area, u"apiReferenceButton"_s));
    auto* browser = tests::named<QTextBrowser>(*m_area, u"apiReferenceText"_s);
    auto* stage = tests::named<QComboBox>(*m_area, u"apiReferenceStage"_s);
    stage->setCurrentIndex(0);
    Q_EMIT stage->activated(0);
    QTRY_VERIFY(browser->toPlainText().contains("Finds a"_L1));
    QVERIFY(tests::namelessControls(*m_area).isEmpty());
    tests::writeScreenshots(*m_area, u"api-reference"_s);
    tests::writeScreenshots(*m_area, u"api-reference-small"_s, tests::kSmallScreen);
    m_area->resize(tests::kLargeScreen);
    choose(u"api.import"_s);
    QVERIFY(tests::namelessControls(*m_area).isEmpty());
    tests::writeScreenshots(*m_area, u"api-import"_s);
    QVERIFY(tests::click(*m_area, u"apiReferenceButton"_s));
    choose(u"api.export"_s);
    tests::writeScreenshots(*m_area, u"api-export"_s);
}

CHAMBER_SUITE(TstApiDefinitions, "tst_api_definitions")
#include "tst_api_definitions.moc"
