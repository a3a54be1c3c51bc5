#include "core/base/hash.h"
#include "core/base/ids.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;

class TstHash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void digests_matchPublishedVectors();
    void hmac_matchesRfc4231();
    void runningDigest_equalsWhole();
    void checksums_matchCheckValues();
    void continuedChecksums_equalWhole();
    void stableHash_staysTheSame();
    void hexAndBack_isTheSame();
    void base64AndBack_isTheSame();
    void brokenBase64_isRefused_data();
    void brokenBase64_isRefused();
};

void TstHash::digests_matchPublishedVectors()
{
    QCOMPARE(hex(md5("abc")), std::string("900150983cd24fb0d6963f7d28e17f72"));
    QCOMPARE(hex(sha1("abc")), std::string("a9993e364706816aba3e25717850c26c9cd0d89d"));
    QCOMPARE(
        hex(sha256("abc")), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(
        hex(sha256("")), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TstHash::hmac_matchesRfc4231()
{
    QCOMPARE(hex(hmacSha256("Jefe", "what do ya want for nothing?")),
        std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QCOMPARE(
        hex(hmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

void TstHash::runningDigest_equalsWhole()
{
    Hasher hasher(HashKind::Sha256);
    hasher.update("a");
    Hasher moved = std::move(hasher);
    moved.update("bc");
    QCOMPARE(moved.digest(), sha256("abc"));
}

void TstHash::checksums_matchCheckValues()
{
    QCOMPARE(crc32("123456789"), 0xCBF43926u);
    QCOMPARE(crc32c("123456789"), 0xE3069283u);
    QCOMPARE(crc64Nvme("123456789"), std::uint64_t{0xAE8B14860A799888u});
    QCOMPARE(crc64Nvme(""), std::uint64_t{0});
}

void TstHash::continuedChecksums_equalWhole()
{
    const auto bytes = randomBytes(1'000);
    const std::string_view view(bytes);
    for (const std::size_t cut : {0u, 1u, 7u, 8u, 9u, 500u, 999u, 1'000u}) {
        QCOMPARE(crc32(view.substr(cut), crc32(view.substr(0, cut))), crc32(view));
        QCOMPARE(crc32c(view.substr(cut), crc32c(view.substr(0, cut))), crc32c(view));
        QCOMPARE(crc64Nvme(view.substr(cut), crc64Nvme(view.substr(0, cut))), crc64Nvme(view));
    }
}

// The value is on users' disks: a change of it would hide their items.
void TstHash::stableHash_staysTheSame()
{
    QCOMPARE(stableHash(""), std::uint64_t{0xefd01f60ba992926u});
    QVERIFY(stableHash("a") != stableHash("b"));
}

void TstHash::hexAndBack_isTheSame()
{
    const std::string bytes("\x00\xff\x10z", 4);
    QCOMPARE(hex(bytes), std::string("00ff107a"));
    QCOMPARE(unhex("00FF107a"), std::optional(bytes));
    QVERIFY(!unhex("abc"));
    QVERIFY(!unhex("zz"));
}

void TstHash::base64AndBack_isTheSame()
{
    QCOMPARE(base64("foobar"), std::string("Zm9vYmFy"));
    QCOMPARE(base64("f"), std::string("Zg=="));
    for (std::size_t length = 0; length < 40; ++length) {
        const auto bytes = randomBytes(length);
        QCOMPARE(unbase64(base64(bytes)), std::optional(bytes));
    }
}

void TstHash::brokenBase64_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("length") << QByteArray("Zg=");
    QTest::newRow("alphabet") << QByteArray("Zm9-");
    QTest::newRow("space") << QByteArray("Zm9 ");
    QTest::newRow("padding inside") << QByteArray("Zg==Zm9v");
    QTest::newRow("three pads") << QByteArray("Z===");
    QTest::newRow("only pads") << QByteArray("====");
    QTest::newRow("unused bits") << QByteArray("Zh==");
}

void TstHash::brokenBase64_isRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!unbase64(text.toStdString()));
}

CHAMBER_SUITE(TstHash, "tst_hash")

#include "tst_hash.moc"
