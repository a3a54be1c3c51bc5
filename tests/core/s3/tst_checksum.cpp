#include "core/s3/checksum.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::s3;

class TstChecksum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checkText_givesTheCatalogueValue_data();
    void checkText_givesTheCatalogueValue();
    void pieces_giveTheSameAsTheWhole();
    void combinedParts_giveTheWholesCrc();
    void composite_isTheChecksumOfChecksums();
    void names_areFoundInAnyCase();
    void text_mustBeBase64OfTheRightLength();
};

namespace {

std::string checksumOf(ChecksumAlgorithm algorithm, std::string_view bytes)
{
    RunningChecksum sum(algorithm);
    sum.update(bytes);
    return sum.value();
}

std::string sampleBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<char>(i * 131 + i / 7);
    return bytes;
}

}

// The check value of each CRC in the catalogue of parametrised CRC algorithms; the digests of FIPS 180 by
// sha1sum, sha256sum.
void TstChecksum::checkText_givesTheCatalogueValue_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QByteArray>("hexValue");
    QTest::newRow("CRC32") << int(ChecksumAlgorithm::Crc32) << QByteArray("cbf43926");
    QTest::newRow("CRC32C") << int(ChecksumAlgorithm::Crc32c) << QByteArray("e3069283");
    QTest::newRow("CRC64NVME") << int(ChecksumAlgorithm::Crc64Nvme) << QByteArray("ae8b14860a799888");
    QTest::newRow("SHA1") << int(ChecksumAlgorithm::Sha1)
                          << QByteArray("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
    QTest::newRow("SHA256") << int(ChecksumAlgorithm::Sha256)
                            << QByteArray("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
}

void TstChecksum::checkText_givesTheCatalogueValue()
{
    QFETCH(int, algorithm);
    QFETCH(QByteArray, hexValue);
    const auto value = checksumOf(static_cast<ChecksumAlgorithm>(algorithm), "123456789");
    QCOMPARE(hex(unbase64(value).value_or("")), hexValue.toStdString());
}

void TstChecksum::pieces_giveTheSameAsTheWhole()
{
    const auto bytes = sampleBytes(1000);
    for (const auto algorithm : kChecksumAlgorithms) {
        RunningChecksum sum(algorithm);
        for (std::size_t at = 0; at < bytes.size(); at += 37)
            sum.update(std::string_view(bytes).substr(at, 37));
        QCOMPARE(sum.value(), checksumOf(algorithm, bytes));
    }
}

void TstChecksum::combinedParts_giveTheWholesCrc()
{
    const auto bytes = sampleBytes(100'003);
    for (const auto algorithm :
        {ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Crc32c, ChecksumAlgorithm::Crc64Nvme}) {
        for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, bytes.size()}) {
            const auto first = std::string_view(bytes).substr(0, cut);
            const auto second = std::string_view(bytes).substr(cut);
            const std::vector<PartChecksum> parts{{checksumOf(algorithm, first), first.size()},
                {checksumOf(algorithm, second), second.size()}, {checksumOf(algorithm, ""), 0}};
            QCOMPARE(combineChecksums(algorithm, parts), checksumOf(algorithm, bytes));
        }
    }
}

void TstChecksum::composite_isTheChecksumOfChecksums()
{
    const auto a = checksumOf(ChecksumAlgorithm::Sha256, "a");
    const auto b = checksumOf(ChecksumAlgorithm::Sha256, "b");
    const auto both = base64(sha256(sha256("a") + sha256("b")));
    QCOMPARE(compositeChecksum(ChecksumAlgorithm::Sha256, {{a, 1}, {b, 1}}), both + "-2");
}

void TstChecksum::names_areFoundInAnyCase()
{
    QVERIFY(checksumByName("crc64nvme") == ChecksumAlgorithm::Crc64Nvme);
    QVERIFY(checksumByHeader("X-Amz-Checksum-Sha1") == ChecksumAlgorithm::Sha1);
    QVERIFY(!checksumByName("MD5"));
    QVERIFY(!checksumByHeader("x-amz-checksum-mode"));
}

void TstChecksum::text_mustBeBase64OfTheRightLength()
{
    QVERIFY(isChecksumText(ChecksumAlgorithm::Crc32, "AAAAAA=="));
    QVERIFY(!isChecksumText(ChecksumAlgorithm::Crc32, "AAAAAAA="));
    QVERIFY(!isChecksumText(ChecksumAlgorithm::Crc32, "no base64"));
    QVERIFY(!isChecksumText(ChecksumAlgorithm::Sha256, ""));
}

CHAMBER_SUITE(TstChecksum, "tst_checksum")
#include "tst_checksum.moc"
