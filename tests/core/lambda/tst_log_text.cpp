#include "core/aws/session.h"
#include "core/lambda/log_lines.h"
#include "core/lambda/output_splitter.h"
#include "core/lambda/runtime_catalog.h"
#include "core/lambda/runtime_environment.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::lambda;
using Texts = std::vector<std::string>;

namespace {

std::string frame(const std::string& text)
{
    std::string bytes("\xa5\x5a\x00\x03", 4);
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(text.size() >> shift & 0xff);
    return bytes + std::string(8, '\0') + text;
}

}

// Log lines, and what is cut out of a function's output.
class TstLogText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runtimeVersions_areNamedAsOnAws()
    {
        QCOMPARE(lines::runtimeVersion("python3.12"), std::string("python:3.12.v1"));
        QCOMPARE(lines::runtimeVersion("nodejs22.x"), std::string("nodejs:22.v1"));
        QCOMPARE(lines::runtimeVersion("provided.al2023"), std::string("provided:al2023.v1"));
        QCOMPARE(lines::runtimeVersion("provided.al2"), std::string("provided:al2.v1"));
    }

    void report_namesTheTraceOfASampledCall()
    {
        Report report;
        report.requestId = "r";
        report.duration = 1'500;
        report.init = 2'000;
        report.traceHeader =
            "Root=1-5e34a614-10bdabcd1fb44f07bc535a1c;Parent=07f5abcd2d1f6f85;Sampled=1;Lineage=1:7f2a1b3c:0";
        const std::string plain = "REPORT RequestId: r\tDuration: 1.50 ms\tBilled Duration: 4 ms\t"
                                  "Memory Size: 128 MB\tMax Memory Used: 0 MB\tInit Duration: 2.00 ms\t\n";
        QCOMPARE(lines::report(report), plain);
        report.sampled = true;
        QCOMPARE(lines::report(report),
            plain
                + "XRAY TraceId: 1-5e34a614-10bdabcd1fb44f07bc535a1c\tSegmentId: 07f5abcd2d1f6f85\t"
                  "Sampled: true\t\n");
    }

    void lines_areEvents()
    {
        OutputSplitter splitter;
        QCOMPARE(splitter.feed("one\ntwo\nthr"), (Texts{"one\n", "two\n"}));
        QCOMPARE(splitter.feed("ee\n"), (Texts{"three\n"}));
        QCOMPARE(splitter.feed("rest"), Texts{});
        QCOMPARE(splitter.flush(), (Texts{"rest"}));
        QCOMPARE(splitter.flush(), Texts{});
    }

    void frames_keepTheirLinesTogether()
    {
        OutputSplitter splitter;
        QCOMPARE(splitter.feed("a\n" + frame("two\nlines") + "b\n"), (Texts{"a\n", "two\nlines", "b\n"}));
    }

    void frameInPieces_isTheSame()
    {
        const auto bytes = "a\n" + frame("two\nlines") + "begun" + frame("x") + "ended\n";
        for (std::size_t step = 1; step < 9; ++step) {
            OutputSplitter splitter;
            Texts events;
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                for (auto& event : splitter.feed(std::string_view(bytes).substr(at, step)))
                    events.push_back(std::move(event));
            }
            QCOMPARE(events, (Texts{"a\n", "two\nlines", "begun", "x", "ended\n"}));
        }
    }

    void endlessLine_isCut()
    {
        OutputSplitter splitter;
        std::size_t total = 0;
        for (int i = 0; i < 10; ++i) {
            for (const auto& event : splitter.feed(std::string(100'000, 'x'))) {
                QVERIFY(event.size() <= 256 * 1024);
                total += event.size();
            }
        }
        for (const auto& event : splitter.flush())
            total += event.size();
        QCOMPARE(total, std::size_t{1'000'000});
    }

    void characters_areNotCutInTwo()
    {
        std::string line;
        while (line.size() < 600'000)
            line += "\u20ac";
        for (const bool ended : {false, true}) {
            OutputSplitter splitter;
            std::string all;
            const auto take = [&all](const Texts& events) {
                for (const auto& event : events) {
                    QVERIFY(event.size() <= 256 * 1024 - 26);
                    all += event;
                }
            };
            take(splitter.feed(ended ? line + '\n' : line));
            take(splitter.flush());
            QCOMPARE(all, ended ? line + '\n' : line);
        }
    }

    void brokenUtf8_isReplaced()
    {
        QCOMPARE(validUtf8("a\xff"
                           "b\xc3"),
            std::string("a\xef\xbf\xbd"
                        "b\xef\xbf\xbd"));
        QCOMPARE(validUtf8("é€😀"), std::string("é€😀"));
        QCOMPARE(validUtf8("\xe2\x82"
                           "x"),
            std::string("\xef\xbf\xbd\xef\xbf\xbdx"));
    }

    void report_isWordedAsOnAws()
    {
        Report report;
        report.requestId = "id";
        report.duration = 3'010;
        report.peak = 36;
        QCOMPARE(lines::report(report),
            std::string("REPORT RequestId: id\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 "
                        "MB\tMax Memory "
                        "Used: 36 MB\t\n"));
        report.init = 110'100;
        QCOMPARE(lines::report(report),
            std::string("REPORT RequestId: id\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 "
                        "MB\tMax Memory "
                        "Used: 36 MB\tInit Duration: 110.10 ms\t\n"));
        QCOMPARE(lines::timedOut(0, "id", 3),
            std::string("1970-01-01T00:00:00.000Z id Task timed out after 3.00 seconds\n\n"));
    }

    void interpreters_areRealPrograms()
    {
        for (const char* id : {"python3.12", "nodejs20.x"}) {
            const auto* runtime = findRuntime(id);
            QVERIFY(runtime);
            const auto path = findInterpreter(*runtime);
            QVERIFY(path.has_value());
            QCOMPARE(std::filesystem::canonical(*path), *path);
        }
        QVERIFY(!findRuntime("java21"));
        QVERIFY(isForeign("java21"));
        QVERIFY(isRetired("nodejs12.x"));
    }

    void missingInterpreter_isNamed()
    {
        const Runtime none{"python3.99", RuntimeFamily::Python, "3.99"};
        // The family's other interpreters serve it where there are any.
        QVERIFY(findInterpreter(none).has_value());
        QCOMPARE(interpreterNames(none), std::string("python3.99, python3"));
    }

    void environment_hasNothingOfTheChambers()
    {
        qputenv("SECRET_OF_THE_CHAMBER", "x");
        Function function;
        function.region = "eu-west-1";
        function.account = "123456789012";
        function.name = "f";
        function.runtime = "python3.12";
        function.handler = "app.handler";
        function.logGroup = "/aws/lambda/f";
        function.environment = {{"MINE", "a=b"}};
        const auto start = startFor(function, *findRuntime("python3.12"),
            {"/code", "/runtimes", "127.0.0.1:9", "http://127.0.0.1:4566", "stream", ""});
        QVERIFY(start.has_value());
        const auto* command = &start->command;
        const auto has = [&](const char* variable) {
            return std::find(command->environment.begin(), command->environment.end(), variable)
                != command->environment.end();
        };
        QVERIFY(has("AWS_REGION=eu-west-1"));
        const auto key = std::find_if(command->environment.begin(), command->environment.end(),
            [](const std::string& variable) { return variable.starts_with("AWS_ACCESS_KEY_ID=ASIA"); });
        QVERIFY(key != command->environment.end());
        QCOMPARE(core::aws::accountOfKey(key->substr(key->find('=') + 1)).value_or(""),
            std::string("123456789012"));
        QVERIFY(has("AWS_ENDPOINT_URL=http://127.0.0.1:4566"));
        QVERIFY(has("AWS_EXECUTION_ENV=AWS_Lambda_python3.12"));
        QVERIFY(!has("AWS_LAMBDA_LOG_FORMAT=JSON"));
        QVERIFY(has("LAMBDA_TASK_ROOT=/code"));
        QVERIFY(has("MINE=a=b"));
        for (const auto& variable : command->environment)
            QVERIFY(!variable.starts_with("SECRET"));
    }

    void jsonFunctions_haveTheirRuntimesNameToo()
    {
        Function function;
        function.region = "eu-west-1";
        function.runtime = "nodejs20.x";
        function.jsonLogs = true;
        const auto start = startFor(
            function, *findRuntime("nodejs20.x"), {"/code", "/runtimes", "127.0.0.1:9", "", "stream", ""});
        QVERIFY(start.has_value());
        const auto& variables = start->command.environment;
        for (const char* variable : {"AWS_EXECUTION_ENV=AWS_Lambda_nodejs20.x", "AWS_LAMBDA_LOG_FORMAT=JSON"})
            QVERIFY(std::find(variables.begin(), variables.end(), variable) != variables.end());
    }
};

CHAMBER_SUITE(TstLogText, "tst_log_text")
#include "tst_log_text.moc"
