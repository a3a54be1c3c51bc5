#include "core/logs/filter_pattern.h"
#include "tests/support/suites.h"

#include <QTest>

using core::logs::FilterPattern;

class TstFilterPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pattern_matches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("message");
        QTest::addColumn<bool>("matches");
        QTest::newRow("empty") << ""
                               << "anything" << true;
        QTest::newRow("spaces") << "   "
                                << "anything" << true;
        QTest::newRow("term") << "ERROR"
                              << "[ERROR] no" << true;
        QTest::newRow("case") << "error"
                              << "[ERROR] no" << false;
        QTest::newRow("both") << "one two"
                              << "two and one" << true;
        QTest::newRow("one of both") << "one two"
                                     << "only one" << false;
        QTest::newRow("phrase") << "\"one two\""
                                << "one two" << true;
        QTest::newRow("phrase apart") << "\"one two\""
                                      << "one and two" << false;
        QTest::newRow("any") << "?one ?two"
                             << "two" << true;
        QTest::newRow("none of any") << "?one ?two"
                                     << "three" << false;
        QTest::newRow("without") << "-one"
                                 << "two" << true;
        QTest::newRow("with") << "-one"
                              << "one" << false;
        QTest::newRow("term without phrase") << "a -\"b c\""
                                             << "a b c" << false;
        QTest::newRow("escaped quote") << "\"say \\\"x\\\"\""
                                       << "say \"x\"" << true;
        // As on AWS, ?terms beside others do not count.
        QTest::newRow("any beside a term") << "?one two"
                                           << "two" << true;
    }
    void pattern_matches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, message);
        QFETCH(bool, matches);
        const auto parsed = FilterPattern::parse(pattern.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->matches(message.toStdString()), matches);
    }

    void members_areCompared_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* pattern, bool matches) {
            QTest::newRow(pattern) << QString(pattern) << matches;
        };
        row("{ $.level = \"ERROR\" }", true);
        row("{$.level=ERROR}", true);
        row("{ $.level = \"ERR*\" }", true);
        row("{ $.level = \"*RR*R\" }", true);
        row("{ $.level = \"error\" }", false);
        row("{ $.level != \"INFO\" }", true);
        row("{ $.missing != \"INFO\" }", false);
        row("{ $.n = 5 }", true);
        row("{ $.n = 5.0e0 }", true);
        row("{ $.n > 4.5 && $.n <= 5 }", true);
        row("{ $.n < 5 || $.n >= 6 }", false);
        row("{ $.level > 1 }", false);
        row("{ $.user.id = \"u-1\" }", true);
        row("{ $.user[\"first name\"] = \"A \\\"B\\\"\" }", true);
        row("{ $.list[1].x = 2 }", true);
        row("{ $.list[7].x = 2 }", false);
        row("{ $.nothing IS NULL }", true);
        row("{ $.yes IS TRUE && $.no IS FALSE }", true);
        row("{ $.missing NOT EXISTS }", true);
        row("{ $.level NOT EXISTS }", false);
        row("{ $.level EXISTS }", true);
        row("{ $.n = 1 || $.n = 5 && $.level = \"INFO\" }", false);
        row("{ ($.n = 1 || $.n = 5) && $.level = \"ERROR\" }", true);
    }
    void members_areCompared()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, matches);
        const auto parsed = FilterPattern::parse(pattern.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->matches(
                     "{\"level\":\"ERROR\",\"n\":5,\"user\":{\"id\":\"u-1\",\"first name\":\"A \\\"B\\\"\"},"
                     "\"list\":[{},{\"x\":2}],\"nothing\":null,\"yes\":true,\"no\":false}"
                     "\n"),
            matches);
        QVERIFY(!parsed->matches("ERROR 5"));
        QVERIFY(!parsed->matches("[5]"));
    }

    void deepPattern_isRefused()
    {
        const auto deep = [](int count) {
            return "{ " + std::string(std::size_t(count), '(') + "$.x = 1"
                + std::string(std::size_t(count), ')') + " }";
        };
        QVERIFY(FilterPattern::parse(deep(32)).has_value());
        QVERIFY(!FilterPattern::parse(deep(33)).has_value());
    }

    void otherPatterns_areRefused_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern :
            {"{ $.x }", "{ $.x = }", "{ $.x = 1", "{ $.x > a }", "{ x = 1 }", "{ $ = 1 }", "{ ($.x = 1 }",
                "{ $.x[a] = 1 }", "{ $.x = 1 } y", "{ $.x = %a% }", "[a, b]", "%x+%", "\"open"})
            QTest::newRow(pattern) << pattern;
    }
    void otherPatterns_areRefused()
    {
        QFETCH(QString, pattern);
        QCOMPARE(FilterPattern::parse(pattern.toStdString()).error().code,
            std::string("InvalidParameterException"));
    }
};

CHAMBER_SUITE(TstFilterPattern, "tst_filter_pattern")
#include "tst_filter_pattern.moc"
