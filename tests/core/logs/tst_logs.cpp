#include "core/logs/service.h"
#include "tests/support/door_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <set>
#include <thread>

using namespace core;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

constexpr std::int64_t kNow = 1'795'356'207'418; // milliseconds

using LogsRoom = DoorRoom<logs::LogsService>;

const json kGroup = {{"logGroupName", "/app"}};
const json kStream = {{"logGroupName", "/app"}, {"logStreamName", "one"}};

json events(std::initializer_list<std::pair<int, const char*>> list)
{
    json result = json::array();
    for (const auto& [offset, message] : list)
        result.push_back({{"timestamp", kNow + offset}, {"message", message}});
    return result;
}

std::string messagesOf(const json& page)
{
    std::string text;
    for (const auto& event : page.at("events"))
        text += event.at("message").get<std::string>() + ' ';
    return text;
}

}

class TstLogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<LogsRoom>(kNow * 1000);
        QVERIFY(m_room->call("CreateLogGroup", kGroup));
        QVERIFY(m_room->call("CreateLogStream", kStream));
    }
    void cleanup() { m_room.reset(); }

    void reads_findWhatServicesLoggedBefore()
    {
        auto& book = m_room->logs;
        const auto place = book.place({.from = "lambda",
            .region = "us-east-1",
            .group = "/aws/lambda/f",
            .stream = "one",
            .makesGroup = true});
        book.append(place, {{kNow * kMillisecond, "a"}});
        const json group = {{"logGroupName", "/aws/lambda/f"}};
        QCOMPARE(m_room->call("DescribeLogGroups", {{"logGroupNamePrefix", "/aws"}})->at("logGroups").size(),
            std::size_t(1));
        book.append(place, {{kNow * kMillisecond, "b"}});
        QCOMPARE(messagesOf(*m_room->call("FilterLogEvents", group)), std::string("a b "));
        book.append(place, {{kNow * kMillisecond + kSecond, "c"}});
        QCOMPARE(
            m_room->call("DescribeLogStreams", group)->at("logStreams")[0].at("lastEventTimestamp").dump(),
            std::to_string(kNow + 1000));
        book.append(place, {{kNow * kMillisecond + kSecond, "d"}});
        const json stream = {{"logGroupName", "/aws/lambda/f"}, {"logStreamName", "one"}};
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", stream)), std::string("a b c d "));
    }

    void tail_givesWhatIsPutNext()
    {
        QVERIFY(m_room->call("PutLogEvents",
            {{"logGroupName", "/app"}, {"logStreamName", "one"}, {"logEvents", events({{0, "before"}})}}));
        const auto begin = *m_room->call("TailLogEvents", {{"group", "/app"}, {"wait", 0}});
        COMPARE_JSON(begin["events"], json::array());
        json page;
        std::thread follower([&] {
            page = *m_room->call(
                "TailLogEvents", {{"group", "/app"}, {"cursor", begin["cursor"]}, {"wait", 30}});
        });
        QVERIFY(m_room->call("CreateLogGroup", {{"logGroupName", "/other"}}));
        QVERIFY(m_room->call("CreateLogStream", {{"logGroupName", "/other"}, {"logStreamName", "x"}}));
        QVERIFY(m_room->call("PutLogEvents",
            {{"logGroupName", "/other"}, {"logStreamName", "x"}, {"logEvents", events({{0, "elsewhere"}})}}));
        QVERIFY(m_room->call("PutLogEvents",
            {{"logGroupName", "/app"}, {"logStreamName", "one"}, {"logEvents", events({{1, "new"}})}}));
        follower.join();
        QCOMPARE(messagesOf(page), std::string("new "));
        COMPARE_JSON(page["events"][0]["logStreamName"], json("one"));
        COMPARE_JSON(page["eventsWereLost"], json(false));
        const auto rest =
            *m_room->call("TailLogEvents", {{"group", "/app"}, {"cursor", page["cursor"]}, {"wait", 0}});
        COMPARE_JSON(rest["events"], json::array());
    }

    void tail_saysWhatItDropped()
    {
        const auto begin = *m_room->call("TailLogEvents", {{"group", "/app"}, {"wait", 0}});
        const std::string large(100'000, 'x');
        for (int i = 0; i < 60; ++i)
            QVERIFY(m_room->call("PutLogEvents",
                {{"logGroupName", "/app"}, {"logStreamName", "one"},
                    {"logEvents", events({{i, large.c_str()}})}}));
        const auto page =
            *m_room->call("TailLogEvents", {{"group", "/app"}, {"cursor", begin["cursor"]}, {"wait", 0}});
        COMPARE_JSON(page["eventsWereLost"], json(true));
        QVERIFY(page["events"].size() > 30 && page["events"].size() < 50);
    }

    void tail_endsWithTheChamber()
    {
        std::thread follower([&] { (void)m_room->call("TailLogEvents", {{"group", "/app"}, {"wait", 30}}); });
        m_room->service.stop();
        follower.join();
    }

    void groups_areDescribed()
    {
        const auto described = *m_room->call("DescribeLogGroups", {{"logGroupNamePrefix", "/a"}});
        COMPARE_JSON(described,
            (json{{"logGroups",
                json::array({{{"logGroupName", "/app"}, {"creationTime", kNow}, {"metricFilterCount", 0},
                    {"arn", "arn:aws:logs:us-east-1:000000000000:log-group:/app:*"},
                    {"logGroupArn", "arn:aws:logs:us-east-1:000000000000:log-group:/app"}, {"storedBytes", 0},
                    {"logGroupClass", "STANDARD"}}})}}));
        COMPARE_JSON(
            (*m_room->call("DescribeLogGroups", {{"logGroupNamePrefix", "/b"}}))["logGroups"], json::array());
    }

    void groups_arePaged()
    {
        for (const char* name : {"/b", "/c", "/d"})
            QVERIFY(m_room->call("CreateLogGroup", {{"logGroupName", name}}));
        std::string names;
        json input = {{"limit", 2}};
        int pages = 0;
        do {
            const auto page = *m_room->call("DescribeLogGroups", input);
            for (const auto& group : page["logGroups"])
                names += group["logGroupName"].get<std::string>();
            input["nextToken"] = page.value("nextToken", json());
            ++pages;
        } while (!input["nextToken"].is_null());
        QCOMPARE(names, std::string("/app/b/c/d"));
        QCOMPARE(pages, 2);
    }

    void wrongInput_hasAwsError_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const QString absent = "ResourceNotFoundException";
        const QString present = "ResourceAlreadyExistsException";
        const QString invalid = "InvalidParameterException";
        const auto put = [](const json& list) {
            json input = kStream;
            input["logEvents"] = list;
            return QString::fromStdString(input.dump());
        };
        QTest::newRow("group exists")
            << "CreateLogGroup"
            << R"({"logGroupName":"/app"})" << present << "The specified log group already exists";
        QTest::newRow("stream exists") << "CreateLogStream"
                                       << R"({"logGroupName":"/app","logStreamName":"one"})" << present
                                       << "The specified log stream already exists";
        QTest::newRow("no group") << "CreateLogStream"
                                  << R"({"logGroupName":"/no","logStreamName":"one"})" << absent
                                  << "The specified log group does not exist.";
        QTest::newRow("no stream") << "GetLogEvents"
                                   << R"({"logGroupName":"/app","logStreamName":"two"})" << absent
                                   << "The specified log stream does not exist.";
        QTest::newRow("no group to filter")
            << "FilterLogEvents"
            << R"({"logGroupName":"/no"})" << absent << "The specified log group does not exist.";
        QTest::newRow("no group to delete")
            << "DeleteLogGroup"
            << R"({"logGroupName":"/no"})" << absent << "The specified log group does not exist.";
        QTest::newRow("no name")
            << "CreateLogGroup"
            << "{}" << invalid
            << "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: "
               "Member must not be null";
        QTest::newRow("bad name")
            << "CreateLogGroup"
            << R"({"logGroupName":"a b"})" << invalid
            << "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy "
               "constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+";
        QTest::newRow("disorder")
            << "PutLogEvents" << put(events({{5, "b"}, {1, "a"}})) << invalid
            << "Log events in a single PutLogEvents request must be in chronological order.";
        QTest::newRow("two days")
            << "PutLogEvents" << put(events({{-86'400'001, "a"}, {0, "b"}})) << invalid
            << "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.";
        QTest::newRow("bad token") << "GetLogEvents"
                                   << R"({"logGroupName":"/app","logStreamName":"one","nextToken":"x"})"
                                   << invalid << "The specified nextToken is invalid.";
        QTest::newRow("time and prefix")
            << "DescribeLogStreams"
            << R"({"logGroupName":"/app","orderBy":"LastEventTime","logStreamNamePrefix":"o"})" << invalid
            << "Cannot order by LastEventTime with a logStreamNamePrefix.";
    }
    void wrongInput_hasAwsError()
    {
        QFETCH(QString, action);
        QFETCH(QString, input);
        QFETCH(QString, code);
        QFETCH(QString, message);
        const auto refused = m_room->call(action.toUtf8().constData(), json::parse(input.toStdString()));
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.error().code), code);
        QCOMPARE(QString::fromStdString(refused.error().message), message);
    }

    void events_arePagedForwardsAndBackwards()
    {
        put("one", events({{0, "a"}, {0, "b"}, {1, "c"}, {2, "d"}, {3, "e"}}));
        auto input = kStream;
        input.update({{"limit", 2}, {"startFromHead", true}});
        auto page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("a b "));
        input["nextToken"] = page["nextForwardToken"];
        page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("c d "));
        const auto middle = page;
        input["nextToken"] = page["nextForwardToken"];
        page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("e "));
        input["nextToken"] = page["nextForwardToken"];
        page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string());
        // The end: the token repeats, until there is more.
        COMPARE_JSON(page["nextForwardToken"], input["nextToken"]);
        put("one", events({{3, "f"}}));
        page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("f "));
        input["nextToken"] = middle["nextBackwardToken"];
        page = *m_room->call("GetLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("a b "));
    }

    void withoutToken_theLatestAreGiven()
    {
        put("one", events({{0, "a"}, {1, "b"}, {2, "c"}}));
        auto input = kStream;
        input["limit"] = 2;
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", input)), std::string("b c "));
        input.update({{"startTime", kNow}, {"endTime", kNow + 2}});
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", input)), std::string("a b "));
    }

    void lateEvents_stayInOrderOfTime()
    {
        put("one", events({{5, "late"}}));
        put("one", events({{1, "early"}}));
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", kStream)), std::string("early late "));
        const auto stream = m_room->call("DescribeLogStreams", kGroup)->at("logStreams")[0];
        COMPARE_JSON(stream["firstEventTimestamp"], json(kNow + 1));
        COMPARE_JSON(stream["lastEventTimestamp"], json(kNow + 5));
    }

    void eventsOutOfTime_areRejectedOneByOne()
    {
        json input = kStream;
        input["logEvents"] = events({{0, "a"}, {3 * 3'600'000, "too new"}});
        const auto answer = *m_room->call("PutLogEvents", input);
        COMPARE_JSON(answer["rejectedLogEventsInfo"], (json{{"tooNewLogEventStartIndex", 1}}));
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", kStream)), std::string("a "));
        m_room->clock.advance(15 * 86'400 * kSecond);
        input["logEvents"] = events({{1, "too old"}});
        const auto old = *m_room->call("PutLogEvents", input);
        COMPARE_JSON(old["rejectedLogEventsInfo"], (json{{"tooOldLogEventEndIndex", 1}}));
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", kStream)), std::string("a "));
    }

    void filtering_interleavesStreamsByTime()
    {
        QVERIFY(m_room->call("CreateLogStream", {{"logGroupName", "/app"}, {"logStreamName", "two"}}));
        put("one", events({{0, "a1"}, {2, "a3"}, {4, "b5"}}));
        put("two", events({{1, "a2"}, {3, "a4"}}));
        json input = {{"logGroupName", "/app"}, {"filterPattern", "a"}, {"limit", 3}};
        auto page = *m_room->call("FilterLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("a1 a2 a3 "));
        COMPARE_JSON(page["events"][1]["logStreamName"], json("two"));
        QCOMPARE(page["events"][0]["eventId"].get<std::string>().size(), std::size_t{56});
        input["nextToken"] = page["nextToken"];
        page = *m_room->call("FilterLogEvents", input);
        QCOMPARE(messagesOf(page), std::string("a4 "));
        QVERIFY(!page.contains("nextToken"));
        // The end of the range belongs to it.
        const json range = {{"logGroupName", "/app"}, {"startTime", kNow + 1}, {"endTime", kNow + 3}};
        QCOMPARE(messagesOf(*m_room->call("FilterLogEvents", range)), std::string("a2 a3 a4 "));
        const json named = {{"logGroupName", "/app"}, {"logStreamNames", json::array({"two"})}};
        QCOMPARE(messagesOf(*m_room->call("FilterLogEvents", named)), std::string("a2 a4 "));
    }

    void filteringPages_giveEachEventOnce()
    {
        for (int stream = 0; stream < 5; ++stream) {
            const auto name = "s" + std::to_string(stream);
            QVERIFY(m_room->call("CreateLogStream", {{"logGroupName", "/app"}, {"logStreamName", name}}));
            json list = json::array();
            for (int i = 0; i < 40; ++i)
                list.push_back({{"timestamp", kNow + i / 4}, {"message", name + "-" + std::to_string(i)}});
            put(name, list);
        }
        std::set<std::string> seen;
        std::size_t count = 0;
        json input = {{"logGroupName", "/app"}, {"limit", 7}};
        do {
            const auto page = *m_room->call("FilterLogEvents", input);
            for (const auto& event : page["events"]) {
                seen.insert(event["message"].get<std::string>());
                ++count;
            }
            input["nextToken"] = page.value("nextToken", json());
        } while (!input["nextToken"].is_null());
        QCOMPARE(count, std::size_t{200});
        QCOMPARE(seen.size(), std::size_t{200});
    }

    void streams_areOrderedByLastEvent()
    {
        QVERIFY(m_room->call("CreateLogStream", {{"logGroupName", "/app"}, {"logStreamName", "two"}}));
        put("two", events({{0, "a"}}));
        put("one", events({{5, "b"}}));
        const auto streams = *m_room->call("DescribeLogStreams",
            {{"logGroupIdentifier", "arn:aws:logs:us-east-1:000000000000:log-group:/app"},
                {"orderBy", "LastEventTime"}, {"descending", true}, {"limit", 1}});
        QCOMPARE(streams["logStreams"].size(), std::size_t{1});
        COMPARE_JSON(streams["logStreams"][0]["logStreamName"], json("one"));
        QVERIFY(streams.contains("nextToken"));
    }

    void deletedGroup_isGoneWithItsEvents()
    {
        put("one", events({{0, "a"}}));
        QVERIFY(m_room->call("DeleteLogGroup", kGroup));
        QVERIFY(!m_room->call("GetLogEvents", kStream));
        QVERIFY(m_room->call("CreateLogGroup", kGroup));
        QVERIFY(m_room->call("CreateLogStream", kStream));
        QCOMPARE(messagesOf(*m_room->call("GetLogEvents", kStream)), std::string());
    }

    void regions_areApart()
    {
        aws::CallOptions options;
        options.region = "eu-west-1";
        COMPARE_JSON(
            (*m_room->call("DescribeLogGroups", json::object(), options))["logGroups"], json::array());
    }

private:
    void put(const std::string& stream, const json& list)
    {
        const auto done = m_room->call(
            "PutLogEvents", {{"logGroupName", "/app"}, {"logStreamName", stream}, {"logEvents", list}});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    }

    std::unique_ptr<LogsRoom> m_room;
};

CHAMBER_SUITE(TstLogs, "tst_logs")
#include "tst_logs.moc"
