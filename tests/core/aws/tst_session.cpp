#include "core/aws/policy.h"
#include "core/aws/session.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core;
using State = aws::KeyHolder::State;

namespace {

constexpr Micros kNow = 1'800'000'000 * kSecond;
const std::string kRole = "arn:aws:iam::123456789012:role/jobs/worker";

http::Request carrying(const std::string& token)
{
    http::Request request;
    request.method = "GET";
    request.target = "/";
    if (!token.empty())
        request.headers.add("X-Amz-Security-Token", token);
    return request;
}

aws::KeyHolder holder(const std::string& key, const std::string& token, Micros now = kNow)
{
    aws::Signature signature;
    signature.accessKeyId = key;
    return aws::holderOf(signature, carrying(token), now);
}

aws::Credentials credentials(Micros expires)
{
    auto session = *aws::assumedRole(kRole, "desk");
    session.expires = expires;
    return aws::issueCredentials(std::move(session));
}

}

// Temporary credentials, which the token alone tells.
class TstSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyId_namesTheAccount()
    {
        const auto key = credentials(0).accessKeyId;
        QVERIFY(key.starts_with("ASIA"));
        QCOMPARE(key.size(), 20u);
        QCOMPARE(aws::accountOfKey(key).value_or(""), std::string("123456789012"));
        // One of AWS's, whose account is known.
        QCOMPARE(aws::accountOfKey("ASIAQNZGKIQY56JQ7WML").value_or(""), std::string("029608264753"));
        for (const char* other : {"test", "123456789012", "AKIAIOSFODNN7EXAMPL1", "ZZZZQNZGKIQY56JQ7WML"})
            QVERIFY(!aws::accountOfKey(other));
    }

    void token_tellsItsHolder()
    {
        const auto issued = credentials(kNow + kSecond);
        const auto found = holder(issued.accessKeyId, issued.sessionToken);
        QVERIFY(found.mayCall());
        QCOMPARE(found.secret, issued.secretAccessKey);
        QCOMPARE(found.session.arn, std::string("arn:aws:sts::123456789012:assumed-role/worker/desk"));
        QCOMPARE(found.session.account, std::string("123456789012"));
        QCOMPARE(found.session.userId, aws::uniqueId("AROA", kRole) + ":desk");
    }

    void token_inTheQueryCountsToo()
    {
        const auto issued = credentials(0);
        http::Request request;
        request.target = "/drawer/note?X-Amz-Security-Token=" + percentEncode(issued.sessionToken);
        QVERIFY(aws::sessionOf(request, issued.accessKeyId).has_value());
    }

    void token_runsOutByTheClockGiven()
    {
        const auto issued = credentials(kNow);
        QVERIFY(holder(issued.accessKeyId, issued.sessionToken, kNow - 1).state == State::Known);
        QVERIFY(holder(issued.accessKeyId, issued.sessionToken, kNow).state == State::Expired);
        const auto lasting = credentials(0);
        QVERIFY(holder(lasting.accessKeyId, lasting.sessionToken, 100 * kNow).mayCall());
    }

    void token_thatWasAlteredIsNobodys()
    {
        const auto issued = credentials(0);
        const auto other = credentials(0);
        auto bytes = *unbase64(issued.sessionToken);
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        QVERIFY(holder(issued.accessKeyId, base64(bytes)).state == State::Unknown);
        QVERIFY(holder(issued.accessKeyId, other.sessionToken).state == State::Unknown);
        QVERIFY(holder(issued.accessKeyId, "test").state == State::Unknown);
        QVERIFY(holder(issued.accessKeyId, "").state == State::Unknown);
    }

    void plainKeys_areRootUsers()
    {
        const auto test = holder("test", "");
        QVERIFY(test.mayCall());
        QCOMPARE(test.secret, std::string("test"));
        QCOMPARE(test.session.arn, std::string("arn:aws:iam::000000000000:root"));
        const auto other = holder("123456789012", "");
        QVERIFY(other.mayCall());
        QCOMPARE(other.session.account, std::string("123456789012"));
        QVERIFY(!holder("AKIAIOSFODNN7EXAMPLE", "").mayCall());
    }

    void roles_areNamedByTheirArn_data()
    {
        QTest::addColumn<QString>("arn");
        for (const char* arn :
            {"arn:aws:iam::123456789012:user/worker", "arn:aws:sts::123456789012:role/worker",
                "arn:aws:iam::1234:role/worker", "arn:aws:iam::123456789012:role/", "worker"})
            QTest::newRow(arn) << QString(QLatin1String(arn));
    }
    void roles_areNamedByTheirArn()
    {
        QFETCH(QString, arn);
        QVERIFY(!aws::assumedRole(arn.toStdString(), "desk"));
    }

    // A policy that names a role means its sessions.
    void policies_meanSessionsByTheirRole_data()
    {
        QTest::addColumn<QString>("principal");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("the role") << "arn:aws:iam::123456789012:role/worker" << true;
        QTest::newRow("its path") << "arn:aws:iam::123456789012:role/jobs/worker" << true;
        QTest::newRow("the session") << "arn:aws:sts::123456789012:assumed-role/worker/desk" << true;
        QTest::newRow("another role") << "arn:aws:iam::123456789012:role/walker" << false;
        QTest::newRow("another account") << "arn:aws:iam::210987654321:role/worker" << false;
        QTest::newRow("another session") << "arn:aws:sts::123456789012:assumed-role/worker/sofa" << false;
    }
    void policies_meanSessionsByTheirRole()
    {
        QFETCH(QString, principal);
        QFETCH(bool, allowed);
        const nlohmann::json statement{{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"},
            {"Principal", {{"AWS", principal.toStdString()}}}};
        const auto text = nlohmann::json{{"Statement", {statement}}}.dump();
        const auto policy = aws::PolicyDocument::parse(text, aws::PolicyDocument::Kind::Resource);
        QVERIFY(policy);
        aws::PolicyRequest request;
        request.action = "execute-api:Invoke";
        request.resource = "arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/";
        request.principalArn = "arn:aws:sts::123456789012:assumed-role/worker/desk";
        request.principalAccount = "123456789012";
        QCOMPARE(policy->evaluate(request).effect == aws::PolicyEffect::Allow, allowed);
    }
};

CHAMBER_SUITE(TstSession, "tst_session")
#include "tst_session.moc"
