#include "core/apigateway/vtl/json_path.h"
#include "core/apigateway/vtl/json_value.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <filesystem>
#include <fstream>

using json = nlohmann::ordered_json;
using namespace core::apigateway::vtl;

class TstJsonPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void path_findsWhatJaywayFinds_data();
    void path_findsWhatJaywayFinds();
    void order_isTheDocuments();
    void deepJson_isRefused();
    void literalList_isMadeOnce();

private:
    std::string m_document;
};

void TstJsonPath::path_findsWhatJaywayFinds_data()
{
    const auto path = std::filesystem::path(places::source("tests/core/apigateway/data/json_path.json"));
    std::ifstream stream(path);
    const auto data = json::parse(stream);
    m_document = data.at("document").dump();
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    for (const auto& entry : data.at("cases")) {
        const auto text = entry.at("path").get<std::string>();
        const std::string expected = entry.contains("value") ? entry.at("value").dump()
            : entry.contains("count")   ? std::to_string(entry.at("count").get<int>()) + " values"
            : entry.contains("missing") ? "missing"
                                        : "error";
        QTest::newRow(("path " + text).c_str())
            << QString::fromStdString(text) << QString::fromStdString(expected);
    }
}

void TstJsonPath::path_findsWhatJaywayFinds()
{
    QFETCH(QString, path);
    QFETCH(QString, expected);
    Heap heap;
    const auto document = parseJson(m_document, heap);
    QVERIFY(document.has_value());
    const auto parsed = JsonPath::parse(path.toStdString());
    const auto found = parsed ? parsed->read(*document, heap)
                              : core::Result<std::optional<Value>>(tl::unexpected(parsed.error()));
    QString shown = "error";
    if (found && !*found)
        shown = "missing";
    else if (found && expected.endsWith(" values"))
        shown = QString::number((*found)->list()->items.size()) + " values";
    else if (found)
        shown = QString::fromStdString(*jsonOf(**found));
    QCOMPARE(shown, expected);
}

void TstJsonPath::order_isTheDocuments()
{
    Heap heap;
    const auto document = parseJson(R"({"z":1,"a":{"y":[1.50,1e3],"b":"é\u0001"}})", heap);
    QCOMPARE(QString::fromStdString(*jsonOf(*document)),
        QStringLiteral("{\"z\":1,\"a\":{\"y\":[1.5,1000.0],\"b\":\"é\\u0001\"}}"));
}

void TstJsonPath::deepJson_isRefused()
{
    Heap heap;
    QVERIFY(!parseJson(std::string(100'000, '['), heap));
    QVERIFY(!parseJson("{\"a\":", heap));
    QVERIFY(parseJson(std::string(100, '[') + std::string(100, ']'), heap));
}

// Made for each candidate, the lists would fill the heap.
void TstJsonPath::literalList_isMadeOnce()
{
    std::string document = "[0";
    for (int i = 1; i < 3'000; ++i)
        document += "," + std::to_string(i);
    document += "]";
    Heap heap;
    const auto root = parseJson(document, heap);
    QVERIFY(root.has_value());
    const auto path = JsonPath::parse("$[?(@ in " + document + ")]");
    QVERIFY(path.has_value());
    const auto found = path->read(*root, heap);
    QVERIFY(found && *found && (*found)->list());
    QCOMPARE((*found)->list()->items.size(), std::size_t{3'000});
    QVERIFY(!heap.isFull());
}

CHAMBER_SUITE(TstJsonPath, "tst_json_path")
#include "tst_json_path.moc"
