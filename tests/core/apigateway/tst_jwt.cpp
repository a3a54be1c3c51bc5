#include "core/apigateway/jwt.h"
#include "tests/core/apigateway/jwt_data.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core;
using namespace core::apigateway;
using nlohmann::json;

namespace {

QString faultName(JwtFault::Kind kind)
{
    using Kind = JwtFault::Kind;
    switch (kind) {
    case Kind::Malformed:
        return "Malformed";
    case Kind::Algorithm:
        return "Algorithm";
    case Kind::UnknownKey:
        return "UnknownKey";
    case Kind::Signature:
        return "Signature";
    case Kind::Issuer:
        return "Issuer";
    case Kind::Audience:
        return "Audience";
    case Kind::Expired:
        return "Expired";
    case Kind::NotYet:
        break;
    }
    return "NotYet";
}

QString shown(const JwtResult& result)
{
    return result ? QString()
                  : faultName(result.error().kind) + ": " + QString::fromStdString(result.error().detail);
}

JwtKeys keys()
{
    return *JwtKeys::parse(jwtData().at("jwks").dump());
}

JwtRules rules()
{
    return {jwtData().at("issuer"), {jwtData().at("audience")}, jwtData().at("now").get<Micros>() * kSecond};
}

std::string firstToken()
{
    return jwtData().at("cases").at(0).at("token");
}

}

class TstJwt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void token_isJudged_data();
    void token_isJudged();
    void claims_areTexts();
    void scopes_oneIsEnough();
    void keys_onlyRsaForSignatures();
    void keys_thatAreNone_areRefused();
};

void TstJwt::token_isJudged_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("fault");
    for (const auto& entry : jwtData().at("cases"))
        QTest::newRow(entry.at("name").get<std::string>().c_str())
            << QString::fromStdString(entry.at("token")) << QString::fromStdString(entry.at("fault"));
}

void TstJwt::token_isJudged()
{
    QFETCH(QString, token);
    QTEST(shown(verifyJwt(token.toStdString(), keys(), rules())), "fault");
}

void TstJwt::claims_areTexts()
{
    const auto token = verifyJwt(firstToken(), keys(), rules());
    QVERIFY(token.has_value());
    for (const auto& [name, text] : jwtData().at("claims").items())
        QCOMPARE(QString::fromStdString(token->claim(name)), QString::fromStdString(text));
    QCOMPARE(token->claim("nothing"), std::string());
    QCOMPARE(token->keyId, std::string("one"));
}

void TstJwt::scopes_oneIsEnough()
{
    const auto token = readJwt(firstToken());
    QVERIFY(token.has_value());
    QVERIFY(hasScope(*token, {}));
    QVERIFY(hasScope(*token, {"books.write", "admin"}));
    QVERIFY(!hasScope(*token, {"books"}));
}

void TstJwt::keys_onlyRsaForSignatures()
{
    QCOMPARE(keys().size(), std::size_t(2));
}

void TstJwt::keys_thatAreNone_areRefused()
{
    QVERIFY(!JwtKeys::parse("no JSON"));
    QVERIFY(!JwtKeys::parse("[]"));
    QVERIFY(!JwtKeys::parse(R"({"keys":{}})"));
    QCOMPARE(JwtKeys::parse(R"({"keys":[1,{}]})")->size(), std::size_t(0));
}

CHAMBER_SUITE(TstJwt, "tst_jwt")
#include "tst_jwt.moc"
