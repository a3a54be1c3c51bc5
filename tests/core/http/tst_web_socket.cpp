#include "core/http/detail/web_socket_frames.h"
#include "core/http/server.h"
#include "core/http/web_socket.h"
#include "tests/core/http/wire.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/support/web_socket_client.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

using namespace core;
using namespace core::http;
using namespace tests;

namespace {

constexpr const char* kHost = "127.0.0.1";

// Writes down what it is told and, when asked to, answers each message with itself.
class Listening : public WebSocketHandler {
public:
    struct Log {
        std::mutex mutex;
        std::vector<std::string> received;
        std::shared_ptr<WebSocket> socket;
        std::string reason;
        std::atomic<int> binaries = 0;
        std::atomic<int> heard = 0;
        std::atomic<int> code = 0; // of closed()
        std::atomic<int> ends = 0;
        std::atomic<bool> echo = true;
        std::atomic<bool> gone = false; // the handler was dropped

        std::size_t count()
        {
            const std::lock_guard guard(mutex);
            return received.size();
        }
        std::shared_ptr<WebSocket> open()
        {
            const std::lock_guard guard(mutex);
            return socket;
        }
    };

    explicit Listening(std::shared_ptr<Log> log)
        : m_log(std::move(log))
    {
    }
    ~Listening() override { m_log->gone = true; }
    WebSocketLimits limits() const override
    {
        return {.maxFrame = 1000, .maxMessage = 2500, .maxUnsent = 100'000};
    }
    void opened(std::shared_ptr<WebSocket> socket) override
    {
        const std::lock_guard guard(m_log->mutex);
        m_log->socket = std::move(socket);
    }
    void received(std::string message, bool binary) override
    {
        m_log->binaries += binary;
        if (message == "throw")
            throw std::runtime_error("the owner is wrong");
        if (message == "pause")
            m_log->open()->setReading(false);
        if (m_log->echo)
            m_log->open()->send(message, binary);
        const std::lock_guard guard(m_log->mutex);
        m_log->received.push_back(std::move(message));
    }
    void heard() override { ++m_log->heard; }
    void closed(std::uint16_t code, std::string reason) override
    {
        {
            const std::lock_guard guard(m_log->mutex);
            m_log->reason = std::move(reason);
        }
        m_log->code = code;
        ++m_log->ends;
    }

private:
    std::shared_ptr<Log> m_log;
};

}

class TstWebSocket : public QObject {
    Q_OBJECT

    // A server that accepts each upgrade below /chat, with the subprotocol "chat" when offered, and says 403
    // elsewhere.
    struct Served {
        Served()
            : handler([this](Request request, Responder responder) {
                if (!asksForWebSocket(request))
                    return responder.send(textResponse("plain " + request.target));
                if (!request.target.starts_with("/chat"))
                    return responder.send(textResponse("not here", 403));
                const auto offered = offeredSubprotocols(request);
                const bool chat = std::ranges::find(offered, "chat") != offered.end();
                responder.send(acceptWebSocket(std::make_shared<Listening>(log), chat ? "chat" : ""));
            })
            , listener(*server.listen(kHost, 0, handler))
        {
        }
        std::uint16_t port() const { return listener->port(); }
        std::shared_ptr<Listening::Log> log = std::make_shared<Listening::Log>();
        LambdaHandler handler;
        Server server;
        std::unique_ptr<Listener> listener;
    };

private Q_SLOTS:
    void messages_goBothWays()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        QCOMPARE(client.status(), 101);
        QCOMPARE(client.header("upgrade"), std::string("websocket"));
        client.sendText("hello");
        QCOMPARE(client.receiveText(), std::string("hello"));
        client.sendFrame(2, std::string("\0\xff\x01", 3));
        const auto binary = client.receive();
        QCOMPARE(binary.opcode, 2);
        QCOMPARE(binary.payload, std::string("\0\xff\x01", 3));
        QCOMPARE(served.log->binaries.load(), 1);
    }

    void offeredSubprotocol_isChosenByTheHandler()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat", {{"Sec-WebSocket-Protocol", "soap, chat"}});
        QCOMPARE(client.status(), 101);
        QCOMPARE(client.header("sec-websocket-protocol"), std::string("chat"));
        WebSocketClient other(served.port(), "/chat", {{"Sec-WebSocket-Protocol", "soap"}});
        QCOMPARE(other.header("sec-websocket-protocol"), std::string());
    }

    void refusedUpgrade_isAnHttpAnswerAndTheConnectionGoesOn()
    {
        Served served;
        WebSocketClient client(served.port(), "/elsewhere");
        QCOMPARE(client.status(), 403);
        QCOMPARE(client.refusal(), std::string("not here"));
        Wire wire(served.port());
        const std::string head =
            " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        QVERIFY(wire.send("GET /elsewhere" + head + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n"));
        QCOMPARE(wire.receive().status(), 403);
        QCOMPARE(wire.receive().body, std::string("plain /next"));
    }

    void otherVersionOrNoKey_isNoUpgrade()
    {
        Request request;
        request.headers = {{"Connection", "keep-alive, Upgrade"}, {"Upgrade", "WebSocket"},
            {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
        QVERIFY(asksForWebSocket(request));
        request.headers.set("Sec-WebSocket-Version", "8");
        QVERIFY(!asksForWebSocket(request));
        request.headers.set("Sec-WebSocket-Version", "13");
        request.headers.set("Sec-WebSocket-Key", "c2hvcnQ=");
        QVERIFY(!asksForWebSocket(request));
    }

    void bytesBehindTheHandshake_areNotLost()
    {
        Served served;
        Wire wire(served.port());
        std::string frame("\x81\x85\x00\x00\x00\x00hello", 11);
        QVERIFY(wire.send("GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            + frame));
        QCOMPARE(wire.receive().status(), 101);
        QCOMPARE(wire.receiveBytes(7), std::string("\x81\x05hello"));
    }

    void fragments_areJoinedAroundControlFrames()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendFrame(1, "one ", false);
        client.sendFrame(9, "still here");
        client.sendFrame(0, "two ", false);
        client.sendFrame(0, "three");
        const auto pong = client.receive();
        QCOMPARE(pong.opcode, 10);
        QCOMPARE(pong.payload, std::string("still here"));
        QCOMPARE(client.receiveText(), std::string("one two three"));
        QCOMPARE(served.log->heard.load(), 1);
    }

    void longMessage_leavesInFramesOfTheLimit()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendText("x");
        QCOMPARE(client.receiveText(), std::string("x"));
        QCOMPARE(served.log->open()->send(std::string(2100, 'm')), WebSocket::Sent::Taken);
        QCOMPARE(client.receiveText(), std::string(2100, 'm'));
        QCOMPARE(client.framesOfLast(), 3);
    }

    void tooLong_closesWith1009_data()
    {
        QTest::addColumn<int>("fragments");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("code");
        QTest::newRow("a frame at the limit") << 1 << 1000 << 0;
        QTest::newRow("a frame beyond it") << 1 << 1001 << 1009;
        QTest::newRow("a message at the limit") << 5 << 500 << 0;
        QTest::newRow("a message beyond it") << 6 << 500 << 1009;
    }
    void tooLong_closesWith1009()
    {
        QFETCH(int, fragments);
        QFETCH(int, size);
        QFETCH(int, code);
        Served served;
        WebSocketClient client(served.port(), "/chat");
        const std::string piece(static_cast<std::size_t>(size), 'p');
        for (int i = 0; i < fragments; ++i)
            client.sendFrame(i == 0 ? 1 : 0, piece, i + 1 == fragments);
        const auto answer = client.receive();
        QCOMPARE(answer.opcode, code == 0 ? 1 : 8);
        QCOMPARE(int(answer.code), code);
        if (code != 0) {
            QVERIFY(client.ended());
            QTRY_COMPARE(served.log->code.load(), code);
        }
    }

    void brokenFrames_closeWithTheirCode_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("unmasked") << QByteArray("\x81\x01x", 3) << 1002;
        QTest::newRow("reserved bit") << QByteArray("\xc1\x80\0\0\0\0", 6) << 1002;
        QTest::newRow("opcode 3") << QByteArray("\x83\x80\0\0\0\0", 6) << 1002;
        QTest::newRow("continues nothing") << QByteArray("\x80\x80\0\0\0\0", 6) << 1002;
        QTest::newRow("fragmented ping") << QByteArray("\x09\x80\0\0\0\0", 6) << 1002;
        QTest::newRow("no UTF-8") << QByteArray("\x81\x81\0\0\0\0\xff", 7) << 1007;
        QTest::newRow("close code 1005") << QByteArray("\x88\x82\0\0\0\0\x03\xed", 8) << 1002;
        QTest::newRow("close with one byte") << QByteArray("\x88\x81\0\0\0\0\x03", 7) << 1002;
        QTest::newRow("a message in a message") << QByteArray("\x01\x80\0\0\0\0\x81\x80\0\0\0\0", 12) << 1002;
    }
    void brokenFrames_closeWithTheirCode()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendRaw(bytes.toStdString());
        const auto answer = client.receive();
        QCOMPARE(answer.opcode, 8);
        QCOMPARE(int(answer.code), code);
        QVERIFY(client.ended());
        QTRY_COMPARE(served.log->code.load(), code);
    }

    void clientsGoodbye_isAnsweredAndTold()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendClose(4001, "had enough");
        const auto answer = client.receive();
        QCOMPARE(answer.opcode, 8);
        QCOMPARE(int(answer.code), 4001);
        QVERIFY(client.ended());
        QTRY_COMPARE(served.log->code.load(), 4001);
        QCOMPARE(served.log->reason, std::string("had enough"));
        QTRY_VERIFY(served.log->gone.load());
        QCOMPARE(served.log->ends.load(), 1);
        QCOMPARE(served.log->open()->send("late"), WebSocket::Sent::Closed);
    }

    void brokenConnection_is1006()
    {
        Served served;
        {
            WebSocketClient client(served.port(), "/chat");
            QCOMPARE(client.status(), 101);
        }
        QTRY_COMPARE(served.log->code.load(), 1006);
    }

    void ownersGoodbye_followsWhatWasSent()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        QTRY_VERIFY(served.log->open());
        const auto socket = served.log->open();
        socket->ping();
        QCOMPARE(socket->send("last"), WebSocket::Sent::Taken);
        socket->close(4000, "over");
        QVERIFY(!socket->isOpen());
        QCOMPARE(socket->send("too late"), WebSocket::Sent::Closed);
        QCOMPARE(client.receive().opcode, 9);
        QCOMPARE(client.receiveText(), std::string("last"));
        const auto goodbye = client.receive();
        QCOMPARE(int(goodbye.code), 4000);
        QCOMPARE(goodbye.payload, std::string("over"));
        client.sendClose(4000);
        QVERIFY(client.ended());
        QTRY_COMPARE(served.log->code.load(), 4000);
    }

    void clientThatDoesNotRead_fillsItsBound()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        QTRY_VERIFY(served.log->open());
        const auto socket = served.log->open();
        std::size_t taken = 0;
        auto sent = WebSocket::Sent::Taken;
        while ((sent = socket->send(std::string(50'000, 'z'))) == WebSocket::Sent::Taken && taken < 10'000)
            ++taken;
        QCOMPARE(sent, WebSocket::Sent::Full);
        QVERIFY(socket->unsent() <= 100'000);
        for (std::size_t i = 0; i < taken; ++i)
            QCOMPARE(client.receiveText().size(), std::size_t(50'000));
        QTRY_COMPARE(socket->unsent(), std::size_t(0));
        QCOMPARE(socket->send("again"), WebSocket::Sent::Taken);
        QCOMPARE(client.receiveText(), std::string("again"));
    }

    void ownerThatPauses_isToldNothingMeanwhile()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendText("pause");
        client.sendText("after");
        QCOMPARE(client.receiveText(), std::string("pause"));
        QCOMPARE(served.log->count(), std::size_t(1));
        served.log->open()->setReading(true);
        QCOMPARE(client.receiveText(), std::string("after"));
    }

    void ownerThatThrows_closesWith1011()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        client.sendText("throw");
        QCOMPARE(int(client.receive().code), 1011);
    }

    void closingListener_saysGoingAway()
    {
        Served served;
        WebSocketClient client(served.port(), "/chat");
        QTRY_VERIFY(served.log->open());
        served.listener->close();
        QCOMPARE(served.log->code.load(), 1001);
        QCOMPARE(int(client.receive().code), 1001);
        QVERIFY(client.ended());
        QVERIFY(served.log->gone.load());
    }

    void manySockets_sendFromManyThreads()
    {
        Served served;
        served.log->echo = false;
        WebSocketClient client(served.port(), "/chat");
        QTRY_VERIFY(served.log->open());
        const auto socket = served.log->open();
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([socket] {
                for (int i = 0; i < 500; ++i)
                    socket->send("message");
            });
        for (int i = 0; i < 2000; ++i)
            QCOMPARE(client.receiveText(), std::string("message"));
    }
};

CHAMBER_SUITE(TstWebSocket, "tst_web_socket")
#include "tst_web_socket.moc"
