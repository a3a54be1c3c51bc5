"""Topics over the query protocol, as boto3 speaks it, with real queues, a real function and a real endpoint.

python3 boto3_topics.py <cloudchamber>
"""

import base64
import http.server
import json
import os
import sys
import tempfile
import threading
import unittest
import urllib.request

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


def handler(event, context):
    boto3.client("dynamodb").put_item(
        TableName="Notes", Item={"id": {"S": str(uuid.uuid4())}, "event": {"S": json.dumps(event)}}
    )
"""
FAILING = """
def handler(event, context):
    raise ValueError("no " + event["name"])
"""


def policy(service, action):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class Topics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = chamber.Chamber(PROGRAM)
        cls.sns = cls.client("sns")
        cls.sqs = cls.client("sqs")
        cls.functions = cls.client("lambda")
        chamber.make_table(cls.client("dynamodb"), "Notes")
        chamber.make_function(cls.functions, "noting", NOTING)
        cls.functions.add_permission(
            FunctionName="noting", StatementId="sns", Action="lambda:InvokeFunction", Principal="sns.amazonaws.com"
        )

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    @classmethod
    def client(cls, service):
        return boto3.client(service, endpoint_url=cls.server.endpoint)

    def queue(self, name, **attributes):
        attributes["Policy"] = policy("sns.amazonaws.com", "sqs:SendMessage")
        url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return url, f"arn:aws:sqs:us-east-1:000000000000:{name}"

    def receive(self, url):
        def messages():
            return self.sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"]).get("Messages")

        message = chamber.until(messages)[0]
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return message

    def heard(self, **more):
        """A topic and the queue that hears it."""
        name = self.id().rsplit(".", 1)[-1]
        url, queue = self.queue(name)
        topic = self.sns.create_topic(Name=name)["TopicArn"]
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes=more)
        return topic, url

    def test_a_queue_gets_the_envelope(self):
        topic, url = self.heard()
        sent = self.sns.publish(
            TopicArn=topic,
            Message="grüße <&>",
            Subject="greeting",
            MessageAttributes={
                "colour": {"DataType": "String", "StringValue": "red"},
                "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
            },
        )
        envelope = json.loads(self.receive(url)["Body"])
        self.assertEqual(envelope["Message"], "grüße <&>")
        self.assertEqual(envelope["Subject"], "greeting")
        self.assertEqual(envelope["MessageId"], sent["MessageId"])
        self.assertEqual(envelope["MessageAttributes"]["colour"], {"Type": "String", "Value": "red"})
        self.assertEqual(base64.b64decode(envelope["MessageAttributes"]["bytes"]["Value"]), b"\x00\xff")
        with urllib.request.urlopen(envelope["SigningCertURL"], timeout=30) as answer:
            self.assertIn(b"BEGIN CERTIFICATE", answer.read())

    def test_raw_messages_and_filters(self):
        topic, url = self.heard(
            RawMessageDelivery="true", FilterPolicy=json.dumps({"price": [{"numeric": [">=", 10]}]})
        )
        for price in ("9", "10.5"):
            self.sns.publish(
                TopicArn=topic,
                Message=price,
                MessageAttributes={"price": {"DataType": "Number", "StringValue": price}},
            )
        message = self.receive(url)
        self.assertEqual(message["Body"], "10.5")
        self.assertEqual(message["MessageAttributes"]["price"]["StringValue"], "10.5")

    def test_a_batch(self):
        topic, url = self.heard(RawMessageDelivery="true")
        entries = [{"Id": str(number), "Message": f"m{number}"} for number in range(3)]
        answer = self.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
        self.assertEqual([one["Id"] for one in answer["Successful"]], ["0", "1", "2"])
        self.assertEqual({self.receive(url)["Body"] for _ in range(3)}, {"m0", "m1", "m2"})

    def test_a_function_gets_a_record(self):
        topic = self.sns.create_topic(Name="for-a-function")["TopicArn"]
        function = self.functions.get_function(FunctionName="noting")["Configuration"]["FunctionArn"]
        subscription = self.sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)["SubscriptionArn"]
        self.sns.publish(TopicArn=topic, Message="hello")
        tables = self.client("dynamodb")
        items = chamber.until(lambda: tables.scan(TableName="Notes")["Items"])
        record = json.loads(items[0]["event"]["S"])["Records"][0]
        self.assertEqual(record["EventSource"], "aws:sns")
        self.assertEqual(record["EventSubscriptionArn"], subscription)
        self.assertEqual(record["Sns"]["Message"], "hello")

    def test_an_endpoint_confirms(self):
        posts = []

        class Endpoint(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                posts.append((self.headers["x-amz-sns-message-type"], json.loads(body)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        endpoint = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
        threading.Thread(target=endpoint.serve_forever, daemon=True).start()
        self.addCleanup(endpoint.server_close)
        self.addCleanup(endpoint.shutdown)
        topic = self.sns.create_topic(Name="for-an-endpoint")["TopicArn"]
        answer = self.sns.subscribe(
            TopicArn=topic, Protocol="http", Endpoint=f"http://127.0.0.1:{endpoint.server_port}/hook"
        )
        self.assertEqual(answer["SubscriptionArn"], "pending confirmation")
        kind, body = chamber.until(lambda: posts)[0]
        self.assertEqual(kind, "SubscriptionConfirmation")
        with urllib.request.urlopen(body["SubscribeURL"], timeout=30) as confirmed:
            self.assertIn(b"<SubscriptionArn>" + topic.encode(), confirmed.read())
        self.sns.publish(TopicArn=topic, Message="hello")
        kind, body = chamber.until(lambda: len(posts) > 1 and posts)[1]
        self.assertEqual(kind, "Notification")
        self.assertEqual(body["Message"], "hello")
        with urllib.request.urlopen(body["UnsubscribeURL"], timeout=30) as answer:
            self.assertEqual(answer.status, 200)
        self.assertEqual(self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"], [])

    def test_a_fifo_topic_keeps_its_order(self):
        url, queue = self.queue("ordered.fifo", FifoQueue="true")
        topic = self.sns.create_topic(
            Name="ordered.fifo", Attributes={"FifoTopic": "true", "ContentBasedDeduplication": "true"}
        )["TopicArn"]
        self.sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes={"RawMessageDelivery": "true"}
        )
        for text in ("a", "b", "a", "c"):
            self.sns.publish(TopicArn=topic, Message=text, MessageGroupId="g")
        self.assertEqual([self.receive(url)["Body"] for _ in range(3)], ["a", "b", "c"])

    def test_lambda_tells_topics(self):
        topic, url = self.heard(RawMessageDelivery="true")
        chamber.make_function(self.functions, "failing", FAILING, DeadLetterConfig={"TargetArn": topic})
        self.functions.put_function_event_invoke_config(
            FunctionName="failing",
            MaximumRetryAttempts=0,
            DestinationConfig={"OnFailure": {"Destination": topic}},
        )
        self.functions.invoke(FunctionName="failing", InvocationType="Event", Payload=b'{"name": "luck"}')
        messages = [self.receive(url), self.receive(url)]
        bodies = [json.loads(message["Body"]) for message in messages]
        record = next(body for body in bodies if "requestContext" in body)
        self.assertEqual(record["responsePayload"]["errorMessage"], "no luck")
        letter = next(message for message in messages if json.loads(message["Body"]) == {"name": "luck"})
        self.assertEqual(letter["MessageAttributes"]["ErrorMessage"]["StringValue"], "no luck")

    def test_errors_have_their_types(self):
        with self.assertRaises(self.sns.exceptions.NotFoundException):
            self.sns.publish(TopicArn="arn:aws:sns:us-east-1:000000000000:none", Message="x")
        with self.assertRaises(self.sns.exceptions.InvalidParameterException):
            self.sns.create_topic(Name="no good")
        with self.assertRaises(ClientError) as caught:
            self.sns.get_sms_attributes()
        self.assertEqual(caught.exception.response["Error"]["Code"], "NotImplemented")
        topic = self.sns.create_topic(Name="errors")["TopicArn"]
        with self.assertRaises(self.sns.exceptions.InvalidParameterException) as caught:
            self.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.org")
        self.assertIn("nothing leaves this computer", str(caught.exception))


class Kill(unittest.TestCase):
    def test_what_was_published_outlives_the_program(self):
        """What had not reached its queue yet is delivered by the next run."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        server = chamber.Chamber(PROGRAM, data=folder.name)
        sns = boto3.client("sns", endpoint_url=server.endpoint)
        boto3.client("sqs", endpoint_url=server.endpoint).create_queue(
            QueueName="q", Attributes={"Policy": policy("sns.amazonaws.com", "sqs:SendMessage")}
        )
        topic = sns.create_topic(Name="news")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:q")
        for number in range(50):
            sns.publish(TopicArn=topic, Message=str(number))
        server.kill()
        with chamber.Chamber(PROGRAM, data=folder.name) as server:
            sqs = boto3.client("sqs", endpoint_url=server.endpoint)
            url = sqs.get_queue_url(QueueName="q")["QueueUrl"]
            found = set()

            def all_there():
                answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
                found.update(json.loads(one["Body"])["Message"] for one in answer.get("Messages", []))
                return len(found) == 50

            chamber.until(all_there)


if __name__ == "__main__":
    unittest.main()
