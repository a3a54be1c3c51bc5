#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/stored_item.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::dynamodb;

namespace {

// The canonical JSON of an item, or the error's message.
QString recoded(const QByteArray& json)
{
    const auto document = JsonDocument::parse(json.toStdString());
    if (!document)
        return "error: " + QString::fromStdString(document.error().code);
    const auto item = decodeAttributes((*document)->root());
    return QString::fromStdString(
        item ? encoded(*item) : "error: " + item.error().code + ": " + item.error().message);
}

QByteArray nested(int maps)
{
    QByteArray json = "{\"S\":\"x\"}";
    for (int i = 0; i < maps; ++i)
        json = "{\"M\":{\"a\":" + json + "}}";
    return "{\"a\":" + json + "}";
}

}

class TstItemJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void item_becomesCanonical_data();
    void item_becomesCanonical();
    void escapes_standAnywhereInAText();
    void badItem_isAwsError_data();
    void badItem_isAwsError();
    void nesting_endsAt32Levels();
    void storedItem_readsBack();
    void sizeOfStored_isSizeOfTree();
    void brokenJson_isSerializationException();
    void sets_areEqualByValue();
};

void TstItemJson::item_becomesCanonical_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("expected");
    const auto same = [](const char* name, const QByteArray& json) {
        QTest::newRow(name) << json << QString::fromUtf8(json);
    };
    same("string", R"({"a":{"S":"x"}})");
    same("empty string", R"({"a":{"S":""}})");
    same("escapes", R"({"a":{"S":"\"\\\n\t\r\u0001 é 🦊"}})");
    same("binary", R"({"a":{"B":"AAEC/w=="}})");
    same("boolean", R"({"a":{"BOOL":false}})");
    same("null", R"({"a":{"NULL":true}})");
    same("list and map", R"({"a":{"L":[{"S":"x"},{"M":{"b":{"N":"1"}}},{"L":[]}]},"m":{"M":{}}})");
    QTest::newRow("names in order") << QByteArray(R"({"b":{"S":"2"},"a":{"S":"1"}})")
                                    << R"({"a":{"S":"1"},"b":{"S":"2"}})";
    QTest::newRow("last of equal names")
        << QByteArray(R"({"a":{"S":"1"},"a":{"S":"2"}})") << R"({"a":{"S":"2"}})";
    QTest::newRow("number") << QByteArray(R"({"a":{"N":"01.50e1"}})") << R"({"a":{"N":"15"}})";
    QTest::newRow("sets in order")
        << QByteArray(R"({"b":{"BS":["/w==","AA=="]},"n":{"NS":["10","9","-1"]},"s":{"SS":["b","a"]}})")
        << R"({"b":{"BS":["AA==","/w=="]},"n":{"NS":["-1","9","10"]},"s":{"SS":["a","b"]}})";
    QTest::newRow("words for booleans") << QByteArray(R"({"a":{"BOOL":"yes"}})") << R"({"a":{"BOOL":true}})";
    QTest::newRow("unknown members") << QByteArray(R"({"a":{"S":"x","Q":"y"}})") << R"({"a":{"S":"x"}})";
}

void TstItemJson::item_becomesCanonical()
{
    QFETCH(QByteArray, given);
    QTEST(recoded(given), "expected");
}

void TstItemJson::escapes_standAnywhereInAText()
{
    // Letters with high bits, and those that differ from an escaped one by a bit, stand beside.
    const std::string around = "aé!#[]\x7f \xc2\xa2 of twenty or more";
    for (std::size_t at = 0; at <= around.size(); ++at) {
        for (const auto& [plain, escaped] : {std::pair<char, std::string>('"', "\\\""), {'\\', "\\\\"},
                 {'\n', "\\n"}, {'\x1f', "\\u001f"}, {'\0', "\\u0000"}}) {
            std::string text = around;
            text.insert(at, 1, plain);
            std::string expected = around;
            expected.insert(at, escaped);
            std::string json;
            appendJsonString(json, text);
            QCOMPARE(json, '"' + expected + '"');
        }
    }
}

void TstItemJson::badItem_isAwsError_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("error");
    const QString invalid = "ValidationException: ";
    const QString parameters = invalid + "One or more parameter values were invalid: ";
    const QString serialization = "SerializationException: ";
    QTest::newRow("no type") << QByteArray(R"({"a":{}})")
                             << invalid
            + "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    QTest::newRow("two types") << QByteArray(R"({"a":{"S":"x","N":"1"}})")
                               << invalid
            + "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
              "supported "
              "datatypes";
    QTest::newRow("number") << QByteArray(R"({"a":{"N":"b"}})")
                            << invalid + "The parameter cannot be converted to a numeric value: b";
    QTest::newRow("null") << QByteArray(R"({"a":{"NULL":false}})")
                          << parameters + "Null attribute value types must have the value of true";
    QTest::newRow("empty string set")
        << QByteArray(R"({"a":{"SS":[]}})") << parameters + "An string set  may not be empty";
    QTest::newRow("empty number set")
        << QByteArray(R"({"a":{"NS":[]}})") << parameters + "An number set  may not be empty";
    QTest::newRow("empty binary set")
        << QByteArray(R"({"a":{"BS":[]}})") << parameters + "Binary sets should not be empty";
    QTest::newRow("string twice") << QByteArray(R"({"a":{"SS":["b","a","b"]}})")
                                  << parameters + "Input collection [b, a, b] contains duplicates.";
    QTest::newRow("number twice") << QByteArray(R"({"a":{"NS":["1","1.0"]}})")
                                  << invalid + "Input collection contains duplicates";
    QTest::newRow("binary twice") << QByteArray(R"({"a":{"BS":["AA==","AA=="]}})")
                                  << parameters
            + "Input collection [AA==, AA==]of type BS contains duplicates.";
    QTest::newRow("number for string")
        << QByteArray(R"({"a":{"S":1}})") << serialization + "NUMBER_VALUE cannot be converted to String";
    QTest::newRow("boolean for string")
        << QByteArray(R"({"a":{"S":true}})") << serialization + "TRUE_VALUE cannot be converted to String";
    QTest::newRow("list for string") << QByteArray(R"({"a":{"S":[]}})")
                                     << serialization + "Unrecognized collection type class java.lang.String";
    QTest::newRow("bare value") << QByteArray(R"({"a":"x"})")
                                << serialization + "Unexpected value type in payload";
    QTest::newRow("base64") << QByteArray(R"({"a":{"B":"abc"}})")
                            << serialization
            + "Base64 encoded length is expected a multiple of 4 bytes but found: 3";
}

void TstItemJson::badItem_isAwsError()
{
    QFETCH(QByteArray, given);
    QFETCH(QString, error);
    QCOMPARE(recoded(given), "error: " + error);
}

void TstItemJson::nesting_endsAt32Levels()
{
    QVERIFY(!recoded(nested(31)).startsWith("error"));
    QVERIFY(recoded(nested(32)).contains("Nesting Levels have exceeded supported limits"));
}

void TstItemJson::storedItem_readsBack()
{
    const auto text = recoded(R"({"a":{"L":[{"S":"x"},{"NULL":true},{"BOOL":true}]},"b":{"BS":["AAE="]},)"
                              R"("m":{"M":{"n":{"N":"1.5"},"s":{"SS":["q","r"]}}}})")
                          .toStdString();
    QCOMPARE(encoded(decodeStored(text)), text);
}

void TstItemJson::sizeOfStored_isSizeOfTree()
{
    const std::string text =
        R"({"a":{"S":"é\n"},"b":{"B":"AAE="},"f":{"BOOL":true},"l":{"L":[{"N":"10"},{"NULL":true}]},)"
        R"("m":{"M":{"k":{"NS":["1","2.25"]}}},"z":{"SS":["x","yy"]}})";
    QCOMPARE(sizeOfStored(text), storedSize(decodeStored(text)));
    // a: 1+3, b: 1+2, f: 1+1, l: 1+3+(1+2)+(1+1), m: 1+3+1+1+(2+3), z: 1+3
    QCOMPARE(sizeOfStored(text), std::size_t(4 + 3 + 2 + 9 + 11 + 4));
}

void TstItemJson::brokenJson_isSerializationException()
{
    for (const char* text : {"", "{", "{\"a\":}", "[1,", "{\"a\":\"\xff\"}", "nul"})
        QCOMPARE(recoded(text), QString("error: SerializationException"));
}

void TstItemJson::sets_areEqualByValue()
{
    QCOMPARE(recoded(R"({"a":{"NS":["1.0","2"]}})"), recoded(R"({"a":{"NS":["2.00","1"]}})"));
}

CHAMBER_SUITE(TstItemJson, "tst_item_json")
#include "tst_item_json.moc"
