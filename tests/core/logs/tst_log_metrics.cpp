#include "core/logs/log_metrics.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace core;
using logs::LogEvent;
using nlohmann::json;

namespace {

constexpr std::int64_t kNow = 1'795'356'207'418; // milliseconds

// "space name unit {dimensions} count sum" a metric.
std::string textOf(const std::vector<logs::LogMetric>& metrics)
{
    std::string text;
    for (const auto& [metric, at, stats] : metrics) {
        text += metric.region + ' ' + metric.space + ' ' + metric.name + ' ' + metric.unit + " {";
        for (const auto& [name, value] : metric.dimensions)
            text += name + '=' + value + ' ';
        text += "} " + std::to_string(static_cast<int>(stats.count())) + ' '
            + std::to_string(static_cast<int>(stats.sum())) + " @" + std::to_string(at - kNow * kMillisecond)
            + '\n';
    }
    return text;
}

json embedded()
{
    return {{"_aws",
                {{"Timestamp", kNow},
                    {"CloudWatchMetrics",
                        {{{"Namespace", "shop"}, {"Dimensions", {{"service", "function"}, json::array()}},
                            {"Metrics", {{{"Name", "orders"}, {"Unit", "Count"}}, {{"Name", "time"}}}}}}}}},
        {"service", "web"}, {"function", "f"}, {"orders", 2}, {"time", {3, 4}}};
}

std::string embeddedText(const json& message)
{
    return textOf(logs::embeddedMetrics(message.dump(), "eu-west-1", kNow));
}

std::vector<LogEvent> events(std::initializer_list<const char*> messages)
{
    std::vector<LogEvent> list;
    for (const auto* message : messages)
        list.push_back({{kNow, list.size()}, kNow, message});
    return list;
}

json filterOf(const char* pattern, const json& more)
{
    json wanted = {{"metricName", "n"}, {"metricNamespace", "s"}, {"metricValue", "1"}};
    wanted.update(more);
    return {{"filterName", "f"}, {"filterPattern", pattern}, {"metricTransformations", {wanted}}};
}

}

class TstLogMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void embeddedFormat_givesEachMetricForEachSetOfDimensions()
    {
        QCOMPARE(embeddedText(embedded()),
            std::string("eu-west-1 shop orders Count {function=f service=web } 1 2 @0\n"
                        "eu-west-1 shop time None {function=f service=web } 2 7 @0\n"
                        "eu-west-1 shop orders Count {} 1 2 @0\n"
                        "eu-west-1 shop time None {} 2 7 @0\n"));
    }

    void embeddedFormat_leavesOutWhatIsNotAsItShouldBe()
    {
        auto message = embedded();
        message["orders"] = "two";
        message.erase("function");
        QCOMPARE(embeddedText(message), std::string("eu-west-1 shop time None {} 2 7 @0\n"));
        message["_aws"]["Timestamp"] = kNow - 15LL * 86'400'000;
        QCOMPARE(embeddedText(message), std::string());
        message = embedded();
        message["_aws"].erase("Timestamp");
        QCOMPARE(embeddedText(message), std::string());
        QCOMPARE(textOf(logs::embeddedMetrics("{\"_aws\"", "eu-west-1", kNow)), std::string());
        QCOMPARE(textOf(logs::embeddedMetrics("say " + embedded().dump(), "eu-west-1", kNow)), std::string());
        QCOMPARE(embeddedText({{"_aws", 1}}), std::string());
        QCOMPARE(
            embeddedText({{"_aws", {{"Timestamp", kNow}, {"CloudWatchMetrics", {1, {{"Namespace", 2}}}}}}}),
            std::string());
    }

    void metricFilter_countsWhatMatches()
    {
        const auto list = events({"ERROR a", "fine", "ERROR b"});
        QCOMPARE(textOf(logs::filteredMetrics(filterOf("ERROR", json::object()), list, "r")),
            std::string("r s n None {} 1 1 @0\nr s n None {} 1 1 @0\n"));
        QCOMPARE(textOf(logs::filteredMetrics(
                     filterOf("ERROR", {{"defaultValue", 0}, {"unit", "Count"}}), list, "r")),
            std::string("r s n Count {} 1 1 @0\nr s n Count {} 1 0 @0\nr s n Count {} 1 1 @0\n"));
    }

    void metricFilter_takesValuesAndDimensionsOutOfJson()
    {
        const auto list = events({R"({"ms":12,"at":{"path":"/a"}})", R"({"ms":"7","at":{"path":"/b"}})",
            R"({"ms":"slow","at":{"path":"/c"}})", R"({"ms":1})"});
        const auto filter =
            filterOf("{ $.ms = * }", {{"metricValue", "$.ms"}, {"dimensions", {{"Path", "$.at.path"}}}});
        QCOMPARE(textOf(logs::filteredMetrics(filter, list, "r")),
            std::string("r s n None {Path=/a } 1 12 @0\nr s n None {Path=/b } 1 7 @0\n"));
    }
};

CHAMBER_SUITE(TstLogMetrics, "tst_log_metrics")
#include "tst_log_metrics.moc"
