#include "core/base/hash.h"
#include "core/s3/checksum.h"
#include "core/s3/multipart.h"
#include "tests/core/s3/s3_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core;
using namespace tests;

class TstUploads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void parts_readAsOneObject();
    void rangesAcrossParts_areRight();
    void partsSurviveARestart();
    void replacedPart_leavesNoFile();
    void partsThatAreNotTaken_leaveNoFile();
    void abort_removesParts();
    void unknownUpload_isNoSuchUpload();
    void partNumbers_haveLimits();
    void completion_isChecked();
    void fullObjectChecksum_isThatOfTheWhole();
    void otherAlgorithmThanTheUploads_isRefused();
    void copiedParts_takeRanges();
    void listings_page();

private:
    std::string begin(const std::string& key, http::Headers headers = {});
    std::string upload(const std::string& key, const std::string& id, int number, const std::string& bytes);
    http::Response complete(
        const std::string& key, const std::string& id, const std::vector<std::pair<int, std::string>>& parts);
    std::string codeOf(const http::Response& response) const { return elementText(response.body, "Code"); }

    std::unique_ptr<S3Fixture> m_s3;
    std::string m_big;
};

void TstUploads::init()
{
    m_s3 = std::make_unique<S3Fixture>();
    QCOMPARE(m_s3->send("PUT", "/covers").status, 200);
    m_big.resize(s3::kMinPartSize);
    for (std::size_t i = 0; i < m_big.size(); ++i)
        m_big[i] = static_cast<char>(i * 7 + i / 251);
}

std::string TstUploads::begin(const std::string& key, http::Headers headers)
{
    return elementText(
        m_s3->send("POST", "/covers/" + key + "?uploads", {}, std::move(headers)).body, "UploadId");
}

std::string TstUploads::upload(
    const std::string& key, const std::string& id, int number, const std::string& bytes)
{
    const auto target = "/covers/" + key + "?partNumber=" + std::to_string(number) + "&uploadId=" + id;
    return std::string(m_s3->send("PUT", target, bytes).headers.get("ETag"));
}

http::Response TstUploads::complete(
    const std::string& key, const std::string& id, const std::vector<std::pair<int, std::string>>& parts)
{
    std::string xml = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    for (const auto& [number, etag] : parts)
        xml +=
            "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    return m_s3->send("POST", "/covers/" + key + "?uploadId=" + id, xml + "</CompleteMultipartUpload>");
}

void TstUploads::parts_readAsOneObject()
{
    const auto id = begin("big", {{"Content-Type", "image/png"}, {"x-amz-meta-n", "1"}});
    QVERIFY(!id.empty());
    const auto second = upload("big", id, 2, "tail");
    const auto first = upload("big", id, 1, m_big);
    QCOMPARE(first, '"' + hex(md5(m_big)) + '"');
    QCOMPARE(m_s3->send("GET", "/covers/big").status, 404);
    const auto done = complete("big", id, {{1, first}, {2, second}});
    QCOMPARE(done.status, 200);
    QVERIFY(done.body.find("<CompleteMultipartUploadResult") != std::string::npos);
    QCOMPARE(elementText(done.body, "ETag"), '"' + hex(md5(md5(m_big) + md5("tail"))) + "-2\"");
    const auto get = m_s3->send("GET", "/covers/big");
    QVERIFY(get.body == m_big + "tail");
    QCOMPARE(std::string(get.headers.get("Content-Type")), std::string("image/png"));
    QCOMPARE(std::string(get.headers.get("x-amz-meta-n")), std::string("1"));
    QCOMPARE(codeOf(m_s3->send("GET", "/covers/big?uploadId=" + id)), std::string("NoSuchUpload"));
    QCOMPARE(m_s3->send("DELETE", "/covers/big").status, 204);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstUploads::rangesAcrossParts_areRight()
{
    const auto id = begin("big");
    const auto first = upload("big", id, 1, m_big);
    const auto second = upload("big", id, 2, m_big);
    const auto third = upload("big", id, 3, "tail");
    QCOMPARE(complete("big", id, {{1, first}, {2, second}, {3, third}}).status, 200);
    const auto whole = m_big + m_big + "tail";
    const auto size = m_big.size();
    const std::pair<std::size_t, std::size_t> ranges[] = {
        {0, 9}, {size - 1, size}, {size, 2 * size - 1}, {size - 5, 2 * size + 1}, {2 * size, 2 * size + 3}};
    for (const auto& [from, to] : ranges) {
        const auto get = m_s3->send("GET", "/covers/big", {},
            {{"Range", "bytes=" + std::to_string(from) + '-' + std::to_string(to)}});
        QCOMPARE(get.status, 206);
        QVERIFY(get.body == whole.substr(from, to - from + 1));
    }
    const auto part = m_s3->send("GET", "/covers/big?partNumber=3");
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, std::string("tail"));
    QCOMPARE(std::string(part.headers.get("x-amz-mp-parts-count")), std::string("3"));
}

void TstUploads::partsSurviveARestart()
{
    const auto id = begin("big");
    const auto etag = upload("big", id, 1, "only");
    m_s3->restart();
    QCOMPARE(complete("big", id, {{1, etag}}).status, 200);
    QCOMPARE(m_s3->send("GET", "/covers/big").body, std::string("only"));
}

void TstUploads::replacedPart_leavesNoFile()
{
    const auto id = begin("big");
    const auto old = upload("big", id, 1, "old");
    const auto fresh = upload("big", id, 1, "fresh");
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(codeOf(complete("big", id, {{1, old}})), std::string("InvalidPart"));
    QCOMPARE(complete("big", id, {{1, fresh}}).status, 200);
}

void TstUploads::partsThatAreNotTaken_leaveNoFile()
{
    const auto id = begin("big");
    const auto one = upload("big", id, 1, "one");
    upload("big", id, 2, "two");
    QCOMPARE(complete("big", id, {{1, one}}).status, 200);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(m_s3->send("GET", "/covers/big").body, std::string("one"));
}

void TstUploads::abort_removesParts()
{
    const auto id = begin("big");
    upload("big", id, 1, "one");
    QCOMPARE(m_s3->send("DELETE", "/covers/big?uploadId=" + id).status, 204);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
    QCOMPARE(codeOf(m_s3->send("DELETE", "/covers/big?uploadId=" + id)), std::string("NoSuchUpload"));
}

void TstUploads::unknownUpload_isNoSuchUpload()
{
    const auto put = m_s3->send("PUT", "/covers/big?partNumber=1&uploadId=none", "x");
    QCOMPARE(put.status, 404);
    QCOMPARE(codeOf(put), std::string("NoSuchUpload"));
    QCOMPARE(elementText(put.body, "UploadId"), std::string("none"));
    QCOMPARE(codeOf(complete("big", "none", {{1, "x"}})), std::string("NoSuchUpload"));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstUploads::partNumbers_haveLimits()
{
    const auto id = begin("big");
    for (const char* number : {"0", "10001", "x", "-1"}) {
        const auto put =
            m_s3->send("PUT", "/covers/big?partNumber=" + std::string(number) + "&uploadId=" + id, "x");
        QCOMPARE(codeOf(put), std::string("InvalidArgument"));
    }
    QVERIFY(!upload("big", id, 10'000, "x").empty());
}

void TstUploads::completion_isChecked()
{
    const auto id = begin("big");
    const auto one = upload("big", id, 1, "small");
    const auto two = upload("big", id, 2, "small");
    QCOMPARE(codeOf(complete("big", id, {})), std::string("MalformedXML"));
    QCOMPARE(codeOf(complete("big", id, {{2, two}, {1, one}})), std::string("InvalidPartOrder"));
    const auto small = complete("big", id, {{1, one}, {2, two}});
    QCOMPARE(codeOf(small), std::string("EntityTooSmall"));
    QCOMPARE(elementText(small.body, "MinSizeAllowed"), std::string("5242880"));
    // What failed changed nothing.
    QCOMPARE(elementCount(m_s3->send("GET", "/covers/big?uploadId=" + id).body, "Part"), 2);
}

void TstUploads::fullObjectChecksum_isThatOfTheWhole()
{
    const auto id =
        begin("big", {{"x-amz-checksum-algorithm", "CRC32"}, {"x-amz-checksum-type", "FULL_OBJECT"}});
    const auto first = upload("big", id, 1, m_big);
    const auto second = upload("big", id, 2, "tail");
    QCOMPARE(complete("big", id, {{1, first}, {2, second}}).status, 200);
    const auto head = m_s3->send("HEAD", "/covers/big", {}, {{"x-amz-checksum-mode", "ENABLED"}});
    s3::RunningChecksum sum(s3::ChecksumAlgorithm::Crc32);
    sum.update(m_big + "tail");
    QCOMPARE(std::string(head.headers.get("x-amz-checksum-crc32")), sum.value());
    QCOMPARE(std::string(head.headers.get("x-amz-checksum-type")), std::string("FULL_OBJECT"));
}

void TstUploads::otherAlgorithmThanTheUploads_isRefused()
{
    const auto id = begin("big", {{"x-amz-checksum-algorithm", "SHA256"}});
    const auto refused = m_s3->send(
        "PUT", "/covers/big?partNumber=1&uploadId=" + id, "", {{"x-amz-checksum-crc32", "AAAAAA=="}});
    QCOMPARE(codeOf(refused), std::string("InvalidRequest"));
    const auto other = m_s3->send(
        "PUT", "/covers/big?partNumber=1&uploadId=" + id, "1234", {{"x-amz-checksum-crc32", "m+Pgow=="}});
    QCOMPARE(codeOf(other), std::string("InvalidRequest"));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstUploads::copiedParts_takeRanges()
{
    m_s3->send("PUT", "/covers/source", "0123456789");
    const auto id = begin("big");
    const auto target = "/covers/big?partNumber=1&uploadId=" + id;
    const auto copied = m_s3->send("PUT", target, {},
        {{"x-amz-copy-source", "covers/source"}, {"x-amz-copy-source-range", "bytes=2-5"}});
    QCOMPARE(copied.status, 200);
    QVERIFY(copied.body.find("<CopyPartResult") != std::string::npos);
    const auto etag = elementText(copied.body, "ETag");
    QCOMPARE(etag, '"' + hex(md5("2345")) + '"');
    QCOMPARE(complete("big", id, {{1, etag}}).status, 200);
    QCOMPARE(m_s3->send("GET", "/covers/big").body, std::string("2345"));
    const auto beyond = m_s3->send("PUT", "/covers/big?partNumber=1&uploadId=" + begin("big"), {},
        {{"x-amz-copy-source", "covers/source"}, {"x-amz-copy-source-range", "bytes=2-10"}});
    QCOMPARE(codeOf(beyond), std::string("InvalidArgument"));
}

void TstUploads::listings_page()
{
    const auto a = begin("a");
    m_s3->clock.advance(kSecond);
    const auto a2 = begin("a");
    const auto b = begin("b/1");
    for (int number = 1; number <= 3; ++number)
        upload("a", a, number, "x");
    const auto parts =
        m_s3->call("ListParts", {{"Bucket", "covers"}, {"Key", "a"}, {"UploadId", a}, {"MaxParts", 2}})
            ->json();
    QCOMPARE(parts["Parts"].size(), std::size_t{2});
    QCOMPARE(parts["IsTruncated"].get<bool>(), true);
    QCOMPARE(parts["NextPartNumberMarker"].get<int>(), 2);

    std::string seen;
    nlohmann::json input{{"Bucket", "covers"}, {"MaxUploads", 1}};
    for (bool more = true; more;) {
        const auto page = m_s3->call("ListMultipartUploads", input)->json();
        seen += page["Uploads"][0]["UploadId"].get<std::string>() + ';';
        more = page["IsTruncated"].get<bool>();
        if (more) {
            input["KeyMarker"] = page["NextKeyMarker"];
            input["UploadIdMarker"] = page["NextUploadIdMarker"];
        }
    }
    QCOMPARE(seen, a + ';' + a2 + ';' + b + ';');
    const auto grouped = m_s3->send("GET", "/covers?uploads&delimiter=/&prefix=b");
    QCOMPARE(elementText(grouped.body, "CommonPrefixes"), std::string("<Prefix>b/</Prefix>"));
    const auto afterKey = m_s3->send("GET", "/covers?uploads&key-marker=a");
    QCOMPARE(elementCount(afterKey.body, "Upload"), 1);
}

CHAMBER_SUITE(TstUploads, "tst_uploads")
#include "tst_uploads.moc"
