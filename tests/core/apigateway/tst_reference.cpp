#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/openapi/export.h"
#include "core/apigateway/reference/reference.h"
#include "tests/core/apigateway/openapi_rounds.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>
#include <QTest>

using namespace core::apigateway;

class TstReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void page_saysAllOfAnOperation();
    void page_isOneFileWithoutScriptOrNetwork();
    void hostileDefinition_staysText();
    void textForm_hasOnlyWhatTextBrowsersDraw();
    void schemasInCircles_end();
    void curl_isQuotedForTheShell();
};

namespace {

QString referenceOf(const std::string& document, reference::Form form = reference::Form::Page)
{
    const auto result = imported(document);
    if (!result.error.empty())
        qFatal("%s", result.error.c_str());
    const auto tree =
        openapi::exportDefinition({result.api, result.api, "prod", &result.api.documentation.parts, {}},
            {.authorizers = true, .documentation = true});
    return QString::fromStdString(
        reference::write(tree, {form, "prod", "http://127.0.0.1:4566/_aws/execute-api/a/prod"}));
}

}

void TstReference::page_saysAllOfAnOperation()
{
    const auto html = referenceOf(largeDocument(2));
    for (const auto* said :
        {"<h1>Large shop</h1>", "Many things", "Does put with &lt;Thing0&gt;",
            "An API key in the header x-api-key",
            "The authorizer guard allows it, by the header Authorization",
            "<code class=\"name\">id</code> <span class=\"required\">required</span>", "integer (int64)",
            "Which one", "at most 100", "What to keep", "<a class=\"type\" href=\"#model-Thing0\">Thing0</a>",
            "It is done", "X-Cost", "In units", "<span class=\"status s4\">404</span>", "id=\"model-Thing1\"",
            "one of yes, no, null, 1", "at least 1 characters", "<span class=\"method any\">ANY</span>"})
        QVERIFY2(html.contains(QLatin1String(said)), said);
    QVERIFY(html.contains("curl -X PUT '"));
    QVERIFY(html.contains("-H 'x-api-key: KEY'"));
    // Links lead to anchors that are there.
    const QRegularExpression link("href=\"#([^\"]+)\"");
    int links = 0;
    for (auto found = link.globalMatch(html); found.hasNext(); ++links)
        QVERIFY2(html.contains("id=\"" + found.next().captured(1) + "\""), "a link leads nowhere");
    QVERIFY(links > 10);
}

void TstReference::page_isOneFileWithoutScriptOrNetwork()
{
    const auto html = referenceOf(dataFile("swagger-petstore-openapi.yaml"));
    for (const auto* never : {"<script", "<link", "<img", "src=", "@import", "url(", "<iframe"})
        QVERIFY2(!html.contains(QLatin1String(never)), never);
    QVERIFY(html.contains("prefers-color-scheme:dark"));
    QVERIFY(html.contains("default-src 'none'"));
    QVERIFY(html.contains("<code>/pet/{petId}</code>"));
    // Names that an import made up say what they stand for; content types of one schema stand together.
    QVERIFY(!html.contains("MODEL"));
    QVERIFY(
        html.contains("<span class=\"type\">array of </span><a class=\"type\" href=\"#model-Pet\">Pet</a>"));
    QVERIFY(html.contains("<code class=\"media\">application/json</code> <code "
                          "class=\"media\">application/xml</code> <a class=\"type\" href=\"#model-Pet\">"));
    QVERIFY(html.startsWith("<!DOCTYPE html>") && html.trimmed().endsWith("</html>"));
}

void TstReference::hostileDefinition_staysText()
{
    const auto html =
        referenceOf(R"({"openapi":"3.0.1","info":{"title":"</style><script>x</script>","version":"\"><b>"},
        "paths":{"/a":{"get":{"summary":"<img src=x>","operationId":"o","tags":7,"deprecated":"yes","externalDocs":[],
        "parameters":[{"name":"<q>","in":"query","description":"<i>","schema":{"enum":[{"a":1},"<e>"],"type":["x"]}}],
        "responses":{"200":{"description":"<d>","headers":{"H":{"schema":7}},"content":{"a/<b>":{"schema":{"$ref":"#/components/schemas/M"},"example":"<x>"}}}}}}},
        "components":{"schemas":{"M":{"properties":{"<p>":{"description":["x"],"pattern":"<>"}},"required":7,"allOf":[7,"x"]}}},
        "x-amazon-apigateway-documentation":{"documentationParts":[{"location":{"type":"METHOD","path":"/a","method":"GET"},"properties":{"responses":7,"parameters":"x","security":{},"summary":{"no":"text"}}},
        {"location":{"type":"RESOURCE","path":"/a"},"properties":{"post":{"responses":{}}}}]}})");
    for (const auto* never : {"<script", "<img", "<q>", "<i>", "<d>", "<b>", "<x>", "<p>", "<e>"})
        QVERIFY2(!html.contains(QLatin1String(never)), never);
    QVERIFY(html.contains("&lt;script&gt;"));
    QVERIFY(!html.contains("method post"));
}

void TstReference::textForm_hasOnlyWhatTextBrowsersDraw()
{
    const auto html = referenceOf(largeDocument(1), reference::Form::Text);
    for (const auto* never : {"<nav", "<main", "<style", "<section", "<details"})
        QVERIFY2(!html.contains(QLatin1String(never)), never);
    QVERIFY(html.contains("<a name=\"model-Thing0\"></a>"));
    QVERIFY(html.contains("<table width=\"100%\""));
}

void TstReference::schemasInCircles_end()
{
    const auto html = referenceOf(dataFile("openapi.spec.circular-ref.json"));
    QVERIFY(html.contains("id=\"model-Person\"") && html.contains("id=\"model-House\""));
    // Each model has forty members of the next, so that a tree without bounds would have millions of lines.
    std::string schemas;
    for (int i = 0; i < 8; ++i) {
        std::string members;
        for (int k = 0; k < 40; ++k)
            members += (k ? ",\"m" : "\"m") + std::to_string(k) + "\":{\"$ref\":\"#/components/schemas/S"
                + std::to_string((i + 1) % 8) + "\"}";
        schemas += (i ? ",\"S" : "\"S") + std::to_string(i) + "\":{\"type\":\"object\",\"properties\":{"
            + members + "}}";
    }
    const auto wide = referenceOf(
        R"({"openapi":"3.0.1","info":{"title":"x"},"paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"}}}},"responses":{}}}},"components":{"schemas":{)"
        + schemas + "}}}");
    QVERIFY2(wide.size() < 2'000'000, qPrintable(QString::number(wide.size())));
}

void TstReference::curl_isQuotedForTheShell()
{
    const auto html = referenceOf(
        R"({"openapi":"3.0.1","info":{"title":"x"},"paths":{"/a/{id}":{"post":{
        "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"},"example":"a b"},{"name":"q","in":"query","required":true,"schema":{"type":"integer"}},
        {"name":"X-It's","in":"header","required":true,"schema":{"type":"string"}}],
        "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/M"}}}},"responses":{}}}},
        "components":{"schemas":{"M":{"type":"object","properties":{"s":{"type":"string","example":"it's"}}}}}})");
    QVERIFY2(html.contains("curl -X POST 'http://127.0.0.1:4566/_aws/execute-api/a/prod/a/a%20b?q=1' \\\n"),
        qPrintable(html));
    QVERIFY(html.contains("-H 'X-It'\\''s: X-It'\\''s' \\\n"));
    QVERIFY(html.contains("-d '{\n  &quot;s&quot;: &quot;it'\\''s&quot;\n}'"));
}

CHAMBER_SUITE(TstReference, "tst_reference")
#include "tst_reference.moc"
