"""Queues over the query protocol, as boto3 and the AWS CLI of Debian 12 speak it, and what feeds them.

python3 boto3_queues.py <cloudchamber>
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)
from botocore.exceptions import ClientError  # noqa: E402

PROGRAM = sys.argv.pop(1)
ROLE = "arn:aws:iam::000000000000:role/tests"


def client(server, service):
    return boto3.client(service, endpoint_url=server.endpoint)


class Queues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = chamber.Chamber(PROGRAM)
        cls.sqs = client(cls.server, "sqs")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def make(self, name, **attributes):
        return self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]

    def test_messages_come_and_go(self):
        url = self.make("plain", VisibilityTimeout="60")
        self.assertEqual(url, f"{self.server.endpoint}/000000000000/plain")
        self.assertEqual(self.sqs.get_queue_url(QueueName="plain")["QueueUrl"], url)
        sent = self.sqs.send_message(
            QueueUrl=url,
            MessageBody="grüße <&>",
            MessageAttributes={
                "colour": {"DataType": "String", "StringValue": "red"},
                "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
            },
        )
        received = self.sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"])
        message = received["Messages"][0]
        self.assertEqual(message["Body"], "grüße <&>")
        self.assertEqual(message["MessageId"], sent["MessageId"])
        self.assertEqual(message["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])
        self.assertEqual(message["MessageAttributes"]["bytes"]["BinaryValue"], b"\x00\xff")
        self.assertEqual(message["Attributes"]["ApproximateReceiveCount"], "1")
        self.assertNotIn("Messages", self.sqs.receive_message(QueueUrl=url))
        self.sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )
        again = self.sqs.receive_message(QueueUrl=url)["Messages"][0]
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        self.assertEqual(attributes["ApproximateNumberOfMessagesNotVisible"], "0")
        self.assertEqual(attributes["VisibilityTimeout"], "60")

    def test_batches_and_tags(self):
        url = self.make("many")
        sent = self.sqs.send_message_batch(
            QueueUrl=url,
            Entries=[{"Id": str(i), "MessageBody": f"m{i}"} for i in range(9)]
            + [{"Id": "late", "MessageBody": "x", "DelaySeconds": 1000}],
        )
        self.assertEqual(len(sent["Successful"]), 9)
        self.assertEqual(sent["Failed"][0]["Code"], "InvalidParameterValue")
        messages = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        self.assertEqual([m["Body"] for m in messages], [f"m{i}" for i in range(9)])
        gone = self.sqs.delete_message_batch(
            QueueUrl=url,
            Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)],
        )
        self.assertEqual(len(gone["Successful"]), 9)
        self.sqs.tag_queue(QueueUrl=url, Tags={"team": "blue", "stage": "dev"})
        self.sqs.untag_queue(QueueUrl=url, TagKeys=["stage"])
        self.assertEqual(self.sqs.list_queue_tags(QueueUrl=url)["Tags"], {"team": "blue"})
        self.assertIn(url, self.sqs.list_queues(QueueNamePrefix="ma")["QueueUrls"])

    def test_errors_have_their_types(self):
        with self.assertRaises(self.sqs.exceptions.QueueDoesNotExist):
            self.sqs.get_queue_url(QueueName="none")
        self.make("twice", DelaySeconds="1")
        with self.assertRaises(self.sqs.exceptions.QueueNameExists):
            self.make("twice", DelaySeconds="2")
        with self.assertRaises(ClientError) as caught:
            self.make("no good")
        self.assertEqual(caught.exception.response["Error"]["Code"], "InvalidParameterValue")

    def test_the_address_of_a_queue_is_enough(self):
        url = self.make("address")
        form = urllib.parse.urlencode({"Action": "SendMessage", "MessageBody": "by hand", "Version": "2012-11-05"})
        with urllib.request.urlopen(urllib.request.Request(url, form.encode()), timeout=30) as answer:
            self.assertIn(b"<MessageId>", answer.read())
        self.assertEqual(self.sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"], "by hand")

    def test_a_long_poll_ends_with_the_message(self):
        url = self.make("poll")
        receiver = client(self.server, "sqs")
        begin = time.monotonic()
        threading.Timer(0.5, lambda: self.sqs.send_message(QueueUrl=url, MessageBody="at last")).start()
        received = receiver.receive_message(QueueUrl=url, WaitTimeSeconds=20)
        self.assertEqual(received["Messages"][0]["Body"], "at last")
        self.assertLess(time.monotonic() - begin, 20)

    def test_the_command_line_knows_queues(self):
        url = self.make("cli")
        aws = [chamber.CommandLineTest.aws_program, "--endpoint-url", self.server.endpoint, "--output", "json", "sqs"]
        run = lambda *words: subprocess.run(  # noqa: E731
            [*aws, *words], capture_output=True, text=True, check=True, timeout=60
        ).stdout
        run("send-message", "--queue-url", url, "--message-body", "hello")
        received = json.loads(run("receive-message", "--queue-url", url))
        self.assertEqual(received["Messages"][0]["Body"], "hello")

    def test_a_failing_function_fills_its_dead_letter_queue(self):
        url = self.make("letters")
        arn = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        functions = client(self.server, "lambda")
        functions.create_function(
            FunctionName="fails",
            Runtime="python3.12",
            Role=ROLE,
            Handler="app.handler",
            Timeout=30,
            DeadLetterConfig={"TargetArn": arn},
            Code={"ZipFile": chamber.zipped({"app.py": "def handler(event, context):\n    raise ValueError('no')\n"})},
        )
        functions.put_function_event_invoke_config(FunctionName="fails", MaximumRetryAttempts=0)
        functions.invoke(FunctionName="fails", InvocationType="Event", Payload=b'{"order": 7}')
        letter = chamber.until(
            lambda: self.sqs.receive_message(
                QueueUrl=url, WaitTimeSeconds=5, MessageAttributeNames=["All"]
            ).get("Messages")
        )[0]
        self.assertEqual(json.loads(letter["Body"]), {"order": 7})
        self.assertEqual(letter["MessageAttributes"]["ErrorMessage"]["StringValue"], "no")
        self.assertEqual(letter["MessageAttributes"]["ErrorCode"]["StringValue"], "200")


class Killed(unittest.TestCase):
    def test_what_was_sent_is_there_after_kill_nine(self):
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "test.chamber")
            server = chamber.Chamber(PROGRAM, data=data)
            sqs = client(server, "sqs")
            url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]
            for i in range(20):
                sqs.send_message(QueueUrl=url, MessageBody=str(i))
            first = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=5)["Messages"]
            for message in first[:2]:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            server.kill()
            with chamber.Chamber(PROGRAM, data=data) as again:
                sqs = client(again, "sqs")
                url = sqs.get_queue_url(QueueName="q")["QueueUrl"]
                attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
                self.assertEqual(attributes["ApproximateNumberOfMessages"], "15")
                self.assertEqual(attributes["ApproximateNumberOfMessagesNotVisible"], "3")
                # A handle of before still deletes.
                sqs.delete_message(QueueUrl=url, ReceiptHandle=first[2]["ReceiptHandle"])
                attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
                self.assertEqual(attributes["ApproximateNumberOfMessagesNotVisible"], "2")


if __name__ == "__main__":
    unittest.main()
