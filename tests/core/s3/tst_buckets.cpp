#include "core/s3/bucket_store.h"
#include "tests/core/s3/s3_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core;
using namespace tests;

class TstBuckets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_s3 = std::make_unique<S3Fixture>(); }

    void names_followTheRules();
    void madeBucket_isFoundAndListed();
    void secondCreation_dependsOnTheRegion();
    void location_isCheckedAgainstTheEndpoint();
    void brokenXml_isMalformedXml();
    void missingBucket_isNoSuchBucket();
    void bucketWithObjects_isNotDeleted();
    void deletedBucket_takesItsUploadsAlong();
    void bucketsPage_byTokenAndPrefix();
    void otherOwnerExpected_isAccessDenied();
    void subResourceThatIsMissing_isNamed();
    void unknownMethod_isMethodNotAllowed();

private:
    std::unique_ptr<S3Fixture> m_s3;
};

void TstBuckets::names_followTheRules()
{
    for (const char* right : {"abc", "corner-bookshop", "a.b.c", "123", "1.2.3.4a"})
        QVERIFY2(s3::isBucketName(right), right);
    for (const char* wrong :
        {"", "ab", "Abc", "a_b", "-abc", "abc-", "a..b", "1.2.3.4", "xn--abc", "abc-s3alias", "a b", "äbc"})
        QVERIFY2(!s3::isBucketName(wrong), wrong);
    QVERIFY(s3::isBucketName(std::string(63, 'a')));
    QVERIFY(!s3::isBucketName(std::string(64, 'a')));
    const auto refused = m_s3->send("PUT", "/No_Name");
    QCOMPARE(refused.status, 400);
    QCOMPARE(elementText(refused.body, "Code"), std::string("InvalidBucketName"));
    QCOMPARE(elementText(refused.body, "BucketName"), std::string("No_Name"));
}

void TstBuckets::madeBucket_isFoundAndListed()
{
    const auto made = m_s3->send("PUT", "/covers");
    QCOMPARE(made.status, 200);
    QCOMPARE(std::string(made.headers.get("Location")), std::string("/covers"));
    QVERIFY(made.headers.has("x-amz-request-id"));
    const auto head = m_s3->send("HEAD", "/covers");
    QCOMPARE(head.status, 200);
    QCOMPARE(std::string(head.headers.get("x-amz-bucket-region")), std::string("us-east-1"));
    const auto all = m_s3->call("ListBuckets", nlohmann::json::object());
    QVERIFY(all);
    QCOMPARE(all->json()["Buckets"].size(), std::size_t{1});
    QCOMPARE(all->json()["Buckets"][0]["CreationDate"].get<std::string>(),
        std::string("2023-11-14T22:13:20.000Z"));
    m_s3->restart();
    QCOMPARE(m_s3->send("HEAD", "/covers").status, 200);
}

void TstBuckets::secondCreation_dependsOnTheRegion()
{
    QCOMPARE(m_s3->send("PUT", "/covers").status, 200);
    QCOMPARE(m_s3->send("PUT", "/covers").status, 200);
    const std::string europe =
        "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        "<LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
    QCOMPARE(m_s3->send("PUT", "/covers-eu", europe).status, 200);
    const auto again = m_s3->send("PUT", "/covers-eu", europe);
    QCOMPARE(again.status, 409);
    QCOMPARE(elementText(again.body, "Code"), std::string("BucketAlreadyOwnedByYou"));
    const auto location = m_s3->send("GET", "/covers-eu?location");
    QVERIFY(location.body.ends_with("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                    "eu-west-1</LocationConstraint>"));
}

void TstBuckets::location_isCheckedAgainstTheEndpoint()
{
    const auto asked = [&](const char* constraint) {
        const auto refused = m_s3->send("PUT", "/covers",
            std::string("<CreateBucketConfiguration><LocationConstraint>") + constraint
                + "</LocationConstraint></CreateBucketConfiguration>");
        return elementText(refused.body, "Code");
    };
    QCOMPARE(asked("us-east-1"), std::string("InvalidLocationConstraint"));
    QCOMPARE(asked("moon-1"), std::string("InvalidLocationConstraint"));
    const auto scope = http::Headers{{"Authorization",
        "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/s3/aws4_request, SignedHeaders=host, "
        "Signature=0"}};
    const auto unspecified = m_s3->send("PUT", "/covers", {}, scope);
    QCOMPARE(elementText(unspecified.body, "Code"), std::string("IllegalLocationConstraintException"));
    QCOMPARE(elementText(unspecified.body, "Message"),
        std::string("The unspecified location constraint is incompatible for the region specific endpoint "
                    "this request "
                    "was sent to."));
}

void TstBuckets::brokenXml_isMalformedXml()
{
    const auto refused = m_s3->send("PUT", "/covers", "<CreateBucketConfiguration><Location");
    QCOMPARE(refused.status, 400);
    QCOMPARE(elementText(refused.body, "Code"), std::string("MalformedXML"));
}

void TstBuckets::missingBucket_isNoSuchBucket()
{
    const auto list = m_s3->send("GET", "/nowhere?list-type=2");
    QCOMPARE(list.status, 404);
    QCOMPARE(elementText(list.body, "Code"), std::string("NoSuchBucket"));
    QCOMPARE(elementText(list.body, "Message"), std::string("The specified bucket does not exist"));
    QCOMPARE(elementText(list.body, "BucketName"), std::string("nowhere"));
    QVERIFY(!elementText(list.body, "RequestId").empty());
    const auto head = m_s3->send("HEAD", "/nowhere");
    QCOMPARE(head.status, 404);
    QVERIFY(head.body.empty());
    for (const auto* const target : {"/nowhere", "/nowhere/key"})
        QCOMPARE(elementText(m_s3->send("DELETE", target).body, "Code"), std::string("NoSuchBucket"));
    QCOMPARE(elementText(m_s3->send("PUT", "/nowhere/key", "x").body, "Code"), std::string("NoSuchBucket"));
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstBuckets::bucketWithObjects_isNotDeleted()
{
    m_s3->send("PUT", "/covers");
    m_s3->send("PUT", "/covers/a", "x");
    const auto refused = m_s3->send("DELETE", "/covers");
    QCOMPARE(refused.status, 409);
    QCOMPARE(elementText(refused.body, "Code"), std::string("BucketNotEmpty"));
    QCOMPARE(m_s3->send("DELETE", "/covers/a").status, 204);
    QCOMPARE(m_s3->send("DELETE", "/covers").status, 204);
    QCOMPARE(m_s3->send("HEAD", "/covers").status, 404);
}

void TstBuckets::deletedBucket_takesItsUploadsAlong()
{
    m_s3->send("PUT", "/covers");
    const auto begun = m_s3->send("POST", "/covers/big?uploads");
    const auto id = elementText(begun.body, "UploadId");
    QCOMPARE(m_s3->send("PUT", "/covers/big?partNumber=1&uploadId=" + id, "part").status, 200);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{1});
    QCOMPARE(m_s3->send("DELETE", "/covers").status, 204);
    QTRY_COMPARE(m_s3->blobCount(), std::size_t{0});
}

void TstBuckets::bucketsPage_byTokenAndPrefix()
{
    for (const char* name : {"/aaa", "/bbb-1", "/bbb-2", "/bbb-3", "/ccc"})
        QCOMPARE(m_s3->send("PUT", name).status, 200);
    nlohmann::json input{{"Prefix", "bbb"}, {"MaxBuckets", 2}};
    const auto first = m_s3->call("ListBuckets", input)->json();
    QCOMPARE(first["Buckets"].size(), std::size_t{2});
    input["ContinuationToken"] = first["ContinuationToken"];
    const auto second = m_s3->call("ListBuckets", input)->json();
    QCOMPARE(second["Buckets"].size(), std::size_t{1});
    QCOMPARE(second["Buckets"][0]["Name"].get<std::string>(), std::string("bbb-3"));
    QVERIFY(!second.contains("ContinuationToken"));
    input["ContinuationToken"] = "no base64";
    QCOMPARE(m_s3->call("ListBuckets", input).error().code, std::string("InvalidArgument"));
}

void TstBuckets::otherOwnerExpected_isAccessDenied()
{
    m_s3->send("PUT", "/covers");
    const auto refused = m_s3->send("HEAD", "/covers", {}, {{"x-amz-expected-bucket-owner", "111122223333"}});
    QCOMPARE(refused.status, 403);
    const auto owner = m_s3->send("HEAD", "/covers", {}, {{"x-amz-expected-bucket-owner", "000000000000"}});
    QCOMPARE(owner.status, 200);
}

void TstBuckets::subResourceThatIsMissing_isNamed()
{
    m_s3->send("PUT", "/covers");
    const auto refused = m_s3->send("GET", "/covers?acl");
    QCOMPARE(refused.status, 501);
    QCOMPARE(elementText(refused.body, "Code"), std::string("NotImplemented"));
    QVERIFY(elementText(refused.body, "Message").find("GetBucketAcl: ?acl") != std::string::npos);
    const auto versioning = m_s3->send("GET", "/covers?versioning");
    QCOMPARE(versioning.status, 200);
    QVERIFY(versioning.body.find("<VersioningConfiguration") != std::string::npos);
    QVERIFY(versioning.body.find("Status") == std::string::npos);
    QCOMPARE(m_s3->send("PUT", "/covers?versioning", "<VersioningConfiguration/>").status, 501);
    QCOMPARE(m_s3->send("PUT", "/covers/k", "x", {{"x-amz-tagging", "a=b"}}).status, 501);
}

void TstBuckets::unknownMethod_isMethodNotAllowed()
{
    m_s3->send("PUT", "/covers");
    const auto refused = m_s3->send("PATCH", "/covers/a", "x");
    QCOMPARE(refused.status, 405);
    QCOMPARE(elementText(refused.body, "Code"), std::string("MethodNotAllowed"));
    QCOMPARE(elementText(refused.body, "Method"), std::string("PATCH"));
}

CHAMBER_SUITE(TstBuckets, "tst_buckets")
#include "tst_buckets.moc"
