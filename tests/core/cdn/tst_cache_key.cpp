#include "core/cdn/cache_key.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::cdn;

namespace {

Behavior bookRules()
{
    Behavior behavior;
    behavior.keyQueries = Selection::listed({"author"});
    behavior.keyHeaders = Selection::listed({"Accept-Language"});
    return behavior;
}

CacheKey keyOf(const Behavior& behavior, std::string target, http::Headers headers = {})
{
    http::Request request;
    request.target = std::move(target);
    request.headers = std::move(headers);
    return makeCacheKey(behavior, request, request.path());
}

}

class TstCacheKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unlistedParts_areLeftOut();
    void order_doesNotMatter();
    void values_matter();
    void keyedHeaderThatIsAbsent_isAnotherKey();
    void cookies_takePartWhenSelected();
    void encoding_isNormalised_data();
    void encoding_isNormalised();
    void digest_isShortAndStable();
};

void TstCacheKey::unlistedParts_areLeftOut()
{
    const auto plain = keyOf(bookRules(), "/books?author=verne", {{"accept-language", "pt"}});
    const auto tracked =
        keyOf(bookRules(), "/books?author=verne&utm=mail", {{"Accept-Language", "pt"}, {"Cookie", "sid=1"}});
    QCOMPARE(tracked.text, plain.text);
    QCOMPARE(tracked.keptText(), std::string("author=verne, accept-language: pt"));
    QCOMPARE(tracked.droppedText(), std::string("utm=mail, cookie sid=1"));
}

void TstCacheKey::order_doesNotMatter()
{
    Behavior all;
    all.keyQueries = Selection::all();
    QCOMPARE(keyOf(all, "/x?b=2&a=1").text, keyOf(all, "/x?a=1&b=2").text);
}

void TstCacheKey::values_matter()
{
    QVERIFY(keyOf(bookRules(), "/books?author=verne").text != keyOf(bookRules(), "/books?author=wells").text);
    QVERIFY(keyOf(bookRules(), "/books").text != keyOf(bookRules(), "/Books").text);
}

void TstCacheKey::keyedHeaderThatIsAbsent_isAnotherKey()
{
    QVERIFY(
        keyOf(bookRules(), "/books", {{"Accept-Language", "pt"}}).text != keyOf(bookRules(), "/books").text);
}

void TstCacheKey::cookies_takePartWhenSelected()
{
    Behavior behavior;
    behavior.keyCookies = Selection::listed({"theme"});
    const auto key = keyOf(behavior, "/", {{"Cookie", "sid=1; theme=dark"}});
    QCOMPARE(key.keptText(), std::string("cookie theme=dark"));
    QCOMPARE(key.text, keyOf(behavior, "/", {{"Cookie", "theme=dark; sid=2"}}).text);
}

void TstCacheKey::encoding_isNormalised_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("browser") << QByteArray("gzip, deflate, br") << QByteArray("br");
    QTest::newRow("gzip") << QByteArray("deflate, GZIP;q=0.5") << QByteArray("gzip");
    QTest::newRow("refused") << QByteArray("gzip;q=0") << QByteArray("identity");
    QTest::newRow("none") << QByteArray("deflate") << QByteArray("identity");
}

void TstCacheKey::encoding_isNormalised()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, expected);
    QCOMPARE(normalisedEncoding({{"Accept-Encoding", header.toStdString()}}), expected.toStdString());
}

void TstCacheKey::digest_isShortAndStable()
{
    const auto digest = keyOf(bookRules(), "/books?author=verne").digest;
    QCOMPARE(digest.size(), std::size_t(6));
    QCOMPARE(keyOf(bookRules(), "/books?author=verne").digest, digest);
}

CHAMBER_SUITE(TstCacheKey, "tst_cache_key")
#include "tst_cache_key.moc"
