#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;

// How handlers of Node.js that stream their answer end, after AWS's runtime interface clients.
class TstNodeStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    // The guide's tutorial ends so.
    void errorAfterTheEnd_changesNoAnswer()
    {
        m_room->create("streams", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "    stream.write('all of it');\n    stream.end();\n    await stream.finished();\n});");
        const auto invoked = m_room->invoke("streams");
        QCOMPARE(invoked.functionError, std::string());
        QCOMPARE(invoked.payload, std::string("all of it"));
        QVERIFY2(
            invoked.log.find("stream.finished is not a function") != std::string::npos, invoked.log.c_str());
    }

    void errorBeforeTheEnd_isTold()
    {
        m_room->create("streams", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "    stream.write('some');\n    throw new Error('broken off');\n});");
        QCOMPARE(m_room->invoke("streams").functionError, std::string("Unhandled"));
    }

    void plainFunction_doesNotStream()
    {
        m_room->create("streams", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse((event, stream) => { return 'x'; });");
        const auto invoked = m_room->invoke("streams");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
            std::string("Streaming does not support non-async handlers."));
    }

    void returnedValue_isWarnedOf()
    {
        m_room->create("streams", "nodejs22.x",
            "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n"
            "    stream.end('streamed');\n    return 'dropped';\n});");
        const auto invoked = m_room->invoke("streams");
        QCOMPARE(invoked.payload, std::string("streamed"));
        QVERIFY2(invoked.log.find("WARN\tStreaming handlers ignore return values.") != std::string::npos,
            invoked.log.c_str());
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstNodeStreams, "tst_node_streams")
#include "tst_node_streams.moc"
