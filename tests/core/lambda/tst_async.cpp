#include "core/base/work_pool.h"
#include "core/lambda/async_queue.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <fstream>
#include <future>

using namespace tests;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

const std::string kArn = "arn:aws:lambda:us-east-1:000000000000:function:";
const std::string kQueue = "arn:aws:sqs:us-east-1:000000000000:failures";

}

// Asynchronous events: kept, retried, aged, and reported to their destinations.
class TstAsync : public QObject {
    Q_OBJECT

    json call(const char* action, json input, const char* service = "lambda")
    {
        auto answer = m_room->call(action, input, service);
        return answer ? *answer : json{{"error", answer.error().code + ": " + answer.error().message}};
    }
    json config(json more)
    {
        more["FunctionName"] = "f";
        return call("PutFunctionEventInvokeConfig", more);
    }
    // A function that notes each event in a file and does what the event says.
    void createNoting(const char* name)
    {
        m_room->create(name, "python3.12",
            "import json, os, time\ndef handler(event, context):\n    open('" + notes(name)
                + "', 'a').write(json.dumps(event) + '\\n')\n"
                  "    if isinstance(event, dict) and event.get('fail'):\n        raise ValueError('no')\n"
                  "    while isinstance(event, dict) and event.get('until') and not "
                  "os.path.exists(event['until']):\n        time.sleep(0.01)\n"
                  "    return {'done': True}\n");
    }
    std::string notes(const char* name) const
    {
        return (m_room->folder() / (std::string(name) + ".notes")).string();
    }
    std::vector<json> eventsOf(const char* name) const
    {
        std::vector<json> events;
        std::ifstream file(notes(name));
        for (std::string line; std::getline(file, line);)
            events.push_back(json::parse(line));
        return events;
    }
    int countOf(const char* name) const { return static_cast<int>(eventsOf(name).size()); }
    void send(const std::string& event)
    {
        QCOMPARE(m_room
                     ->send("POST", "/2015-03-31/functions/f/invocations", event,
                         {{"X-Amz-Invocation-Type", "Event"}})
                     .status,
            202);
    }
    using Hook = std::function<void(core::lambda::AsyncQueue&)>;
    using Deliver = std::function<core::Result<>(core::lambda::AsyncQueue&)>;
    // One event of a function that fails, in a queue of its own, to the end of its first attempt.
    void runOnce(int retries, const Hook& during, const Deliver& deliver = {})
    {
        const auto& its = m_room->lambda().host();
        core::WorkPool pool(1, 16);
        const core::aws::Host host{its.store, its.blobs, its.clock, its.tracer, its.caller, pool, its.server,
            its.changes, its.logs, its.folder, its.endpoint};
        core::lambda::AsyncQueue* self = nullptr;
        core::lambda::AsyncQueue queue(host,
            {[&](const core::lambda::AsyncJob&, core::trace::SpanScope&) {
                 during(*self);
                 core::lambda::InvocationOutcome outcome;
                 outcome.functionError = "Unhandled";
                 return outcome;
             },
                [&](const core::lambda::AsyncJob&) {
                    core::lambda::AsyncRules rules;
                    rules.retries = retries;
                    rules.onFailure = deliver ? "somewhere" : "";
                    return rules;
                },
                [&](const std::string&, const std::string&, const core::lambda::AsyncJob&,
                    core::trace::SpanScope&) -> core::Result<> { return deliver(*self); }});
        self = &queue;
        core::lambda::AsyncJob job;
        job.functionKey = "us-east-1/f";
        job.accepted = its.clock.now();
        QVERIFY(queue.submit(job));
        // The pool's only thread comes to this when the attempt is over.
        std::promise<void> over;
        QVERIFY(pool.post([&over] { over.set_value(); }));
        over.get_future().wait();
        queue.close();
        pool.stop();
    }
    // What lies in the queue, once there are so many.
    std::vector<json> received(std::size_t count)
    {
        std::vector<json> messages;
        if (!QTest::qWaitFor(
                [&] {
                    const auto answer = call("ReceiveMessage",
                        {{"QueueUrl", "/000000000000/failures"}, {"MaxNumberOfMessages", 10},
                            {"MessageAttributeNames", {"All"}}},
                        "sqs");
                    for (const auto& message : answer.value("Messages", json::array()))
                        messages.push_back(message);
                    return messages.size() >= count;
                },
                kPatience))
            qFatal("The messages do not come");
        return messages;
    }
    int queued() const { return m_room->keysOf("lambda/events"); }

private Q_SLOTS:
    // Functions leave notes in a folder that they would not see in a sandbox.
    void initTestCase() { qputenv("CHAMBER_LAMBDA_SANDBOX", "off"); }
    void cleanupTestCase() { qunsetenv("CHAMBER_LAMBDA_SANDBOX"); }
    void init()
    {
        m_room = std::make_unique<LambdaRoom>();
        createNoting("f");
        createNoting("heard");
    }
    void cleanup() { m_room.reset(); }

    void settings_areKept()
    {
        const auto put = config({{"MaximumRetryAttempts", 1}, {"MaximumEventAgeInSeconds", 60},
            {"DestinationConfig", {{"OnSuccess", {{"Destination", kArn + "heard"}}}}}});
        COMPARE_JSON(put,
            json({{"DestinationConfig",
                      {{"OnFailure", json::object()}, {"OnSuccess", {{"Destination", kArn + "heard"}}}}},
                {"FunctionArn", kArn + "f:$LATEST"}, {"LastModified", 1795356207.418},
                {"MaximumEventAgeInSeconds", 60}, {"MaximumRetryAttempts", 1}}));
        COMPARE_JSON(call("GetFunctionEventInvokeConfig", {{"FunctionName", "f"}}), put);
        const auto updated =
            call("UpdateFunctionEventInvokeConfig", {{"FunctionName", "f"}, {"MaximumRetryAttempts", 0}});
        COMPARE_JSON(updated.at("MaximumRetryAttempts"), 0);
        COMPARE_JSON(updated.at("MaximumEventAgeInSeconds"), 60);
        // Put says all anew.
        QVERIFY(!config({{"MaximumRetryAttempts", 2}}).contains("MaximumEventAgeInSeconds"));
        COMPARE_JSON(call("ListFunctionEventInvokeConfigs", {{"FunctionName", "f"}})
                         .at("FunctionEventInvokeConfigs")
                         .size(),
            1);
        call("DeleteFunctionEventInvokeConfig", {{"FunctionName", "f"}});
        COMPARE_JSON(call("GetFunctionEventInvokeConfig", {{"FunctionName", "f"}}).at("error"),
            "ResourceNotFoundException: The function " + kArn
                + "f:$LATEST doesn't have an EventInvokeConfig");
    }

    void wrongSettings_haveAwsErrors_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("wanted");
        const std::string invalid = "InvalidParameterValueException: ";
        const auto row = [](const char* name, const json& input, const std::string& wanted) {
            QTest::newRow(name) << QString::fromStdString(input.dump()) << QString::fromStdString(wanted);
        };
        const auto failing = [](const std::string& arn) {
            return json{{"DestinationConfig", {{"OnFailure", {{"Destination", arn}}}}}};
        };
        row("nothing", json::object(),
            invalid + "You must specify at least one of error handling or destination setting.");
        row("itself", failing(kArn + "f"),
            invalid + "You can't specify the function as a destination for itself.");
        row("unknown", failing(kArn + "none"), invalid + "The destination ARN " + kArn + "none is invalid.");
        row("no queue", failing("arn:aws:sqs:us-east-1:000000000000:q"),
            invalid + "The destination ARN arn:aws:sqs:us-east-1:000000000000:q is invalid.");
        row("no bus", failing("arn:aws:events:us-east-1:000000000000:event-bus/none"),
            invalid + "The destination ARN arn:aws:events:us-east-1:000000000000:event-bus/none is invalid.");
        row("no topic", failing("arn:aws:sns:us-east-1:000000000000:t"),
            invalid + "The destination ARN arn:aws:sns:us-east-1:000000000000:t is invalid.");
        row("success in a bucket",
            {{"DestinationConfig", {{"OnSuccess", {{"Destination", "arn:aws:s3:::b"}}}}}},
            invalid
                + "The destination ARN arn:aws:s3:::b is invalid: a bucket takes records of failures alone.");
        row("other service", failing("arn:aws:dynamodb:us-east-1:000000000000:table/t"),
            invalid
                + "The provided destination config DestinationConfig(onSuccess=null, "
                  "onFailure=OnFailure(destination=arn:aws:dynamodb:us-east-1:000000000000:table/t)) is "
                  "invalid.");
        row("age", {{"MaximumEventAgeInSeconds", 59}},
            "ValidationException: 1 validation error detected: Value '59' at 'maximumEventAgeInSeconds' "
            "failed to "
            "satisfy constraint: Member must have value greater than or equal to 60");
        row("no version", {{"MaximumRetryAttempts", 1}, {"Qualifier", "7"}},
            "ResourceNotFoundException: The function doesn't exist.");
    }
    void wrongSettings_haveAwsErrors()
    {
        QFETCH(QString, input);
        QFETCH(QString, wanted);
        COMPARE_JSON(config(json::parse(input.toStdString())).at("error"), wanted.toStdString());
    }

    void success_isReported()
    {
        config({{"DestinationConfig", {{"OnSuccess", {{"Destination", kArn + "heard"}}}}}});
        send(R"({"a":1})");
        QTRY_COMPARE(countOf("heard"), 1);
        auto record = eventsOf("heard").at(0);
        QCOMPARE(record.at("requestContext").at("requestId").get<std::string>().size(), std::size_t{36});
        record.at("requestContext").erase("requestId");
        COMPARE_JSON(record,
            json({{"version", "1.0"}, {"timestamp", "2026-11-22T14:03:27.418Z"},
                {"requestContext",
                    {{"functionArn", kArn + "f:$LATEST"}, {"condition", "Success"},
                        {"approximateInvokeCount", 1}}},
                {"requestPayload", {{"a", 1}}},
                {"responseContext", {{"statusCode", 200}, {"executedVersion", "$LATEST"}}},
                {"responsePayload", {{"done", true}}}}));
        QTRY_COMPARE(queued(), 0);
    }

    void failure_isRetriedAndReported()
    {
        config({{"MaximumRetryAttempts", 1},
            {"DestinationConfig", {{"OnFailure", {{"Destination", kArn + "heard"}}}}}});
        send(R"({"fail":1})");
        QTRY_COMPARE(countOf("f"), 1);
        QTRY_VERIFY(m_room->waitsAt(60));
        m_room->clock().advance(60 * core::kSecond);
        QTRY_COMPARE(countOf("heard"), 1);
        QCOMPARE(countOf("f"), 2);
        const auto record = eventsOf("heard").at(0);
        COMPARE_JSON(record.at("requestContext").at("condition"), "RetriesExhausted");
        COMPARE_JSON(record.at("requestContext").at("approximateInvokeCount"), 2);
        COMPARE_JSON(record.at("responseContext"),
            json({{"statusCode", 200}, {"executedVersion", "$LATEST"}, {"functionError", "Unhandled"}}));
        COMPARE_JSON(record.at("responsePayload").at("errorType"), "ValueError");
    }

    void failure_goesToABucket()
    {
        call("CreateBucket", {{"Bucket", "failures"}}, "s3");
        config({{"MaximumRetryAttempts", 0},
            {"DestinationConfig", {{"OnFailure", {{"Destination", "arn:aws:s3:::failures"}}}}}});
        send(R"({"fail":1})");
        const auto keys = [this] {
            const auto listed = call("ListObjectsV2", {{"Bucket", "failures"}}, "s3");
            return listed.value("Contents", json::array());
        };
        QTRY_COMPARE(keys().size(), std::size_t{1});
        QVERIFY(keys().at(0).at("Key").get<std::string>().starts_with(
            "aws/lambda/async/f/2026/11/22/2026-11-22T14.03.27-"));
    }

    void failure_goesToAQueue()
    {
        call("CreateQueue", {{"QueueName", "failures"}}, "sqs");
        config(
            {{"MaximumRetryAttempts", 0}, {"DestinationConfig", {{"OnFailure", {{"Destination", kQueue}}}}}});
        send(R"({"fail":1})");
        const auto messages = received(1);
        const auto record = json::parse(messages.at(0).at("Body").get<std::string>());
        COMPARE_JSON(record.at("requestContext").at("condition"), "RetriesExhausted");
        COMPARE_JSON(record.at("requestPayload"), json({{"fail", 1}}));
        QVERIFY(!messages.at(0).contains("MessageAttributes"));
    }

    void success_goesToAnEventBus()
    {
        call("CreateQueue", {{"QueueName", "failures"}}, "sqs");
        call("CreateEventBus", {{"Name", "results"}}, "events");
        call("PutRule",
            {{"Name", "all"}, {"EventBusName", "results"}, {"EventPattern", R"({"source":["lambda"]})"}},
            "events");
        call("PutTargets",
            {{"Rule", "all"}, {"EventBusName", "results"},
                {"Targets", {{{"Id", "t"}, {"Arn", kArn + "heard"}}}}},
            "events");
        call("AddPermission",
            {{"FunctionName", "heard"}, {"StatementId", "s"}, {"Action", "lambda:InvokeFunction"},
                {"Principal", "events.amazonaws.com"}});
        const std::string bus = "arn:aws:events:us-east-1:000000000000:event-bus/results";
        const auto put = config({{"DestinationConfig", {{"OnSuccess", {{"Destination", bus}}}}}});
        QVERIFY2(!put.contains("error"), put.dump().c_str());
        send(R"({"a":1})");
        QTRY_COMPARE(countOf("heard"), 1);
        const auto event = eventsOf("heard").at(0);
        COMPARE_JSON(event.at("detail-type"), "Lambda Function Invocation Result - Success");
        COMPARE_JSON(event.at("resources"), json({bus, kArn + "f:$LATEST"}));
        COMPARE_JSON(event.at("detail").at("requestPayload"), json({{"a", 1}}));
    }

    void deadLetter_isTheEventItself()
    {
        call("CreateQueue", {{"QueueName", "failures"}}, "sqs");
        const auto updated = call("UpdateFunctionConfiguration",
            {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", kQueue}}}});
        COMPARE_JSON(updated.value("DeadLetterConfig", json()), json({{"TargetArn", kQueue}}));
        config({{"MaximumRetryAttempts", 0},
            {"DestinationConfig", {{"OnFailure", {{"Destination", kArn + "heard"}}}}}});
        m_room->reopen();
        send(R"({"fail": 1})");
        const auto messages = received(1);
        COMPARE_JSON(messages.at(0).at("Body"), R"({"fail": 1})");
        const auto attributes = messages.at(0).at("MessageAttributes");
        COMPARE_JSON(attributes.at("ErrorCode"), json({{"DataType", "Number"}, {"StringValue", "200"}}));
        COMPARE_JSON(attributes.at("ErrorMessage"), json({{"DataType", "String"}, {"StringValue", "no"}}));
        QCOMPARE(attributes.at("RequestID").at("StringValue").get<std::string>().size(), std::size_t{36});
        QTRY_COMPARE(countOf("heard"), 1);
        QTRY_COMPARE(queued(), 0);
    }

    void deadLetter_isOfTheVersionThatFailed()
    {
        call("CreateQueue", {{"QueueName", "failures"}}, "sqs");
        call("UpdateFunctionConfiguration",
            {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", kQueue}}}});
        call("PublishVersion", {{"FunctionName", "f"}});
        call("UpdateFunctionConfiguration",
            {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", ""}}}});
        QVERIFY(!call("GetFunctionConfiguration", {{"FunctionName", "f"}}).contains("DeadLetterConfig"));
        QVERIFY(call("GetFunctionConfiguration", {{"FunctionName", "f:1"}}).contains("DeadLetterConfig"));
    }

    void oldEvent_isGivenUp()
    {
        config({{"MaximumEventAgeInSeconds", 90},
            {"DestinationConfig", {{"OnFailure", {{"Destination", kArn + "heard"}}}}}});
        send(R"({"fail":1})");
        QTRY_VERIFY(m_room->waitsAt(60));
        m_room->clock().advance(60 * core::kSecond);
        QTRY_COMPARE(countOf("f"), 2);
        QTRY_VERIFY(m_room->waitsAt(90));
        m_room->clock().advance(30 * core::kSecond);
        QTRY_COMPARE(countOf("heard"), 1);
        QCOMPARE(countOf("f"), 2);
        const auto record = eventsOf("heard").at(0);
        COMPARE_JSON(record.at("requestContext").at("condition"), "EventAgeExceeded");
        QVERIFY(!record.contains("responsePayload"));
    }

    void acceptedEvent_outlivesTheChamber()
    {
        send(R"({"fail":1,"n":1})");
        QTRY_VERIFY(m_room->waitsAt(60));
        m_room->reopen();
        call("GetFunction", {{"FunctionName", "f"}});
        m_room->clock().advance(60 * core::kSecond);
        QTRY_COMPARE(countOf("f"), 2);
        QTRY_VERIFY(m_room->waitsAt(180));
        m_room->clock().advance(120 * core::kSecond);
        QTRY_COMPARE(countOf("f"), 3);
        QTRY_COMPARE(queued(), 0);
    }

    void throttledEvent_waitsForItsTurn()
    {
        call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 1}});
        const auto opens = m_room->folder() / "opens";
        send(json{{"until", opens.string()}}.dump());
        QTRY_COMPARE(countOf("f"), 1);
        send("{}");
        QTRY_VERIFY(m_room->waitsAt(1));
        QCOMPARE(countOf("f"), 1);
        std::ofstream(opens) << "now";
        QTRY_COMPARE(queued(), 1);
        m_room->clock().advance(core::kSecond);
        QTRY_COMPARE(countOf("f"), 2);
    }

    void eventOfAClosedFunction_isGivenUpAtOnce()
    {
        call("CreateQueue", {{"QueueName", "failures"}}, "sqs");
        call("UpdateFunctionConfiguration",
            {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", kQueue}}}});
        call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 0}});
        send(R"({"a":1})");
        const auto messages = received(1);
        QCOMPARE(messages.size(), std::size_t{1});
        QCOMPARE(messages[0].at("Body").get<std::string>(), std::string(R"({"a":1})"));
        QTRY_COMPARE(queued(), 0);
        // It does not come later.
        call("DeleteFunctionConcurrency", {{"FunctionName", "f"}});
        m_room->clock().advance(6 * 3600 * core::kSecond);
        QCOMPARE(countOf("f"), 0);
    }

    void manyEvents_allRun()
    {
        for (int i = 0; i < 60; ++i)
            send(std::to_string(i));
        QTRY_COMPARE_WITH_TIMEOUT(countOf("f"), 60, 60'000);
        QTRY_COMPARE(queued(), 0);
    }

    void deletedFunction_losesItsEvents()
    {
        send(R"({"fail":1})");
        QTRY_VERIFY(m_room->waitsAt(60));
        call("DeleteFunction", {{"FunctionName", "f"}});
        m_room->clock().advance(60 * core::kSecond);
        QTRY_COMPARE(queued(), 0);
        QCOMPARE(countOf("f"), 1);
    }

    void deadLetterTarget_isRefusedByName()
    {
        const auto set = [this](const char* target) {
            return call("UpdateFunctionConfiguration",
                {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", target}}}})
                .at("error");
        };
        COMPARE_JSON(set("arn:aws:sqs:us-east-1:000000000000:q"),
            "InvalidParameterValueException: The dead-letter target arn:aws:sqs:us-east-1:000000000000:q is "
            "no "
            "standard queue that exists.");
        COMPARE_JSON(set("arn:aws:sns:us-east-1:000000000000:t"),
            "InvalidParameterValueException: The dead-letter target arn:aws:sns:us-east-1:000000000000:t is "
            "no standard topic that exists.");
        COMPARE_JSON(set("arn:aws:kinesis:us-east-1:000000000000:stream/s"),
            "InvalidParameterValueException: The dead-letter target "
            "arn:aws:kinesis:us-east-1:000000000000:stream/s is of a service that cannot be one. A "
            "dead-letter "
            "target can be a queue or a topic.");
        QVERIFY(!call(
            "UpdateFunctionConfiguration", {{"FunctionName", "f"}, {"DeadLetterConfig", {{"TargetArn", ""}}}})
                     .contains("error"));
    }

    void deepPayload_isTextInTheRecord()
    {
        core::lambda::AsyncJob job;
        job.invocation.payload = std::string(500'000, '[') + std::string(500'000, ']');
        core::lambda::InvocationOutcome outcome;
        outcome.payload = job.invocation.payload;
        const auto record =
            json::parse(core::lambda::invocationRecord(job, core::lambda::AsyncEnd::Success, &outcome, 0));
        QVERIFY(record.at("requestPayload") == job.invocation.payload);
        QVERIFY(record.at("responsePayload") == job.invocation.payload);
    }

    void emptiedStore_getsNoEventBack()
    {
        const auto empty = [this](core::lambda::AsyncQueue& queue) {
            const auto dropped = m_room->lambda().host().store.commit(
                [](core::store::Transaction& transaction) -> core::Result<> {
                    transaction.dropKeyspace("lambda/events");
                    return {};
                });
            QVERIFY(dropped);
            queue.reset();
        };
        runOnce(1, empty);
        QCOMPARE(queued(), 0);
        bool delivered = false;
        runOnce(0, empty, [&delivered](core::lambda::AsyncQueue&) -> core::Result<> {
            delivered = true;
            return {};
        });
        QVERIFY(!delivered);
    }

    void refusedRecordOfAClosingChamber_isKept()
    {
        const auto refuse = [](core::lambda::AsyncQueue& queue) -> core::Result<> {
            queue.hold();
            return core::fail(core::ErrorKind::Cancelled, "ServiceException", "The chamber is closing");
        };
        runOnce(
            0, [](core::lambda::AsyncQueue&) {}, refuse);
        QCOMPARE(queued(), 1);
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstAsync, "tst_async")
#include "tst_async.moc"
