#include "core/project/intrinsics.h"
#include "core/project/sam_import.h"
#include "core/project/template.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using nlohmann::json;
using namespace core;
using namespace core::project;

namespace {

// Answers as the services do, and remembers what it was asked.
class RecordingCaller : public aws::Caller {
public:
    struct Call {
        std::string action;
        json input;
    };
    std::vector<Call> calls;

    Result<aws::Reply> call(std::string_view service, std::string_view action, const json& input,
        const aws::CallOptions&, std::string) override
    {
        calls.push_back({std::string(service) + "." + std::string(action), input});
        const auto name = calls.back().action;
        if (name == "dynamodb.CreateTable")
            return aws::Reply::of(
                {{"TableDescription", {{"TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/T"}}}});
        if (name == "lambda.CreateFunction")
            return aws::Reply::of({{"FunctionArn",
                "arn:aws:lambda:us-east-1:000000000000:function:"
                    + input["FunctionName"].get<std::string>()}});
        if (name == "apigateway.CreateRestApi")
            return aws::Reply::of({{"id", "abc123"}, {"rootResourceId", "root"}});
        if (name == "apigateway.GetResources")
            return aws::Reply::of({{"item", json::array({{{"id", "root"}, {"path", "/"}}})}});
        if (name == "apigateway.CreateResource")
            return aws::Reply::of({{"id", "r" + std::to_string(calls.size())}});
        if (name == "cdn.CreateOriginAccessControl")
            return aws::Reply::of({{"OriginAccessControl", {{"Id", "EOAC"}}}});
        if (name == "cdn.CreateDistribution")
            return aws::Reply::of({{"Distribution", {{"Id", "EDIST"}, {"DomainName", "d1.cloudfront.net"}}}});
        return aws::Reply::of(json::object());
    }
    Result<http::Response> fetch(std::string_view, http::Request, const aws::CallOptions&) override
    {
        return http::Response{};
    }

    std::vector<std::string> actions() const
    {
        std::vector<std::string> names;
        for (const auto& entry : calls)
            names.push_back(entry.action);
        return names;
    }
    const json* input(const std::string& action) const
    {
        for (const auto& entry : calls) {
            if (entry.action == action)
                return &entry.input;
        }
        return nullptr;
    }
};

std::string messageFor(const std::string& yaml)
{
    QTemporaryDir folder;
    std::ofstream(folder.filePath(QStringLiteral("template.yaml")).toStdString()) << yaml;
    RecordingCaller caller;
    const auto report = importSam(folder.path().toStdString(), caller, "us-east-1");
    return report ? "created " + std::to_string(caller.calls.size())
                  : report.error().message + (caller.calls.empty() ? "" : " (after calls)");
}

}

class TstSamImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sampleTemplate_createsEverythingInOrderOfNeed();
    void sampleSeeds_loadItemsAndObjects();
    void unknownType_isRefusedByNameAndLine();
    void unknownProperty_isRefusedByNameAndLine();
    void unknownNestedProperty_isRefusedBeforeAnythingIsCreated();
    void circularReference_isRefused();
    void unknownReference_isRefused();
    void brokenYaml_namesItsLine();
    void intrinsics_resolve_data();
    void intrinsics_resolve();
};

void TstSamImport::sampleTemplate_createsEverythingInOrderOfNeed()
{
    RecordingCaller caller;
    const auto report =
        importSam(CHAMBER_SOURCE_DIR "/resources/samples/corner-bookshop", caller, "eu-west-1");
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QCOMPARE(report->created.size(), std::size_t(11));
    const auto actions = caller.actions();
    const auto position = [&](const char* name) {
        return std::find(actions.begin(), actions.end(), name) - actions.begin();
    };
    QVERIFY(position("dynamodb.CreateTable") < position("lambda.CreateFunction"));
    QVERIFY(position("s3.CreateBucket") < position("cdn.CreateDistribution"));
    QVERIFY(position("cdn.CreateDistribution") < position("s3.PutBucketPolicy"));
    QCOMPARE(actions.back(), std::string("apigateway.CreateDeployment"));

    const auto& function = *caller.input("lambda.CreateFunction");
    QCOMPARE(function["Environment"]["Variables"]["BOOKS_TABLE"].get<std::string>(), std::string("Books"));
    QCOMPARE(function["Timeout"].get<int>(), 10);
    const auto& config = (*caller.input("cdn.CreateDistribution"))["DistributionConfig"];
    QCOMPARE(config["Origins"]["Items"][0]["DomainName"].get<std::string>(),
        std::string("shop-assets-000000000000.s3.eu-west-1.amazonaws.com"));
    QCOMPARE(config["CacheBehaviors"]["Quantity"].get<int>(), 2);
    const auto policy = json::parse((*caller.input("s3.PutBucketPolicy"))["Policy"].get<std::string>());
    QCOMPARE(policy["Statement"][0]["Resource"].get<std::string>(),
        std::string("arn:aws:s3:::shop-assets-000000000000/*"));
}

void TstSamImport::sampleSeeds_loadItemsAndObjects()
{
    RecordingCaller caller;
    const auto report =
        openSample(CHAMBER_SOURCE_DIR "/resources/samples/corner-bookshop", caller, "us-east-1");
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    std::size_t items = 0;
    std::size_t objects = 0;
    for (const auto& entry : caller.calls) {
        if (entry.action == "dynamodb.BatchWriteItem") {
            for (const auto& requests : entry.input["RequestItems"]) {
                QVERIFY(requests.size() <= 25);
                items += requests.size();
            }
        }
        objects += entry.action == "s3.PutObject" ? 1 : 0;
    }
    QCOMPARE(items, std::size_t(144));
    QCOMPARE(objects, std::size_t(24));
    QCOMPARE(
        (*caller.input("s3.PutObject"))["Key"].get<std::string>(), std::string("covers/9781400000012.svg"));
}

void TstSamImport::unknownType_isRefusedByNameAndLine()
{
    QCOMPARE(messageFor("Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n"),
        std::string("template.yaml:3: resource type AWS::SQS::Queue (Queue) is not supported"));
}

void TstSamImport::unknownProperty_isRefusedByNameAndLine()
{
    QCOMPARE(messageFor("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: b\n "
                        "     Colour: red\n"),
        std::string("template.yaml:6: property Colour of AWS::S3::Bucket (B) is not supported"));
}

void TstSamImport::unknownNestedProperty_isRefusedBeforeAnythingIsCreated()
{
    QCOMPARE(messageFor("Resources:\n  B:\n    Type: AWS::S3::Bucket\n  T:\n    Type: AWS::DynamoDB::Table\n "
                        "   Properties:\n"
                        "      GlobalSecondaryIndexes:\n        - IndexName: i\n          Projection: "
                        "{ProjectionKind: ALL}\n"),
        std::string("template.yaml:9: property GlobalSecondaryIndexes[0].Projection.ProjectionKind of "
                    "AWS::DynamoDB::Table (T) is "
                    "not supported"));
}

void TstSamImport::circularReference_isRefused()
{
    const auto message =
        messageFor("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref B}\n  B:\n"
                   "    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref A}\n");
    QVERIFY2(message.find("circular dependency through A") != std::string::npos, message.c_str());
}

void TstSamImport::unknownReference_isRefused()
{
    const auto message = messageFor(
        "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref Nobody}\n");
    QVERIFY2(message.find("Ref names Nobody") != std::string::npos, message.c_str());
}

void TstSamImport::brokenYaml_namesItsLine()
{
    const auto message = messageFor("Resources:\n  A: [1, 2\n  B: 3\n");
    QVERIFY2(
        message.starts_with("template.yaml:3:") || message.starts_with("template.yaml:4:"), message.c_str());
}

void TstSamImport::intrinsics_resolve_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("ref") << QByteArray(R"({"Ref":"T"})") << QByteArray(R"("books")");
    QTest::newRow("pseudo") << QByteArray(R"({"Ref":"AWS::Region"})") << QByteArray(R"("us-east-1")");
    QTest::newRow("getatt") << QByteArray(R"({"Fn::GetAtt":["T","Arn"]})") << QByteArray(R"("arn:t")");
    QTest::newRow("sub") << QByteArray(R"({"Fn::Sub":"${T}-${T.Arn}-${!Literal}-${AWS::Region}"})")
                         << QByteArray(R"("books-arn:t-${Literal}-us-east-1")");
    QTest::newRow("sub with map") << QByteArray(R"({"Fn::Sub":["${x}/${T}",{"x":"1"}]})")
                                  << QByteArray(R"("1/books")");
    QTest::newRow("join") << QByteArray(R"({"Fn::Join":["-",["a",{"Ref":"T"}]]})")
                          << QByteArray(R"("a-books")");
    QTest::newRow("nested") << QByteArray(R"({"a":[{"Ref":"T"},1,true]})")
                            << QByteArray(R"({"a":["books",1,true]})");
}

void TstSamImport::intrinsics_resolve()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    References references;
    references.created["T"] = {"books", {{"Arn", "arn:t"}}};
    references.pseudo["AWS::Region"] = "us-east-1";
    const auto result = resolve(json::parse(value.toStdString()), references);
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    QCOMPARE(QByteArray::fromStdString(result->dump()),
        QByteArray::fromStdString(json::parse(expected.toStdString()).dump()));
}

CHAMBER_SUITE(TstSamImport, "tst_sam_import")
#include "tst_sam_import.moc"
