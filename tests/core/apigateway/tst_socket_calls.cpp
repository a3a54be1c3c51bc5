#include "core/apigateway/v2/selection.h"
#include "core/apigateway/v2/socket_call.h"
#include "core/base/hash.h"
#include "tests/core/apigateway/socket_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <set>

using namespace core;
using namespace tests;
using nlohmann::json;
namespace v2 = core::apigateway::v2;

#define COMPARE_JSON(actual, expected) QCOMPARE(jsonText(actual), jsonText(expected))

namespace {

const json kTwoWay{{"routeResponseSelectionExpression", "$default"}};

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

}

// The calls of WebSocket APIs, over a real socket.
class TstSocketCalls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<SocketRoom>(); }
    void cleanup() { m_room.reset(); }

    void selection_readsTheBody_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("key"); // null: none
        QTest::newRow("plain") << "$request.body.action"
                               << R"({"action":"join"})"
                               << "join";
        QTest::newRow("braces") << "${request.body.action}"
                                << R"({"action":"join"})"
                                << "join";
        QTest::newRow("nested") << "$request.body.message.kind"
                                << R"({"message":{"kind":"a"}})"
                                << "a";
        QTest::newRow("in a list") << "$request.body.list[1].x"
                                   << R"({"list":[0,{"x":"y"}]})"
                                   << "y";
        QTest::newRow("two of them") << "${request.body.a}/${request.body.b}"
                                     << R"({"a":"x","b":2})"
                                     << "x/2";
        QTest::newRow("a number") << "$request.body.n"
                                  << R"({"n":1})"
                                  << "1";
        QTest::newRow("absent") << "$request.body.action"
                                << "{}" << QString();
        QTest::newRow("no scalar") << "$request.body.action"
                                   << R"({"action":{}})" << QString();
        QTest::newRow("no JSON") << "$request.body.action"
                                 << "hello" << QString();
        QTest::newRow("default") << "\\$default"
                                 << "{}"
                                 << "$default";
    }
    void selection_readsTheBody()
    {
        QFETCH(QString, expression);
        QFETCH(QString, body);
        QFETCH(QString, key);
        const auto selected = v2::selectRouteKey(expression.toStdString(), body.toStdString());
        QCOMPARE(selected.has_value(), !key.isNull());
        QCOMPARE(text(selected.value_or("")), key);
    }

    void connect_hasAwsEvent()
    {
        m_room->addRoute("$connect");
        m_room->deploy();
        const auto client = m_room->connect("?room=1&room=2", {{"User-Agent", "test/1"}, {"X-A", "b"}});
        QCOMPARE(client->status(), 101);
        const auto event = m_room->events(1).at(0);
        COMPARE_JSON(event["headers"]["X-A"], json("b"));
        COMPARE_JSON(event["multiValueHeaders"]["X-A"], json::array({"b"}));
        COMPARE_JSON(event["queryStringParameters"]["room"], json("2"));
        COMPARE_JSON(event["multiValueQueryStringParameters"]["room"], json::array({"1", "2"}));
        COMPARE_JSON(event["stageVariables"]["place"], json("here"));
        COMPARE_JSON(event["isBase64Encoded"], json(false));
        QVERIFY(!event.contains("body"));
        const auto& context = event["requestContext"];
        COMPARE_JSON(context["eventType"], json("CONNECT"));
        COMPARE_JSON(context["routeKey"], json("$connect"));
        COMPARE_JSON(context["messageDirection"], json("IN"));
        COMPARE_JSON(context["stage"], json("prod"));
        COMPARE_JSON(context["apiId"], json(m_room->apiId));
        COMPARE_JSON(context["connectedAt"], json(1'700'000'000'000));
        COMPARE_JSON(context["domainName"], json(m_room->apiId + ".execute-api.localhost:4566"));
        COMPARE_JSON(context["identity"]["sourceIp"], json("127.0.0.1"));
        COMPARE_JSON(context["identity"]["userAgent"], json("test/1"));
        QCOMPARE(context["connectionId"].get<std::string>().size(), std::size_t(16));
        QVERIFY(!context.contains("messageId"));
    }

    void message_runsItsRouteWithAwsEvent()
    {
        m_room->addRoute(
            "join", [](const json&) { return proxied(200, "joined"); }, kTwoWay);
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"join","x":1})");
        QCOMPARE(text(client->receiveText()), QString("joined"));
        const auto event = m_room->events(1).at(0);
        COMPARE_JSON(event["body"], json(R"({"action":"join","x":1})"));
        QVERIFY(!event.contains("headers"));
        const auto& context = event["requestContext"];
        COMPARE_JSON(context["eventType"], json("MESSAGE"));
        COMPARE_JSON(context["routeKey"], json("join"));
        QCOMPARE(context["messageId"].get<std::string>().size(), std::size_t(16));
        QCOMPARE(m_room->tracer.latest(1).front().method, std::string("MESSAGE"));
    }

    void oneWayRoute_saysNothing()
    {
        m_room->addRoute("quiet", [](const json&) { return proxied(200, "not for you"); });
        m_room->addRoute(
            "$default", [](const json&) { return proxied(200, "default"); }, kTwoWay);
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"quiet"})");
        m_room->events(1);
        client->sendText("not even JSON");
        QCOMPARE(text(client->receiveText()), QString("default"));
        COMPARE_JSON(m_room->events(2).at(1)["requestContext"]["routeKey"], json("$default"));
    }

    void unknownRoute_isForbidden()
    {
        m_room->addRoute("join");
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"leave"})");
        const auto error = json::parse(client->receiveText());
        COMPARE_JSON(error["message"], json("Forbidden"));
        QCOMPARE(error["connectionId"].get<std::string>().size(), std::size_t(16));
        QVERIFY(error.contains("requestId"));
        // The gateway's own routes are not for clients.
        client->sendText(R"({"action":"$connect"})");
        COMPARE_JSON(json::parse(client->receiveText())["message"], json("Forbidden"));
    }

    void failingFunction_isAnInternalServerError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("failed");
        QTest::newRow("an error") << QByteArray(R"({"errorMessage":"x"})") << true;
        QTest::newRow("no statusCode") << QByteArray(R"({"body":"x"})") << false;
        QTest::newRow("no object") << QByteArray("null") << false;
    }
    void failingFunction_isAnInternalServerError()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, failed);
        m_room->addRoute("$default",
            [=](const json&) { return functionAnswer(answer.toStdString(), failed ? "Unhandled" : ""); });
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText("{}");
        const auto error = json::parse(client->receiveText());
        COMPARE_JSON(error["message"], json("Internal server error"));
        COMPARE_JSON(error["connectionId"], json(m_room->lastConnection()));
    }

    void connectThatSaysNo_keepsTheClientOut()
    {
        m_room->addRoute("$connect", [](const json&) { return proxied(401, "go away"); });
        m_room->addRoute("$disconnect");
        m_room->deploy();
        const auto client = m_room->connect();
        QCOMPARE(client->status(), 401);
        QCOMPARE(text(client->refusal()), QString("go away"));
        QCOMPARE(m_room->hub().size(), std::size_t(0));
        QCOMPARE(m_room->events(1).size(), std::size_t(1));
    }

    void connectThatFails_isABadGateway()
    {
        m_room->addRoute("$connect", [](const json&) { return functionAnswer("{}", "Unhandled"); });
        m_room->deploy();
        const auto client = m_room->connect();
        QCOMPARE(client->status(), 500);
        COMPARE_JSON(json::parse(client->refusal())["message"], json("Internal server error"));
    }

    void subprotocol_isTheFunctionsChoice()
    {
        m_room->addRoute("$connect", [](const json&) {
            return proxied(200, {}, {{"sec-websocket-protocol", "chat"}});
        });
        m_room->deploy();
        const auto client = m_room->connect("", {{"Sec-WebSocket-Protocol", "soap, chat"}});
        QCOMPARE(client->status(), 101);
        QCOMPARE(text(client->header("Sec-WebSocket-Protocol")), QString("chat"));
        COMPARE_JSON(m_room->events(1).at(0)["headers"]["Sec-WebSocket-Protocol"], json("soap, chat"));
    }

    void pathBelowTheStage_isForbidden()
    {
        m_room->addRoute("$default");
        m_room->deploy();
        QCOMPARE(m_room->connect("/deeper")->status(), 403);
        QCOMPARE(m_room->connect()->status(), 101);
    }

    void disconnect_tellsCodeAndReason()
    {
        m_room->addRoute("$disconnect");
        m_room->deploy();
        m_room->connect()->sendClose(4000, "bored");
        auto event = m_room->events(1).at(0);
        COMPARE_JSON(event["requestContext"]["eventType"], json("DISCONNECT"));
        COMPARE_JSON(event["requestContext"]["disconnectStatusCode"], json(4000));
        COMPARE_JSON(event["requestContext"]["disconnectReason"], json("bored"));
        COMPARE_JSON(event["headers"]["Host"], json(m_room->apiId + ".execute-api.localhost:4566"));
        m_room->connect()->sendFrame(8, "");
        event = m_room->events(2).at(1);
        COMPARE_JSON(event["requestContext"]["disconnectStatusCode"], json(1005));
        COMPARE_JSON(
            event["requestContext"]["disconnectReason"], json("Client-side close frame status not set"));
        m_room->connect();
        COMPARE_JSON(m_room->events(3).at(2)["requestContext"]["disconnectStatusCode"], json(1006));
        QTRY_COMPARE(m_room->hub().size(), std::size_t(0));
    }

    void idleTenMinutes_isClosed()
    {
        m_room->addRoute("$disconnect");
        m_room->deploy();
        const auto quiet = m_room->connect();
        const auto pinging = m_room->connect();
        QTRY_COMPARE(m_room->hub().size(), std::size_t(2));
        m_room->clock.advance(6 * 60 * kSecond);
        pinging->sendFrame(9, "");
        QCOMPARE(pinging->receive().opcode, 10);
        m_room->clock.advance(4 * 60 * kSecond);
        const auto goodbye = quiet->receive();
        QCOMPARE(goodbye.code, std::uint16_t(1001));
        QCOMPARE(text(goodbye.payload), QString("Going away"));
        quiet->sendClose(1001);
        COMPARE_JSON(m_room->events(1).at(0)["requestContext"]["disconnectStatusCode"], json(1001));
        QCOMPARE(m_room->hub().size(), std::size_t(1));
    }

    void twoHours_areALifetime()
    {
        m_room->addRoute("$default");
        m_room->deploy();
        const auto client = m_room->connect();
        QTRY_COMPARE(m_room->hub().size(), std::size_t(1));
        for (int i = 0; i < 13; ++i) {
            m_room->clock.advance(9 * 60 * kSecond);
            client->sendFrame(9, "");
            QCOMPARE(client->receive().opcode, 10);
        }
        m_room->clock.advance(3 * 60 * kSecond);
        QCOMPARE(client->receive().code, std::uint16_t(1001));
    }

    void bigMessages_close()
    {
        m_room->addRoute(
            "$default", [](const json&) { return proxied(200, "got it"); }, kTwoWay);
        m_room->deploy();
        const auto whole = m_room->connect();
        for (int i = 0; i < 4; ++i)
            whole->sendFrame(i == 0 ? 1 : 0, std::string(32 * 1024, 'x'), i == 3);
        QCOMPARE(text(whole->receiveText()), QString("got it"));
        QCOMPARE(m_room->events(1).at(0)["body"].get<std::string>().size(), std::size_t(128 * 1024));
        whole->sendFrame(1, std::string(32 * 1024 + 1, 'x'));
        QCOMPARE(whole->receive().code, std::uint16_t(1009));
        const auto other = m_room->connect();
        for (int i = 0; i < 5; ++i)
            other->sendFrame(i == 0 ? 1 : 0, std::string(32 * 1024, 'x'), false);
        QCOMPARE(other->receive().code, std::uint16_t(1009));
        const auto binary = m_room->connect();
        binary->sendFrame(2, "bytes");
        QCOMPARE(binary->receive().code, std::uint16_t(1003));
    }

    void mock_answersByItsTemplates()
    {
        m_room->addMapped("ping",
            {{"integrationType", "MOCK"}, {"templateSelectionExpression", "\\$default"},
                {"requestTemplates",
                    {{"$default",
                        R"({"statusCode": #if($input.path('$.fail') == true)500#{else}200#end})"}}}},
            {{"$default",
                 R"({"id":"$context.connectionId","route":"$context.routeKey","type":"$context.eventType","at":"$stageVariables.place","ip":"$context.identity.sourceIp"})"},
                {"/5\\d\\d/", "broken"}});
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"ping"})");
        const auto answer = json::parse(client->receiveText());
        QVERIFY2(answer.contains("id"), qPrintable(stepsOf(m_room->tracer.latest(1).front())));
        QCOMPARE(answer["id"].get<std::string>().size(), std::size_t(16));
        COMPARE_JSON(answer["route"], json("ping"));
        COMPARE_JSON(answer["type"], json("MESSAGE"));
        COMPARE_JSON(answer["at"], json("here"));
        COMPARE_JSON(answer["ip"], json("127.0.0.1"));
        client->sendText(R"({"action":"ping","fail":true})");
        QCOMPARE(text(client->receiveText()), QString("broken"));
    }

    void service_isCalledWithTheTemplatesBody()
    {
        m_room->addMapped("put",
            {{"integrationType", "AWS"}, {"integrationMethod", "POST"},
                {"integrationUri", "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem"},
                {"templateSelectionExpression", "$request.body.kind"},
                {"requestTemplates",
                    {{"chat", R"({"TableName":"T","Item":{"id":{"S":"$context.connectionId"}}})"},
                        {"$default", "other"}}}},
            {{"$default", "status ok"}});
        m_room->caller.onFetch = [](const FakeCaller::Asked&) -> Result<http::Response> {
            http::Response response;
            response.body = "{}";
            return response;
        };
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"put","kind":"chat"})");
        QCOMPARE(text(client->receiveText()), QString("status ok"));
        const auto asked = m_room->caller.last();
        QCOMPARE(text(asked.what), QString("https://dynamodb.us-east-1.amazonaws.com/"));
        QCOMPARE(
            text(std::string(asked.wire.headers.get("X-Amz-Target"))), QString("DynamoDB_20120810.PutItem"));
        QCOMPARE(json::parse(asked.wire.body)["Item"]["id"]["S"].get<std::string>().size(), std::size_t(16));
        client->sendText(R"({"action":"put","kind":"else"})");
        QCOMPARE(text(client->receiveText()), QString("status ok"));
        QCOMPARE(text(m_room->caller.last().wire.body), QString("other"));
    }

    void mappedPath_isEscaped()
    {
        m_room->addMapped("find",
            {{"integrationType", "HTTP"}, {"integrationMethod", "GET"},
                {"integrationUri", "http://shop.example/b/{id}/{z}"},
                {"requestParameters",
                    {{"integration.request.path.id", "route.request.body.id"},
                        {"integration.request.path.z", "'last'"}}}},
            {{"$default", "found"}});
        m_room->caller.onFetch = [](const FakeCaller::Asked&) -> Result<http::Response> {
            http::Response response;
            response.body = "{}";
            return response;
        };
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"find","id":"a b?{z}"})");
        QCOMPARE(text(client->receiveText()), QString("found"));
        QCOMPARE(text(m_room->caller.last().what), QString("http://shop.example/b/a%20b%3F%7Bz%7D/last"));
    }

    void connections_arePostedToReadAndClosed()
    {
        m_room->addRoute("$connect");
        m_room->deploy();
        const auto client = m_room->connect("", {{"User-Agent", "test/1"}});
        const auto id = m_room->lastConnection();
        QTRY_COMPARE(m_room->hub().size(), std::size_t(1));
        QCOMPARE(m_room->manage("POST", id, "hello").status, 200);
        QCOMPARE(text(client->receiveText()), QString("hello"));
        QCOMPARE(m_room->manage("POST", id, std::string(128 * 1024, 'y')).status, 200);
        QCOMPARE(client->receiveText().size(), std::size_t(128 * 1024));
        QCOMPARE(client->framesOfLast(), 4);
        const auto large = m_room->manage("POST", id, std::string(128 * 1024 + 1, 'y'));
        QCOMPARE(large.status, 413);
        QCOMPARE(
            text(std::string(large.headers.get("x-amzn-ErrorType"))), QString("PayloadTooLargeException"));
        const auto shown = json::parse(m_room->manage("GET", id).body);
        COMPARE_JSON(shown["connectedAt"], json("2023-11-14T22:13:20.000Z"));
        COMPARE_JSON(shown["identity"]["userAgent"], json("test/1"));
        QVERIFY(shown.contains("lastActiveAt"));
        QCOMPARE(m_room->manage("DELETE", id).status, 204);
        QCOMPARE(client->receive().code, std::uint16_t(1000));
        client->sendClose(1000);
        QTRY_COMPARE(m_room->hub().size(), std::size_t(0));
        const auto gone = m_room->manage("POST", id, "late");
        QCOMPARE(gone.status, 410);
        QCOMPARE(text(std::string(gone.headers.get("x-amzn-ErrorType"))), QString("GoneException"));
        QCOMPARE(gone.body, std::string());
        QCOMPARE(m_room->manage("GET", "AAAAAAAAAAAAAAA=").status, 410);
        const auto wrong = m_room->manage("POST", "nonsense", "x");
        QCOMPARE(wrong.status, 400);
        COMPARE_JSON(json::parse(wrong.body)["message"], json("Invalid connectionId: nonsense"));
    }

    void manyMessagesAtOnce_areAllWorkedOn()
    {
        m_room->addRoute(
            "$default", [](const json& event) { return proxied(200, event["body"]); }, kTwoWay);
        m_room->deploy();
        const auto client = m_room->connect();
        std::set<std::string> open;
        for (int i = 0; i < 300; ++i) {
            open.insert(std::to_string(i));
            client->sendText(std::to_string(i));
        }
        // In any order: they are worked on side by side.
        while (!open.empty())
            QCOMPARE(open.erase(client->receiveText()), std::size_t(1));
    }

    void messageFromItsOwnFunction_reachesTheClient()
    {
        m_room->addRoute("echo", [this](const json& event) {
            m_room->manage("POST", event["requestContext"]["connectionId"], "from the function");
            return proxied(200);
        });
        m_room->deploy();
        const auto client = m_room->connect();
        client->sendText(R"({"action":"echo"})");
        QCOMPARE(text(client->receiveText()), QString("from the function"));
    }

    void authorizer_decidesAndIsPassedOn()
    {
        const auto authorizer = m_room->expect("CreateAuthorizer",
            {{"apiId", m_room->apiId}, {"name", "gate"}, {"authorizerType", "REQUEST"},
                {"authorizerUri",
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    "arn:aws:lambda:us-east-1:000000000000:function:f9/invocations"},
                {"identitySource", {"route.request.querystring.token"}}});
        m_room->addRoute(
            "$connect", {}, {{"authorizationType", "CUSTOM"}, {"authorizerId", authorizer["authorizerId"]}});
        m_room->addRoute("$default");
        m_room->deploy();
        const auto room = m_room.get();
        m_room->caller.onCall = [room, before = m_room->caller.onCall](const FakeCaller::Asked& asked) {
            if (!asked.input.value("FunctionName", "").ends_with(":f9"))
                return before(asked);
            const auto event = json::parse(asked.payload);
            const auto token = event["queryStringParameters"]["token"].get<std::string>();
            if (event["type"] != "REQUEST" || token == "throw")
                return Result<aws::Reply>(functionAnswer(
                    R"({"errorMessage": "Unauthorized", "errorType": "Exception"})", "Unhandled"));
            return Result<aws::Reply>(functionAnswer(json{{"principalId", "me"},
                {"policyDocument",
                    {{"Version", "2012-10-17"},
                        {"Statement",
                            {{{"Action", "execute-api:Invoke"}, {"Effect", token == "yes" ? "Allow" : "Deny"},
                                {"Resource", event["methodArn"]}}}}}},
                {"context", {{"name", "Ada"}}}}.dump()));
        };
        QCOMPARE(m_room->connect()->status(), 401);
        QCOMPARE(m_room->connect("?token=throw")->status(), 401);
        QCOMPARE(m_room->connect("?token=no")->status(), 403);
        const auto client = m_room->connect("?token=yes");
        QCOMPARE(client->status(), 101);
        client->sendText("{}");
        const auto events = m_room->events(2);
        COMPARE_JSON(events.at(0)["requestContext"]["authorizer"]["principalId"], json("me"));
        COMPARE_JSON(events.at(1)["requestContext"]["authorizer"]["name"], json("Ada"));
    }

    void unsignedClient_ofAnIamRoute_staysOut()
    {
        m_room->addRoute("$connect", {}, {{"authorizationType", "AWS_IAM"}});
        m_room->deploy();
        QCOMPARE(m_room->connect()->status(), 403);
    }

private:
    std::unique_ptr<SocketRoom> m_room;
};

CHAMBER_SUITE(TstSocketCalls, "tst_socket_calls")
#include "tst_socket_calls.moc"
