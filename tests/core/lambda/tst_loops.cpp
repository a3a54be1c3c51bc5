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
        const auto add = [](const char* name, const char* way, const char* rule, int runs) {
            QTest::newRow(name) << way << rule << runs;
        };
        add("Lambda", "lambda", "Terminate", 16);
        add("Lambda, allowed", "lambda", "Allow", 21);
        add("a bucket", "s3", "Terminate", 16);
        add("a topic", "sns", "Terminate", 16);
        add("a queue", "sqs", "Terminate", 16);
        add("a queue, allowed", "sqs", "Allow", 21);
        add("a topic and a queue", "sns sqs", "Terminate", 16);
        add("a bucket and a queue", "s3 sqs", "Terminate", 16);
        add("a function and a queue", "lambda sqs", "Terminate", 16);
    }
    void loop_endsAfterSixteenRuns()
    {
        QFETCH(QString, way);
        QFETCH(QString, rule);
        QFETCH(int, runs);
        prepare(rule.toStdString());
        bringBack(way.toStdString());
        const auto first = m_room->invoke("loops", json({{"way", way.toStdString()}, {"n", 0}}).dump());
        QCOMPARE(first.functionError, std::string());
        QTRY_COMPARE_WITH_TIMEOUT(countOfRuns(), runs, 60'000);
        if (rule == "Allow")
            return;
        QTRY_COMPARE(m_room->keysOf("lambda/events"), 0);
        if (way.endsWith("sqs") && way != "lambda sqs") {
            // It lies in its queue, is not run again, and ends as a dead letter.
            QTRY_VERIFY(hasStep("Recursive loop"));
            QTRY_VERIFY(hasStep("Leaves 1 message to reappear"));
            m_room->clock().advance(30 * core::kSecond);
        }
        std::string dropped;
        // It can be received once: QTRY_VERIFY would ask again.
        QVERIFY(QTest::qWaitFor([&] { return !(dropped = receive("dropped")).empty(); }, kPatience));
        QCOMPARE(countOfRuns(), runs);
        QVERIFY2(dropped.find(way.startsWith("s3") ? "16.txt" : "\\\"n\\\":16") != std::string::npos
                || dropped.find("\"n\":16") != std::string::npos,
            dropped.c_str());
        QVERIFY(dropped.find("responseContext") == std::string::npos);
    }

    void otherMessages_runBesideALoop()
    {
        prepare("Terminate");
        bringBack("sqs");
        QVERIFY(m_room->invoke("loops", R"({"way":"sqs","n":0})").functionError.empty());
        QTRY_VERIFY_WITH_TIMEOUT(hasStep("Recursive loop"), 60'000);
        // The last one may still run: it has sent the message that is not run again.
        QTRY_COMPARE(countOfRuns(), 16);
        QVERIFY(m_room->call("SendMessage",
            {{"QueueUrl", "/000000000000/rounds"}, {"MessageBody", R"({"way":"sqs","n":20})"}}, "sqs"));
        QTRY_COMPARE(countOfRuns(), 17);
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
            "import json, os, urllib.error, urllib.parse, urllib.request\n"
            "def send(method, path, body, headers):\n"
            "    headers['X-Amzn-Trace-Id'] = os.environ['_X_AMZN_TRACE_ID']\n"
            "    target = os.environ['AWS_ENDPOINT_URL'] + path\n"
            "    request = urllib.request.Request(target, data=body, method=method, headers=headers)\n"
            "    try:\n"
            "        urllib.request.urlopen(request).read()\n"
            "    except urllib.error.HTTPError as error:\n"
            "        print('refused', error.code, error.headers['x-amzn-ErrorType'])\n"
            "def read(event):\n"
            "    if 'Records' not in event:\n"
            "        return event\n"
            "    record = event['Records'][0]\n"
            "    if 'Sns' in record:\n"
            "        return json.loads(record['Sns']['Message'])\n"
            "    if 'body' not in record:\n"
            "        return {'way': 's3', 'n': int(record['s3']['object']['key'].split('.')[0])}\n"
            "    body = json.loads(record['body'])\n"
            "    if 'Message' in body:\n"
            "        body = json.loads(body['Message'])\n"
            "    return dict(read(body), queued=True)\n"
            "def handler(event, context):\n"
            "    event = read(event)\n"
            "    n = event['n']\n"
            "    if n == 20:\n"
            "        return\n"
            "    event['n'] = n + 1\n"
            "    if event['way'].startswith('s3'):\n"
            "        return send('PUT', '/rounds/%d.txt' % (n + 1), b'x', {})\n"
            "    text = json.dumps(event, separators=(',', ':'))\n"
            "    if event['way'].startswith('sns'):\n"
            "        form = {'Action': 'Publish', 'Version': '2010-03-31', 'Message': text,\n"
            "            'TopicArn': 'arn:aws:sns:us-east-1:000000000000:rounds'}\n"
            "        return send('POST', '/', urllib.parse.urlencode(form).encode(),\n"
            "            {'Content-Type': 'application/x-www-form-urlencoded'})\n"
            "    if event['way'] == 'sqs' or event['way'] == 'lambda sqs' and 'queued' not in event:\n"
            "        message = {'QueueUrl': '/000000000000/rounds', 'MessageBody': text}\n"
            "        return send('POST', '/', json.dumps(message).encode(),\n"
            "            {'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': "
            "'AmazonSQS.SendMessage'})\n"
            "    event.pop('queued', None)\n"
            "    kind = event.get('last', 'Event') if n == 15 else 'Event'\n"
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
    }

    // What brings the numbers back to the function.
    void bringBack(const std::string& way)
    {
        const std::string function = "arn:aws:lambda:us-east-1:000000000000:function:loops";
        const std::string queue = "arn:aws:sqs:us-east-1:000000000000:rounds";
        const bool queued = way.ends_with("sqs");
        for (const auto* service : {"s3", "sns"})
            QVERIFY(m_room->call("AddPermission",
                {{"FunctionName", "loops"}, {"StatementId", service}, {"Action", "lambda:InvokeFunction"},
                    {"Principal", std::string(service) + ".amazonaws.com"}}));
        if (queued) {
            const json anybody = {{"Version", "2012-10-17"},
                {"Statement",
                    {{{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "sqs:SendMessage"},
                        {"Resource", queue}}}}};
            const json redrive = {{"deadLetterTargetArn", "arn:aws:sqs:us-east-1:000000000000:dropped"},
                {"maxReceiveCount", 1}};
            QVERIFY(m_room->call("CreateQueue",
                {{"QueueName", "rounds"},
                    {"Attributes", {{"Policy", anybody.dump()}, {"RedrivePolicy", redrive.dump()}}}},
                "sqs"));
        }
        if (way.starts_with("s3")) {
            QCOMPARE(m_room->send("PUT", "/rounds").status, 200);
            const std::string kind = queued ? "Queue" : "CloudFunction";
            const auto noted = m_room->send("PUT", "/rounds?notification",
                "<NotificationConfiguration><" + kind + "Configuration><" + kind + '>'
                    + (queued ? queue : function) + "</" + kind + "><Event>s3:ObjectCreated:*</Event></"
                    + kind + "Configuration></NotificationConfiguration>");
            QVERIFY2(noted.status == 200, noted.body.c_str());
        }
        if (way.starts_with("sns")) {
            QVERIFY(m_room->call("CreateTopic", {{"Name", "rounds"}}, "sns"));
            QVERIFY(m_room->call("Subscribe",
                {{"TopicArn", "arn:aws:sns:us-east-1:000000000000:rounds"},
                    {"Protocol", queued ? "sqs" : "lambda"}, {"Endpoint", queued ? queue : function}},
                "sns"));
        }
        // What S3 says of its new notification is not for the function.
        if (queued)
            QVERIFY(m_room->call("CreateEventSourceMapping",
                {{"FunctionName", "loops"}, {"EventSourceArn", queue},
                    {"FilterCriteria",
                        {{"Filters", {{{"Pattern", R"({"body":{"Event":[{"exists":false}]}})"}}}}}}}));
    }

    bool hasStep(const std::string& title)
    {
        for (const auto& track : m_room->tracer().latest(1000)) {
            for (const auto& span : track.spans) {
                for (const auto& step : span.steps) {
                    if (step.title == title)
                        return true;
                }
            }
        }
        return false;
    }

    // The body of a message, "" when there is none.
    std::string receive(const std::string& queue)
    {
        const auto got = *m_room->call("ReceiveMessage", {{"QueueUrl", "/000000000000/" + queue}}, "sqs");
        return got.contains("Messages") ? got["Messages"][0].value("Body", "") : std::string();
    }

    int countOfRuns()
    {
        return static_cast<int>(m_room->call("ListRuns", {{"FunctionName", "loops"}})->at("Runs").size());
    }

    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstLoops, "tst_loops")
#include "tst_loops.moc"
