#include "core/http/server.h"
#include "tests/core/http/wire.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <mutex>
#include <thread>

using namespace core;
using namespace core::http;
using namespace tests;

namespace {

// A body that a test fills while it is being sent.
class Filled : public BodySource {
public:
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::lock_guard guard(m_mutex);
        if (m_text.empty() && m_failed)
            return fail(ErrorKind::Io, "Broken", "it broke");
        if (m_text.empty())
            return m_ended ? 0 : kNothingYet;
        const auto count = std::min(into.size(), m_text.size());
        std::copy_n(m_text.data(), count, into.data());
        m_text.erase(0, count);
        return count;
    }
    void onReady(std::function<void()> wake) override
    {
        const std::lock_guard guard(m_mutex);
        m_wake = std::move(wake);
    }

    void put(std::string_view text)
    {
        change([&] { m_text += text; });
    }
    void finish()
    {
        change([&] { m_ended = true; });
    }
    void breakOff()
    {
        change([&] { m_failed = true; });
    }

private:
    void change(const auto& work)
    {
        std::function<void()> wake;
        {
            const std::lock_guard guard(m_mutex);
            work();
            wake = m_wake;
        }
        if (wake)
            wake();
    }

    std::mutex m_mutex;
    std::string m_text;
    bool m_ended = false;
    bool m_failed = false;
    std::function<void()> m_wake;
};

Response streamed(std::shared_ptr<BodySource> source, std::uint64_t length = kUnknownLength)
{
    Response response;
    response.headers = {{"Content-Type", "text/plain"}};
    response.source = std::move(source);
    response.sourceLength = length;
    return response;
}

}

class TstWaitingSource : public QObject {
    Q_OBJECT

    struct Served {
        explicit Served(std::uint64_t length = kUnknownLength)
            : handler([this, length](Request request, Responder responder) {
                if (request.target == "/plain")
                    return responder.send(textResponse("plain"));
                responder.send(streamed(std::move(source), length));
            })
            , listener(*server.listen("127.0.0.1", 0, handler))
        {
        }
        std::shared_ptr<Filled> source = std::make_shared<Filled>();
        LambdaHandler handler;
        Server server;
        std::unique_ptr<Listener> listener;
    };

private Q_SLOTS:
    void pieces_goOutAsTheyCome()
    {
        Served served;
        const auto source = served.source;
        Wire wire(served.listener->port());
        QVERIFY(wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n"));
        // The head comes before there is anything in the body.
        const auto head = wire.receive(true);
        QCOMPARE(head.status(), 200);
        QCOMPARE(head.field("transfer-encoding"), std::string("chunked"));
        QCOMPARE(head.field("content-length"), std::string());
        source->put("hello");
        QCOMPARE(wire.receiveBytes(10), std::string("5\r\nhello\r\n"));
        source->put(std::string(300, 'x'));
        QCOMPARE(wire.receiveBytes(307), "12c\r\n" + std::string(300, 'x') + "\r\n");
        source->finish();
        QCOMPARE(wire.receiveBytes(5), std::string("0\r\n\r\n"));
        // And the connection serves on.
        QCOMPARE(wire.receive().body, std::string("plain"));
    }

    void manyBytes_arriveWhole()
    {
        Served served;
        const auto source = served.source;
        Wire wire(served.listener->port());
        QVERIFY(wire.send("GET / HTTP/1.0\r\n\r\n"));
        std::jthread filler([source] {
            for (int i = 0; i < 1000; ++i)
                source->put(std::string(10'000, static_cast<char>('a' + i % 26)));
            source->finish();
        });
        const auto head = wire.receive(true);
        QCOMPARE(head.field("connection"), std::string("close"));
        QCOMPARE(head.field("transfer-encoding"), std::string());
        const auto body = wire.receiveBytes(10'000'000);
        QCOMPARE(body.size(), std::size_t(10'000'000));
        for (std::size_t i = 0; i < 1000; ++i)
            QCOMPARE(body[i * 10'000 + 9'999], static_cast<char>('a' + i % 26));
        QVERIFY(wire.closedByPeer());
    }

    void keepAliveOf10_endsWithTheBody()
    {
        Served served;
        served.source->put("all");
        served.source->finish();
        Wire wire(served.listener->port());
        QVERIFY(wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        QCOMPARE(wire.receive(true).field("connection"), std::string("close"));
        QCOMPARE(wire.receiveBytes(3), std::string("all"));
        QVERIFY(wire.closedByPeer());
    }

    void knownLength_mayWaitToo()
    {
        Served served(8);
        const auto source = served.source;
        Wire wire(served.listener->port());
        QVERIFY(wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
        QCOMPARE(wire.receive(true).field("content-length"), std::string("8"));
        source->put("four");
        QCOMPARE(wire.receiveBytes(4), std::string("four"));
        source->put("more");
        QCOMPARE(wire.receiveBytes(4), std::string("more"));
    }

    void brokenSource_breaksTheConnection()
    {
        Served served;
        const auto source = served.source;
        Wire wire(served.listener->port());
        QVERIFY(wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
        source->put("half");
        QCOMPARE(wire.receive(true).status(), 200);
        QCOMPARE(wire.receiveBytes(9), std::string("4\r\nhalf\r\n"));
        source->breakOff();
        QVERIFY(wire.closedByPeer());
    }

    void clientThatLeaves_dropsTheSource()
    {
        Served served;
        std::weak_ptr<Filled> source = served.source;
        {
            Wire wire(served.listener->port());
            QVERIFY(wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
            QCOMPARE(wire.receive(true).status(), 200);
        }
        // The socket may be half closed only: it shows with what is written.
        QTRY_VERIFY([&] {
            if (const auto alive = source.lock())
                alive->put("x");
            return source.expired();
        }());
    }

    void headRequest_getsTheHeadAlone()
    {
        Served served;
        Wire wire(served.listener->port());
        QVERIFY(wire.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n"));
        QCOMPARE(wire.receive(true).status(), 200);
        QCOMPARE(wire.receive().body, std::string("plain"));
    }

    void readAll_waits()
    {
        Filled source;
        source.put("first ");
        std::jthread filler([&source] {
            source.put("second");
            source.finish();
        });
        QCOMPARE(*readAll(source, 100), std::string("first second"));
    }
};

CHAMBER_SUITE(TstWaitingSource, "tst_waiting_source")
#include "tst_waiting_source.moc"
