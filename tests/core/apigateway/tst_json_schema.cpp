#include "core/apigateway/json_schema.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

using nlohmann::json;
using namespace core;

namespace {

// No other model than the schema at hand.
std::optional<std::string> none(const std::string&)
{
    return std::nullopt;
}

}

// Models' schemas: JSON Schema draft 4, by its own suite, and what no schema may cost.
class TstJsonSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void schemaSuite_holds();
    void longTexts_areNotMatched();
    void circularReferences_areRefused_data();
    void circularReferences_areRefused();
    void recursiveSchema_isTaken();
    void wildPattern_isGivenUp_data();
    void wildPattern_isGivenUp();
    void pattern_readsAsEcmaScript();
};

// What the library does not do is named here: references by an `id`, by empty names and to other documents
// than models (AWS has models' addresses alone), and multiples beyond a double's digits.
void TstJsonSchema::schemaSuite_holds()
{
    const auto folder =
        std::filesystem::path(places::source("tests/core/apigateway/data/json-schema-draft4"));
    const std::set<std::string> kLeftOut{"refRemote", "infinite-loop-detection", "format"};
    int total = 0;
    QStringList wrong;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json" || kLeftOut.contains(entry.path().stem().string()))
            continue;
        std::ifstream stream(entry.path());
        for (const auto& group : json::parse(stream)) {
            const auto schema = group["schema"].dump();
            const bool isLeftOut = schema.find("\"id\":\"") != std::string::npos
                || schema.find("\"$ref\":\"http") != std::string::npos
                || group["description"] == "small multiple of large integer"
                || group["description"] == "empty tokens in $ref json-pointer";
            if (isLeftOut)
                continue;
            for (const auto& test : group["tests"]) {
                ++total;
                const auto found = apigateway::violations(schema, test["data"].dump(), none);
                if (!found || found->empty() != test["valid"].get<bool>())
                    wrong << QString::fromStdString(entry.path().stem().string() + ": "
                        + group["description"].get<std::string>() + ": "
                        + test["description"].get<std::string>());
            }
        }
    }
    QVERIFY(total > 300);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join("\n")));
}

void TstJsonSchema::longTexts_areNotMatched()
{
    const std::string schema = R"({"type":"string","pattern":"^(a|b)*$"})";
    QVERIFY(apigateway::violations(schema, "\"abab\"", none)->empty());
    QVERIFY(!apigateway::violations(schema, "\"" + std::string(200'000, 'a') + "\"", none)->empty());
}

void TstJsonSchema::circularReferences_areRefused_data()
{
    QTest::addColumn<QString>("schema");
    QTest::newRow("itself") << R"({"definitions":{"a":{"$ref":"#/definitions/a"}},"$ref":"#/definitions/a"})";
    QTest::newRow("root") << R"({"$ref":"#"})";
    QTest::newRow("allOf") << R"({"allOf":[{"$ref":"#"}]})";
    QTest::newRow("anyOf") << R"({"anyOf":[{"type":"object"},{"oneOf":[{"$ref":"#"}]}]})";
    QTest::newRow("not") << R"({"not":{"$ref":"#"}})";
    QTest::newRow("dependency") << R"({"dependencies":{"a":{"$ref":"#"}}})";
    QTest::newRow("property") << R"({"properties":{"a/b":{"allOf":[{"$ref":"#/properties/a~1b"}]}}})";
    QTest::newRow("model") << R"({"$ref":"https://apigateway.amazonaws.com/restapis/x/models/other"})";
    std::string chain;
    for (int i = 0; i < 2'000; ++i)
        chain += "\"d" + std::to_string(i) + R"(":{"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"},";
    QTest::newRow("chain") << QString::fromStdString(
        "{\"definitions\":{" + chain + R"("d2000":{}},"$ref":"#/definitions/d0"})");
}

void TstJsonSchema::circularReferences_areRefused()
{
    QFETCH(QString, schema);
    // The other model leads back to itself.
    const auto other = [](const std::string& uri) {
        return std::optional<std::string>(R"({"allOf":[{"$ref":")" + uri + R"("}]})");
    };
    const auto found = apigateway::violations(schema.toStdString(), R"({"a":1,"a/b":2})", other);
    QVERIFY(!found);
    QCOMPARE(QString::fromStdString(found.error().code), "InvalidSchema");
}

// A schema that comes back to itself below a property ends with the document.
void TstJsonSchema::recursiveSchema_isTaken()
{
    const std::string schema =
        R"({"type":"object","properties":{"next":{"$ref":"#"},"n":{"type":"integer"}}})";
    QVERIFY(apigateway::violations(schema, R"({"next":{"next":{"n":1}}})", none)->empty());
    QVERIFY(!apigateway::violations(schema, R"({"next":{"next":{"n":"x"}}})", none)->empty());
}

void TstJsonSchema::wildPattern_isGivenUp_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("nested") << "^(a+)+$";
    QTest::newRow("alternatives") << "^(a|a)*$";
    QTest::newRow("stars") << "^((a*)*)*$";
    QTest::newRow("dots") << "^(([a-z])+.)+[A-Z]([a-z])+$";
}

// Each takes the standard library's expressions about 2^60 steps.
void TstJsonSchema::wildPattern_isGivenUp()
{
    QFETCH(QString, pattern);
    const auto text = "\"" + std::string(60, 'a') + "!\"";
    const auto direct = apigateway::violations("{\"pattern\":\"" + pattern.toStdString() + "\"}", text, none);
    QVERIFY(direct && !direct->empty());
    const auto name = apigateway::violations(
        "{\"patternProperties\":{\"" + pattern.toStdString() + "\":{}},\"additionalProperties\":false}",
        "{" + text + ":1}", none);
    QVERIFY(name && !name->empty());
}

void TstJsonSchema::pattern_readsAsEcmaScript()
{
    const auto holds = [&](const char* pattern, const char* text) {
        const json schema{{"pattern", pattern}};
        const auto found = apigateway::violations(schema.dump(), json(text).dump(), none);
        return found && found->empty();
    };
    QVERIFY(holds("^a.b$", "axb"));
    QVERIFY(!holds("^a.b$", "a\nb"));
    QVERIFY(!holds("^b", "a\nb"));
    QVERIFY(holds("b", "abc"));
    QVERIFY(holds("^[\\w.-]+@\\d{2,3}(?=x)", "a.b@123x"));
    const auto bad = apigateway::violations(R"({"pattern":"(a"})", "\"a\"", none);
    QVERIFY(!bad);
}

CHAMBER_SUITE(TstJsonSchema, "tst_json_schema")
#include "tst_json_schema.moc"
