#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

constexpr std::size_t kMostTemplate = 300 * 1024;
const QString kTooLongTemplate =
    QStringLiteral("BadRequestException: Mapping template size exceeds the limit of 300 KB");

json templates(std::size_t size)
{
    return {{"application/json", std::string(size, 'x')}};
}

}

// Quotas that are too large for data cases.
class TstQuotas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void template_has300Kilobytes();
};

void TstQuotas::template_has300Kilobytes()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", mockIntegration());
    json put{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "GET"},
        {"type", "MOCK"}, {"requestTemplates", templates(kMostTemplate + 1)}};
    QCOMPARE(gateway.error("PutIntegration", put), kTooLongTemplate);
    put["requestTemplates"] = templates(kMostTemplate);
    QCOMPARE(gateway.error("PutIntegration", put), QString());
    json update{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "GET"},
        {"patchOperations",
            {{{"op", "replace"}, {"path", "/requestTemplates/application~1json"},
                {"value", std::string(kMostTemplate + 1, 'x')}}}}};
    QCOMPARE(gateway.error("UpdateIntegration", update), kTooLongTemplate);
    json response{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "GET"},
        {"statusCode", "200"}, {"responseTemplates", templates(kMostTemplate + 1)}};
    QCOMPARE(gateway.error("PutIntegrationResponse", response), kTooLongTemplate);
}

CHAMBER_SUITE(TstQuotas, "tst_quotas")
#include "tst_quotas.moc"
