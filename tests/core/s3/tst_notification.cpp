#include "core/s3/notification.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core::s3;
using nlohmann::json;

// What a bucket tells, and of what.
class TstNotification : public QObject {
    Q_OBJECT

    static json rule(const char* id, std::vector<std::string> events, const char* prefix, const char* suffix)
    {
        json given = {{"Id", id}, {"LambdaFunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:f"},
            {"Events", std::move(events)}};
        for (const auto& [name, value] : {std::pair("Prefix", prefix), std::pair("suffix", suffix)}) {
            if (*value)
                given["Filter"]["Key"]["FilterRules"].push_back({{"Name", name}, {"Value", value}});
        }
        return given;
    }
    static ObjectChange change(const char* event, const char* key)
    {
        ObjectChange made;
        made.event = event;
        made.reason = "PutObject";
        made.bucket = "photos";
        made.owner = "000000000000";
        made.region = "us-east-1";
        made.key = key;
        made.size = 5;
        made.etag = "e";
        made.at = 1'700'000'000 * core::kSecond;
        made.sequencer = "00A1";
        made.requestId = "R";
        made.accessKeyId = "test";
        made.account = "000000000000";
        return made;
    }

private Q_SLOTS:
    void rule_wantsItsEventsAndKeys()
    {
        const auto config = readNotificationConfig(
            {{"LambdaFunctionConfigurations", {rule("a", {"s3:ObjectCreated:*"}, "in/", ".png")}}});
        QVERIFY(config.has_value());
        const auto& notice = config->functions.front();
        QVERIFY(notice.wants("ObjectCreated:Put", "in/a.png"));
        QVERIFY(notice.wants("ObjectCreated:CompleteMultipartUpload", "in/a.png"));
        QVERIFY(!notice.wants("ObjectRemoved:Delete", "in/a.png"));
        QVERIFY(!notice.wants("ObjectCreated:Put", "out/a.png"));
        QVERIFY(!notice.wants("ObjectCreated:Put", "in/a.jpg"));
        const auto again = NotificationConfig::parse(config->text());
        QCOMPARE(describe(again).dump(), describe(*config).dump());
    }

    void overlappingRules_areRefused_data()
    {
        QTest::addColumn<QString>("prefixA");
        QTest::addColumn<QString>("suffixA");
        QTest::addColumn<QString>("prefixB");
        QTest::addColumn<QString>("suffixB");
        QTest::addColumn<bool>("fine");
        QTest::newRow("both of all") << ""
                                     << ""
                                     << ""
                                     << "" << false;
        QTest::newRow("one of all") << "a"
                                    << ""
                                    << ""
                                    << "" << false;
        QTest::newRow("prefix of a prefix") << "ab"
                                            << ""
                                            << "a"
                                            << "" << false;
        QTest::newRow("other prefixes") << "a"
                                        << ""
                                        << "b"
                                        << "" << true;
        QTest::newRow("suffix of a suffix") << ""
                                            << ".tar.gz"
                                            << ""
                                            << ".gz" << false;
        QTest::newRow("other suffixes") << "a"
                                        << ".png"
                                        << "a"
                                        << ".jpg" << true;
        QTest::newRow("prefix and suffix") << "a"
                                           << ""
                                           << ""
                                           << ".png" << false;
    }
    void overlappingRules_areRefused()
    {
        QFETCH(QString, prefixA);
        QFETCH(QString, suffixA);
        QFETCH(QString, prefixB);
        QFETCH(QString, suffixB);
        QFETCH(bool, fine);
        const auto a = rule("a", {"s3:ObjectCreated:*"}, qPrintable(prefixA), qPrintable(suffixA));
        const auto b = rule("b", {"s3:ObjectCreated:Put"}, qPrintable(prefixB), qPrintable(suffixB));
        const auto c = rule("b", {"s3:ObjectRemoved:*"}, qPrintable(prefixB), qPrintable(suffixB));
        QCOMPARE(readNotificationConfig({{"LambdaFunctionConfigurations", {a, b}}}).has_value(), fine);
        QVERIFY(readNotificationConfig({{"LambdaFunctionConfigurations", {a, c}}}).has_value());
    }

    void event_isOfVersion21()
    {
        const auto event =
            json::parse(notificationEvent(change("ObjectCreated:Put", "a/red flower+~*é.jpg"), "made"));
        const auto record = event.at("Records").front();
        QCOMPARE(record.at("eventVersion").get<std::string>(), std::string("2.1"));
        QCOMPARE(record.at("eventTime").get<std::string>(), std::string("2023-11-14T22:13:20.000Z"));
        QCOMPARE(record.at("eventName").get<std::string>(), std::string("ObjectCreated:Put"));
        QCOMPARE(record["userIdentity"]["principalId"].get<std::string>(), std::string("AWS:test"));
        QCOMPARE(record["s3"]["s3SchemaVersion"].get<std::string>(), std::string("1.0"));
        QCOMPARE(record["s3"]["configurationId"].get<std::string>(), std::string("made"));
        QCOMPARE(record["s3"]["bucket"]["arn"].get<std::string>(), std::string("arn:aws:s3:::photos"));
        QCOMPARE(record["s3"]["object"].dump(),
            std::string(R"({"eTag":"e","key":"a/red+flower%2B%7E*%C3%A9.jpg","sequencer":"00A1","size":5})"));
    }

    void removal_hasNoSize()
    {
        const auto event = json::parse(notificationEvent(change("ObjectRemoved:Delete", "a"), "gone"));
        QCOMPARE(
            event["Records"][0]["s3"]["object"].dump(), std::string(R"({"key":"a","sequencer":"00A1"})"));
        const auto entry = bridgeEntry(change("ObjectRemoved:Delete", "a b"));
        QCOMPARE(entry["DetailType"].get<std::string>(), std::string("Object Deleted"));
        const auto detail = json::parse(entry["Detail"].get<std::string>());
        QCOMPARE(detail["object"]["key"].get<std::string>(), std::string("a b"));
        QCOMPARE(detail["deletion-type"].get<std::string>(), std::string("Permanently Deleted"));
        QVERIFY(!detail["object"].contains("size"));
    }

    void creation_goesOverTheBusWithItsSize()
    {
        const auto entry = bridgeEntry(change("ObjectCreated:Put", "a"));
        QCOMPARE(entry["Source"].get<std::string>(), std::string("aws.s3"));
        QCOMPARE(entry["DetailType"].get<std::string>(), std::string("Object Created"));
        const auto detail = json::parse(entry["Detail"].get<std::string>());
        QCOMPARE(
            detail["object"].dump(), std::string(R"({"etag":"e","key":"a","sequencer":"00A1","size":5})"));
        QCOMPARE(detail["reason"].get<std::string>(), std::string("PutObject"));
    }
};

CHAMBER_SUITE(TstNotification, "tst_notification")
#include "tst_notification.moc"
