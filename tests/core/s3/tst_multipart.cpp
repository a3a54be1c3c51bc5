#include "core/base/hash.h"
#include "core/s3/multipart.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::s3;

class TstMultipart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parts_becomeOneObject();
    void wrongLists_areRefused();
    void composite_wantsTheChecksumOfEachPart();
    void uploadWithoutAlgorithm_takesThatOfItsParts();
    void checksumTypes_goWithTheirAlgorithms();
};

namespace {

PartRecord partOf(int number, std::uint64_t size, const std::string& bytes, ChecksumAlgorithm algorithm)
{
    RunningChecksum sum(algorithm);
    sum.update(bytes);
    return {number, size, hex(md5(bytes)), 0, "blob" + std::to_string(number), algorithm, sum.value()};
}

std::vector<PartRecord> twoParts(ChecksumAlgorithm algorithm = ChecksumAlgorithm::Crc64Nvme)
{
    return {partOf(1, kMinPartSize, "first", algorithm), partOf(3, 10, "second", algorithm)};
}

std::vector<WantedPart> wantedOf(const std::vector<PartRecord>& parts)
{
    std::vector<WantedPart> wanted;
    for (const auto& part : parts)
        wanted.push_back({part.number, part.etag, {}});
    return wanted;
}

std::string codeOf(const Result<ObjectRecord>& result)
{
    return result ? "no error" : result.error().code;
}

}

void TstMultipart::parts_becomeOneObject()
{
    UploadRecord upload;
    upload.headers.metadata["color"] = "red";
    const auto parts = twoParts();
    const auto object = assembleObject(upload, parts, wantedOf(parts));
    QVERIFY(object);
    QCOMPARE(object->etag, hex(md5(md5("first") + md5("second"))) + "-2");
    QCOMPARE(object->size, kMinPartSize + 10);
    QCOMPARE(object->segments.size(), std::size_t{2});
    QCOMPARE(object->segments[1].blob, std::string("blob3"));
    QCOMPARE(object->headers.metadata.at("color"), std::string("red"));
}

void TstMultipart::wrongLists_areRefused()
{
    const UploadRecord upload;
    const auto parts = twoParts();
    auto wanted = wantedOf(parts);
    QCOMPARE(codeOf(assembleObject(upload, parts, {wanted[1], wanted[0]})), std::string("InvalidPartOrder"));
    QCOMPARE(codeOf(assembleObject(upload, parts, {wanted[0], wanted[0]})), std::string("InvalidPartOrder"));
    QCOMPARE(codeOf(assembleObject(upload, parts, {{2, "etag", {}}})), std::string("InvalidPart"));
    QCOMPARE(codeOf(assembleObject(upload, parts, {{1, "etag", {}}})), std::string("InvalidPart"));
    QCOMPARE(codeOf(assembleObject(upload, parts, {{1, wanted[0].etag, "AAAAAAAAAAA="}})),
        std::string("InvalidPart"));
    auto small = parts;
    small[0].size = kMinPartSize - 1;
    QCOMPARE(codeOf(assembleObject(upload, small, wanted)), std::string("EntityTooSmall"));
    QCOMPARE(codeOf(assembleObject(upload, small, {wanted[0]})), std::string("no error"));
}

void TstMultipart::composite_wantsTheChecksumOfEachPart()
{
    UploadRecord upload;
    upload.algorithm = ChecksumAlgorithm::Sha256;
    upload.checksumType = ChecksumType::Composite;
    const auto parts = twoParts(ChecksumAlgorithm::Sha256);
    auto wanted = wantedOf(parts);
    QCOMPARE(codeOf(assembleObject(upload, parts, wanted)), std::string("InvalidRequest"));
    wanted[0].checksum = parts[0].checksum;
    wanted[1].checksum = parts[1].checksum;
    const auto object = assembleObject(upload, parts, wanted);
    QVERIFY(object && object->checksum);
    QCOMPARE(object->checksum->value, base64(sha256(sha256("first") + sha256("second"))) + "-2");
}

void TstMultipart::uploadWithoutAlgorithm_takesThatOfItsParts()
{
    auto parts = twoParts(ChecksumAlgorithm::Crc32);
    parts[0].size = 5; // the length of "first": the last part may be small, and so may the only one
    const auto one = assembleObject({}, {parts[0]}, {wantedOf(parts)[0]});
    QVERIFY(one && one->checksum);
    QVERIFY(one->checksum->algorithm == ChecksumAlgorithm::Crc32);
    QCOMPARE(one->checksum->value, parts[0].checksum);

    auto mixed = twoParts();
    mixed[1] = partOf(3, 10, "second", ChecksumAlgorithm::Sha1);
    const auto none = assembleObject({}, mixed, wantedOf(mixed));
    QVERIFY(none && !none->checksum);
}

void TstMultipart::checksumTypes_goWithTheirAlgorithms()
{
    QVERIFY(checksumTypeFor(ChecksumAlgorithm::Crc64Nvme, "") == ChecksumType::FullObject);
    QVERIFY(checksumTypeFor(ChecksumAlgorithm::Crc32, "") == ChecksumType::Composite);
    QVERIFY(checksumTypeFor(ChecksumAlgorithm::Crc32, "FULL_OBJECT") == ChecksumType::FullObject);
    QVERIFY(!checksumTypeFor(ChecksumAlgorithm::Sha1, "FULL_OBJECT"));
    QVERIFY(!checksumTypeFor(ChecksumAlgorithm::Crc64Nvme, "COMPOSITE"));
    QVERIFY(!checksumTypeFor(ChecksumAlgorithm::Crc32, "HALF"));
}

CHAMBER_SUITE(TstMultipart, "tst_multipart")
#include "tst_multipart.moc"
