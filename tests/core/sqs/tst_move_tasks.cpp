#include "tests/core/sqs/sqs_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using nlohmann::json;
using tests::SqsRoom;
using tests::textAt;

namespace {

const std::string kArn = "arn:aws:sqs:us-east-1:000000000000:";

// A queue of ten messages that were received too often, beside its dead-letter queue.
struct Room : SqsRoom {
    explicit Room(int letters, const std::string& suffix = {})
        : dead(make("dead" + suffix, kind(suffix)))
        , url(make("q" + suffix, redriving(suffix)))
        , source(kArn + "dead" + suffix)
    {
        for (int i = 0; i < letters; ++i) {
            json more = json::object();
            if (!suffix.empty())
                more = {{"MessageGroupId", "g" + std::to_string(i)}};
            ids.push_back(textAt(send(url, "m" + std::to_string(i), more), "/MessageId"));
        }
        for (int i = 0; i < letters; ++i)
            bodies(url);
        clock.advance(kSecond);
        bodies(url);
    }
    static json kind(const std::string& suffix)
    {
        return suffix.empty() ? json::object()
                              : json{{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}};
    }
    static json redriving(const std::string& suffix)
    {
        auto attributes = kind(suffix);
        attributes["VisibilityTimeout"] = "1";
        attributes["RedrivePolicy"] =
            json{{"deadLetterTargetArn", kArn + "dead" + suffix}, {"maxReceiveCount", 1}}.dump();
        return attributes;
    }
    json start(json more = json::object())
    {
        more["SourceArn"] = source;
        return call("StartMessageMoveTask", more);
    }
    json latest() { return call("ListMessageMoveTasks", {{"SourceArn", source}}).at("Results").at(0); }
    std::string status() { return latest().at("Status"); }

    const std::string dead;
    const std::string url;
    const std::string source;
    std::vector<std::string> ids;
};

}

// Dead letters on their way back.
class TstMoveTasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void letters_goBackWhereTheyCameFrom_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("standard") << QString();
        QTest::newRow("FIFO") << QStringLiteral(".fifo");
    }
    void letters_goBackWhereTheyCameFrom()
    {
        QFETCH(const QString, suffix);
        Room room(3, suffix.toStdString());
        QCOMPARE(room.count(room.dead, ""), std::string("3"));
        const auto handle = textAt(room.start(), "/TaskHandle");
        QVERIFY(!handle.empty());
        QTRY_COMPARE(room.status(), std::string("COMPLETED"));
        const auto task = room.latest();
        QCOMPARE(task.at("ApproximateNumberOfMessagesMoved").get<int>(), 3);
        QCOMPARE(task.at("ApproximateNumberOfMessagesToMove").get<int>(), 3);
        QCOMPARE(task.at("StartedTimestamp").get<std::int64_t>(), 1'700'000'001'000);
        QVERIFY(!task.contains("TaskHandle"));
        QVERIFY(!task.contains("DestinationArn"));
        QCOMPARE(room.count(room.dead, ""), std::string("0"));
        // They are new messages.
        const auto got = room.receive(room.url, {{"AttributeNames", {"All"}}, {"MaxNumberOfMessages", 10}});
        QCOMPARE(got.size(), std::size_t(3));
        QVERIFY(textAt(got, "/0/MessageId") != room.ids.front());
        QCOMPARE(textAt(got, "/0/Body"), std::string("m0"));
        QCOMPARE(textAt(got, "/0/Attributes/ApproximateReceiveCount"), std::string("1"));
        QCOMPARE(textAt(got, "/0/Attributes/SentTimestamp"), std::string("1700000001000"));
        QVERIFY(!got.at(0).at("Attributes").contains("DeadLetterQueueSourceArn"));
    }

    void destination_getsAll()
    {
        Room room(2);
        const auto other = room.make("other");
        room.send(room.dead, "sent to it by hand");
        QVERIFY(room.start({{"DestinationArn", kArn + "other"}}).contains("TaskHandle"));
        QTRY_COMPARE(room.status(), std::string("COMPLETED"));
        QCOMPARE(room.count(other, ""), std::string("3"));
        QCOMPARE(room.latest().at("DestinationArn").get<std::string>(), kArn + "other");
    }

    void letterFromNowhere_endsTheTask()
    {
        Room room(1);
        room.send(room.dead, "sent to it by hand");
        room.start();
        QTRY_COMPARE(room.status(), std::string("FAILED"));
        QCOMPARE(room.latest().at("FailureReason").get<std::string>(),
            std::string("CouldNotDetermineMessageSource"));
        QCOMPARE(room.latest().at("ApproximateNumberOfMessagesMoved").get<int>(), 1);
        QCOMPARE(room.count(room.dead, ""), std::string("1"));
    }

    void destinationThatIsDeleted_endsTheTask()
    {
        Room room(3);
        const auto other = room.make("other");
        room.start({{"DestinationArn", kArn + "other"}, {"MaxNumberOfMessagesPerSecond", 1}});
        QTRY_COMPARE(room.count(other, ""), std::string("1"));
        room.call("DeleteQueue", {{"QueueUrl", other}});
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.status(), std::string("FAILED"));
        QCOMPARE(room.latest().at("FailureReason").get<std::string>(),
            std::string("AWS.SimpleQueueService.NonExistentQueue"));
        QCOMPARE(room.count(room.dead, ""), std::string("2"));
    }

    void rate_isHeldByTheClock()
    {
        Room room(5);
        const auto handle = textAt(room.start({{"MaxNumberOfMessagesPerSecond", 2}}), "/TaskHandle");
        QTRY_COMPARE(room.latest().at("ApproximateNumberOfMessagesMoved").get<int>(), 2);
        QCOMPARE(room.status(), std::string("RUNNING"));
        QCOMPARE(room.latest().at("TaskHandle").get<std::string>(), handle);
        QCOMPARE(room.latest().at("MaxNumberOfMessagesPerSecond").get<int>(), 2);
        QCOMPARE(textAt(room.start(), "/error"),
            std::string("InvalidParameterValue: There is already a task running. Only one active task is "
                        "allowed for a source queue arn at a given time."));
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.count(room.url, ""), std::string("4"));
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.count(room.url, ""), std::string("5"));
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.status(), std::string("COMPLETED"));
    }

    void cancelledTask_leavesTheRest()
    {
        Room room(5);
        const auto handle = textAt(room.start({{"MaxNumberOfMessagesPerSecond", 1}}), "/TaskHandle");
        QTRY_COMPARE(room.latest().at("ApproximateNumberOfMessagesMoved").get<int>(), 1);
        const auto answer = room.call("CancelMessageMoveTask", {{"TaskHandle", handle}});
        QCOMPARE(answer.at("ApproximateNumberOfMessagesMoved").get<int>(), 1);
        QCOMPARE(room.status(), std::string("CANCELLED"));
        room.clock.advance(10 * kSecond);
        QCOMPARE(room.count(room.dead, ""), std::string("4"));
        QVERIFY(room.call("CancelMessageMoveTask", {{"TaskHandle", handle}}).contains("error"));
        // Another may begin.
        QVERIFY(room.start().contains("TaskHandle"));
        QTRY_COMPARE(room.status(), std::string("COMPLETED"));
        QCOMPARE(room.call("ListMessageMoveTasks", {{"SourceArn", room.source}, {"MaxResults", 10}})
                     .at("Results")
                     .size(),
            std::size_t(2));
    }

    void task_outlivesTheChamber()
    {
        Room room(3);
        room.start({{"MaxNumberOfMessagesPerSecond", 1}});
        QTRY_COMPARE(room.latest().at("ApproximateNumberOfMessagesMoved").get<int>(), 1);
        room.reopen();
        room.queues->wake();
        QTRY_VERIFY(room.latest().at("ApproximateNumberOfMessagesMoved").get<int>() >= 2);
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.count(room.url, ""), std::string("3"));
    }

    void whatIsWrong_isRefused_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("error");
        const auto add = [](const char* name, const char* action, const char* input, const char* error) {
            QTest::newRow(name) << QString::fromUtf8(action) << QString::fromUtf8(input)
                                << QString::fromUtf8(error);
        };
        add("no dead-letter queue", "StartMessageMoveTask",
            R"({"SourceArn":"arn:aws:sqs:us-east-1:000000000000:q"})",
            "InvalidParameterValue: Source queue must be configured as a Dead Letter Queue.");
        add("no queue", "StartMessageMoveTask", R"({"SourceArn":"arn:aws:sqs:us-east-1:000000000000:none"})",
            "ResourceNotFoundException: The resource that you specified for the SourceArn parameter doesn't "
            "exist.");
        add("no destination", "StartMessageMoveTask",
            R"({"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead","DestinationArn":"arn:aws:sqs:us-east-1:000000000000:none"})",
            "ResourceNotFoundException: The resource that you specified for the DestinationArn parameter "
            "doesn't exist.");
        add("no ARN", "StartMessageMoveTask", R"({"SourceArn":"dead"})",
            "InvalidParameterValue: You must use this format to specify the SourceArn: "
            "arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
        add("to itself", "StartMessageMoveTask",
            R"({"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead","DestinationArn":"arn:aws:sqs:us-east-1:000000000000:dead"})",
            "InvalidParameterValue: Source queue arn and destination queue arn cannot be the same.");
        add("a handle that is none", "CancelMessageMoveTask", R"({"TaskHandle":"foobared"})",
            "InvalidParameterValue: Value for parameter TaskHandle is invalid.");
        add("a handle of another source", "CancelMessageMoveTask",
            R"({"TaskHandle":"eyJ0YXNrSWQiOiJ4Iiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpub25lIn0="})",
            "ResourceNotFoundException: The resource that you specified for the SourceArn parameter doesn't "
            "exist.");
        add("a handle of no task", "CancelMessageMoveTask",
            R"({"TaskHandle":"eyJ0YXNrSWQiOiJ4Iiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpkZWFkIn0="})",
            "ResourceNotFoundException: Task does not exist.");
    }
    void whatIsWrong_isRefused()
    {
        QFETCH(const QString, action);
        QFETCH(const QString, input);
        QFETCH(const QString, error);
        Room room(1);
        QCOMPARE(room.error(action.toStdString(), json::parse(input.toStdString())), error);
    }
};

CHAMBER_SUITE(TstMoveTasks, "tst_move_tasks")
#include "tst_move_tasks.moc"
