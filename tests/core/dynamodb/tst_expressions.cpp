#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/expressions.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/update_eval.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::dynamodb;

namespace {

constexpr std::string_view kEveryExpression[] = {"UpdateExpression", "ConditionExpression",
    "KeyConditionExpression", "FilterExpression", "ProjectionExpression"};

const QByteArray kItem = R"({
    "id":{"S":"b1"},"n":{"N":"10"},"s":{"S":"hello"},"e":{"S":"é𝄞"},"b":{"B":"AAEC"},"t":{"BOOL":true},"z":{"NULL":true},
    "l":{"L":[{"S":"x"},{"N":"2"},{"M":{"k":{"S":"v"}}}]},"m":{"M":{"a":{"N":"1"},"deep":{"M":{"q":{"S":"w"}}}}},
    "ss":{"SS":["a","b"]},"ns":{"NS":["1","2.5"]}})";

std::shared_ptr<JsonDocument> documentOf(const QByteArray& json)
{
    return *JsonDocument::parse(json.toStdString());
}

Attributes itemOf(const QByteArray& json)
{
    return *decodeAttributes(documentOf(json)->root());
}

core::Result<Expressions> parsed(const char* parameter, const QByteArray& text, const QByteArray& names,
    const QByteArray& values, std::shared_ptr<JsonDocument>& document)
{
    auto json = "{\"" + QByteArray(parameter) + "\":\"" + text + "\"";
    if (!names.isEmpty())
        json += ",\"ExpressionAttributeNames\":" + names;
    if (!values.isEmpty())
        json += ",\"ExpressionAttributeValues\":" + values;
    document = documentOf(json + "}");
    return parseExpressions(document->root(), kEveryExpression);
}

QString errorOf(
    const char* parameter, const QByteArray& text, const QByteArray& names, const QByteArray& values)
{
    std::shared_ptr<JsonDocument> document;
    const auto result = parsed(parameter, text, names, values, document);
    return result ? "no error" : QString::fromStdString(result.error().message);
}

const QByteArray kValues =
    R"({":ten":{"N":"10"},":two":{"N":"2"},":h":{"S":"he"},":x":{"S":"x"},":type":{"S":"L"},
    ":bin":{"B":"AAE="},":a":{"S":"a"},":set":{"SS":["b","a"]},":map":{"M":{"k":{"S":"v"}}},":true":{"BOOL":true}})";

// The values among kValues that a text uses: others would be an error.
QByteArray valuesFor(const QByteArray& text)
{
    const auto document = documentOf(kValues);
    QByteArray used;
    document->root().eachMember([&](std::string_view name, JsonView value) {
        const auto key = QByteArray(name.data(), static_cast<qsizetype>(name.size()));
        const auto at = text.indexOf(key);
        const bool whole = at >= 0 && (at + key.size() == text.size() || !isalnum(text[at + key.size()]));
        if (whole)
            used +=
                (used.isEmpty() ? "" : ",") + ("\"" + key + "\":") + QByteArray::fromStdString(value.json());
        return true;
    });
    return used.isEmpty() ? QByteArray() : "{" + used + "}";
}

}

class TstExpressions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void condition_holds_data();
    void condition_holds();
    void badExpression_isWordedAsAws_data();
    void badExpression_isWordedAsAws();
    void update_gives_data();
    void update_gives();
    void updateFails_data();
    void updateFails();
    void projection_gives_data();
    void projection_gives();
    void failedPart_namesTheDecidingCondition();
    void deepNesting_isErrorNotCrash();
};

void TstExpressions::condition_holds_data()
{
    QTest::addColumn<bool>("expected");
    const auto row = [](bool expected, const char* text) { QTest::newRow(text) << expected; };
    row(true, "n = :ten");
    row(false, "n <> :ten");
    row(true, "n > :two");
    row(false, "s > :two");
    row(false, "absent = :two");
    row(true, "absent <> :two");
    row(false, "absent < :two");
    row(true, "n BETWEEN :two AND :ten");
    row(true, "n IN (:two, :ten)");
    row(false, "s in (:x, :h)");
    row(true, "NOT n = :two AND s <> :x");
    row(true, "n = :two OR s <> :x AND t = :true");
    row(false, "(n = :two OR s <> :x) AND t <> :true");
    row(true, "not (n = :two)");
    row(true, "attribute_exists(m.deep.q)");
    row(false, "attribute_exists(m.deep.r)");
    row(true, "attribute_not_exists(l[3])");
    row(true, "attribute_exists(l[2].k)");
    row(true, "attribute_type(l, :type)");
    row(true, "begins_with(s, :h)");
    row(true, "begins_with(b, :bin)");
    row(false, "begins_with(n, :h)");
    row(true, "contains(s, :h)");
    row(true, "contains(ss, :a)");
    row(true, "contains(l, :x)");
    row(true, "contains(l, :map)");
    row(true, "contains(l, :two)");
    row(false, "contains(n, :a)");
    row(true, "ss = :set");
    row(true, "size(s) > :two");
    row(true, "size(ss) = :two");
    row(true, "size(m) = :two");
    row(false, "size(n) = :two");
    row(true, "size(e) > :two");
    row(true, "((size(s)) > :two)");
    row(true, ":two < n");
    row(true, "l[1] = :two");
}

void TstExpressions::condition_holds()
{
    const auto* text = QTest::currentDataTag();
    std::shared_ptr<JsonDocument> document;
    const auto expressions = parsed("ConditionExpression", text, {}, valuesFor(text), document);
    QVERIFY2(expressions, expressions ? "" : expressions.error().message.c_str());
    QTEST(holds(*expressions->condition, itemOf(kItem)), "expected");
}

void TstExpressions::badExpression_isWordedAsAws_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* parameter, const char* text, const char* names, const char* values,
                         const char* message) {
        QTest::newRow(qPrintable(QString("%1: %2 %3 %4").arg(parameter, text, names, values)))
            << QByteArray(parameter) << QByteArray(text) << QByteArray(names) << QByteArray(values)
            << QString::fromUtf8(message);
    };
    const auto* condition = "ConditionExpression";
    const auto* update = "UpdateExpression";
    const auto* key = "KeyConditionExpression";
    const auto* filter = "FilterExpression";
    const auto* projection = "ProjectionExpression";
    const auto* v = R"({":v":{"S":"a"}})";
    row(condition, "", "", "", "Invalid ConditionExpression: The expression can not be empty;");
    row(condition, "a-b", "", "", "Invalid ConditionExpression: Syntax error; token: \"-\", near: \"a-b\"");
    row(filter, "a = = :v", "", v, "Invalid FilterExpression: Syntax error; token: \"=\", near: \"= = :v\"");
    row(condition, "a =", "", "", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\"");
    row(condition, "a", "", "", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"a\"");
    row(condition, "_a = :v", "", v, "Invalid ConditionExpression: Syntax error; token: \"_\", near: \"_a\"");
    row(update, "INVALID SYNTAX HERE", "", "",
        "Invalid UpdateExpression: Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"");
    row(update, "ADD hits : incr", "", "",
        "Invalid UpdateExpression: Syntax error; token: \":\", near: \"hits : incr\"");
    row(update, "SET a = :v, SET b = :v", "", v,
        "Invalid UpdateExpression: Syntax error; token: \"b\", near: \"SET b =\"");
    row(condition, "((attribute_not_exists(a)))", "", "",
        "Invalid ConditionExpression: The expression has redundant parentheses;");
    row(condition, "((a = :v)) AND b = :v", "", v,
        "Invalid ConditionExpression: The expression has redundant parentheses;");
    row(condition, "foo(a)", "", "", "Invalid ConditionExpression: Invalid function name; function: foo");
    row(condition, "attribute_exists(a) = :v", "", v,
        "Invalid ConditionExpression: The function is not allowed to be used this way in an expression; "
        "function: "
        "attribute_exists");
    row(condition, "size(a)", "", "",
        "Invalid ConditionExpression: The function is not allowed to be used this way in an expression; "
        "function: size");
    row(condition, "name = :v", "", v,
        "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name");
    row(condition, "#a = :v", "", v,
        "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; "
        "attribute "
        "name: #a");
    row(condition, "a = :w", "", v,
        "Invalid ConditionExpression: An expression attribute value used in expression is not defined; "
        "attribute value: "
        ":w");
    row(condition, "contains(#a, #a)", R"({"#a":"data"})", "",
        "Invalid ConditionExpression: The first operand must be distinct from the remaining operands for "
        "this operator or "
        "function; operator: contains, first operand: [data]");
    row(condition, "begins_with(a, :v)", "", R"({":v":{"N":"1"}})",
        "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: "
        "begins_with, "
        "operand type: N");
    row(condition, "attribute_exists(a, b)", "", "",
        "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or "
        "function: "
        "attribute_exists, number of operands: 2");
    row(condition, "attribute_exists(:v)", "", v,
        "Invalid ConditionExpression: Operator or function requires a document path; operator or function: "
        "attribute_exists");
    row(condition, "attribute_type(a, :v)", "", v,
        "Invalid ConditionExpression: Invalid attribute type name found; type: a, valid types: "
        "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    row(condition, "a < :v", "", R"({":v":{"BOOL":true}})",
        "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: "
        "<, operand "
        "type: BOOL");
    row(condition, "a BETWEEN :v AND :w", "", R"({":v":{"S":"b"},":w":{"S":"a"}})",
        "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal "
        "to lower bound; "
        "lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}");
    row(condition, "a = b", R"({"#u":"x"})", "",
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}");
    row(condition, "a = b", "", v,
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
    row(condition, "a = b", "{}", "", "ExpressionAttributeNames must not be empty");
    row(condition, "a = b", "", "{}", "ExpressionAttributeValues must not be empty");
    row(condition, "a = b", R"({"u":"x"})", "",
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"u\"");
    row(condition, "a = :v", "", R"({":v":{"N":"x"}})",
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric "
        "value: x for key "
        ":v");
    row(update, "SET a = :v, a.b = :v", "", v,
        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of "
        "these paths; "
        "path one: [a], path two: [a, b]");
    row(update, "SET a[0] = :v, a.b = :v", "", v,
        "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one "
        "of these paths; "
        "path one: [a, [0]], path two: [a, b]");
    row(update, "SET a = :v SET b = :v", "", v,
        "Invalid UpdateExpression: The \\\"SET\\\" section can only be used once in an update expression;");
    row(update, "ADD a :v", "", v,
        "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand "
        "type: STRING");
    row(update, "SET a = b + :v", "", v,
        "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, "
        "operand type: "
        "S");
    row(update, "SET a = list_append(b, :v)", "", v,
        "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: "
        "list_append, "
        "operand type: S");
    row(update, "SET a = nosuch(b)", "", "",
        "Invalid UpdateExpression: Invalid function name; function: nosuch");
    row(projection, "a, a.b", "", "",
        "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite "
        "one of these "
        "paths; path one: [a], path two: [a, b]");
    row(projection, "a,", "", "",
        "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\"");
    row(key, "a = :v OR b = :v", "", v, "Invalid operator used in KeyConditionExpression: OR");
    row(key, "a <> :v", "", v, "Invalid operator used in KeyConditionExpression: <>");
    row(key, "attribute_exists(a)", "", "",
        "Invalid operator used in KeyConditionExpression: attribute_exists");
    row(key, "size(a) = :v", "", R"({":v":{"N":"1"}})",
        "KeyConditionExpressions cannot contain nested operations");
    row(key, "a = :v AND a > :v", "", v, "KeyConditionExpressions must only contain one condition per key");
    row(key, "a = b", "", "",
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    row(key, "a.b = :v", "", v, "KeyConditionExpressions cannot have conditions on nested attributes");
    row(key, ":v = :v", "", v, "Invalid condition in KeyConditionExpression: No key attribute specified");
}

void TstExpressions::badExpression_isWordedAsAws()
{
    QFETCH(QByteArray, parameter);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, values);
    QFETCH(QString, message);
    QCOMPARE(errorOf(parameter.constData(), text, names, values), message.replace("\\\"", "\""));
}

void TstExpressions::update_gives_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("update");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("after");
    const auto row = [](const char* name, const char* before, const char* update, const char* values,
                         const char* after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(update) << QByteArray(values)
                            << QString(after);
    };
    row("set", R"({"a":{"S":"x"}})", "SET b = :v", R"({":v":{"N":"1"}})", R"({"a":{"S":"x"},"b":{"N":"1"}})");
    row("sum", R"({"a":{"N":"0.1"}})", "SET a = a + :v", R"({":v":{"N":"0.2"}})", R"({"a":{"N":"0.3"}})");
    row("difference in parentheses", R"({"a":{"N":"5"}})", "SET a = (a - :v)", R"({":v":{"N":"7"}})",
        R"({"a":{"N":"-2"}})");
    row("operands are read before", R"({"a":{"N":"1"},"b":{"N":"2"}})", "SET a = b, b = a", "",
        R"({"a":{"N":"2"},"b":{"N":"1"}})");
    row("if_not_exists with", R"({"a":{"N":"1"}})", "SET a = if_not_exists(a, :v)", R"({":v":{"N":"9"}})",
        R"({"a":{"N":"1"}})");
    row("if_not_exists without", R"({"b":{"N":"1"}})", "SET a = if_not_exists(a, :v)", R"({":v":{"N":"9"}})",
        R"({"a":{"N":"9"},"b":{"N":"1"}})");
    row("list_append in front", R"({"a":{"L":[{"N":"1"}]}})", "SET a = list_append(:v, a)",
        R"({":v":{"L":[{"N":"0"}]}})", R"({"a":{"L":[{"N":"0"},{"N":"1"}]}})");
    row("beyond a list's end", R"({"a":{"L":[{"N":"1"}]}})", "SET a[9] = :v, a[5] = :w",
        R"({":v":{"N":"9"},":w":{"N":"5"}})", R"({"a":{"L":[{"N":"1"},{"N":"5"},{"N":"9"}]}})");
    row("remove by the old places", R"({"a":{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]}})", "REMOVE a[0], a[1]", "",
        R"({"a":{"L":[{"N":"2"}]}})");
    row("remove what is not there", R"({"a":{"S":"x"}})", "REMOVE b", "", R"({"a":{"S":"x"}})");
    row("add to nothing", R"({"a":{"S":"x"}})", "ADD n :v", R"({":v":{"N":"3"}})",
        R"({"a":{"S":"x"},"n":{"N":"3"}})");
    row("add to a set", R"({"a":{"SS":["b"]}})", "ADD a :v", R"({":v":{"SS":["a","b"]}})",
        R"({"a":{"SS":["a","b"]}})");
    row("delete from a set", R"({"a":{"NS":["1","2"]}})", "DELETE a :v", R"({":v":{"NS":["1.0"]}})",
        R"({"a":{"NS":["2"]}})");
    row("an emptied set goes", R"({"a":{"SS":["b"]},"c":{"S":"x"}})", "DELETE a :v", R"({":v":{"SS":["b"]}})",
        R"({"c":{"S":"x"}})");
    row("nested", R"({"m":{"M":{"l":{"L":[{"M":{}}]}}}})", "SET m.l[0].k = :v", R"({":v":{"S":"x"}})",
        R"({"m":{"M":{"l":{"L":[{"M":{"k":{"S":"x"}}}]}}}})");
    row("all sections", R"({"a":{"N":"1"},"b":{"S":"x"},"c":{"SS":["p","q"]}})",
        "set a = :v remove b add d :v delete c :w", R"({":v":{"N":"2"},":w":{"SS":["p"]}})",
        R"({"a":{"N":"2"},"c":{"SS":["q"]},"d":{"N":"2"}})");
}

void TstExpressions::update_gives()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, update);
    QFETCH(QByteArray, values);
    std::shared_ptr<JsonDocument> document;
    const auto expressions = parsed("UpdateExpression", update, {}, values, document);
    QVERIFY2(expressions, expressions ? "" : expressions.error().message.c_str());
    const auto after = applyUpdate(*expressions->update, itemOf(before));
    QVERIFY2(after, after ? "" : after.error().message.c_str());
    QTEST(QString::fromStdString(encoded(*after)), "after");
}

void TstExpressions::updateFails_data()
{
    QTest::addColumn<QByteArray>("update");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* update, const char* values, const char* message) {
        QTest::newRow(update) << QByteArray(update) << QByteArray(values) << QString(message);
    };
    const auto* invalidPath = "The document path provided in the update expression is invalid for update";
    const auto* wrongType = "An operand in the update expression has an incorrect data type";
    row("SET absent.a = :v", R"({":v":{"S":"x"}})", invalidPath);
    row("SET s.a = :v", R"({":v":{"S":"x"}})", invalidPath);
    row("SET m[0] = :v", R"({":v":{"S":"x"}})", invalidPath);
    row("REMOVE absent.a", "", invalidPath);
    row("SET q = absent", "",
        "The provided expression refers to an attribute that does not exist in the item");
    row("SET q = s + :v", R"({":v":{"N":"1"}})", wrongType);
    row("SET q = list_append(s, :v)", R"({":v":{"L":[]}})", wrongType);
    row("ADD s :v", R"({":v":{"N":"1"}})", wrongType);
    row("DELETE n :v", R"({":v":{"SS":["a"]}})", wrongType);
}

void TstExpressions::updateFails()
{
    QFETCH(QByteArray, update);
    QFETCH(QByteArray, values);
    std::shared_ptr<JsonDocument> document;
    const auto expressions = parsed("UpdateExpression", update, {}, values, document);
    QVERIFY2(expressions, expressions ? "" : expressions.error().message.c_str());
    const auto after = applyUpdate(*expressions->update, itemOf(kItem));
    QVERIFY(!after);
    QTEST(QString::fromStdString(after.error().message), "message");
}

void TstExpressions::projection_gives_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) { QTest::newRow(text) << QString(expected); };
    row("id, absent", R"({"id":{"S":"b1"}})");
    row("m.deep.q, m.a", R"({"m":{"M":{"a":{"N":"1"},"deep":{"M":{"q":{"S":"w"}}}}}})");
    row("l[2].k, l[0]", R"({"l":{"L":[{"S":"x"},{"M":{"k":{"S":"v"}}}]}})");
    row("l[7], s[0], n.a", "{}");
}

void TstExpressions::projection_gives()
{
    std::shared_ptr<JsonDocument> document;
    const auto expressions = parsed("ProjectionExpression", QTest::currentDataTag(), {}, {}, document);
    QVERIFY(expressions);
    QTEST(QString::fromStdString(encoded(project(*expressions->projection, itemOf(kItem)))), "expected");
}

void TstExpressions::failedPart_namesTheDecidingCondition()
{
    std::shared_ptr<JsonDocument> document;
    const QByteArray text = "attribute_exists(id) AND n < :two";
    const auto expressions = parsed("ConditionExpression", text, {}, valuesFor(text), document);
    QCOMPARE(failedPart(*expressions->condition, itemOf(kItem)), std::string("n < {N:2}"));
}

void TstExpressions::deepNesting_isErrorNotCrash()
{
    const QString redundant = "Invalid ConditionExpression: The expression has redundant parentheses;";
    QCOMPARE(errorOf("ConditionExpression", QByteArray(2000, '(') + "a = b" + QByteArray(2000, ')'), {}, {}),
        redundant);
    QCOMPARE(errorOf("ConditionExpression", QByteArray(4000, '('), {}, {}), redundant);
    const auto tooMany = QString("Invalid ConditionExpression: The expression contains too many operators;");
    QVERIFY(errorOf("ConditionExpression", QByteArray("NOT ").repeated(1000) + "a = b", {}, {})
                .startsWith(tooMany));
    QVERIFY(errorOf("ConditionExpression", QByteArray("NOT (").repeated(600) + "a = b", {}, {})
                .startsWith(tooMany));
    QVERIFY(errorOf("ConditionExpression", QByteArray("size(").repeated(800), {}, {}).startsWith(tooMany));
    QVERIFY(errorOf("ConditionExpression", QByteArray("a = b AND ").repeated(200) + "a = b", {}, {})
                .startsWith(tooMany));
    for (const auto* part : {"(", "list_append(", "if_not_exists(a, ("})
        QVERIFY(
            errorOf("UpdateExpression", "SET a = " + QByteArray(part).repeated(240), {}, {}) != "no error");
}

CHAMBER_SUITE(TstExpressions, "tst_expressions")
#include "tst_expressions.moc"
