"""What runs functions by itself: a stream that is aggregated while the chamber is killed, objects, and schedules.

python3 boto3_triggers.py <cloudchamber>
"""

import json
import os
import sys
import tempfile
import unittest

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
# Functions see no files of this test: they note what they get in a table.
NOTING = """
import json
import uuid

import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    client.put_item(TableName="Notes", Item={"id": {"S": str(uuid.uuid4())}, "event": {"S": json.dumps(event)}})
"""


def client(server, service):
    return boto3.client(service, endpoint_url=server.endpoint)


def make_function(server, name, source):
    return chamber.make_function(client(server, "lambda"), name, source)


def make_table(server, name, **more):
    return chamber.make_table(client(server, "dynamodb"), name, **more)


def scan(server, table):
    pages = client(server, "dynamodb").get_paginator("scan").paginate(TableName=table)
    return [item for page in pages for item in page["Items"]]


def make_noting(server):
    make_table(server, "Notes")
    return make_function(server, "noting", NOTING)


def noted(server):
    return [json.loads(item["event"]["S"]) for item in scan(server, "Notes")]


class Streams(unittest.TestCase):
    def order_until_killed(self, server, enough):
        def writer():
            table = client(server, "dynamodb")

            def write(number):
                return table.put_item(
                    TableName="Orders",
                    Item={
                        "id": {"S": str(number)},
                        "customer": {"S": f"c{number % 5}"},
                        "amount": {"N": str(number % 7 + 1)},
                    },
                )

            return write

        return server.kill_after(enough, writer)

    def totals(self, server):
        return {
            item["id"]["S"][6:]: int(item["amount"]["N"])
            for item in scan(server, "Totals")
            if item["id"]["S"].startswith("total ")
        }

    def test_aggregation_outlives_kill_nine(self):
        os.environ["AWS_MAX_ATTEMPTS"] = "1"
        self.addCleanup(os.environ.pop, "AWS_MAX_ATTEMPTS")
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data")
            server = chamber.Chamber(PROGRAM, data=data)
            stream = make_table(
                server,
                "Orders",
                StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            )["LatestStreamArn"]
            make_table(server, "Totals")
            client(server, "s3").create_bucket(Bucket="failures")
            make_function(server, "totals", chamber.function_source("totals.py"))
            mapping = client(server, "lambda").create_event_source_mapping(
                EventSourceArn=stream,
                FunctionName="totals",
                StartingPosition="TRIM_HORIZON",
                BatchSize=10,
                MaximumRetryAttempts=1,
                FunctionResponseTypes=["ReportBatchItemFailures"],
                FilterCriteria={"Filters": [{"Pattern": json.dumps({"eventName": ["INSERT"]})}]},
                DestinationConfig={"OnFailure": {"Destination": "arn:aws:s3:::failures"}},
            )
            self.assertEqual(mapping["State"], "Creating")
            acknowledged = self.order_until_killed(server, 60)

            with chamber.Chamber(PROGRAM, data=data) as server:
                # One that cannot be counted, and one behind it.
                table = client(server, "dynamodb")
                table.put_item(TableName="Orders", Item={"id": {"S": "poison"}, "customer": {"S": "c0"}})
                table.put_item(
                    TableName="Orders", Item={"id": {"S": "last"}, "customer": {"S": "c1"}, "amount": {"N": "100"}}
                )
                orders = scan(server, "Orders")
                self.assertLessEqual({str(number) for number in acknowledged}, {item["id"]["S"] for item in orders})
                wanted = {}
                for item in orders:
                    if "amount" in item:
                        name = item["customer"]["S"]
                        wanted[name] = wanted.get(name, 0) + int(item["amount"]["N"])
                chamber.until(lambda: self.totals(server) == wanted)

                bucket = client(server, "s3")
                key = chamber.until(lambda: bucket.list_objects_v2(Bucket="failures").get("Contents"))[0]["Key"]
                self.assertTrue(key.startswith("aws/lambda/" + mapping["UUID"] + "/shardId-"))
                record = json.loads(bucket.get_object(Bucket="failures", Key=key)["Body"].read())
                self.assertEqual(record["requestContext"]["condition"], "RetryAttemptsExhausted")
                self.assertEqual(record["DDBStreamBatchInfo"]["batchSize"], len(json.loads(record["payload"])["Records"]))
                self.assertIn("poison", record["payload"])
                track = server.track(lambda one: one["from"] == "stream Orders")
                titles = [step["title"] for span in track["spans"] for step in span["steps"]]
                self.assertTrue(any(title.startswith("Batch of ") for title in titles), titles)


class Objects(unittest.TestCase):
    def test_object_runs_a_function(self):
        with chamber.Chamber(PROGRAM) as server:
            function = make_noting(server)
            bucket = client(server, "s3")
            bucket.create_bucket(Bucket="photos")
            wanted = {
                "LambdaFunctionConfigurations": [
                    {
                        "Id": "made",
                        "LambdaFunctionArn": function,
                        "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                        "Filter": {"Key": {"FilterRules": [{"Name": "suffix", "Value": ".jpg"}]}},
                    }
                ]
            }
            with self.assertRaises(ClientError) as refused:
                bucket.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=wanted)
            error = refused.exception.response["Error"]
            self.assertEqual(error["Message"], "Unable to validate the following destination configurations")
            client(server, "lambda").add_permission(
                FunctionName="noting",
                StatementId="s3",
                Action="lambda:InvokeFunction",
                Principal="s3.amazonaws.com",
                SourceArn="arn:aws:s3:::photos",
            )
            bucket.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=wanted)
            shown = bucket.get_bucket_notification_configuration(Bucket="photos")
            self.assertEqual(shown["LambdaFunctionConfigurations"][0]["Filter"]["Key"]["FilterRules"][0]["Name"], "Suffix")

            bucket.put_object(Bucket="photos", Key="a/red flower.jpg", Body=b"12345")
            bucket.put_object(Bucket="photos", Key="a/red flower.png", Body=b"12345")
            bucket.copy_object(Bucket="photos", Key="b.jpg", CopySource={"Bucket": "photos", "Key": "a/red flower.jpg"})
            bucket.delete_object(Bucket="photos", Key="b.jpg")
            events = chamber.until(lambda: len(noted(server)) == 3 and noted(server))
            records = {event["Records"][0]["eventName"]: event["Records"][0] for event in events}
            self.assertEqual(
                set(records), {"ObjectCreated:Put", "ObjectCreated:Copy", "ObjectRemoved:Delete"}
            )
            made = records["ObjectCreated:Put"]
            self.assertEqual(made["eventVersion"], "2.1")
            self.assertEqual(made["s3"]["object"]["key"], "a/red+flower.jpg")
            self.assertEqual(made["s3"]["object"]["size"], 5)
            self.assertEqual(made["s3"]["configurationId"], "made")
            self.assertNotIn("size", records["ObjectRemoved:Delete"]["s3"]["object"])
            sequencers = [records[name]["s3"]["object"]["sequencer"] for name in ("ObjectCreated:Copy", "ObjectRemoved:Delete")]
            self.assertLess(*sequencers)

    def test_notifications_outlive_kill_nine(self):
        os.environ["AWS_MAX_ATTEMPTS"] = "1"
        self.addCleanup(os.environ.pop, "AWS_MAX_ATTEMPTS")
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data")
            server = chamber.Chamber(PROGRAM, data=data)
            function = make_noting(server)
            bucket = client(server, "s3")
            bucket.create_bucket(Bucket="photos")
            client(server, "lambda").add_permission(
                FunctionName="noting", StatementId="s3", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"
            )
            bucket.put_bucket_notification_configuration(
                Bucket="photos",
                NotificationConfiguration={
                    "LambdaFunctionConfigurations": [
                        {"LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:Put"]}
                    ]
                },
            )

            def writer():
                mine = client(server, "s3")
                return lambda number: mine.put_object(Bucket="photos", Key=str(number), Body=b"x")

            acknowledged = {str(number) for number in server.kill_after(60, writer)}
            with chamber.Chamber(PROGRAM, data=data) as server:

                def told():
                    return {event["Records"][0]["s3"]["object"]["key"] for event in noted(server)}

                chamber.until(lambda: acknowledged <= told())


class Schedules(unittest.TestCase):
    def test_rule_fires_when_the_clock_moves(self):
        with chamber.Chamber(PROGRAM) as server:
            function = make_noting(server)
            events = client(server, "events")
            rule = events.put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")["RuleArn"]
            events.put_targets(
                Rule="hourly",
                Targets=[
                    {
                        "Id": "f",
                        "Arn": function,
                        "InputTransformer": {
                            "InputPathsMap": {"at": "$.time"},
                            "InputTemplate": '{"at": <at>, "rule": "<aws.events.rule-name>"}',
                        },
                    }
                ],
            )
            client(server, "lambda").add_permission(
                FunctionName="noting",
                StatementId="events",
                Action="lambda:InvokeFunction",
                Principal="events.amazonaws.com",
                SourceArn=rule,
            )
            server.post("/_chamber/clock", {"advance": "3h"})
            fired = chamber.until(lambda: len(noted(server)) == 3 and noted(server))
            self.assertEqual({event["rule"] for event in fired}, {"hourly"})
            self.assertEqual(len({event["at"] for event in fired}), 3)

            events.put_rule(Name="orders", EventPattern=json.dumps({"detail": {"total": [{"numeric": [">", 10]}]}}))
            events.put_targets(Rule="orders", Targets=[{"Id": "f", "Arn": function, "InputPath": "$.detail"}])
            client(server, "lambda").add_permission(
                FunctionName="noting",
                StatementId="orders",
                Action="lambda:InvokeFunction",
                Principal="events.amazonaws.com",
            )
            entry = {"Source": "shop", "DetailType": "order"}
            sent = events.put_events(
                Entries=[{**entry, "Detail": json.dumps({"total": total})} for total in (5, 11)]
            )
            self.assertEqual(sent["FailedEntryCount"], 0)
            chamber.until(lambda: {"total": 11} in noted(server))
            self.assertNotIn({"total": 5}, noted(server))


if __name__ == "__main__":
    unittest.main()
