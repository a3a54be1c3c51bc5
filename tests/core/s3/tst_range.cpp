#include "core/s3/range.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::s3;

class TstRange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void range_selects_data();
    void range_selects();
    void unreadableRange_selectsAll_data();
    void unreadableRange_selectsAll();
    void rangeBeyondTheEnd_isInvalidRange_data();
    void rangeBeyondTheEnd_isInvalidRange();
    void copyRange_mustLieInsideTheSource();
};

void TstRange::range_selects_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("length");
    QTest::newRow("both ends") << QByteArray("bytes=0-9") << quint64(0) << quint64(10);
    QTest::newRow("one byte") << QByteArray("bytes=99-99") << quint64(99) << quint64(1);
    QTest::newRow("open end") << QByteArray("bytes=90-") << quint64(90) << quint64(10);
    QTest::newRow("end beyond the object") << QByteArray("bytes=90-5000") << quint64(90) << quint64(10);
    QTest::newRow("end beyond any number")
        << QByteArray("bytes=90-99999999999999999999999") << quint64(90) << quint64(10);
    QTest::newRow("suffix") << QByteArray("bytes=-5") << quint64(95) << quint64(5);
    QTest::newRow("suffix longer than the object") << QByteArray("bytes=-500") << quint64(0) << quint64(100);
    QTest::newRow("other case") << QByteArray("BYTES=1-2") << quint64(1) << quint64(2);
}

void TstRange::range_selects()
{
    QFETCH(QByteArray, header);
    QFETCH(quint64, first);
    QFETCH(quint64, length);
    const auto range = parseRange(header.toStdString(), 100);
    QVERIFY(range && *range);
    QCOMPARE(quint64((*range)->first), first);
    QCOMPARE(quint64((*range)->length), length);
}

void TstRange::unreadableRange_selectsAll_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char* header :
        {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "items=0-9", "bytes=0-1,5-6"})
        QTest::newRow(*header ? header : "none") << QByteArray(header);
}

void TstRange::unreadableRange_selectsAll()
{
    QFETCH(QByteArray, header);
    const auto range = parseRange(header.toStdString(), 100);
    QVERIFY(range && !*range);
}

void TstRange::rangeBeyondTheEnd_isInvalidRange_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<quint64>("size");
    QTest::newRow("first byte after the last") << QByteArray("bytes=100-") << quint64(100);
    QTest::newRow("no bytes of the end") << QByteArray("bytes=-0") << quint64(100);
    QTest::newRow("empty object") << QByteArray("bytes=0-") << quint64(0);
    QTest::newRow("end of an empty object") << QByteArray("bytes=-1") << quint64(0);
}

void TstRange::rangeBeyondTheEnd_isInvalidRange()
{
    QFETCH(QByteArray, header);
    QFETCH(quint64, size);
    const auto range = parseRange(header.toStdString(), size);
    QVERIFY(!range);
    QCOMPARE(range.error().code, std::string("InvalidRange"));
}

void TstRange::copyRange_mustLieInsideTheSource()
{
    const auto range = parseCopyRange("bytes=10-19", 20);
    QVERIFY(range);
    QCOMPARE(range->first, std::uint64_t{10});
    QCOMPARE(range->length, std::uint64_t{10});
    for (const char* wrong : {"bytes=10-20", "bytes=10-", "bytes=-5", "", "10-19"}) {
        const auto refused = parseCopyRange(wrong, 20);
        QVERIFY2(!refused, wrong);
        QCOMPARE(refused.error().code, std::string("InvalidArgument"));
    }
}

CHAMBER_SUITE(TstRange, "tst_range")
#include "tst_range.moc"
