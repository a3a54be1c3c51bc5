#include "core/base/gzip.h"
#include "core/base/gzip_reader.h"
#include "tests/support/suites.h"

#include <QTest>

#include <random>

using namespace core;

namespace {

// What comes out when the bytes come in pieces of that size.
Result<std::string> unpacked(std::string_view packed, std::size_t piece)
{
    std::string out;
    GzipReader reader;
    for (std::size_t at = 0; at < packed.size(); at += piece) {
        CORE_CHECK(reader.feed(packed.substr(at, piece), [&out](std::string_view text) {
            out += text;
            return true;
        }));
    }
    CORE_CHECK(reader.finish());
    return out;
}

std::string longText()
{
    std::mt19937 random(3);
    std::string text;
    while (text.size() < 300'000)
        text += std::to_string(random() % 100'000) + "\n";
    return text;
}

}

class TstGzipReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void piecesOfAnySize_giveTheSame();
    void streamsBehindEachOther_areOneText();
    void brokenStream_isAnError();
    void stopped_givesNoMore();
};

void TstGzipReader::piecesOfAnySize_giveTheSame()
{
    const auto text = longText();
    const auto packed = gzip(text);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, packed.size()}) {
        const auto out = unpacked(packed, piece);
        QVERIFY(out);
        QVERIFY(*out == text);
    }
    QVERIFY(unpacked({}, 1)->empty());
}

void TstGzipReader::streamsBehindEachOther_areOneText()
{
    const auto packed = gzip("one ") + gzip("") + gzip("two");
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, packed.size()})
        QCOMPARE(unpacked(packed, piece).value_or("?"), std::string("one two"));
}

void TstGzipReader::brokenStream_isAnError()
{
    const auto packed = gzip(longText());
    QVERIFY(!unpacked(packed.substr(0, packed.size() - 5), 100));
    QVERIFY(!unpacked("no gzip at all", 100));
    QVERIFY(!unpacked(gzip("one") + "rest", 100));
}

void TstGzipReader::stopped_givesNoMore()
{
    GzipReader reader;
    int pieces = 0;
    QVERIFY(reader.feed(gzip(longText()), [&pieces](std::string_view) {
        ++pieces;
        return false;
    }));
    QCOMPARE(pieces, 1);
}

CHAMBER_SUITE(TstGzipReader, "tst_gzip_reader")
#include "tst_gzip_reader.moc"
