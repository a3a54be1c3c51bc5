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

    void otherPatterns_areRefused_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern : {"{ $.x = 1 }", "[a, b]", "%x+%", "\"open"})
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
