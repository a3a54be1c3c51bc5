#include "core/project/intrinsics.h"
#include "core/project/resource_types.h"
#include "core/project/sam_import.h"
#include "core/project/template.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
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
    json resources = json::array({{{"id", "root"}, {"path", "/"}}}); // of every REST API
    std::string conflicts; // the action that is answered with a conflict

    Result<aws::Reply> call(std::string_view service, std::string_view action, const json& input,
        const aws::CallOptions&, std::string) override
    {
        calls.push_back({std::string(service) + "." + std::string(action), input});
        const auto name = calls.back().action;
        if (name == conflicts)
            return fail(ErrorKind::Conflict, "ConflictException", "It is there already");
        if (name == "dynamodb.CreateTable")
            return aws::Reply::of(
                {{"TableDescription", {{"TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/T"}}}});
        if (name == "lambda.CreateFunction")
            return aws::Reply::of({{"FunctionArn",
                "arn:aws:lambda:us-east-1:000000000000:function:"
                    + input["FunctionName"].get<std::string>()}});
        if (name == "lambda.CreateAlias")
            return aws::Reply::of({{"AliasArn",
                "arn:aws:lambda:us-east-1:000000000000:function:" + input["FunctionName"].get<std::string>()
                    + ":" + input["Name"].get<std::string>()}});
        if (name == "sqs.CreateQueue")
            return aws::Reply::of({{"QueueUrl",
                "http://127.0.0.1:4566/000000000000/" + input["QueueName"].get<std::string>()}});
        if (name == "apigateway.CreateRestApi" || name == "apigateway.ImportRestApi")
            return aws::Reply::of({{"id", "abc123"}, {"rootResourceId", "root"}});
        if (name == "apigateway.GetResources")
            return aws::Reply::of({{"item", resources}});
        if (name == "apigateway.CreateResource")
            return aws::Reply::of({{"id", "r" + std::to_string(calls.size())}});
        if (name == "sns.CreateTopic")
            return aws::Reply::of(
                {{"TopicArn", "arn:aws:sns:us-east-1:000000000000:" + input["Name"].get<std::string>()}});
        if (name == "sns.Subscribe")
            return aws::Reply::of({{"SubscriptionArn", input["TopicArn"].get<std::string>() + ":1"}});
        if (name == "cdn.CreateOriginAccessControl")
            return aws::Reply::of({{"OriginAccessControl", {{"Id", "EOAC"}}}});
        if (name == "cdn.CreateDistribution")
            return aws::Reply::of({{"Distribution", {{"Id", "EDIST"}, {"DomainName", "d1.cloudfront.net"}}}});
        if (name == "apigatewayv2.CreateApi" || name == "apigatewayv2.ImportApi")
            return aws::Reply::of(
                {{"apiId", "http" + std::to_string(count(name))}, {"apiEndpoint", "https://http1.example"}});
        if (name == "apigatewayv2.CreateAuthorizer")
            return aws::Reply::of({{"authorizerId", "auth" + std::to_string(count(name))}});
        if (name == "apigatewayv2.CreateIntegration")
            return aws::Reply::of({{"integrationId", "int" + std::to_string(count(name))}});
        return aws::Reply::of(json::object());
    }
    long count(const std::string& action) const
    {
        return std::count_if(
            calls.begin(), calls.end(), [&](const Call& entry) { return entry.action == action; });
    }
    std::vector<json> inputs(const std::string& action) const
    {
        std::vector<json> found;
        for (const auto& entry : calls) {
            if (entry.action == action)
                found.push_back(entry.input);
        }
        return found;
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

#define COMPARE_JSON(actual, expected)                                                                       \
    QCOMPARE(QByteArray::fromStdString(json(actual).dump()), QByteArray::fromStdString(json(expected).dump()))

// Functions want code.
const std::string kFunction = R"(
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code
      Handler: app.handler
      Runtime: python3.13
)";

Result<ImportReport> imported(const std::string& yaml, RecordingCaller& caller)
{
    QTemporaryDir folder;
    QDir(folder.path()).mkdir(QStringLiteral("code"));
    std::ofstream(folder.filePath(QStringLiteral("code/app.py")).toStdString()) << "pass";
    std::ofstream(folder.filePath(QStringLiteral("template.yaml")).toStdString()) << yaml;
    return importSam(folder.path().toStdString(), caller, "us-east-1");
}

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
    void httpApiEvents_makeRoutesOfTheirApi();
    void queueEvents_makeMappings();
    void httpApiEventWithoutApi_makesTheImplicitOne();
    void httpApiAuthorizers_guardRoutes();
    void httpApiDefinition_isImported();
    void httpApiDomain_isMapped();
    void gatewayResources_areTheActionsOfTheirNames();
    void topics_haveSubscribersAndPolicies();
    void topicEvents_subscribeTheirFunction();
    void eventOfAnotherType_isRefusedBeforeAnythingIsCreated();
    void eventTypeNotRead_isRefusedBeforeAnythingIsCreated();
    void globalLists_arePutBeforeTheResourcesOwn();
    void routeOfADefinition_onlyLetsItCallTheFunction();
    void publishedAlias_isWhatEventsAndSettingsName();
    void provisionedConcurrencyWithoutAlias_isRefused();
    void cors_answersPreflightOfEachPath();
    void corsOfAnyOriginWithCredentials_isRefused();
    void programs_stayPrograms();
    void conditions_chooseResourcesAndValues();
    void conditionsThatCannotBeDecided_areRefusedByLine_data();
    void conditionsThatCannotBeDecided_areRefusedByLine();
    void intrinsics_resolve_data();
    void intrinsics_resolve();
};

void TstSamImport::sampleTemplate_createsEverythingInOrderOfNeed()
{
    RecordingCaller caller;
    const auto report = importSam(places::source("resources/samples/corner-bookshop"), caller, "eu-west-1");
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
    const auto report = openSample(places::source("resources/samples/corner-bookshop"), caller, "us-east-1");
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
    QCOMPARE(messageFor("Resources:\n  Stream:\n    Type: AWS::Kinesis::Stream\n"),
        std::string("template.yaml:3: resource type AWS::Kinesis::Stream (Stream) is not supported"));
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

void TstSamImport::queueEvents_makeMappings()
{
    RecordingCaller caller;
    const auto report = imported(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Dead:
    Type: AWS::SQS::Queue
    Properties: {QueueName: dead.fifo, FifoQueue: true}
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs.fifo
      FifoQueue: true
      VisibilityTimeout: 60
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      Tags: [{Key: team, Value: blue}]
  Plain:
    Type: AWS::SQS::Queue
  F:)" + kFunction
            + R"(      FunctionName: worker
      Environment: {Variables: {JOBS: !Ref Jobs, NAME: !GetAtt Plain.QueueName}}
      Events:
        Work:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs.Arn
            BatchSize: 5
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: {Filters: [{Pattern: '{"body":{"a":[1]}}'}]}
            ScalingConfig: {MaximumConcurrency: 2}
)",
        caller);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    const auto queues = caller.inputs("sqs.CreateQueue");
    QCOMPARE(queues.size(), std::size_t(3));
    const auto jobs = std::find_if(
        queues.begin(), queues.end(), [](const json& input) { return input["QueueName"] == "jobs.fifo"; });
    QVERIFY(jobs != queues.end());
    COMPARE_JSON((*jobs)["Attributes"],
        json({{"FifoQueue", "true"}, {"VisibilityTimeout", "60"},
            {"RedrivePolicy",
                R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","maxReceiveCount":3})"}}));
    COMPARE_JSON((*jobs)["tags"], json({{"team", "blue"}}));
    QVERIFY(caller.input("lambda.CreateEventSourceMapping"));
    COMPARE_JSON(*caller.input("lambda.CreateEventSourceMapping"),
        json({{"FunctionName", "arn:aws:lambda:us-east-1:000000000000:function:worker"},
            {"EventSourceArn", "arn:aws:sqs:us-east-1:000000000000:jobs.fifo"}, {"BatchSize", 5},
            {"FunctionResponseTypes", {"ReportBatchItemFailures"}},
            {"FilterCriteria", {{"Filters", {{{"Pattern", R"({"body":{"a":[1]}})"}}}}}},
            {"ScalingConfig", {{"MaximumConcurrency", 2}}}}));
    const auto variables = caller.input("lambda.CreateFunction")->at("Environment").at("Variables");
    QCOMPARE(
        variables.at("JOBS").get<std::string>(), std::string("http://127.0.0.1:4566/000000000000/jobs.fifo"));
    QVERIFY(!variables.at("NAME").get<std::string>().ends_with(".fifo"));
}

void TstSamImport::httpApiEvents_makeRoutesOfTheirApi()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Resources:
  Shop:
    Type: AWS::Serverless::HttpApi
    Properties:
      Name: shop
      StageName: live
      CorsConfiguration: {AllowOrigins: [https://shop.example], MaxAge: 60}
      StageVariables: {Colour: red}
  Books:)" + kFunction
            + R"(
      Events:
        Get:
          Type: HttpApi
          Properties: {ApiId: !Ref Shop, Path: "/books/{id}", Method: get, TimeoutInMillis: 5000}
        All:
          Type: HttpApi
          Properties: {ApiId: !Ref Shop, PayloadFormatVersion: "1.0"}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QCOMPARE(report->httpApiId, std::string("http1"));
    COMPARE_JSON(caller.input("apigatewayv2.CreateApi")->at("name"), json("shop"));
    COMPARE_JSON(caller.input("apigatewayv2.UpdateApi")->at("corsConfiguration"),
        json({{"allowOrigins", {"https://shop.example"}}, {"maxAge", 60}}));
    const auto& stage = *caller.input("apigatewayv2.CreateStage");
    COMPARE_JSON(stage,
        json({{"apiId", "http1"}, {"stageName", "live"}, {"autoDeploy", true},
            {"stageVariables", {{"Colour", "red"}}}}));
    const auto routes = caller.inputs("apigatewayv2.CreateRoute");
    QCOMPARE(routes.size(), std::size_t{2});
    COMPARE_JSON(
        routes[0], json({{"apiId", "http1"}, {"routeKey", "$default"}, {"target", "integrations/int1"}}));
    COMPARE_JSON(routes[1]["routeKey"], json("GET /books/{id}"));
    const auto integrations = caller.inputs("apigatewayv2.CreateIntegration");
    COMPARE_JSON(integrations[0]["payloadFormatVersion"], json("1.0"));
    COMPARE_JSON(integrations[1]["payloadFormatVersion"], json("2.0"));
    COMPARE_JSON(integrations[1]["timeoutInMillis"], json(5000));
    QVERIFY(integrations[1]["integrationUri"].get<std::string>().starts_with("arn:aws:lambda:"));
    COMPARE_JSON(caller.inputs("lambda.AddPermission")[1]["SourceArn"],
        json("arn:aws:execute-api:us-east-1:000000000000:http1/*/GET/books/{id}"));
}

void TstSamImport::httpApiEventWithoutApi_makesTheImplicitOne()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Globals:
  HttpApi:
    CorsConfiguration: true
Resources:
  Books:)" + kFunction
            + R"(
      Events:
        Get: {Type: HttpApi, Properties: {Path: /books, Method: ANY}}
        Put: {Type: HttpApi, Properties: {Path: /shelf, Method: put}}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QCOMPARE(caller.count("apigatewayv2.CreateApi"), 1L);
    COMPARE_JSON(
        caller.input("apigatewayv2.UpdateApi")->at("corsConfiguration"), json({{"allowOrigins", {"*"}}}));
    COMPARE_JSON(caller.input("apigatewayv2.CreateStage")->at("stageName"), json("$default"));
    QCOMPARE(report->created.back(), std::string("AWS::Serverless::HttpApi ServerlessHttpApi"));
    COMPARE_JSON(caller.inputs("apigatewayv2.CreateRoute")[0]["routeKey"], json("ANY /books"));
    COMPARE_JSON(caller.inputs("lambda.AddPermission")[0]["SourceArn"],
        json("arn:aws:execute-api:us-east-1:000000000000:http1/*/*/books"));
}

void TstSamImport::httpApiAuthorizers_guardRoutes()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Resources:
  Guard:)" + kFunction
            + R"(
  Shop:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Tokens
        Authorizers:
          Tokens:
            AuthorizationScopes: [read]
            JwtConfiguration: {issuer: https://issuer.example, audience: [shop]}
          Asks:
            FunctionArn: !GetAtt Guard.Arn
            AuthorizerPayloadFormatVersion: 2.0
            EnableSimpleResponses: true
            Identity: {Headers: [X-Key], QueryStrings: [key], ReauthorizeEvery: 60}
  Books:)" + kFunction
            + R"(
      Events:
        A: {Type: HttpApi, Properties: {ApiId: !Ref Shop, Path: /a, Method: GET}}
        B: {Type: HttpApi, Properties: {ApiId: !Ref Shop, Path: /b, Method: GET, Auth: {Authorizer: Asks}}}
        C: {Type: HttpApi, Properties: {ApiId: !Ref Shop, Path: /c, Method: GET, Auth: {Authorizer: NONE}}}
        D: {Type: HttpApi, Properties: {ApiId: !Ref Shop, Path: /d, Method: GET, Auth: {Authorizer: AWS_IAM}}}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    const auto authorizers = caller.inputs("apigatewayv2.CreateAuthorizer");
    QCOMPARE(authorizers.size(), std::size_t{2});
    COMPARE_JSON(authorizers[0]["name"], json("Asks"));
    COMPARE_JSON(
        authorizers[0]["identitySource"], json::array({"$request.header.X-Key", "$request.querystring.key"}));
    COMPARE_JSON(authorizers[0]["authorizerResultTtlInSeconds"], json(60));
    COMPARE_JSON(authorizers[0]["authorizerPayloadFormatVersion"], json("2.0"));
    COMPARE_JSON(authorizers[1]["jwtConfiguration"],
        json({{"issuer", "https://issuer.example"}, {"audience", {"shop"}}}));
    const auto routes = caller.inputs("apigatewayv2.CreateRoute");
    COMPARE_JSON(routes[0]["authorizerId"], json("auth2"));
    COMPARE_JSON(routes[0]["authorizationScopes"], json::array({"read"}));
    COMPARE_JSON(routes[1]["authorizationType"], json("CUSTOM"));
    COMPARE_JSON(routes[1]["authorizerId"], json("auth1"));
    QVERIFY(!routes[2].contains("authorizationType"));
    COMPARE_JSON(routes[3]["authorizationType"], json("AWS_IAM"));
}

void TstSamImport::httpApiDefinition_isImported()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Resources:
  Shop:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionBody:
        openapi: 3.0.1
        info: {title: Shop, version: "1"}
        paths: {}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    const auto body = json::parse(caller.input("apigatewayv2.ImportApi")->at("body").get<std::string>());
    COMPARE_JSON(body["info"]["title"], json("Shop"));
    QCOMPARE(caller.count("apigatewayv2.CreateApi"), 0L);
    QCOMPARE(caller.count("apigatewayv2.CreateStage"), 1L);
}

void TstSamImport::httpApiDomain_isMapped()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Resources:
  Shop:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: {DomainName: api.shop.test, CertificateArn: "arn:aws:acm:us-east-1:0:certificate/1", BasePath: [/v1, v2/eu]}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    COMPARE_JSON(caller.input("apigatewayv2.CreateDomainName")->at("domainName"), json("api.shop.test"));
    const auto mappings = caller.inputs("apigatewayv2.CreateApiMapping");
    QCOMPARE(mappings.size(), std::size_t{2});
    COMPARE_JSON(mappings[0],
        json({{"domainName", "api.shop.test"}, {"apiId", "http1"}, {"apiMappingKey", "v1"},
            {"stage", "$default"}}));
    COMPARE_JSON(mappings[1]["apiMappingKey"], json("v2/eu"));
}

void TstSamImport::gatewayResources_areTheActionsOfTheirNames()
{
    RecordingCaller caller;
    const auto report = imported(R"(
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action, Tags: {Team: a}}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: MOCK, RequestTemplates: {"$default": "{}"}}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: join
      Target: !Join [/, [integrations, !Ref Integration]]
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    DependsOn: Route
    Properties: {ApiId: !Ref Api, StageName: live, AutoDeploy: true, DefaultRouteSettings: {ThrottlingBurstLimit: 5}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", FunctionName: books, Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    COMPARE_JSON(*caller.input("apigatewayv2.CreateApi"),
        json({{"name", "chat"}, {"protocolType", "WEBSOCKET"},
            {"routeSelectionExpression", "$request.body.action"}, {"tags", {{"Team", "a"}}}}));
    COMPARE_JSON(*caller.input("apigatewayv2.CreateIntegration"),
        json({{"apiId", "http1"}, {"integrationType", "MOCK"}, {"requestTemplates", {{"$default", "{}"}}}}));
    COMPARE_JSON(caller.input("apigatewayv2.CreateRoute")->at("target"), json("integrations/int1"));
    COMPARE_JSON(caller.input("apigatewayv2.CreateStage")->at("defaultRouteSettings"),
        json({{"throttlingBurstLimit", 5}}));
    COMPARE_JSON(caller.input("lambda.AddPermission")->at("SourceArn"),
        json("arn:aws:execute-api:us-east-1:000000000000:http1/*"));
    QCOMPARE(report->httpApiId, std::string("http1"));
}

void TstSamImport::topics_haveSubscribersAndPolicies()
{
    RecordingCaller caller;
    const auto report = imported(R"(Resources:
  News:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: news
      DisplayName: News
      Subscription:
        - {Protocol: sqs, Endpoint: "arn:aws:sqs:us-east-1:000000000000:q"}
  More:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: http
      Endpoint: !Sub "http://localhost/${News.TopicName}"
      RawMessageDelivery: true
      FilterPolicy: {colour: [red]}
  Rules:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument: {Statement: []}
)",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    const std::string arn = "arn:aws:sns:us-east-1:000000000000:news";
    COMPARE_JSON(*caller.input("sns.CreateTopic"),
        json({{"Name", "news"}, {"Attributes", {{"DisplayName", "News"}}}, {"Tags", json::array()}}));
    COMPARE_JSON(caller.inputs("sns.Subscribe").at(1),
        json({{"TopicArn", arn}, {"Protocol", "http"}, {"Endpoint", "http://localhost/news"},
            {"Attributes", {{"FilterPolicy", R"({"colour":["red"]})"}, {"RawMessageDelivery", "true"}}},
            {"ReturnSubscriptionArn", true}}));
    COMPARE_JSON(*caller.input("sns.SetTopicAttributes"),
        json({{"TopicArn", arn}, {"AttributeName", "Policy"}, {"AttributeValue", R"({"Statement":[]})"}}));
}

void TstSamImport::topicEvents_subscribeTheirFunction()
{
    RecordingCaller caller;
    const auto report =
        imported("Resources:\n  News:\n    Type: AWS::SNS::Topic\n    Properties: {TopicName: "
                 "news}\n  F:"
                + kFunction + R"(      FunctionName: f
      Events:
        Heard: {Type: SNS, Properties: {Topic: !Ref News, FilterPolicy: {a: [b]}}}
)",
            caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    const auto subscribed = caller.input("sns.Subscribe");
    QVERIFY(subscribed);
    QCOMPARE((*subscribed)["Protocol"].get<std::string>(), std::string("lambda"));
    QCOMPARE((*subscribed)["Endpoint"].get<std::string>(),
        std::string("arn:aws:lambda:us-east-1:000000000000:function:f"));
    COMPARE_JSON((*subscribed)["Attributes"], json({{"FilterPolicy", R"({"a":["b"]})"}}));
    const auto allowed = caller.input("lambda.AddPermission");
    QVERIFY(allowed);
    QCOMPARE((*allowed)["Principal"].get<std::string>(), std::string("sns.amazonaws.com"));
    QCOMPARE(
        (*allowed)["SourceArn"].get<std::string>(), std::string("arn:aws:sns:us-east-1:000000000000:news"));
}

void TstSamImport::eventOfAnotherType_isRefusedBeforeAnythingIsCreated()
{
    const auto message = messageFor("Resources:\n  F:" + kFunction
        + "      Events:\n        Get: {Type: Api, Properties: {ApiId: x, Path: /, Method: get}}\n");
    QVERIFY2(message.find("property Events.Get.Properties.ApiId of AWS::Serverless::Function (F) is not "
                          "supported")
            != std::string::npos,
        message.c_str());
    QVERIFY2(message.find("after calls") == std::string::npos, message.c_str());
}

void TstSamImport::eventTypeNotRead_isRefusedBeforeAnythingIsCreated()
{
    const auto message =
        messageFor("Resources:\n  F:" + kFunction + "      Events:\n        K: {Type: Kinesis}\n");
    QVERIFY2(message.find("event K: event type Kinesis is not supported; Api, HttpApi,") != std::string::npos,
        message.c_str());
    QVERIFY2(message.find("after calls") == std::string::npos, message.c_str());
}

void TstSamImport::globalLists_arePutBeforeTheResourcesOwn()
{
    RecordingCaller caller;
    const auto report = imported("Globals: {Function: {Layers: [a], Tags: {x: y}}}\nResources:\n  F:"
            + kFunction + "      Layers: [b]\n      Tags: {z: w}\n",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    const auto made = caller.input("lambda.CreateFunction");
    QVERIFY(made);
    COMPARE_JSON((*made)["Layers"], json({"a", "b"}));
    COMPARE_JSON((*made)["Tags"], json({{"x", "y"}, {"z", "w"}}));
}

void TstSamImport::routeOfADefinition_onlyLetsItCallTheFunction()
{
    RecordingCaller caller;
    caller.conflicts = "apigateway.PutMethod";
    const auto report = imported("Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: s, "
                                 "DefinitionBody: {swagger: '2.0'}}}\n  F:"
            + kFunction
            + "      Events:\n        Get: {Type: Api, Properties: {RestApiId: !Ref A, Path: /, Method: "
              "get}}\n",
        caller);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QCOMPARE(caller.count("apigateway.ImportRestApi"), 1);
    QCOMPARE(caller.count("apigateway.PutIntegration"), 0);
    QCOMPARE(caller.count("lambda.AddPermission"), 1);
}

void TstSamImport::programs_stayPrograms()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("bootstrap")).toStdString();
    std::ofstream(path) << "#!/bin/sh";
    const auto plain = zipped(path);
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_exec, std::filesystem::perm_options::add);
    const auto program = zipped(path);
    QVERIFY(plain.has_value() && program.has_value());
    // The external attributes of the one entry: the Unix mode in the upper half.
    const auto mode = [](const std::string& zip) {
        const auto entry = zip.find(std::string("PK\x01\x02", 4));
        return static_cast<unsigned char>(zip[entry + 40]) | static_cast<unsigned char>(zip[entry + 41]) << 8;
    };
    QCOMPARE(mode(*plain), 0100644);
    QCOMPARE(mode(*program), 0100755);
}

void TstSamImport::conditions_chooseResourcesAndValues()
{
    RecordingCaller caller;
    const auto report = imported(R"(Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: prod}
  Traced: {Type: String, Default: 'false'}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Not [!Condition IsProd]
  IsTraced: !And [!Condition IsProd, !Equals [!Ref Traced, true]]
  Keeps: !Or [!Condition IsTest, !Equals [!Ref 'AWS::Region', us-east-1]]
Globals:
  Function:
    MemorySize: !If [IsProd, 512, 128]
Resources:
  Kept:
    Type: AWS::S3::Bucket
    Condition: Keeps
    Properties: {BucketName: !Join [-, [kept, !If [IsTest, test, !Ref Stage]]]}
  Left:
    Type: AWS::S3::Bucket
    Condition: IsTest
    Properties: {BucketName: left}
  F:)" + kFunction
            + R"(      Tracing: !If [IsTraced, Active, !Ref 'AWS::NoValue']
      Layers: [!If [IsTest, 'arn:test', !Ref 'AWS::NoValue'], 'arn:always']
      Environment: !If [IsProd, {Variables: {STAGE: !Ref Stage}}, !Ref 'AWS::NoValue']
)",
        caller);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(caller.count("s3.CreateBucket"), 1);
    QCOMPARE((*caller.input("s3.CreateBucket"))["Bucket"].get<std::string>(), std::string("kept-prod"));
    const auto& function = *caller.input("lambda.CreateFunction");
    QCOMPARE(function["MemorySize"].get<int>(), 512);
    QVERIFY(!function.contains("TracingConfig"));
    COMPARE_JSON(function["Layers"], json::array({"arn:always"}));
    COMPARE_JSON(function["Environment"]["Variables"]["STAGE"], "prod");
}

void TstSamImport::conditionsThatCannotBeDecided_areRefusedByLine_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("unknown")
        << QByteArray("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Condition: Nobody\n")
        << QByteArray("template.yaml:4: condition Nobody is not one of the template's Conditions");
    QTest::newRow("in Fn::If") << QByteArray("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n "
                                             "     BucketName: !If [Nobody, a, b]\n")
                               << QByteArray("template.yaml:5: condition Nobody is not one of the template's "
                                             "Conditions");
    QTest::newRow("circular") << QByteArray(
        "Conditions:\n  A: !Not [!Condition C]\n  C: !Not [!Condition A]\n"
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n")
                              << QByteArray("template.yaml:2: circular dependency through condition A");
    QTest::newRow("of a resource")
        << QByteArray("Conditions:\n  A: !Equals [!Ref B, b]\nResources:\n  B:\n    Type: AWS::S3::Bucket\n")
        << QByteArray("template.yaml:2: Ref names B, which is neither a resource of this template nor a "
                      "parameter known here");
    QTest::newRow("not a condition")
        << QByteArray("Conditions:\n  A: !Not [!Ref B]\nResources:\n  B:\n    Type: AWS::S3::Bucket\n")
        << QByteArray("template.yaml:2: a condition is Fn::Equals of two values, Fn::Not of one condition, "
                      "Fn::And or Fn::Or of two to ten, or Condition, not {\"Ref\":\"B\"}");
}

void TstSamImport::conditionsThatCannotBeDecided_areRefusedByLine()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, message);
    QCOMPARE(QByteArray::fromStdString(messageFor(yaml.toStdString())), message);
}

void TstSamImport::publishedAlias_isWhatEventsAndSettingsName()
{
    RecordingCaller caller;
    const auto report = imported(R"(Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    AutoPublishAlias: live
    DeploymentPreference: {Type: AllAtOnce}
Resources:
  Names:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Join ['|', [!Ref F.Alias, !Ref F.Version, !Sub '${F.Alias}']]}
  Jobs:
    Type: AWS::SQS::Queue
  F:)" + kFunction
            + R"(      FunctionName: worker
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 2}
      EventInvokeConfig: {MaximumRetryAttempts: 1}
      FunctionUrlConfig: {AuthType: NONE}
      Events:
        Work: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
        Page: {Type: Api, Properties: {Path: /, Method: get}}
        Other: {Type: HttpApi}
)",
        caller);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    const std::string function = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    const auto alias = function + ":live";
    COMPARE_JSON((*caller.input("lambda.CreateFunction"))["Publish"], true);
    COMPARE_JSON(*caller.input("lambda.CreateAlias"),
        json({{"FunctionName", "worker"}, {"FunctionVersion", "1"}, {"Name", "live"}}));
    COMPARE_JSON((*caller.input("s3.CreateBucket"))["Bucket"], alias + "|" + function + ":1|" + alias);
    for (const auto* setting : {"lambda.PutProvisionedConcurrencyConfig",
             "lambda.PutFunctionEventInvokeConfig", "lambda.CreateFunctionUrlConfig"})
        COMPARE_JSON((*caller.input(setting))["Qualifier"], "live");
    COMPARE_JSON((*caller.input("lambda.CreateEventSourceMapping"))["FunctionName"], alias);
    COMPARE_JSON((*caller.input("apigateway.PutIntegration"))["uri"],
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + alias + "/invocations");
    COMPARE_JSON((*caller.input("apigatewayv2.CreateIntegration"))["integrationUri"], alias);
    for (const auto& permission : caller.inputs("lambda.AddPermission"))
        QVERIFY2(permission["FunctionName"] == alias || permission.value("Qualifier", "") == "live",
            permission.dump().c_str());
    QCOMPARE(report->notes.size(), std::size_t(1));
}

void TstSamImport::provisionedConcurrencyWithoutAlias_isRefused()
{
    RecordingCaller caller;
    const auto report = imported("Resources:\n  F:" + kFunction
            + "      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 2}\n",
        caller);
    QVERIFY(!report);
    QVERIFY2(report.error().message.ends_with(
                 "To set ProvisionedConcurrencyConfig AutoPublishAlias must be defined on the function"),
        report.error().message.c_str());
}

void TstSamImport::cors_answersPreflightOfEachPath()
{
    RecordingCaller caller;
    const json method = json::object();
    caller.resources = json::array({{{"id", "root"}, {"path", "/"}},
        {{"id", "books"}, {"path", "/books"}, {"resourceMethods", {{"POST", method}, {"GET", method}}}},
        {{"id", "any"}, {"path", "/any"}, {"resourceMethods", {{"ANY", method}}}},
        {{"id", "own"}, {"path", "/own"}, {"resourceMethods", {{"GET", method}, {"OPTIONS", method}}}}});
    const auto report = imported(R"(Transform: AWS::Serverless-2016-10-31
Globals:
  Api:
    Cors:
      AllowOrigin: "'https://example.com'"
      AllowHeaders: "'X-Key'"
      MaxAge: "'600'"
      AllowCredentials: true
Resources:
  F:)" + kFunction
            + R"(      Events:
        Page: {Type: Api, Properties: {Path: /books, Method: get}}
)",
        caller);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    const auto answers = caller.inputs("apigateway.PutIntegrationResponse");
    QCOMPARE(answers.size(), std::size_t(2));
    COMPARE_JSON(answers[0],
        json({{"restApiId", "abc123"}, {"resourceId", "books"}, {"httpMethod", "OPTIONS"},
            {"statusCode", "200"}, {"responseTemplates", {{"application/json", "{}\n"}}},
            {"responseParameters",
                {{"method.response.header.Access-Control-Allow-Origin", "'https://example.com'"},
                    {"method.response.header.Access-Control-Allow-Headers", "'X-Key'"},
                    {"method.response.header.Access-Control-Allow-Methods", "'GET,OPTIONS,POST'"},
                    {"method.response.header.Access-Control-Max-Age", "'600'"},
                    {"method.response.header.Access-Control-Allow-Credentials", "'true'"}}}}));
    COMPARE_JSON(answers[1]["responseParameters"]["method.response.header.Access-Control-Allow-Methods"],
        "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'");
    COMPARE_JSON(caller.inputs("apigateway.PutIntegration").back()["type"], "MOCK");
    QCOMPARE(caller.actions().back(), std::string("apigateway.CreateDeployment"));
}

void TstSamImport::corsOfAnyOriginWithCredentials_isRefused()
{
    RecordingCaller caller;
    const auto report =
        imported("Resources:\n  A:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: v1, "
                 "Cors: {AllowCredentials: true}}\n",
            caller);
    QVERIFY(!report);
    QVERIFY2(report.error().message.find("'AllowCredentials' can not be true") != std::string::npos,
        report.error().message.c_str());
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
    QTest::newRow("select") << QByteArray(R"({"Fn::Select":["1",["a",{"Ref":"T"}]]})")
                            << QByteArray(R"("books")");
    QTest::newRow("split") << QByteArray(R"({"Fn::Split":["-",{"Fn::Sub":"${T}-b"}]})")
                           << QByteArray(R"(["books","b"])");
    QTest::newRow("map") << QByteArray(R"({"Fn::FindInMap":["M",{"Ref":"T"},"k"]})") << QByteArray("7");
    QTest::newRow("base64") << QByteArray(R"({"Fn::Base64":{"Ref":"T"}})") << QByteArray(R"("Ym9va3M=")");
    QTest::newRow("parameter") << QByteArray(R"({"Ref":"P"})") << QByteArray(R"("x")");
    QTest::newRow("number") << QByteArray(R"({"Ref":"N"})") << QByteArray("5");
    QTest::newRow("number in a text") << QByteArray(R"({"Fn::Sub":"${N}s"})") << QByteArray(R"("5s")");
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
    const json root{{"Mappings", {{"M", {{"books", {{"k", 7}}}}}}},
        {"Parameters",
            {{"P", {{"Type", "String"}, {"Default", "x"}}}, {"N", {{"Type", "Number"}, {"Default", "5"}}}}}};
    QVERIFY(takeParameters(root, references).has_value());
    const auto result = resolve(json::parse(value.toStdString()), references);
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    QCOMPARE(QByteArray::fromStdString(result->dump()),
        QByteArray::fromStdString(json::parse(expected.toStdString()).dump()));
}

CHAMBER_SUITE(TstSamImport, "tst_sam_import")
#include "tst_sam_import.moc"
