#include "core/base/clock.h"
#include "core/http/client.h"
#include "core/http/server.h"
#include "tests/core/http/raw_server.h"
#include "tests/core/http/tls_identity.h"
#include "tests/core/http/wire.h"
#include "tests/support/suites.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <set>

using namespace core;
using namespace core::http;
using namespace tests;

namespace {

void describe(Request request, Responder responder)
{
    auto response = textResponse(request.method + " " + request.target + "|"
        + std::string(request.headers.get("host")) + "|" + std::to_string(request.body.size()));
    response.headers.add("X-Port", std::to_string(request.remotePort));
    responder.send(std::move(response));
}

Url urlOf(std::uint16_t port, std::string host = "127.0.0.1")
{
    return {.scheme = "http", .host = std::move(host), .port = port, .target = "/"};
}

Request requestOf(std::string method, std::string target, std::string body = {})
{
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    return request;
}

}

class TstClient : public QObject {
    Q_OBJECT

    struct Served {
        explicit Served(LambdaHandler::Handle handle)
            : handler(std::move(handle))
            , listener(*server.listen("127.0.0.1", 0, handler))
        {
        }
        std::uint16_t port() const { return listener->port(); }
        LambdaHandler handler;
        Server server;
        std::unique_ptr<Listener> listener;
    };

    // Signed by themselves; the first is among the authorities of this process.
    TlsIdentity m_trusted{"localhost"};
    TlsIdentity m_stranger{"localhost"};
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN); // OpenSSL on a plain socket raises it when the client hangs up
        QFile file(m_folder.filePath("authorities.pem"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(m_trusted.pem()));
        file.close();
        qputenv("SSL_CERT_FILE", file.fileName().toLocal8Bit());
    }

    void trustedServer_isAskedOverTls()
    {
        RawServer raw([this](RawServer::Peer& peer) { m_trusted.serve(peer); });
        auto url = urlOf(raw.port(), "localhost");
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"));
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->body, std::string("secure"));
    }

    void serverOfAnotherName_isTlsFailed()
    {
        RawServer raw([this](RawServer::Peer& peer) { m_trusted.serve(peer); });
        auto url = urlOf(raw.port(), "127.0.0.1");
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("TlsFailed"));
    }

    void serverThatNobodyVouchesFor_isTlsFailed()
    {
        RawServer raw([this](RawServer::Peer& peer) { m_stranger.serve(peer); });
        auto url = urlOf(raw.port(), "localhost");
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("TlsFailed"));
        QVERIFY2(
            answer.error().message.find("self-signed") != std::string::npos, answer.error().message.c_str());
    }

    void strangersCertificate_isTakenWhereAnyAuthorityWillDo()
    {
        RawServer raw([this](RawServer::Peer& peer) { m_stranger.serve(peer); });
        auto url = urlOf(raw.port(), "localhost");
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"), {.trustsAnyAuthority = true});
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->body, std::string("secure"));
        url.host = "127.0.0.1";
        const auto misnamed = send(url, requestOf("GET", "/"), {.trustsAnyAuthority = true});
        QVERIFY(!misnamed);
        QCOMPARE(misnamed.error().code, std::string("TlsFailed"));
    }

    void request_isSentAndAnswered()
    {
        Served served(describe);
        const auto host = "127.0.0.1:" + std::to_string(served.port());
        const auto got = send(urlOf(served.port()), requestOf("GET", "/a?b=c"));
        QVERIFY2(got.has_value(), got ? "" : got.error().message.c_str());
        QCOMPARE(got->status, 200);
        QCOMPARE(got->body, "GET /a?b=c|" + host + "|0");
        QCOMPARE(got->headers.get("content-type"), std::string_view("text/plain"));
        const auto put = send(urlOf(served.port()), requestOf("PUT", "/", std::string(3'000'000, 'x')));
        QCOMPARE(put->body, "PUT /|" + host + "|3000000");
        auto named = requestOf("GET", "/");
        named.headers.set("Host", "other.example");
        QCOMPARE(send(urlOf(served.port()), named)->body, std::string("GET /|other.example|0"));
    }

    void loopbackConnections_areReused()
    {
        Served served(describe);
        std::set<std::string> ports;
        for (int i = 0; i < 20; ++i)
            ports.insert(
                std::string(send(urlOf(served.port()), requestOf("GET", "/"))->headers.get("x-port")));
        QCOMPARE(ports.size(), std::size_t(1));
    }

    void connectionThatWentStale_isReplaced()
    {
        LambdaHandler handler(describe);
        Server server;
        auto first = *server.listen("127.0.0.1", 0, handler);
        const auto port = first->port();
        QVERIFY(send(urlOf(port), requestOf("GET", "/")).has_value());
        first->close();
        const auto second = server.listen("127.0.0.1", port, handler);
        QVERIFY(second.has_value());
        QVERIFY(send(urlOf(port), requestOf("GET", "/")).has_value());
    }

    void connectionClosedInAnswerToTheSecondRequest_isRetriedOnce()
    {
        // Answers one request a connection and closes when the next one comes, as a server does whose idle
        // time ends just then.
        RawServer raw([](RawServer::Peer& peer) {
            peer.receiveHead();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            peer.receiveHead();
        });
        QCOMPARE(send(urlOf(raw.port()), requestOf("GET", "/"))->body, std::string("ok"));
        QCOMPARE(send(urlOf(raw.port()), requestOf("POST", "/", "x"))->body, std::string("ok"));
        QCOMPARE(raw.accepted(), 2);
    }

    void namesBelowLocalhost_areLoopback()
    {
        Served served(describe);
        const auto answer = send(urlOf(served.port(), "abc.execute-api.localhost"), requestOf("GET", "/"));
        QVERIFY(answer.has_value());
        QCOMPARE(answer->body, "GET /|abc.execute-api.localhost:" + std::to_string(served.port()) + "|0");
        QVERIFY(send(urlOf(served.port(), "localhost"), requestOf("GET", "/")).has_value());
    }

    void headAnswer_hasNoBody()
    {
        Served served(describe);
        const auto answer = send(urlOf(served.port()), requestOf("HEAD", "/"));
        QVERIFY(answer.has_value());
        QVERIFY(answer->body.empty());
        QVERIFY(answer->headers.get("content-length") != "0");
        QVERIFY(send(urlOf(served.port()), requestOf("GET", "/")).has_value());
    }

    void answersOfEachForm_areRead_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        using Bytes = QByteArray;
        QTest::newRow("chunked") << Bytes(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n"
            "Trailer: t\r\n\r\n") << 200
                                 << Bytes("abcdefg");
        QTest::newRow("to the end") << Bytes("HTTP/1.0 404 Not Found\r\n\r\nall of it") << 404
                                    << Bytes("all of it");
        QTest::newRow("interim") << Bytes(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx")
                                 << 201 << Bytes("x");
        QTest::newRow("no content") << Bytes("HTTP/1.1 204 No Content\r\n\r\n") << 204 << Bytes();
        QTest::newRow("long field") << "HTTP/1.1 200 OK\r\nX: " + Bytes(150'000, 'x')
                + "\r\nContent-Length: 1\r\n\r\ny"
                                    << 200 << Bytes("y");
    }

    void answersOfEachForm_areRead()
    {
        QFETCH(QByteArray, wire);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        RawServer raw([&](RawServer::Peer& peer) {
            peer.receiveHead();
            peer.send(wire.toStdString());
        });
        const auto answer = send(urlOf(raw.port()), requestOf("GET", "/"));
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->status, status);
        QCOMPARE(QByteArray::fromStdString(answer->body), body);
    }

    void brokenAnswers_areBadResponse_data()
    {
        QTest::addColumn<QByteArray>("wire");
        using Bytes = QByteArray;
        QTest::newRow("nothing") << Bytes();
        QTest::newRow("noise") << Bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        QTest::newRow("cut head") << Bytes("HTTP/1.1 200 OK\r\nContent-");
        QTest::newRow("cut body") << Bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        QTest::newRow("cut chunk") << Bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        QTest::newRow("endless head") << "HTTP/1.1 200 OK\r\nX: " + Bytes(400'000, 'x');
    }

    void brokenAnswers_areBadResponse()
    {
        QFETCH(QByteArray, wire);
        RawServer raw([&](RawServer::Peer& peer) {
            peer.receiveHead();
            peer.send(wire.toStdString());
        });
        const auto answer = send(urlOf(raw.port()), requestOf("GET", "/"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Io);
        QCOMPARE(answer.error().code, std::string("BadResponse"));
    }

    void earlyRefusal_isReadThoughTheBodyWasNotTaken()
    {
        RawServer raw([](RawServer::Peer& peer) {
            peer.receiveHead();
            peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nlong");
            peer.waitForEnd();
        });
        const auto answer = send(urlOf(raw.port()), requestOf("PUT", "/", std::string(20'000'000, 'x')));
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->status, 413);
    }

    void longAnswer_isTooLarge()
    {
        Served served(
            [](Request, Responder responder) { responder.send(textResponse(std::string(1001, 'x'))); });
        ClientOptions options;
        options.maxBody = 1000;
        const auto refused = send(urlOf(served.port()), requestOf("GET", "/"), options);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::TooLarge);
        options.maxBody = 1001;
        QVERIFY(send(urlOf(served.port()), requestOf("GET", "/"), options).has_value());
        RawServer chunked([](RawServer::Peer& peer) {
            peer.receiveHead();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3ea\r\n" + std::string(0x3ea, 'x')
                + "\r\n0\r\n\r\n");
        });
        QCOMPARE(
            send(urlOf(chunked.port()), requestOf("GET", "/"), options).error().kind, ErrorKind::TooLarge);
    }

    void silentServer_timesOut()
    {
        Waiting waiting;
        Served served([&](Request, Responder responder) { waiting.keep(std::move(responder)); });
        ClientOptions options;
        options.totalTimeout = 100 * kMillisecond;
        const auto start = steadyMicros();
        const auto answer = send(urlOf(served.port()), requestOf("GET", "/"), options);
        const auto took = steadyMicros() - start;
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("Timeout"));
        QVERIFY(took >= 100 * kMillisecond && took < 5 * kSecond);
    }

    void silentServer_isGivenUpWhenAskedToStop()
    {
        Waiting waiting;
        std::stop_source source;
        Served served([&](Request, Responder responder) {
            waiting.keep(std::move(responder));
            source.request_stop();
        });
        ClientOptions options;
        options.stop = source.get_token();
        const auto start = steadyMicros();
        const auto answer = send(urlOf(served.port()), requestOf("GET", "/"), options);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("Stopped"));
        QVERIFY(steadyMicros() - start < options.totalTimeout / 2);
        QCOMPARE(
            send(urlOf(served.port()), requestOf("GET", "/"), options).error().code, std::string("Stopped"));
    }

    void silentTlsServer_timesOut()
    {
        RawServer raw([](RawServer::Peer& peer) { peer.waitForEnd(); });
        ClientOptions options;
        options.totalTimeout = 100 * kMillisecond;
        auto url = urlOf(raw.port());
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"), options);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("Timeout"));
    }

    void plainServerAskedForTls_isTlsFailed()
    {
        Served served(describe);
        auto url = urlOf(served.port());
        url.scheme = "https";
        const auto answer = send(url, requestOf("GET", "/"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("TlsFailed"));
    }

    void nobodyThere_isConnectFailed()
    {
        std::uint16_t port = 0;
        {
            Served served(describe);
            port = served.port();
        }
        const auto answer = send(urlOf(port), requestOf("GET", "/"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Io);
        QCOMPARE(answer.error().code, std::string("ConnectFailed"));
        QVERIFY(answer.error().message.find("127.0.0.1:" + std::to_string(port)) != std::string::npos);
    }

    void unknownName_isConnectFailed()
    {
        const auto answer = send(urlOf(80, "no-such-host.invalid"), requestOf("GET", "/"));
        QVERIFY(!answer);
        QVERIFY(answer.error().code == "ConnectFailed" || answer.error().code == "Timeout");
    }

    void requestThatWouldSmuggle_isInvalid()
    {
        std::atomic<int> handled = 0;
        Served served([&](Request request, Responder responder) {
            ++handled;
            describe(std::move(request), std::move(responder));
        });
        for (const auto* target : {"/a b", "/a\r\nX: y", "no-slash", ""})
            QCOMPARE(send(urlOf(served.port()), requestOf("GET", target)).error().kind, ErrorKind::Invalid);
        QCOMPARE(send(urlOf(served.port()), requestOf("GET /", "/")).error().kind, ErrorKind::Invalid);
        QCOMPARE(handled, 0);
    }

    void manyThreads_sendAtOnce()
    {
        Served served(describe);
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    for (int i = 0; i < 100; ++i) {
                        const auto target = "/" + std::to_string(t) + "/" + std::to_string(i);
                        const auto answer = send(urlOf(served.port()), requestOf("GET", target));
                        right += answer && answer->body.starts_with("GET " + target + "|");
                    }
                });
            }
        }
        QCOMPARE(right, 800);
    }
};

CHAMBER_SUITE(TstClient, "tst_client")
#include "tst_client.moc"
