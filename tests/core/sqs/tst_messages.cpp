#include "tests/core/sqs/sqs_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <chrono>
#include <future>
#include <set>

using namespace core;
using nlohmann::json;
using tests::textAt;

// Messages on a clock that stands still.
class TstMessages : public QObject {
    Q_OBJECT

    using Room = tests::SqsRoom;

    static constexpr auto kFifo = R"({"FifoQueue":"true","ContentBasedDeduplication":"true"})";

private Q_SLOTS:
    void message_isInvisibleUntilItsTimeIsOver()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "hello");
        QCOMPARE(room.bodies(url), std::string("hello "));
        QCOMPARE(room.bodies(url), std::string());
        QCOMPARE(room.count(url, "NotVisible"), std::string("1"));
        room.clock.advance(29 * kSecond);
        QCOMPARE(room.bodies(url), std::string());
        room.clock.advance(kSecond);
        const auto again = room.receive(url, {{"AttributeNames", {"All"}}});
        QCOMPARE(again.size(), std::size_t(1));
        QCOMPARE(textAt(again, "/0/Attributes/ApproximateReceiveCount"), std::string("2"));
        QCOMPARE(textAt(again, "/0/Attributes/SentTimestamp"), std::string("1700000000000"));
        QCOMPARE(
            textAt(again, "/0/Attributes/ApproximateFirstReceiveTimestamp"), std::string("1700000000000"));
    }

    void deletedMessage_staysAway()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        room.send(url, "b");
        const auto first = room.receive(url);
        room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", first[0]["ReceiptHandle"]}});
        room.clock.advance(60 * kSecond);
        QCOMPARE(room.bodies(url), std::string("b "));
        room.reopen();
        room.clock.advance(60 * kSecond);
        QCOMPARE(room.bodies(url), std::string("b "));
    }

    void staleHandle_deletesNothing()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        const auto first = room.receive(url);
        room.clock.advance(30 * kSecond);
        room.receive(url);
        QVERIFY(!room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", first[0]["ReceiptHandle"]}})
                     .contains("error"));
        room.clock.advance(30 * kSecond);
        QCOMPARE(room.bodies(url), std::string("a "));
    }

    void messages_outliveTheChamber()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        room.send(url, "b");
        QCOMPARE(room.bodies(url, 1), std::string("a "));
        room.reopen();
        QCOMPARE(room.count(url, "NotVisible"), std::string("1"));
        QCOMPARE(room.bodies(url), std::string("b "));
        room.clock.advance(30 * kSecond);
        QCOMPARE(room.bodies(url), std::string("a b "));
    }

    void delayedMessage_comesLater()
    {
        Room room;
        const auto url = room.make("q", {{"DelaySeconds", "10"}});
        room.send(url, "late");
        room.send(url, "now", {{"DelaySeconds", 0}});
        QCOMPARE(room.count(url, "Delayed"), std::string("1"));
        QCOMPARE(room.bodies(url), std::string("now "));
        room.clock.advance(10 * kSecond);
        QCOMPARE(room.bodies(url), std::string("late "));
    }

    void oldMessage_isForgotten()
    {
        Room room;
        const auto url = room.make("q", {{"MessageRetentionPeriod", "60"}});
        room.send(url, "a");
        room.clock.advance(30 * kSecond);
        room.send(url, "b");
        room.clock.advance(30 * kSecond);
        QCOMPARE(room.count(url, ""), std::string("1"));
        QCOMPARE(room.bodies(url), std::string("b "));
        room.reopen();
        room.clock.advance(29 * kSecond);
        QCOMPARE(room.count(url, "NotVisible"), std::string("1"));
    }

    void visibility_isChanged()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        const auto handle = room.receive(url)[0]["ReceiptHandle"];
        const auto change = [&](int seconds) {
            return room.call("ChangeMessageVisibility",
                {{"QueueUrl", url}, {"ReceiptHandle", handle}, {"VisibilityTimeout", seconds}});
        };
        change(100);
        room.clock.advance(99 * kSecond);
        QCOMPARE(room.bodies(url), std::string());
        QCOMPARE(textAt(change(43'200), "/error"),
            std::string("InvalidParameterValue: Value 43200 for parameter VisibilityTimeout is invalid. "
                        "Reason: Total "
                        "VisibilityTimeout for the message is beyond the limit [43200 seconds]"));
        change(0);
        QCOMPARE(room.bodies(url), std::string("a "));
        QCOMPARE(textAt(change(5), "/error"),
            std::string(
                "AWS.SimpleQueueService.MessageNotInflight: The message referred to isn't in flight."));
    }

    void deadLetter_moves()
    {
        Room room;
        const auto dead = room.make("dead");
        const auto url = room.make("q",
            {{"VisibilityTimeout", "1"},
                {"RedrivePolicy",
                    R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":2})"}});
        room.send(url, "poison");
        room.send(url, "good", {{"DelaySeconds", 2}});
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(room.bodies(url), std::string("poison "));
            room.clock.advance(kSecond);
        }
        QCOMPARE(room.bodies(url), std::string("good "));
        const auto letters = room.receive(dead, {{"AttributeNames", {"All"}}});
        QCOMPARE(letters.size(), std::size_t(1));
        QCOMPARE(textAt(letters, "/0/Body"), std::string("poison"));
        QCOMPARE(textAt(letters, "/0/Attributes/DeadLetterQueueSourceArn"),
            std::string("arn:aws:sqs:us-east-1:000000000000:q"));
        QCOMPARE(textAt(letters, "/0/Attributes/SentTimestamp"), std::string("1700000000000"));
        room.reopen();
        QCOMPARE(room.count(dead, "NotVisible"), std::string("1"));
        QCOMPARE(room.count(url, ""), std::string("0"));
    }

    void fifo_keepsTheOrderOfAGroup()
    {
        Room room;
        const auto url = room.make("q.fifo", json::parse(kFifo));
        for (const auto* body : {"a1", "a2", "b1"})
            room.send(url, body, {{"MessageGroupId", std::string(1, body[0])}});
        const auto first = room.receive(url);
        QCOMPARE(textAt(first, "/0/Body"), std::string("a1"));
        // Its group waits for it, the other does not.
        QCOMPARE(room.bodies(url), std::string("b1 "));
        QCOMPARE(room.bodies(url), std::string());
        room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", first[0]["ReceiptHandle"]}});
        QCOMPARE(room.bodies(url), std::string("a2 "));
        room.clock.advance(30 * kSecond);
        QCOMPARE(room.bodies(url), std::string("a2 b1 "));
        QVERIFY(textAt(room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", "YSBi"}}), "/error")
                    .empty());
    }

    void fifo_giveBackComesFirst()
    {
        Room room;
        const auto url = room.make("q.fifo", json::parse(kFifo));
        for (const auto* body : {"1", "2", "3"})
            room.send(url, body, {{"MessageGroupId", "g"}});
        const auto received = room.receive(url, {{"MaxNumberOfMessages", 2}});
        QCOMPARE(received.size(), std::size_t(2));
        QVERIFY(textAt(received, "/0/Body") == "1" && textAt(received, "/1/Body") == "2");
        for (const auto& message : received)
            room.call("ChangeMessageVisibility",
                {{"QueueUrl", url}, {"ReceiptHandle", message["ReceiptHandle"]}, {"VisibilityTimeout", 0}});
        QCOMPARE(room.bodies(url), std::string("1 2 3 "));
    }

    void fifo_takesNoDuplicateForFiveMinutes()
    {
        Room room;
        const auto url = room.make("q.fifo", json::parse(kFifo));
        const auto first = room.send(url, "same", {{"MessageGroupId", "g"}});
        const auto second = room.send(url, "same", {{"MessageGroupId", "h"}});
        QCOMPARE(textAt(second, "/MessageId"), textAt(first, "/MessageId"));
        QCOMPARE(textAt(second, "/SequenceNumber"), textAt(first, "/SequenceNumber"));
        QCOMPARE(textAt(first, "/SequenceNumber").size(), std::size_t(20));
        const auto received = room.receive(url);
        room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", received[0]["ReceiptHandle"]}});
        room.reopen();
        room.send(url, "same", {{"MessageGroupId", "g"}});
        QCOMPARE(room.bodies(url), std::string());
        room.clock.advance(300 * kSecond);
        room.send(url, "same", {{"MessageGroupId", "g"}});
        QCOMPARE(room.bodies(url), std::string("same "));
    }

    void fifo_duplicatesOfGroupsAreApart()
    {
        Room room;
        auto attributes = json::parse(kFifo);
        attributes["DeduplicationScope"] = "messageGroup";
        const auto url = room.make("q.fifo", attributes);
        room.send(url, "same", {{"MessageGroupId", "g"}});
        room.send(url, "same", {{"MessageGroupId", "h"}});
        room.send(url, "same", {{"MessageGroupId", "h"}});
        QCOMPARE(room.bodies(url), std::string("same same "));
    }

    void longPoll_endsWithAMessage()
    {
        Room room;
        const auto url = room.make("q");
        auto waiting = std::async(std::launch::async, [&] {
            return room.receive(url, {{"WaitTimeSeconds", 20}});
        });
        QTRY_COMPARE(room.queues->waiting().load(), 1);
        const auto begin = std::chrono::steady_clock::now();
        room.send(url, "there");
        QCOMPARE(textAt(waiting.get(), "/0/Body"), std::string("there"));
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
    }

    void longPoll_endsWhenTheClockBringsAMessage()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "later", {{"DelaySeconds", 900}});
        auto waiting = std::async(std::launch::async, [&] {
            return room.receive(url, {{"WaitTimeSeconds", 20}});
        });
        QTRY_COMPARE(room.queues->waiting().load(), 1);
        room.clock.advance(900 * kSecond);
        QCOMPARE(textAt(waiting.get(), "/0/Body"), std::string("later"));
    }

    void longPoll_endsWithTheChamber()
    {
        Room room;
        const auto url = room.make("q");
        auto waiting = std::async(std::launch::async, [&] {
            return room.receive(url, {{"WaitTimeSeconds", 20}});
        });
        QTRY_COMPARE(room.queues->waiting().load(), 1);
        const auto begin = std::chrono::steady_clock::now();
        room.queues->stop();
        QVERIFY(waiting.get().empty());
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
    }

    void longPoll_holdsABoundedNumberOfThreads()
    {
        Room room;
        const auto url = room.make("q");
        room.queues->waiting() = sqs::SqsService::kMostWaiting;
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(room.receive(url, {{"WaitTimeSeconds", 20}}).empty());
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
        QCOMPARE(room.queues->waiting().load(), sqs::SqsService::kMostWaiting);
    }

    void manyReceivers_shareTheMessages()
    {
        Room room;
        const auto url = room.make("q");
        for (int i = 0; i < 60; ++i)
            room.send(url, std::to_string(i));
        std::vector<std::future<std::vector<std::string>>> receivers;
        for (int i = 0; i < 4; ++i)
            receivers.push_back(std::async(std::launch::async, [&] {
                std::vector<std::string> got;
                for (;;) {
                    const auto messages = room.receive(url, {{"MaxNumberOfMessages", 7}});
                    if (messages.empty())
                        return got;
                    for (const auto& message : messages) {
                        got.push_back(message.at("Body"));
                        room.call("DeleteMessage",
                            {{"QueueUrl", url}, {"ReceiptHandle", message["ReceiptHandle"]}});
                    }
                }
            }));
        std::set<std::string> all;
        std::size_t count = 0;
        for (auto& receiver : receivers) {
            const auto got = receiver.get();
            count += got.size();
            all.insert(got.begin(), got.end());
        }
        QCOMPARE(count, std::size_t(60));
        QCOMPARE(all.size(), std::size_t(60));
        QCOMPARE(room.count(url, ""), std::string("0"));
    }

    void nameOfADeletedQueue_restsForAMinute()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        room.call("DeleteQueue", {{"QueueUrl", url}});
        QCOMPARE(textAt(room.call("CreateQueue", {{"QueueName", "q"}}), "/error"),
            std::string("AWS.SimpleQueueService.QueueDeletedRecently: You must wait 60 seconds after "
                        "deleting a queue "
                        "before you can create another with the same name."));
        room.clock.advance(60 * kSecond);
        room.make("q");
        QCOMPARE(room.bodies(url), std::string());
    }

    void whatIsSentAndReceived_isCounted()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        room.send(url, "bcd");
        const auto got = room.receive(url);
        room.call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", textAt(got, "/0/ReceiptHandle")}});
        room.receive(url);
        room.receive(url);
        QCOMPARE(room.sumOf("NumberOfMessagesSent"), 2.0);
        QCOMPARE(room.sumOf("SentMessageSize", "q", "Bytes"), 4.0);
        QCOMPARE(room.sumOf("NumberOfMessagesReceived"), 2.0);
        QCOMPARE(room.sumOf("NumberOfMessagesDeleted"), 1.0);
        QCOMPARE(room.sumOf("NumberOfEmptyReceives"), 1.0);
        const auto fifo = room.make("q.fifo", json::parse(kFifo));
        for (int i = 0; i < 3; ++i)
            room.send(fifo, "same", {{"MessageGroupId", "g"}});
        QCOMPARE(room.sumOf("NumberOfDeduplicatedSentMessages", "q.fifo"), 2.0);
    }

    void whatLiesInAQueue_isCountedEachMinute()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        room.send(url, "b");
        room.send(url, "c", {{"DelaySeconds", 900}});
        room.receive(url);
        // The clock stands at 20 s past a minute: at 100 s another begins.
        room.clock.advance(100 * kSecond);
        QTRY_COMPARE(room.gauge("ApproximateAgeOfOldestMessage", "Seconds"), std::optional(100.0));
        QCOMPARE(room.gauge("ApproximateNumberOfMessagesVisible"), std::optional(2.0));
        QCOMPARE(room.gauge("ApproximateNumberOfMessagesNotVisible"), std::optional(0.0));
        QCOMPARE(room.gauge("ApproximateNumberOfMessagesDelayed"), std::optional(1.0));
        // A queue that nobody uses is left alone after six hours.
        room.clock.advance(6 * 3600 * kSecond);
        room.clock.advance(120 * kSecond);
        QCOMPARE(room.gauge("ApproximateNumberOfMessagesVisible"), std::optional<double>());
    }

    void traceHeader_comesWithTheRequest()
    {
        Room room;
        const auto url = room.make("q");
        http::Request request;
        request.method = "POST";
        request.target = "/";
        request.headers.add("X-Amz-Target", "AmazonSQS.SendMessage");
        request.headers.add(
            "X-Amzn-Trace-Id", "Root=1-6553f2a0-aaaaaaaaaaaaaaaaaaaaaaaa;Lineage=1:ca978112:3");
        request.body = json{{"QueueUrl", url}, {"MessageBody", "a"}}.dump();
        aws::Request wired;
        wired.wire = &request;
        wired.setInput(json::parse(request.body));
        aws::RequestContext context;
        context.now = room.clock.now();
        for (std::size_t index = 0; index < room.queues->actionCount(); ++index) {
            if (room.queues->action(index).name == "SendMessage")
                QVERIFY(room.queues->run(index, context, wired));
        }
        const auto got = room.receive(url, {{"MessageSystemAttributeNames", {"AWSTraceHeader"}}});
        QCOMPARE(textAt(got, "/0/Attributes/AWSTraceHeader"),
            std::string("Root=1-6553f2a0-aaaaaaaaaaaaaaaaaaaaaaaa;Lineage=1:ca978112:3"));
        // The message's own goes before.
        room.send(url, "b",
            {{"MessageSystemAttributes",
                {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1-1-1"}}}}}});
        QCOMPARE(textAt(room.receive(url, {{"AttributeNames", {"All"}}}), "/0/Attributes/AWSTraceHeader"),
            std::string("Root=1-1-1"));
    }

    void purge_emptiesOnceAMinute()
    {
        Room room;
        const auto url = room.make("q");
        room.send(url, "a");
        QVERIFY(!room.call("PurgeQueue", {{"QueueUrl", url}}).contains("error"));
        QCOMPARE(room.bodies(url), std::string());
        QCOMPARE(textAt(room.call("PurgeQueue", {{"QueueUrl", url}}), "/error"),
            std::string(
                "AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on q is allowed "
                "every 60 seconds."));
        room.send(url, "b");
        room.reopen();
        QCOMPARE(room.bodies(url), std::string("b "));
    }
};

CHAMBER_SUITE(TstMessages, "tst_messages")
#include "tst_messages.moc"
