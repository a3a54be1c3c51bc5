"""boto3, unmodified, through every room: table, function, API, object, CDN; and one track that holds them all.

python3 boto3_first_light.py <cloudchamber>
"""

import base64
import hashlib
import json
import os
import sys
import unittest
import urllib.error
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
ISBN = "9781400000012"


def fetch(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.status, dict((k.lower(), v) for k, v in answer.headers.items()), answer.read()


class FirstLight(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chamber = chamber.Chamber(PROGRAM)
        cls.addClassCleanup(cls.chamber.stop)

    def client(self, service):
        return boto3.client(service, endpoint_url=self.chamber.endpoint)

    def make_table(self, name):
        table = boto3.resource("dynamodb", endpoint_url=self.chamber.endpoint).create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "isbn", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "isbn", "KeyType": "HASH"}],
        )
        table.wait_until_exists()
        return table

    def make_function(self, name, table, runtime="python3.12"):
        source = "read_book.py" if runtime.startswith("python") else "read_book.mjs"
        member = "app.py" if runtime.startswith("python") else "index.mjs"
        function = self.client("lambda").create_function(
            FunctionName=name,
            Runtime=runtime,
            Role="arn:aws:iam::000000000000:role/tests",
            Handler=member.split(".")[0] + ".handler",
            Timeout=20,
            Code={"ZipFile": chamber.zipped({member: chamber.function_source(source)})},
            Environment={"Variables": {"TABLE": table}},
        )
        self.client("lambda").get_waiter("function_active_v2").wait(FunctionName=name)
        return function["FunctionArn"]

    def make_api(self, name, function_arn):
        gateway = self.client("apigateway")
        api = gateway.create_rest_api(name=name)["id"]
        root = gateway.get_resources(restApiId=api)["items"][0]["id"]
        books = gateway.create_resource(restApiId=api, parentId=root, pathPart="books")["id"]
        book = gateway.create_resource(restApiId=api, parentId=books, pathPart="{isbn}")["id"]
        gateway.put_method(restApiId=api, resourceId=book, httpMethod="GET", authorizationType="NONE")
        gateway.put_integration(
            restApiId=api,
            resourceId=book,
            httpMethod="GET",
            type="AWS_PROXY",
            integrationHttpMethod="POST",
            uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function_arn}/invocations",
        )
        gateway.create_deployment(restApiId=api, stageName="dev")
        return api

    def test_table_puts_and_queries(self):
        client = self.client("dynamodb")
        client.create_table(
            TableName="Orders",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "customer", "AttributeType": "S"},
                {"AttributeName": "order", "AttributeType": "N"},
                {"AttributeName": "status", "AttributeType": "S"},
            ],
            KeySchema=[
                {"AttributeName": "customer", "KeyType": "HASH"},
                {"AttributeName": "order", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "byStatus",
                    "KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        table = boto3.resource("dynamodb", endpoint_url=self.chamber.endpoint).Table("Orders")
        with table.batch_writer() as batch:
            for number in range(40):
                batch.put_item(
                    Item={
                        "customer": "ada",
                        "order": number - 20,
                        "status": "PAID" if number % 4 else "SHIPPED",
                        "tags": {"gift", "new"},
                        "raw": b"\x00\x01",
                        "lines": [{"isbn": ISBN, "copies": 2}],
                        "express": True,
                        "note": None,
                    }
                )
        from boto3.dynamodb.conditions import Attr, Key

        found = table.query(
            KeyConditionExpression=Key("customer").eq("ada") & Key("order").between(-3, 3),
            FilterExpression=Attr("status").eq("PAID"),
            ReturnConsumedCapacity="TOTAL",
        )
        self.assertEqual([int(item["order"]) for item in found["Items"]], [-3, -2, -1, 1, 2, 3])
        self.assertEqual(found["ScannedCount"], 7)
        self.assertGreater(found["ConsumedCapacity"]["CapacityUnits"], 0)
        self.assertEqual(found["Items"][0]["tags"], {"gift", "new"})
        shipped = table.query(IndexName="byStatus", KeyConditionExpression=Key("status").eq("SHIPPED"))
        self.assertEqual(shipped["Count"], 10)
        updated = table.update_item(
            Key={"customer": "ada", "order": 3},
            UpdateExpression="SET #t = :t ADD copies :one REMOVE note",
            ConditionExpression="attribute_not_exists(#t)",
            ExpressionAttributeNames={"#t": "total"},
            ExpressionAttributeValues={":t": 12, ":one": 1},
            ReturnValues="ALL_NEW",
        )["Attributes"]
        self.assertEqual((updated["total"], updated["copies"], "note" in updated), (12, 1, False))
        with self.assertRaises(ClientError) as caught:
            table.put_item(
                Item={"customer": "ada", "order": 3}, ConditionExpression="attribute_not_exists(customer)"
            )
        self.assertEqual(caught.exception.response["Error"]["Code"], "ConditionalCheckFailedException")
        pages = client.get_paginator("scan").paginate(TableName="Orders", PaginationConfig={"PageSize": 7})
        self.assertEqual(sum(page["Count"] for page in pages), 40)

    def test_python_function_runs_with_its_log_tail(self):
        table = self.make_table("InvokeBooks")
        table.put_item(Item={"isbn": ISBN, "title": "The Sea"})
        self.make_function("invoke-me", "InvokeBooks")
        answer = self.client("lambda").invoke(
            FunctionName="invoke-me", Payload=json.dumps({"isbn": ISBN}), LogType="Tail"
        )
        payload = json.load(answer["Payload"])
        self.assertNotIn("FunctionError", answer, payload)
        self.assertEqual(json.loads(payload["body"]), {"title": "The Sea"})
        tail = base64.b64decode(answer["LogResult"]).decode()
        for part in ("START RequestId: ", "looked for " + ISBN, "END RequestId: ", "REPORT RequestId: ", "Init Duration"):
            self.assertIn(part, tail)
        events = self.client("logs").filter_log_events(logGroupName="/aws/lambda/invoke-me")["events"]
        self.assertTrue(any("looked for" in event["message"] for event in events))

    def test_object_of_8_mib_comes_back(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="first-light")
        body = hashlib.sha256(b"seed").digest() * (8 * 1024 * 1024 // 32)
        put = s3.put_object(Bucket="first-light", Key="a b/ü.bin", Body=body, Metadata={"who": "tests"})
        self.assertEqual(put["ETag"], f'"{hashlib.md5(body).hexdigest()}"')
        got = s3.get_object(Bucket="first-light", Key="a b/ü.bin")
        self.assertEqual(hashlib.sha256(got["Body"].read()).digest(), hashlib.sha256(body).digest())
        self.assertEqual(got["Metadata"], {"who": "tests"})
        part = s3.get_object(Bucket="first-light", Key="a b/ü.bin", Range="bytes=10-19")
        self.assertEqual((part["Body"].read(), part["ContentRange"]), (body[10:20], f"bytes 10-19/{len(body)}"))
        listed = s3.list_objects_v2(Bucket="first-light", Prefix="a ", Delimiter="/")
        self.assertEqual(listed["CommonPrefixes"], [{"Prefix": "a b/"}])
        with self.assertRaises(ClientError) as caught:
            s3.get_object(Bucket="first-light", Key="nothing")
        self.assertEqual(caught.exception.response["Error"]["Code"], "NoSuchKey")

    def test_one_track_holds_cdn_api_function_and_table(self):
        table = self.make_table("Books")
        table.put_item(Item={"isbn": ISBN, "title": "The Sea"})
        api = self.make_api("shop", self.make_function("read-book", "Books"))
        cdn = self.client("cloudfront")
        made = cdn.create_distribution(DistributionConfig=chamber.distribution_config(api, "boto3"))["Distribution"]
        url = f"{self.chamber.endpoint}/_aws/cloudfront/{made['Id']}/books/{ISBN}"
        status, headers, body = fetch(url, **{"X-Chamber-From": "São Paulo".encode().decode("latin-1")})
        self.assertEqual((status, json.loads(body)), (200, {"title": "The Sea"}))
        self.assertEqual(headers["x-cache"], "Miss from cloudfront")
        self.assertTrue(headers["x-amz-cf-pop"].startswith("GRU"), headers)
        status, headers, _ = fetch(url, **{"X-Chamber-From": "São Paulo".encode().decode("latin-1")})
        self.assertEqual((status, headers["x-cache"]), (200, "Hit from cloudfront"))
        self.assertIn("age", headers)

        def whole(track):
            services = {span["service"] for span in track["spans"]}
            return {"cdn", "apigateway", "lambda", "dynamodb"} <= services

        track = self.chamber.track(whole)
        get_item = next(span for span in track["spans"] if span["service"] == "dynamodb")
        self.assertEqual(get_item["name"], "GetItem")
        ancestors, span = [], get_item
        while span["parent"]:
            span = next(other for other in track["spans"] if other["id"] == span["parent"])
            ancestors.append(span["service"])
        self.assertIn("lambda", ancestors)
        self.assertEqual(ancestors[-1], "cdn")

        invalidation = cdn.create_invalidation(
            DistributionId=made["Id"],
            InvalidationBatch={"CallerReference": "1", "Paths": {"Quantity": 1, "Items": ["/books/*"]}},
        )["Invalidation"]
        cdn.get_waiter("invalidation_completed").wait(DistributionId=made["Id"], Id=invalidation["Id"])
        _, headers, _ = fetch(url, **{"X-Chamber-From": "São Paulo".encode().decode("latin-1")})
        self.assertEqual(headers["x-cache"], "Miss from cloudfront")

    def test_unknown_route_answers_as_aws(self):
        api = self.make_api("forbidden", self.make_function("unused", "Nowhere"))
        with self.assertRaises(urllib.error.HTTPError) as caught:
            fetch(f"{self.chamber.endpoint}/restapis/{api}/dev/_user_request_/nothing")
        with caught.exception as answer:
            self.assertEqual(answer.code, 403)
            self.assertEqual(json.load(answer), {"message": "Missing Authentication Token"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
