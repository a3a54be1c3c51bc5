#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/s3/checksum.h"
#include "tests/core/s3/s3_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <fstream>

using namespace core;
using namespace tests;

class TstObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void object_comesBackAsItWasSent();
    void emptyObject_isAnObject();
    void ranges_arePartialContent();
    void conditions_decideReads();
    void conditions_decideWrites();
    void overrides_areForSignedRequests();
    void missingKey_isNoSuchKey();
    void wrongDigests_areRefused_data();
    void wrongDigests_areRefused();
    void chunkedBodies_areDecoded_data();
    void chunkedBodies_areDecoded();
    void brokenChunkedBodies_areRefused_data();
    void brokenChunkedBodies_areRefused();
    void replacedAndDeletedObjects_leaveNoFile();
    void restart_keepsObjectsAndSweepsTheRest();
    void copy_takesOrReplacesMetadata();
    void copyOntoItself_mustChangeSomething();
    void conditionsOfACopy_lookAtItsSource();
    void manyKeys_areDeletedAtOnce();
    void listing_showsKeysAndPages();
    void oldListing_hasMarkers();
    void badListings_areInvalidArgument_data();
    void badListings_areInvalidArgument();
    void limits_areAws();
    void callInProcess_storesItsPayload();
    void virtualHost_namesTheBucket();
    void untaggedObject_hasAnEmptyTagSet();
    void urlSignedByVersion2_isVerified();
    void headersInAPresignedQuery_count();

private:
    std::string codeOf(const http::Response& response) const { return elementText(response.body, "Code"); }

    std::unique_ptr<S3Fixture> m_s3;
};

namespace {

std::string checksum(s3::ChecksumAlgorithm algorithm, std::string_view bytes)
{
    s3::RunningChecksum sum(algorithm);
    sum.update(bytes);
    return sum.value();
}

const char* const kText = "hello world";

}

void TstObjects::init()
{
    m_s3 = std::make_unique<S3Fixture>();
    QCOMPARE(m_s3->send("PUT", "/b").status, 400); // too short a name
    QCOMPARE(m_s3->send("PUT", "/covers").status, 200);
}

void TstObjects::object_comesBackAsItWasSent()
{
    const auto put = m_s3->send("PUT", "/covers/a/%C3%BC%20b%2Bc.txt", kText,
        {{"Content-Type", "text/plain"}, {"x-amz-meta-Color", "red"}, {"Cache-Control", "max-age=60"},
            {"Content-Encoding", "gzip"}, {"Content-Language", "de"}, {"Content-Disposition", "inline"},
            {"Expires", "Thu, 01 Dec 2033 16:00:00 GMT"}, {"x-amz-storage-class", "STANDARD_IA"}});
    QCOMPARE(put.status, 200);
    QCOMPARE(std::string(put.headers.get("ETag")), '"' + hex(md5(kText)) + '"');
    QCOMPARE(std::string(put.headers.get("x-amz-checksum-crc64nvme")),
        checksum(s3::ChecksumAlgorithm::Crc64Nvme, kText));
    const auto get = m_s3->send("GET", "/covers/a/%C3%BC%20b%2Bc.txt?v=2");
    QCOMPARE(get.status, 200);
    QCOMPARE(get.body, std::string(kText));
    const std::pair<const char*, std::string> expected[] = {{"Content-Type", "text/plain"},
        {"x-amz-meta-color", "red"}, {"Cache-Control", "max-age=60"}, {"Content-Encoding", "gzip"},
        {"Content-Language", "de"}, {"Content-Disposition", "inline"},
        {"Expires", "Thu, 01 Dec 2033 16:00:00 GMT"}, {"x-amz-storage-class", "STANDARD_IA"},
        {"Accept-Ranges", "bytes"}, {"Content-Length", "11"},
        {"Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT"}};
    for (const auto& [name, value] : expected)
        QCOMPARE(std::string(get.headers.get(name)), value);
    QVERIFY(!get.headers.has("x-amz-checksum-crc64nvme"));
    const auto head =
        m_s3->send("HEAD", "/covers/a/%C3%BC%20b%2Bc.txt", {}, {{"x-amz-checksum-mode", "ENABLED"}});
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.empty());
    QCOMPARE(std::string(head.headers.get("Content-Length")), std::string("11"));
    QCOMPARE(std::string(head.headers.get("x-amz-checksum-type")), std::string("FULL_OBJECT"));
    QVERIFY(head.headers.has("x-amz-checksum-crc64nvme"));
}

void TstObjects::emptyObject_isAnObject()
{
    const auto put = m_s3->send("PUT", "/covers/folder/");
    QCOMPARE(put.status, 200);
    QCOMPARE(std::string(put.headers.get("ETag")), std::string("\"d41d8cd98f00b204e9800998ecf8427e\""));
    const auto get = m_s3->send("GET", "/covers/folder/");
    QCOMPARE(get.status, 200);
    QCOMPARE(get.body, std::string());
    QCOMPARE(std::string(get.headers.get("Content-Type")), std::string("binary/octet-stream"));
    QCOMPARE(m_s3->send("GET", "/covers/folder/", {}, {{"Range", "bytes=0-"}}).status, 416);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstObjects::ranges_arePartialContent()
{
    m_s3->send("PUT", "/covers/a", kText);
    const auto middle = m_s3->send("GET", "/covers/a", {}, {{"Range", "bytes=4-6"}});
    QCOMPARE(middle.status, 206);
    QCOMPARE(middle.body, std::string("o w"));
    QCOMPARE(std::string(middle.headers.get("Content-Range")), std::string("bytes 4-6/11"));
    QCOMPARE(m_s3->send("GET", "/covers/a", {}, {{"Range", "bytes=-5"}}).body, std::string("world"));
    const auto head = m_s3->send("HEAD", "/covers/a", {}, {{"Range", "bytes=1-2"}});
    QCOMPARE(head.status, 206);
    QCOMPARE(std::string(head.headers.get("Content-Length")), std::string("2"));
    const auto beyond = m_s3->send("GET", "/covers/a", {}, {{"Range", "bytes=11-"}});
    QCOMPARE(beyond.status, 416);
    QCOMPARE(codeOf(beyond), std::string("InvalidRange"));
    QCOMPARE(elementText(beyond.body, "ActualObjectSize"), std::string("11"));
    QCOMPARE(m_s3->send("GET", "/covers/a?partNumber=1").status, 206);
    QCOMPARE(codeOf(m_s3->send("GET", "/covers/a?partNumber=2")), std::string("InvalidPartNumber"));
}

void TstObjects::conditions_decideReads()
{
    const auto etag = std::string(m_s3->send("PUT", "/covers/a", kText).headers.get("ETag"));
    const auto same = m_s3->send("GET", "/covers/a", {}, {{"If-None-Match", etag}});
    QCOMPARE(same.status, 304);
    QVERIFY(same.body.empty());
    QCOMPARE(std::string(same.headers.get("ETag")), etag);
    const auto changedAt = httpDate(m_s3->clock.now());
    QCOMPARE(m_s3->send("GET", "/covers/a", {}, {{"If-Modified-Since", changedAt}}).status, 304);
    QCOMPARE(m_s3->send("GET", "/covers/a", {}, {{"If-Modified-Since", "no date"}}).status, 200);
    const auto failed = m_s3->send("GET", "/covers/a", {}, {{"If-Match", "\"other\""}});
    QCOMPARE(failed.status, 412);
    QCOMPARE(codeOf(failed), std::string("PreconditionFailed"));
    QCOMPARE(elementText(failed.body, "Condition"), std::string("If-Match"));
    QCOMPARE(m_s3->send("HEAD", "/covers/a", {}, {{"If-Match", etag}}).status, 200);
}

void TstObjects::conditions_decideWrites()
{
    const auto etag =
        std::string(m_s3->send("PUT", "/covers/a", kText, {{"If-None-Match", "*"}}).headers.get("ETag"));
    QVERIFY(!etag.empty());
    QCOMPARE(m_s3->send("PUT", "/covers/a", "other", {{"If-None-Match", "*"}}).status, 412);
    QCOMPARE(m_s3->send("PUT", "/covers/a", "other", {{"If-Match", "\"wrong\""}}).status, 412);
    QCOMPARE(m_s3->send("PUT", "/covers/none", "other", {{"If-Match", etag}}).status, 404);
    QCOMPARE(m_s3->send("GET", "/covers/a").body, std::string(kText));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(m_s3->send("DELETE", "/covers/a", {}, {{"If-Match", "\"wrong\""}}).status, 412);
    QCOMPARE(m_s3->send("PUT", "/covers/a", "other", {{"If-Match", etag}}).status, 200);
}

void TstObjects::overrides_areForSignedRequests()
{
    m_s3->send("PUT", "/covers/a", kText);
    const std::string target =
        "/covers/a?response-content-type=text%2Fcsv&response-content-disposition=attachment";
    QCOMPARE(codeOf(m_s3->send("GET", target)), std::string("InvalidRequest"));
    const auto get = m_s3->send("GET", target, {},
        {{"Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, "
            "Signature=0"}});
    QCOMPARE(get.status, 200);
    QCOMPARE(std::string(get.headers.get("Content-Type")), std::string("text/csv"));
    QCOMPARE(std::string(get.headers.get("Content-Disposition")), std::string("attachment"));
}

void TstObjects::missingKey_isNoSuchKey()
{
    const auto get = m_s3->send("GET", "/covers/no%3Cthing");
    QCOMPARE(get.status, 404);
    QCOMPARE(codeOf(get), std::string("NoSuchKey"));
    QCOMPARE(elementText(get.body, "Message"), std::string("The specified key does not exist."));
    QCOMPARE(elementText(get.body, "Key"), std::string("no&lt;thing"));
    QCOMPARE(m_s3->send("HEAD", "/covers/nothing").status, 404);
    QCOMPARE(m_s3->send("DELETE", "/covers/nothing").status, 204);
    QCOMPARE(codeOf(m_s3->send("GET", "/covers/a?versionId=abc")), std::string("InvalidArgument"));
}

void TstObjects::wrongDigests_areRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("MD5") << QByteArray("Content-MD5") << QByteArray("AAAAAAAAAAAAAAAAAAAAAA==")
                         << QByteArray("BadDigest");
    QTest::newRow("no MD5") << QByteArray("Content-MD5") << QByteArray("AAAA") << QByteArray("InvalidDigest");
    QTest::newRow("payload hash") << QByteArray("x-amz-content-sha256") << QByteArray(64, '0')
                                  << QByteArray("XAmzContentSHA256Mismatch");
    QTest::newRow("CRC32") << QByteArray("x-amz-checksum-crc32") << QByteArray("AAAAAQ==")
                           << QByteArray("BadDigest");
    QTest::newRow("CRC64NVME") << QByteArray("x-amz-checksum-crc64nvme") << QByteArray("AAAAAAAAAAE=")
                               << QByteArray("BadDigest");
    QTest::newRow("no CRC32") << QByteArray("x-amz-checksum-crc32") << QByteArray("x")
                              << QByteArray("InvalidRequest");
    QTest::newRow("unknown checksum") << QByteArray("x-amz-checksum-xxhash64") << QByteArray("AAAAAAAAAAA=")
                                      << QByteArray("NotImplemented");
    QTest::newRow("announced, not sent")
        << QByteArray("x-amz-sdk-checksum-algorithm") << QByteArray("CRC32") << QByteArray("InvalidRequest");
}

void TstObjects::wrongDigests_areRefused()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    for (const char* body : {"", kText}) {
        const auto refused =
            m_s3->send("PUT", "/covers/a", body, {{header.toStdString(), value.toStdString()}});
        QCOMPARE(codeOf(refused), code.toStdString());
    }
    QCOMPARE(m_s3->send("HEAD", "/covers/a").status, 404);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstObjects::chunkedBodies_areDecoded_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("trailer");
    QTest::newRow("signed") << QByteArray("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                            << QByteArray("6;chunk-signature=a\r\nhello \r\n5;chunk-signature=b\r\nworld\r\n"
                                          "0;chunk-signature=c\r\n\r\n")
                            << QByteArray();
    for (const auto algorithm : s3::kChecksumAlgorithms) {
        const auto header = std::string(s3::checksumHeader(algorithm));
        const auto body =
            "b\r\nhello world\r\n0\r\n" + header + ':' + checksum(algorithm, kText) + "\r\n\r\n";
        QTest::newRow(header.c_str()) << QByteArray("STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                                      << QByteArray::fromStdString(body) << QByteArray::fromStdString(header);
    }
}

void TstObjects::chunkedBodies_areDecoded()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, trailer);
    http::Headers headers{{"x-amz-content-sha256", payload.toStdString()},
        {"x-amz-decoded-content-length", "11"}, {"Content-Encoding", "gzip, aws-chunked"}};
    if (!trailer.isEmpty())
        headers.add("x-amz-trailer", trailer.toStdString());
    const auto put = m_s3->send("PUT", "/covers/a", body.toStdString(), headers);
    QCOMPARE(put.status, 200);
    QCOMPARE(std::string(put.headers.get("ETag")), '"' + hex(md5(kText)) + '"');
    QVERIFY(trailer.isEmpty() || put.headers.has(trailer.toStdString()));
    const auto get = m_s3->send("GET", "/covers/a");
    QCOMPARE(get.body, std::string(kText));
    QCOMPARE(std::string(get.headers.get("Content-Encoding")), std::string("gzip"));
}

void TstObjects::brokenChunkedBodies_areRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("wrong trailer") << QByteArray(
        "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n")
                                   << QByteArray("BadDigest");
    QTest::newRow("no trailer") << QByteArray("b\r\nhello world\r\n0\r\n\r\n")
                                << QByteArray("MalformedTrailerError");
    QTest::newRow("trailer that is no checksum")
        << QByteArray("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:?\r\n\r\n")
        << QByteArray("InvalidRequest");
    QTest::newRow("fewer bytes than announced")
        << QByteArray("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n")
        << QByteArray("IncompleteBody");
    QTest::newRow("cut off") << QByteArray("b\r\nhello") << QByteArray("IncompleteBody");
    QTest::newRow("not chunked at all") << QByteArray("hello world") << QByteArray("IncompleteBody");
}

void TstObjects::brokenChunkedBodies_areRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    const auto refused = m_s3->send("PUT", "/covers/a", body.toStdString(),
        {{"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
            {"x-amz-decoded-content-length", "11"}, {"Content-Encoding", "aws-chunked"},
            {"x-amz-trailer", "x-amz-checksum-crc32"}});
    QCOMPARE(refused.status, 400);
    QCOMPARE(codeOf(refused), code.toStdString());
    QCOMPARE(m_s3->send("HEAD", "/covers/a").status, 404);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstObjects::replacedAndDeletedObjects_leaveNoFile()
{
    m_s3->send("PUT", "/covers/a", "one");
    m_s3->send("PUT", "/covers/a", "two");
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(m_s3->send("GET", "/covers/a").body, std::string("two"));
    m_s3->send("DELETE", "/covers/a");
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstObjects::restart_keepsObjectsAndSweepsTheRest()
{
    m_s3->send("PUT", "/covers/a", kText, {{"x-amz-meta-n", "1"}});
    const auto orphan = m_s3->objectFolder() / "zz" / ("zz" + std::string(30, '0'));
    std::filesystem::create_directories(orphan.parent_path());
    std::ofstream(orphan) << "kept, never committed";
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{2});
    m_s3->restart();
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    const auto get = m_s3->send("GET", "/covers/a");
    QCOMPARE(get.body, std::string(kText));
    QCOMPARE(std::string(get.headers.get("x-amz-meta-n")), std::string("1"));
}

void TstObjects::copy_takesOrReplacesMetadata()
{
    m_s3->send("PUT", "/covers/a%20b", kText, {{"x-amz-meta-n", "1"}, {"Content-Type", "text/plain"}});
    const auto copied = m_s3->send("PUT", "/covers/c", {}, {{"x-amz-copy-source", "/covers/a%20b"}});
    QCOMPARE(copied.status, 200);
    QVERIFY(copied.body.find("<CopyObjectResult") != std::string::npos);
    QCOMPARE(elementText(copied.body, "LastModified"), std::string("2023-11-14T22:13:20.000Z"));
    const auto get = m_s3->send("GET", "/covers/c");
    QCOMPARE(get.body, std::string(kText));
    QCOMPARE(std::string(get.headers.get("x-amz-meta-n")), std::string("1"));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{2});

    m_s3->send("PUT", "/covers/c", {},
        {{"x-amz-copy-source", "covers/a%20b"}, {"x-amz-metadata-directive", "REPLACE"},
            {"x-amz-meta-m", "2"}});
    const auto replaced = m_s3->send("HEAD", "/covers/c");
    QCOMPARE(std::string(replaced.headers.get("x-amz-meta-m")), std::string("2"));
    QVERIFY(!replaced.headers.has("x-amz-meta-n"));
    QCOMPARE(std::string(replaced.headers.get("Content-Type")), std::string("binary/octet-stream"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/c", {}, {{"x-amz-copy-source", "covers/none"}})),
        std::string("NoSuchKey"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/c", {}, {{"x-amz-copy-source", "covers"}})),
        std::string("InvalidArgument"));
}

void TstObjects::copyOntoItself_mustChangeSomething()
{
    m_s3->send("PUT", "/covers/a", kText);
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/a", {}, {{"x-amz-copy-source", "covers/a"}})),
        std::string("InvalidRequest"));
    const auto changed = m_s3->send("PUT", "/covers/a", {},
        {{"x-amz-copy-source", "covers/a"}, {"x-amz-metadata-directive", "REPLACE"}, {"x-amz-meta-n", "1"}});
    QCOMPARE(changed.status, 200);
    const auto get = m_s3->send("GET", "/covers/a");
    QCOMPARE(get.body, std::string(kText));
    QCOMPARE(std::string(get.headers.get("x-amz-meta-n")), std::string("1"));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
}

void TstObjects::conditionsOfACopy_lookAtItsSource()
{
    const auto etag = std::string(m_s3->send("PUT", "/covers/a", kText).headers.get("ETag"));
    const auto copyIf = [&](const char* header, const std::string& value) {
        return m_s3->send("PUT", "/covers/c", {}, {{"x-amz-copy-source", "covers/a"}, {header, value}})
            .status;
    };
    QCOMPARE(copyIf("x-amz-copy-source-if-match", etag), 200);
    QCOMPARE(copyIf("x-amz-copy-source-if-match", "\"other\""), 412);
    QCOMPARE(copyIf("x-amz-copy-source-if-none-match", etag), 412);
    QCOMPARE(copyIf("x-amz-copy-source-if-modified-since", httpDate(m_s3->clock.now())), 412);
}

void TstObjects::manyKeys_areDeletedAtOnce()
{
    for (const char* key : {"/covers/a", "/covers/b", "/covers/c"})
        m_s3->send("PUT", key, kText);
    const auto gone = m_s3->send("POST", "/covers?delete",
        "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a</Key></Object>"
        "<Object><Key>none</Key></Object><Object><Key>b</Key><VersionId>xyz</VersionId></Object></Delete>");
    QCOMPARE(gone.status, 200);
    QCOMPARE(elementCount(gone.body, "Deleted"), 2);
    QCOMPARE(elementCount(gone.body, "Error"), 1);
    const auto quiet = m_s3->send(
        "POST", "/covers?delete", "<Delete><Quiet>true</Quiet><Object><Key>b</Key></Object></Delete>");
    QCOMPARE(elementCount(quiet.body, "Deleted"), 0);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(codeOf(m_s3->send("POST", "/covers?delete", "<Delete></Delete>")), std::string("MalformedXML"));
    QCOMPARE(codeOf(m_s3->send("POST", "/covers?delete", "<Delete><Object><Key>c</Key></Object></Delete>",
                 {{"Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="}})),
        std::string("BadDigest"));
    QCOMPARE(m_s3->send("HEAD", "/covers/c").status, 200);
}

void TstObjects::listing_showsKeysAndPages()
{
    for (const char* key : {"/covers/a/1", "/covers/a/2", "/covers/b%20c", "/covers/d"})
        m_s3->send("PUT", key, kText);
    const auto all =
        m_s3->send("GET", "/covers?list-type=2&delimiter=%2F&fetch-owner=true&encoding-type=url");
    QCOMPARE(all.status, 200);
    QVERIFY(all.body.find("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")
        != std::string::npos);
    QCOMPARE(elementText(all.body, "KeyCount"), std::string("3"));
    QCOMPARE(elementText(all.body, "CommonPrefixes"), std::string("<Prefix>a/</Prefix>"));
    const auto first = elementText(all.body, "Contents");
    QCOMPARE(elementText(first, "Key"), std::string("b+c"));
    QCOMPARE(elementText(first, "Size"), std::string("11"));
    QCOMPARE(elementText(first, "ETag"), "\"" + hex(md5(kText)) + "\"");
    QCOMPARE(elementText(first, "StorageClass"), std::string("STANDARD"));
    QCOMPARE(elementText(first, "ChecksumAlgorithm"), std::string("CRC64NVME"));
    QVERIFY(!elementText(elementText(first, "Owner"), "ID").empty());

    std::string keys;
    nlohmann::json input{{"Bucket", "covers"}, {"MaxKeys", 3}};
    for (int page = 0; page < 2; ++page) {
        const auto output = m_s3->call("ListObjectsV2", input)->json();
        for (const auto& entry : output["Contents"])
            keys += entry["Key"].get<std::string>() + ';';
        QCOMPARE(output["IsTruncated"].get<bool>(), page == 0);
        if (page == 0)
            input["ContinuationToken"] = output["NextContinuationToken"];
    }
    QCOMPARE(keys, std::string("a/1;a/2;b c;d;"));
}

void TstObjects::oldListing_hasMarkers()
{
    for (const char* key : {"/covers/a/1", "/covers/a/2", "/covers/b", "/covers/c/1"})
        m_s3->send("PUT", key, kText);
    const auto first = m_s3->send("GET", "/covers?delimiter=/&max-keys=2");
    QCOMPARE(elementText(first.body, "IsTruncated"), std::string("true"));
    QCOMPARE(elementText(first.body, "NextMarker"), std::string("b"));
    const auto second = m_s3->send("GET", "/covers?delimiter=/&max-keys=2&marker=b");
    QCOMPARE(elementText(second.body, "CommonPrefixes"), std::string("<Prefix>c/</Prefix>"));
    QCOMPARE(elementText(second.body, "IsTruncated"), std::string("false"));
    const auto inside = m_s3->send("GET", "/covers?delimiter=/&marker=a/");
    QCOMPARE(elementCount(inside.body, "CommonPrefixes"), 1);
}

void TstObjects::badListings_areInvalidArgument_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char* query :
        {"list-type=2&max-keys=x", "list-type=2&max-keys=-1", "list-type=2&encoding-type=base64",
            "list-type=2&continuation-token=%3F", "max-keys=99999999999", "uploads&max-uploads=-1"})
        QTest::newRow(query) << QByteArray(query);
}

void TstObjects::badListings_areInvalidArgument()
{
    QFETCH(QByteArray, query);
    const auto refused = m_s3->send("GET", "/covers?" + query.toStdString());
    QCOMPARE(refused.status, 400);
    QCOMPARE(codeOf(refused), std::string("InvalidArgument"));
    QVERIFY(!elementText(refused.body, "ArgumentName").empty());
}

void TstObjects::limits_areAws()
{
    QCOMPARE(m_s3->send("PUT", "/covers/" + std::string(1024, 'k'), "x").status, 200);
    QCOMPARE(
        codeOf(m_s3->send("PUT", "/covers/" + std::string(1025, 'k'), "x")), std::string("KeyTooLongError"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/%FF", "x")), std::string("InvalidURI"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/m", "x", {{"x-amz-meta-a", std::string(2048, 'm')}})),
        std::string("MetadataTooLarge"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/m", "x", {{"x-amz-storage-class", "ATTIC"}})),
        std::string("InvalidStorageClass"));
    QCOMPARE(codeOf(m_s3->send("PUT", "/covers/m", "x", {{"x-amz-acl", "public-read"}})),
        std::string("AccessControlListNotSupported"));
    const auto huge = m_s3->send("PUT", "/covers/huge", "1\r\nx\r\n0\r\n\r\n",
        {{"Content-Encoding", "aws-chunked"}, {"x-amz-decoded-content-length", "5368709121"}});
    QCOMPARE(codeOf(huge), std::string("EntityTooLarge"));
    QCOMPARE(elementText(huge.body, "MaxSizeAllowed"), std::string("5368709120"));
}

void TstObjects::callInProcess_storesItsPayload()
{
    const auto put = m_s3->call("PutObject",
        {{"Bucket", "covers"}, {"Key", "p"}, {"ContentType", "text/plain"}, {"Metadata", {{"n", "1"}}}},
        kText);
    QVERIFY(put);
    QCOMPARE(put->json()["ETag"].get<std::string>(), '"' + hex(md5(kText)) + '"');
    auto get = m_s3->call("GetObject", {{"Bucket", "covers"}, {"Key", "p"}, {"Range", "bytes=0-4"}});
    QVERIFY(get && get->source);
    QCOMPARE(get->status, 206);
    QCOMPARE(get->json()["Metadata"]["n"].get<std::string>(), std::string("1"));
    const auto body = http::readAll(*get->source, 100);
    QVERIFY(body);
    QCOMPARE(*body, std::string("hello"));
    const auto wrong = m_s3->call(
        "PutObject", {{"Bucket", "covers"}, {"Key", "q"}, {"ContentMD5", "AAAAAAAAAAAAAAAAAAAAAA=="}}, kText);
    QCOMPARE(wrong.error().code, std::string("BadDigest"));
}

void TstObjects::virtualHost_namesTheBucket()
{
    const http::Headers host{{"Host", "covers.s3.localhost:4566"}};
    QCOMPARE(m_s3->send("PUT", "/deep/key", kText, host).status, 200);
    QCOMPARE(m_s3->send("GET", "/covers/deep/key").body, std::string(kText));
    QCOMPARE(elementText(m_s3->send("GET", "/?list-type=2", {}, host).body, "Key"), std::string("deep/key"));
    QCOMPARE(m_s3->send("DELETE", "/deep/key", {}, host).status, 204);
}

void TstObjects::untaggedObject_hasAnEmptyTagSet()
{
    m_s3->send("PUT", "/covers/a", kText);
    const auto tags = m_s3->send("GET", "/covers/a?tagging");
    QCOMPARE(tags.status, 200);
    QVERIFY(tags.body.find("<TagSet") != std::string::npos);
    QVERIFY(tags.body.find("<Tag>") == std::string::npos);
    QCOMPARE(codeOf(m_s3->send("GET", "/covers/none?tagging")), std::string("NoSuchKey"));
    QCOMPARE(m_s3->send("PUT", "/covers/a?tagging", "<Tagging/>").status, 501);
}

// The signatures were made by botocore's HmacV1QueryAuth with the secret "test".
void TstObjects::urlSignedByVersion2_isVerified()
{
    m_s3->send("PUT", "/covers/a%20b", kText);
    const std::string plain =
        "/covers/a%20b?AWSAccessKeyId=test&Signature=3xVIeOpTB4RYu5j1okMg3lyjF3c%3D&Expires=1700000060";
    QCOMPARE(m_s3->send("GET", plain).body, std::string(kText));
    QCOMPARE(codeOf(m_s3->send("HEAD", plain)), std::string());
    QCOMPARE(m_s3->send("HEAD", plain).status, 403);
    const auto other = m_s3->send("GET", plain + '1');
    QCOMPARE(other.status, 403);
    QCOMPARE(codeOf(other), std::string("SignatureDoesNotMatch"));
    const std::string named =
        "/covers/a%20b?response-content-disposition=attachment%3B%20filename%3Dx.txt"
        "&AWSAccessKeyId=test&Signature=oY%2BT8i4mC1mG721cSBTRyzUWTdc%3D&Expires=1700000060";
    const auto get = m_s3->send("GET", named);
    QCOMPARE(get.status, 200);
    QCOMPARE(std::string(get.headers.get("Content-Disposition")), std::string("attachment; filename=x.txt"));
    m_s3->clock.advance(61 * kSecond);
    const auto late = m_s3->send("GET", plain);
    QCOMPARE(late.status, 403);
    QCOMPARE(elementText(late.body, "Message"), std::string("Request has expired"));
}

// As SDKs presign since their uploads have checksums: x-amz-… of the request go into the query.
void TstObjects::headersInAPresignedQuery_count()
{
    const auto crc = checksum(s3::ChecksumAlgorithm::Crc32, kText);
    const auto put = [this](const std::string& extra, std::string body) {
        const auto date = amzDate(m_s3->clock.now());
        http::Request head;
        head.method = "PUT";
        head.target = "/covers/signed.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F"
            + date.substr(0, 8) + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + date
            + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host" + extra + "&X-Amz-Signature=0";
        head.headers.add("Host", "s3.localhost");
        const auto signature = *aws::parseSignature(head);
        const auto canonical = aws::canonicalRequest(head, signature, "UNSIGNED-PAYLOAD");
        head.target.pop_back();
        head.target += aws::signatureOf(signature, "test", aws::stringToSign(signature, date, canonical));
        return m_s3->send("PUT", head.target, std::move(body), {{"Host", "s3.localhost"}});
    };
    const auto claims = "&x-amz-checksum-crc32=" + percentEncode(crc)
        + "&x-amz-meta-color=red&x-amz-sdk-checksum-algorithm=CRC32&x-id=PutObject";
    QCOMPARE(put(claims, std::string(kText)).status, 200);
    const auto stored = m_s3->send("HEAD", "/covers/signed.txt", {}, {{"x-amz-checksum-mode", "ENABLED"}});
    QCOMPARE(std::string(stored.headers.get("x-amz-meta-color")), std::string("red"));
    QCOMPARE(std::string(stored.headers.get("x-amz-checksum-crc32")), crc);

    const auto other = put(claims, "other bytes");
    QCOMPARE(other.status, 400);
    QCOMPARE(codeOf(other), std::string("BadDigest"));
    QCOMPARE(codeOf(put("&x-amz-acl=public-read", std::string(kText))),
        std::string("AccessControlListNotSupported"));
    QCOMPARE(codeOf(put("&x-amz-grant-read=id%3D1", std::string(kText))), std::string("NotImplemented"));
}

CHAMBER_SUITE(TstObjects, "tst_objects")
#include "tst_objects.moc"
