#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;
using nlohmann::json;

// Functions that set themselves going again.
class TstLoops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("CHAMBER_LAMBDA_SANDBOX", "off"); }
    void cleanupTestCase() { qunsetenv("CHAMBER_LAMBDA_SANDBOX"); }
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void loop_endsAfterSixteenRuns_data()
    {
        QTest::addColumn<QString>("way");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("runs");
        QTest::newRow("Lambda") << "lambda"
                                << "Terminate" << 16;
        QTest::newRow("Lambda, allowed") << "lambda"
                                         << "Allow" << 21;
        QTest::newRow("a bucket") << "s3"
                                  << "Terminate" << 16;
    }
    void loop_endsAfterSixteenRuns()
    {
        QFETCH(QString, way);
        QFETCH(QString, rule);
        QFETCH(int, runs);
        prepare(rule.toStdString());
        const auto first = m_room->invoke("loops", json({{"way", way.toStdString()}, {"n", 0}}).dump());
        QCOMPARE(first.functionError, std::string());
        QTRY_COMPARE_WITH_TIMEOUT(countOfRuns(), runs, 60'000);
        if (rule == "Allow")
            return;
        QTRY_COMPARE(m_room->keysOf("lambda/events"), 0);
        QCOMPARE(countOfRuns(), runs);
        const auto got = *m_room->call(
            "ReceiveMessage", {{"QueueUrl", m_room->endpoint() + "/000000000000/dropped"}}, "sqs");
        const auto record = json::parse(got.at("Messages").at(0).at("Body").get<std::string>());
        QVERIFY(record.at("requestPayload").dump().find(way == "s3" ? "16.txt" : "\"n\":16")
            != std::string::npos);
        QVERIFY(!record.contains("responseContext"));
    }

    void synchronousCall_isRefusedAtItsEnd()
    {
        prepare("Terminate");
        auto refused = m_room->invoke("loops", R"({"way":"lambda","n":0,"last":"RequestResponse"})");
        QCOMPARE(refused.functionError, std::string());
        QTRY_COMPARE_WITH_TIMEOUT(countOfRuns(), 16, 60'000);
        const auto lines = m_room->logOf("loops");
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("refused 400 RecursiveInvocationException") != std::string::npos;
        }));
    }

private:
    // Counts to 20, each number by an invocation that the one before has caused.
    void prepare(const std::string& rule)
    {
        m_room->create("loops", "python3.12",
            "import json, os, urllib.error, urllib.request\n"
            "def send(method, path, body, headers):\n"
            "    headers['X-Amzn-Trace-Id'] = os.environ['_X_AMZN_TRACE_ID']\n"
            "    target = os.environ['AWS_ENDPOINT_URL'] + path\n"
            "    request = urllib.request.Request(target, data=body, method=method, headers=headers)\n"
            "    try:\n"
            "        urllib.request.urlopen(request).read()\n"
            "    except urllib.error.HTTPError as error:\n"
            "        print('refused', error.code, error.headers['x-amzn-ErrorType'])\n"
            "def handler(event, context):\n"
            "    if 'Records' in event:\n"
            "        n = int(event['Records'][0]['s3']['object']['key'].split('.')[0])\n"
            "        event = {'way': 's3'}\n"
            "    else:\n"
            "        n = event['n']\n"
            "    if n == 20:\n"
            "        return\n"
            "    if event['way'] == 's3':\n"
            "        return send('PUT', '/rounds/%d.txt' % (n + 1), b'x', {})\n"
            "    kind = event.get('last', 'Event') if n == 15 else 'Event'\n"
            "    event['n'] = n + 1\n"
            "    send('POST', '/2015-03-31/functions/loops/invocations', json.dumps(event).encode(),\n"
            "        {'X-Amz-Invocation-Type': kind})\n",
            {{"Timeout", 20}});
        QVERIFY(m_room->call("CreateQueue", {{"QueueName", "dropped"}}, "sqs"));
        QVERIFY(m_room->call("PutFunctionEventInvokeConfig",
            {{"FunctionName", "loops"},
                {"DestinationConfig",
                    {{"OnFailure", {{"Destination", "arn:aws:sqs:us-east-1:000000000000:dropped"}}}}}}));
        QVERIFY(
            m_room->call("PutFunctionRecursionConfig", {{"FunctionName", "loops"}, {"RecursiveLoop", rule}}));
        QVERIFY(m_room->call("AddPermission",
            {{"FunctionName", "loops"}, {"StatementId", "s"}, {"Action", "lambda:InvokeFunction"},
                {"Principal", "s3.amazonaws.com"}}));
        QCOMPARE(m_room->send("PUT", "/rounds").status, 200);
        const auto noted = m_room->send("PUT", "/rounds?notification",
            "<NotificationConfiguration><CloudFunctionConfiguration><CloudFunction>"
            "arn:aws:lambda:us-east-1:000000000000:function:loops</CloudFunction>"
            "<Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration></NotificationConfiguration>");
        QVERIFY2(noted.status == 200, noted.body.c_str());
    }

    int countOfRuns()
    {
        return static_cast<int>(m_room->call("ListRuns", {{"FunctionName", "loops"}})->at("Runs").size());
    }

    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstLoops, "tst_loops")
#include "tst_loops.moc"
