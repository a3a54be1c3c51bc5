#include "core/apigateway/mapping.h"
#include "core/apigateway/patch.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core;
using namespace core::apigateway;
using nlohmann::json;

namespace {

struct Shelf {
    std::string name;
    std::map<std::string, std::string> books;
};

constexpr PatchRule<Shelf> kRules[] = {
    {"/name", "replace",
        [](Shelf& shelf, const PatchOperation& operation) -> Result<> {
            shelf.name = operation.valueOrEmpty();
            return {};
        }},
    {"/books/*", "add remove",
        [](Shelf& shelf, const PatchOperation& operation) -> Result<> {
            patchEntry(shelf.books, operation, operation.valueOrEmpty());
            return {};
        }},
};

QString patched(Shelf& shelf, const json& operations)
{
    const auto parsed = parsePatch({{"patchOperations", operations}});
    if (!parsed)
        return QString::fromStdString(parsed.error().message);
    const auto result = applyPatch<Shelf>(shelf, *parsed, kRules, unknownPatchPath);
    return result ? QStringLiteral("ok") : QString::fromStdString(result.error().message);
}

}

class TstPatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void operations_applyInOrder();
    void tilde_escapesSlashesAndTildes();
    void wrongPaths_areNamed();
    void wrongOperations_areRefused();
    void mapping_isParsedOrRefused_data();
    void mapping_isParsedOrRefused();
    void stageVariables_fillUris();
    void binaryTypes_matchPatterns();
};

void TstPatch::operations_applyInOrder()
{
    Shelf shelf;
    QCOMPARE(patched(shelf,
                 {{{"op", "replace"}, {"path", "/name"}, {"value", "Novels"}},
                     {{"op", "add"}, {"path", "/books/verne"}, {"value", "Nemo"}},
                     {{"op", "add"}, {"path", "/books/wells"}, {"value", "Time"}},
                     {{"op", "remove"}, {"path", "/books/verne"}}}),
        QStringLiteral("ok"));
    QCOMPARE(shelf.name, std::string("Novels"));
    QCOMPARE(shelf.books, (std::map<std::string, std::string>{{"wells", "Time"}}));
}

void TstPatch::tilde_escapesSlashesAndTildes()
{
    Shelf shelf;
    QCOMPARE(
        patched(shelf, {{{"op", "add"}, {"path", "/books/a~1b~0c"}, {"value", "x"}}}), QStringLiteral("ok"));
    QVERIFY(shelf.books.contains("a/b~c"));
}

void TstPatch::wrongPaths_areNamed()
{
    Shelf shelf;
    QCOMPARE(patched(shelf, {{{"op", "replace"}, {"path", "/colour"}, {"value", "x"}}}),
        QStringLiteral("Invalid patch path /colour"));
    QCOMPARE(patched(shelf, {{{"op", "add"}, {"path", "/books"}, {"value", "x"}}}),
        QStringLiteral("Invalid patch path /books"));
}

void TstPatch::wrongOperations_areRefused()
{
    Shelf shelf;
    QVERIFY(patched(shelf, {{{"op", "remove"}, {"path", "/name"}}})
                .startsWith("Invalid patch operation specified"));
    QCOMPARE(patched(shelf, {{{"op", "move"}, {"path", "/name"}, {"from", "/books/a"}}}),
        QStringLiteral("Cloud Chamber does not support the patch operation 'move'"));
}

void TstPatch::mapping_isParsedOrRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("literal") << "'*'"
                             << "*";
    QTest::newRow("path") << "method.request.path.id"
                          << "id";
    QTest::newRow("stage variable") << "stageVariables.host"
                                    << "host";
    QTest::newRow("context") << "context.requestId"
                             << "requestId";
    QTest::newRow("body") << "method.request.body"
                          << "";
    QTest::newRow("part of the body") << "method.request.body.a.b"
                                      << "a.b";
    QTest::newRow("garbage")
        << "header.x"
        << "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
           "[Invalid mapping expression specified: header.x]";
}

void TstPatch::mapping_isParsedOrRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto parsed = MappingExpression::parse(text.toStdString());
    QCOMPARE(QString::fromStdString(parsed ? parsed->name : parsed.error().message), expected);
}

void TstPatch::stageVariables_fillUris()
{
    const StringMap variables{{"host", "example.com"}};
    QCOMPARE(substituteStageVariables("http://${stageVariables.host}/a", variables),
        std::string("http://example.com/a"));
    QCOMPARE(substituteStageVariables("x${stageVariables.none}y", variables), std::string("xy"));
    QCOMPARE(
        substituteStageVariables("${stageVariables.host", variables), std::string("${stageVariables.host"));
}

void TstPatch::binaryTypes_matchPatterns()
{
    QVERIFY(isBinaryType({"image/png"}, "image/png; q=1"));
    QVERIFY(isBinaryType({"image/*"}, "Image/JPEG"));
    QVERIFY(isBinaryType({"*/*"}, ""));
    QVERIFY(!isBinaryType({"image/png"}, "text/plain"));
    QVERIFY(!isBinaryType({}, "image/png"));
}

CHAMBER_SUITE(TstPatch, "tst_patch")
#include "tst_patch.moc"
