#include "core/aws/policy.h"
#include "core/aws/policy_conditions.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::aws;

namespace {

PolicyRequest call()
{
    PolicyRequest request;
    request.action = "execute-api:Invoke";
    request.resource = "arn:aws:execute-api:us-east-1:000000000000:shop/prod/GET/books/1";
    request.principalArn = "arn:aws:iam::000000000000:root";
    request.principalAccount = "000000000000";
    request.keys = {{"aws:sourceip", {"203.0.113.9"}}, {"aws:username", {"momo"}},
        {"aws:securetransport", {"true"}}, {"aws:currenttime", {"2023-11-14T22:13:20Z"}},
        {"aws:sourcearn", {"arn:aws:sns:us-east-1:000000000000:news"}}, {"aws:tagkeys", {"a", "b"}},
        {"s3:max-keys", {"10"}}, {"odd:star", {"*"}}};
    return request;
}

QString shown(const Result<PolicyDocument>& policy, const PolicyRequest& request)
{
    if (!policy)
        return "error: " + QString::fromStdString(policy.error().message);
    const auto verdict = policy->evaluate(request);
    const QString name = verdict.effect == PolicyEffect::None ? "none"
        : verdict.effect == PolicyEffect::Allow               ? "allow"
                                                              : "deny";
    return verdict.statement.empty() ? name : name + " " + QString::fromStdString(verdict.statement);
}

std::string withCondition(const std::string& condition)
{
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"
        + condition + "}]}";
}

}

class TstPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statements_decide_data();
    void statements_decide();
    void principals_decide_data();
    void principals_decide();
    void conditions_decide_data();
    void conditions_decide();
    void malformed_isToldInWords_data();
    void malformed_isToldInWords();
    void manyStars_takeNoTime();
};

void TstPolicy::statements_decide_data()
{
    QTest::addColumn<QString>("statements");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("whole ARN") << R"([{"Effect":"Allow","Action":"execute-api:Invoke",
        "Resource":"arn:aws:execute-api:us-east-1:000000000000:shop/prod/GET/books/1"}])"
                               << "allow 1";
    QTest::newRow("star over slashes")
        << R"([{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:shop/*"}])"
        << "allow 1";
    QTest::newRow("star in the middle") << R"([{"Effect":"Allow","Action":"execute-api:Invoke",
        "Resource":"arn:aws:execute-api:us-east-1:000000000000:shop/*/GET/books/?"}])"
                                        << "allow 1";
    QTest::newRow("another method")
        << R"([{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*/POST/*"}])"
        << "none";
    QTest::newRow("resource has a case")
        << R"([{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*/get/*"}])"
        << "none";
    QTest::newRow("action has none") << R"([{"Effect":"Allow","Action":"EXECUTE-API:invoke","Resource":"*"}])"
                                     << "allow 1";
    QTest::newRow("action with a star")
        << R"([{"Effect":"Allow","Action":["s3:*","execute-api:*"],"Resource":"*"}])"
        << "allow 1";
    QTest::newRow("another action")
        << R"([{"Effect":"Allow","Action":"execute-api:ManageConnections","Resource":"*"}])"
        << "none";
    QTest::newRow("denial goes over what allows before it")
        << R"([{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Sid":"NoBooks","Effect":"Deny","Action":"*","Resource":"*/books/*"}])"
        << "deny NoBooks";
    QTest::newRow("denial of another path") << R"([{"Effect":"Deny","Action":"*","Resource":"*/magazines"},
            {"Effect":"Allow","Action":"*","Resource":"*"}])"
                                            << "allow 2";
    QTest::newRow("one statement is an object too") << R"({"Effect":"Allow","Action":"*","Resource":"*"})"
                                                    << "allow 1";
    QTest::newRow("NotAction") << R"([{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}])"
                               << "allow 1";
    QTest::newRow("NotAction that names it")
        << R"([{"Effect":"Allow","NotAction":["execute-api:*"],"Resource":"*"}])"
        << "none";
    QTest::newRow("NotResource")
        << R"([{"Effect":"Deny","Action":"*","NotResource":["*/magazines","*/prod/*"]},
            {"Effect":"Allow","Action":"*","Resource":"*"}])"
        << "allow 2";
    QTest::newRow("variable") << R"([{"Effect":"Allow","Action":"*","Resource":"*/${s3:max-keys}"}])"
                              << "none";
    QTest::newRow("unknown variable") << R"([{"Effect":"Allow","Action":"*","Resource":"*${aws:nothing}*"}])"
                                      << "none";
    QTest::newRow("a variable brings no wildcards")
        << R"([{"Effect":"Allow","Action":"*","Resource":"${odd:star}"}])"
        << "none";
    QTest::newRow("no statements") << "[]"
                                   << "none";
}

void TstPolicy::statements_decide()
{
    QFETCH(QString, statements);
    const auto text = R"({"Version":"2012-10-17","Statement":)" + statements.toStdString() + "}";
    QTEST(shown(PolicyDocument::parse(text, PolicyDocument::Kind::Identity), call()), "verdict");
}

void TstPolicy::principals_decide_data()
{
    QTest::addColumn<QString>("principal");
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("anonymous");
    QTest::newRow("everybody") << R"("Principal":"*")"
                               << "allow 1"
                               << "allow 1";
    QTest::newRow("everybody of AWS") << R"("Principal":{"AWS":"*"})"
                                      << "allow 1"
                                      << "allow 1";
    QTest::newRow("account") << R"("Principal":{"AWS":"000000000000"})"
                             << "allow 1"
                             << "none";
    QTest::newRow("its root") << R"("Principal":{"AWS":["arn:aws:iam::000000000000:root"]})"
                              << "allow 1"
                              << "none";
    QTest::newRow("another account") << R"("Principal":{"AWS":"111111111111"})"
                                     << "none"
                                     << "none";
    QTest::newRow("user") << R"("Principal":{"AWS":"arn:aws:iam::000000000000:user/momo"})"
                          << "none"
                          << "none";
    QTest::newRow("service") << R"("Principal":{"Service":"sns.amazonaws.com"})"
                             << "none"
                             << "none";
    QTest::newRow("all but one account") << R"("NotPrincipal":{"AWS":"000000000000"})"
                                         << "none"
                                         << "allow 1";
}

void TstPolicy::principals_decide()
{
    QFETCH(QString, principal);
    const auto text =
        R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"*",)" + principal.toStdString() + "}]}";
    const auto policy = PolicyDocument::parse(text, PolicyDocument::Kind::Resource);
    QTEST(shown(policy, call()), "known");
    auto nobody = call();
    nobody.principalArn.clear();
    nobody.principalAccount.clear();
    QTEST(shown(policy, nobody), "anonymous");
}

void TstPolicy::conditions_decide_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char* condition, bool holds) {
        QTest::newRow(condition) << condition << holds;
    };
    row(R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}})", true);
    row(R"({"IpAddress":{"aws:SourceIp":"203.0.113.9"}})", true);
    row(R"({"IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.8/30"]}})", true);
    row(R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/29"}})", false);
    row(R"({"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}})", true);
    row(R"({"IpAddress":{"aws:SourceIp":"::/0"}})", false);
    row(R"({"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}})", false);
    row(R"({"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","192.168.0.0/16"]}})", true);
    row(R"({"NotIpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}})", true);
    row(R"({"StringEquals":{"aws:username":"momo"}})", true);
    row(R"({"StringEquals":{"AWS:UserName":["beppo","momo"]}})", true);
    row(R"({"StringEquals":{"aws:username":"Momo"}})", false);
    row(R"({"StringEqualsIgnoreCase":{"aws:username":"Momo"}})", true);
    row(R"({"StringNotEquals":{"aws:username":["beppo","momo"]}})", false);
    row(R"({"StringNotEquals":{"aws:SourceVpce":"vpce-1"}})", true);
    row(R"({"StringEquals":{"aws:SourceVpce":"vpce-1"}})", false);
    row(R"({"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}})", true);
    row(R"({"StringLike":{"aws:username":"m?m*"}})", true);
    row(R"({"StringNotLike":{"aws:username":"b*"}})", true);
    row(R"({"StringEquals":{"aws:username":"${aws:username}"}})", true);
    row(R"({"StringLike":{"aws:username":"${aws:nothing, 'mo'}mo"}})", true);
    row(R"({"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:000000000000:*"}})", true);
    row(R"({"ArnLike":{"aws:SourceArn":"arn:aws:*:news"}})", false);
    row(R"({"ArnNotEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:000000000000:news"}})", false);
    row(R"({"Bool":{"aws:SecureTransport":"true"}})", true);
    row(R"({"Bool":{"aws:SecureTransport":false}})", false);
    row(R"({"Null":{"aws:SourceVpce":"true"}})", true);
    row(R"({"Null":{"aws:username":true}})", false);
    row(R"({"NumericLessThanEquals":{"s3:max-keys":"10"}})", true);
    row(R"({"NumericGreaterThan":{"s3:max-keys":10}})", false);
    row(R"({"NumericNotEquals":{"s3:max-keys":"ten"}})", true);
    row(R"({"DateGreaterThan":{"aws:CurrentTime":"2023-11-14T00:00:00Z"}})", true);
    row(R"({"DateLessThan":{"aws:CurrentTime":"1700000000"}})", false);
    row(R"({"DateLessThanEquals":{"aws:CurrentTime":"1700000000"}})", true);
    row(R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a","b","c"]}})", true);
    row(R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}})", false);
    row(R"({"ForAllValues:StringEquals":{"aws:Nothing":["a"]}})", true);
    row(R"({"ForAnyValue:StringEquals":{"aws:TagKeys":["b","z"]}})", true);
    row(R"({"ForAnyValue:StringEquals":{"aws:Nothing":["a"]}})", false);
    row(R"({"StringEquals":{"aws:username":"momo"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})", false);
}

void TstPolicy::conditions_decide()
{
    QFETCH(QString, condition);
    QFETCH(bool, holds);
    const auto policy =
        PolicyDocument::parse(withCondition(condition.toStdString()), PolicyDocument::Kind::Identity);
    QCOMPARE(shown(policy, call()), holds ? QStringLiteral("allow 1") : QStringLiteral("none"));
}

void TstPolicy::malformed_isToldInWords_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QString>("told");
    QTest::newRow("list") << "[]"
                          << "A policy must be an object";
    QTest::newRow("version") << R"({"Version":"2024-01-01","Statement":[]})"
                             << "The policy must contain a valid version string";
    QTest::newRow("no statement") << "{}"
                                  << "Missing required field Statement";
    QTest::newRow("effect")
        << R"({"Statement":{"Effect":"allow","Principal":"*","Action":"*","Resource":"*"}})"
        << "Invalid effect: Effect must be Allow or Deny";
    QTest::newRow("no principal") << R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"
                                  << "Missing required field Principal";
    QTest::newRow("kind of principal")
        << R"({"Statement":{"Effect":"Allow","Principal":{"Aws":"*"},"Action":"*","Resource":"*"}})"
        << "Invalid principal in policy: Aws";
    QTest::newRow("no action") << R"({"Statement":{"Effect":"Allow","Principal":"*","Resource":"*"}})"
                               << "Missing required field Action";
    QTest::newRow("both actions")
        << R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","NotAction":"*","Resource":"*"}})"
        << "A statement has both Action and NotAction";
    QTest::newRow("unknown field") << R"({"Statement":{"Effect":"Allow","Principals":"*","Action":"*"}})"
                                   << "Unknown field Principals";
    QTest::newRow("operator")
        << R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"StringIs":{"a":"b"}}}})"
        << "Invalid Condition type : StringIs";
    QTest::newRow("address")
        << R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}}})"
        << "Invalid IP address in condition: 10.0.0.0/33";
}

void TstPolicy::malformed_isToldInWords()
{
    QFETCH(QString, policy);
    QFETCH(QString, told);
    QCOMPARE(shown(PolicyDocument::parse(policy.toStdString(), PolicyDocument::Kind::Resource), call()),
        "error: " + told);
}

void TstPolicy::manyStars_takeNoTime()
{
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "*a";
    const auto compiled = policyPattern(pattern + "b", call());
    QVERIFY(!matchesPolicyPattern(compiled, std::string(20'000, 'a')));
}

CHAMBER_SUITE(TstPolicy, "tst_policy")
#include "tst_policy.moc"
