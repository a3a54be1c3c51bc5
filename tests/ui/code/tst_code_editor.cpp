#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "ui/code/code_editor.h"
#include "ui/kit/tone.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::code::CodeEditor;
using ui::code::Language;

namespace {

const auto kPython = uR"(import json
import boto3

table = boto3.resource("dynamodb").Table("Orders")


@traced
def handler(event, context):
    """Places an order."""
    body = json.loads(event["body"])
    total = sum(line["price"] * 2 for line in body["lines"])  # in cents
    if total > 100.5:
        raise ValueError("too much")
    table.put_item(Item={"orderId": context.aws_request_id, "total": total})
    return {"statusCode": 201, "body": json.dumps({"total": total})}
)"_s;

}

class TstCodeEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void language_isFoundByTheFileName()
    {
        QCOMPARE(ui::code::languageOf(u"app.py"_s), Language::Python);
        QCOMPARE(ui::code::languageOf(u"index.mjs"_s), Language::JavaScript);
        QCOMPARE(ui::code::languageOf(u"package.json"_s), Language::Json);
        QCOMPARE(ui::code::languageOf(u"Makefile"_s), Language::Plain);
    }

    void typing_modifiesAndUndoReturns()
    {
        CodeEditor editor(Language::Python);
        editor.setText(u"x = 1\n"_s);
        QVERIFY(!editor.isModified());
        QSignalSpy spy(&editor, &CodeEditor::modificationChanged);
        auto* inner = editor.focusProxy();
        QTest::keyClicks(inner, u"y"_s);
        QVERIFY(editor.isModified());
        QCOMPARE(editor.text(), u"yx = 1\n"_s);
        QTest::keyClick(inner, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!editor.isModified());
        QCOMPARE(spy.count(), 2);
    }

    void replaceText_isOneUndoStep()
    {
        CodeEditor editor(Language::Json);
        editor.setText(u"{\"a\":1}"_s);
        editor.replaceText(u"{\n  \"a\": 1\n}"_s);
        QTest::keyClick(editor.focusProxy(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor.text(), u"{\"a\":1}"_s);
    }

    void controlS_asksToSave()
    {
        CodeEditor editor;
        editor.show();
        QSignalSpy spy(&editor, &CodeEditor::saveRequested);
        QTest::keyClick(editor.focusProxy(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(spy.count(), 1);
    }

    void find_selectsTheNextMatch()
    {
        CodeEditor editor(Language::Python);
        editor.setText(kPython);
        editor.resize(600, 400);
        editor.show();
        editor.showFind();
        auto* field = editor.findChild<QLineEdit*>(u"findField"_s);
        QTest::keyClicks(field, u"total"_s);
        QCOMPARE(editor.selectedText(), u"total"_s);
        const auto first = editor.currentLine();
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(editor.currentLine() > first);
    }

    void editor_isWrittenAsAPicture()
    {
        CodeEditor editor(Language::Python);
        editor.setText(kPython);
        editor.setLineNote(14, u"9.2 ms"_s, static_cast<int>(ui::kit::Hue::Tbl));
        editor.setLineNote(4, u"148 ms"_s, static_cast<int>(ui::kit::Hue::Cold));
        editor.markError(13, 15);
        tests::writeScreenshots(editor, u"code-editor"_s, {720, 420});
    }
};

CHAMBER_SUITE(TstCodeEditor, "tst_code_editor")

#include "tst_code_editor.moc"
