#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

constexpr const char* kGuard = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                               "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations";

json replace(const char* path, const std::string& value)
{
    return {{"op", "replace"}, {"path", path}, {"value", value}};
}

// GET /books of a function behind an authorizer, with logs; keeps what is put into log groups.
class LoggedApi {
public:
    explicit LoggedApi(const std::string& format, json more = json::array())
    {
        const auto route = gateway.makeApi();
        api = route.apiId;
        const auto authorizer = gateway.expect("CreateAuthorizer",
            {{"restApiId", api}, {"name", "guard"}, {"type", "TOKEN"}, {"authorizerUri", kGuard},
                {"identitySource", "method.request.header.Authorization"},
                {"authorizerResultTtlInSeconds", 0}});
        const auto resource = gateway.addPath(api, route.rootId, "/books");
        json at{{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"},
            {"authorizationType", "CUSTOM"}, {"authorizerId", authorizer["id"]}};
        gateway.expect("PutMethod", at);
        auto integration = lambdaIntegration("books");
        integration.update({{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"}});
        gateway.expect("PutIntegration", integration);
        gateway.deploy(api, "prod");
        gateway.expect("UpdateAccount",
            {{"patchOperations", {replace("/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/logs")}}});
        if (!format.empty()) {
            more.push_back(replace(
                "/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:front"));
            more.push_back(replace("/accessLogSettings/format", format + " $context.requestId"));
        }
        gateway.expect("UpdateStage", {{"restApiId", api}, {"stageName", "prod"}, {"patchOperations", more}});
        gateway.caller.onCall = [this](const FakeCaller::Asked& asked) { return answered(asked); };
    }

    http::Response get(const char* token = "open")
    {
        http::Request request;
        request.target = "/prod/books?q=1";
        request.headers.add("Host", api + ".execute-api.localhost:4566");
        if (token)
            request.headers.add("Authorization", token);
        return gateway.send(std::move(request));
    }

    // The messages of a group, when there are `count`.
    QStringList lines(const std::string& group, qsizetype count)
    {
        const auto taken = [&] {
            const std::lock_guard guard(mutex);
            return put[group];
        };
        (void)QTest::qWaitFor([&] { return taken().size() >= count; }, tests::kPatience);
        return taken();
    }
    // The same without what is random: "(id) " in front of each.
    QStringList executionLines(qsizetype count)
    {
        auto all = lines("API-Gateway-Execution-Logs_" + api + "/prod", count);
        for (auto& line : all)
            line = line.mid(line.indexOf(QLatin1Char(' ')) + 1);
        return all;
    }

private:
    Result<aws::Reply> answered(const FakeCaller::Asked& asked)
    {
        if (asked.what == "logs PutLogEvents") {
            const std::lock_guard guard(mutex);
            for (const auto& event : asked.input["logEvents"])
                put[asked.input["logGroupName"]] << QString::fromStdString(event["message"]);
            return aws::Reply{};
        }
        if (!asked.input["FunctionName"].get<std::string>().ends_with("guard"))
            return function();
        const bool open = json::parse(asked.payload)["authorizationToken"] == "open";
        const json statement{
            {"Effect", open ? "Allow" : "Deny"}, {"Action", "execute-api:Invoke"}, {"Resource", "*"}};
        return functionAnswer(json{{"principalId", "momo"}, {"context", {{"shelf", 7}}},
            {"policyDocument", {{"Version", "2012-10-17"}, {"Statement", json::array({statement})}}}}
                                  .dump());
    }

    std::mutex mutex;
    std::map<std::string, QStringList> put;

public:
    std::string api;
    std::function<aws::Reply()> function = [] {
        auto reply = functionAnswer(R"({"statusCode":201,"body":"four"})");
        reply.headers.add("x-amzn-RequestId", "of-lambda");
        return reply;
    };
    ApiFixture gateway; // last: its service still writes while it ends
};

}

class TstStageLogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void phases_areInTheLine_data();
    void phases_areInTheLine();
    void latencies_areNumbers();
    void failedFunction_saysWhy();
    void errorLevel_hasFailuresAlone();
    void infoLevel_isWordedAsAws();
    void dataTrace_isCutAt1024Bytes();
    void settingsOfLogs_areKept();
};

void TstStageLogs::phases_areInTheLine_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("line");
    QTest::newRow("allowed") << QByteArray("open")
                             << QStringLiteral("201 200 - 200 - momo 7 201 200 of-lambda -");
    QTest::newRow("denied") << QByteArray("shut")
                            << QStringLiteral(
                                   "403 200 - 403 User is not authorized to access this resource with an "
                                   "explicit deny in an identity-based policy momo 7 - - - ACCESS_DENIED");
    QTest::newRow("unknown") << QByteArray()
                             << QStringLiteral("401 401 Unauthorized - - - - - - - UNAUTHORIZED");
}

void TstStageLogs::phases_areInTheLine()
{
    QFETCH(const QByteArray, token);
    LoggedApi api(
        "$context.status $context.authorizer.status $context.authorizer.error $context.authorize.status "
        "$context.authorize.error $context.authorizer.principalId $context.authorizer.shelf "
        "$context.integration.status $context.integration.integrationStatus "
        "$context.awsEndpointRequestId $context.error.responseType");
    const auto response = api.get(token.isEmpty() ? nullptr : token.constData());
    const auto lines = api.lines("front", 1);
    QCOMPARE(lines.size(), 1);
    QFETCH(const QString, line);
    QCOMPARE(lines.front(),
        line + QLatin1Char(' ')
            + QString::fromStdString(std::string(response.headers.get("x-amzn-RequestId"))));
}

void TstStageLogs::latencies_areNumbers()
{
    LoggedApi api("$context.responseLatency,$context.integrationLatency,$context.integration.latency,"
                  "$context.authorizer.latency,$context.authorize.latency,$context.responseLength,"
                  "$context.endpointType,$context.authenticate.latency,");
    api.get();
    const auto parts = api.lines("front", 1).value(0).split(QLatin1Char(','));
    QCOMPARE(parts.size(), 9);
    for (int i = 0; i < 5; ++i) {
        bool isNumber = false;
        parts[i].toInt(&isNumber);
        QVERIFY2(isNumber, qPrintable(parts.join(QLatin1Char(','))));
    }
    QCOMPARE(parts[5], QStringLiteral("4"));
    QCOMPARE(parts[6], QStringLiteral("EDGE"));
    QCOMPARE(parts[7], QStringLiteral("-"));
}

void TstStageLogs::failedFunction_saysWhy()
{
    LoggedApi api("$context.status|$context.integration.status|$context.integration.error|");
    api.function = [] { return functionAnswer(R"({"errorMessage":"no"})", "Unhandled"); };
    QCOMPARE(api.get().status, 502);
    const auto parts = api.lines("front", 1).value(0).split(QLatin1Char('|'));
    QCOMPARE(parts.value(0), QStringLiteral("502"));
    QCOMPARE(parts.value(1), QStringLiteral("502"));
    QVERIFY2(parts.value(2).startsWith(QStringLiteral(
                 "Lambda execution failed with status 200 due to customer function error: no")),
        qPrintable(parts.value(2)));
}

void TstStageLogs::errorLevel_hasFailuresAlone()
{
    LoggedApi api({}, {replace("/*/*/logging/loglevel", "ERROR")});
    QCOMPARE(api.get().status, 201);
    QCOMPARE(api.get(nullptr).status, 401);
    const auto lines = api.executionLines(3);
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith(QStringLiteral("Unauthorized request: ")), qPrintable(lines[0]));
    QVERIFY2(lines[1].startsWith(QStringLiteral("Execution failed")), qPrintable(lines[1]));
    QCOMPARE(lines[2], QStringLiteral("Method completed with status: 401"));
}

void TstStageLogs::infoLevel_isWordedAsAws()
{
    LoggedApi api({}, {replace("/~1books/GET/logging/loglevel", "INFO")});
    const auto response = api.get();
    const auto id = QString::fromStdString(std::string(response.headers.get("x-amzn-RequestId")));
    const auto stage = QString::fromStdString(api.api + "/prod");
    auto lines = api.executionLines(12);
    QVERIFY(lines.removeIf([](const QString& line) {
        return line.startsWith(QStringLiteral("Using valid authorizer policy"))
            || line.startsWith(QStringLiteral("Received response."))
            || line.startsWith(QStringLiteral("Sending request to https://lambda."));
    }) == 4);
    const QStringList wanted{
        QStringLiteral("Extended Request Id: ")
            + QString::fromStdString(std::string(response.headers.get("x-amz-apigw-id"))),
        QStringLiteral("Starting authorizer: ") + lines.value(1).section(QLatin1Char(' '), 2, 2)
            + QStringLiteral(" for request: ") + id,
        QStringLiteral("Successfully completed authorizer execution"),
        QStringLiteral("Verifying Usage Plan for request: ") + id + QStringLiteral(". API Key: API Stage: ")
            + stage,
        QStringLiteral(
            "API Key authorized because method 'GET /books' does not require API Key. Request will not "
            "contribute to throttle or quota limits"),
        QStringLiteral("Usage Plan check succeeded for API Key and API Stage ") + stage,
        QStringLiteral("Starting execution for request: ") + id,
        QStringLiteral("HTTP Method: GET, Resource Path: /books"),
        QStringLiteral("Successfully completed execution"),
        QStringLiteral("Method completed with status: 201"),
        QStringLiteral("AWS Integration Endpoint RequestId : of-lambda"),
    };
    QCOMPARE(lines, wanted);
}

void TstStageLogs::dataTrace_isCutAt1024Bytes()
{
    LoggedApi api({}, {replace("/*/*/logging/loglevel", "INFO"), replace("/*/*/logging/dataTrace", "true")});
    // A letter of two bytes lies on the border.
    const std::string prefix = "Method response body after transformations: ";
    const std::string body(1024 - prefix.size() - 1, 'a');
    api.function = [&] {
        return functionAnswer(json{{"statusCode", 200}, {"body", body + "ä and more"}}.dump());
    };
    api.get();
    const auto lines = api.executionLines(15);
    QVERIFY2(lines.contains(QString::fromStdString(prefix + body + " [TRUNCATED]")),
        qPrintable(lines.join(QLatin1Char('\n'))));
    QVERIFY(!lines.filter(QStringLiteral("Method request headers: {")).isEmpty());
    QVERIFY(lines.contains(QStringLiteral("Method request query string: {q=1}")));
    // Four letters: nothing of it is shown.
    QVERIFY(lines.filter(QStringLiteral("Authorization=****")).size() == 1);
}

void TstStageLogs::settingsOfLogs_areKept()
{
    QTemporaryDir folder;
    std::string api;
    {
        ApiFixture gateway(folder.path().toStdString(), store::Durability::Full);
        const auto route = gateway.makeApi();
        api = route.apiId;
        gateway.addMethod(api, route.rootId, "GET", mockIntegration());
        gateway.deploy(api, "prod");
        gateway.expect("UpdateAccount",
            {{"patchOperations", {replace("/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/logs")}}});
        gateway.expect("UpdateStage",
            {{"restApiId", api}, {"stageName", "prod"},
                {"patchOperations",
                    {replace("/accessLogSettings/destinationArn",
                         "arn:aws:logs:us-east-1:000000000000:log-group:front"),
                        replace("/accessLogSettings/format", "$context.requestId")}}});
    }
    ApiFixture gateway(folder.path().toStdString(), store::Durability::Full);
    const auto stage = gateway.expect("GetStage", {{"restApiId", api}, {"stageName", "prod"}});
    QCOMPARE(jsonText(stage["accessLogSettings"]),
        jsonText({{"destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:front"},
            {"format", "$context.requestId"}}));
}

CHAMBER_SUITE(TstStageLogs, "tst_stage_logs")
#include "tst_stage_logs.moc"
