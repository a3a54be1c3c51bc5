"""boto3, unmodified, with what programs do to items: transactions, batches, both generations of parameters, pages.

python3 boto3_items.py <cloudchamber>
"""

import os
import sys
import unittest
from decimal import Decimal

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from boto3.dynamodb.conditions import Attr, Key  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)


class Items(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)
        cls.resource = boto3.resource("dynamodb", endpoint_url=cls.chamber.endpoint)
        cls.table = cls.resource.create_table(
            TableName="Orders",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "customer", "AttributeType": "S"},
                {"AttributeName": "number", "AttributeType": "N"},
                {"AttributeName": "state", "AttributeType": "S"},
            ],
            KeySchema=[
                {"AttributeName": "customer", "KeyType": "HASH"},
                {"AttributeName": "number", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "byState",
                    "KeySchema": [
                        {"AttributeName": "state", "KeyType": "HASH"},
                        {"AttributeName": "number", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        cls.table.wait_until_exists()
        cls.client = cls.table.meta.client

    def test_a_cancelled_transaction_tells_why(self):
        self.table.put_item(Item={"customer": "ann", "number": 1, "total": Decimal("9.50")})
        with self.assertRaises(self.client.exceptions.TransactionCanceledException) as caught:
            self.client.transact_write_items(
                TransactItems=[
                    {"Put": {"TableName": "Orders", "Item": {"customer": "ann", "number": 2}}},
                    {
                        "Update": {
                            "TableName": "Orders",
                            "Key": {"customer": "ann", "number": 1},
                            "UpdateExpression": "SET #t = #t + :more",
                            "ConditionExpression": "#t > :least",
                            "ExpressionAttributeNames": {"#t": "total"},
                            "ExpressionAttributeValues": {":more": 1, ":least": 100},
                            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                        }
                    },
                ]
            )
        reasons = caught.exception.response["CancellationReasons"]
        self.assertEqual([reason["Code"] for reason in reasons], ["None", "ConditionalCheckFailed"])
        self.assertEqual(reasons[1]["Item"]["total"], {"N": "9.5"})
        self.assertNotIn("Item", self.table.get_item(Key={"customer": "ann", "number": 2}))

    def test_a_retried_transaction_is_done_once(self):
        request = {
            "ClientRequestToken": "retry-1",
            "TransactItems": [
                {
                    "Update": {
                        "TableName": "Orders",
                        "Key": {"customer": "bob", "number": 1},
                        "UpdateExpression": "ADD visits :one",
                        "ExpressionAttributeValues": {":one": 1},
                    }
                }
            ],
        }
        self.client.transact_write_items(**request)
        self.client.transact_write_items(**request)
        got = self.client.transact_get_items(
            TransactItems=[{"Get": {"TableName": "Orders", "Key": {"customer": "bob", "number": 1}}}]
        )
        self.assertEqual(got["Responses"][0]["Item"]["visits"], 1)
        request["TransactItems"][0]["Update"]["ExpressionAttributeValues"][":one"] = 2
        with self.assertRaises(self.client.exceptions.IdempotentParameterMismatchException):
            self.client.transact_write_items(**request)

    def test_batches_and_pages(self):
        with self.table.batch_writer() as batch:
            for number in range(60):
                batch.put_item(Item={"customer": "cid", "number": number, "state": "open" if number % 2 else "paid"})
        found, start = [], {}
        while True:
            page = self.table.query(
                IndexName="byState",
                KeyConditionExpression=Key("state").eq("open") & Key("number").gt(10),
                FilterExpression=Attr("customer").eq("cid"),
                Limit=7,
                **start,
            )
            found += [int(item["number"]) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        self.assertEqual(found, list(range(11, 60, 2)))

    def test_the_older_parameters(self):
        key = {"customer": "dan", "number": 1}
        self.table.update_item(
            Key=key,
            AttributeUpdates={
                "visits": {"Action": "ADD", "Value": 5},
                "tags": {"Action": "ADD", "Value": {"new", "kept"}},
            },
        )
        after = self.table.update_item(
            Key=key,
            AttributeUpdates={"tags": {"Action": "DELETE", "Value": {"new"}}},
            Expected={"visits": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [1, 9]}},
            ReturnValues="ALL_NEW",
        )["Attributes"]
        self.assertEqual(after, {**key, "visits": 5, "tags": {"kept"}})
        page = self.table.query(
            KeyConditions={"customer": {"ComparisonOperator": "EQ", "AttributeValueList": ["dan"]}},
            QueryFilter={"visits": {"ComparisonOperator": "GT", "AttributeValueList": [4]}},
            AttributesToGet=["visits"],
        )
        self.assertEqual(page["Items"], [{"visits": 5}])
        with self.assertRaises(ClientError) as caught:
            self.table.get_item(Key=key, AttributesToGet=["visits"], ProjectionExpression="visits")
        self.assertEqual(
            caught.exception.response["Error"]["Message"],
            "Can not use both expression and non-expression parameters in the same request: Non-expression "
            "parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}",
        )

    def test_a_cached_endpoint_is_stale_until_it_is_written_through(self):
        by_path = boto3.client("dynamodb", endpoint_url=self.chamber.endpoint + "/_aws/dax/orders")
        by_host = boto3.client("dynamodb", endpoint_url=self.chamber.endpoint)
        host = "orders.dax.localhost:" + self.chamber.endpoint.rsplit(":", 1)[1]
        by_host.meta.events.register(
            "before-sign.dynamodb", lambda request, **_: request.headers.__setitem__("Host", host)
        )
        key = {"customer": {"S": "dax"}, "number": {"N": "1"}}

        def total(client, **more):
            return client.get_item(TableName="Orders", Key=key, **more)["Item"]["total"]["N"]

        def put(client, value):
            client.put_item(TableName="Orders", Item={**key, "total": {"N": value}})

        direct = boto3.client("dynamodb", endpoint_url=self.chamber.endpoint)
        for client in (by_path, by_host, direct):
            self.addCleanup(client.close)
        put(direct, "1")
        self.assertEqual(total(by_path), "1")
        put(direct, "2")
        self.assertEqual(total(by_path), "1")
        self.assertEqual(total(by_host), "1")
        self.assertEqual(total(by_host, ConsistentRead=True), "2")
        put(by_path, "3")
        self.assertEqual(total(by_host), "3")
        self.assertEqual(total(direct), "3")
        with self.assertRaises(ClientError) as caught:
            by_host.list_tables()
        self.assertEqual(caught.exception.response["Error"]["Code"], "UnknownOperationException")
        cluster = self.chamber.get("/_chamber/dynamodb/caches")["Clusters"][0]
        self.assertEqual((cluster["ClusterName"], cluster["Tables"][0]["ItemCache"]["Hits"]), ("orders", 3))


if __name__ == "__main__":
    unittest.main(verbosity=2)
