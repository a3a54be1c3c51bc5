"""A thousand invocations at once of a function that may have four environments, and a table beside them.

python3 thousand_at_once.py <cloudchamber>
"""

import json
import os
import resource
import selectors
import socket
import sys
import threading
import time
import unittest

import chamber

os.environ.update(chamber.ENVIRONMENT)
import boto3  # noqa: E402  (after the environment)

PROGRAM = sys.argv.pop(1)
REQUESTS = 1000
RESERVED = 4
SECONDS = 5
SLOW = f"import time\ndef handler(event, context):\n    time.sleep({SECONDS})\n    return 'served'\n"
REQUEST = (
    b"POST /2015-03-31/functions/four/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, "
    b"Signature=00\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
)


def answers_of(endpoint):
    """Sends all requests before it reads: (status, body) of each."""
    host, port = endpoint.removeprefix("http://").split(":")
    clients = [socket.create_connection((host, int(port))) for _ in range(REQUESTS)]
    for client in clients:
        client.sendall(REQUEST)
    answers = []
    with selectors.DefaultSelector() as waiting:
        for client in clients:
            waiting.register(client, selectors.EVENT_READ, bytearray())
        while waiting.get_map():
            for key, _ in waiting.select():
                piece = key.fileobj.recv(65536)
                key.data.extend(piece)
                if piece:
                    continue
                waiting.unregister(key.fileobj)
                key.fileobj.close()
                head, _, body = bytes(key.data).partition(b"\r\n\r\n")
                answers.append((int(head.split()[1]), body))
    return answers


class Table:
    """Written and read in a loop of its own, with the time that each pair took."""

    def __init__(self, client):
        self.client = client
        client.create_table(
            TableName="beside",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.times = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.over.is_set():
            began = time.monotonic()
            item = {"id": {"S": str(len(self.times))}}
            self.client.put_item(TableName="beside", Item=item)
            found = self.client.get_item(TableName="beside", Key=item, ConsistentRead=True)
            self.times.append(time.monotonic() - began if found["Item"] == item else float("inf"))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


class ThousandAtOnce(unittest.TestCase):
    def test_fourAreServed_theOthersAreThrottled_andTheTableAnswers(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        if most != resource.RLIM_INFINITY and most < 4 * REQUESTS:
            self.skipTest(f"no more than {most} open files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (4 * REQUESTS, most))
        server = chamber.Chamber(PROGRAM)
        self.addCleanup(server.stop)
        functions = boto3.client("lambda", endpoint_url=server.endpoint)
        chamber.make_function(functions, "four", SLOW, Timeout=60)
        functions.put_function_concurrency(FunctionName="four", ReservedConcurrentExecutions=RESERVED)
        with Table(boto3.client("dynamodb", endpoint_url=server.endpoint)) as table:
            answers = answers_of(server.endpoint)
        served = [body for status, body in answers if status == 200]
        throttled = [json.loads(body) for status, body in answers if status == 429]
        self.assertEqual(served, [b'"served"'] * RESERVED)
        self.assertEqual(len(throttled), REQUESTS - RESERVED)
        wanted = {"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded", "Type": "User",
                  "message": "Rate Exceeded."}
        self.assertTrue(all(answer == wanted for answer in throttled))
        # Whoever waited for the functions would have waited for seconds.
        self.assertGreater(len(table.times), 20)
        self.assertLess(max(table.times), SECONDS / 2)


if __name__ == "__main__":
    unittest.main()
