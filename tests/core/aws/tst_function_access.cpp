#include "core/aws/function_access.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using nlohmann::json;

// Whether a function's resource policy lets a service in.
class TstFunctionAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statement_decides_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, const json& change, bool allowed) {
            json statement = {{"Sid", "s"}, {"Effect", "Allow"}, {"Action", "lambda:InvokeFunction"},
                {"Principal", {{"Service", "s3.amazonaws.com"}}},
                {"Resource", "arn:aws:lambda:us-east-1:000000000000:function:f"}};
            statement.update(change);
            QTest::newRow(name) << QString::fromStdString(statement.dump()) << allowed;
        };
        const auto like = [](const char* arn) {
            return json{{"Condition", {{"ArnLike", {{"AWS:SourceArn", arn}}}}}};
        };
        row("as it is", json::object(), true);
        row("of this bucket", like("arn:aws:s3:::photos"), true);
        row("of such buckets", like("arn:aws:s3:::pho*"), true);
        row("of another bucket", like("arn:aws:s3:::other"), false);
        row("of this account", {{"Condition", {{"StringEquals", {{"AWS:SourceAccount", "000000000000"}}}}}},
            true);
        row("of another account",
            {{"Condition", {{"StringEquals", {{"AWS:SourceAccount", "111111111111"}}}}}}, false);
        row("another service", {{"Principal", {{"Service", "events.amazonaws.com"}}}}, false);
        row("another action", {{"Action", "lambda:InvokeFunctionUrl"}}, false);
        row("another function", {{"Resource", "arn:aws:lambda:us-east-1:000000000000:function:g"}}, false);
        row("denied", {{"Effect", "Deny"}}, false);
    }
    void statement_decides()
    {
        QFETCH(QString, statement);
        QFETCH(bool, allowed);
        const json policy = {
            {"Version", "2012-10-17"}, {"Statement", json::array({json::parse(statement.toStdString())})}};
        std::string why;
        QCOMPARE(
            core::aws::policyAllowsInvoke(policy.dump(), "arn:aws:lambda:us-east-1:000000000000:function:f",
                {"s3.amazonaws.com", "arn:aws:s3:::photos", "000000000000"}, why),
            allowed);
        QVERIFY(!why.empty());
    }

    void noPolicy_letsNobodyIn()
    {
        std::string why;
        QVERIFY(!core::aws::policyAllowsInvoke(
            "{}", "arn", {"s3.amazonaws.com", "arn:aws:s3:::photos", "0"}, why));
        QVERIFY(why.find("AddPermission") != std::string::npos);
    }
};

CHAMBER_SUITE(TstFunctionAccess, "tst_function_access")
#include "tst_function_access.moc"
