#include "core/base/arn.h"
#include "core/base/text.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;

class TstText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainFunctions_doWhatTheySay();
    void percentEncoding_keepsUnreservedOnly();
    void percentDecoding_keepsMalformedEscapes();
    void utf8_isStrict_data();
    void utf8_isStrict();
    void integers_areReadWhole();
    void globs_match_data();
    void globs_match();
    void arns_roundTrip();
    void brokenArns_areRefused();
};

void TstText::plainFunctions_doWhatTheySay()
{
    QVERIFY(trimmed(" \t a b\r\n") == "a b");
    QVERIFY(trimmed("  ").empty());
    QCOMPARE(toLower("AbÇ"), std::string("abÇ"));
    QCOMPARE(toUpper("abz"), std::string("ABZ"));
    QVERIFY(equalsIgnoreCase("Content-Type", "content-TYPE"));
    QVERIFY(!equalsIgnoreCase("a", "ab"));
    QCOMPARE(split("a,,b", ',').size(), 3u);
    QCOMPARE(split("", ',').size(), 1u);
    QCOMPARE(join({"a", "b", "c"}, ", "), std::string("a, b, c"));
    QCOMPARE(replaceAll("aXbXX", "X", "--"), std::string("a--b----"));
    QCOMPARE(replaceAll("same", "", "x"), std::string("same"));
}

void TstText::percentEncoding_keepsUnreservedOnly()
{
    QCOMPARE(percentEncode("a b/é~*"), std::string("a%20b%2F%C3%A9~%2A"));
    QCOMPARE(percentEncode("a/b", true), std::string("a/b"));
}

void TstText::percentDecoding_keepsMalformedEscapes()
{
    QCOMPARE(percentDecode("a%20b%2f%zz%4"), std::string("a b/%zz%4"));
    QCOMPARE(percentDecode("a+b", true), std::string("a b"));
    QCOMPARE(percentDecode("a+b"), std::string("a+b"));
    QCOMPARE(percentDecode("%41"), std::string("A"));
}

void TstText::utf8_isStrict_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ascii") << QByteArray("plain and longer than eight") << true;
    QTest::newRow("mixed") << QByteArray("São Paulo 東京 🦊") << true;
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("above the last") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("cut short") << QByteArray("12345678\xe6\x9d") << false;
    QTest::newRow("lone continuation") << QByteArray("a\x80") << false;
}

void TstText::utf8_isStrict()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, good);
    QCOMPARE(isUtf8(bytes.toStdString()), good);
}

void TstText::integers_areReadWhole()
{
    QCOMPARE(parseInteger("-42"), std::optional<std::int64_t>(-42));
    QCOMPARE(parseInteger("9223372036854775807"), std::optional<std::int64_t>(INT64_MAX));
    for (const auto* bad : {"", "9223372036854775808", "1.0", " 1", "1 ", "0x1", "+-1", "+"})
        QVERIFY2(!parseInteger(bad), bad);
}

void TstText::globs_match_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    QTest::newRow("any") << "*"
                         << "/a/b" << true;
    QTest::newRow("empty") << "*"
                           << "" << true;
    QTest::newRow("suffix") << "*.jpg"
                            << "a.jpg.jpg" << true;
    QTest::newRow("folder") << "/img/*/x?.png"
                            << "/img/a/b/x1.png" << true;
    QTest::newRow("one is needed") << "a?"
                                   << "a" << false;
    QTest::newRow("case") << "A"
                          << "a" << false;
    QTest::newRow("back again") << "*ab*abc"
                                << "xabyababc" << true;
    QTest::newRow("rest") << "a*b"
                          << "abx" << false;
}

void TstText::globs_match()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, matches);
    QCOMPARE(matchesGlob(pattern.toStdString(), text.toStdString()), matches);
}

void TstText::arns_roundTrip()
{
    for (const auto* text :
        {"arn:aws:lambda:us-east-1:000000000000:function:place-order:1", "arn:aws:s3:::books/a:b"}) {
        const auto arn = Arn::parse(text);
        QVERIFY(arn.has_value());
        QCOMPARE(arn->text(), std::string(text));
    }
    const auto arn = Arn::parse("arn:aws-cn:dynamodb:cn-north-1:123456789012:table/Books");
    QCOMPARE(arn->partition, std::string("aws-cn"));
    QCOMPARE(arn->service, std::string("dynamodb"));
    QCOMPARE(arn->region, std::string("cn-north-1"));
    QCOMPARE(arn->account, std::string("123456789012"));
    QCOMPARE(arn->resource, std::string("table/Books"));
}

void TstText::brokenArns_areRefused()
{
    for (const auto* text : {"", "arn:aws", "arn:aws:s3::", "arn:aws:s3:::", "x:aws:s3:::b", "arn::s3:::b"})
        QVERIFY2(!Arn::parse(text), text);
}

CHAMBER_SUITE(TstText, "tst_text")
#include "tst_text.moc"
