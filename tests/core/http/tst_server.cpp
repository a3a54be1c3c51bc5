#include "core/http/server.h"
#include "tests/core/http/wire.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <fcntl.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <set>
#include <thread>

using namespace core;
using namespace core::http;
using namespace tests;

namespace {

constexpr const char* kHost = "127.0.0.1";
constexpr std::uint64_t kLength = 64 * 1024 * 1024;

// Bytes that depend on their place, made on the way, so that none of them is kept and any that is lost shows.
class Pattern : public BodySource {
public:
    explicit Pattern(std::uint64_t length)
        : m_left(length)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_left));
        for (std::size_t i = 0; i < count; ++i)
            into[i] = at(m_place++);
        m_left -= count;
        return count;
    }
    std::uint64_t given() const { return m_place; }
    static char at(std::uint64_t place) { return static_cast<char>((place * 2654435761U) >> 13); }

private:
    std::atomic<std::uint64_t> m_place = 0;
    std::uint64_t m_left;
};

class Breaking : public BodySource {
public:
    Result<std::size_t> read(std::span<char> into) override
    {
        if (std::exchange(m_read, true))
            return fail(ErrorKind::Io, "Broken", "the file went away");
        into[0] = 'x';
        return std::size_t(1);
    }

private:
    bool m_read = false;
};

class CountingSink : public BodySink {
public:
    explicit CountingSink(std::uint64_t limit = UINT64_MAX)
        : m_limit(limit)
    {
    }
    Result<> write(std::string_view bytes) override
    {
        for (const char c : bytes)
            wrong += c != Pattern::at(total++);
        largest = std::max(largest, bytes.size());
        if (total > m_limit)
            return fail(ErrorKind::Invalid, "Bad", "That is no body for me");
        return {};
    }
    std::uint64_t total = 0;
    std::uint64_t wrong = 0;
    std::size_t largest = 0;

private:
    std::uint64_t m_limit;
};

std::string patternBytes(std::uint64_t from, std::size_t count)
{
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = Pattern::at(from + i);
    return bytes;
}

// Says what it got: "METHOD target|body".
void echo(Request request, Responder responder)
{
    responder.send(textResponse(request.method + " " + request.target + "|" + request.body));
}

}

class TstServer : public QObject {
    Q_OBJECT

    // A server of two threads with one handler on a free port.
    struct Served {
        explicit Served(
            LambdaHandler::Handle handle, LambdaHandler::Plan plan = {}, ServerOptions options = {})
            : handler(std::move(handle), std::move(plan))
            , server(options)
            , listener(*server.listen(kHost, 0, handler))
        {
        }
        std::uint16_t port() const { return listener->port(); }
        LambdaHandler handler;
        Server server;
        std::unique_ptr<Listener> listener;
    };

private Q_SLOTS:
    void oneConnection_servesManyRequests()
    {
        Served served(echo);
        Wire wire(served.port());
        for (int i = 0; i < 50; ++i) {
            const auto target = "/n" + std::to_string(i);
            QVERIFY(wire.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"));
            const auto answer = wire.receive();
            QCOMPARE(answer.status(), 200);
            QCOMPARE(answer.body, "GET " + target + "|");
        }
        QCOMPARE(wire.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), true);
        const auto last = wire.receive();
        QCOMPARE(last.field("connection"), std::string("close"));
        QVERIFY(last.field("date").ends_with("GMT"));
        QVERIFY(wire.closedByPeer());
    }

    void http10_closesUnlessAskedToStay()
    {
        Served served(echo);
        Wire closing(served.port());
        closing.send("GET /a HTTP/1.0\r\n\r\n");
        QCOMPARE(closing.receive().body, std::string("GET /a|"));
        QVERIFY(closing.closedByPeer());
        Wire staying(served.port());
        staying.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        QCOMPARE(staying.receive().field("connection"), std::string("keep-alive"));
        staying.send("GET /b HTTP/1.0\r\n\r\n");
        QCOMPARE(staying.receive().body, std::string("GET /b|"));
    }

    void pipelinedRequests_areAnsweredInOrder()
    {
        Served served(echo);
        Wire wire(served.port());
        std::string requests;
        for (int i = 0; i < 500; ++i)
            requests +=
                "POST /n" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
        QVERIFY(wire.send(requests));
        for (int i = 0; i < 500; ++i)
            QCOMPARE(wire.receive().body, "POST /n" + std::to_string(i) + "|abc");
    }

    void answersGivenBackwards_leaveInOrder()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        Wire wire(served.port());
        for (int i = 0; i < 20; ++i)
            wire.send("GET /n" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        QTRY_COMPARE(waiting.count(), std::size_t(20));
        auto responders = waiting.take();
        for (std::size_t i = responders.size(); i-- > 0;)
            responders[i].send(textResponse(std::to_string(i)));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(wire.receive().body, std::to_string(i));
    }

    void unansweredPipelinedRequests_areBounded()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        Wire wire(served.port());
        std::string requests;
        for (int i = 0; i < 200; ++i)
            requests += "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        QVERIFY(wire.send(requests));
        QTRY_COMPARE(waiting.count(), std::size_t(32));
        std::size_t answered = 0;
        while (answered < 200) {
            QTRY_VERIFY(waiting.count() > 0);
            auto responders = waiting.take();
            QVERIFY(responders.size() <= 32);
            for (auto& responder : responders)
                responder.send(textResponse(std::to_string(answered++)));
        }
        for (int i = 0; i < 200; ++i)
            QCOMPARE(wire.receive().body, std::to_string(i));
    }

    void requestInSingleBytes_isUnderstood()
    {
        Served served(echo);
        Wire wire(served.port());
        const std::string_view request =
            "POST /split HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
        for (const char c : request)
            QVERIFY(wire.send({&c, 1}));
        QCOMPARE(wire.receive().body, std::string("POST /split|abc0123456789"));
    }

    void fieldsBehindAChunkedBody_areTrailers()
    {
        Served served([](Request request, Responder responder) {
            responder.send(textResponse(std::string(request.trailers.get("X-Late")) + "|"
                + std::string(request.headers.get("X-Late")) + "|" + request.body));
        });
        Wire wire(served.port());
        QVERIFY(wire.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "3\r\nabc\r\n0\r\nX-Late: yes\r\n\r\n"));
        QCOMPARE(wire.receive().body, std::string("yes||abc"));
    }

    void chunkedBody_isJoinedAndTheNextRequestFound()
    {
        Served served(echo);
        Wire wire(served.port());
        std::string request = "PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        std::string body;
        for (int i = 0; i < 300; ++i) {
            const std::string piece(256, static_cast<char>('a' + i % 26));
            request += "100\r\n" + piece + "\r\n";
            body += piece;
        }
        wire.send(request + "0\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().body, "PUT /c|" + body);
        QCOMPARE(wire.receive().body, std::string("GET /next|"));
    }

    void expectation_isMetBeforeTheBody()
    {
        Served served(echo);
        Wire wire(served.port());
        wire.send("PUT /e HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(wire.receive().status(), 100);
        wire.send("body");
        QCOMPARE(wire.receive().body, std::string("PUT /e|body"));
        wire.send("PUT /e HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: miracles\r\n\r\n");
        QCOMPARE(wire.receive().status(), 417);
    }

    void tooLongABody_isRefusedBeforeItIsSent()
    {
        std::atomic<int> handled = 0;
        Served served([&](Request, Responder) { ++handled; },
            [](const Request&) { return BodyPlan{.maxBytes = 10, .sink = {}}; });
        Wire announced(served.port());
        announced.send("PUT /e HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
        const auto answer = announced.receive();
        QCOMPARE(answer.status(), 413);
        QCOMPARE(answer.field("connection"), std::string("close"));
        Wire chunked(served.port());
        chunked.send(
            "PUT /e HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n3\r\n123\r\n");
        QCOMPARE(chunked.receive().status(), 413);
        QVERIFY(chunked.closedByPeer());
        QCOMPARE(handled, 0);
    }

    void malformedRequests_areRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        using Bytes = QByteArray;
        QTest::newRow("noise") << Bytes("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") << 400;
        QTest::newRow("no target") << Bytes("GET HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("version") << Bytes("GET / HTTP/2.0\r\nHost: h\r\n\r\n") << 505;
        QTest::newRow("field") << Bytes("GET / HTTP/1.1\r\nHo st: h\r\n\r\n") << 400;
        QTest::newRow("no host") << Bytes("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("two hosts") << Bytes("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") << 400;
        QTest::newRow("length") << Bytes("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n") << 400;
        QTest::newRow("lengths") << Bytes(
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                                 << 400;
        QTest::newRow("both lengths")
            << Bytes("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
            << 400;
        QTest::newRow("coding") << Bytes("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n")
                                << 501;
        QTest::newRow("chunk") << Bytes(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                               << 400;
        QTest::newRow("long head") << "GET / HTTP/1.1\r\nHost: h\r\nX: " + Bytes(70'000, 'x') + "\r\n\r\n"
                                   << 431;
        Bytes many = "GET / HTTP/1.1\r\nHost: h\r\n";
        for (int i = 0; i < 5'000; ++i)
            many += "X-Many: 0123456789\r\n";
        QTest::newRow("many fields") << many + "\r\n" << 431;
        QTest::newRow("long chunk line")
            << "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" + Bytes(200'000, 'x')
            << 400;
    }

    void malformedRequests_areRefused()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        Served served(echo);
        Wire wire(served.port());
        wire.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n");
        QVERIFY(wire.send(request.toStdString()));
        QCOMPARE(wire.receive().body, std::string("GET /good|"));
        const auto answer = wire.receive();
        QCOMPARE(answer.status(), status);
        QCOMPARE(answer.field("connection"), std::string("close"));
        QVERIFY(wire.closedByPeer());
        Wire next(served.port());
        next.send("GET /alive HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(next.receive().body, std::string("GET /alive|"));
    }

    void head_hasTheLengthButNoBody()
    {
        Served served([](Request request, Responder responder) {
            auto response = textResponse("12345");
            if (request.target == "/given") {
                response.body.clear();
                response.headers.add("Content-Length", "77");
            }
            if (request.target == "/source") {
                response.source = std::make_shared<Pattern>(1000);
                response.sourceLength = 1000;
            }
            responder.send(std::move(response));
        });
        Wire wire(served.port());
        const std::pair<std::string, std::string> cases[] = {
            {"/body", "5"}, {"/given", "77"}, {"/source", "1000"}};
        for (const auto& [target, length] : cases) {
            wire.send("HEAD " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
            QCOMPARE(wire.receive(true).field("content-length"), length);
        }
        wire.send("GET /given HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().field("content-length"), std::string("0"));
    }

    void bodylessStatuses_haveNeitherBodyNorLength()
    {
        Served served([](Request request, Responder responder) {
            responder.send(textResponse("not to be sent", request.target == "/204" ? 204 : 304));
        });
        Wire wire(served.port());
        wire.send("GET /204 HTTP/1.1\r\nHost: h\r\n\r\nGET /304 HTTP/1.1\r\nHost: h\r\n\r\n");
        const auto first = wire.receive(true);
        QCOMPARE(first.status(), 204);
        QCOMPARE(first.field("content-length"), std::string());
        QCOMPARE(wire.receive(true).status(), 304);
    }

    void fieldsOfAHandler_cannotBreakOut()
    {
        Served served([](Request, Responder responder) {
            auto response = textResponse("ok");
            response.headers.add("X-Evil", "a\r\nSet-Cookie: b");
            response.headers.add("X Bad", "c");
            response.headers.add("Content-Length", "999");
            response.headers.add("Transfer-Encoding", "chunked");
            response.headers.add("Date", "Thu, 01 Jan 1970 00:00:00 GMT");
            responder.send(std::move(response));
        });
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        const auto answer = wire.receive();
        QCOMPARE(answer.body, std::string("ok"));
        QCOMPARE(answer.field("set-cookie"), std::string());
        QCOMPARE(answer.field("x-evil"), std::string("a  Set-Cookie: b"));
        QCOMPARE(answer.field("transfer-encoding"), std::string());
        QCOMPARE(answer.field("date"), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
        QVERIFY(answer.head.find("X Bad") == std::string::npos);
    }

    void longSource_waitsForItsReader()
    {
        std::shared_ptr<Pattern> sources[2] = {
            std::make_shared<Pattern>(kLength), std::make_shared<Pattern>(kLength)};
        std::atomic<int> next = 0;
        Served served([&](Request, Responder responder) {
            auto response = textResponse({});
            response.source = sources[next++];
            response.sourceLength = kLength;
            responder.send(std::move(response));
        });
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
        std::uint64_t furthestAhead = 0;
        for (const auto& source : sources) {
            QCOMPARE(wire.receive(true).field("content-length"), std::to_string(kLength));
            std::uint64_t wrong = 0;
            for (std::uint64_t place = 0; place < kLength; place += 65536) {
                wrong += wire.receiveBytes(65536) != patternBytes(place, 65536);
                furthestAhead = std::max(furthestAhead, source->given() - std::min(source->given(), place));
            }
            QCOMPARE(wrong, std::uint64_t(0));
        }
        // What the kernel buffers for a loopback connection, and a piece.
        QVERIFY2(furthestAhead < kLength / 4, std::to_string(furthestAhead).c_str());
    }

    void failingSource_endsTheConnection()
    {
        Served served([](Request, Responder responder) {
            auto response = textResponse({});
            response.source = std::make_shared<Breaking>();
            response.sourceLength = 100;
            responder.send(std::move(response));
        });
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive(true).field("content-length"), std::string("100"));
        QVERIFY(wire.receiveBytes(100).size() < 100);
        QVERIFY(wire.closedByPeer());
    }

    void sink_takesTheBodyPieceByPiece()
    {
        const auto sink = std::make_shared<CountingSink>();
        Served served(
            [&](Request request, Responder responder) {
                responder.send(textResponse(request.sink == sink && request.body.empty() ? "sink" : "body"));
            },
            [&](const Request&) { return BodyPlan{.maxBytes = UINT64_MAX, .sink = sink}; });
        Wire wire(served.port());
        wire.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(kLength) + "\r\n\r\n");
        for (std::uint64_t place = 0; place < kLength; place += 65536)
            QVERIFY(wire.send(patternBytes(place, 65536)));
        QCOMPARE(wire.receive().body, std::string("sink"));
        QCOMPARE(sink->total, kLength);
        QCOMPARE(sink->wrong, std::uint64_t(0));
        QVERIFY2(sink->largest <= 256 * 1024, std::to_string(sink->largest).c_str());
    }

    void emptyBody_stillHasItsSink()
    {
        const auto sink = std::make_shared<CountingSink>();
        Served served([&](Request request,
                          Responder responder) { responder.send(textResponse(request.sink ? "sink" : "")); },
            [&](const Request&) { return BodyPlan{.maxBytes = 1, .sink = sink}; });
        Wire wire(served.port());
        wire.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(wire.receive().body, std::string("sink"));
    }

    void refusingSink_isAnsweredAndClosed()
    {
        std::atomic<int> handled = 0;
        Served served([&](Request, Responder) { ++handled; },
            [](const Request&) {
                return BodyPlan{.maxBytes = UINT64_MAX, .sink = std::make_shared<CountingSink>(1000)};
            });
        Wire wire(served.port());
        wire.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n" + std::string(2000, 'x'));
        const auto answer = wire.receive();
        QCOMPARE(answer.status(), 400);
        QCOMPARE(answer.body, std::string("That is no body for me\n"));
        QVERIFY(wire.closedByPeer());
        QCOMPARE(handled, 0);
    }

    void portInUse_isAConflictThatNamesIt()
    {
        Served served(echo);
        Server other;
        const auto second = other.listen(kHost, served.port(), served.handler);
        QVERIFY(!second);
        QCOMPARE(second.error().kind, ErrorKind::Conflict);
        QCOMPARE(second.error().message, "port " + std::to_string(served.port()) + " on 127.0.0.1 is in use");
        const auto third = served.server.listen(kHost, served.port(), served.handler);
        QVERIFY(!third);
    }

    void closedPort_canBeOpenedAgain()
    {
        Served served(echo);
        const auto port = served.port();
        {
            Wire wire(port);
            wire.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            QCOMPARE(wire.receive().status(), 200);
            served.listener->close();
            QVERIFY(wire.closedByPeer());
        }
        const auto again = served.server.listen(kHost, port, served.handler);
        QVERIFY(again.has_value());
        Wire wire(port);
        wire.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().body, std::string("GET /b|"));
    }

    void badHost_isInvalid()
    {
        LambdaHandler handler(echo);
        Server server;
        QCOMPARE(server.listen("no such host", 0, handler).error().kind, ErrorKind::Invalid);
        QCOMPARE(server.listen("203.0.113.7", 0, handler).error().kind, ErrorKind::Invalid);
    }

    void closeDuringAWaitingRequest_endsIt()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        Wire wire(served.port());
        wire.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
        QTRY_COMPARE(waiting.count(), std::size_t(1));
        served.listener->close();
        QVERIFY(wire.closedByPeer());
        auto responders = waiting.take();
        QVERIFY(responders[0].clientGone());
        responders[0].send(textResponse("too late"));
    }

    void closeFromAHandler_doesNotBlock()
    {
        Server server;
        std::unique_ptr<Listener> listener;
        std::promise<void> closed;
        LambdaHandler handler([&](Request, Responder responder) {
            listener->close();
            responder.send(textResponse("gone"));
            closed.set_value();
        });
        listener = *server.listen(kHost, 0, handler);
        Wire wire(listener->port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(closed.get_future().wait_for(std::chrono::milliseconds(tests::kPatience)),
            std::future_status::ready);
        QVERIFY(wire.closedByPeer());
    }

    void handlersThatCloseEachOther_bothGetOn()
    {
        Server server;
        std::unique_ptr<Listener> listeners[2];
        std::atomic<int> inside = 0;
        std::promise<void> done[2];
        const auto closeOther = [&](int self) {
            return [&, self](Request, Responder) {
                ++inside;
                while (inside < 2)
                    std::this_thread::yield();
                listeners[1 - self]->close();
                done[self].set_value();
            };
        };
        LambdaHandler first(closeOther(0));
        LambdaHandler second(closeOther(1));
        listeners[0] = *server.listen(kHost, 0, first, 1);
        listeners[1] = *server.listen(kHost, 0, second, 1);
        Wire one(listeners[0]->port());
        Wire two(listeners[1]->port());
        one.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        two.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(done[0].get_future().wait_for(std::chrono::milliseconds(tests::kPatience)),
            std::future_status::ready);
        QCOMPARE(done[1].get_future().wait_for(std::chrono::milliseconds(tests::kPatience)),
            std::future_status::ready);
    }

    void afterClose_noHandlerRuns()
    {
        for (int round = 0; round < 20; ++round) {
            std::atomic<bool> closed = false;
            std::atomic<int> late = 0;
            Served served([&](Request request, Responder responder) {
                late += closed ? 1 : 0;
                echo(std::move(request), std::move(responder));
            });
            std::jthread client([port = served.port()] {
                Wire wire(port);
                while (wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") && wire.receive().status() == 200) { }
            });
            Wire wire(served.port());
            wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            QCOMPARE(wire.receive().status(), 200);
            served.listener->close();
            closed = true;
            client.join();
            QCOMPARE(late, 0);
        }
    }

    void listenerOnOneThread_staysOnIt()
    {
        Server server({.threads = 4});
        std::mutex mutex;
        std::set<std::thread::id> threads;
        LambdaHandler handler([&](Request request, Responder responder) {
            {
                std::lock_guard guard(mutex);
                threads.insert(std::this_thread::get_id());
            }
            echo(std::move(request), std::move(responder));
        });
        const auto listener = server.listen(kHost, 0, handler, 1);
        for (int i = 0; i < 30; ++i) {
            Wire wire((*listener)->port());
            wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            QCOMPARE(wire.receive().status(), 200);
        }
        QCOMPARE(threads.size(), std::size_t(1));
    }

    void answersFromManyThreads_allArrive()
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<std::pair<Request, Responder>> queue;
        bool stop = false;
        Served served([&](Request request, Responder responder) {
            std::lock_guard guard(mutex);
            queue.emplace_back(std::move(request), std::move(responder));
            changed.notify_one();
        });
        const auto work = [&] {
            std::unique_lock lock(mutex);
            for (;;) {
                changed.wait(lock, [&] { return stop || !queue.empty(); });
                if (queue.empty())
                    return;
                auto [request, responder] = std::move(queue.front());
                queue.pop_front();
                lock.unlock();
                echo(std::move(request), std::move(responder));
                lock.lock();
            }
        };
        std::vector<std::jthread> workers;
        for (int i = 0; i < 3; ++i)
            workers.emplace_back(work);
        std::vector<std::jthread> clients;
        std::atomic<int> right = 0;
        for (int c = 0; c < 8; ++c) {
            clients.emplace_back([&, c] {
                Wire wire(served.port());
                for (int i = 0; i < 300; ++i) {
                    const auto target = "/" + std::to_string(c) + "/" + std::to_string(i);
                    wire.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
                    right += wire.receive().body == "GET " + target + "|";
                }
            });
        }
        clients.clear();
        {
            std::lock_guard guard(mutex);
            stop = true;
        }
        changed.notify_all();
        workers.clear();
        QCOMPARE(right, 2400);
    }

    void answerAfterTheServer_isDropped()
    {
        Waiting waiting;
        {
            Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
            Wire wire(served.port());
            wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            QTRY_COMPARE(waiting.count(), std::size_t(1));
        }
        auto responders = waiting.take();
        QVERIFY(responders[0].clientGone());
        responders[0].send(textResponse("late"));
    }

    void forgottenResponder_answers500()
    {
        Served served([](Request, Responder) {});
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().status(), 500);
    }

    void throwingHandler_answers500AndServesOn()
    {
        Served served([](Request request, Responder responder) {
            if (request.target == "/throw")
                throw std::runtime_error("a bug");
            echo(std::move(request), std::move(responder));
        });
        Wire wire(served.port());
        wire.send("GET /throw HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().status(), 500);
        QCOMPARE(wire.receive().body, std::string("GET /b|"));
    }

    void leavingClient_isNoticed()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        {
            Wire wire(served.port());
            wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            QTRY_COMPARE(waiting.count(), std::size_t(1));
        }
        auto responders = waiting.take();
        QTRY_VERIFY(responders[0].clientGone());
        responders[0].send(textResponse(std::string(1'000'000, 'x')));
    }

    void clientThatOnlyStopsSending_getsItsAnswer()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        wire.endSending();
        QTRY_COMPARE(waiting.count(), std::size_t(1));
        waiting.take()[0].send(textResponse("still here"));
        QCOMPARE(wire.receive().body, std::string("still here"));
        QVERIFY(wire.closedByPeer());
    }

    void slowRequest_timesOutButAWaitingOneDoesNot()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); }, {},
            {.threads = 1, .idleSeconds = 1, .requestSeconds = 1});
        Wire polling(served.port());
        polling.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
        QTRY_COMPARE(waiting.count(), std::size_t(1));
        Wire idle(served.port());
        Wire slow(served.port());
        slow.send("GET / HTT");
        Wire slowBody(served.port());
        slowBody.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
        QCOMPARE(slow.receive().status(), 408);
        QCOMPARE(slowBody.receive().status(), 408);
        QVERIFY(idle.closedByPeer());
        waiting.take()[0].send(textResponse("at last"));
        QCOMPARE(polling.receive().body, std::string("at last"));
    }

    void sockets_areNotInheritedByPrograms()
    {
        const auto descriptors = [] {
            std::set<int> open;
            for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
                open.insert(std::stoi(entry.path().filename()));
            return open;
        };
        // Whoever started this program may have left it some.
        const auto before = descriptors();
        Served served(echo);
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(wire.receive().status(), 200);
        int sockets = 0;
        for (const int descriptor : descriptors()) {
            const auto path = "/proc/self/fd/" + std::to_string(descriptor);
            std::error_code gone;
            const auto target = std::filesystem::read_symlink(path, gone).string();
            if (before.contains(descriptor) || !target.starts_with("socket:"))
                continue;
            ++sockets;
            QVERIFY2(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC, path.c_str());
        }
        QVERIFY(sockets >= 3); // the listener's and both ends of the connection
    }

    void upgradeFields_reachTheHandler()
    {
        Served served([](Request request, Responder responder) {
            responder.send(textResponse(std::string(request.headers.get("upgrade")) + "/"
                + std::string(request.headers.get("connection")) + "/" + request.remoteAddress));
        });
        Wire wire(served.port());
        wire.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        QCOMPARE(wire.receive().body, std::string("websocket/Upgrade/127.0.0.1"));
    }
};

CHAMBER_SUITE(TstServer, "tst_server")
#include "tst_server.moc"
