#include "core/base/time_format.h"
#include "core/cloudwatch/service.h"
#include "tests/support/door_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kStart = 1'800'000'000 * kSecond; // a full hour

using MetricsRoom = DoorRoom<cloudwatch::CloudWatchService>;

double seconds(Micros moment)
{
    return static_cast<double>(moment) / 1e6;
}

json put(const json& datum)
{
    return {{"Namespace", "Shop"}, {"MetricData", json::array({datum})}};
}

json statistics(const json& more)
{
    json input{{"Namespace", "Shop"}, {"MetricName", "Orders"}, {"StartTime", seconds(kStart)},
        {"EndTime", seconds(kStart + 60 * kMinute)}, {"Period", 60}};
    input.update(more);
    return input;
}

json query(const char* id, const char* stat, int period = 60)
{
    return {{"Id", id},
        {"MetricStat",
            {{"Metric", {{"Namespace", "Shop"}, {"MetricName", "Orders"}}}, {"Period", period},
                {"Stat", stat}}}};
}

json math(const char* id, const std::string& expression)
{
    return {{"Id", id}, {"Expression", expression}};
}

json data(const json& queries, const json& more = json::object())
{
    json input{{"MetricDataQueries", queries}, {"StartTime", seconds(kStart)},
        {"EndTime", seconds(kStart + 60 * kMinute)}};
    input.update(more);
    return input;
}

}

class TstCloudWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<MetricsRoom>(kStart); }
    void cleanup() { m_room.reset(); }

    void statistics_areOfWhatWasPut();
    void largeValues_areKept();
    void statistics_comeByPeriodFromTheStart();
    void statistics_keepUnitsApart();
    void statistics_havePercentiles();
    void data_comesByPeriodNewestFirst();
    void data_isPaged();
    void data_withReturnDataFalseIsLeftOut();
    void data_isReckonedByExpressions_data();
    void data_isReckonedByExpressions();
    void whatServicesCount_isReadTheSameWay();
    void metrics_areListedWithFilters();
    void metrics_arePaged();
    void metrics_ofOtherRegionsAreNotSeen();
    void badInput_isRefused_data();
    void badInput_isRefused();
    void oneBadDatum_keepsNothing();

private:
    void putValue(double value, Micros at, const char* unit = "Count")
    {
        const auto done = m_room->call("PutMetricData",
            put({{"MetricName", "Orders"}, {"Value", value}, {"Timestamp", seconds(at)}, {"Unit", unit}}));
        QVERIFY2(done, done ? "" : done.error().message.c_str());
    }

    std::unique_ptr<MetricsRoom> m_room;
};

void TstCloudWatch::statistics_areOfWhatWasPut()
{
    QVERIFY(m_room->call("PutMetricData",
        put({{"MetricName", "Orders"}, {"Values", {1, 5}}, {"Counts", {3, 1}}, {"Unit", "Count"}})));
    QVERIFY(m_room->call("PutMetricData",
        put({{"MetricName", "Orders"}, {"Unit", "Count"},
            {"StatisticValues", {{"SampleCount", 2}, {"Sum", 12}, {"Minimum", 4}, {"Maximum", 8}}}})));
    const auto answer = m_room->call("GetMetricStatistics",
        statistics({{"Statistics", {"SampleCount", "Sum", "Average", "Minimum", "Maximum"}}}));
    QVERIFY(answer);
    COMPARE_JSON((*answer)["Label"], "Orders");
    COMPARE_JSON((*answer)["Datapoints"],
        json::array({{{"Timestamp", seconds(kStart)}, {"Unit", "Count"}, {"SampleCount", 6.0}, {"Sum", 20.0},
            {"Average", 20.0 / 6}, {"Minimum", 1.0}, {"Maximum", 8.0}}}));
}

void TstCloudWatch::largeValues_areKept()
{
    putValue(1e30, kStart);
    const auto answer = m_room->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}}));
    COMPARE_JSON((*answer)["Datapoints"][0]["Sum"], 1e30);
}

void TstCloudWatch::statistics_comeByPeriodFromTheStart()
{
    for (int minute = 0; minute < 10; ++minute)
        putValue(minute, kStart + minute * kMinute);
    const auto answer = m_room->call("GetMetricStatistics",
        statistics(
            {{"Statistics", {"Sum"}}, {"Period", 300}, {"StartTime", iso8601(kStart + 2 * kMinute + kSecond)},
                {"EndTime", iso8601(kStart + 9 * kMinute)}}));
    QVERIFY(answer);
    COMPARE_JSON((*answer)["Datapoints"],
        json::array(
            {{{"Timestamp", seconds(kStart + 2 * kMinute)}, {"Unit", "Count"}, {"Sum", 2.0 + 3 + 4 + 5 + 6}},
                {{"Timestamp", seconds(kStart + 7 * kMinute)}, {"Unit", "Count"}, {"Sum", 7.0 + 8}}}));
}

void TstCloudWatch::statistics_keepUnitsApart()
{
    putValue(1, kStart, "Seconds");
    putValue(2, kStart, "Milliseconds");
    const auto all = m_room->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}}));
    QCOMPARE((*all)["Datapoints"].size(), 2u);
    const auto one =
        m_room->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}, {"Unit", "Seconds"}}));
    QCOMPARE((*one)["Datapoints"].size(), 1u);
    COMPARE_JSON((*one)["Datapoints"][0]["Sum"], 1.0);
    const auto none =
        m_room->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}, {"Unit", "Bytes"}}));
    QVERIFY((*none)["Datapoints"].empty());
}

void TstCloudWatch::statistics_havePercentiles()
{
    for (int i = 1; i <= 100; ++i)
        putValue(i, kStart);
    const auto answer =
        m_room->call("GetMetricStatistics", statistics({{"ExtendedStatistics", {"p50", "p99.9", "p100"}}}));
    QVERIFY(answer);
    const auto& values = (*answer)["Datapoints"][0]["ExtendedStatistics"];
    QVERIFY(std::abs(values["p50"].get<double>() - 50) <= 0.51);
    QVERIFY(std::abs(values["p99.9"].get<double>() - 100) <= 1);
    COMPARE_JSON(values["p100"], 100.0);
    QVERIFY(!(*answer)["Datapoints"][0].contains("Sum"));
}

void TstCloudWatch::data_comesByPeriodNewestFirst()
{
    for (int minute = 0; minute < 10; ++minute)
        putValue(minute, kStart + minute * kMinute);
    const auto queries = json::array({query("sums", "Sum", 300), query("most", "Maximum", 300)});
    const auto newest = m_room->call("GetMetricData", data(queries));
    QVERIFY(newest);
    const auto& results = (*newest)["MetricDataResults"];
    QCOMPARE(results.size(), 2u);
    COMPARE_JSON(results[0]["Id"], "sums");
    COMPARE_JSON(results[0]["Label"], "Orders");
    COMPARE_JSON(results[0]["StatusCode"], "Complete");
    COMPARE_JSON(results[0]["Timestamps"], (json{seconds(kStart + 5 * kMinute), seconds(kStart)}));
    COMPARE_JSON(results[0]["Values"], (json{35.0, 10.0}));
    COMPARE_JSON(results[1]["Values"], (json{9.0, 4.0}));
    const auto oldest = m_room->call("GetMetricData", data(queries, {{"ScanBy", "TimestampAscending"}}));
    COMPARE_JSON((*oldest)["MetricDataResults"][0]["Values"], (json{10.0, 35.0}));
    QVERIFY(!oldest->contains("NextToken"));
}

void TstCloudWatch::data_isPaged()
{
    for (int minute = 0; minute < 5; ++minute)
        putValue(minute, kStart + minute * kMinute);
    auto input = data(json::array({query("one", "Sum"), query("two", "Maximum")}),
        {{"MaxDatapoints", 3}, {"ScanBy", "TimestampAscending"}});
    std::map<std::string, json> values{{"one", json::array()}, {"two", json::array()}};
    int pages = 0;
    for (;; ++pages) {
        const auto page = m_room->call("GetMetricData", input);
        QVERIFY(page);
        std::size_t points = 0;
        for (const auto& result : (*page)["MetricDataResults"]) {
            points += result["Values"].size();
            for (const auto& value : result["Values"])
                values[result["Id"].get<std::string>()].push_back(value);
        }
        QVERIFY(points <= 3);
        if (!page->contains("NextToken"))
            break;
        input["NextToken"] = (*page)["NextToken"];
    }
    QCOMPARE(pages, 3);
    COMPARE_JSON(values["one"], (json{0.0, 1.0, 2.0, 3.0, 4.0}));
    COMPARE_JSON(values["two"], (json{0.0, 1.0, 2.0, 3.0, 4.0}));
}

void TstCloudWatch::data_withReturnDataFalseIsLeftOut()
{
    putValue(1, kStart);
    auto quiet = query("quiet", "Sum");
    quiet["ReturnData"] = false;
    const auto answer = m_room->call("GetMetricData", data(json::array({quiet, query("told", "Sum")})));
    QCOMPARE((*answer)["MetricDataResults"].size(), 1u);
    COMPARE_JSON((*answer)["MetricDataResults"][0]["Id"], "told");
}

void TstCloudWatch::data_isReckonedByExpressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("values");
    // s is 0, 2, 4 in the first three minutes; n is 1 in the first and the third.
    QTest::newRow("a series") << "s"
                              << "[0.0,2.0,4.0]";
    QTest::newRow("with a number") << "100 * s / 4"
                                   << "[0.0,50.0,100.0]";
    QTest::newRow("order of signs") << "1 + s * 2 - 1"
                                    << "[0.0,4.0,8.0]";
    QTest::newRow("brackets") << "(1 + s) * -2"
                              << "[-2.0,-6.0,-10.0]";
    QTest::newRow("joined") << "s - n"
                            << "[-1.0,3.0]";
    QTest::newRow("divided by zero") << "n / s"
                                     << "[0.25]";
    QTest::newRow("filled") << "FILL(n, 0) + s"
                            << "[1.0,2.0,5.0]";
    QTest::newRow("share of all") << "s / SUM(s) * 6"
                                  << "[0.0,2.0,4.0]";
    QTest::newRow("average of a list") << "AVG([s, n])"
                                       << "[0.5,2.0,2.5]";
    QTest::newRow("largest of the metrics") << "max(METRICS())"
                                            << "[1.0,2.0,4.0]";
    QTest::newRow("ceiling") << "CEIL(s / 3)"
                             << "[0.0,1.0,2.0]";
    QTest::newRow("another expression") << "twice - s"
                                        << "[0.0,2.0,4.0]";
}

void TstCloudWatch::data_isReckonedByExpressions()
{
    QFETCH(QString, expression);
    QFETCH(QString, values);
    for (int minute = 0; minute < 3; ++minute)
        putValue(minute * 2, kStart + minute * kMinute);
    for (const int minute : {0, 2})
        QVERIFY(m_room->call("PutMetricData",
            put({{"MetricName", "Others"}, {"Value", 1},
                {"Timestamp", seconds(kStart + minute * kMinute)}})));
    auto others = query("n", "Sum");
    others["MetricStat"]["Metric"]["MetricName"] = "Others";
    others["ReturnData"] = false;
    auto sums = query("s", "Sum");
    sums["ReturnData"] = false;
    auto twice = math("twice", "s + s");
    twice["ReturnData"] = false;
    const auto answer = m_room->call("GetMetricData",
        data(json::array({math("wanted", expression.toStdString()), sums, others, twice}),
            {{"ScanBy", "TimestampAscending"}, {"EndTime", seconds(kStart + 3 * kMinute)}}));
    QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
    QCOMPARE((*answer)["MetricDataResults"].size(), 1u);
    COMPARE_JSON((*answer)["MetricDataResults"][0]["Label"], "wanted");
    QCOMPARE((*answer)["MetricDataResults"][0]["Values"].dump(), values.toStdString());
}

void TstCloudWatch::whatServicesCount_isReadTheSameWay()
{
    for (int i = 0; i < 3; ++i)
        m_room->metrics.add("us-east-1", "AWS/ApiGateway", {{"ApiName", "books"}, {"Stage", "dev"}},
            {{"Count", 1}, {"Latency", 10.0 * i, "Milliseconds"}}, kStart);
    const json dimensions =
        json::array({{{"Name", "Stage"}, {"Value", "dev"}}, {{"Name", "ApiName"}, {"Value", "books"}}});
    const auto answer = m_room->call("GetMetricStatistics",
        statistics({{"Namespace", "AWS/ApiGateway"}, {"MetricName", "Latency"}, {"Dimensions", dimensions},
            {"Statistics", {"Average"}}}));
    QVERIFY(answer);
    COMPARE_JSON((*answer)["Datapoints"][0]["Average"], 10.0);
    COMPARE_JSON((*answer)["Datapoints"][0]["Unit"], "Milliseconds");
}

void TstCloudWatch::metrics_areListedWithFilters()
{
    m_room->metrics.add(
        "us-east-1", "AWS/Lambda", {{"FunctionName", "a"}}, {{"Errors"}, {"Invocations"}}, kStart);
    m_room->metrics.add("us-east-1", "AWS/Lambda", {{"FunctionName", "b"}}, {{"Errors"}}, kStart);
    putValue(1, kStart - 4 * 60 * kMinute, "Seconds");
    putValue(1, kStart - 4 * 60 * kMinute, "Count");
    const auto count = [&](const json& input) {
        return (*m_room->call("ListMetrics", input))["Metrics"].size();
    };
    QCOMPARE(count(json::object()), 4u); // one in two units is one
    QCOMPARE(count({{"Namespace", "AWS/Lambda"}}), 3u);
    QCOMPARE(count({{"MetricName", "Errors"}}), 2u);
    QCOMPARE(count({{"Dimensions", json::array({{{"Name", "FunctionName"}}})}}), 3u);
    QCOMPARE(count({{"Dimensions", json::array({{{"Name", "FunctionName"}, {"Value", "b"}}})}}), 1u);
    QCOMPARE(count({{"RecentlyActive", "PT3H"}}), 3u);
    const auto found =
        m_room->call("ListMetrics", {{"Namespace", "AWS/Lambda"}, {"MetricName", "Invocations"}});
    COMPARE_JSON((*found)["Metrics"],
        json::array({{{"Namespace", "AWS/Lambda"}, {"MetricName", "Invocations"},
            {"Dimensions", json::array({{{"Name", "FunctionName"}, {"Value", "a"}}})}}}));
    m_room->clock.advance(15 * 24 * 60 * kMinute);
    QCOMPARE(count(json::object()), 0u);
}

void TstCloudWatch::metrics_arePaged()
{
    for (int i = 0; i < 501; ++i)
        m_room->metrics.add("us-east-1", "Shop", {{"Number", std::to_string(i)}}, {{"Orders"}}, kStart);
    const auto first = m_room->call("ListMetrics", json::object());
    QCOMPARE((*first)["Metrics"].size(), 500u);
    const auto second = m_room->call("ListMetrics", {{"NextToken", (*first)["NextToken"]}});
    QCOMPARE((*second)["Metrics"].size(), 1u);
    QVERIFY(!second->contains("NextToken"));
    QVERIFY(!m_room->call("ListMetrics", {{"NextToken", "????"}}));
}

void TstCloudWatch::metrics_ofOtherRegionsAreNotSeen()
{
    m_room->metrics.add("eu-west-1", "Shop", {}, {{"Orders"}}, kStart);
    QVERIFY((*m_room->call("ListMetrics", json::object()))["Metrics"].empty());
    QVERIFY(
        (*m_room->call("GetMetricStatistics", statistics({{"Statistics", {"Sum"}}})))["Datapoints"].empty());
}

void TstCloudWatch::badInput_isRefused_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* action, const json& input, const char* code,
                         const char* message) {
        QTest::newRow(name) << action << QString::fromStdString(input.dump()) << code << message;
    };
    const char* kPut = "PutMetricData";
    const char* kGet = "GetMetricStatistics";
    const char* kData = "GetMetricData";
    auto both = query("a", "Sum");
    both["Expression"] = "b";
    row("no name space", kPut, {{"MetricData", json::array()}}, "MissingParameter",
        "The parameter Namespace is required.");
    row("no metric name", kPut, put({{"Value", 1}}), "MissingParameter",
        "The parameter MetricData.member.1.MetricName is required.");
    row("AWS's own name space", kPut, {{"Namespace", "AWS/Lambda"}, {"MetricData", json::array()}},
        "InvalidParameterValue", "The value AWS/Lambda for parameter Namespace is invalid.");
    row("value and values", kPut, put({{"MetricName", "a"}, {"Value", 1}, {"Values", {1}}}),
        "InvalidParameterCombination",
        "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and "
        "you have "
        "specified both.");
    row("value and set", kPut,
        put({{"MetricName", "a"}, {"Value", 1},
            {"StatisticValues", {{"SampleCount", 1}, {"Sum", 1}, {"Minimum", 1}, {"Maximum", 1}}}}),
        "InvalidParameterCombination",
        "The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually "
        "exclusive and "
        "you have specified both.");
    row("counts of another length", kPut, put({{"MetricName", "a"}, {"Values", {1, 2}}, {"Counts", {1}}}),
        "InvalidParameterValue",
        "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.");
    row("no value", kPut, put({{"MetricName", "a"}}), "MissingParameter",
        "The parameter MetricData.member.1.Value is required.");
    row("too large a value", kPut, put({{"MetricName", "a"}, {"Value", 1e300}}), "InvalidParameterValue",
        "The value 1e+300 for parameter MetricData.member.1.Value is invalid.");
    row("a moment long ago", kPut,
        put({{"MetricName", "a"}, {"Value", 1}, {"Timestamp", seconds(kStart - 15 * 24 * 60 * kMinute)}}),
        "InvalidParameterValue",
        "The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the "
        "past.");
    row("entities", kPut, {{"Namespace", "Shop"}, {"EntityMetricData", json::array()}}, "ValidationException",
        "'entityMetricData' of PutMetricData: Cloud Chamber does not support this member: there are no "
        "entities");
    row("no statistic", kGet, statistics(json::object()), "InvalidParameterCombination",
        "Must specify either Statistics or ExtendedStatistics");
    row("start after end", kGet, statistics({{"Statistics", {"Sum"}}, {"EndTime", seconds(kStart)}}),
        "InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.");
    row("too many points", kGet,
        statistics({{"Statistics", {"Sum"}}, {"EndTime", seconds(kStart + 1441 * kMinute)}}),
        "InvalidParameterCombination",
        "You have requested up to 1441 datapoints, which exceeds the limit of 1440. You may reduce the "
        "datapoints "
        "requested by increasing Period, or decreasing the time range.");
    row("a period of 90", kGet, statistics({{"Statistics", {"Sum"}}, {"Period", 90}}),
        "InvalidParameterValue", "The parameter Period must be a multiple of 60.");
    row("no percentile", kGet, statistics({{"ExtendedStatistics", {"p101"}}}), "InvalidParameterValue",
        "The value p101 for parameter ExtendedStatistics.member.1 is not supported.");
    row("a trimmed mean", kGet, statistics({{"ExtendedStatistics", {"tm90"}}}), "ValidationError",
        "Cloud Chamber does not support the statistic tm90: it has percentiles, but no trimmed statistics");
    row("a wrong id", kData, data(json::array({query("A", "Sum")})), "ValidationError",
        "The value A for parameter MetricDataQueries.member.1.Id is not matching the expected pattern "
        "^[a-z][a-zA-Z0-9_]*$.");
    row("one id twice", kData, data(json::array({query("a", "Sum"), query("a", "Sum")})), "ValidationError",
        "The values for parameter id in MetricDataQueries are not unique.");
    row("math over nothing", kData, data(json::array({math("a", "b / c")})), "ValidationError",
        "Error in expression: no query has the id b");
    row("math out of itself", kData, data(json::array({math("a", "b"), math("b", "a")})), "ValidationError",
        "Error in expression: a is reckoned out of itself");
    row("math without an end", kData, data(json::array({math("a", "(1 +")})), "ValidationError",
        "Error in expression: it ends too early");
    row("math that is no series", kData, data(json::array({math("a", "1 + 2")})), "ValidationError",
        "Error in expression: its value is no time series");
    row("deep math", kData, data(json::array({math("a", std::string(500, '('))})), "ValidationError",
        "Error in expression: it nests deeper than 50 levels");
    row("an unknown function", kData, data(json::array({math("a", "SEARCH('x', 'Sum')")})), "ValidationError",
        "Cloud Chamber does not support the function SEARCH of metric math");
    row("both", kData, data(json::array({both})), "ValidationError",
        "Exactly one of the parameters MetricDataQueries.member.1.MetricStat and "
        "MetricDataQueries.member.1.Expression "
        "must be specified.");
    row("a wrong token", kData, data(json::array({query("a", "Sum")}), {{"NextToken", "?"}}),
        "InvalidNextToken", "Invalid nextToken");
    row("alarms", "PutMetricAlarm", json::object(), "NotImplemented",
        "Cloud Chamber does not support PutMetricAlarm: there are no alarms");
}

void TstCloudWatch::badInput_isRefused()
{
    QFETCH(QString, action);
    QFETCH(QString, input);
    QFETCH(QString, code);
    QFETCH(QString, message);
    const auto answer = m_room->call(action.toStdString().c_str(), json::parse(input.toStdString()));
    QVERIFY(!answer);
    QCOMPARE(QString::fromStdString(answer.error().code), code);
    QCOMPARE(QString::fromStdString(answer.error().message), message);
}

void TstCloudWatch::oneBadDatum_keepsNothing()
{
    auto input = put({{"MetricName", "Orders"}, {"Value", 1}});
    input["MetricData"].push_back({{"MetricName", "Orders"}});
    const auto answer = m_room->call("PutMetricData", input);
    QVERIFY(!answer);
    QCOMPARE(answer.error().message, std::string("The parameter MetricData.member.2.Value is required."));
    QVERIFY((*m_room->call("ListMetrics", json::object()))["Metrics"].empty());
}

CHAMBER_SUITE(TstCloudWatch, "tst_cloudwatch")
#include "tst_cloudwatch.moc"
