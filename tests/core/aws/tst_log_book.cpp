#include "core/aws/log_book.h"
#include "tests/support/patience.h"
#include "tests/support/service_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using aws::LogBook;

// Lines on their way to CloudWatch Logs.
class TstLogBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines_areWrittenToTheirStream();
    void flush_waitsForWhatCameBefore();
    void streamsLines_areInOrderOfTime();
    void batch_spansLessThanADay();
    void missingStream_isMade_data();
    void missingStream_isMade();
    void forgottenPlaces_getNoMore();
    void flood_isDroppedOrWaitsUntilThereIsRoom();
    void closing_writesWhatWaits();

private:
    // Logs that answer when they are let.
    struct Gate {
        explicit Gate(FakeCaller& caller)
        {
            caller.onCall = [this](const FakeCaller::Asked& asked) -> Result<aws::Reply> {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return isOpen; });
                for (const auto& event : asked.input["logEvents"])
                    messages.push_back(event["message"]);
                return aws::Reply{};
            };
        }
        void open()
        {
            const std::lock_guard guard(mutex);
            isOpen = true;
            wake.notify_all();
        }
        std::vector<std::string> written()
        {
            const std::lock_guard guard(mutex);
            return messages;
        }

        std::mutex mutex;
        std::condition_variable wake;
        bool isOpen = false;
        std::vector<std::string> messages;
    };

    static aws::LogPlace placeOf(
        const LogBook& book, const std::string& stream = "one", bool makesGroup = true)
    {
        return book.place({.from = "lambda",
            .region = "us-east-1",
            .group = "/aws/lambda/f",
            .stream = stream,
            .makesGroup = makesGroup});
    }
};

void TstLogBook::lines_areWrittenToTheirStream()
{
    FakeCaller logs;
    LogBook book(logs);
    book.append(placeOf(book), {{5'000, "a"}, {6'000, "\xff"}});
    book.flush();
    QCOMPARE(logs.count(), 1);
    QCOMPARE(logs.last().what, std::string("logs PutLogEvents"));
    QCOMPARE(logs.last().input.dump(),
        std::string(R"({"logEvents":[{"message":"a","timestamp":5},{"message":")"
                    "\xEF\xBF\xBD"
                    R"(","timestamp":6}],"logGroupName":"/aws/lambda/f","logStreamName":"one"})"));
}

void TstLogBook::flush_waitsForWhatCameBefore()
{
    FakeCaller logs;
    Gate gate(logs);
    LogBook book(logs);
    const auto place = placeOf(book);
    book.append(place, {{1, "first"}});
    QTRY_COMPARE(logs.count(), 1); // is written, and not done with
    book.append(place, {{2, "second"}});
    std::atomic<bool> flushed = false;
    std::vector<std::string> seen;
    std::thread reader([&] {
        book.flush();
        seen = gate.written();
        flushed = true;
    });
    QVERIFY(!flushed);
    gate.open();
    reader.join();
    QCOMPARE(seen, (std::vector<std::string>{"first", "second"}));
}

void TstLogBook::streamsLines_areInOrderOfTime()
{
    FakeCaller logs;
    Gate gate(logs);
    LogBook book(logs);
    const auto place = placeOf(book);
    QVERIFY(book.offer(place, {{1, "first"}}));
    QTRY_COMPARE(logs.count(), 1); // the first put waits, and what comes meanwhile gathers
    QVERIFY(book.offer(place, {{30, "c"}, {40, "d"}}));
    QVERIFY(book.offer(place, {{10, "a"}, {30, "c2"}}));
    gate.open();
    book.flush();
    QCOMPARE(logs.count(), 2);
    QCOMPARE(gate.written(), (std::vector<std::string>{"first", "a", "c", "c2", "d"}));
}

void TstLogBook::batch_spansLessThanADay()
{
    FakeCaller logs;
    LogBook book(logs);
    constexpr Micros kDay = 24 * 3600 * kSecond;
    book.append(placeOf(book), {{0, "a"}, {kDay - kMillisecond, "b"}, {kDay, "c"}});
    book.flush();
    QCOMPARE(logs.count(), 2);
    QCOMPARE(logs.last().input.at("logEvents").size(), std::size_t(1));
}

void TstLogBook::missingStream_isMade_data()
{
    QTest::addColumn<bool>("makesGroup");
    QTest::addColumn<QString>("asked");
    QTest::newRow("a group of its own")
        << true
        << QStringLiteral("logs PutLogEvents,logs CreateLogGroup,logs CreateLogStream,logs PutLogEvents");
    QTest::newRow("somebody's group")
        << false << QStringLiteral("logs PutLogEvents,logs CreateLogStream,logs PutLogEvents");
}

void TstLogBook::missingStream_isMade()
{
    QFETCH(const bool, makesGroup);
    FakeCaller logs;
    QStringList asked; // by the book's thread, read after it was flushed
    bool hasStream = false;
    logs.onCall = [&](const FakeCaller::Asked& call) -> Result<aws::Reply> {
        asked << QString::fromStdString(call.what);
        hasStream = hasStream || call.what == "logs CreateLogStream";
        if (call.what == "logs PutLogEvents" && !hasStream)
            return fail(ErrorKind::NotFound, "ResourceNotFoundException", "no stream");
        return aws::Reply{};
    };
    LogBook book(logs);
    book.append(placeOf(book, "one", makesGroup), {{1, "first"}});
    book.flush();
    QTEST(asked.join(QLatin1Char(',')), "asked");
}

void TstLogBook::forgottenPlaces_getNoMore()
{
    FakeCaller logs;
    LogBook book(logs);
    const auto before = placeOf(book, "before");
    book.forget();
    book.append(before, {{1, "late"}});
    book.flush();
    QCOMPARE(logs.count(), 0);
    book.append(placeOf(book, "after"), {{1, "c"}});
    book.flush();
    QCOMPARE(logs.last().input.at("logStreamName").get<std::string>(), std::string("after"));
}

void TstLogBook::flood_isDroppedOrWaitsUntilThereIsRoom()
{
    FakeCaller logs;
    Gate gate(logs);
    LogBook book(logs);
    const auto place = placeOf(book);
    book.append(place, {{1, "first"}});
    QTRY_COMPARE(logs.count(), 1);
    const std::vector<aws::LogLine> much(40, {2, std::string(1024 * 1024, 'x')});
    QVERIFY(book.offer(place, much));
    QVERIFY(!book.offer(place, {{3, "dropped"}}));
    std::atomic<bool> taken = false;
    std::thread writer([&] {
        book.append(place, {{4, "waited"}});
        taken = true;
    });
    QVERIFY(!taken);
    gate.open();
    writer.join();
    book.flush();
    const auto written = gate.written();
    QCOMPARE(written.size(), std::size_t(42));
    QCOMPARE(written.back(), std::string("waited"));
}

void TstLogBook::closing_writesWhatWaits()
{
    FakeCaller logs;
    LogBook book(logs);
    const auto place = placeOf(book);
    book.append(place, {{1, "last"}});
    book.close();
    QCOMPARE(logs.count(), 1);
    book.append(place, {{2, "later"}});
    book.flush();
    QCOMPARE(logs.count(), 1);
}

CHAMBER_SUITE(TstLogBook, "tst_log_book")
#include "tst_log_book.moc"
