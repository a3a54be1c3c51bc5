#include "core/lambda/log_writer.h"
#include "tests/support/service_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;

// Lines on their way to CloudWatch Logs.
class TstLogWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines_areWrittenToTheirStream()
    {
        Clock clock;
        FakeCaller logs;
        lambda::LogWriter writer(logs, clock);
        writer.append(writer.target("us-east-1", "/aws/lambda/f", "one"), {"a", "b"});
        writer.flush();
        QCOMPARE(logs.count(), 1);
        QCOMPARE(logs.last().what, std::string("logs PutLogEvents"));
        QCOMPARE(logs.last().input.at("logStreamName").get<std::string>(), std::string("one"));
        QCOMPARE(logs.last().input.at("logEvents").size(), std::size_t(2));
    }

    void forgottenTargets_writeNoMore()
    {
        Clock clock;
        FakeCaller logs;
        lambda::LogWriter writer(logs, clock);
        const auto before = writer.target("us-east-1", "/aws/lambda/f", "before");
        writer.forget();
        writer.append(before, {"late"});
        writer.flush();
        QCOMPARE(logs.count(), 0);
        writer.append(writer.target("us-east-1", "/aws/lambda/f", "after"), {"c"});
        writer.flush();
        QCOMPARE(logs.last().input.at("logStreamName").get<std::string>(), std::string("after"));
    }
};

CHAMBER_SUITE(TstLogWriter, "tst_log_writer")
#include "tst_log_writer.moc"
