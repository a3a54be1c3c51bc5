#include "tests/core/lambda/queue_room.h"
#include "tests/core/lambda/stream_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;
using core::kSecond;
using core::lambda::EventSourceMapping;
using nlohmann::json;

#define TRY_BATCHES(expected) QTRY_COMPARE(room.batches().dump(), json::parse(expected).dump())
#define TRY_COUNTS(queue, expected) QTRY_COMPARE(room.counts(queue), std::string(expected))

namespace {

EventSourceMapping ofSize(int size)
{
    EventSourceMapping mapping;
    mapping.batchSize = size;
    return mapping;
}

core::lambda::InvocationOutcome reporting(const std::vector<std::string>& ids)
{
    json failures = json::array();
    for (const auto& id : ids)
        failures.push_back({{"itemIdentifier", id}});
    return answered(json{{"batchItemFailures", failures}}.dump());
}

json inGroup(const char* group, const std::string& duplicate)
{
    return {{"MessageGroupId", group}, {"MessageDeduplicationId", duplicate}};
}

std::string receivesOfLatest(const QueueRoom& room)
{
    const auto event = room.events().back();
    return event.at("Records").at(0).at("attributes").at("ApproximateReceiveCount");
}

core::Result<core::lambda::InvocationOutcome> throttled(const json&)
{
    return core::fail(core::ErrorKind::Throttled, "TooManyRequestsException", "Rate Exceeded.");
}

}

// From a queue's messages to a function's events.
class TstQueues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messages_comeInAwsForm()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.send("jobs", "hello",
            {{"MessageAttributes",
                {{"colour", {{"DataType", "String"}, {"StringValue", "red"}}},
                    {"bytes", {{"DataType", "Binary"}, {"BinaryValue", "AP8="}}}}}});
        room.start(ofSize(10));
        QTRY_COMPARE(room.count(), 1);
        const auto record = room.events().front().at("Records").at(0);
        QCOMPARE(record.at("body").get<std::string>(), std::string("hello"));
        QCOMPARE(record.at("eventSource").get<std::string>(), std::string("aws:sqs"));
        QCOMPARE(record.at("eventSourceARN").get<std::string>(),
            std::string("arn:aws:sqs:us-east-1:000000000000:jobs"));
        QCOMPARE(record.at("awsRegion").get<std::string>(), std::string("us-east-1"));
        QCOMPARE(record.at("md5OfBody").get<std::string>(), std::string("5d41402abc4b2a76b9719d911017c592"));
        QVERIFY(!record.at("messageId").get<std::string>().empty());
        QVERIFY(!record.at("receiptHandle").get<std::string>().empty());
        QCOMPARE(record.at("attributes").at("ApproximateReceiveCount").get<std::string>(), std::string("1"));
        QCOMPARE(
            record.at("attributes").at("SentTimestamp").get<std::string>(), std::string("1700000000000"));
        const json none = json::array();
        const json colour = {{"stringValue", "red"}, {"stringListValues", none}, {"binaryListValues", none},
            {"dataType", "String"}};
        const json bytes = {{"binaryValue", "AP8="}, {"stringListValues", none}, {"binaryListValues", none},
            {"dataType", "Binary"}};
        QCOMPARE(record.at("messageAttributes").dump(), json({{"colour", colour}, {"bytes", bytes}}).dump());
        QCOMPARE(record.at("md5OfMessageAttributes").get<std::string>().size(), std::size_t(32));
        TRY_COUNTS("jobs", "0/0/0");
        QTRY_VERIFY(room.hasStep("Received 1 message"));
        QTRY_VERIFY(room.hasStep("Deletes 1 message"));
        // Without attributes nothing tells of them, but with a batching window.
        room.send("jobs", "plain");
        QTRY_COMPARE(room.count(), 2);
        QVERIFY(!room.events().back().at("Records").at(0).contains("md5OfMessageAttributes"));
    }

    void manyMessages_comeInBatches()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        for (int i = 0; i < 5; ++i)
            room.send("jobs", std::to_string(i));
        auto mapping = ofSize(2);
        room.start(mapping);
        TRY_COUNTS("jobs", "0/0/0");
        QCOMPARE(room.count(), 3);
    }

    void batchingWindow_waitsOnTheClock()
    {
        QueueRoom room;
        room.makeQueue("jobs", {{"VisibilityTimeout", "60"}});
        auto mapping = ofSize(12);
        mapping.batchWindow = 10;
        room.start(mapping);
        room.send("jobs", "a");
        TRY_COUNTS("jobs", "0/1/0");
        room.clock().advance(5 * kSecond);
        room.send("jobs", "b");
        TRY_COUNTS("jobs", "0/2/0");
        QCOMPARE(room.count(), 0);
        room.clock().advance(5 * kSecond);
        TRY_BATCHES(R"([["a","b"]])");
        QVERIFY(room.events().front().at("Records").at(0).at("md5OfMessageAttributes").is_null());
        // A full batch does not wait.
        for (int i = 0; i < 12; ++i)
            room.send("jobs", "x");
        QTRY_COMPARE(room.count(), 2);
        TRY_COUNTS("jobs", "0/0/0");
    }

    void batchingWindow_beginsWhenTheMessageIsReceived()
    {
        QueueRoom room;
        room.makeQueue("jobs", {{"VisibilityTimeout", "60"}});
        auto mapping = ofSize(12);
        mapping.batchWindow = 10;
        room.leapWhileReceiving(5 * kSecond);
        room.start(mapping);
        room.send("jobs", "a");
        TRY_COUNTS("jobs", "0/1/0");
        QTRY_COMPARE(room.clock().now(), 1'700'000'005 * kSecond);
        room.clock().advance(5 * kSecond);
        TRY_BATCHES(R"([["a"]])");
    }

    void messageThatAppearsWhileTheQueueIsRead_isNotMissed()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.send("jobs", "a", {{"DelaySeconds", 5}});
        room.leapWhileNothingCame(5 * kSecond);
        room.start(ofSize(10));
        TRY_BATCHES(R"([["a"]])");
    }

    void messagesThatWaitTooLong_areLetGo()
    {
        QueueRoom room;
        room.makeQueue("jobs", {{"VisibilityTimeout", "5"}});
        auto mapping = ofSize(10);
        mapping.batchWindow = 60;
        room.start(mapping);
        room.send("jobs", "a");
        TRY_COUNTS("jobs", "0/1/0");
        room.clock().advance(5 * kSecond);
        // It is received again, and its window begins anew.
        TRY_COUNTS("jobs", "0/1/0");
        room.change([](EventSourceMapping& changed) { changed.batchWindow = 3; });
        room.clock().advance(3 * kSecond);
        QTRY_COMPARE(room.count(), 1);
        QCOMPARE(receivesOfLatest(room), std::string("2"));
        QTRY_VERIFY(room.hasStep("Lets go of 1 message"));
    }

    void delayedMessage_comesWhenItIsTime()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.start(ofSize(10));
        room.send("jobs", "later", {{"DelaySeconds", 30}});
        TRY_COUNTS("jobs", "0/0/1");
        room.clock().advance(29 * kSecond);
        QCOMPARE(room.count(), 0);
        room.clock().advance(kSecond);
        TRY_BATCHES(R"([["later"]])");
    }

    void failedBatch_comesAgainAndEndsAsDeadLetter()
    {
        QueueRoom room;
        room.makeQueue("letters");
        room.makeQueue("jobs",
            {{"VisibilityTimeout", "30"},
                {"RedrivePolicy",
                    json{{"deadLetterTargetArn", "arn:aws:sqs:us-east-1:000000000000:letters"},
                        {"maxReceiveCount", 2}}
                        .dump()}});
        room.setFunction([](const json&) { return failing(); });
        room.start(ofSize(10));
        room.send("jobs", "poison");
        TRY_BATCHES(R"([["poison"]])");
        QTRY_VERIFY(room.hasStep("Leaves 1 message to reappear"));
        TRY_COUNTS("jobs", "0/1/0");
        room.clock().advance(30 * kSecond);
        TRY_BATCHES(R"([["poison"],["poison"]])");
        QCOMPARE(receivesOfLatest(room), std::string("2"));
        QTRY_COMPARE(room.steps().back(), std::string("Leaves 1 message to reappear"));
        room.clock().advance(30 * kSecond);
        TRY_COUNTS("letters", "1/0/0");
        QCOMPARE(room.count(), 2);
        QCOMPARE(room.counts("jobs"), std::string("0/0/0"));
    }

    void deadLetters_feedAFunctionToo()
    {
        QueueRoom room;
        room.makeQueue("letters");
        room.makeQueue("jobs",
            {{"RedrivePolicy",
                json{{"deadLetterTargetArn", "arn:aws:sqs:us-east-1:000000000000:letters"},
                    {"maxReceiveCount", 1}}
                    .dump()}});
        room.start(ofSize(10), "letters");
        room.send("jobs", "dead");
        const json receive = {{"QueueUrl", "/000000000000/jobs"}};
        room.sqs("ReceiveMessage", receive);
        QCOMPARE(room.count(), 0);
        room.clock().advance(30 * kSecond);
        room.sqs("ReceiveMessage", receive);
        TRY_BATCHES(R"([["dead"]])");
        TRY_COUNTS("letters", "0/0/0");
    }

    void reportedFailures_aloneStay()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        auto mapping = ofSize(10);
        mapping.reportsItems = true;
        room.setFunction([](const json& event) {
            std::vector<std::string> failed;
            for (const auto& record : event["Records"]) {
                if (record["body"] == "bad")
                    failed.push_back(record["messageId"]);
            }
            return reporting(failed);
        });
        for (const auto* body : {"good", "bad", "fine"})
            room.send("jobs", body);
        room.start(mapping);
        TRY_COUNTS("jobs", "0/1/0");
        QTRY_VERIFY(room.hasStep("Part of the batch failed"));
        QTRY_VERIFY(room.hasStep("Deletes 2 messages"));
        room.clock().advance(30 * kSecond);
        TRY_BATCHES(R"([["good","bad","fine"],["bad"]])");
    }

    void unknownFailure_failsTheWholeBatch()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        auto mapping = ofSize(10);
        mapping.reportsItems = true;
        room.setFunction([](const json&) { return reporting({"nobody"}); });
        room.send("jobs", "a");
        room.send("jobs", "b");
        room.start(mapping);
        QTRY_VERIFY(room.hasStep("The batch failed"));
        TRY_COUNTS("jobs", "0/2/0");
        // What the function says counts only where the mapping says so.
        room.change([](EventSourceMapping& changed) { changed.reportsItems = false; });
        room.clock().advance(30 * kSecond);
        TRY_COUNTS("jobs", "0/0/0");
    }

    void groups_keepTheirOrder()
    {
        QueueRoom room;
        room.makeQueue("jobs.fifo");
        room.closeGate();
        for (const auto* body : {"a1", "a2", "b1"})
            room.send("jobs.fifo", body, inGroup(body[0] == 'a' ? "a" : "b", body));
        room.start(ofSize(1), "jobs.fifo");
        // One batch of each group at once.
        QTRY_COMPARE(room.running(), 2);
        QCOMPARE(room.batches().size(), std::size_t(2));
        room.openGate();
        TRY_COUNTS("jobs.fifo", "0/0/0");
        const auto batches = room.batches();
        QCOMPARE(batches.size(), std::size_t(3));
        QCOMPARE(batches.back().dump(), std::string(R"(["a2"])"));
    }

    void failureInAGroup_holdsTheRestOfItBack()
    {
        QueueRoom room;
        room.makeQueue("jobs.fifo");
        room.setFunction([](const json& event) {
            return event["Records"][0]["body"] == "a1" ? failing() : answered("null");
        });
        room.send("jobs.fifo", "a1", inGroup("a", "1"));
        room.send("jobs.fifo", "a2", inGroup("a", "2"));
        room.send("jobs.fifo", "b1", inGroup("b", "3"));
        room.start(ofSize(1), "jobs.fifo");
        TRY_COUNTS("jobs.fifo", "1/1/0");
        QTRY_COMPARE(room.count(), 2);
        room.setFunction([](const json&) { return answered("null"); });
        room.clock().advance(30 * kSecond);
        TRY_COUNTS("jobs.fifo", "0/0/0");
        QCOMPARE(room.batches().back().dump(), std::string(R"(["a2"])"));
    }

    void successBehindAFailureOfItsGroup_isDeletedAndTold()
    {
        QueueRoom room;
        room.makeQueue("jobs.fifo");
        auto mapping = ofSize(10);
        mapping.reportsItems = true;
        room.setFunction([](const json& event) { return reporting({event["Records"][0]["messageId"]}); });
        room.send("jobs.fifo", "a1", inGroup("a", "1"));
        room.send("jobs.fifo", "a2", inGroup("a", "2"));
        room.start(mapping, "jobs.fifo");
        TRY_COUNTS("jobs.fifo", "0/1/0");
        QTRY_VERIFY(room.hasStep("The order of a message group is lost"));
    }

    void filter_deletesWhatDoesNotMatch()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        auto mapping = ofSize(10);
        mapping.filters = {R"({"body":{"kind":["order"]}})", R"({"body":["go"]})"};
        for (const auto* body : {R"({"kind":"order"})", R"({"kind":"note"})", "go", "stop", R"({"go":1})"})
            room.send("jobs", body);
        room.start(mapping);
        TRY_COUNTS("jobs", "0/0/0");
        const json wanted = json::array({json::array({R"({"kind":"order"})", "go"})});
        QTRY_COMPARE(room.batches().dump(), wanted.dump());
        QTRY_VERIFY(room.hasStep("Filtered out 3 messages"));
        room.send("jobs", "stop");
        QTRY_VERIFY(room.hasStep("Filtered out 1 message"));
        TRY_COUNTS("jobs", "0/0/0");
        QCOMPARE(room.count(), 1);
    }

    void throttledFunction_isTriedAgain()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.setFunction(throttled);
        room.send("jobs", "a");
        room.start(ofSize(10));
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.setFunction([](const json&) { return answered("null"); });
        room.clock().advance(kSecond);
        TRY_BATCHES(R"([["a"],["a"]])");
        QCOMPARE(receivesOfLatest(room), std::string("1"));
        TRY_COUNTS("jobs", "0/0/0");
    }

    void throttledTooLong_isLeftInTheQueue()
    {
        QueueRoom room;
        room.makeQueue("jobs", {{"VisibilityTimeout", "2"}});
        room.setFunction(throttled);
        room.send("jobs", "a");
        room.start(ofSize(10));
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.clock().advance(kSecond);
        QTRY_VERIFY(room.hasStep("Leaves 1 message to reappear"));
        room.setFunction([](const json&) { return answered("null"); });
        room.clock().advance(kSecond);
        TRY_COUNTS("jobs", "0/0/0");
        QCOMPARE(receivesOfLatest(room), std::string("2"));
    }

    void messageThatEndsALoop_keepsNoOtherBack()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        const std::string lineage = "Root=1-6553f2a0-aaaaaaaaaaaaaaaaaaaaaaaa;Lineage=1:252f10c8:15";
        room.send("jobs", "before");
        room.send("jobs", "looped",
            {{"MessageSystemAttributes",
                {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", lineage}}}}}});
        room.send("jobs", "behind");
        room.setFunction([](const json& event) -> core::Result<core::lambda::InvocationOutcome> {
            if (event.at("Records").at(0).at("body") == "looped")
                return core::fail(core::ErrorKind::Invalid, "RecursiveInvocationException", "a loop");
            return answered("null");
        });
        room.start(ofSize(10));
        TRY_BATCHES(R"([["before"],["looped"],["behind"]])");
        TRY_COUNTS("jobs", "0/1/0");
        // It is not tried again before others may receive it.
        room.clock().advance(29 * kSecond);
        TRY_COUNTS("jobs", "0/1/0");
        QCOMPARE(room.count(), 3);
        QVERIFY(room.hasStep("Goes on with an earlier request"));
    }

    void maximumConcurrency_boundsBatchesAtOnce()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.closeGate();
        auto mapping = ofSize(1);
        mapping.maxConcurrency = 2;
        for (int i = 0; i < 4; ++i)
            room.send("jobs", std::to_string(i));
        room.start(mapping);
        QTRY_COMPARE(room.running(), 2);
        QCOMPARE(room.counts("jobs"), std::string("2/2/0"));
        room.openGate();
        TRY_COUNTS("jobs", "0/0/0");
        QCOMPARE(room.count(), 4);
    }

    void disabledMapping_leavesTheQueueAlone()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        auto mapping = ofSize(10);
        mapping.batchWindow = 20;
        room.start(mapping);
        room.send("jobs", "a");
        TRY_COUNTS("jobs", "0/1/0");
        room.change([](EventSourceMapping& changed) { changed.enabled = false; });
        QTRY_VERIFY(room.hasStep("Leaves 1 message to reappear"));
        room.clock().advance(30 * kSecond);
        QCOMPARE(room.counts("jobs"), std::string("1/0/0"));
        QCOMPARE(room.count(), 0);
        room.change([](EventSourceMapping& changed) {
            changed.enabled = true;
            changed.batchWindow = 0;
        });
        TRY_BATCHES(R"([["a"]])");
    }

    void restart_goesOn()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.closeGate();
        room.start(ofSize(10));
        room.send("jobs", "a");
        QTRY_COMPARE(room.running(), 1);
        // What the function answers to a chamber that closes counts for nothing.
        room.restart();
        QCOMPARE(room.counts("jobs"), std::string("0/1/0"));
        room.clock().advance(30 * kSecond);
        TRY_BATCHES(R"([["a"],["a"]])");
        TRY_COUNTS("jobs", "0/0/0");
    }

    void queueThatIsGone_isFoundAgain()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.start(ofSize(10));
        room.sqs("DeleteQueue", {{"QueueUrl", "/000000000000/jobs"}});
        QTRY_VERIFY(room.hasStep("The queue cannot be read"));
        room.clock().advance(61 * kSecond);
        room.makeQueue("jobs");
        room.send("jobs", "a");
        TRY_BATCHES(R"([["a"]])");
    }

    void largeMessages_comeInSeveralEvents()
    {
        QueueRoom room;
        room.makeQueue("jobs.fifo");
        for (int i = 0; i < 8; ++i)
            room.send("jobs.fifo", std::string(1'000'000, 'x'), inGroup("a", std::to_string(i)));
        room.start(ofSize(10), "jobs.fifo");
        TRY_COUNTS("jobs.fifo", "0/0/0");
        QCOMPARE(room.count(), 2);
        QCOMPARE(room.events().front().at("Records").size(), std::size_t(6));
    }

    void quietQueue_isNotAsked()
    {
        QueueRoom room;
        room.makeQueue("jobs");
        room.start(ofSize(10));
        room.send("jobs", "a");
        TRY_COUNTS("jobs", "0/0/0");
        QTRY_COMPARE(room.running(), 0);
        // What the last batch leads to may still be under way; who polls would ask a thousand times.
        const auto before = room.asked();
        for (int second = 0; second < 1000; ++second)
            room.clock().advance(kSecond);
        QVERIFY(room.asked() - before < 20);
    }
};

CHAMBER_SUITE(TstQueues, "tst_queues")
#include "tst_queues.moc"
