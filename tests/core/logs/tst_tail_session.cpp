#include "core/logs/service.h"
#include "core/logs/tail_session.h"
#include "tests/support/door_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <array>

using namespace core;
using nlohmann::json;

namespace {

constexpr std::size_t kPrelude = 12;
constexpr std::size_t kChecksum = 4;
constexpr std::int64_t kNow = 1'795'356'207'418; // milliseconds

std::size_t number(std::string_view bytes, std::size_t at)
{
    std::size_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

}

class TstTailSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<DoorRoom<logs::LogsService>>(kNow * 1000);
        for (const char* group : {"/app", "/other"}) {
            QVERIFY(m_room->call("CreateLogGroup", {{"logGroupName", group}}));
            for (const char* stream : {"one", "two"})
                QVERIFY(
                    m_room->call("CreateLogStream", {{"logGroupName", group}, {"logStreamName", stream}}));
        }
    }
    void cleanup()
    {
        m_source.reset();
        m_room.reset();
    }

    void session_beginsWithWhatWasAskedFor()
    {
        open({{"logGroupIdentifiers", {"arn:aws:logs:us-east-1:000000000000:log-group:/app"}},
            {"logStreamNames", {"one"}}, {"logEventFilterPattern", "hi"}});
        const auto text = read();
        QVERIFY(text.find("initial-response") < text.find("sessionStart"));
        // Two messages, whose lengths fill what was sent.
        const auto first = number(text, 0);
        QCOMPARE(first + number(text, first), text.size());
        const auto payload = first + kPrelude + number(text, first + 4);
        const auto start = json::parse(text.substr(payload, text.size() - payload - kChecksum));
        QCOMPARE(start.at("logEventFilterPattern").get<std::string>(), std::string("hi"));
        QCOMPARE(start.at("logGroupIdentifiers").dump(),
            std::string(R"(["arn:aws:logs:us-east-1:000000000000:log-group:/app"])"));
        QCOMPARE(start.at("logStreamNames").dump(), std::string(R"(["one"])"));
        QVERIFY(waits());
    }

    void session_tellsOfWhatItWantsAsItComes()
    {
        put("/app", "one", "hi before");
        open({{"logGroupIdentifiers", {"/app"}}, {"logStreamNames", {"one"}},
            {"logEventFilterPattern", "hi"}});
        read();
        put("/app", "one", "ho");
        put("/app", "two", "hi");
        put("/other", "one", "hi");
        QVERIFY(waits());
        const int woken = m_woken;
        put("/app", "one", "hi you");
        QVERIFY(m_woken > woken);
        const auto update = read();
        QVERIFY(update.find("sessionUpdate") != std::string::npos);
        QVERIFY2(
            update.find(
                R"("sessionResults":[{"ingestionTime":1795356207418,"logGroupIdentifier":"000000000000:/app",)"
                R"("logStreamName":"one","message":"hi you","timestamp":1795356207418}])")
                != std::string::npos,
            update.c_str());
        QVERIFY(waits());
    }

    void session_chosenByPrefix_hasThoseStreams()
    {
        open({{"logGroupIdentifiers", {"/app"}}, {"logStreamNamePrefixes", {"t"}}});
        read();
        put("/app", "one", "a");
        QVERIFY(waits());
        put("/app", "two", "b");
        QVERIFY(read().find(R"("message":"b")") != std::string::npos);
    }

    void silence_isToldEachSecond()
    {
        open({{"logGroupIdentifiers", {"/app"}}});
        read();
        QVERIFY(waits());
        m_room->clock.advance(kSecond);
        QVERIFY(
            read().find(R"({"sessionMetadata":{"sampled":false},"sessionResults":[]})") != std::string::npos);
        QVERIFY(waits());
        m_room->clock.advance(kSecond);
        QVERIFY(!waits());
    }

    void end_ofTheChamber_endsTheSession()
    {
        open({{"logGroupIdentifiers", {"/app"}}});
        read();
        const int woken = m_woken;
        m_room->service.stop();
        QVERIFY(m_woken > woken);
        std::array<char, 8> buffer{};
        QCOMPARE(*m_source->read(buffer), std::size_t(0));
    }

    void wrongWish_isRefused_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("message");
        QTest::newRow("no group") << R"({"logGroupIdentifiers":["/none"]})"
                                  << "The specified log group does not exist.";
        QTest::newRow("asterisk")
            << R"({"logGroupIdentifiers":["arn:aws:logs:us-east-1:0:log-group:/app:*"]})"
            << "1 validation error detected: Value '[arn:aws:logs:us-east-1:0:log-group:/app:*]' at "
               "'logGroupIdentifiers' ";
        QTest::newRow("both")
            << R"({"logGroupIdentifiers":["/app"],"logStreamNames":["a"],"logStreamNamePrefixes":["b"]})"
            << "logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.";
        QTest::newRow("streams of two")
            << R"({"logGroupIdentifiers":["/app","/other"],"logStreamNames":["a"]})"
            << "Log stream names and prefixes can be used with a single log group only.";
        QTest::newRow("pattern") << R"({"logGroupIdentifiers":["/app"],"logEventFilterPattern":"{}"})"
                                 << "Invalid filter pattern";
    }
    void wrongWish_isRefused()
    {
        QFETCH(QString, input);
        QFETCH(QString, message);
        const auto refused = m_room->call("StartLiveTail", json::parse(input.toStdString()));
        QVERIFY(!refused);
        QVERIFY2(QString::fromStdString(refused.error().message).startsWith(message),
            refused.error().message.c_str());
    }

private:
    void open(const json& input)
    {
        auto reply = m_room->door.call("logs", "StartLiveTail", input, {});
        QVERIFY(reply);
        m_source = reply->source;
        QVERIFY(m_source);
        m_source->onReady([this] { ++m_woken; });
    }

    // All that is there at present.
    std::string read()
    {
        std::string text;
        std::array<char, 100> buffer{};
        for (auto count = m_source->read(buffer); count && *count != http::kNothingYet && *count > 0;
             count = m_source->read(buffer))
            text.append(buffer.data(), *count);
        return text;
    }

    bool waits()
    {
        std::array<char, 1> buffer{};
        const auto count = m_source->read(buffer);
        return count && *count == http::kNothingYet;
    }

    void put(const std::string& group, const std::string& stream, const std::string& message)
    {
        QVERIFY(m_room->call("PutLogEvents",
            {{"logGroupName", group}, {"logStreamName", stream},
                {"logEvents", {{{"timestamp", kNow}, {"message", message}}}}}));
    }

    std::unique_ptr<DoorRoom<logs::LogsService>> m_room;
    std::shared_ptr<http::BodySource> m_source;
    std::atomic<int> m_woken = 0;
};

CHAMBER_SUITE(TstTailSession, "tst_tail_session")
#include "tst_tail_session.moc"
