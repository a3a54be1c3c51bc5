#include "core/s3/aws_chunked_decoder.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::s3;

class TstAwsChunkedDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signedChunks_decodeHoweverTheyAreSplit();
    void trailer_isReadHoweverItIsSplit();
    void emptyLineBeforeTrailerSignature_isNoEnd();
    void emptyBody_isRight();
    void brokenFraming_isIncompleteBody_data();
    void brokenFraming_isIncompleteBody();
    void unreadableTrailer_isMalformedTrailer();
    void endlessLine_isRefused();
};

namespace {

const std::string kSignedBody = "5;chunk-signature=ad80c730a21e5b8d\r\nhello\r\n"
                                "A;chunk-signature=0055627c9e194cb4\r\n\r\nworld\r\n!\r\n"
                                "0;chunk-signature=b6c6ea8a5354eaf1\r\n\r\n";
const std::string kTrailingBody = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32: NhCmhg==\r\n\r\n";

struct Decoded {
    std::string text;
    std::string error; // the code
    http::Headers trailers;
};

Decoded decode(std::initializer_list<std::string_view> pieces)
{
    AwsChunkedDecoder decoder;
    Decoded decoded;
    for (const auto piece : pieces) {
        if (auto done = decoder.write(piece, [&](std::string_view bytes) { decoded.text += bytes; }); !done) {
            decoded.error = done.error().code;
            return decoded;
        }
    }
    if (auto done = decoder.finish(); !done)
        decoded.error = done.error().code;
    decoded.trailers = decoder.trailers();
    return decoded;
}

}

void TstAwsChunkedDecoder::signedChunks_decodeHoweverTheyAreSplit()
{
    const std::string_view body = kSignedBody;
    for (std::size_t at = 0; at <= body.size(); ++at) {
        const auto decoded = decode({body.substr(0, at), body.substr(at)});
        QCOMPARE(decoded.error, std::string());
        QCOMPARE(decoded.text, std::string("hello\r\nworld\r\n!"));
    }
    AwsChunkedDecoder decoder;
    std::string text;
    for (const char c : body)
        QVERIFY(decoder.write({&c, 1}, [&](std::string_view bytes) { text += bytes; }));
    QVERIFY(decoder.finish());
    QCOMPARE(text, std::string("hello\r\nworld\r\n!"));
    QCOMPARE(decoder.decodedBytes(), std::uint64_t{15});
}

void TstAwsChunkedDecoder::trailer_isReadHoweverItIsSplit()
{
    const std::string_view body = kTrailingBody;
    for (std::size_t at = 0; at <= body.size(); ++at) {
        const auto decoded = decode({body.substr(0, at), body.substr(at)});
        QCOMPARE(decoded.error, std::string());
        QCOMPARE(decoded.text, std::string("hello"));
        QCOMPARE(std::string(decoded.trailers.get("X-Amz-Checksum-CRC32")), std::string("NhCmhg=="));
    }
}

void TstAwsChunkedDecoder::emptyLineBeforeTrailerSignature_isNoEnd()
{
    const auto decoded = decode({"0\r\nx-amz-checksum-sha1:aaa=\n\r\nx-amz-trailer-signature:beef\r\n\r\n"});
    QCOMPARE(decoded.error, std::string());
    QCOMPARE(std::string(decoded.trailers.get("x-amz-checksum-sha1")), std::string("aaa="));
    QCOMPARE(std::string(decoded.trailers.get("x-amz-trailer-signature")), std::string("beef"));
}

void TstAwsChunkedDecoder::emptyBody_isRight()
{
    const auto decoded = decode({"0\r\n\r\n"});
    QCOMPARE(decoded.error, std::string());
    QCOMPARE(decoded.text, std::string());
}

void TstAwsChunkedDecoder::brokenFraming_isIncompleteBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no size") << QByteArray("hello\r\n0\r\n\r\n");
    QTest::newRow("empty size") << QByteArray("\r\n0\r\n\r\n");
    QTest::newRow("negative size") << QByteArray("-5\r\nhello\r\n0\r\n\r\n");
    QTest::newRow("size beyond reason") << QByteArray("ffffffffffffffff\r\nhello");
    QTest::newRow("more digits than a number has") << QByteArray("11111111111111111\r\nhello");
    QTest::newRow("bytes beyond the chunk") << QByteArray("5\r\nhello!\r\n0\r\n\r\n");
    QTest::newRow("no last chunk") << QByteArray("5\r\nhello\r\n");
    QTest::newRow("ends inside a chunk") << QByteArray("5\r\nhel");
    QTest::newRow("nothing at all") << QByteArray("");
}

void TstAwsChunkedDecoder::brokenFraming_isIncompleteBody()
{
    QFETCH(QByteArray, body);
    QCOMPARE(decode({body.toStdString()}).error, std::string("IncompleteBody"));
}

void TstAwsChunkedDecoder::unreadableTrailer_isMalformedTrailer()
{
    QCOMPARE(decode({"0\r\nno colon here\r\n\r\n"}).error, std::string("MalformedTrailerError"));
    QCOMPARE(decode({"0\r\n:no name\r\n\r\n"}).error, std::string("MalformedTrailerError"));
}

void TstAwsChunkedDecoder::endlessLine_isRefused()
{
    QCOMPARE(decode({"5;chunk-signature=" + std::string(1 << 20, 'a')}).error, std::string("IncompleteBody"));
    std::string many = "0\r\n";
    for (int i = 0; i < 1000; ++i)
        many += "x-amz-meta-" + std::to_string(i) + ": 0123456789\r\n";
    QCOMPARE(decode({many}).error, std::string("MalformedTrailerError"));
}

CHAMBER_SUITE(TstAwsChunkedDecoder, "tst_aws_chunked_decoder")
#include "tst_aws_chunked_decoder.moc"
