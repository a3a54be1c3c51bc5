"""Queues that feed real functions: what AWS's events hold, what fails, what is filtered, and what a kill leaves.

python3 boto3_queue_functions.py <cloudchamber>
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
# Tells of each event in a queue. A message's body says how often it is to fail: {"fails": 2}.
WORKER = """
import json
import os

import boto3

client = boto3.client("sqs")


def handler(event, context):
    client.send_message(QueueUrl=os.environ["TOLD"], MessageBody=json.dumps(event))
    if os.environ.get("ANSWER"):
        return json.loads(os.environ["ANSWER"])
    failed = []
    for record in event["Records"]:
        body = json.loads(record["body"])
        if int(record["attributes"]["ApproximateReceiveCount"]) <= body.get("fails", 0):
            failed.append({"itemIdentifier": record["messageId"]})
    if failed and os.environ.get("RAISE"):
        raise ValueError("not yet")
    return {"batchItemFailures": failed}
"""


class QueueFunctions(unittest.TestCase):
    def setUp(self):
        self.server = chamber.Chamber(PROGRAM)
        self.addCleanup(lambda: self.server.stop())
        self.connect()
        self.told = self.sqs.create_queue(QueueName="told")["QueueUrl"]

    def connect(self):
        self.sqs = boto3.client("sqs", endpoint_url=self.server.endpoint)
        self.functions = boto3.client("lambda", endpoint_url=self.server.endpoint)

    def worker(self, **variables):
        chamber.make_function(self.functions, "worker", WORKER)
        self.functions.update_function_configuration(
            FunctionName="worker", Timeout=20, Environment={"Variables": {"TOLD": self.told, **variables}}
        )

    def queue(self, name, dead=None, receives=2, **attributes):
        if name.endswith(".fifo"):
            attributes["FifoQueue"] = "true"
        if dead:
            attributes["RedrivePolicy"] = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": receives})
        url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return url, f"arn:aws:sqs:{chamber.REGION}:{chamber.ACCOUNT}:{name}"

    def map(self, arn, **more):
        return self.functions.create_event_source_mapping(FunctionName="worker", EventSourceArn=arn, **more)["UUID"]

    def events(self, count):
        events = []

        def came():
            for message in self.sqs.receive_message(QueueUrl=self.told, MaxNumberOfMessages=10).get("Messages", []):
                self.sqs.delete_message(QueueUrl=self.told, ReceiptHandle=message["ReceiptHandle"])
                events.append(json.loads(message["Body"]))
            return len(events) >= count

        chamber.until(came)
        return events

    def counts(self, url):
        found = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return tuple(int(found["ApproximateNumberOfMessages" + what]) for what in ("", "NotVisible"))

    def pass_time(self, seconds):
        self.server.post("/_chamber/clock", {"advance": f"{seconds}s"})

    def test_body_and_attributes_come_as_on_aws(self):
        self.worker()
        url, arn = self.queue("jobs")
        self.map(arn)
        values = {"Title": ("String", "The Whistler"), "Author": ("String", "John Grisham"), "WeeksOn": ("Number", "6")}
        self.sqs.send_message(
            QueueUrl=url,
            MessageBody="{}",
            MessageAttributes={name: {"DataType": kind, "StringValue": value} for name, (kind, value) in values.items()},
        )
        record = self.events(1)[0]["Records"][0]
        self.assertEqual(
            set(record),
            {"messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfMessageAttributes",
             "md5OfBody", "eventSource", "eventSourceARN", "awsRegion"},
        )  # fmt: skip
        self.assertEqual(
            set(record["attributes"]),
            {"ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"},
        )
        # The sum that AWS gave for the same attributes.
        self.assertEqual(record["md5OfMessageAttributes"], "d25a6aea97eb8f585bfa92d314504a92")
        self.assertEqual(
            record["messageAttributes"]["WeeksOn"],
            {"stringValue": "6", "stringListValues": [], "binaryListValues": [], "dataType": "Number"},
        )
        chamber.until(lambda: self.counts(url) == (0, 0))
        track = self.server.track(lambda one: one["from"] == "queue jobs")
        services = [span["service"] for span in track["spans"]]
        self.assertIn("sqs", services)  # both what the function told and the deletion
        titles = [step["title"] for span in track["spans"] for step in span["steps"]]
        self.assertIn("Received 1 message", titles)
        self.assertIn("Deletes 1 message", titles)

    def test_partial_failures_of_a_group_end_as_dead_letters(self):
        dead_url, dead = self.queue("dead.fifo")
        self.worker()
        url, arn = self.queue("jobs.fifo", dead)
        # As AWS was seen to do it: one succeeds at once, two after a retry, the fourth never.
        entries = [
            {"Id": f"m{i}", "MessageBody": json.dumps({"message": i, "fails": fails}), "MessageGroupId": "1", "MessageDeduplicationId": f"d{i}"}
            for i, fails in enumerate((0, 1, 1, 2), 1)
        ]
        self.sqs.send_message_batch(QueueUrl=url, Entries=entries)
        self.map(arn, BatchSize=10, FunctionResponseTypes=["ReportBatchItemFailures"])

        def numbers(event):
            return [json.loads(record["body"])["message"] for record in event["Records"]]

        self.assertEqual(numbers(self.events(1)[0]), [1, 2, 3, 4])
        chamber.until(lambda: self.counts(url) == (0, 3))
        self.pass_time(30)
        second = self.events(1)[0]
        self.assertEqual(numbers(second), [2, 3, 4])
        self.assertEqual({record["attributes"]["ApproximateReceiveCount"] for record in second["Records"]}, {"2"})
        chamber.until(lambda: self.counts(url) == (0, 1))
        self.pass_time(30)
        chamber.until(lambda: self.counts(dead_url) == (1, 0))
        letter = self.sqs.receive_message(QueueUrl=dead_url)["Messages"][0]
        self.assertEqual(json.loads(letter["Body"])["message"], 4)

    def test_an_error_or_a_wrong_answer_fails_the_batch(self):
        dead_url, dead = self.queue("dead")
        self.worker(ANSWER=json.dumps({"batchItemFailures": [{"foo": "notvalid"}]}))
        url, arn = self.queue("jobs", dead)
        self.map(arn, FunctionResponseTypes=["ReportBatchItemFailures"])
        self.sqs.send_message(QueueUrl=url, MessageBody="{}")
        for receives in ("1", "2"):
            record = self.events(1)[0]["Records"][0]
            self.assertEqual(record["attributes"]["ApproximateReceiveCount"], receives)
            chamber.until(lambda: self.counts(url) == (0, 1))
            self.pass_time(30)
        chamber.until(lambda: self.counts(dead_url) == (1, 0))

        self.functions.update_function_configuration(
            FunctionName="worker", Environment={"Variables": {"TOLD": self.told, "RAISE": "1"}}
        )
        self.sqs.send_message(QueueUrl=url, MessageBody='{"fails": 1}')
        self.events(1)
        chamber.until(lambda: self.counts(url) == (0, 1))
        self.pass_time(30)
        self.assertEqual(self.events(1)[0]["Records"][0]["attributes"]["ApproximateReceiveCount"], "2")
        chamber.until(lambda: self.counts(url) == (0, 0))

    def test_filters_and_windows(self):
        self.worker()
        url, arn = self.queue("jobs", VisibilityTimeout="120")
        pattern = {"body": {"amount": [{"numeric": [">", 100]}]}}
        self.map(
            arn, BatchSize=50, MaximumBatchingWindowInSeconds=60, FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]}
        )
        for body in ('{"amount": 105}', '{"amount": 3}', "plain", '{"amount": 200}'):
            self.sqs.send_message(QueueUrl=url, MessageBody=body)
        # Two wait for the window, two are gone.
        chamber.until(lambda: self.counts(url) == (0, 2))
        self.pass_time(60)
        event = self.events(1)[0]
        self.assertEqual([json.loads(record["body"])["amount"] for record in event["Records"]], [105, 200])
        self.assertIsNone(event["Records"][0]["md5OfMessageAttributes"])

    def test_a_throttled_function_loses_nothing(self):
        self.worker()
        url, arn = self.queue("jobs", VisibilityTimeout="300")
        self.functions.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=0)
        self.map(arn)
        self.sqs.send_message(QueueUrl=url, MessageBody="{}")
        self.server.track(
            lambda one: one["from"] == "queue jobs"
            and any(step["title"].startswith("Tries again") for span in one["spans"] for step in span["steps"])
        )
        self.functions.delete_function_concurrency(FunctionName="worker")
        self.pass_time(60)
        self.assertEqual(self.events(1)[0]["Records"][0]["attributes"]["ApproximateReceiveCount"], "1")
        chamber.until(lambda: self.counts(url) == (0, 0))

    def test_a_mapping_rests_while_it_is_disabled(self):
        self.worker()
        url, arn = self.queue("jobs")
        uuid = self.map(arn, Enabled=False)
        self.sqs.send_message(QueueUrl=url, MessageBody="{}")
        self.assertEqual(self.functions.get_event_source_mapping(UUID=uuid)["State"], "Disabled")
        self.assertEqual(self.counts(url), (1, 0))
        self.functions.update_event_source_mapping(UUID=uuid, Enabled=True)
        self.events(1)
        chamber.until(lambda: self.counts(url) == (0, 0))
        self.functions.delete_event_source_mapping(UUID=uuid)
        self.sqs.send_message(QueueUrl=url, MessageBody="{}")
        self.assertEqual(self.counts(url), (1, 0))
        with self.assertRaises(ClientError) as gone:
            self.functions.get_event_source_mapping(UUID=uuid)
        self.assertEqual(gone.exception.response["Error"]["Code"], "ResourceNotFoundException")


class Kill(unittest.TestCase):
    def test_messages_outlive_kill_nine(self):
        os.environ["AWS_MAX_ATTEMPTS"] = "1"
        self.addCleanup(os.environ.pop, "AWS_MAX_ATTEMPTS")
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data")
            server = chamber.Chamber(PROGRAM, data=data)

            def client(service):
                return boto3.client(service, endpoint_url=server.endpoint)

            url = client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
            chamber.make_table(client("dynamodb"), "Done")
            source = """
import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    for record in event["Records"]:
        client.put_item(TableName="Done", Item={"id": {"S": record["body"]}})
"""
            chamber.make_function(client("lambda"), "worker", source)
            client("lambda").create_event_source_mapping(
                FunctionName="worker", EventSourceArn=f"arn:aws:sqs:{chamber.REGION}:{chamber.ACCOUNT}:jobs"
            )

            def writer():
                sqs = client("sqs")
                return lambda number: sqs.send_message(QueueUrl=url, MessageBody=str(number))

            acknowledged = {str(number) for number in server.kill_after(60, writer)}
            with chamber.Chamber(PROGRAM, data=data) as server:

                def done():
                    # What was under way when the chamber was killed comes again.
                    server.post("/_chamber/clock", {"advance": "10s"})
                    pages = client("dynamodb").get_paginator("scan").paginate(TableName="Done")
                    return acknowledged <= {item["id"]["S"] for page in pages for item in page["Items"]}

                chamber.until(done)


if __name__ == "__main__":
    unittest.main()
