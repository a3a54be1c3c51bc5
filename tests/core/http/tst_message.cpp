#include "core/http/client.h"
#include "core/http/message.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::http;

namespace {

class Letters : public BodySource {
public:
    explicit Letters(std::size_t count)
        : m_left(count)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const auto count = std::min(into.size(), m_left);
        std::fill_n(into.begin(), count, 'a');
        m_left -= count;
        return count;
    }

private:
    std::size_t m_left;
};

}

class TstMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headers_compareWithoutCase()
    {
        Headers headers{{"Content-Type", "a"}, {"X-A", "1"}, {"x-a", "2"}};
        QCOMPARE(headers.get("content-TYPE"), std::string_view("a"));
        QCOMPARE(headers.get("absent"), std::string_view());
        QVERIFY(headers.has("X-a"));
        QVERIFY(!headers.has("X-b"));
        QCOMPARE(headers.joined("X-A"), std::string("1, 2"));
        QCOMPARE(headers.all("x-A").size(), std::size_t(2));
        headers.set("X-a", "3");
        QCOMPARE(headers.all("x-a"), std::vector<std::string_view>{"3"});
        headers.set("new", "n");
        headers.remove("CONTENT-type");
        QCOMPARE(headers.size(), std::size_t(2));
        QCOMPARE(headers.get("new"), std::string_view("n"));
    }

    void target_splitsAtTheFirstMark()
    {
        Request request;
        request.target = "/a%20b?c=d?e";
        QCOMPARE(request.path(), std::string_view("/a%20b"));
        QCOMPARE(request.rawQuery(), std::string_view("c=d?e"));
        request.target = "/a";
        QCOMPARE(request.path(), std::string_view("/a"));
        QCOMPARE(request.rawQuery(), std::string_view());
    }

    void query_keepsOrderAndDuplicates()
    {
        const auto query = parseQuery("a=1&b=%C3%A9+x&a=2&flag&&e=");
        const QueryParameters expected{{"a", "1"}, {"b", "\xC3\xA9 x"}, {"a", "2"}, {"flag", ""}, {"e", ""}};
        QCOMPARE(query, expected);
        QCOMPARE(queryValue(query, "a"), std::optional<std::string>("1"));
        QCOMPARE(queryValue(query, "z"), std::optional<std::string>());
        QCOMPARE(parseQuery(writeQuery(query)), expected);
    }

    void reasons_areKnownForEachStatusOfAws()
    {
        QCOMPARE(reasonPhrase(200), std::string_view("OK"));
        QCOMPARE(reasonPhrase(404), std::string_view("Not Found"));
        QCOMPARE(reasonPhrase(429), std::string_view("Too Many Requests"));
        QCOMPARE(reasonPhrase(511), std::string_view("Network Authentication Required"));
        QCOMPARE(reasonPhrase(299), std::string_view());
    }

    void source_isReadWholeUpToItsLimit()
    {
        Letters letters(200'000);
        const auto text = readAll(letters, 200'000);
        QVERIFY(text.has_value());
        QCOMPARE(text->size(), std::size_t(200'000));
        Letters more(200'001);
        const auto refused = readAll(more, 200'000);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::TooLarge);
    }

    void url_isTakenApart_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("target");
        using Bytes = QByteArray;
        QTest::newRow("plain") << Bytes("http://Example.com/a/b?c=d#e") << Bytes("http")
                               << Bytes("example.com") << 80 << Bytes("/a/b?c=d");
        QTest::newRow("bare") << Bytes("HTTPS://h") << Bytes("https") << Bytes("h") << 443 << Bytes("/");
        QTest::newRow("port") << Bytes("http://127.0.0.1:4566?x") << Bytes("http") << Bytes("127.0.0.1")
                              << 4566 << Bytes("/?x");
        QTest::newRow("ipv6") << Bytes("http://[::1]:8000/x") << Bytes("http") << Bytes("::1") << 8000
                              << Bytes("/x");
    }

    void url_isTakenApart()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        QFETCH(QByteArray, target);
        const auto url = Url::parse(text.toStdString());
        QVERIFY(url.has_value());
        QCOMPARE(QByteArray::fromStdString(url->scheme), scheme);
        QCOMPARE(QByteArray::fromStdString(url->host), host);
        QCOMPARE(int(url->port), port);
        QCOMPARE(QByteArray::fromStdString(url->target), target);
    }

    void badUrl_isInvalid_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
            {"", "example.com", "ftp://h/", "http://", "http://h:0/", "http://h:70000/", "http://h:x/",
                "http://h/a b", "http://u@h/", "http://[::1/", "http://[::1]x/", "http://h/\r\nX: y"})
            QTest::newRow(QByteArray(text).simplified().constData()) << QByteArray(text);
    }

    void badUrl_isInvalid()
    {
        QFETCH(QByteArray, text);
        const auto url = Url::parse(text.toStdString());
        QVERIFY(!url);
        QCOMPARE(url.error().kind, ErrorKind::Invalid);
        QCOMPARE(url.error().code, std::string("BadUrl"));
    }
};

CHAMBER_SUITE(TstMessage, "tst_message")
#include "tst_message.moc"
