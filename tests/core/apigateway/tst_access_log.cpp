#include "core/apigateway/access_log.h"
#include "core/apigateway/log_delivery.h"
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
    void delivery_putsAStreamAtOnceAndInOrder();
    void delivery_makesWhatIsMissing();
    void delivery_dropsWhatIsTooMuch();
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

namespace {

const apigateway::LogDelivery::Place kPlace{"us-east-1", "g", "s", true};

}

void TstAccessLog::delivery_putsAStreamAtOnceAndInOrder()
{
    FakeCaller caller;
    std::mutex mutex;
    std::condition_variable wake;
    bool goOn = false;
    std::vector<std::string> messages;
    int puts = 0;
    caller.onCall = [&](const FakeCaller::Asked& asked) -> Result<aws::Reply> {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return goOn; });
        ++puts;
        for (const auto& event : asked.input["logEvents"])
            messages.push_back(event["message"]);
        return aws::Reply{};
    };
    WorkPool pool(2, 8);
    apigateway::LogDelivery delivery(caller, pool);
    QVERIFY(delivery.add(kPlace, {{1, "first"}}));
    QTRY_COMPARE(caller.count(), 1); // the first put waits, and what comes meanwhile gathers
    QVERIFY(delivery.add(kPlace, {{30, "c"}, {40, "d"}}));
    QVERIFY(delivery.add(kPlace, {{10, "a"}, {30, "\xff"}}));
    {
        const std::lock_guard guard(mutex);
        goOn = true;
    }
    wake.notify_all();
    const auto count = [&] {
        const std::lock_guard guard(mutex);
        return messages.size();
    };
    QTRY_COMPARE(count(), std::size_t(5));
    pool.stop();
    QCOMPARE(puts, 2);
    QCOMPARE(messages, (std::vector<std::string>{"first", "a", "c", "\xEF\xBF\xBD", "d"}));
}

void TstAccessLog::delivery_makesWhatIsMissing()
{
    FakeCaller caller;
    std::mutex mutex;
    QStringList asked;
    bool hasStream = false;
    caller.onCall = [&](const FakeCaller::Asked& call) -> Result<aws::Reply> {
        const std::lock_guard guard(mutex);
        asked << QString::fromStdString(call.what);
        hasStream = hasStream || call.what == "logs CreateLogStream";
        if (call.what == "logs PutLogEvents" && !hasStream)
            return fail(ErrorKind::NotFound, "ResourceNotFoundException", "no stream");
        return aws::Reply{};
    };
    WorkPool pool(2, 8);
    apigateway::LogDelivery delivery(caller, pool);
    QVERIFY(delivery.add(kPlace, {{1, "first"}}));
    QTRY_COMPARE(caller.count(), 4);
    pool.stop();
    QCOMPARE(asked.join(QLatin1Char(',')),
        QStringLiteral("logs PutLogEvents,logs CreateLogGroup,logs CreateLogStream,logs PutLogEvents"));
}

void TstAccessLog::delivery_dropsWhatIsTooMuch()
{
    FakeCaller caller;
    WorkPool pool(1, 1);
    pool.stop(); // nothing is put
    apigateway::LogDelivery delivery(caller, pool);
    std::vector<apigateway::LogDelivery::Line> many(60'000, {1, "x"});
    QVERIFY(delivery.add(kPlace, many));
    QVERIFY(!delivery.add(kPlace, many));
    QVERIFY(delivery.add(kPlace, {{1, "x"}}));
}

CHAMBER_SUITE(TstAccessLog, "tst_access_log")
#include "tst_access_log.moc"
