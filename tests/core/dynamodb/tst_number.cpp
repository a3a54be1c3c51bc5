#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/number.h"
#include "tests/support/suites.h"

#include <QTest>

#include <random>

using core::dynamodb::Number;

namespace {

QString parsedText(const char* text)
{
    const auto number = Number::parse(text);
    return QString::fromStdString(number ? number->text() : "error: " + number.error().message);
}

// A number of random length, sign and exponent, as text.
std::string randomNumber(std::mt19937& random)
{
    std::string digits;
    const auto count = random() % 38 + 1;
    for (unsigned i = 0; i < count; ++i)
        digits += static_cast<char>('0' + random() % 10);
    const auto exponent = static_cast<int>(random() % 200) - 110;
    return (random() % 2 ? "-" : "") + digits + "e" + std::to_string(exponent);
}

}

class TstNumber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_isNormalised_data();
    void text_isNormalised();
    void badText_isAwsError_data();
    void badText_isAwsError();
    void arithmetic_isExact_data();
    void arithmetic_isExact();
    void sumOfTooManyDigits_isError();
    void storedSize_isAsMeasured_data();
    void storedSize_isAsMeasured();
    void encodedKeys_keepTheOrder();
    void smallDifferences_keepTheOrder();
    void sums_agreeWithIntegers();
};

void TstNumber::text_isNormalised_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("zero") << QByteArray("-0.00e5") << "0";
    QTest::newRow("leading and trailing zeros") << QByteArray("0042.1200") << "42.12";
    QTest::newRow("exponent") << QByteArray("1.5E+3") << "1500";
    QTest::newRow("negative exponent") << QByteArray("-12e-4") << "-0.0012";
    QTest::newRow("plus") << QByteArray("+7") << "7";
    QTest::newRow("no whole part") << QByteArray(".5") << "0.5";
    QTest::newRow("no fraction") << QByteArray("5.") << "5";
    QTest::newRow("largest") << QByteArray("1E125") << "1" + QString(125, '0');
    QTest::newRow("smallest") << QByteArray("1E-130") << "0." + QString(129, '0') + "1";
    QTest::newRow("38 digits") << QByteArray("99999999999999999999999999999999999999")
                               << "99999999999999999999999999999999999999";
    QTest::newRow("zeros are no digits") << QByteArray("100000000000000000000000000000000000000000")
                                         << "100000000000000000000000000000000000000000";
}

void TstNumber::text_isNormalised()
{
    QFETCH(QByteArray, given);
    QTEST(parsedText(given.constData()), "expected");
}

void TstNumber::badText_isAwsError_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("message");
    const QString noNumber = "The parameter cannot be converted to a numeric value";
    QTest::newRow("empty") << QByteArray("") << noNumber;
    for (const char* text : {"abc", "1 ", " 1", "1e", "-", ".", "1..2", "0x1", "1e5.5", "NaN", "Infinity"})
        QTest::newRow(text) << QByteArray(text) << noNumber + ": " + text;
    const QString overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    QTest::newRow("too large") << QByteArray("1E126") << overflow;
    QTest::newRow("exponent beyond int") << QByteArray("1E99999999999999999999") << overflow;
    QTest::newRow("too small")
        << QByteArray("1E-131")
        << "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    QTest::newRow("39 digits") << QByteArray("100000000000000000000000000000000000001")
                               << "Attempting to store more than 38 significant digits in a Number";
}

void TstNumber::badText_isAwsError()
{
    QFETCH(QByteArray, given);
    QFETCH(QString, message);
    QCOMPARE(parsedText(given.constData()), "error: " + message);
}

void TstNumber::arithmetic_isExact_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QString>("sum");
    QTest::addColumn<QString>("difference");
    QTest::newRow("decimal fractions") << QByteArray("0.1") << QByteArray("0.2") << "0.3"
                                       << "-0.1";
    QTest::newRow("carry") << QByteArray("999") << QByteArray("1") << "1000"
                           << "998";
    QTest::newRow("signs") << QByteArray("-5") << QByteArray("3") << "-2"
                           << "-8";
    QTest::newRow("to zero") << QByteArray("1.25") << QByteArray("-1.25") << "0"
                             << "2.5";
    QTest::newRow("zero") << QByteArray("0") << QByteArray("7") << "7"
                          << "-7";
    QTest::newRow("far apart") << QByteArray("1e20") << QByteArray("1e-10")
                               << "100000000000000000000.0000000001"
                               << "99999999999999999999.9999999999";
}

void TstNumber::arithmetic_isExact()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    const auto first = Number::fromCanonical(a.constData());
    const auto second = Number::fromCanonical(b.constData());
    QTEST(QString::fromStdString(Number::add(first, second)->text()), "sum");
    QTEST(QString::fromStdString(Number::subtract(first, second)->text()), "difference");
}

void TstNumber::sumOfTooManyDigits_isError()
{
    const auto sum = Number::add(Number::fromCanonical("1e30"), Number::fromCanonical("1e-30"));
    QVERIFY(!sum);
    QCOMPARE(
        sum.error().message, std::string("Attempting to store more than 38 significant digits in a Number"));
}

void TstNumber::storedSize_isAsMeasured_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<int>("bytes");
    QTest::newRow("0") << QByteArray("0") << 1;
    QTest::newRow("1") << QByteArray("1") << 2;
    QTest::newRow("123456") << QByteArray("123456") << 4;
    QTest::newRow("3.14159") << QByteArray("3.14159") << 5;
    QTest::newRow("-1") << QByteArray("-1") << 3;
    QTest::newRow("1E125") << QByteArray("1E125") << 2;
}

void TstNumber::storedSize_isAsMeasured()
{
    QFETCH(QByteArray, number);
    QTEST(static_cast<int>(Number::fromCanonical(number.constData()).storedSize()), "bytes");
}

void TstNumber::encodedKeys_keepTheOrder()
{
    std::mt19937 random(20261122);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = Number::fromCanonical(randomNumber(random));
        const auto b = Number::fromCanonical(randomNumber(random));
        const auto order = a <=> b;
        const auto encodedOrder =
            core::dynamodb::keys::orderedNumber(a).compare(core::dynamodb::keys::orderedNumber(b));
        QVERIFY2((order < 0) == (encodedOrder < 0) && (order == 0) == (encodedOrder == 0),
            qPrintable(QString::fromStdString(a.text() + " and " + b.text())));
    }
}

void TstNumber::smallDifferences_keepTheOrder()
{
    const char* ascending[] = {"-1e125", "-100.5", "-100", "-99.99", "-1.05", "-1", "-0.1", "-0.01",
        "-1e-130", "0", "1e-130", "0.01", "0.1", "1", "1.05", "1.1", "9.999", "10", "99.99", "100", "100.5",
        "1e125"};
    for (std::size_t i = 1; i < std::size(ascending); ++i) {
        const auto lower = Number::fromCanonical(ascending[i - 1]);
        const auto higher = Number::fromCanonical(ascending[i]);
        QVERIFY2(lower < higher, ascending[i]);
        QVERIFY2(core::dynamodb::keys::orderedNumber(lower) < core::dynamodb::keys::orderedNumber(higher),
            ascending[i]);
    }
}

void TstNumber::sums_agreeWithIntegers()
{
    std::mt19937_64 random(42);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = static_cast<std::int64_t>(random()) >> 2;
        const auto b = static_cast<std::int64_t>(random()) >> (2 + random() % 50);
        QCOMPARE(Number::add(Number(a), Number(b))->text(), std::to_string(a + b));
        QCOMPARE(Number::subtract(Number(a), Number(b))->text(), std::to_string(a - b));
    }
}

CHAMBER_SUITE(TstNumber, "tst_number")
#include "tst_number.moc"
