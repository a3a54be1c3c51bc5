#include "core/lambda/invoke_access.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;
using nlohmann::json;

// Which services may invoke a function, and what becomes of those that may not.
class TstInvokeAccess : public QObject {
    Q_OBJECT

private:
    Invoked invokeFrom(const char* service, const char* arn)
    {
        return m_room->invoke("f", "{}", {{"InvokingService", service}, {"InvokingArn", arn}});
    }

    bool hasStep(const std::string& title)
    {
        const auto track = *m_room->latestTrack();
        for (const auto& span : track.spans) {
            for (const auto& step : span.steps) {
                if (step.title == title)
                    return true;
            }
        }
        return false;
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<LambdaRoom>();
        m_room->create("f", "python3.12", "def handler(event, context):\n    return 1\n");
        QVERIFY(m_room->call("AddPermission",
            {{"FunctionName", "f"}, {"StatementId", "api"}, {"Action", "lambda:InvokeFunction"},
                {"Principal", "apigateway.amazonaws.com"},
                {"SourceArn", "arn:aws:execute-api:us-east-1:000000000000:abc/*/GET/books"}}));
    }
    void cleanup()
    {
        m_room.reset();
        qunsetenv("CHAMBER_LAMBDA_PERMISSIONS");
    }

    void missingPermission_isAStepAlone()
    {
        QCOMPARE(invokeFrom("s3.amazonaws.com", "arn:aws:s3:::photos").payload, std::string("1"));
        QVERIFY(hasStep("Would be refused on AWS: no permission for s3.amazonaws.com"));
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
        QVERIFY(!hasStep("Would be refused on AWS: no permission for s3.amazonaws.com"));
    }

    void enforcedPermission_isAsked_data()
    {
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<QByteArray>("arn");
        QTest::addColumn<bool>("allowed");
        const QByteArray gateway = "apigateway.amazonaws.com";
        const QByteArray api = "arn:aws:execute-api:us-east-1:000000000000:abc/";
        QTest::newRow("its method") << gateway << api + "prod/GET/books" << true;
        QTest::newRow("another method") << gateway << api + "prod/POST/books" << false;
        QTest::newRow("another service")
            << QByteArray("events.amazonaws.com") << api + "prod/GET/books" << false;
        QTest::newRow("nobody's service") << QByteArray() << QByteArray() << true;
    }
    void enforcedPermission_isAsked()
    {
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, arn);
        QFETCH(bool, allowed);
        qputenv("CHAMBER_LAMBDA_PERMISSIONS", "enforce");
        QCOMPARE(invokeFrom(service, arn).payload,
            std::string(allowed ? "1" : "AccessDeniedException: Invalid permissions on Lambda function"));
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstInvokeAccess, "tst_invoke_access")
#include "tst_invoke_access.moc"
