#include "core/apigateway/event_stream_reader.h"
#include "core/base/hash.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>

using namespace core;
using apigateway::EventStreamReader;
using nlohmann::json;

namespace {

const std::string kZeros(8, '\0');

void addNumber(std::string& out, std::size_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xff);
}

// As InvokeWithResponseStream puts its events on the wire.
std::string eventBytes(const std::string& type, const std::string& payload)
{
    std::string headers;
    const auto add = [&](const std::string& name, const std::string& value) {
        addNumber(headers, name.size(), 1);
        headers += name;
        addNumber(headers, 7, 1);
        addNumber(headers, value.size(), 2);
        headers += value;
    };
    add(":message-type", "event");
    add(":event-type", type);
    std::string out;
    addNumber(out, 16 + headers.size() + payload.size(), 4);
    addNumber(out, headers.size(), 4);
    addNumber(out, crc32(out), 4);
    out += headers + payload;
    addNumber(out, crc32(out), 4);
    return out;
}

std::string chunk(const std::string& bytes)
{
    return eventBytes("PayloadChunk", bytes);
}

std::string complete(const json& ending = json::object())
{
    return eventBytes("InvokeComplete", ending.dump());
}

// A body that says what the test gives it, when the test gives it.
class Feed : public http::BodySource {
public:
    void push(const std::string& bytes)
    {
        std::function<void()> wake;
        {
            const std::lock_guard guard(m_mutex);
            m_bytes += bytes;
            wake = m_wake;
        }
        if (wake)
            wake();
    }

    Result<std::size_t> read(std::span<char> into) override
    {
        const std::lock_guard guard(m_mutex);
        if (m_bytes.empty())
            return http::kNothingYet;
        const auto count = std::min(into.size(), m_bytes.size());
        std::copy_n(m_bytes.data(), count, into.data());
        m_bytes.erase(0, count);
        return count;
    }

    void onReady(std::function<void()> wake) override
    {
        const std::lock_guard guard(m_mutex);
        m_wake = std::move(wake);
    }

private:
    std::mutex m_mutex;
    std::string m_bytes;
    std::function<void()> m_wake;
};

// What a source says at once: its bytes, or "(nothing yet)", "(end)", "(Code)".
std::string said(http::BodySource& source)
{
    std::array<char, 4096> into{};
    const auto count = source.read(into);
    if (!count)
        return "(" + count.error().code + ")";
    if (*count == http::kNothingYet)
        return "(nothing yet)";
    return *count == 0 ? "(end)" : std::string(into.data(), *count);
}

json streamed(json more = json::object())
{
    json integration{{"type", "AWS_PROXY"}, {"integrationHttpMethod", "POST"},
        {"responseTransferMode", "STREAM"},
        {"uri",
            "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:story/response-streaming-invocations"}};
    integration.update(more);
    return integration;
}

// A deployed API whose GET / streams what `feed` is given.
struct StreamRoom {
    ApiFixture gateway;
    std::shared_ptr<Feed> feed = std::make_shared<Feed>();
    ApiFixture::Route route;

    explicit StreamRoom(json api = json::object(), json integration = json::object())
        : route(gateway.makeApi(std::move(api)))
    {
        gateway.addMethod(route.apiId, route.rootId, "GET", streamed(std::move(integration)));
        gateway.deploy(route.apiId, "prod");
        gateway.caller.onCall = [this](const FakeCaller::Asked&) {
            auto reply = aws::Reply::bytes({}, "application/vnd.amazon.eventstream");
            reply.source = feed;
            reply.sourceLength = http::kUnknownLength;
            return reply;
        };
    }

    http::Response get() { return gateway.get(route.apiId, "/prod"); }
};

}

// Answers of REST APIs that go on while functions and endpoints still write them.
class TstStreamedAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answer_beginsBeforeItEnds()
    {
        StreamRoom room;
        room.feed->push(chunk(R"({"statusCode":201,"headers":{"X-Story":"long"},"cookies":["a=1","b=2"]})"));
        room.feed->push(chunk(kZeros + "Once"));
        auto response = room.get();
        QCOMPARE(response.status, 201);
        QCOMPARE(std::string(response.headers.get("X-Story")), std::string("long"));
        QCOMPARE(response.headers.joined("Set-Cookie"), std::string("a=1, b=2"));
        QVERIFY(response.source);
        QCOMPARE(response.sourceLength, http::kUnknownLength);
        int woken = 0;
        response.source->onReady([&] { ++woken; });
        QCOMPARE(said(*response.source), std::string("Once"));
        QCOMPARE(said(*response.source), std::string("(nothing yet)"));
        room.feed->push(chunk(" upon") + chunk(" a time") + complete());
        QCOMPARE(woken, 1);
        QCOMPARE(said(*response.source), std::string(" upon a time"));
        QCOMPARE(said(*response.source), std::string("(end)"));
        const auto asked = room.gateway.caller.last();
        QCOMPARE(asked.what, std::string("lambda InvokeWithResponseStream"));
        QCOMPARE(asked.input.at("FunctionName").get<std::string>(),
            std::string("arn:aws:lambda:us-east-1:000000000000:function:story"));
        QCOMPARE(
            asked.input.at("InvokingService").get<std::string>(), std::string("apigateway.amazonaws.com"));
        QCOMPARE(json::parse(asked.payload).at("httpMethod").get<std::string>(), std::string("GET"));
    }

    void whatIsNoProxyStream_is502_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("a buffered answer", chunk(R"({"statusCode":200,"body":"x"})") + complete());
        row("a head that is no JSON", chunk("<html>" + kZeros) + complete());
        row("a member AWS does not know",
            chunk(R"({"statusCode":200,"colour":"red"})" + kZeros) + complete());
        row("cookies that are none", chunk(R"({"cookies":"a=1"})" + kZeros) + complete());
        row("zeros too late", chunk(std::string(17 * 1024, ' ')));
        row("a function that failed", complete({{"ErrorCode", "Unhandled"}, {"ErrorDetails", "boom"}}));
        row("no event stream", std::string(64, '\xff'));
    }

    void whatIsNoProxyStream_is502()
    {
        QFETCH(QByteArray, bytes);
        StreamRoom room;
        room.feed->push(bytes.toStdString());
        const auto response = room.get();
        QCOMPARE(response.status, 502);
        QCOMPARE(response.body, std::string(R"({"message": "Internal server error"})"));
        QVERIFY(!response.source);
    }

    void lateHead_is504()
    {
        StreamRoom room(json::object(), {{"timeoutInMillis", 50}});
        QCOMPARE(room.get().status, 504);
    }

    void failureMidway_breaksTheBodyOff()
    {
        StreamRoom room;
        room.feed->push(chunk("{}" + kZeros + "half"));
        const auto response = room.get();
        QCOMPARE(said(*response.source), std::string("half"));
        room.feed->push(
            chunk(" done") + complete({{"ErrorCode", "Runtime.ExitError"}, {"ErrorDetails", "gone"}}));
        QCOMPARE(said(*response.source), std::string(" done"));
        QCOMPARE(said(*response.source), std::string("(Runtime.ExitError)"));
    }

    void silentStream_isBrokenOff_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("seconds");
        QTest::newRow("regional") << "REGIONAL" << 300;
        QTest::newRow("edge") << "EDGE" << 30;
    }

    void silentStream_isBrokenOff()
    {
        QFETCH(QString, type);
        QFETCH(int, seconds);
        StreamRoom room(
            {{"endpointConfiguration", {{"types", {type.toStdString()}}}}}, {{"timeoutInMillis", 900'000}});
        room.feed->push(chunk("{}" + kZeros));
        const auto response = room.get();
        std::atomic<int> woken = 0;
        response.source->onReady([&] { ++woken; });
        room.gateway.clock.advance((seconds - 1) * kSecond);
        QCOMPARE(said(*response.source), std::string("(nothing yet)"));
        room.feed->push(chunk("still here"));
        QCOMPARE(said(*response.source), std::string("still here"));
        QCOMPARE(said(*response.source), std::string("(nothing yet)"));
        const int before = woken;
        room.gateway.clock.advance(seconds * kSecond);
        QTRY_VERIFY(woken > before);
        QCOMPARE(said(*response.source), std::string("(Timeout)"));
        response.source->onReady(nullptr);
    }

    void longStream_endsAtItsTimeout()
    {
        StreamRoom room(json::object(), {{"timeoutInMillis", 60'000}});
        room.feed->push(chunk("{}" + kZeros));
        const auto response = room.get();
        for (int i = 0; i < 3; ++i) {
            room.gateway.clock.advance(20 * kSecond - 1);
            room.feed->push(chunk("."));
            QCOMPARE(said(*response.source), std::string("."));
        }
        room.gateway.clock.advance(kSecond);
        QCOMPARE(said(*response.source), std::string("(Timeout)"));
    }

    void streamedBody_isNotPacked()
    {
        StreamRoom room(json{{"minimumCompressionSize", 0}});
        room.feed->push(chunk("{}" + kZeros + "plain"));
        http::Request request;
        request.target = "/prod";
        request.headers.add("Host", room.route.apiId + ".execute-api.localhost:4566");
        request.headers.add("Accept-Encoding", "gzip");
        const auto response = room.gateway.send(std::move(request));
        QCOMPARE(std::string(response.headers.get("Content-Encoding")), std::string());
        QCOMPARE(said(*response.source), std::string("plain"));
    }

    void streamedBody_isNotCached()
    {
        StreamRoom room;
        room.gateway.expect("UpdateStage",
            {{"restApiId", room.route.apiId}, {"stageName", "prod"},
                {"patchOperations",
                    {{{"op", "replace"}, {"path", "/cacheClusterEnabled"}, {"value", "true"}},
                        {{"op", "replace"}, {"path", "/*/*/caching/enabled"}, {"value", "true"}}}}});
        for (int i = 0; i < 2; ++i) {
            room.feed->push(chunk("{}" + kZeros + "x") + complete());
            QCOMPARE(room.get().status, 200);
        }
        QCOMPARE(room.gateway.caller.count(), 2);
    }

    void test_showsTheWholeBody()
    {
        StreamRoom room;
        room.feed->push(chunk("{\"statusCode\":202}" + kZeros + "whole ") + chunk("body") + complete());
        const auto shown = room.gateway.expect("TestInvokeMethod",
            {{"restApiId", room.route.apiId}, {"resourceId", room.route.rootId}, {"httpMethod", "GET"}});
        QCOMPARE(shown.at("status").get<int>(), 202);
        QCOMPARE(shown.at("body").get<std::string>(), std::string("whole body"));
    }

    void endpointsBody_passesAsItComes()
    {
        ApiFixture gateway;
        const auto route = gateway.makeApi();
        gateway.addMethod(route.apiId, route.rootId, "GET",
            {{"type", "HTTP_PROXY"}, {"integrationHttpMethod", "GET"}, {"uri", "http://example.com/"},
                {"responseTransferMode", "STREAM"}});
        gateway.deploy(route.apiId, "prod");
        const auto feed = std::make_shared<Feed>();
        gateway.caller.onFetch = [&](const FakeCaller::Asked&) {
            http::Response response;
            response.source = feed;
            response.sourceLength = http::kUnknownLength;
            return response;
        };
        const auto response = gateway.get(route.apiId, "/prod");
        QCOMPARE(response.status, 200);
        QVERIFY(response.source == feed);
        gateway.caller.onFetch = [&](const FakeCaller::Asked&) {
            http::Response long11;
            long11.body = std::string(11 * 1024 * 1024, 'x');
            return long11;
        };
        QCOMPARE(gateway.get(route.apiId, "/prod").body.size(), std::size_t(11 * 1024 * 1024));
    }

    void events_areReadByteByByte()
    {
        const auto bytes = chunk("one") + complete();
        EventStreamReader reader;
        QStringList read;
        for (const char byte : bytes) {
            reader.put({&byte, 1});
            const auto event = reader.next();
            QVERIFY(event);
            if (*event)
                read << QString::fromStdString((*event)->type + " " + (*event)->payload);
        }
        QCOMPARE(read, (QStringList{"PayloadChunk one", "InvokeComplete {}"}));
    }
};

CHAMBER_SUITE(TstStreamedAnswers, "tst_streamed_answers")
#include "tst_streamed_answers.moc"
