#include "core/apigateway/model_template.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using apigateway::Model;

namespace {

QString sample(const std::string& schema, std::map<std::string, Model> models = {})
{
    const auto text = apigateway::sampleTemplate(models, Model{"", "M", "", schema, ""});
    return QString::fromStdString(text.substr(text.find('\n') + 1));
}

}

class TstModelTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void definitions_areFollowed()
    {
        const auto text = sample("{\"definitions\":{\"a\":{\"type\":\"string\"}},\"properties\":{\"x\":{\"$"
                                 "ref\":\"#/definitions/a\"}}}");
        QCOMPARE(text, QStringLiteral("{\n  \"x\" : \"foo\"\n}"));
    }

    void definitionsOfAnotherModel_areItsOwn()
    {
        const std::string other =
            "{\"definitions\":{\"a\":{\"type\":\"boolean\"}},\"$ref\":\"#/definitions/a\"}";
        const std::string schema = "{\"definitions\":{\"a\":{\"type\":\"string\"}},"
                                   "\"properties\":{\"x\":{\"$ref\":\"https://host/models/Other\"},"
                                   "\"y\":{\"$ref\":\"#/definitions/a\"}}}";
        QCOMPARE(sample(schema, {{"Other", Model{"", "Other", "", other, ""}}}),
            QStringLiteral("{\n  \"x\" : true,\n  \"y\" : \"foo\"\n}"));
    }

    void circle_endsInNull()
    {
        const std::string self = "{\"properties\":{\"next\":{\"$ref\":\"https://host/models/M\"}}}";
        QCOMPARE(sample(self, {{"M", Model{"", "M", "", self, ""}}}),
            QStringLiteral("{\n  \"next\" : {\n    \"next\" : null\n  }\n}"));
    }

    void schemaThatIsNone_isAnEmptyObject()
    {
        QCOMPARE(sample("nonsense"), QStringLiteral("{}"));
        QCOMPARE(sample("{\"properties\":{\"x\":{\"type\":[\"null\",\"string\"]}}}"),
            QStringLiteral("{\n  \"x\" : null\n}"));
    }
};

CHAMBER_SUITE(TstModelTemplate, "tst_model_template")
#include "tst_model_template.moc"
