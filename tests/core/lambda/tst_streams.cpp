#include "tests/core/lambda/stream_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <stdexcept>

using namespace tests;
using core::kSecond;
using core::lambda::EventSourceMapping;
using nlohmann::json;

#define TRY_BATCHES(expected) QTRY_COMPARE(room.batches().dump(), json(expected).dump())

// From a stream's records to a function's events.
class TstStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void records_comeInOrderAndInBatches()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        for (int value = 1; value <= 5; ++value)
            room.stream.add("s1", "a", value, room.now());
        EventSourceMapping mapping;
        mapping.batchSize = 2;
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1,2],[3,4],[5]]"));
        const auto record = room.events().front().at("Records").front();
        QCOMPARE(record.at("eventSourceARN").get<std::string>(),
            std::string(
                "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000"));
        QVERIFY(record.at("dynamodb").at("ApproximateCreationDateTime").is_number());
        QCOMPARE(room.events().front().size(), std::size_t(1));
        QTRY_COMPARE(room.result(), std::string("OK"));
        room.stream.add("s1", "a", 6, room.now());
        room.tell();
        QTRY_COMPARE(room.batches().back().dump(), std::string("[6]"));
    }

    void batchWindow_waitsOnTheClock()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        EventSourceMapping mapping;
        mapping.batchSize = 3;
        mapping.batchWindow = 10;
        room.start(mapping);
        // The second read comes when the first record is noted with its moment.
        QTRY_VERIFY(room.stream.reads() >= 2);
        room.stream.add("s1", "a", 2, room.now());
        room.tell();
        room.clock.advance(5 * kSecond);
        QCOMPARE(room.count(), 0);
        room.clock.advance(5 * kSecond);
        TRY_BATCHES(json::parse("[[1,2]]"));
        // A full batch does not wait.
        for (int value = 3; value <= 5; ++value)
            room.stream.add("s1", "a", value, room.now());
        room.tell();
        TRY_BATCHES(json::parse("[[1,2],[3,4,5]]"));
    }

    void filter_keepsRecordsFromTheFunction()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        for (int value = 1; value <= 3; ++value)
            room.stream.add("s1", "a", value, room.now());
        EventSourceMapping mapping;
        mapping.filters = {R"({"dynamodb":{"NewImage":{"v":{"N":["2"]}}}})"};
        room.start(mapping);
        TRY_BATCHES(json::parse("[[2]]"));
        QVERIFY(room.hasStep("Filtered out 2 records"));
        room.stream.add("s1", "a", 4, room.now());
        room.tell();
        QTRY_VERIFY(room.hasStep("Filtered out 1 record"));
        QCOMPARE(room.count(), 1);
    }

    void failedBatch_isTriedAgainThenGivenUp()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json& event) {
            return event["Records"][0]["dynamodb"]["NewImage"]["v"]["N"] == "1" ? failing()
                                                                                : answered("null");
        });
        EventSourceMapping mapping;
        mapping.maxRetries = 2;
        mapping.batchSize = 1;
        mapping.onFailure = "arn:aws:lambda:us-east-1:000000000000:function:failures";
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1]]"));
        room.stream.add("s1", "a", 2, room.now());
        room.tell();
        QTRY_COMPARE(room.result(), std::string("PROBLEM: Function call failed"));
        QCOMPARE(room.count(), 1);
        room.clock.advance(kSecond);
        TRY_BATCHES(json::parse("[[1],[1]]"));
        QTRY_VERIFY(room.hasStep("Tries again in 2 s of the chamber's clock"));
        room.clock.advance(2 * kSecond);
        TRY_BATCHES(json::parse("[[1],[1],[1],[2]]"));
        QVERIFY(room.hasStep("Retry 2 of 2"));
        QCOMPARE(room.stream.sent().size(), std::size_t(1));
        const auto record = json::parse(room.stream.sent().front().payload);
        QCOMPARE(
            record["requestContext"]["condition"].get<std::string>(), std::string("RetryAttemptsExhausted"));
        QCOMPARE(record["requestContext"]["approximateInvokeCount"].get<int>(), 3);
        QCOMPARE(record["DDBStreamBatchInfo"]["batchSize"].get<int>(), 1);
        QCOMPARE(record["DDBStreamBatchInfo"]["shardId"].get<std::string>(), std::string("s1"));
        QCOMPARE(record["responseContext"]["functionError"].get<std::string>(), std::string("Unhandled"));
        QTRY_COMPARE(room.result(), std::string("OK"));
    }

    void batchThatThrows_isTakenAgain()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        std::atomic<int> runs = 0;
        room.setFunction([&](const json&) {
            if (++runs == 1)
                throw std::runtime_error("no memory");
            return answered("null");
        });
        room.start({});
        QTRY_COMPARE(runs.load(), 1);
        // Nothing is written meanwhile; its time comes when the shard's lane has planned it.
        QTRY_VERIFY((room.clock.advance(kSecond), runs == 2));
    }

    void bucketDestination_getsTheEventToo()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json&) { return failing(); });
        EventSourceMapping mapping;
        mapping.maxRetries = 0;
        mapping.onFailure = "arn:aws:s3:::failures";
        room.start(mapping);
        QTRY_COMPARE(room.stream.sent().size(), std::size_t(1));
        const auto sent = room.stream.sent().front();
        QCOMPARE(sent.action, std::string("PutObject"));
        QVERIFY(sent.input.at("Key").get<std::string>().starts_with(
            "aws/lambda/m/s1/2023/11/14/2023-11-14T22.13.20-"));
        const auto event = json::parse(json::parse(sent.payload).at("payload").get<std::string>());
        QCOMPARE(event.at("Records").size(), std::size_t(1));
    }

    void queueDestination_getsTheRecord()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json&) { return failing(); });
        EventSourceMapping mapping;
        mapping.maxRetries = 0;
        mapping.onFailure = "arn:aws:sqs:us-east-1:000000000000:failures";
        room.start(mapping);
        QTRY_COMPARE(room.stream.sent().size(), std::size_t(1));
        const auto sent = room.stream.sent().front();
        QCOMPARE(sent.action, std::string("SendMessage"));
        QCOMPARE(sent.input.at("QueueUrl").get<std::string>(), std::string("/000000000000/failures"));
        const auto record = json::parse(sent.input.at("MessageBody").get<std::string>());
        QCOMPARE(
            record["requestContext"]["condition"].get<std::string>(), std::string("RetryAttemptsExhausted"));
        QVERIFY(!record.contains("payload"));
    }

    void bisect_findsTheRecordThatFails()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        for (int value = 1; value <= 4; ++value)
            room.stream.add("s1", "a", value, room.now());
        room.setFunction([](const json& event) {
            for (const auto& record : event["Records"]) {
                if (record["dynamodb"]["NewImage"]["v"]["N"] == "3")
                    return failing();
            }
            return answered("null");
        });
        EventSourceMapping mapping;
        mapping.bisect = true;
        mapping.maxRetries = 0;
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1,2,3,4],[1,2],[3,4],[3],[4]]"));
        QVERIFY(room.hasStep("Bisected into 2 and 2"));
    }

    void reportedItems_beginTheNextTry()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        std::string third;
        for (int value = 1; value <= 4; ++value) {
            const auto sequence = room.stream.add("s1", "a", value, room.now());
            third = value == 3 ? sequence : third;
        }
        room.setFunction([first = std::make_shared<bool>(true), third](const json&) {
            if (!std::exchange(*first, false))
                return answered(R"({"batchItemFailures":[]})");
            return answered(json{{"batchItemFailures", {{{"itemIdentifier", third}}}}}.dump());
        });
        EventSourceMapping mapping;
        mapping.reportsItems = true;
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1,2,3,4]]"));
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.clock.advance(kSecond);
        TRY_BATCHES(json::parse("[[1,2,3,4],[3,4]]"));
    }

    void oldRecords_areGivenUp()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now() - 100);
        room.stream.add("s1", "a", 2, room.now());
        EventSourceMapping mapping;
        mapping.maxAge = 60;
        mapping.onFailure = "arn:aws:lambda:us-east-1:000000000000:function:failures";
        room.start(mapping);
        TRY_BATCHES(json::parse("[[2]]"));
        const auto record = json::parse(room.stream.sent().front().payload);
        QCOMPARE(record["requestContext"]["condition"].get<std::string>(), std::string("RecordAgeExceeded"));
    }

    void child_waitsForItsParent()
    {
        StreamRoom room;
        room.stream.addShard("parent");
        room.stream.addShard("child", "parent");
        room.stream.add("child", "a", 2, room.now());
        room.stream.add("parent", "a", 1, room.now());
        EventSourceMapping mapping;
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1]]"));
        room.stream.close("parent");
        room.tell();
        TRY_BATCHES(json::parse("[[1],[2]]"));
    }

    void restart_goesOnWhereItWas()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.start({});
        QTRY_COMPARE(room.result(), std::string("OK"));
        room.restart();
        room.stream.add("s1", "a", 2, room.now());
        room.tell();
        TRY_BATCHES(json::parse("[[1],[2]]"));
    }

    void failedBatch_comesAgainAfterARestart()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json&) { return failing(); });
        room.start({});
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.setFunction([](const json&) { return answered("null"); });
        room.restart();
        TRY_BATCHES(json::parse("[[1],[1]]"));
    }

    void latest_leavesOutWhatWasThere()
    {
        StreamRoom room;
        room.stream.addShard("old");
        room.stream.add("old", "a", 1, room.now());
        room.stream.close("old");
        room.stream.addShard("open", "old");
        room.stream.add("open", "a", 2, room.now());
        EventSourceMapping mapping;
        mapping.startingPosition = "LATEST";
        room.start(mapping);
        room.stream.add("open", "a", 3, room.now());
        room.tell();
        TRY_BATCHES(json::parse("[[3]]"));
    }

    void throttledBatch_countsAsNoTry()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json&) -> core::Result<core::lambda::InvocationOutcome> {
            return core::fail(core::ErrorKind::Throttled, "TooManyRequestsException", "Rate Exceeded.");
        });
        EventSourceMapping mapping;
        mapping.maxRetries = 0;
        room.start(mapping);
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        room.setFunction([](const json&) { return answered("null"); });
        room.clock.advance(kSecond);
        TRY_BATCHES(json::parse("[[1],[1]]"));
        QTRY_COMPARE(room.result(), std::string("OK"));
    }

    void tumblingWindow_carriesItsState()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        const auto start = room.now() - room.now() % 30;
        room.stream.add("s1", "a", 1, start);
        room.stream.add("s1", "a", 2, start + 1);
        room.setFunction([](const json& event) {
            auto state = event.at("state");
            state["n"] = state.value("n", 0) + static_cast<int>(event.at("Records").size());
            return answered(json{{"state", state}}.dump());
        });
        EventSourceMapping mapping;
        mapping.batchSize = 1;
        mapping.tumblingWindow = 30;
        room.start(mapping);
        TRY_BATCHES(json::parse("[[1],[2]]"));
        const auto second = room.events()[1];
        QCOMPARE(second["state"].dump(), std::string(R"({"n":1})"));
        QCOMPARE(second["isFinalInvokeForWindow"].get<bool>(), false);
        QCOMPARE(second["window"]["start"].get<std::string>(), std::string("2023-11-14T22:13:00Z"));
        QCOMPARE(second["window"]["end"].get<std::string>(), std::string("2023-11-14T22:13:30Z"));
        QCOMPARE(second["shardId"].get<std::string>(), std::string("s1"));
        // The state outlives the chamber.
        room.restart();
        room.clock.advance(30 * kSecond);
        QTRY_COMPARE(room.count(), 3);
        const auto last = room.events()[2];
        QCOMPARE(last["isFinalInvokeForWindow"].get<bool>(), true);
        QCOMPARE(last["state"].dump(), std::string(R"({"n":2})"));
        QCOMPARE(last["Records"].size(), std::size_t(0));
        room.stream.add("s1", "a", 3, room.now());
        room.tell();
        QTRY_COMPARE(room.count(), 4);
        QCOMPARE(room.events()[3]["state"].dump(), std::string("{}"));
    }

    void largeState_endsTheWindowEarly()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.stream.add("s1", "a", 1, room.now());
        room.setFunction([](const json& event) {
            const bool isFinal = event.at("isFinalInvokeForWindow");
            return answered(isFinal ? "{}" : json{{"state", {{"x", std::string(1'100'000, 'x')}}}}.dump());
        });
        EventSourceMapping mapping;
        mapping.tumblingWindow = 30;
        room.start(mapping);
        QTRY_COMPARE(room.count(), 2);
        QCOMPARE(room.events()[1]["isWindowTerminatedEarly"].get<bool>(), true);
        QCOMPARE(room.events()[1]["isFinalInvokeForWindow"].get<bool>(), true);
    }

    void lanes_keepTheOrderOfAKey()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        for (int value = 0; value < 60; ++value)
            room.stream.add("s1", "k" + std::to_string(value % 6), value, room.now());
        EventSourceMapping mapping;
        mapping.parallel = 4;
        mapping.batchSize = 3;
        room.start(mapping);
        const auto total = [&] {
            int count = 0;
            for (const auto& batch : room.batches())
                count += static_cast<int>(batch.size());
            return count;
        };
        QTRY_COMPARE(total(), 60);
        std::map<int, int> last;
        for (const auto& batch : room.batches()) {
            for (const int value : batch) {
                QVERIFY(!last.contains(value % 6) || last[value % 6] < value);
                last[value % 6] = value;
            }
        }
        // Fewer lanes go on where the slowest was: nothing is lost.
        room.change([](EventSourceMapping& changed) { changed.parallel = 1; });
        room.stream.add("s1", "k0", 60, room.now());
        room.tell();
        QTRY_VERIFY(room.batches().dump().find("60") != std::string::npos);
    }

    void disabledMapping_rests()
    {
        StreamRoom room;
        room.stream.addShard("s1");
        room.start({});
        room.change([](EventSourceMapping& changed) { changed.enabled = false; });
        room.stream.add("s1", "a", 1, room.now());
        room.tell();
        QCOMPARE(room.count(), 0);
        room.change([](EventSourceMapping& changed) { changed.enabled = true; });
        TRY_BATCHES(json::parse("[[1]]"));
    }

    void mappingThatIsStartedAnewWhileABatchRuns_waitsForIt_data()
    {
        QTest::addColumn<int>("lanes");
        QTest::newRow("disabled and enabled") << 1;
        QTest::newRow("another ParallelizationFactor") << 2;
    }
    void mappingThatIsStartedAnewWhileABatchRuns_waitsForIt()
    {
        QFETCH(int, lanes);
        StreamRoom room;
        room.stream.addShard("s1");
        room.closeGate();
        room.start({});
        room.stream.add("s1", "a", 1, room.now());
        room.tell();
        QTRY_COMPARE(room.running(), 1);
        room.change([](EventSourceMapping& changed) { changed.enabled = false; });
        room.change([=](EventSourceMapping& changed) {
            changed.enabled = true;
            changed.parallel = lanes;
        });
        room.stream.add("s1", "a", 2, room.now());
        room.tell();
        room.openGate();
        TRY_BATCHES(json::parse("[[1],[2]]"));
    }

    void answers_areJudged_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<int>("kind"); // 0 done, 1 failed, 2 partly
        QTest::addColumn<int>("from");
        const auto row = [](const char* answer, int kind, int from = 0) {
            QTest::newRow(answer) << QString(answer) << kind << from;
        };
        row("", 0);
        row("null", 0);
        row("{}", 0);
        row(R"({"batchItemFailures":null})", 0);
        row(R"({"batchItemFailures":[]})", 0);
        row(R"({"batchItemFailures":[{"itemIdentifier":"22"},{"itemIdentifier":"33"}]})", 2, 1);
        row(R"({"batchItemFailures":[{"itemIdentifier":"33"},{"itemIdentifier":"11"}]})", 2, 0);
        row(R"({"batchItemFailures":[{"itemIdentifier":""}]})", 1);
        row(R"({"batchItemFailures":[{"itemIdentifier":null}]})", 1);
        row(R"({"batchItemFailures":[{"id":"11"}]})", 1);
        row(R"({"batchItemFailures":[{"itemIdentifier":"44"}]})", 1);
        row(R"("done")", 1);
    }
    void answers_areJudged()
    {
        QFETCH(QString, answer);
        QFETCH(int, kind);
        QFETCH(int, from);
        const core::lambda::RecordList records{{"11", 0, "{}", 0}, {"22", 0, "{}", 0}, {"33", 0, "{}", 0}};
        const auto verdict = core::lambda::judgeAnswer(answer.toStdString(), records, true);
        QCOMPARE(static_cast<int>(verdict.kind), kind);
        QCOMPARE(verdict.failed.empty() ? 0 : static_cast<int>(verdict.from()), from);
    }
};

CHAMBER_SUITE(TstStreams, "tst_streams")
#include "tst_streams.moc"
