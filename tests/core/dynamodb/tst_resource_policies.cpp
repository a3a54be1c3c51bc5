#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/pending_call.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using tests::DynamoDbRoom;
using tests::PendingCall;

class TstResourcePolicies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableDeletedMeanwhile_leavesNoPolicy();
};

void TstResourcePolicies::tableDeletedMeanwhile_leavesNoPolicy()
{
    DynamoDbRoom room;
    const json table = {{"TableName", "Things"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", {{{"AttributeName", "pk"}, {"AttributeType", "S"}}}},
        {"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}};
    const std::string arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Things";
    const auto policy =
        json{{"Statement", {{{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "*"}, {"Resource", arn}}}}}
            .dump();
    room.call("CreateTable", table);
    PendingCall put(room.service(), "PutResourcePolicy", {{"ResourceArn", arn}, {"Policy", policy}});
    room.call("DeleteTable", {{"TableName", "Things"}});
    const auto applied = room.store().commit(
        [&put](core::store::Transaction& transaction) { return (*put.write)->apply(transaction); });
    QVERIFY(!applied);
    QCOMPARE(applied.error().code, std::string("ResourceNotFoundException"));
    room.call("CreateTable", table);
    room.call("GetResourcePolicy", {{"ResourceArn", arn}});
    QVERIFY(room.error.starts_with("PolicyNotFoundException"));
}

CHAMBER_SUITE(TstResourcePolicies, "tst_resource_policies")
#include "tst_resource_policies.moc"
