#include "core/aws/sampled_trace.h"
#include "core/xray/service.h"
#include "tests/support/door_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <cmath>
#include <set>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace core;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

constexpr Micros kStart = 1'800'000'000 * kSecond;

// The service, and tracks as the services leave them.
struct TraceRoom : DoorRoom<xray::XRayService> {
    TraceRoom()
        : DoorRoom(kStart)
    {
    }

    // Leaves no track of its own.
    Result<json> call(const char* action, const json& input)
    {
        aws::CallOptions options;
        options.quiet = true;
        return DoorRoom::call(action, input, options);
    }

    // A call of a stage with tracing that runs a function, which reads a table. Its id.
    std::string callOfApi(int status = 200, bool sampled = true, const char* path = "/books/7")
    {
        auto root = tracer.open({"GET", path, "http", "apigateway", std::string("GET ") + path});
        root.setResource("books/prod");
        if (sampled)
            aws::noteSampled(root, "tracingEnabled is true for stage prod");
        {
            auto invoke = root.child("lambda", "Invoke", "list-books");
            invoke.child("lambda", "init", "list-books", trace::SpanKind::ColdStart).end();
            auto work = invoke.child("lambda", "invoke", "list-books");
            work.child("dynamodb", "GetItem", "Books").end();
            work.end();
            invoke.setStatus(200);
            if (status >= 500)
                invoke.fail({ErrorKind::Invalid, "ValueError", "no such book"});
        }
        root.setStatus(status);
        auto id = root.trackId();
        root.end();
        return id;
    }

    json summaries(const std::string& filter = {}, const json& more = json::object())
    {
        json input{{"StartTime", 1'799'999'000}, {"EndTime", 1'800'001'000}};
        if (!filter.empty())
            input["FilterExpression"] = filter;
        input.update(more);
        const auto answer = call("GetTraceSummaries", input);
        return answer ? *answer : json{{"error", answer.error().message}, {"TraceSummaries", json::array()}};
    }
    std::size_t matches(const std::string& filter) { return summaries(filter)["TraceSummaries"].size(); }

    std::vector<json> documents(const std::string& id)
    {
        const auto answer = call("BatchGetTraces", {{"TraceIds", {id}}});
        std::vector<json> documents;
        for (const auto& segment : (*answer)["Traces"][0]["Segments"])
            documents.push_back(json::parse(segment["Document"].get<std::string>()));
        return documents;
    }
};

json only(json value, std::initializer_list<const char*> names)
{
    json shown = json::object();
    for (const auto* name : names) {
        if (value.contains(name))
            shown[name] = value[name];
    }
    return shown;
}

}

class TstXRay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<TraceRoom>(); }
    void cleanup() { m_room.reset(); }

    void summaries_areOfSampledTracksAlone();
    void summaries_sayWhatHappened();
    void summaries_areOfTheirTime();
    void summaries_arePaged();
    void traces_haveASegmentAStageAndTwoAFunction();
    void traces_nestWhatAFunctionCalls();
    void traces_sayWhatFailed();
    void traces_thatAreUnknownAreLeftOut();
    void graph_saysWhoCallsWhom();
    void graph_ofOneTraceHasThatAlone();
    void filters_select_data();
    void filters_select();
    void badFilters_areRefused_data();
    void badFilters_areRefused();
    void badInput_isRefused();
    void segments_ofProgramsJoinTheTrace();
    void segments_aloneAreATrace();
    void segments_withStrangeTimesAreShown();
    void segments_thatAreNoneAreSentBack_data();
    void segments_thatAreNoneAreSentBack();
    void daemon_takesSegmentsOnTheChambersClock();
    void sampling_isThatOfTheDefaultRule();

private:
    std::unique_ptr<TraceRoom> m_room;
};

void TstXRay::summaries_areOfSampledTracksAlone()
{
    m_room->callOfApi(200, false);
    const auto id = m_room->callOfApi();
    const auto answer = m_room->summaries();
    QCOMPARE(answer["TraceSummaries"].size(), 1u);
    COMPARE_JSON(answer["TraceSummaries"][0]["Id"], id);
    COMPARE_JSON(answer["TracesProcessedCount"], 1);
}

void TstXRay::summaries_sayWhatHappened()
{
    m_room->callOfApi(502);
    const auto summary = m_room->summaries()["TraceSummaries"][0];
    COMPARE_JSON(
        summary["Http"], json({{"HttpURL", "/books/7"}, {"HttpMethod", "GET"}, {"HttpStatus", 502}}));
    COMPARE_JSON(only(summary, {"HasFault", "HasError", "HasThrottle", "IsPartial"}),
        json({{"HasFault", true}, {"HasError", false}, {"HasThrottle", false}, {"IsPartial", false}}));
    COMPARE_JSON(summary["EntryPoint"]["Name"], "books/prod");
    COMPARE_JSON(summary["EntryPoint"]["Type"], "AWS::ApiGateway::Stage");
    std::vector<std::string> services;
    for (const auto& service : summary["ServiceIds"])
        services.push_back(service["Type"].get<std::string>() + ' ' + service["Name"].get<std::string>());
    QCOMPARE(services,
        (std::vector<std::string>{"AWS::ApiGateway::Stage books/prod", "AWS::Lambda list-books",
            "AWS::Lambda::Function list-books", "AWS::DynamoDB::Table Books"}));
    QVERIFY(summary["Duration"].get<double>() >= summary["ResponseTime"].get<double>());
    COMPARE_JSON(summary["StartTime"], static_cast<double>(kStart) / 1e6);
}

void TstXRay::summaries_areOfTheirTime()
{
    m_room->callOfApi();
    m_room->clock.advance(3600 * kSecond);
    const auto later = m_room->callOfApi();
    QCOMPARE(m_room->summaries()["TraceSummaries"].size(), 1u);
    const auto all = m_room->summaries({}, {{"EndTime", "2027-01-16T00:00:00Z"}});
    QCOMPARE(all["TraceSummaries"].size(), 2u);
    COMPARE_JSON(all["TraceSummaries"][0]["Id"], later);
}

void TstXRay::summaries_arePaged()
{
    std::set<std::string> made;
    for (int i = 0; i < 205; ++i)
        made.insert(m_room->callOfApi(i % 2 ? 200 : 404));
    std::set<std::string> seen;
    json more = json::object();
    std::vector<std::size_t> pages;
    for (;;) {
        const auto page = m_room->summaries({}, more);
        pages.push_back(page["TraceSummaries"].size());
        for (const auto& summary : page["TraceSummaries"])
            seen.insert(summary["Id"].get<std::string>());
        if (!page.contains("NextToken"))
            break;
        more["NextToken"] = page["NextToken"];
    }
    QCOMPARE(pages, (std::vector<std::size_t>{100, 100, 5}));
    QCOMPARE(seen, made);
}

void TstXRay::traces_haveASegmentAStageAndTwoAFunction()
{
    const auto id = m_room->callOfApi();
    const auto documents = m_room->documents(id);
    QCOMPARE(documents.size(), 3u);
    const auto& stage = documents[0];
    COMPARE_JSON(only(stage, {"name", "origin", "trace_id", "parent_id", "fault", "error"}),
        json({{"name", "books/prod"}, {"origin", "AWS::ApiGateway::Stage"}, {"trace_id", id}}));
    COMPARE_JSON(stage["http"],
        json({{"request", {{"method", "GET"}, {"url", "/books/7"}}}, {"response", {{"status", 200}}}}));
    QCOMPARE(stage["id"].get<std::string>().size(), 16u);
    QVERIFY(stage["end_time"].get<double>() >= stage["start_time"].get<double>());
    QCOMPARE(stage["subsegments"].size(), 1u);
    const auto& call = stage["subsegments"][0];
    COMPARE_JSON(only(call, {"name", "namespace", "aws"}),
        json({{"name", "Lambda"}, {"namespace", "aws"},
            {"aws", {{"operation", "Invoke"}, {"function_name", "list-books"}}}}));
    COMPARE_JSON(documents[1]["origin"], "AWS::Lambda");
    COMPARE_JSON(documents[1]["parent_id"], call["id"]);
    COMPARE_JSON(documents[2]["origin"], "AWS::Lambda::Function");
    COMPARE_JSON(documents[2]["parent_id"], documents[1]["id"]);
}

void TstXRay::traces_nestWhatAFunctionCalls()
{
    const auto function = m_room->documents(m_room->callOfApi())[2];
    const auto& parts = function["subsegments"];
    QCOMPARE(parts.size(), 2u);
    COMPARE_JSON(parts[0]["name"], "Initialization");
    COMPARE_JSON(parts[1]["name"], "Invocation");
    const auto& table = parts[1]["subsegments"][0];
    COMPARE_JSON(only(table, {"name", "namespace", "aws"}),
        json({{"name", "DynamoDB"}, {"namespace", "aws"},
            {"aws", {{"operation", "GetItem"}, {"table_name", "Books"}}}}));
}

void TstXRay::traces_sayWhatFailed()
{
    const auto documents = m_room->documents(m_room->callOfApi(502));
    COMPARE_JSON(documents[0]["fault"], true);
    COMPARE_JSON(documents[2]["fault"], true);
    COMPARE_JSON(documents[2]["cause"]["exceptions"][0]["type"], "ValueError");
    const auto throttled = m_room->documents(m_room->callOfApi(429));
    COMPARE_JSON(
        only(throttled[0], {"fault", "error", "throttle"}), json({{"error", true}, {"throttle", true}}));
}

void TstXRay::traces_thatAreUnknownAreLeftOut()
{
    const auto hidden = m_room->callOfApi(200, false);
    const auto answer =
        m_room->call("BatchGetTraces", {{"TraceIds", {hidden, "1-67891233-abcdef012345678912345678"}}});
    QVERIFY(answer);
    QVERIFY((*answer)["Traces"].empty());
    QVERIFY((*answer)["UnprocessedTraceIds"].empty());
}

namespace {

// "books/prod[2 ok, 1 fault] > list-books": each service with what it did and whom it called.
QStringList graphOf(const json& answer)
{
    QStringList lines;
    const auto& services = answer["Services"];
    for (const auto& service : services) {
        const auto& summary = service["SummaryStatistics"];
        auto line =
            QString::fromStdString(service.value("Name", "") + ' ' + service["Type"].get<std::string>())
            + QString(" %1 %2 %3")
                  .arg(summary["OkCount"].get<int>())
                  .arg(summary["ErrorStatistics"]["TotalCount"].get<int>())
                  .arg(summary["FaultStatistics"]["TotalCount"].get<int>());
        for (const auto& edge : service["Edges"])
            line += " > "
                + QString::fromStdString(
                    services[edge["ReferenceId"].get<std::size_t>()]["Name"].get<std::string>())
                + QString::number(edge["SummaryStatistics"]["TotalCount"].get<int>());
        lines << line;
    }
    return lines;
}

}

void TstXRay::graph_saysWhoCallsWhom()
{
    m_room->callOfApi(200);
    m_room->callOfApi(502);
    m_room->callOfApi(200, false);
    const auto answer =
        m_room->call("GetServiceGraph", {{"StartTime", 1'799'999'000}, {"EndTime", 1'800'001'000}});
    QVERIFY(answer);
    QCOMPARE(graphOf(*answer),
        (QStringList{"books/prod AWS::ApiGateway::Stage 1 0 1 > list-books2", " client 1 0 1 > books/prod2",
            "list-books AWS::Lambda 1 0 1 > list-books2", "list-books AWS::Lambda::Function 1 0 1 > Books2",
            "Books AWS::DynamoDB::Table 2 0 0"}));
    COMPARE_JSON((*answer)["Services"][0]["Root"], true);
    COMPARE_JSON((*answer)["Services"][4]["State"], "unknown");
}

void TstXRay::graph_ofOneTraceHasThatAlone()
{
    const auto id = m_room->callOfApi(404);
    m_room->callOfApi(200);
    const auto answer = m_room->call("GetTraceGraph", {{"TraceIds", {id}}});
    QVERIFY(answer);
    QCOMPARE(graphOf(*answer).first(), QString("books/prod AWS::ApiGateway::Stage 0 1 0 > list-books1"));
    QVERIFY(!m_room->call("GetTraceGraph", {{"TraceIds", json::array()}}));
}

void TstXRay::filters_select_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("count");
    // Three traces: 200 /books/7, 404 /none, 502 /books/8.
    QTest::newRow("service") << R"(service("books/prod"))" << 3;
    QTest::newRow("another service") << R"(service("shop/prod"))" << 0;
    QTest::newRow("service of a type")
        << R"(service(id(name: "list-books", type: "AWS::Lambda::Function")))" << 3;
    QTest::newRow("service of another type") << R"(service(id(name: "list-books", type: "AWS::EC2")))" << 0;
    QTest::newRow("service that failed") << R"(service("list-books") { fault })" << 1;
    QTest::newRow("service that did well") << R"(service("Books") { fault = true })" << 0;
    QTest::newRow("status") << "http.status = 404" << 1;
    QTest::newRow("status range") << "http.status >= 400 AND http.status < 500" << 1;
    QTest::newRow("fault") << "fault" << 1;
    QTest::newRow("no fault") << "!fault" << 2;
    QTest::newRow("fault is false") << "fault = false" << 2;
    QTest::newRow("fault is not false") << "fault != false" << 1;
    QTest::newRow("error") << "error = true" << 1;
    QTest::newRow("ok") << "ok" << 1;
    QTest::newRow("throttle") << "throttle" << 0;
    QTest::newRow("partial") << "partial" << 0;
    QTest::newRow("or") << "ok or http.status = 502" << 2;
    QTest::newRow("and before or") << "ok or error and fault" << 1;
    QTest::newRow("brackets") << "(ok or error) and fault" << 0;
    QTest::newRow("not brackets") << "NOT (ok or error)" << 1;
    QTest::newRow("url") << R"(http.url CONTAINS "books")" << 2;
    QTest::newRow("url begins") << R"(http.url BEGINSWITH "/no")" << 1;
    QTest::newRow("url ends") << R"(http.url ENDSWITH '8')" << 1;
    QTest::newRow("method") << R"(http.method = "POST")" << 0;
    QTest::newRow("response time") << "responsetime > 100" << 0;
    QTest::newRow("duration") << "duration >= 0 AND duration <= 100" << 3;
}

void TstXRay::filters_select()
{
    QFETCH(QString, filter);
    QFETCH(int, count);
    m_room->callOfApi(200);
    m_room->callOfApi(404, true, "/none");
    m_room->callOfApi(502, true, "/books/8");
    const auto answer = m_room->summaries(filter.toStdString());
    QVERIFY2(!answer.contains("error"), answer.dump().c_str());
    QCOMPARE(static_cast<int>(answer["TraceSummaries"].size()), count);
}

void TstXRay::badFilters_areRefused_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("message");
    const auto refused = QString("Cloud Chamber does not support %1 in filter expressions");
    const auto invalid = QString("Invalid filter expression: %1");
    QTest::newRow("edge") << R"(edge("a", "b"))" << refused.arg("'edge'");
    QTest::newRow("annotation") << R"(annotation.color = "red")" << refused.arg("'annotation.color'");
    QTest::newRow("group") << R"(group.name = "a")" << refused.arg("'group.name'");
    QTest::newRow("account") << R"(service(id(account.id: "1")))" << refused.arg("'account.id' of id()");
    QTest::newRow("unknown word") << "speed > 1" << invalid.arg("'speed' is no keyword");
    QTest::newRow("ends early") << "fault AND" << invalid.arg("it ends too early");
    QTest::newRow("no number") << R"(http.status = "a")" << invalid.arg("'a' is no number");
    QTest::newRow("open bracket") << "(fault" << invalid.arg("')' is missing at its end");
    QTest::newRow("open text") << R"(service("a)" << invalid.arg("a text without its end");
    QTest::newRow("too much") << "fault error" << invalid.arg("'error' is too much");
    QTest::newRow("sign") << "fault & error" << invalid.arg("'&' is no sign of it");
    QTest::newRow("deep") << QString("(").repeated(200) << invalid.arg("it nests deeper than 50 levels");
}

void TstXRay::badFilters_areRefused()
{
    QFETCH(QString, filter);
    QFETCH(QString, message);
    const auto answer = m_room->summaries(filter.toStdString());
    COMPARE_JSON(answer["error"], message.toStdString());
}

void TstXRay::badInput_isRefused()
{
    const auto message = [&](const char* action, const json& input) {
        const auto answer = m_room->call(action, input);
        return answer ? std::string("fine") : answer.error().code + ": " + answer.error().message;
    };
    QCOMPARE(message("GetTraceSummaries", {{"StartTime", 2}, {"EndTime", 1}}),
        std::string("InvalidRequestException: StartTime must be before EndTime"));
    QCOMPARE(message("GetTraceSummaries", {{"StartTime", 2}}),
        std::string(
            "InvalidRequestException: 1 validation error detected: Value null at 'endTime' failed to satisfy "
            "constraint: Member must not be null"));
    QCOMPARE(message("GetTraceSummaries", {{"StartTime", 1}, {"EndTime", 2}, {"NextToken", "?"}}),
        std::string("InvalidRequestException: NextToken is not valid"));
    QCOMPARE(message("BatchGetTraces", {{"TraceIds", json::array()}}),
        std::string("InvalidRequestException: TraceIds must have between 1 and 5 trace IDs"));
    QCOMPARE(message("CreateGroup", json::object()),
        std::string(
            "NotImplemented: Cloud Chamber does not support CreateGroup: there are no groups of traces"));
    QCOMPARE(message("PutTraceSegments", json::object()),
        std::string(
            "InvalidRequestException: 1 validation error detected: Value null at 'traceSegmentDocuments' "
            "failed to satisfy constraint: Member must not be null"));
}

namespace {

constexpr double kBegin = static_cast<double>(kStart) / 1e6;

std::string subsegment(const std::string& trace, const std::string& parent, const json& more)
{
    json document{{"id", "00000000000000aa"}, {"name", "pick"}, {"type", "subsegment"}, {"trace_id", trace},
        {"parent_id", parent}, {"start_time", kBegin}, {"end_time", kBegin + 1}};
    document.update(more);
    return document.dump();
}

void sendDatagram(std::uint16_t port, const std::string& text)
{
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int program = socket(AF_INET, SOCK_DGRAM, 0);
    const auto sent =
        sendto(program, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&place), sizeof place);
    close(program);
    QCOMPARE(sent, static_cast<ssize_t>(text.size()));
}

const json* partNamed(const json& segment, const std::string& name)
{
    const auto parts = segment.find("subsegments");
    if (parts == segment.end())
        return nullptr;
    for (const auto& part : *parts) {
        if (part["name"] == name)
            return &part;
    }
    return nullptr;
}

}

// What an X-Ray SDK in the function tells hangs below the function's invocation; the table's call, which both
// tell, is there once.
void TstXRay::segments_ofProgramsJoinTheTrace()
{
    const auto id = m_room->callOfApi();
    const auto before = m_room->documents(id);
    const auto invocation = *partNamed(before[2], "Invocation");
    const json call{{"id", "00000000000000bb"}, {"name", "dynamodb"}, {"namespace", "aws"},
        {"start_time", kBegin}, {"end_time", kBegin + 1},
        {"aws", {{"operation", "GetItem"}, {"table_name", "Books"}}}};
    const json more{{"annotations", {{"kind", "novel"}, {"count", 3}, {"rare", true}}}, {"user", "mila"},
        {"subsegments", {call}}};
    const auto taken = m_room->call("PutTraceSegments",
        {{"TraceSegmentDocuments", {subsegment(id, invocation["id"].get<std::string>(), more)}}});
    COMPARE_JSON((*taken)["UnprocessedTraceSegments"], json::array());

    const auto after = m_room->documents(id);
    QCOMPARE(after.size(), 3u);
    const auto* shown = partNamed(after[2], "Invocation");
    QVERIFY(shown);
    const auto* told = partNamed(*shown, "pick");
    QVERIFY(told);
    COMPARE_JSON((*told)["subsegments"][0]["aws"]["table_name"], "Books");
    QVERIFY(!partNamed(*shown, "DynamoDB"));

    const auto summary = m_room->summaries()["TraceSummaries"][0];
    COMPARE_JSON(summary["Annotations"]["kind"][0]["AnnotationValue"], json({{"StringValue", "novel"}}));
    COMPARE_JSON(summary["Annotations"]["count"][0]["AnnotationValue"], json({{"NumberValue", 3}}));
    COMPARE_JSON(summary["Annotations"]["rare"][0]["AnnotationValue"], json({{"BooleanValue", true}}));
    COMPARE_JSON(summary["Users"][0]["UserName"], "mila");
    QCOMPARE(summary["ServiceIds"].size(), 4u);
    const auto graph = m_room->call("GetTraceGraph", {{"TraceIds", {id}}});
    for (const auto& node : (*graph)["Services"]) {
        if (node["Type"] == "AWS::DynamoDB::Table")
            COMPARE_JSON(node["SummaryStatistics"]["TotalCount"], 1);
    }
}

void TstXRay::segments_aloneAreATrace()
{
    const std::string id = "1-6b49d200-a006649127e371903a2de979";
    const json shop{{"id", "00000000000000c1"}, {"name", "shop"}, {"trace_id", id}, {"start_time", kBegin},
        {"end_time", kBegin + 2}, {"origin", "AWS::EC2::Instance"}, {"fault", true},
        {"http",
            {{"request", {{"method", "POST"}, {"url", "https://shop.example/buy"}}},
                {"response", {{"status", 500}}}}},
        {"subsegments",
            {{{"id", "00000000000000c2"}, {"name", "bank.example"}, {"namespace", "remote"},
                {"start_time", kBegin}, {"end_time", kBegin + 1}}}}};
    QVERIFY(m_room->call("PutTraceSegments", {{"TraceSegmentDocuments", {shop.dump()}}}));
    const auto summary = m_room->summaries("http.status = 500 AND fault")["TraceSummaries"][0];
    COMPARE_JSON(summary["Id"], id);
    COMPARE_JSON(summary["Duration"], 2.0);
    COMPARE_JSON(summary["Http"],
        json({{"HttpURL", "https://shop.example/buy"}, {"HttpMethod", "POST"}, {"HttpStatus", 500}}));
    QCOMPARE(m_room->documents(id).size(), 1u);
    const auto graph =
        m_room->call("GetServiceGraph", {{"StartTime", 1'799'999'000}, {"EndTime", 1'800'001'000}});
    std::set<std::string> names;
    for (const auto& node : (*graph)["Services"])
        names.insert(node.value("Type", "") + ' ' + node.value("Name", ""));
    QCOMPARE(names, (std::set<std::string>{"AWS::EC2::Instance shop", "client ", "remote bank.example"}));
    m_room->service.reset();
    COMPARE_JSON((*m_room->call("BatchGetTraces", {{"TraceIds", {id}}}))["Traces"], json::array());
}

void TstXRay::segments_withStrangeTimesAreShown()
{
    const std::string id = "1-6b49d200-a006649127e371903a2de979";
    const json shop{{"id", "00000000000000c1"}, {"name", "shop"}, {"trace_id", id}, {"start_time", kBegin},
        {"in_progress", true}, {"end_time", nullptr},
        {"subsegments",
            {{{"id", "00000000000000c2"}, {"name", "S3"}, {"namespace", "aws"}, {"start_time", "early"}}}}};
    QVERIFY(m_room->call("PutTraceSegments", {{"TraceSegmentDocuments", {shop.dump()}}}));
    COMPARE_JSON(m_room->summaries()["TraceSummaries"][0]["Id"], id);
    QCOMPARE(m_room->documents(id).size(), 1u);
}

void TstXRay::segments_thatAreNoneAreSentBack_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const json& document, const char* code) {
        QTest::newRow(name) << QString::fromStdString(
            document.is_string() ? document.get<std::string>() : document.dump())
                            << QString(QLatin1String(code));
    };
    const json whole{{"id", "00000000000000c1"}, {"name", "shop"}, {"start_time", 1}, {"end_time", 2},
        {"trace_id", "1-6b49d200-a006649127e371903a2de979"}};
    const auto without = [&whole](const char* name) {
        auto document = whole;
        document.erase(name);
        return document;
    };
    const auto with = [&whole](const char* name, const json& value) {
        auto document = whole;
        document[name] = value;
        return document;
    };
    row("no JSON", "{", "ParseError");
    row("too deep", "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + '}', "ParseError");
    row("no id", without("id"), "MissingId");
    row("no hex id", with("id", "shop"), "InvalidId");
    row("no name", without("name"), "MissingName");
    row("no trace", without("trace_id"), "MissingTraceId");
    row("another trace", with("trace_id", "1-2-3"), "InvalidTraceId");
    row("no begin", without("start_time"), "MissingStartTime");
    row("no end", without("end_time"), "MissingEndTime");
    row("no parent", with("type", "subsegment"), "MissingParentId");
}

void TstXRay::segments_thatAreNoneAreSentBack()
{
    QFETCH(QString, document);
    QFETCH(QString, code);
    const auto answer =
        m_room->call("PutTraceSegments", {{"TraceSegmentDocuments", {document.toStdString()}}});
    QVERIFY(answer);
    const auto& back = (*answer)["UnprocessedTraceSegments"];
    QCOMPARE(back.size(), 1u);
    COMPARE_JSON(back[0]["ErrorCode"], code.toStdString());
    COMPARE_JSON(back[0]["Message"], "Invalid segment. ErrorCode: " + code.toStdString());
}

// Programs have this computer's clock, which is years away from the chamber's here.
void TstXRay::daemon_takesSegmentsOnTheChambersClock()
{
    const auto answer = m_room->call("DescribeDaemon", json::object());
    QVERIFY(answer);
    const auto address = QString::fromStdString((*answer)["Address"].get<std::string>());
    const auto port = address.mid(address.lastIndexOf(QLatin1Char(':')) + 1).toUShort();
    COMPARE_JSON((*m_room->call("DescribeDaemon", json::object()))["Address"], address.toStdString());
    const std::string id = "1-6b49d200-a006649127e371903a2de979";
    const auto now = static_cast<double>(realMicros()) / 1e6;
    const json segment{{"id", "00000000000000d1"}, {"name", "worker"}, {"trace_id", id},
        {"start_time", now - 2}, {"end_time", now - 1}};
    sendDatagram(port, "noise");
    sendDatagram(port,
        R"({"format": "json", "version": 1})"
        "\n" + segment.dump());
    const auto found = [&] { return m_room->documents(id); };
    QTRY_VERIFY(!(*m_room->call("BatchGetTraces", {{"TraceIds", {id}}}))["Traces"].empty());
    QVERIFY(std::abs(found()[0]["start_time"].get<double>() - (kBegin - 2)) < 60);
    COMPARE_JSON(m_room->summaries()["TraceSummaries"][0]["Id"], id);
}

void TstXRay::sampling_isThatOfTheDefaultRule()
{
    const auto rules = m_room->call("GetSamplingRules", json::object());
    const auto& rule = (*rules)["SamplingRuleRecords"][0]["SamplingRule"];
    COMPARE_JSON(rule["RuleARN"], "arn:aws:xray:us-east-1:000000000000:sampling-rule/Default");
    COMPARE_JSON(only(rule, {"FixedRate", "Priority", "ReservoirSize"}),
        json({{"FixedRate", 0.05}, {"Priority", 10'000}, {"ReservoirSize", 1}}));
    const auto statistics = [](const char* name) {
        return json{{"RuleName", name}, {"ClientID", "0123456789abcdef01234567"}, {"Timestamp", kBegin},
            {"RequestCount", 3}, {"SampledCount", 1}};
    };
    const auto targets = m_room->call(
        "GetSamplingTargets", {{"SamplingStatisticsDocuments", {statistics("Default"), statistics("mine")}}});
    COMPARE_JSON((*targets)["SamplingTargetDocuments"][0]["FixedRate"], 0.05);
    COMPARE_JSON((*targets)["UnprocessedStatistics"][0]["RuleName"], "mine");
    QVERIFY(m_room->call("PutTelemetryRecords", {{"TelemetryRecords", {{{"Timestamp", kBegin}}}}}));
    const auto wrong =
        m_room->call("GetSamplingTargets", {{"SamplingStatisticsDocuments", {{{"RuleName", "x"}}}}});
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, std::string("InvalidRequestException"));
}

CHAMBER_SUITE(TstXRay, "tst_xray")
#include "tst_xray.moc"
