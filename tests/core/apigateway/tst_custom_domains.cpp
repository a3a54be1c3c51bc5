#include "core/apigateway/custom_domain.h"
#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/core/apigateway/socket_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(jsonText(actual), jsonText(expected))

// Calls that reach HTTP and WebSocket APIs by a domain name of the user's own.
class TstCustomDomains : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mappedCall_tellsTheFunctionTheWholePath()
    {
        HttpApiFixture fixture;
        fixture.makeApi();
        fixture.addRoute("GET /books/{id}", functionIntegration());
        fixture.expect("CreateDomainName", {{"domainName", "shop.test"}});
        fixture.expect("CreateApiMapping",
            {{"domainName", "shop.test"}, {"apiId", "books"}, {"stage", "$default"},
                {"apiMappingKey", "v1/eu"}});
        http::Request request;
        request.target = "/v1/eu/books/7?a=b";
        request.headers.add("Host", "shop.test:4566");
        QCOMPARE(fixture.send(std::move(request)).status, 200);
        const auto event = json::parse(fixture.caller.last().payload);
        COMPARE_JSON(event["rawPath"], json("/v1/eu/books/7"));
        COMPARE_JSON(event["pathParameters"], json({{"id", "7"}}));
        COMPARE_JSON(event["requestContext"]["domainName"], json("shop.test:4566"));
        COMPARE_JSON(event["requestContext"]["domainPrefix"], json("shop"));
        COMPARE_JSON(event["requestContext"]["stage"], json("$default"));
        COMPARE_JSON(event["routeKey"], json("GET /books/{id}"));
    }

    void wildcardDomain_takesWhatNoOtherDoes()
    {
        HttpApiFixture fixture;
        fixture.makeApi();
        fixture.addRoute("$default", functionIntegration());
        fixture.expect("CreateDomainName", {{"domainName", "*.shop.test"}});
        fixture.expect(
            "CreateApiMapping", {{"domainName", "*.shop.test"}, {"apiId", "books"}, {"stage", "$default"}});
        http::Request request;
        request.target = "/";
        request.headers.add("Host", "eu.shop.test");
        QCOMPARE(fixture.send(std::move(request)).status, 200);
    }

    void socketOfADomain_connectsToItsMapping()
    {
        SocketRoom room;
        room.addRoute("$connect");
        room.addRoute("$default", [](const json& event) { return proxied(200, event["body"]); },
            {{"routeResponseSelectionExpression", "$default"}});
        room.deploy();
        room.expect("CreateDomainName", {{"domainName", "chat.test"}});
        room.expect("CreateApiMapping",
            {{"domainName", "chat.test"}, {"apiId", room.apiId}, {"stage", "prod"},
                {"apiMappingKey", "rooms/blue"}});
        room.expect("UpdateApi", {{"apiId", room.apiId}, {"disableExecuteApiEndpoint", true}});
        QCOMPARE(room.connect()->status(), 403);
        QCOMPARE(room.connectTo("chat.test", "/rooms/blue/deeper")->status(), 403);

        const auto client = room.connectTo("chat.test:4566", "/rooms/blue?a=b");
        QCOMPARE(client->status(), 101);
        const auto context = room.events(1).back()["requestContext"];
        COMPARE_JSON(context["domainName"], json("chat.test:4566"));
        COMPARE_JSON(context["stage"], json("prod"));
        client->sendText("hello");
        QCOMPARE(client->receiveText(), std::string("hello"));

        const auto posted =
            room.manageTo("chat.test", "/rooms/blue/@connections/" + room.lastConnection(), "POST", "news");
        QCOMPARE(posted.status, 200);
        QCOMPARE(client->receiveText(), std::string("news"));
    }

    void signedCallToADomainWithoutMapping_isNoManagement()
    {
        SocketRoom room;
        room.expect("CreateDomainName", {{"domainName", "chat.test"}});
        QVERIFY(!room.claims("chat.test", "/prod/@connections/abc="));
        QVERIFY(room.claims("localhost:4566", "/prod/@connections/abc="));
    }

    void mappingOfAnOlderChamber_getsAnIdThatStays()
    {
        const auto* kStored = R"({"region":"us-east-1","domainName":"a.test","basePath":"v1",
            "restApiId":"shop","stage":"prod"})";
        apigateway::BasePathMapping first;
        apigateway::BasePathMapping second;
        QVERIFY(decode(kStored, first) && decode(kStored, second));
        QCOMPARE(first.mappingId.size(), std::size_t{6});
        QCOMPARE(first.mappingId, second.mappingId);
        QCOMPARE(first.apiId, std::string("shop"));
    }
};

CHAMBER_SUITE(TstCustomDomains, "tst_custom_domains")
#include "tst_custom_domains.moc"
