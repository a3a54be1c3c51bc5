#include "core/aws/event_stream.h"
#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/url_access.h"
#include "core/lambda/url_address.h"
#include "core/lambda/url_event.h"
#include "tests/core/http/wire.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;
using namespace core;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

const std::string kArn = "arn:aws:lambda:us-east-1:000000000000:function:f";
const char* const kEcho = "export const handler = async (event) => event;";

http::Request headOf(const char* host)
{
    http::Request request;
    request.headers.add("Host", host);
    return request;
}

// One message of an event stream: its type and payload; both checksums are compared.
struct Message {
    std::string type;
    std::string payload;
};

std::uint32_t numberAt(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::vector<Message> messagesOf(std::string_view bytes)
{
    std::vector<Message> messages;
    while (bytes.size() >= 16) {
        const auto total = numberAt(bytes, 0);
        const auto headers = numberAt(bytes, 4);
        if (total > bytes.size() || numberAt(bytes, 8) != crc32(bytes.substr(0, 8))
            || numberAt(bytes, total - 4) != crc32(bytes.substr(0, total - 4)))
            return {};
        const auto head = bytes.substr(12, headers);
        // ":event-type", a string, is first.
        const auto length = static_cast<unsigned char>(head[13]) << 8 | static_cast<unsigned char>(head[14]);
        messages.push_back({std::string(head.substr(15, static_cast<std::size_t>(length))),
            std::string(bytes.substr(12 + headers, total - headers - 16))});
        bytes.remove_prefix(total);
    }
    return messages;
}

}

// Function URLs and response streams.
class TstUrls : public QObject {
    Q_OBJECT

    json call(const char* action, json input)
    {
        if (!input.contains("FunctionName"))
            input["FunctionName"] = "f";
        auto answer = m_room->call(action, input);
        return answer ? *answer : json{{"error", answer.error().code + ": " + answer.error().message}};
    }
    // A public URL of the function "f" with this code; the path below which it answers.
    std::string open(const std::string& code, json more = {{"AuthType", "NONE"}})
    {
        m_room->create("f", "nodejs22.x", code);
        allow();
        m_url = call("CreateFunctionUrlConfig", std::move(more)).value("FunctionUrl", "");
        return "/_aws/lambda-url/" + idOf(m_url);
    }
    void allow()
    {
        call("AddPermission",
            {{"StatementId", "url"}, {"Action", "lambda:InvokeFunctionUrl"}, {"Principal", "*"},
                {"FunctionUrlAuthType", "NONE"}});
    }
    static std::string idOf(const std::string& url) { return url.substr(7, url.find('.') - 7); }
    http::Response get(const std::string& target, http::Headers headers = {})
    {
        return m_room->send("GET", target, {}, std::move(headers));
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void deepAnswer_isABadGateway_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("bare") << ""
                              << "";
        QTest::newRow("body") << R"({"statusCode":200,"body":)"
                              << "}";
        QTest::newRow("header") << R"({"statusCode":200,"headers":{"A":)"
                                << "}}";
    }
    void deepAnswer_isABadGateway()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        lambda::InvocationOutcome outcome;
        outcome.payload = before.toStdString() + std::string(500'000, '[') + std::string(500'000, ']')
            + after.toStdString();
        QCOMPARE(lambda::urlResponse(outcome).status, 502);
    }

    void deepPrelude_isABadGateway()
    {
        lambda::InvocationOutcome outcome;
        outcome.streamed = true;
        outcome.contentType = "application/vnd.awslambda.http-integration-response";
        outcome.payload = R"({"statusCode":200,"headers":{"A":)" + std::string(500'000, '[')
            + std::string(500'000, ']') + "}}" + std::string(8, '\0') + "body";
        QCOMPARE(lambda::urlResponse(outcome).status, 502);
    }

    void configurations_haveAwsForm()
    {
        m_room->create("f", "nodejs22.x", kEcho);
        const auto made = call("CreateFunctionUrlConfig",
            {{"AuthType", "NONE"}, {"Cors", {{"AllowOrigins", {"https://a.example"}}, {"MaxAge", 5}}}});
        COMPARE_JSON(made.at("FunctionArn"), kArn);
        QVERIFY(!made.contains("InvokeMode"));
        const std::string url = made.at("FunctionUrl");
        QCOMPARE(idOf(url).size(), std::size_t{32});
        QVERIFY(url.ends_with(".lambda-url.us-east-1.localhost" + m_room->endpoint().substr(16) + '/'));
        auto got = call("GetFunctionUrlConfig", {});
        COMPARE_JSON(got.at("InvokeMode"), "BUFFERED");
        COMPARE_JSON(got.at("CreationTime"), "2026-11-22T14:03:27.418Z");
        COMPARE_JSON(call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}}).at("error"),
            "ResourceConflictException: Failed to create function url config for [functionArn = " + kArn
                + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
        const auto updated =
            call("UpdateFunctionUrlConfig", {{"AuthType", "AWS_IAM"}, {"Cors", json::object()}});
        COMPARE_JSON(updated.at("AuthType"), "AWS_IAM");
        COMPARE_JSON(updated.at("FunctionUrl"), url);
        QVERIFY(!updated.contains("Cors"));
        call("PublishVersion", {});
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        COMPARE_JSON(
            call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"Qualifier", "live"}}).at("FunctionArn"),
            kArn + ":live");
        COMPARE_JSON(call("ListFunctionUrlConfigs", {}).at("FunctionUrlConfigs").size(), 2);
        call("DeleteFunctionUrlConfig", {});
        COMPARE_JSON(call("GetFunctionUrlConfig", {}).at("error"),
            "ResourceNotFoundException: The resource you requested does not exist.");
        COMPARE_JSON(call("ListFunctionUrlConfigs", {{"FunctionName", "none"}}).at("error"),
            "ResourceNotFoundException: Function does not exist");
        COMPARE_JSON(call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"Qualifier", "1"}}).at("error"),
            "ValidationException: 1 validation error detected: Value '1' at 'qualifier' failed to satisfy "
            "constraint: "
            "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
        COMPARE_JSON(
            call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"InvokeMode", "UNKNOWN"}}).at("error"),
            "ValidationException: 1 validation error detected: Value 'UNKNOWN' at 'invokeMode' failed to "
            "satisfy "
            "constraint: Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]");
    }

    void event_hasPayloadFormatTwo()
    {
        const auto path = open(kEcho);
        const auto answer = m_room->send("POST", path + "/a%20b/c?x=1&y=2&x=3&e=%26", "{\"k\":1}",
            {{"Content-Type", "application/json"}, {"Cookie", "one=1; two=2"}, {"X-Two", "a"}, {"X-Two", "b"},
                {"User-Agent", "test"}});
        QCOMPARE(answer.status, 200);
        auto event = json::parse(answer.body);
        COMPARE_JSON(event.at("version"), "2.0");
        COMPARE_JSON(event.at("rawPath"), "/a%20b/c");
        COMPARE_JSON(event.at("rawQueryString"), "x=1&y=2&x=3&e=%26");
        COMPARE_JSON(event.at("queryStringParameters"), json({{"e", "&"}, {"x", "1,3"}, {"y", "2"}}));
        COMPARE_JSON(event.at("cookies"), json({"one=1", "two=2"}));
        COMPARE_JSON(event.at("headers").at("x-two"), "a,b");
        QVERIFY(!event.at("headers").contains("cookie"));
        COMPARE_JSON(event.at("body"), "{\"k\":1}");
        COMPARE_JSON(event.at("isBase64Encoded"), false);
        auto context = event.at("requestContext");
        COMPARE_JSON(context.at("http"),
            json({{"method", "POST"}, {"path", "/a%20b/c"}, {"protocol", "HTTP/1.1"},
                {"sourceIp", "127.0.0.1"}, {"userAgent", "test"}}));
        COMPARE_JSON(context.at("accountId"), "anonymous");
        COMPARE_JSON(context.at("apiId"), idOf(m_url));
        COMPARE_JSON(context.at("time"), "22/Nov/2026:14:03:27 +0000");
        COMPARE_JSON(context.at("timeEpoch"), 1795356207418);
        COMPARE_JSON(context.at("requestId"), std::string(answer.headers.get("x-amzn-RequestId")));
    }

    void binaryBody_isBase64()
    {
        const auto path = open(kEcho);
        const auto answer = m_room->send(
            "POST", path + "/", std::string("\x00\xff", 2), {{"Content-Type", "application/octet-stream"}});
        const auto event = json::parse(answer.body);
        COMPARE_JSON(event.at("body"), "AP8=");
        COMPARE_JSON(event.at("isBase64Encoded"), true);
    }

    void answers_becomeHttp_data()
    {
        QTest::addColumn<QString>("payload");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("body");
        QTest::newRow("object") << R"({"a": 1})" << 200 << "application/json"
                                << R"({"a":1})";
        QTest::newRow("list") << R"(["hello", 3, true])" << 200 << "application/json"
                              << R"(["hello",3,true])";
        QTest::newRow("text") << R"("plain")" << 200 << "application/json"
                              << "plain";
        QTest::newRow("status")
            << R"({"statusCode": 201, "headers": {"Content-Type": "text/x"}, "body": "b"})" << 201 << "text/x"
            << "b";
        QTest::newRow("no body") << R"({"statusCode": 204})" << 204 << "application/json"
                                 << "";
        QTest::newRow("binary") << R"({"statusCode": 200, "body": "aGk=", "isBase64Encoded": true})" << 200
                                << "application/json"
                                << "hi";
        QTest::newRow("wrong base64")
            << R"({"statusCode": 200, "body": "?", "isBase64Encoded": true})" << 502 << "application/json"
            << "Internal Server Error";
        QTest::newRow("wrong status") << R"({"statusCode": "x"})" << 502 << "application/json"
                                      << "Internal Server Error";
        QTest::newRow("no JSON") << "<" << 502 << "application/json"
                                 << "Internal Server Error";
    }
    void answers_becomeHttp()
    {
        QFETCH(QString, payload);
        QFETCH(int, status);
        QFETCH(QString, type);
        QFETCH(QString, body);
        lambda::InvocationOutcome outcome;
        outcome.payload = payload.toStdString();
        const auto response = lambda::urlResponse(outcome);
        QCOMPARE(response.status, status);
        QCOMPARE(std::string(response.headers.get("Content-Type")), type.toStdString());
        QCOMPARE(response.body, body.toStdString());
    }

    void cookies_areHeadersOfTheirOwn()
    {
        lambda::InvocationOutcome outcome;
        outcome.payload = R"({"statusCode": 200, "cookies": ["a=1", "b=2; Secure"]})";
        const auto response = lambda::urlResponse(outcome);
        QCOMPARE(response.headers.all("Set-Cookie").size(), std::size_t{2});
    }

    void failedFunction_isBadGateway()
    {
        const auto path = open("export const handler = async () => { throw new Error('no'); };");
        const auto answer = get(path + "/");
        QCOMPARE(answer.status, 502);
        QCOMPARE(answer.body, std::string("Internal Server Error"));
    }

    void publicUrl_needsAStatement()
    {
        m_room->create("f", "nodejs22.x", kEcho);
        const std::string url = call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}}).at("FunctionUrl");
        const auto path = "/_aws/lambda-url/" + idOf(url) + '/';
        const auto refused = get(path);
        QCOMPARE(refused.status, 403);
        QCOMPARE(std::string(refused.headers.get("x-amzn-ErrorType")), std::string("AccessDeniedException"));
        COMPARE_JSON(json::parse(refused.body),
            json({{"Message",
                "Forbidden. For troubleshooting Function URL authorization issues, see: "
                "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}}));
        allow();
        QCOMPARE(get(path).status, 200);
    }

    void policies_areRead_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, const char* text, bool allowed) {
            QTest::newRow(name) << text << allowed;
        };
        row("right",
            R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}})",
            true);
        row("no condition", R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl"})",
            true);
        row("all actions", R"({"Effect":"Allow","Principal":{"AWS":"*"},"Action":"lambda:*"})", true);
        row("other action", R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction"})", false);
        row("other type",
            R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"AWS_IAM"}}})",
            false);
        row("one account",
            R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"lambda:InvokeFunctionUrl"})",
            false);
        row("source",
            R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}})",
            false);
    }
    void policies_areRead()
    {
        QFETCH(QString, statement);
        QFETCH(bool, allowed);
        std::string why;
        QCOMPARE(lambda::policyAllowsUrl('[' + statement.toStdString() + ']', "NONE", why), allowed);
        QVERIFY(!why.empty());
        QVERIFY(!lambda::policyAllowsUrl({}, "NONE", why));
    }

    void signedUrl_verifiesTheSignature()
    {
        const auto path = open(kEcho, {{"AuthType", "AWS_IAM"}}) + '/';
        QCOMPARE(get(path).status, 403);
        // Clients sign with their own clock, not with the chamber's.
        const auto moment = amzDate(realMicros());
        const auto headers = [&](std::string_view secret) {
            http::Request request;
            request.target = path;
            request.headers = {{"Host", m_room->endpoint().substr(7)}, {"X-Amz-Date", moment}};
            aws::Signature signature;
            signature.form = aws::Signature::Form::Header;
            signature.date = moment.substr(0, 8);
            signature.region = "us-east-1";
            signature.service = "lambda";
            signature.signedHeaders = "host;x-amz-date";
            const auto canonical = aws::canonicalRequest(request, signature, hex(sha256("")));
            const auto text = aws::stringToSign(signature, moment, canonical);
            http::Headers sent{{"X-Amz-Date", moment}};
            sent.add("Authorization",
                "AWS4-HMAC-SHA256 Credential=test/" + signature.date
                    + "/us-east-1/lambda/aws4_request, "
                      "SignedHeaders=host;x-amz-date, Signature="
                    + aws::signatureOf(signature, secret, text));
            return sent;
        };
        const auto wrong = get(path, headers("guess"));
        QCOMPARE(wrong.status, 403);
        QCOMPARE(
            std::string(wrong.headers.get("x-amzn-ErrorType")), std::string("InvalidSignatureException"));
        const auto right = get(path, headers("test"));
        QCOMPARE(right.status, 200);
        const auto context = json::parse(right.body).at("requestContext");
        COMPARE_JSON(context.at("accountId"), "000000000000");
        COMPARE_JSON(context.at("authorizer").at("iam").at("accessKey"), "test");
    }

    void unknownUrl_isNotFound()
    {
        const auto answer = get("/_aws/lambda-url/0123456789abcdef0123456789abcdef/");
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, std::string(R"({"Message":null})"));
        QCOMPARE(
            std::string(answer.headers.get("x-amzn-ErrorType")), std::string("ResourceNotFoundException"));
    }

    void hostName_leadsToTheFunction()
    {
        open(kEcho);
        const auto host = m_url.substr(7, m_url.size() - 8);
        const auto answer = get("/deep?a=b", {{"Host", host}});
        QCOMPARE(answer.status, 200);
        const auto event = json::parse(answer.body);
        COMPARE_JSON(event.at("rawPath"), "/deep");
        COMPARE_JSON(event.at("requestContext").at("domainName"), host);
        // The name that AWS would have given it.
        QCOMPARE(get("/x", {{"Host", idOf(m_url) + ".lambda-url.us-east-1.on.aws"}}).status, 200);
        QVERIFY(!lambda::parseUrlAddress(headOf("a.lambda-url.us-east-1.example.com")));
        QVERIFY(!lambda::parseUrlAddress(headOf("localhost:4566")));
    }

    void aliasUrl_endsWithItsAlias()
    {
        m_room->create("f", "nodejs22.x", kEcho, {{"Publish", true}});
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        call("AddPermission",
            {{"StatementId", "url"}, {"Action", "lambda:InvokeFunctionUrl"}, {"Principal", "*"},
                {"FunctionUrlAuthType", "NONE"}, {"Qualifier", "live"}});
        const std::string url =
            call("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"Qualifier", "live"}}).at("FunctionUrl");
        const auto path = "/_aws/lambda-url/" + idOf(url) + '/';
        QCOMPARE(get(path).status, 200);
        call("DeleteAlias", {{"Name", "live"}});
        QCOMPARE(get(path).status, 403);
    }

    void cors_isAnsweredByTheUrl()
    {
        const auto path = open("export const handler = async () => ({ statusCode: 200, headers: { "
                               "'Access-Control-Allow-Origin': 'function' } });",
            {{"AuthType", "NONE"},
                {"Cors",
                    {{"AllowOrigins", {"https://*.example"}}, {"AllowMethods", {"GET", "PUT"}},
                        {"AllowHeaders", {"x-a"}}, {"ExposeHeaders", {"x-b"}}, {"AllowCredentials", true},
                        {"MaxAge", 60}}}});
        const auto preflight = m_room->send("OPTIONS", path + "/", {},
            {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "PUT"}});
        QCOMPARE(preflight.status, 200);
        const auto header = [](const http::Response& response, const char* name) {
            return std::string(response.headers.get(name));
        };
        QCOMPARE(header(preflight, "Access-Control-Allow-Origin"), std::string("https://a.example"));
        QCOMPARE(header(preflight, "Access-Control-Allow-Methods"), std::string("GET,PUT"));
        QCOMPARE(header(preflight, "Access-Control-Allow-Headers"), std::string("x-a"));
        QCOMPARE(header(preflight, "Access-Control-Max-Age"), std::string("60"));
        const auto answer = get(path + "/", {{"Origin", "https://a.example"}});
        QCOMPARE(answer.headers.all("Access-Control-Allow-Origin").size(), std::size_t{1});
        QCOMPARE(header(answer, "Access-Control-Allow-Origin"), std::string("https://a.example"));
        QCOMPARE(header(answer, "Access-Control-Expose-Headers"), std::string("x-b"));
        QCOMPARE(header(answer, "Access-Control-Allow-Credentials"), std::string("true"));
        const auto stranger = m_room->send("OPTIONS", path + "/", {},
            {{"Origin", "https://a.other"}, {"Access-Control-Request-Method", "PUT"}});
        QCOMPARE(header(stranger, "Access-Control-Allow-Origin"), std::string());
    }

    void streamingHandler_setsTheHead()
    {
        const auto path =
            open("export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
                 "  stream = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { "
                 "'Content-Type': 'text/x', 'X-A': 'b' }, cookies: ['c=d'] });\n"
                 "  stream.write('one ');\n  await new Promise((done) => setTimeout(done, 5));\n"
                 "  stream.write('two');\n  stream.end();\n});",
                {{"AuthType", "NONE"}, {"InvokeMode", "RESPONSE_STREAM"}});
        const auto answer = get(path + "/");
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, std::string("one two"));
        QCOMPARE(std::string(answer.headers.get("Content-Type")), std::string("text/x"));
        QCOMPARE(std::string(answer.headers.get("X-A")), std::string("b"));
        QCOMPARE(std::string(answer.headers.get("Set-Cookie")), std::string("c=d"));
    }

    void streamOfSevenMegabytes_isNotTooLarge()
    {
        const auto path =
            open("import { Readable } from 'node:stream';\nimport { pipeline } from "
                 "'node:stream/promises';\nexport const handler = awslambda.streamifyResponse(async "
                 "(event, stream) => {\n  stream.setContentType('text/plain');\n"
                 "  await pipeline(Readable.from(Array(7).fill('x'.repeat(1024 * 1024))), stream);\n});",
                {{"AuthType", "NONE"}, {"InvokeMode", "RESPONSE_STREAM"}});
        const auto answer = get(path + "/");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.size(), std::size_t{7} * 1024 * 1024);
        QCOMPARE(std::string(answer.headers.get("Content-Type")), std::string("text/plain"));
    }

    void responseStream_isAnEventStream()
    {
        m_room->create("f", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "  stream.write({ got: event });\n  stream.end('!');\n});");
        const auto answer = m_room->send("POST", "/2021-11-15/functions/f/response-streaming-invocations",
            "[1]", {{"X-Amz-Log-Type", "Tail"}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(std::string(answer.headers.get("Content-Type")),
            std::string("application/vnd.amazon.eventstream"));
        QCOMPARE(std::string(answer.headers.get("X-Amz-Executed-Version")), std::string("$LATEST"));
        // A chunk a write, unless two of them come at once.
        auto messages = messagesOf(answer.body);
        QVERIFY(messages.size() == 2 || messages.size() == 3);
        std::string written;
        for (std::size_t i = 0; i + 1 < messages.size(); ++i) {
            QCOMPARE(messages[i].type, std::string("PayloadChunk"));
            written += messages[i].payload;
        }
        QCOMPARE(written, std::string("{\"got\":[1]}!"));
        QCOMPARE(messages.back().type, std::string("InvokeComplete"));
        QVERIFY(unbase64(json::parse(messages.back().payload).at("LogResult").get<std::string>())
                    ->starts_with("START RequestId: "));
    }

    void streamThatFails_saysSoAtItsEnd()
    {
        m_room->create("f", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "  if (event.early) stream.write('partial');\n  throw new TypeError('broke');\n});");
        const auto invoke = [this](const std::string& event) {
            return messagesOf(
                m_room->send("POST", "/2021-11-15/functions/f/response-streaming-invocations", event).body);
        };
        const auto partial = invoke(R"({"early":true})");
        QCOMPARE(partial.size(), std::size_t{2});
        QCOMPARE(partial[0].payload, std::string("partial"));
        const auto complete = json::parse(partial[1].payload);
        COMPARE_JSON(complete.at("ErrorCode"), "TypeError");
        COMPARE_JSON(json::parse(complete.at("ErrorDetails").get<std::string>()).at("trace").at(0),
            "TypeError: broke");
        const auto none = invoke("{}");
        QCOMPARE(none.size(), std::size_t{1});
        COMPARE_JSON(json::parse(none[0].payload).at("ErrorCode"), "TypeError");
        QVERIFY(json::parse(none[0].payload).at("ErrorDetails").get<std::string>().find("broke")
            != std::string::npos);
    }

    void streamedAnswer_arrivesWhileTheFunctionRuns()
    {
        // It goes on when there is a function "gate".
        const auto path = open(
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "  stream.setContentType('text/plain');\n  stream.write('early');\n"
            "  const gate = process.env.AWS_ENDPOINT_URL + '/2015-03-31/functions/gate';\n"
            "  while ((await fetch(gate)).status !== 200) await new Promise((done) => setTimeout(done, 5));\n"
            "  stream.write('late');\n  stream.end();\n});",
            {{"AuthType", "NONE"}, {"InvokeMode", "RESPONSE_STREAM"}});
        Wire wire(static_cast<std::uint16_t>(*parseInteger(m_room->endpoint().substr(17))));
        QVERIFY(wire.send("GET " + path + "/ HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        const auto head = wire.receive(true);
        QCOMPARE(head.status(), 200);
        QCOMPARE(head.field("transfer-encoding"), std::string("chunked"));
        QCOMPARE(wire.receiveBytes(10), std::string("5\r\nearly\r\n"));
        m_room->create("gate", "nodejs22.x", kEcho);
        QCOMPARE(wire.receiveBytes(14), std::string("4\r\nlate\r\n0\r\n\r\n"));
    }

    void streamThatBreaksOff_isNotEnded()
    {
        const auto path =
            open("export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
                 "  stream.write('half');\n  throw new Error('broke');\n});",
                {{"AuthType", "NONE"}, {"InvokeMode", "RESPONSE_STREAM"}});
        Wire wire(static_cast<std::uint16_t>(*parseInteger(m_room->endpoint().substr(17))));
        QVERIFY(wire.send("GET " + path + "/ HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        QCOMPARE(wire.receive(true).status(), 200);
        QCOMPARE(wire.receiveBytes(9), std::string("4\r\nhalf\r\n"));
        QVERIFY(wire.closedByPeer());
    }

    void streamThatTakesTooLong_endsWithItsError()
    {
        m_room->create("f", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "  stream.write('partial');\n  await new Promise((done) => setTimeout(done, 60000));\n});",
            {{"Timeout", 3}});
        const auto messages = messagesOf(
            m_room->send("POST", "/2021-11-15/functions/f/response-streaming-invocations", "{}").body);
        QCOMPARE(messages.size(), std::size_t{2});
        QCOMPARE(messages[0].payload, std::string("partial"));
        COMPARE_JSON(json::parse(messages[1].payload).at("ErrorCode"), "Sandbox.Timedout");
    }

    void streamLeftOpen_endsWithTheHandlersWork()
    {
        const auto path =
            open("export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
                 "  stream.write('one ');\n  setTimeout(() => stream.write('two'), 20);\n});",
                {{"AuthType", "NONE"}, {"InvokeMode", "RESPONSE_STREAM"}});
        QCOMPARE(get(path + "/").body, std::string("one two"));
        QCOMPARE(get(path + "/").body, std::string("one two"));
    }

    void bufferedHandler_streamsItsAnswer()
    {
        m_room->create("f", "python3.12", "def handler(event, context):\n    return {'a': 1}\n");
        const auto messages = messagesOf(
            m_room->send("POST", "/2021-11-15/functions/f/response-streaming-invocations", "{}").body);
        QCOMPARE(messages.size(), std::size_t{2});
        COMPARE_JSON(json::parse(messages[0].payload), json({{"a", 1}}));
        QCOMPARE(messages[1].payload, std::string("{}"));
    }

    void throttledUrl_says429()
    {
        const auto path = open(kEcho);
        call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 0}});
        const auto answer = get(path + "/");
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.headers.has("Retry-After"));
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
    std::string m_url;
};

CHAMBER_SUITE(TstUrls, "tst_urls")
#include "tst_urls.moc"
