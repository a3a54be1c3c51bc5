#include "core/apigateway/v2/parameter_mapping.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::apigateway::v2;

// What AWS takes as parameter mappings of HTTP APIs, and its words for the rest, as recorded.
class TstParameterMapping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestMappings_areChecked_data();
    void requestMappings_areChecked();
    void responseMappings_areChecked_data();
    void responseMappings_areChecked();
    void values_areTakenApart_data();
    void values_areTakenApart();
};

namespace {

QString problemsOf(const core::Result<>& checked)
{
    if (checked)
        return {};
    auto text = QString::fromStdString(checked.error().message);
    const QString begin =
        QStringLiteral("Invalid mapping expression specified: Validation Result: warnings : [], errors : [");
    return text.startsWith(begin) && text.endsWith(']') ? text.mid(begin.size()).chopped(1) : text;
}

}

void TstParameterMapping::requestMappings_areChecked_data()
{
    QTest::addColumn<QStringList>("mappings"); // key, value, key, value …
    QTest::addColumn<QString>("problems");
    const auto row = [](const char* name, const QStringList& mappings, const char* problems) {
        QTest::newRow(name) << mappings << QString::fromLatin1(problems);
    };
    row("nothing", {}, "");
    row("all actions",
        {"append:header.a", "static value", "overwrite:header.b", "$request.header.foo", "remove:header.c",
            "''"},
        "");
    row("unknown source", {"append:header.a", "$request.headers.foo"},
        "Invalid mapping expression specified: $request.headers.foo");
    row("twice", {"append:header.header_1", "x", "overwrite:header.header_1", "x"},
        "Parameter header.header_1 is not unique");
    row("twice without case", {"append:header.header_1", "x", "overwrite:header.HEADER_1", "x"},
        "Parameter header.header_1 is not unique");
    row("empty value", {"append:header.header_1", ""}, "");
    row("remove wants quotes", {"remove:header.a", "\"\""}, "Remove action has improper source \"\"");
    row("no name", {"append:header", "x"},
        "Invalid Request Actioned Parameter destination specified: append:header");
    row("no destination", {"invalid", "x"},
        "Invalid Request Actioned Parameter destination specified: invalid");
    row("several parts", {"append:header.a", "${request.body}followed with text$request.path"}, "");
    row("open brace", {"append:header.a", "${request.body"},
        "Invalid mapping expression specified: ${request.body");
    row("close brace", {"append:header.a", "$request.body}"},
        "Invalid mapping expression specified: $request.body}");
    row("no case in places", {"append:HEADER.DestinatioN", "x"}, "");
    row("several problems", {"append:header.First", "$invalid", "append:header.first", "valid"},
        "Invalid mapping expression specified: $invalid, Parameter header.first is not unique");
    row("reserved", {"append:header.authorization", "x"},
        "Operations on header authorization are restricted");
    row("reserved beginning", {"append:header.apigw-any-suffix", "x"},
        "Operations on header apigw-any-suffix are restricted");
    row("reserved and wrong", {"append:header.authorization", "$illegal"},
        "Invalid mapping expression specified: $illegal, Operations on header authorization are restricted");
    row("dollar at the end", {"append:header.foo", "$request.path$"}, "");
    row("short dollar is text", {"append:header.foo", "$a"}, "");
    row("longer dollar is none", {"append:header.foo", "$aa"}, "Invalid mapping expression specified: $aa");
    row("brace alone", {"append:header.foo", "{"}, "Invalid mapping expression specified: {");
    row("brace in a name", {"append:header.foo", "$request.header.foo{"},
        "Invalid mapping expression specified: $request.header.foo{");
    row("brace in braces", {"append:header.foo", "${request.header.foo{}"}, "");
    row("brace behind braces", {"append:header.foo", "${request.header.foo}}"},
        "Invalid mapping expression specified: ${request.header.foo}}");
    row("dollars in braces", {"append:header.foo", "${request.header.foo$request.header.foo$}"}, "");
    row("name", {"append:header.foo%", ""},
        "Parameter name should match the following regular expression: ^[a-zA-Z0-9._$-]+$");
    row("path", {"overwrite:Path", "$request.header.foo"}, "");
    row("path twice", {"append:path", "$request.header.foo", "overwrite:Path", "x"},
        "Action append is not supported on path., Parameter path. is not unique");
}

void TstParameterMapping::requestMappings_areChecked()
{
    QFETCH(QStringList, mappings);
    QFETCH(QString, problems);
    StringMap map;
    for (qsizetype i = 0; i + 1 < mappings.size(); i += 2)
        map[mappings[i].toStdString()] = mappings[i + 1].toStdString();
    QCOMPARE(problemsOf(checkRequestMappings(map)), problems);
}

void TstParameterMapping::responseMappings_areChecked_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("problems");
    const auto row = [](const char* status, const char* key, const char* value, const char* problems) {
        QTest::addRow("%s %s %s", status, key, value)
            << QString::fromLatin1(status) << QString::fromLatin1(key) << QString::fromLatin1(value)
            << QString::fromLatin1(problems);
    };
    row("200", "overwrite:header.header", "$response.header.foo", "");
    row("199", "overwrite:header.header", "$response.header.foo", "Status Code 199 is not valid.");
    row("600", "overwrite:header.header", "$response.header.foo", "Status Code 600 is not valid.");
    row("200 ", "overwrite:header.header", "$response.header.foo", "Status Code 200  is not valid.");
    row("200", "overwrite:statuscode", "$response.header.foo", "");
    row("200", "overwrite:statuscode", "$resp.header.foo",
        "Invalid mapping expression specified: $resp.header.foo");
    row("200", "overwrite:statuscode", "99", "Invalid StatusCode Provided: 99");
    row("200", "overwrite:statuscode", "600", "Invalid StatusCode Provided: 600");
    row("200", "overwrite:statuscode", "20.1", "Invalid StatusCode Provided: 20.1");
    row("200", "append:statuscode", "201", "Action append is not supported on statuscode.");
    row("200", "overwrite:querystring.a", "x",
        "Invalid Response Actioned Parameter destination specified: overwrite:querystring.a");
}

void TstParameterMapping::responseMappings_areChecked()
{
    QFETCH(QString, status);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, problems);
    QCOMPARE(problemsOf(
                 checkResponseMappings({{status.toStdString(), {{key.toStdString(), value.toStdString()}}}})),
        problems);
}

void TstParameterMapping::values_areTakenApart_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("text between variables") << "a${request.header.b}c$context.d e"
                                            << "a<request.header.b>c<context.d> e";
    QTest::newRow("a list's element") << "$request.body.x.y[0].z!"
                                      << "<request.body.x.y[0].z>!";
    QTest::newRow("every element") << "$request.body.x[*].y"
                                   << "<request.body.x[*].y>";
    QTest::newRow("a name in brackets") << "$request.body.x['a b']"
                                        << "<request.body.x['a b']>";
    QTest::newRow("brackets elsewhere") << "$context.d[0]"
                                        << "<context.d>[0]";
}

void TstParameterMapping::values_areTakenApart()
{
    QFETCH(QString, value);
    QFETCH(QString, wanted);
    const auto parts = parseMappingValue(value.toStdString(), MappingSide::Request);
    QVERIFY(parts.has_value());
    QString shown;
    for (const auto& part : *parts)
        shown += QString::fromStdString(part.isVariable ? "<" + part.text + ">" : part.text);
    QCOMPARE(shown, wanted);
}

CHAMBER_SUITE(TstParameterMapping, "tst_parameter_mapping")
#include "tst_parameter_mapping.moc"
