#include "tests/core/apigateway/conditional_verdicts.h"

#include <QTest>

using nlohmann::json;

namespace {

json statement(const char* effect, json condition = nullptr)
{
    json made{{"Effect", effect}, {"Action", "execute-api:Invoke"}, {"Resource", "*"}};
    if (!condition.is_null())
        made["Condition"] = std::move(condition);
    return made;
}

void addRow(const char* name, const json& statements, bool allowed)
{
    QTest::newRow(name) << QByteArray::fromStdString(statements.dump()) << allowed;
}

json allBut(json condition)
{
    return json::array({statement("Allow"), statement("Deny", std::move(condition))});
}

}

void addConditionRows()
{
    QTest::addColumn<QByteArray>("statements");
    QTest::addColumn<bool>("allowed");
    const json here{{"IpAddress", {{"aws:SourceIp", "127.0.0.0/8"}}}};
    addRow("address denied", allBut(here), false);
    addRow("agent denied", allBut({{"StringLike", {{"aws:UserAgent", "robot/*"}}}}), false);
    addRow(
        "time denied", allBut({{"DateGreaterThan", {{"aws:CurrentTime", "2001-01-01T00:00:00Z"}}}}), false);
    addRow("address allowed", json::array({statement("Allow", here)}), true);
    addRow("another address allowed",
        json::array({statement("Allow", {{"IpAddress", {{"aws:SourceIp", "10.0.0.0/8"}}}})}), false);
    addRow("another agent denied", allBut({{"StringLike", {{"aws:UserAgent", "curl/*"}}}}), true);
}

json conditionalVerdict(const QByteArray& statements)
{
    return {{"principalId", "momo"},
        {"policyDocument",
            {{"Version", "2012-10-17"}, {"Statement", json::parse(statements.toStdString())}}}};
}
