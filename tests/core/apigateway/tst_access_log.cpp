#include "core/apigateway/access_log.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;
using apigateway::LoggedProtocol;

class TstAccessLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void line_data();
    void line();
    void httpFormat_namesKnownVariablesAlone();
    void socketFormat_saysWhatItSpeaksOf();
    void groups_areFoundInArns();
};

void TstAccessLog::line_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("line");
    QTest::newRow("json") << QStringLiteral(R"({"id":"$context.requestId","none":"$context.nope"})")
                          << QStringLiteral(R"({"id":"r","none":"-"})");
    QTest::newRow("csv") << QStringLiteral("$context.requestId,$context.status") << QStringLiteral("r,200");
    QTest::newRow("xml") << QStringLiteral("<a id=\"$context.requestId\">$context.status</a>")
                         << QStringLiteral("<a id=\"r\">200</a>");
    QTest::newRow("sentence") << QStringLiteral("$context.status. $context.requestId-")
                              << QStringLiteral("200. r-");
    QTest::newRow("braces") << QStringLiteral("${context.requestId}x${context.status}")
                            << QStringLiteral("rx200");
    QTest::newRow("open brace") << QStringLiteral("${context.requestId $context.status")
                                << QStringLiteral("${context.requestId 200");
    QTest::newRow("other dollars") << QStringLiteral("$ $x $$context.requestId") << QStringLiteral("$ $x $r");
    QTest::newRow("line's end") << QStringLiteral("$context.requestId\n") << QStringLiteral("r");
    QTest::newRow("empty value") << QStringLiteral("$context.requestId $context.empty")
                                 << QStringLiteral("r -");
}

void TstAccessLog::line()
{
    QFETCH(const QString, format);
    const auto made = apigateway::accessLogLine(
        format.toStdString(), [](std::string_view name) -> std::optional<std::string> {
            if (name == "requestId")
                return "r";
            if (name == "status")
                return "200";
            return name == "empty" ? std::optional<std::string>("") : std::nullopt;
        });
    QTEST(QString::fromStdString(made), "line");
}

void TstAccessLog::httpFormat_namesKnownVariablesAlone()
{
    const auto known = [](std::string_view name) { return name == "requestId"; };
    const auto check = [&](const char* format) {
        const auto checked = apigateway::checkAccessLogFormat(format, LoggedProtocol::Http, known);
        return checked ? QString() : QString::fromStdString(checked.error().message);
    };
    QCOMPARE(check("$context.requestId"), QString());
    QCOMPARE(check("$context.requestId $context.a ${context.b}"),
        QStringLiteral("The following context variables are not supported: [$context.a, ${context.b}]"));
}

void TstAccessLog::socketFormat_saysWhatItSpeaksOf()
{
    const auto lines =
        apigateway::checkAccessLogFormat("$context.requestId\n", LoggedProtocol::WebSocket, {});
    QVERIFY(!lines);
    QCOMPARE(QString::fromStdString(lines.error().message),
        QStringLiteral(
            "The following errors are found in Access Log Format: Access Log format must be single "
            "line: '$context.requestId\n'"));
    QVERIFY(apigateway::checkAccessLogFormat("$context.requestId\n", LoggedProtocol::Rest, {}));
    QVERIFY(apigateway::checkAccessLogFormat(
        "${context.extendedRequestId} $context.nope", LoggedProtocol::WebSocket, {}));
}

void TstAccessLog::groups_areFoundInArns()
{
    const auto group = apigateway::logGroupOf("arn:aws:logs:eu-west-1:000000000000:log-group:/aws/a:*");
    QVERIFY(group);
    QCOMPARE(group->name, std::string("/aws/a"));
    QCOMPARE(group->region, std::string("eu-west-1"));
    QVERIFY(!apigateway::logGroupOf("arn:aws:logs:eu-west-1:000000000000:log-group:"));
    QVERIFY(!apigateway::logGroupOf("arn:aws:logs"));
}

CHAMBER_SUITE(TstAccessLog, "tst_access_log")
#include "tst_access_log.moc"
