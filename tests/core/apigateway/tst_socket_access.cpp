#include "tests/core/apigateway/conditional_verdicts.h"
#include "tests/core/apigateway/socket_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using nlohmann::json;

namespace {

const json kTwoWay{{"routeResponseSelectionExpression", "$default"}};
const json kWantsKey{{"apiKeyRequired", true}};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString messageOf(const std::string& answer)
{
    const auto parsed = json::parse(answer, nullptr, false);
    return parsed.is_object() ? QString::fromStdString(parsed.value("message", "")) : text(answer);
}

constexpr const char* kAllowStatement =
    R"({"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"})";

json logTo(const char* format)
{
    return {{"destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:chat"}, {"format", format}};
}

}

// Who may use a WebSocket API and how much, and what is written of it; over a real socket.
class TstSocketAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<SocketRoom>(); }
    void cleanup() { m_room.reset(); }

    void conditionsOfAnAuthorizer_decide_data() { addConditionRows(); }

    void conditionsOfAnAuthorizer_decide()
    {
        QFETCH(const QByteArray, statements);
        QFETCH(const bool, allowed);
        guard("guard");
        m_room->deploy();
        m_room->caller.onCall = [&](const FakeCaller::Asked& asked) -> Result<aws::Reply> {
            const bool asksGuard = asked.input.value("FunctionName", "").ends_with(":guard");
            return asksGuard ? functionAnswer(conditionalVerdict(statements).dump()) : proxied(200);
        };
        QCOMPARE(m_room->connect("", {{"User-Agent", "robot/1"}})->status(), allowed ? 101 : 403);
    }

    void functionOfAnAuthorizer_isTheStages()
    {
        guard("${stageVariables.place}-guard");
        m_room->deploy();
        const auto stage = m_room->expect("GetStage", {{"apiId", m_room->apiId}, {"stageName", "prod"}});
        m_room->caller.onCall = [](const FakeCaller::Asked& asked) -> Result<aws::Reply> {
            const auto name = asked.input.value("FunctionName", "");
            if (name.ends_with(":here-guard"))
                return functionAnswer(conditionalVerdict(kAllowStatement).dump());
            if (name.ends_with(":there-guard"))
                return functionAnswer(R"({"errorMessage": "Unauthorized"})", "Unhandled");
            return proxied(name.ends_with(":f0") ? 200 : 500);
        };
        QCOMPARE(m_room->connect()->status(), 101);
        m_room->expect("CreateStage",
            {{"apiId", m_room->apiId}, {"stageName", "test"}, {"deploymentId", stage["deploymentId"]},
                {"stageVariables", {{"place", "there"}}}});
        const auto host = m_room->apiId + ".execute-api.localhost:4566";
        QCOMPARE(m_room->connectTo(host, "/test")->status(), 401);
    }

    void key_isWantedOfTheRequestToConnect()
    {
        m_room->addRoute("$connect", {}, kWantsKey);
        m_room->addRoute("$default", {}, kTwoWay);
        m_room->deploy();
        m_room->addKey("abcdefghijklmnopqrst");
        QCOMPARE(m_room->connect()->status(), 403);
        QCOMPARE(messageOf(m_room->connect()->refusal()), QStringLiteral("Forbidden"));
        QCOMPARE(m_room->connect("", {{"x-api-key", "another"}})->status(), 403);
        QCOMPARE(m_room->connect("", {{"x-api-key", "abcdefghijklmnopqrst"}})->status(), 101);
    }

    void key_isFoundByTheApisExpression()
    {
        m_room->expect(
            "UpdateApi", {{"apiId", m_room->apiId}, {"apiKeySelectionExpression", "$request.header.X-Mine"}});
        m_room->addRoute("$connect", {}, kWantsKey);
        m_room->deploy();
        m_room->addKey("abcdefghijklmnopqrst");
        QCOMPARE(m_room->connect("", {{"x-api-key", "abcdefghijklmnopqrst"}})->status(), 403);
        QCOMPARE(m_room->connect("", {{"X-Mine", "abcdefghijklmnopqrst"}})->status(), 101);
    }

    void planAndQuota_holdForTheKey()
    {
        m_room->addRoute("$connect", {}, kWantsKey);
        m_room->addRoute("$default", [](const json&) { return proxied(200, "in"); },
            {{"apiKeyRequired", true}, {"routeResponseSelectionExpression", "$default"}});
        m_room->deploy();
        apigateway::UsagePlan plan;
        plan.throttle = apigateway::Throttle{1, 3};
        plan.quota = apigateway::Quota{.limit = 2};
        m_room->addKey("abcdefghijklmnopqrst", plan);
        const auto client = m_room->connect("", {{"x-api-key", "abcdefghijklmnopqrst"}});
        QCOMPARE(client->status(), 101);
        client->sendText("{}");
        QCOMPARE(text(client->receiveText()), QStringLiteral("in"));
        client->sendText("{}");
        QCOMPARE(messageOf(client->receiveText()), QStringLiteral("Limit Exceeded"));
        client->sendText("{}");
        QCOMPARE(messageOf(client->receiveText()), QStringLiteral("Too Many Requests"));
        const auto refused = m_room->connect("", {{"x-api-key", "abcdefghijklmnopqrst"}});
        QCOMPARE(refused->status(), 429);
        QCOMPARE(text(refused->header("x-amzn-ErrorType")), QStringLiteral("TooManyRequestsException"));
    }

    void routeSettings_throttleEachRoute()
    {
        m_room->addRoute(
            "a", [](const json&) { return proxied(200, "a"); }, kTwoWay);
        m_room->addRoute(
            "b", [](const json&) { return proxied(200, "b"); }, kTwoWay);
        m_room->deploy();
        m_room->expect("UpdateStage",
            {{"apiId", m_room->apiId}, {"stageName", "prod"},
                {"defaultRouteSettings", {{"throttlingBurstLimit", 1}, {"throttlingRateLimit", 1}}},
                {"routeSettings", {{"b", {{"throttlingBurstLimit", 2}}}}}});
        const auto client = m_room->connect();
        const auto say = [&](const char* route) {
            client->sendText(json{{"action", route}}.dump());
            return client->receiveText();
        };
        QCOMPARE(text(say("a")), QStringLiteral("a"));
        const auto refusal = json::parse(say("a"));
        QCOMPARE(jsonText(refusal["message"]), jsonText("Too Many Requests"));
        QVERIFY(refusal.contains("connectionId") && refusal.contains("requestId"));
        QCOMPARE(text(say("b")), QStringLiteral("b"));
        QCOMPARE(text(say("b")), QStringLiteral("b"));
        QCOMPARE(messageOf(say("b")), QStringLiteral("Too Many Requests"));
        m_room->clock.advance(kSecond);
        QCOMPARE(text(say("a")), QStringLiteral("a"));
    }

    void model_isSelectedByTheMessage()
    {
        for (const auto* kind : {"number", "string"})
            m_room->expect("CreateModel",
                {{"apiId", m_room->apiId}, {"name", kind}, {"contentType", "application/json"},
                    {"schema",
                        json{{"type", "object"}, {"properties", {{"value", {{"type", kind}}}}},
                            {"required", {"value"}}}
                            .dump()}});
        m_room->addRoute("$default", [](const json&) { return proxied(200, "in"); },
            {{"modelSelectionExpression", "$request.body.kind"},
                {"requestModels", {{"n", "number"}, {"$default", "string"}}},
                {"routeResponseSelectionExpression", "$default"}});
        m_room->deploy();
        const auto client = m_room->connect();
        const auto say = [&](const char* message) {
            client->sendText(message);
            return messageOf(client->receiveText());
        };
        QCOMPARE(say(R"({"kind":"n","value":1})"), QStringLiteral("in"));
        QCOMPARE(say(R"({"kind":"n","value":"x"})"), QStringLiteral("Invalid request body"));
        QCOMPARE(say(R"({"value":"x"})"), QStringLiteral("in"));
        QCOMPARE(say(R"({"value":1})"), QStringLiteral("Invalid request body"));
        QCOMPARE(say("no JSON"), QStringLiteral("Invalid request body"));
        QCOMPARE(m_room->events(2).size(), std::size_t(2));
    }

    void accessLog_hasALineAnEvent()
    {
        m_room->addRoute("$connect");
        m_room->addRoute("$disconnect");
        m_room->addRoute("say", [](const json&) { return proxied(202); });
        m_room->deploy();
        m_room->nameLogRole();
        m_room->expect("UpdateStage",
            {{"apiId", m_room->apiId}, {"stageName", "prod"},
                {"accessLogSettings",
                    logTo("$context.eventType $context.routeKey $context.status $context.connectionId "
                          "$context.integration.status $context.integration.integrationStatus "
                          "$context.error.message $context.identity.apiKeyId $context.waf.status "
                          "$context.stage. ${context.extendedRequestId}")}});
        std::string id;
        {
            const auto client = m_room->connect();
            id = m_room->lastConnection();
            client->sendText(R"({"action":"say"})");
            client->sendText(R"({"action":"nothing"})");
            QCOMPARE(messageOf(client->receiveText()), QStringLiteral("Forbidden"));
            QCOMPARE(m_room->logLines("chat", 3).size(), 3);
            client->sendClose(1000);
            QVERIFY(client->ended());
        }
        auto lines = m_room->logLines("chat", 4);
        QCOMPARE(lines.size(), 4);
        for (auto& line : lines)
            line.truncate(line.lastIndexOf(QLatin1Char(' ')));
        lines.sort();
        const auto connection = text(id);
        QCOMPARE(lines,
            QStringList({QStringLiteral("CONNECT $connect 200 %1 200 200 - - - prod.").arg(connection),
                QStringLiteral("DISCONNECT $disconnect 200 %1 200 200 - - - prod.").arg(connection),
                QStringLiteral("MESSAGE - 403 %1 - - Forbidden - - prod.").arg(connection),
                QStringLiteral("MESSAGE say 202 %1 202 200 - - - prod.").arg(connection)}));
    }

    void logs_wantARole()
    {
        m_room->addRoute("$default");
        m_room->deploy();
        const json at{{"apiId", m_room->apiId}, {"stageName", "prod"}};
        const auto refused = [&](const char* member, const json& value) {
            auto input = at;
            input[member] = value;
            return m_room->error("UpdateStage", input);
        };
        const auto wanted = QStringLiteral("BadRequestException: CloudWatch Logs role ARN must be set in "
                                           "account settings to enable logging");
        QCOMPARE(refused("accessLogSettings", logTo("$context.requestId")), wanted);
        QCOMPARE(refused("defaultRouteSettings", {{"loggingLevel", "ERROR"}}), wanted);
        m_room->nameLogRole();
        QCOMPARE(refused("defaultRouteSettings", {{"loggingLevel", "ERROR"}}), QString());
    }

    void executionLog_hasTheLinesOfItsLevel()
    {
        m_room->addRoute("$connect");
        m_room->addRoute("say");
        m_room->addRoute("fail", [](const json&) { return functionAnswer("{}", "Unhandled"); });
        m_room->deploy();
        m_room->nameLogRole();
        m_room->expect("UpdateStage",
            {{"apiId", m_room->apiId}, {"stageName", "prod"},
                {"defaultRouteSettings", {{"loggingLevel", "ERROR"}}},
                {"routeSettings", {{"say", {{"loggingLevel", "INFO"}, {"dataTraceEnabled", true}}}}}});
        const auto client = m_room->connect("", {{"User-Agent", "test/1"}});
        const auto connection = text(m_room->lastConnection());
        client->sendText(R"({"action":"fail"})");
        QCOMPARE(messageOf(client->receiveText()), QStringLiteral("Internal server error"));
        const auto group = "/aws/apigateway/" + m_room->apiId + "/prod";
        auto lines = m_room->logLines(group, 1);
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines[0].startsWith(QStringLiteral("Execution failed: The function failed (Unhandled)")),
            qPrintable(lines[0]));
        client->sendText(R"({"action":"say"})");
        lines = m_room->logLines(group, 7);
        QVERIFY(lines.contains(QStringLiteral("WebSocket Request Route: [say]")));
        QVERIFY(lines.contains(
            QStringLiteral("WebSocket API [%1] received message from client [Connection Id: %2].")
                .arg(text(m_room->apiId), connection)));
        QVERIFY(lines.contains(
            QStringLiteral(R"(Method request body before transformations: {"action":"say"})")));
    }

    void management_isSigned_data()
    {
        QTest::addColumn<QString>("signer");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("message");
        QTest::newRow("not at all") << "none"
                                    << "MissingAuthenticationTokenException"
                                    << "Missing Authentication Token";
        QTest::newRow("with another secret")
            << "secret"
            << "InvalidSignatureException"
            << "The request signature we calculated does not match the signature you provided.";
        QTest::newRow("by nobody we know") << "key"
                                           << "UnrecognizedClientException"
                                           << "The security token included in the request is invalid.";
        QTest::newRow("for another region")
            << "region"
            << "InvalidSignatureException"
            << "Credential should be scoped to a valid region, not 'eu-west-1'.";
        QTest::newRow("for another service")
            << "service"
            << "InvalidSignatureException"
            << "Credential should be scoped to correct service: 'execute-api'.";
        QTest::newRow("an hour ago") << "late"
                                     << "InvalidSignatureException"
                                     << "Signature expired: ";
        QTest::newRow("by another account") << "account"
                                            << "AccessDeniedException"
                                            << "User: arn:aws:iam::111111111111:root is not authorized to "
                                               "perform: execute-api:ManageConnections on "
                                               "resource: arn:aws:execute-api:us-east-1:********0000:";
    }
    void management_isSigned()
    {
        m_room->addRoute("$connect");
        m_room->deploy();
        const auto client = m_room->connect();
        const auto id = m_room->lastConnection();
        QTRY_COMPARE(m_room->hub().size(), std::size_t(1));
        QFETCH(const QString, signer);
        std::optional<Signer> wrong = Signer{};
        if (signer == QLatin1String("none"))
            wrong.reset();
        else if (signer == QLatin1String("secret"))
            wrong->secret = "guess";
        else if (signer == QLatin1String("key"))
            wrong->key = "AKIAIOSFODNN7EXAMPLE";
        else if (signer == QLatin1String("region"))
            wrong->region = "eu-west-1";
        else if (signer == QLatin1String("service"))
            wrong->service = "lambda";
        else if (signer == QLatin1String("late"))
            wrong->since = -3600 * kSecond;
        else
            wrong->key = "111111111111";
        const auto answer = m_room->manage("POST", id, "hello", wrong);
        QCOMPARE(answer.status, 403);
        QFETCH(const QString, type);
        QFETCH(const QString, message);
        QCOMPARE(text(answer.headers.get("x-amzn-ErrorType")), type);
        QVERIFY2(messageOf(answer.body).startsWith(message), answer.body.c_str());
        QCOMPARE(m_room->manage("POST", id, "hello").status, 200);
        QCOMPARE(text(client->receiveText()), QStringLiteral("hello"));
    }

private:
    // $connect behind an authorizer that asks this function.
    void guard(const std::string& function)
    {
        const auto authorizer = m_room->expect("CreateAuthorizer",
            {{"apiId", m_room->apiId}, {"name", "gate"}, {"authorizerType", "REQUEST"},
                {"identitySource", json::array()},
                {"authorizerUri",
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    "arn:aws:lambda:us-east-1:000000000000:function:"
                        + function + "/invocations"}});
        m_room->addRoute(
            "$connect", {}, {{"authorizationType", "CUSTOM"}, {"authorizerId", authorizer["authorizerId"]}});
    }

    std::unique_ptr<SocketRoom> m_room;
};

CHAMBER_SUITE(TstSocketAccess, "tst_socket_access")
#include "tst_socket_access.moc"
